"""Finds the reads that came with opening a page, as opposed to what a person did on it."""

from __future__ import annotations

from collections.abc import Iterable

from har2rpc.model import Call
from har2rpc.odoo import methods

_VIEWS = frozenset({"get_views", "load_views", "fields_view_get"})
_LISTS = methods.SEARCHES | methods.GROUPINGS


def landing_calls(calls: Iterable[Call]) -> frozenset[int]:
    """The numbers of the calls that fill a list as it opens: a model's first call after its views, and lists of all records.

    The client asks for a model's views once, when its page opens, and then for the records that the menu's own
    filters leave (`web/static/src/webclient/actions`, 14 to 19); what a person searches for comes behind these.
    """
    landed: set[int] = set()
    new_pages: set[tuple[str, str]] = set()
    for call in calls:
        page = (call.server, call.model)
        if call.method in _VIEWS:
            new_pages.add(page)
        elif call.method in _LISTS and call.kind == "read":
            if page in new_pages or not _domain(call):
                landed.add(call.n)
            new_pages.discard(page)
    return frozenset(landed)


def _domain(call: Call) -> object:
    return call.kwargs.get("domain", call.args[0] if call.args else None)
