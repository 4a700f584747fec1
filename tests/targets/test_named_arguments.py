"""Names for JSON-2: from the tables, from a server's own description, renamed since, or a marked TODO."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, run, written

DOC = {
    "model": "x.thing",
    "methods": {
        "ship": {"parameters": {"where": {}, "when": {"default": None}}, "api": []},
        "count_all": {"parameters": {"domain": {}}, "api": ["model"]},
    },
}


def code(folder: Path, *entries: Any, version: str = "19.0", doc: Any = None) -> str:
    options = ["-t", "python-json2", "-n", "1", "--no-inputs"]
    if doc is not None:
        path = folder / "doc.json"
        path.write_text(doc if isinstance(doc, str) else json.dumps(doc), encoding="utf-8")
        options += ["--doc", str(path)]
    result = run("convert", *options, written(folder, page(server_version=version), *entries))
    assert 0 == result.exit_code, result.stderr
    return result.stdout


def test_a_method_that_nobody_knows_is_a_marked_todo(tmp_path: Path) -> None:
    text = code(tmp_path, call("x.thing", "ship", [[7], "Rome"]))
    assert '"TODO_1": [7], "TODO_2": "Rome"' in " ".join(text.split())
    assert "# TODO: no signature of x.thing.ship is known" in text


def test_the_servers_own_description_names_them(tmp_path: Path) -> None:
    text = code(tmp_path, call("x.thing", "ship", [[7], "Rome"]), doc=DOC)
    assert "TODO" not in text and '"ids": [7], "where": "Rome"' in " ".join(text.split())
    text = code(tmp_path, call("x.thing", "count_all", [[["a", "=", 1]]]), doc=DOC)
    assert '"ids"' not in text.partition("def count")[2].partition("__main__")[0]
    assert '"domain": [["a", "=", 1]]' in text


@pytest.mark.parametrize(
    ("method", "kwargs", "name"),
    [
        ("name_search", {"name": "a", "args": [["b", "=", 1]]}, "domain"),
        ("search_count", {"args": [["b", "=", 1]]}, "domain"),
    ],
)
def test_a_parameter_that_was_renamed_has_its_new_name(
    tmp_path: Path, method: str, kwargs: dict[str, Any], name: str
) -> None:
    text = code(tmp_path, call("res.partner", method, (), kwargs), version="16.0")
    assert f'"{name}": [["b", "=", 1]]' in text and '"args"' not in text


def test_has_group_asked_about_the_caller_up_to_17(tmp_path: Path) -> None:
    entry = call("res.users", "has_group", ["base.group_user"])
    text = " ".join(code(tmp_path, entry, version="16.0").split())
    assert '"ids": [2], "group_ext_id": "base.group_user"' in text


def test_what_became_private_is_said(tmp_path: Path) -> None:
    text = code(tmp_path, call("res.partner", "exists", [[7]]), version="17.0")
    assert "# Private from Odoo 19 on: res.partner.exists cannot be called" in text


@pytest.mark.parametrize(
    ("doc", "why"),
    [
        ("{", "is not what /doc-bearer/<model>.json answers"),
        ("[]", "it does not name its model"),
        ('{"model": "x"}', "it describes no methods"),
        ('{"model": "x", "methods": {"go": []}}', "its entry go does not describe a method"),
        ("[" * 100_000, "is not what /doc-bearer/<model>.json answers"),
    ],
    ids=["cut", "a list", "no methods", "no description", "deep"],
)
def test_a_file_that_is_no_description_gets_one_sentence(
    tmp_path: Path, doc: str, why: str
) -> None:
    path = tmp_path / "doc.json"
    path.write_text(doc, encoding="utf-8")
    capture = written(tmp_path, call("res.partner", "read", [[7]]))
    result = run("convert", "-t", "python-json2", "--doc", str(path), capture)
    assert (1, "") == (result.exit_code, result.stdout)
    assert why in result.stderr and result.stderr.count("\n") == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    capture = written(tmp_path, call("res.partner", "read", [[7]]))
    result = run("convert", "--doc", str(tmp_path / "none.json"), capture)
    assert 1 == result.exit_code and "none.json: cannot be read" in result.stderr


def test_a_method_without_a_row_of_an_official_model_is_called_on_its_records(
    tmp_path: Path,
) -> None:
    text = code(tmp_path, call("crm.lead", "some_action_of_it", [[7]]))
    assert '"ids": [7]' in text and "TODO" not in text
    assert "# No parameters of crm.lead.some_action_of_it are known" in text
    text = code(tmp_path, call("crm.lead", "some_action_of_it", [[7], "Rome"]))
    assert '"TODO_1": [7], "TODO_2": "Rome"' in " ".join(text.split())
