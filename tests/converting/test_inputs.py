"""What becomes an input: what the person chose, and no more."""

from __future__ import annotations

import builtins
import keyword
from typing import Any

import pytest
from har_builder import CAPTURES, NO_CAPTURES, call, captures, search, views

from har2rpc.model import Input, Lines
from har2rpc.model.values import line_commands

from .actions_of import actions, by_name, names, recorded

needs_captures = pytest.mark.skipif(not CAPTURES.is_dir(), reason=NO_CAPTURES)
C19, C14 = "odoo19/chrome-devtools", "odoo14/chrome-devtools"

# Capture: action, its inputs, those that may be left out. Written by looking at what was done.
EXAMPLES: dict[str, dict[str, tuple[list[str], list[str]]]] = {
    f"{C19}/search_phone.har": {
        "search_partners_by_phone": (["phone", "limit", "offset"], ["limit", "offset"]),
    },
    f"{C19}/create_partner.har": {
        "create_partner": (
            ["name", "email", "phone", "country_id"], ["email", "phone", "country_id"],
        ),
    },
    f"{C19}/sale_order_create.har": {"create_sale_order": (["partner_id", "lines"], [])},
    f"{C14}/sale_order_create.har": {"create_sale_order": (["partner_id", "lines"], [])},
    f"{C19}/edit_partner.har": {
        "update_partner": (["partner_id", "phone", "category_id"], ["phone", "category_id"]),
    },
    f"{C14}/edit_partner.har": {
        "update_partner": (["partner_id", "phone", "category_ids"], ["phone", "category_ids"]),
    },
    f"{C19}/search_name.har": {
        "search_partners_by_name": (["name", "limit", "offset"], ["limit", "offset"]),
    },
    "odoo17/chrome-devtools/create_partner.har": {
        "list_partners": (["limit", "offset"], ["limit", "offset"]),
        "create_partner": (
            ["name", "country_id", "phone", "email"], ["country_id", "phone", "email"],
        ),
    },
    "odoo19/firefox/create_partner.har": {"create_partner": (["name", "phone"], ["phone"])},
}  # fmt: skip


@needs_captures
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_inputs_are_those_that_a_person_would_choose(name: str) -> None:
    found = {
        action.name: (names(action), [made.name for made in action.inputs if not made.required])
        for action in recorded(name)
    }
    assert EXAMPLES[name] == found


@needs_captures
def test_help_says_what_the_recorded_id_was() -> None:
    (create,) = recorded(f"{C19}/create_partner.har")
    country = by_name(create)["country_id"]
    assert ("res.country", 20, "Country") == (country.relation, country.example, country.label)
    assert "Id of a res.country (20 was Belgium)" == country.help
    assert "The form's other 38 were empty, defaults" in " ".join(create.notes)
    assert {"default_is_company": True}.items() <= create.context.items()


@needs_captures
def test_a_line_is_created_inside_its_order() -> None:
    (create,) = recorded(f"{C19}/sale_order_create.har")
    (values,) = create.args
    assert ["partner_id", "order_line"] == list(values)
    lines = values["order_line"]
    assert ["product_id", "product_uom_qty"] == list(lines.fields.values())
    assert [[0, 0, {"product_id": 23, "product_uom_qty": 1}]] == line_commands(
        lines, lines.source.example
    )
    assert ("create", "id", True) == (create.method, create.returns, create.changes)


def form(
    *changes: tuple[str, Any], defaults: Any = None, saved: Any = None
) -> list[dict[str, Any]]:
    """A form that was opened, changed field by field, and saved."""
    held = dict(defaults or {})
    steps = [call("res.partner", "onchange", ([], {}, [], {}), result={"value": held})]
    for name, value in changes:
        held = {**held, name: value}
        steps.append(call("res.partner", "onchange", ([], held, [name], {}), result={"value": {}}))
    saved = {**held, **(saved or {})}
    return [*steps, call("res.partner", "web_save", ([], saved), result=[{"id": 9}])]


def sent(*entries: dict[str, Any], **options: Any) -> dict[str, Any]:
    return actions(*entries, **options)[-1].args[0]


def test_what_was_typed_is_sent_and_defaults_are_not() -> None:
    entries = form(("name", "Zoë"), ("color", 3), defaults={"lang": "en_US", "color": 0})
    assert {"name", "color"} == set(sent(*entries))
    assert {"lang", "color", "name"} == set(sent(*entries, keep_all=True))


def test_what_differs_from_the_default_was_chosen_even_without_an_onchange() -> None:
    saved = {"lang": "fr_FR", "active": True, "city": "", "tags": [], "vat": False}
    assert ["name", "lang"] == sorted(
        sent(*form(("name", "x"), defaults={"lang": "en_US", "active": True}, saved=saved)),
        reverse=True,
    )


def test_what_was_typed_and_taken_back_is_not_sent() -> None:
    assert ["name"] == list(sent(*form(("name", "x"), ("phone", "5"), ("phone", False))))


