"""One request, copied alone: the form's opening is not in the file, and every value that is not empty is sent.

The recorded values are read off the files by a plain walk; what is sent is what the action sends in its recorded run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from har_builder import CAPTURES, ROOT, call

from har2rpc.model import Action, Following

from .actions_of import actions, as_sent, by_name

PLACES = (ROOT / "samples", ROOT / "tests/expected", CAPTURES)
FILES = sorted(path for place in PLACES for path in place.rglob("*.har"))
LARGE = 20_000
SWITCHES = ("require_", "is_", "has_")


def creates(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The entries of a file that make a record from values, each with these."""
    for entry in json.loads(path.read_text("utf-8-sig"))["log"]["entries"]:
        text = entry["request"].get("postData", {}).get("text") or ""
        if "call_kw" not in entry["request"]["url"] or not text.startswith("{"):
            continue
        params = json.loads(text)["params"]
        args = params["args"]
        if params["method"] == "create" and isinstance(args[0], dict):
            yield entry, args[0]
        elif params["method"] == "web_save" and args[0] == []:
            yield entry, args[1]


def is_nothing(name: str, value: Any) -> bool:
    if value is False and (name.startswith(SWITCHES) or name == "active"):
        return False
    return (
        value is None or value is False or value in ("", [], [[5]], [[6, 0, []]], [[6, False, []]])
    )


def links(value: Any) -> Any:
    """Commands that do nothing but link, as the ids that they link."""
    ids = []
    for command in value if isinstance(value, list) else ():
        if not isinstance(command, list) or command[:1] not in ([4], [6]):
            return None
        ids += command[2] if command[0] == 6 else [command[1]]
    return ids


def missing(recorded: dict[str, Any], sent: dict[str, Any], path: str = "") -> Iterator[str]:
    """The recorded values that are not sent, or otherwise."""
    for name, value in recorded.items():
        at = f"{path}{name}"
        if is_nothing(name, value) or (isinstance(value, str) and len(value) > LARGE):
            continue
        if name not in sent:
            yield at
        elif isinstance(value, list) and links(value) is not None:
            if links(value) != links(sent[name]):
                yield at
        elif isinstance(value, list) and value and isinstance(value[0], list):
            for number, (command, other) in enumerate(zip(value, sent[name], strict=True)):
                if isinstance(command[-1], dict) and command[0] in (0, 1):
                    yield from missing(command[-1], other[-1], f"{at}[{number}].")
        elif value != sent[name] and not isinstance(value, list):
            is_secret, is_html = sent[name] in ("***", None), str(value).startswith("<")
            if not (is_secret or is_html):  # the editor's own marks are taken out of a text
                yield at


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_value_that_is_not_empty_is_sent(path: Path) -> None:
    for entry, values in creates(path):
        for action in actions(entry):
            sent = as_sent(action.args[0], action.runs[0].values)
            assert [] == list(missing(values, sent)), entry["request"]["url"]


def test_there_is_something_to_see() -> None:
    here = [path for path in FILES if CAPTURES not in path.parents]
    assert 30 < sum(1 for path in here for _ in creates(path))


BILL = {
    "move_type": "in_invoice",
    "partner_id": 44,
    "journal_id": 12,
    "currency_id": 3,
    "ref": "",
    "payment_reference": "RF18",
    "auto_post": False,
    "is_storno": False,
    "amount": 0,
    "invoice_date": "2026-01-01 00:00:00",
    "invoice_line_ids": [
        [0, "virtual_1", {"product_id": 7, "name": "Hosting", "quantity": 3, "price_unit": 99.5}],
        [0, "virtual_2", {"name": "Words alone", "price_unit": 1.5, "product_id": False}],
    ],
}


def bill(**more: Any) -> Action:
    (action,) = actions(
        call("account.move", "web_save", ([], {**BILL, **more}), result=[{"id": 9}])
    )
    return action


def test_what_such_forms_fill_in_is_sent_as_recorded_and_said() -> None:
    action = bill()
    sent = action.args[0]
    assert {"move_type": "in_invoice", "journal_id": 12}.items() <= sent.items()
    assert {"is_storno": False, "amount": 0}.items() <= sent.items()
    assert {"ref", "auto_post"}.isdisjoint(sent)
    (note,) = [note for note in action.notes if "opening of this form" in note]
    assert all(name in note for name in ("move_type", "journal_id", "currency_id", "price_unit"))


