"""har2rpc: what Odoo's web client did in a browser, as code and connector actions that do the same."""

__version__ = "0.1.0"
