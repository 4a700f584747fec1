"""An import's outcome is looked at: ids are given back and linked, refused rows are raised with their messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, converted, page, rpc, written
from har_builder import run as har2rpc

from targets.conftest import Stage
from targets.odoo_stub import Asked
from targets.running import able, code, run, stub, variables
from targets.test_flows import first

IMPORT = "base_import.import"
MAPPED = [[1], ["name", "phone"], ["Name", "Telephone"], {"has_headers": True}]
PREVIEW = {"preview": [["Ann", "Bob"], ["1", "2"]], "options": {"has_headers": True}, "num_rows": 3}
ENTRIES = (
    page(),
    call(IMPORT, "create", [{"res_model": "res.partner"}], result=1),
    call(IMPORT, "parse_preview", [[1], {}], result=PREVIEW),
    call(
        IMPORT, "execute_import", MAPPED, {"dryrun": False}, result={"ids": [7, 8], "messages": []}
    ),
    call("res.partner", "action_archive", ([8],)),
    call("res.partner", "action_unarchive", ([7, 8],)),
)
REFUSED = {
    "ids": False,
    "messages": [
        {"type": "error", "rows": {"from": 1, "to": 1}, "message": 'No "country" ]}, \\ such'},
        {"type": "error", "message": "Nor a state", "moreinfo": [], "field": "state_id"},
    ],
}


def answer(outcome: Any) -> Any:
    """A server that answers an import with this outcome."""

    def to(asked: Asked) -> Any:
        return outcome if asked.method == "load" else True

    return to


@pytest.mark.parametrize("target", able())
def test_the_ids_go_into_the_next_steps(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer({"ids": [1007, 1008], "messages": [], "nextrow": 0}))
    text = code(tmp_path, target, *ENTRIES, options=("--flow",))
    ran = run(text, target, variables(stage.url, target), "--write")
    assert (0, [1007, 1008]) == (ran.status, ran.printed), ran.said
    load, archive, unarchive = odoo.asked
    assert [["Ann", "1"], ["Bob", "2"]] == (load.args[1] if load.args else load.kwargs["data"])
    assert ([1008], [1007, 1008]) == (first(archive), first(unarchive))


@pytest.mark.parametrize("target", able())
def test_refused_rows_are_raised_with_their_messages(
    target: str, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(REFUSED))
    text = code(tmp_path, target, *ENTRIES, options=("--flow",))
    ran = run(text, target, variables(stage.url, target), "--write")
    assert (1, None) == (ran.status, ran.printed)
    assert 'row 2: No "country" ]}, \\ such; Nor a state' == ran.said
    assert ["load"] == [asked.method for asked in odoo.asked]


@pytest.mark.parametrize("target", able("python", "curl", "javascript", "php"))
def test_a_load_of_ones_own_program_as_well(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = stub(target, answer(REFUSED))
    args = ["lab", 2, "k", "res.partner", "load", [["name"], [["Ann"]]], {}]
    params = {"service": "object", "method": "execute_kw", "args": args}
    text = code(tmp_path, target, page(), rpc("/jsonrpc", params, {"ids": [7], "messages": []}))
    ran = run(text, target, variables(stage.url, target), "--write")
    assert ran.status and "Nor a state" in ran.said


def test_another_method_of_that_name_is_none(tmp_path: Path) -> None:
    text = code(tmp_path, "python", page(), call("x.y", "load", ("a", 1)))
    assert "load_rows" not in text and "messages" not in text


@pytest.mark.parametrize(
    "target", ["locoia", "n8n", "postman", "bruno", "parts", "openapi", "json", "mcp"]
)
def test_connectors_say_where_the_messages_are(target: str, tmp_path: Path) -> None:
    text = converted(tmp_path, *ENTRIES, options=("-t", target))
    assert "ids is false" in text and "messages say why" in text


def test_locust_counts_it_as_wrong(tmp_path: Path) -> None:
    text = code(tmp_path, "locust", *ENTRIES, options=("--flow",))
    assert "partner_ids = self.import_partners(rows)" in text and "self.load_rows(" in text


def test_verify_counts_new_ids_and_recorded_refusals_as_expected(tmp_path: Path) -> None:
    def verified(*entries: Any) -> Any:
        path = written(tmp_path, *entries)
        result = har2rpc("verify", "--json", "--writes", "--model", IMPORT, path)
        return [(one["status"], one["why"]) for one in json.loads(result.stdout)]

    assert [("same", "")] == verified(*ENTRIES[:4])
    refused = call(IMPORT, "execute_import", MAPPED, {"dryrun": False}, result=REFUSED)
    [(status, why)] = verified(*ENTRIES[:3], refused)
    assert "same" == status and why.startswith("refused, as recorded: row 2: No")
