"""What a person would say was done in a capture, written by looking at it, and what the kinds say."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import CAPTURES, NO_CAPTURES, call, har, rpc, search, views

from har2rpc import pipeline
from har2rpc.odoo import call_args, methods

# Number of the call: what it was. Everything else in the file the client did for itself.
KINDS: dict[str, dict[int, str]] = {
    # Filled in a form for a company, picked Belgium, saved.
    "odoo19/chrome-devtools/create_partner.har": {9: "write"},
    # Picked a customer and a product, saved.
    "odoo19/chrome-devtools/sale_order_create.har": {13: "write"},
    "odoo14/chrome-devtools/sale_order_create.har": {16: "write"},
    # Saved a quotation with the button that confirms it.
    "odoo19/chrome-devtools/sale_order_confirm.har": {1: "write", 2: "action"},
    # Changed a phone number and a tag, saved.
    "odoo19/chrome-devtools/edit_partner.har": {5: "write"},
    "odoo14/chrome-devtools/edit_partner.har": {19: "write"},
    # Opened the list, went to its second page, searched, opened a contact, changed it, saved.
    "odoo18/chrome-devtools/edit_partner.har": {
        2: "read", 3: "read", 5: "read", 6: "read", 8: "write",
    },
    # Opened a lead, pressed "Won".
    "odoo19/chrome-devtools/crm_won.har": {1: "read", 3: "action"},
    # Opened the pipeline with its four columns, moved a card.
    "odoo18/chrome-devtools/crm_drag.har": {
        3: "read", 4: "read", 5: "read", 6: "read", 7: "read", 9: "write",
    },
    # Moved a card; the client then numbered the cards of that column.
    "odoo14/chrome-devtools/crm_drag_stage.har": {1: "write"},
    # Grouped contacts by country, opened one group.
    "odoo19/chrome-devtools/groupby_country.har": {1: "read", 4: "read"},
    # Searched, opened, tried to delete a user's contact: refused.
    "odoo17/chrome-devtools/error_user.har": {
        3: "read", 4: "read", 6: "read", 7: "read", 8: "write",
    },
    "odoo19/chrome-devtools/page_load_contacts.har": {2: "read"},
    "odoo19/chrome-devtools/search_phone.har": {1: "read"},
    "odoo19/firefox/preferences.har": {3: "read"},
}  # fmt: skip


@pytest.mark.skipif(not CAPTURES.is_dir(), reason=NO_CAPTURES)
@pytest.mark.parametrize("name", KINDS)
def test_what_is_no_noise_is_what_a_person_did(name: str) -> None:
    capture = pipeline.open_capture([CAPTURES / name])
    assert KINDS[name] == {call.n: call.kind for call in capture.calls if call.kind != "noise"}


def kinds_of(*entries: dict[str, Any]) -> list[str]:
    source = io.BytesIO(json.dumps(har(*entries)).encode())
    return [call.kind for call in pipeline.open_capture([source]).calls]


@pytest.mark.parametrize(
    "method, kind",
    [
        ("search_read", "read"),
        ("web_search_read", "read"),
        ("formatted_read_group", "read"),
        ("create", "write"),
        ("web_save", "write"),
        ("unlink", "write"),
        ("copy", "write"),
        ("name_create", "write"),
        ("action_confirm", "action"),
        ("toggle_active", "action"),
        ("read_and_delete_everything", "action"),
        ("get_something_unheard_of", "action"),
        ("search_and_replace", "action"),
        ("onchange", "noise"),
        ("get_views", "noise"),
        ("has_group", "noise"),
        ("check_access_rights", "noise"),
    ],
)
def test_a_method_of_no_list_is_an_action(method: str, kind: str) -> None:
    other = call("res.users", "search_count", ([],), result=1)
    assert [kind, "read"] == kinds_of(call("res.partner", method, ([7],)), other)


def test_one_request_was_chosen_by_hand_and_is_no_noise() -> None:
    alone = call("res.partner", "search_read", ([],), {"fields": ["id", "name"]}, result=[])
    assert ["read"] == kinds_of(alone)
    assert ["noise"] * 2 == kinds_of(alone, alone)
    searched = {"fields": ["id"], "domain": [["ref", "=", "A1"]], "limit": 1}
    assert ["read"] * 2 == kinds_of(*[call("res.partner", "search_read", (), searched)] * 2)


def test_what_reads_and_what_writes_is_never_the_same_method() -> None:
    assert set() == methods.READS & methods.WRITES
    assert methods.NAME_SEARCHES | methods.SEARCHES | methods.GROUPINGS <= methods.READS
    assert methods.RECORD_READS <= methods.READS and methods.CREATES <= methods.WRITES
    actions = [m for m in methods.READS if m.startswith(("action_", "button_", "do_", "set_"))]
    assert ["action_get"] == actions  # the preferences' own window, res.users.action_get
    assert all(methods.changes(m) for m in methods.WRITES | {"action_confirm", "anything"})


def test_a_dropdown_before_a_save_is_noise_and_a_search_by_name_is_not() -> None:
    pick = call("res.country", "name_search", (), {"name": "Belg"}, result=[[20, "Belgium"]])
    save = call("res.partner", "web_save", ([], {"country_id": 20}), result=[{"id": 9}])
    assert ["noise", "write"] == kinds_of(pick, save)
    assert ["read"] == kinds_of(pick)
    opened = call("res.country", "name_search", (), {"name": ""}, result=[])
    assert ["noise", "write"] == kinds_of(opened, save)


def test_the_record_just_saved_is_read_back_by_the_client() -> None:
    save = call("res.partner", "write", ([7], {"name": "x"}))
    again = call("res.partner", "read", ([7], ["name", "phone", "email", "city"]))
    other = call("res.partner", "read", ([8], ["name", "phone", "email", "city"]))
    assert ["write", "noise"] == kinds_of(views("res.partner", {}), save, again)[1:]
    assert ["write", "read"] == kinds_of(views("res.partner", {}), save, other)[1:]
    created = call("res.partner", "web_save", ([], {"name": "x"}), result=[{"id": 9}])
    own = call("res.partner", "web_read", ([9],), {"specification": {n: {} for n in "abcd"}})
    assert ["write", "noise"] == kinds_of(created, own)
    assert ["read"] == kinds_of(own)


def test_a_program_has_no_noise() -> None:
    def from_a_program(method: str) -> dict[str, Any]:
        args = ["lab", 2, "key", "res.partner", method, [[7]]]
        return rpc("/jsonrpc", {"service": "object", "method": "execute_kw", "args": args})

    found = kinds_of(*map(from_a_program, ("fields_get", "name_search", "write", "read", "go")))
    assert ["read", "read", "write", "read", "action"] == found


def test_the_chatter_is_noise() -> None:
    read = call("mail.message", "read", ([7], ["body", "date", "author_id", "subject"]))
    assert ["read", "noise"] == kinds_of(search(), read)


def test_record_ids_and_fields_of_a_call() -> None:
    def one(*args: Any, **kwargs: Any) -> Any:
        entry = call("m", "read", args, kwargs)
        return pipeline.open_capture([io.BytesIO(json.dumps(har(entry)).encode())]).calls[0]

    assert [(7,), (7, 8), (7,), (), (), ()] == [
        call_args.record_ids(c)
        for c in (one([7]), one([7, 8]), one(7), one(True), one(["a"]), one())
    ]
    assert (7,) == call_args.record_ids(one(ids=[7]))
    assert ["a", "b"] == call_args.fields_asked(one([7], ["a", "b"]))
    assert ["a"] == call_args.fields_asked(one([7], specification={"a": {}}))
    assert [] == call_args.fields_asked(one([7]))


def test_the_collection_is_where_it_is_looked_for() -> None:
    if CAPTURES.is_dir():
        assert [] == [name for name in KINDS if not Path(CAPTURES / name).is_file()]
