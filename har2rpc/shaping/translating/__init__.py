"""From the web client's own methods to those that every Odoo offers from outside.

One function a method, one row each in the table below: what it becomes, in which versions, and what the answer lacks
stands in its note. A call may become several: what the client saves for many records at once is a write of each.
"""

from __future__ import annotations

from collections.abc import Callable

from har2rpc.model import Call, Capture
from har2rpc.odoo import classify, contexts, methods
from har2rpc.shaping.differences import route_notes
from har2rpc.shaping.draft import Draft
from har2rpc.shaping.translating import (
    chatter,
    describing,
    grouping,
    importing,
    reading,
    saving,
)

_One = Callable[[Draft, Capture], Draft | list[Draft]]


def verbatim(call: Call) -> Draft:
    """The web client's own call, untouched but for `uid` in the context."""
    context = {key: value for key, value in call.context.items() if key != "uid"}
    return Draft(
        call=call,
        model=call.model,
        method=call.method,
        args=call.args,
        kwargs=call.kwargs,
        context=context,
        changes=methods.changes(call.method),
        returns=_returns(call),
        notes=route_notes(call),
    )


def translated(call: Call, capture: Capture) -> list[Draft]:
    """The same deed in public methods, with the context that means something outside."""
    creates = contexts.creates_something(call.method, call.args)
    changes = methods.changes(call.method)
    context = contexts.meaningful(call.context, call.method, changes=changes, creates=creates)
    if call.method != "run":  # a server action acts on what is active
        left = contexts.of_the_page(context, call.model, classify.record_ids(call))
        context = {key: value for key, value in context.items() if key not in left}
    draft = Draft(
        call=call,
        model=call.model,
        method=call.method,
        args=call.args,
        kwargs=call.kwargs,
        context=context,
        changes=changes,
        returns=_returns(call),
        notes=route_notes(call),
    )
    translate = _TRANSLATIONS.get(call.method)
    if (
        translate is None or call.route == "/jsonrpc"
    ):  # somebody's own program: it says what it means
        return [draft]
    made = translate(draft, capture)
    return made if isinstance(made, list) else [made]


def _returns(call: Call) -> str:
    method = call.method
    if method == "create" and call.args and isinstance(call.args[0], dict):
        return "id"
    if method in ("search_read", "read", "web_read", "name_get"):
        return "records"
    if method == "search":
        return "ids"
    return "value"


_TRANSLATIONS: dict[str, _One] = {
    "web_search_read": reading.web_search_read,
    "search_read": reading.search_read,
    "web_read": reading.web_read,
    "read": reading.read,
    "web_save": saving.web_save,
    "web_save_multi": saving.web_save_multi,
    "create": saving.create,
    "write": saving.write,
    "copy": saving.copy,
    "resequence": saving.resequence,
    "web_resequence": saving.resequence,
    "web_read_group": grouping.web_read_group,
    "formatted_read_group": grouping.formatted_read_group,
    "read_progress_bar": grouping.read_progress_bar,
    "web_name_search": describing.web_name_search,
    "load_views": describing.views,
    "get_views": describing.views,
    "fields_view_get": describing.views,
    "get_view": describing.views,
    "message_post": chatter.message_post,
    "message_subscribe": chatter.subscribe,
    "message_unsubscribe": chatter.subscribe,
    "run": chatter.run,
    "export_data": chatter.export_data,
    "do": importing.execute_import,
    "execute_import": importing.execute_import,
}
