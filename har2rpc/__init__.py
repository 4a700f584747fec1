"""har2rpc: what Odoo's web client did in a browser, as code and connector actions that do the same."""

from har2rpc.version import __version__

__all__ = ["__version__"]
