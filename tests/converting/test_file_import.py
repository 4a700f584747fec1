"""The import of a file: what was uploaded apart becomes the rows of `load`."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, page

from converting.actions_of import actions, capture_of
from har2rpc.model import Action

IMPORT = "base_import.import"
MAPPED = [[1], ["name", False, "phone"], ["Name", "Colour", "Telephone"], {"has_headers": True}]


def imported(method: str, preview: Any, *, total: int | None = 2, dry: bool = False) -> Action:
    """What an import of two rows becomes, after its preview."""
    made = call(IMPORT, "create", [{"res_model": "res.partner"}], result=1)
    told: Any = {"preview": preview, "options": {"has_headers": True}}
    if total is not None:
        told["num_rows"] = total + 1  # with the headings
    shown = call(IMPORT, "parse_preview", [[1], {}], result=told)
    context = {"lang": "en_US", "uid": 2, "default_is_company": True, "bin_size": True}
    kwargs = {"dryrun": dry, "context": context}
    run = call(IMPORT, method, MAPPED, kwargs, result={"ids": [7, 8], "messages": []})
    [action] = actions(page(), made, shown, run, numbers=[3])
    assert ("res.partner", "load", True) == (action.model, action.method, action.changes)
    return action


@pytest.mark.parametrize(
    ("method", "preview", "total", "rows"),
    [
        # up to 14 the preview is rows, from 15 on the first five values of each column
        ("do", [["Ann", "red", "1"], ["Bob", "", "2"]], None, [["Ann", "1"], ["Bob", "2"]]),
        (
            "execute_import",
            [["Ann", "Bob"], [""], ["1", "2"]],
            2,
            [["Ann", "1"], ["Bob", "2"]],
        ),
        # one telephone of two rows: whose it is cannot be told
        ("execute_import", [["Ann", "Bob"], ["red"], ["2"]], 2, []),
        ("execute_import", False, 2, []),
        ("execute_import", [["Ann", 5], "red"], 2, []),
    ],
)
def test_an_import_becomes_a_load(method: str, preview: Any, total: Any, rows: Any) -> None:
    action = imported(method, preview, total=total)
    [given] = action.inputs
    assert ("rows", "json", rows) == (given.name, given.type, given.example)
    assert [["name", "phone"], given] == action.args
    assert {"lang": "en_US", "default_is_company": True, "import_file": True} == action.context
    notes = " ".join(action.notes)
    assert "The columns: Name and Telephone." in notes
    assert ("2 rows" in notes) == bool(rows)
    assert "only tested" not in notes


def test_a_tested_import_and_a_cut_text_are_said() -> None:
    texts = ["x" * 50 + "...", "Bob"]
    notes = " ".join(imported("execute_import", [texts, [""], ["1", "2"]], dry=True).notes)
    assert "only tested" in notes
    assert "The preview cut off" in notes


def test_a_later_batch_has_other_rows_than_the_preview() -> None:
    made = call(IMPORT, "create", [{"res_model": "res.partner"}], result=1)
    shown = call(IMPORT, "parse_preview", [[1], {}], result={"preview": [["Ann"], [""], ["1"]]})
    first, later = ([*MAPPED[:3], {"skip": skip}] for skip in (0, 2000))
    batches = [call(IMPORT, "execute_import", args, {"dryrun": False}) for args in (first, later)]
    [action] = actions(page(), made, shown, *batches, numbers=[3, 4])
    assert [[["Ann", "1"]], []] == [run.values["rows"] for run in action.runs]


def test_an_import_into_an_unknown_model_is_said() -> None:
    run = call(IMPORT, "execute_import", MAPPED, {"dryrun": False})
    [action] = actions(page(), run)
    assert (IMPORT, "execute_import") == (action.model, action.method)
    assert "call load(fields, rows) on that model" in " ".join(action.notes)


def test_all_but_the_import_itself_is_the_clients_own() -> None:
    made = call(IMPORT, "create", [{"res_model": "res.partner"}], result=1)
    tested = call(IMPORT, "execute_import", MAPPED, {"dryrun": True})
    run = call(IMPORT, "execute_import", [*MAPPED, False])
    kinds = [one.kind for one in capture_of(made, tested, run).calls]
    assert ["noise", "noise", "action"] == kinds
