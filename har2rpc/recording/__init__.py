"""A real browser and its requests to Odoo: written down slim and without secrets as they happen."""

from har2rpc.recording.browser import record

__all__ = ["record"]
