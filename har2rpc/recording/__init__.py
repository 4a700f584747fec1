"""A real browser, and what it says to Odoo: written down slim and without secrets as it happens."""

from har2rpc.recording.browser import record

__all__ = ["record"]
