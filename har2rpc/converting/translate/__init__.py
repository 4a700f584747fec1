"""Translates the web client's own methods into those of Odoo's public API.

The table below has one row and one function per method: its translation, for which versions, and a note on what the
answer lacks. A call may become several: what the client saves for many records at once becomes a write of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from har2rpc.converting.draft import Draft, Returns
from har2rpc.converting.translate import (
    attachments,
    chatter,
    file_import,
    point_of_sale,
    read,
    read_group,
    save,
)
from har2rpc.converting.translate.answer_shape import route_notes
from har2rpc.model import Call, Capture, Json
from har2rpc.odoo import call_args, contexts, methods
from har2rpc.odoo.routes import PROGRAM_ROUTES

_Translation = Callable[[Draft, Capture], Draft | list[Draft]]


def verbatim_draft(call: Call) -> Draft:
    """The web client's own call, untouched but for `uid` in the context."""
    return _draft(call, {key: value for key, value in call.context.items() if key != "uid"})


def translate_call(call: Call, capture: Capture) -> list[Draft]:
    """The call in public methods, with the part of its context that matters outside the web client."""
    creates = contexts.creates_something(call.method, call.args)
    changes = methods.changes(call.method, call.model)
    context = contexts.meaningful(call.context, call.method, changes=changes, creates=creates)
    if call.method != "run":  # a server action acts on what is active
        left = contexts.page_keys(context, call.model, call_args.record_ids(call))
        context = {key: value for key, value in context.items() if key not in left}
    draft = _draft(call, context)
    translate = _TRANSLATIONS.get(call.method)
    if translate is None or call.route in PROGRAM_ROUTES:  # a program sends what it means
        return [draft]
    translation = translate(draft, capture)
    drafts = translation if isinstance(translation, list) else [translation]
    return [replace(draft, public_call=_public_call(draft)) for draft in drafts]


def client_call(call: Call, capture: Capture) -> list[Draft]:
    """The call for a target with a session of the web client: reads unchanged, saves without the client's read-back.

    Everything else is translated as by `translate_call`.
    """
    if methods.changes(call.method) or call.route.startswith("/web/export/"):
        return [_saved_by_client(draft) for draft in translate_call(call, capture)]
    draft = verbatim_draft(call)
    if call.method in _COUNTING and call.route != "/web/dataset/search_read":
        note = f"{call.method}: the records are returned; their number (`length`) is left out."
        draft = replace(draft, notes=(*draft.notes, note), returns="records")
    return [draft]


def _saved_by_client(draft: Draft) -> Draft:
    """The draft of a save that is sent as `web_save` again, with its note."""
    if draft.source_call.route == "/web/dataset/call_button":
        notes = (note.replace("the API returns", "call_kw returns") for note in draft.notes)
        return replace(draft, notes=tuple(notes))
    if draft.source_call.method != "web_save":
        return draft
    others = tuple(note for note in draft.notes if not note.startswith("web_save "))
    note = "web_save: the call does not read the record back."
    return replace(draft, notes=(note, *others))


def _draft(call: Call, context: dict[str, Json]) -> Draft:
    return Draft(
        source_call=call,
        public_call=call,
        model=call.model,
        method=call.method,
        args=call.args,
        kwargs=call.kwargs,
        context=context,
        changes=methods.changes(call.method, call.model),
        returns=_returns(call),
        notes=route_notes(call),
    )


def _public_call(draft: Draft) -> Call:
    """The recorded call with another method and other arguments."""
    return replace(
        draft.source_call,
        model=draft.model,
        method=draft.method,
        args=draft.args,
        kwargs=draft.kwargs,
        context=draft.context,
    )


def _returns(call: Call) -> Returns:
    method = call.method
    if method == "create" and call.args and isinstance(call.args[0], dict):
        return "id"
    if method in ("search_read", "read", "web_read", "name_get"):
        return "records"
    if method == "search" or call_args.is_load(call):
        return "ids"
    return "value"


_COUNTING = frozenset({"web_search_read", "unity_web_search_read"})

_TRANSLATIONS: dict[str, _Translation] = {
    "web_search_read": read.web_search_read,
    "unity_web_search_read": read.web_search_read,  # saas~16.2 to 16.4, before it had its later name
    "search_read": read.search_read,
    "web_read": read.web_read,
    "unity_read": read.web_read,
    "read": read.read,
    "web_save": save.web_save,
    "web_save_multi": save.web_save_multi,
    "create": attachments.create,
    "write": save.write,
    "copy": save.copy,
    "resequence": save.resequence,
    "web_resequence": save.resequence,
    "web_read_group": read_group.web_read_group,
    "formatted_read_group": read_group.formatted_read_group,
    "read_progress_bar": read_group.read_progress_bar,
    "web_name_search": chatter.web_name_search,
    "load_views": chatter.views,
    "get_views": chatter.views,
    "fields_view_get": chatter.views,
    "get_view": chatter.views,
    "message_post": chatter.message_post,
    "message_subscribe": chatter.subscribe,
    "message_unsubscribe": chatter.subscribe,
    "run": chatter.run,
    "export_data": chatter.export_data,
    "sync_from_ui": point_of_sale.sync_from_ui,
    "create_from_ui": point_of_sale.sync_from_ui,
    "do": file_import.execute_import,
    "execute_import": file_import.execute_import,
}