def test_what_odoo_computed_is_not_sent() -> None:
    entries = form(("name", "x"), saved={"ref": "C-7"})
    entries[-2] = call(
        "res.partner", "onchange", ([], {}, ["name"], {}), result={"value": {"ref": "C-7"}}
    )
    assert ["name"] == list(sent(*entries))


def test_no_inputs_sends_the_recorded_values_of_what_was_typed() -> None:
    assert {"name": "x", "color": 3} == sent(*form(("name", "x"), ("color", 3)), inputs=False)


def test_labels_types_and_options_come_from_the_capture() -> None:
    state = {"type": "selection", "string": "Kind", "selection": [["a", "A"], ["b", "B"]]}
    described = views(
        "res.partner", {"kind": state, "name": {"type": "char", "string": "Full name"}}
    )
    create = actions(described, *form(("name", "x"), ("kind", "b"), ("note", "y")))[-1]
    made = by_name(create)
    assert ("Kind", "selection", (("a", "A"), ("b", "B")), False) == (
        made["kind"].label, made["kind"].type, made["kind"].options, made["kind"].guessed
    )  # fmt: skip
    assert ("Full name", False) == (made["name"].label, made["name"].guessed)
    assert ("Note", True) == (made["note"].label, made["note"].guessed)


@pytest.mark.parametrize(
    "domain, expected",
    [
        ([["phone", "ilike", "5"]], ["phone"]),
        (["|", ["phone", "ilike", "5"], ["mobile", "ilike", "5"]], ["phone"]),
        (["|", ["name", "ilike", "5"], ["ref", "=", "5"], ["city", "=", "Rome"]], ["name", "city"]),
        ([["a_id", "=", 2], ["b_id", "=", 2]], ["a_id", "b_id"]),
        ([["is_company", "=", True], ["active", "=", False], ["x", "=", None]], []),
        ([["id", "in", [1, 2]]], ["partner_ids"]),
        ([["date", ">=", "2026-01-01"], ["date", "<", "2026-02-01"]], ["date_from", "date_to"]),
        ([["line_ids", "any", [["product_id", "=", 7]]]], ["product_id"]),
        (["x"], []),
        ([], []),
    ],
)
def test_a_search_opens_the_values_that_were_searched_for(domain: Any, expected: Any) -> None:
    (found,) = actions(search(domain=domain))
    assert [*expected, "limit", "offset"] == names(found)


@pytest.mark.parametrize(
    "name", ["class", "limit", "offset", "id", "type", "call", "json", "", "1x", "é"]
)
def test_names_are_unique_and_nobody_elses(name: str) -> None:
    found = actions(
        search(domain=[[name, "=", "x"], [name, "!=", "y"], ["a", "=", "z"]]),
        search(domain=[[name, "=", "x"], ["b", "=", 7]]),
        *form((name, "x"), ("a b", "y"), ("a-b", "z")),
    )
    everything = [*found, *(a.custom for a in found if a.custom)]
    for action in everything:
        inputs = names(action)
        assert sorted(set(inputs)) == sorted(inputs)
        for one in [*inputs, action.name]:
            assert one.isidentifier() and not keyword.iskeyword(one) and one.isascii()
            assert one not in {"call", "json", "execute_kw", "CONTEXT"}
            assert not hasattr(builtins, one)
        assert set(inputs) == found_inputs([action.args, action.kwargs])


@needs_captures
@pytest.mark.parametrize("path", captures(), ids=lambda path: path.relative_to(CAPTURES).as_posix())
def test_every_input_is_sent_and_every_run_fills_it(path: Any) -> None:
    found = recorded(path)
    assert sorted({a.name for a in found}) == sorted(a.name for a in found)
    for action in found:
        assert set(names(action)) == found_inputs([action.args, action.kwargs, action.context])
        assert all(set(names(action)) == set(run.values) for run in action.runs)


def found_inputs(value: Any) -> set[str]:
    """The names of the inputs inside a value."""
    if isinstance(value, Lines):
        value = value.source
    if isinstance(value, Input):
        return {value.name}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(found_inputs(item) for item in inner)) if inner else set()


def test_the_custom_search_has_the_whole_domain_as_its_input() -> None:
    first, second = actions(search(), search(domain=[["city", "=", "Rome"]]))
    assert None is second.custom and first.custom
    assert ["domain", "limit", "offset"] == names(first.custom)
    made = first.custom.inputs[0]
    assert ("domain", [["phone", "ilike", "555"]]) == (made.type, made.example)
    assert first.custom.args == [made]


def test_a_list_that_is_set_says_that_it_replaces_what_is_there() -> None:
    tags = views("x.order", {"tag_ids": {"type": "many2many", "relation": "x.tag"}})
    values = {"tag_ids": [[6, False, [4]]]}
    write = call("x.order", "write", ([7], values))
    create = call("x.order", "create", (values,), result=9)
    edited, made = actions(tags, write, create)
    helps = [param.help for action in (edited, made) for param in action.inputs if param.multiple]
    assert [
        "Ids of x.tag records, which replace the existing ones",
        "Ids of x.tag records",
    ] == helps
