"""One row of the table of translations for each case here: what the browser posts, on one of two equal records.

A case makes twins. The browser's request is sent about the first, the generated code runs about the second, and both
are read back by `Server.ask`, which knows nothing of har2rpc.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from live.server import Server
from live.twins import (
    Ids,
    a_number,
    copies,
    fields,
    followed,
    followers,
    how_many,
    last_message,
    named,
    one_partner,
    partners,
    stages,
    with_action,
)

KW = "/web/dataset/call_kw"


@dataclass(frozen=True)
class Case:
    """`make` gives the ids of one twin; `request` what the browser posts about it; `back` what is read afterwards."""

    name: str
    make: Callable[[Server], Ids]
    request: Callable[[Ids], tuple[str, dict[str, Any]]]
    back: Callable[[Server, Ids], Any]
    sent: tuple[str, ...]
    """The methods that generated code must use, one for each call it makes."""
    majors: tuple[int, ...] = (19,)


def kw(model: str, method: str, *args: Any, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    """A call of a model's method, as the client posts it."""
    named = {"context": {"lang": "en_US", "uid": 2}, **kwargs}
    return KW, {"model": model, "method": method, "args": list(args), "kwargs": named}


def message(ids: Ids) -> tuple[str, dict[str, Any]]:
    post = {
        "body": "<p>Good &amp; new</p>",
        "message_type": "comment",
        "subtype_xmlid": "mail.mt_note",
    }
    return "/mail/message/post", {
        "thread_model": "res.partner",
        "thread_id": ids[0],
        "post_data": {**post, "partner_ids": [], "attachment_ids": []},
        "context": {"lang": "en_US"},
    }


def ran(ids: Ids) -> tuple[str, dict[str, Any]]:
    context = {"active_model": "res.partner", "active_id": ids[0], "active_ids": ids[:1]}
    return "/web/action/run", {"action_id": ids[1], "context": context}


def follow(word: str) -> Callable[[Ids], tuple[str, dict[str, Any]]]:
    def request(ids: Ids) -> tuple[str, dict[str, Any]]:
        return f"/mail/thread/{word}", {
            "res_model": "res.partner",
            "res_id": ids[0],
            "partner_ids": [9],
        }

    return request


def dragged(ids: Ids) -> tuple[str, dict[str, Any]]:
    order = [ids[2], ids[0], ids[1]]
    return "/web/dataset/resequence", {
        "model": "crm.stage",
        "ids": order,
        "field": "sequence",
        "offset": 4,
    }


def new(model: str, method: str, word: str) -> Callable[[Ids], tuple[str, dict[str, Any]]]:
    """A request that creates a record under a name with the twin's number."""

    def request(ids: Ids) -> tuple[str, dict[str, Any]]:
        name = f"{word} {ids[0]}"
        values = {"name": name, "comment": "new"}
        if method == "web_save":
            return kw(model, method, [], values, specification=SAVED)
        return kw(model, method, name if method == "name_create" else values)

    return request


SAVED = {"name": {}, "comment": {}}
CHANGED = [{"phone": "1"}, {"comment": "two"}]
ALIKE = [{"comment": "new"}] * 2
BOTH = (19, 14)
PARTNER, TAG = "res.partner", "res.partner.category"
_TEXTS = fields(PARTNER, "phone", "comment")
_NEW = named(PARTNER, "New", "comment", "active")


def about(method: str, *args: Any, **kwargs: Any) -> Callable[[Ids], tuple[str, dict[str, Any]]]:
    """A method called on the twin's partners."""
    return lambda ids: kw(PARTNER, method, ids, *args, **kwargs)


CASES = [
    Case("web_save, new", a_number, new(PARTNER, "web_save", "New"), _NEW, ("create",)),
    Case(
        "web_save, changed",
        one_partner,
        about("web_save", CHANGED[1], specification=SAVED),
        _TEXTS,
        ("write",),
    ),
    Case(
        "web_save_multi",
        partners,
        about("web_save_multi", CHANGED, specification=SAVED),
        _TEXTS,
        ("write", "write"),
    ),
    Case(
        "web_save_multi, alike",
        partners,
        about("web_save_multi", ALIKE, specification=SAVED),
        _TEXTS,
        ("write",),
    ),
    Case(
        "web_resequence",
        stages,
        lambda ids: kw(
            "crm.stage",
            "web_resequence",
            [ids[2], ids[0], ids[1]],
            {},
            field_name="sequence",
            offset=4,
        ),
        fields("crm.stage", "sequence"),
        ("write",) * 3,
    ),
    Case(
        "/web/dataset/resequence",
        stages,
        dragged,
        fields("crm.stage", "sequence"),
        ("write",) * 3,
        (14,),
    ),
    Case("create", a_number, new(PARTNER, "create", "New"), _NEW, ("create",), BOTH),
    Case(
        "create, a list",
        a_number,
        lambda ids: kw(PARTNER, "create", [{"name": f"New {ids[0]}"}]),
        _NEW,
        ("create",),
        BOTH,
    ),
    Case("write", partners, about("write", CHANGED[1]), _TEXTS, ("write",), BOTH),
    Case(
        "name_create",
        a_number,
        new(TAG, "name_create", "New"),
        named(TAG, "New", "active"),
        ("name_create",),
        BOTH,
    ),
    Case("copy", one_partner, about("copy"), copies, ("copy",)),
    Case(
        "copy, a bare id",
        one_partner,
        lambda ids: kw(PARTNER, "copy", ids[0]),
        copies,
        ("copy",),
        (14,),
    ),
    Case("unlink", partners, about("unlink"), how_many, ("unlink",), BOTH),
    Case(
        "action_archive",
        partners,
        about("action_archive"),
        fields(PARTNER, "active"),
        ("action_archive",),
        BOTH,
    ),
    Case("/mail/message/post", one_partner, message, last_message, ("message_post",)),
    Case(
        "/mail/thread/subscribe",
        one_partner,
        follow("subscribe"),
        followers,
        ("message_subscribe",),
    ),
    Case(
        "/mail/thread/unsubscribe",
        followed,
        follow("unsubscribe"),
        followers,
        ("message_unsubscribe",),
    ),
    Case(
        "/web/action/run",
        with_action,
        ran,
        lambda server, ids: _TEXTS(server, ids[:1]),
        ("run",),
        BOTH,
    ),
]
