"""Records a real browser's requests to Odoo as they happen: only what is needed, and without secrets."""

from har2rpc.recording.browser import record

__all__ = ["record"]
