"""Translates routes of the web client that have a public equivalent: messages, followers, server actions, exports."""

from __future__ import annotations

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.named_args import named_args, replaced
from har2rpc.model import Capture, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import versions
from har2rpc.odoo.routes.file_uploads import ROUTES as UPLOAD_ROUTES

_OF_THE_ROUTE = ("email_add_signature", "partner_emails")
# The composer's own: what it needs while a message is being written.
_COMPOSING = ("temporary_id", "mail_post_autofollow_author_skip")


def message_post(draft: Draft, capture: Capture) -> Draft:
    """The composer sends HTML; over RPC a text is escaped from Odoo 17 on, unless it is said to be HTML."""
    if draft.source_call.route != "/mail/message/post":
        return draft
    kwargs = {key: value for key, value in draft.kwargs.items() if key not in _OF_THE_ROUTE}
    notes = []
    if draft.kwargs.get("partner_emails"):
        notes.append(
            "partner_emails: the route finds or creates contacts with these addresses; pass their ids as partner_ids."
        )
    if kwargs.get("attachment_ids") and not _are_uploads(kwargs["attachment_ids"], capture):
        notes.append(
            "attachment_ids: files uploaded earlier to that database; upload yours by creating an ir.attachment."
        )
    context = {key: value for key, value in draft.context.items() if key not in _COMPOSING}
    span = capture.session.version
    html = ""
    if kwargs.get("body") and versions.takes_html_flag(span.last):
        kwargs["body_is_html"] = True
        html = "; `body` is HTML (body_is_html: Odoo 17 and later, internal users only)"
    answer = "the new message's id"
    if versions.always(versions.posting_answers_a_list, span):
        answer = "a list with the new message's id"
    elif versions.ever(versions.posting_answers_a_list, span):
        answer = "the new message's id (in a list from Odoo 19 on)"
    note = f"/mail/message/post -> message_post: returns {answer}{html}."
    return replaced(draft, kwargs=kwargs, context=context, notes=(note, *notes))


def _are_uploads(ids: Json, capture: Capture) -> bool:
    """Whether the capture has the upload of each of these files: then their ids are what that answers."""
    uploads = {
        identity
        for call in capture.calls
        if call.route in UPLOAD_ROUTES
        for identity in call.result_ids
    }
    return isinstance(ids, list) and all(is_id(one) and one in uploads for one in ids)


def subscribe(draft: Draft, capture: Capture) -> Draft:
    """Following a record: the method that the route calls."""
    if not draft.source_call.route.startswith("/mail/"):
        return draft
    return replaced(draft, notes=(f"{draft.source_call.route} -> {draft.method}.",))


def run(draft: Draft, capture: Capture) -> Draft:
    """A server action: the browser got a cleaned action or False, `run` answers what the action returns."""
    if draft.source_call.route != "/web/action/run":
        return draft
    note = "/web/action/run -> ir.actions.server.run: acts on the active_ids of the context."
    return replaced(draft, notes=(note,))


def export_data(draft: Draft, capture: Capture) -> Draft:
    """An export of selected records as rows, without the file."""
    if not draft.source_call.route.startswith("/web/export/"):
        return draft
    note = (
        f"{draft.source_call.route} -> export_data: returns the rows (`datas`), not a file; "
        "the user needs the right to export."
    )
    return replaced(draft, notes=(note,))


_ATTRIBUTES = ["string", "type", "required", "readonly", "help", "selection", "relation"]


def web_name_search(draft: Draft, capture: Capture) -> Draft:
    """Odoo 19: name_search finds the same records, and answers id and name alone."""
    arguments = named_args(draft, ("name", "specification", "domain", "operator", "limit"))
    kwargs = {
        key: arguments[key] for key in ("name", "domain", "operator", "limit") if key in arguments
    }
    specification: Json = arguments.get("specification")
    fields = specification if isinstance(specification, dict) else {}
    lost = [name for name in fields if name not in ("id", "display_name")]
    without = f"; {', '.join(lost)} are not read" if lost else ""
    note = f"web_name_search -> name_search: returns pairs of id and name{without}."
    return replaced(draft, method="name_search", args=[], kwargs=kwargs, notes=(note,))


def views(draft: Draft, capture: Capture) -> Draft:
    """What a program wants of a view are its model's fields (fields_get: Odoo 12 to 19)."""
    note = (
        f"{draft.method} -> fields_get: returns labels, types and options of all fields of the model; the view itself "
        "(`arch`), its filters and the fields of other models are left out."
    )
    kwargs = {"attributes": _ATTRIBUTES}
    return replaced(draft, method="fields_get", args=[], kwargs=kwargs, notes=(note,))
