"""Single values decided otherwise: by path, and refused with the nearest path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, product, run, search, written

from har2rpc.model import Har2rpcError

from .actions_of import actions, by_name, names

LINE = {"product_id": 7, "product_uom_qty": 2.0, "discount": 0}


def order() -> list[dict[str, Any]]:
    """A form with one line: customer picked, a date by default, product and quantity of the line."""
    held = {"partner_id": 3, "date_order": "2026-01-05", "note": False}
    steps = [
        call(
            "sale.order",
            "onchange",
            ([], {}, [], {}),
            result={"value": {**held, "partner_id": False}},
        )
    ]
    steps.append(
        call("sale.order", "onchange", ([], held, ["partner_id"], {}), result={"value": {}})
    )
    saved = {**held, "order_line": [[0, "virtual_1", LINE]]}
    return [*steps, call("sale.order", "web_save", ([], saved), result=[{"id": 9}])]  # call 3


def test_a_path_leads_to_every_value_that_is_sent() -> None:
    (create,) = actions(*order(), keep=["3:vals.partner_id", "3:vals.order_line[0].product_id"])
    assert ["quantity"] == names(create)
    line = create.args[0]["order_line"][0][2]
    assert (3, 7) == (create.args[0]["partner_id"], line["product_id"])


def test_an_input_gets_another_name_everywhere() -> None:
    domain = ["|", ["phone", "ilike", "5"], ["mobile", "ilike", "5"]]
    (found,) = actions(search(domain=domain), input_names={"1:domain[2][2]": "number"})
    assert ["number", "limit", "offset"] == names(found)
    assert ["number", "number"] == [leaf[2].name for leaf in found.args[0][1:]]
    assert {"number": "5", "limit": 80, "offset": 0} == dict(found.runs[0].values)


def test_one_of_several_places_is_kept() -> None:
    domain = ["|", ["phone", "ilike", "5"], ["mobile", "ilike", "5"]]
    (found,) = actions(search(domain=domain), keep=["1:domain[2][2]"])
    assert ["phone", "limit", "offset"] == names(found)
    assert "5" == found.args[0][2][2] and "phone" == found.args[0][1][2].name


def test_a_place_of_one_of_several_writes_is_decided_there() -> None:
    values = [{"phone": "1"}, {"email": "a@example.com"}]
    entry = call("res.partner", "web_save_multi", [[7, 3], values], {"specification": {}})
    first, second = actions(entry, keep=["1:vals.email"])
    assert ["partner_id", "phone"] == names(first)
    assert (["partner_id"], {"email": "a@example.com"}) == (names(second), second.args[1])
    with pytest.raises(Har2rpcError, match="call 1 has no such value"):
        actions(entry, keep=["1:vals.name"])


def test_a_literal_becomes_an_input_even_where_it_was_left_out() -> None:
    (create,) = actions(
        *order(), input_names={"3:vals.date_order": "ordered_on", "3:context.lang": "lang"}
    )
    made = by_name(create)
    assert ("2026-01-05", "date", "Date Order") == (
        made["ordered_on"].example, made["ordered_on"].type, made["ordered_on"].label
    )  # fmt: skip
    assert made["lang"] == create.context["lang"]


def test_what_was_left_out_is_sent_as_recorded_where_it_is_kept() -> None:
    (create,) = actions(*order(), keep=["3:vals.date_order", "3:vals.order_line[0].discount"])
    assert "2026-01-05" == create.args[0]["date_order"]
    assert 0 == create.args[0]["order_line"][0][2]["discount"]
    assert ["partner_id", "product_id", "quantity"] == names(create)


def test_a_whole_domain_is_an_input() -> None:
    (found,) = actions(search(), input_names={"1:domain": "domain"})
    assert ["limit", "offset", "domain"] == names(found)
    assert ("domain", [["phone", "ilike", "555"]]) == (
        by_name(found)["domain"].type, by_name(found)["domain"].example
    )  # fmt: skip
    assert [["phone", "ilike", "555"]] == by_name(found)["domain"].default
    assert "search_partners_by_domain" == found.name
    assert "Partners that match a domain that you pass." == found.description


def test_the_search_by_custom_takes_what_stands_beside_the_domain() -> None:
    (found,) = actions(search(), input_names={"1:fields": "fields", "1:context.lang": "lang"})
    assert found.custom is not None
    assert ["domain", "limit", "offset", "lang", "fields"] == names(found.custom)


def test_one_name_for_equal_values_is_one_input() -> None:
    domain = [["user_id", "=", 2], ["create_uid", "=", 2], ["stage_id", "=", 4]]
    one = {"1:domain[0][2]": "who", "1:domain[1][2]": "who"}
    (found,) = actions(search(domain=domain), input_names=one)
    assert ["who", "stage_id", "limit", "offset"] == names(found)


@pytest.mark.parametrize(
    "options, told",
    [
        ({"kept": ["3:vals.partner"]}, "the nearest is 3:vals.partner_id"),
        ({"kept": ["3:vals.order_line[1].discount"]}, "the nearest is 3:vals.order_line[0].discount"),
        ({"named": {"3:domain": "x"}}, "call 3 has no such value"),
        ({"kept": ["1:vals.name"]}, "call 1 is not one of the converted"),
        ({"kept": ["vals.name"]}, "is not a valid path"),
        ({"named": {"3:vals.partner_id": "class"}}, "try class_"),
        ({"named": {"3:vals.partner_id": "product_id"}}, "is already the input product_id"),
        ({"named": {"3:vals.order_line": "lines"}}, "a whole structure cannot be an input"),
        ({"named": {"3:vals.note": "x"}, "kept": ["3:vals.note"]}, "not both"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_next_step(
    options: dict[str, Any], told: str, tmp_path: Path
) -> None:
    words = [f"--keep={path}" for path in options.get("kept", ())]
    words += [f"--input={path}={name}" for path, name in options.get("named", {}).items()]
    result = run("convert", *words, written(tmp_path, *order()))
    assert (1, "") == (result.exit_code, result.stdout)
    assert told in result.stderr and 1 == result.stderr.count("\n")


def test_a_secret_is_never_kept() -> None:
    entry = call("res.users", "change_password", ("old", "new"))
    told = json.loads(product_of(entry))[0]["inputs"]
    assert told and {"***"} == {one["recorded"] for one in told}
    with pytest.raises(Exception, match="remains an input"):
        actions(entry, keep=[told[0]["path"]])


def product_of(entry: dict[str, Any]) -> str:
    """`list --json -v` of one call."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return product("list", "--json", "-v", written(Path(folder), entry))


def test_the_paths_that_list_shows_are_those_that_convert_takes(tmp_path: Path) -> None:
    capture = written(tmp_path, *order(), search())
    told = [
        one for row in json.loads(product("list", "--json", "-v", capture)) for one in row["inputs"]
    ]
    assert {"partner_id", "product_id", "quantity", "phone", "limit", "offset"} == {
        o["name"] for o in told
    }
    assert all(one["why"] for one in told)
    code = product("convert", *(f"--keep={one['path']}" for one in told), capture)
    assert "def create_sale_order():" in code
    table = product("list", "-v", capture)
    assert all(one["path"] in table for one in told)


@pytest.mark.parametrize("text", ["3:vals.partner_id", "=x", "3:vals.partner_id="])
def test_no_pair_is_a_wrong_use(text: str, tmp_path: Path) -> None:
    assert 2 == run("convert", f"--input={text}", written(tmp_path, *order())).exit_code