def test_all_other_values_are_inputs_with_the_recorded_default() -> None:
    inputs = by_name(bill())
    assert inputs["partner_id"].required
    assert (False, "RF18") == (
        inputs["payment_reference"].required,
        inputs["payment_reference"].default,
    )
    assert 3 == inputs["lines"].example[0]["quantity"]


@pytest.mark.parametrize(
    ("model", "values", "asked"),
    [
        ("crm.lead", {"priority": "2"}, {"priority"}),
        ("crm.lead", {"priority": "0"}, set()),
        ("sale.order", {"validity_date": "2027-01-31"}, {"validity_date"}),
        ("stock.lot", {"product_id": 7, "name": "LOT-12"}, {"product_id", "name"}),
    ],
)
def test_what_somebody_chose_is_asked_for(
    model: str, values: dict[str, Any], asked: set[str]
) -> None:
    """A star, a day, the name of what has a product but is no line of it; no star is what such forms show."""
    save = call(model, "web_save", ([], {"note": False, **values}), result=[{"id": 9}])
    (action,) = actions(save)
    assert asked == by_name(action).keys()
    assert values == as_sent(action.args[0], action.runs[0].values)


def test_what_follows_a_record_goes_only_with_the_recorded_one() -> None:
    sent = bill().args[0]
    currency = sent["currency_id"]
    assert isinstance(currency, Following)
    assert (3, "partner_id", 44) == (currency.value, currency.source.name, currency.recorded)
    lines = sent["invoice_line_ids"]
    assert (("product_id", 7, {"name": "Hosting", "price_unit": 99.5}),) == lines.following
    first, second = lines.source.example
    assert {"product_id": 7, "quantity": 3} == first
    assert 1.5 == second["price_unit"], "a line without a product has its own price"


@pytest.mark.parametrize("partner", ["x", 4.5, True, [4], {"id": "4"}], ids=repr)
def test_nothing_follows_what_is_no_id(partner: Any) -> None:
    assert not isinstance(bill(partner_id=partner).args[0]["currency_id"], Following)


def test_the_time_of_the_recording_is_asked_for_and_never_repeated() -> None:
    action = bill()
    moment = by_name(action)["invoice_date"]
    assert (False, None) == (moment.required, moment.default)
    assert any("invoice_date held the time of the recording" in note for note in action.notes)


def test_a_create_without_an_empty_value_is_no_form() -> None:
    values = {"journal_id": 4, "amount": 120.5}
    (action,) = actions(call("account.payment.register", "create", (values,), result=3))
    assert ["journal_id", "amount"] == [param.name for param in action.inputs]
    assert not [note for note in action.notes if "opening" in note]


def test_a_program_sends_its_lines_whole() -> None:
    lines = [[0, 0, {"product_id": 7, "name": "Hosting", "price_unit": 99.5, "discount": 0}]]
    entry = call(
        "object",
        "execute_kw",
        ["db", 2, "key", "account.move", "create", [{"partner_id": 4, "invoice_line_ids": lines}]],
        route="/jsonrpc",
    )
    entry["request"]["postData"]["text"] = json.dumps(
        {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {
                "service": "object",
                "method": "execute_kw",
                "args": [
                    "db",
                    2,
                    "key",
                    "account.move",
                    "create",
                    [{"partner_id": 4, "invoice_line_ids": lines}],
                ],
            },
        }
    )
    (action,) = actions(entry)
    sent = as_sent(action.args[0], action.runs[0].values)
    assert {"partner_id": 4, "invoice_line_ids": lines} == sent


def test_a_false_of_a_switch_is_a_value() -> None:
    product = {
        "name": "Lamp",
        "sale_ok": True,
        "purchase_ok": False,
        "is_published": False,
        "description": False,
    }
    (action,) = actions(call("product.template", "create", (product,), result=7))
    sent = {name: value for name, value in product.items() if name != "description"}
    assert [sent] == as_sent(action.args, action.runs[0].values)


def test_an_activity_asks_for_the_record_it_belongs_to() -> None:
    planned = {
        "res_model_id": 90,
        "res_id": 14,
        "activity_type_id": 2,
        "summary": "Call",
        "note": False,
    }
    (action,) = actions(call("mail.activity", "create", (planned,), result=7))
    params = by_name(action)
    assert params["res_id"].required and not params["summary"].required
    attached = {"name": "a.pdf", "res_model": "res.partner", "res_id": 14, "url": False}
    (action,) = actions(call("ir.attachment", "create", (attached,), result=7))
    assert not by_name(action)["res_id"].required, "an attachment may stand for itself"
