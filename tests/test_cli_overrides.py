"""`convert --overrides`, `--save-overrides` and `--name`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from har_builder import call, page, product, run, search, written


@pytest.fixture
def capture(tmp_path: Path) -> str:
    return written(tmp_path, page(), search(), call("res.partner", "action_archive", ([7],)))


def test_a_file_is_saved_edited_and_converted_with(capture: str, tmp_path: Path) -> None:
    file = tmp_path / "overrides.json"
    plain = product("convert", "--save-overrides", file, capture)
    assert plain == product("convert", "--overrides", file, capture)
    content = json.loads(file.read_text("utf-8"))
    content["calls"]["1"]["name"] = "find"
    del content["calls"]["1"]["label"]
    content["calls"]["1"]["inputs"]["limit"] = {"keep": True}
    file.write_text(json.dumps(content), "utf-8")
    text = product("convert", "--overrides", file, capture)
    assert "def find(phone, *, offset=0):" in text
    assert text == product("convert", "--name", "1=find", "--keep", "1:limit", capture)


@pytest.mark.parametrize("mode", [(), ("--verbatim",)], ids=["translated", "verbatim"])
@pytest.mark.parametrize(
    "args, kwargs",
    [
        (("az",), {"args": [["city", "=", "X"]]}),
        ((), {"name": "az", "args": [["city", "=", "X"]]}),
        (("az", [["city", "=", "X"]]), {}),
        (("az",), {"args": [], "context": {"args": "x", "show_vat": True}}),
    ],
)
def test_arguments_of_one_word_have_paths_of_their_own(
    args: tuple[object, ...], kwargs: dict[str, object], mode: tuple[str, ...], tmp_path: Path
) -> None:
    search_by_name = call("res.partner", "name_search", args, kwargs, result=[[1, "Azure"]])
    capture, file = written(tmp_path, page(), search_by_name), tmp_path / "overrides.json"
    plain = product("convert", "--all", *mode, "--save-overrides", file, capture)
    assert plain == product("convert", "--all", *mode, "--overrides", file, capture)


def test_options_count_more_than_the_file(capture: str, tmp_path: Path) -> None:
    file = tmp_path / "overrides.json"
    file.write_text('{"calls": {"1": {"name": "a"}}, "connection": "inputs"}', "utf-8")
    text = product(
        "convert", "--overrides", file, "--name", "1=b", "--connection", "constants", capture
    )
    assert "def b(" in text and "def a(" not in text and "https://odoo.example" in text


@pytest.mark.parametrize(
    "options, code, message",
    [
        (("--name", "x=find"), 2, "'x=find' is not N=NAME, such as 5=find_partners"),
        (("--name", "9=find"), 2, "call 9 is not one of the converted calls"),
        (("--overrides", "missing.json"), 1, "missing.json: cannot be read"),
        (("--overrides", "a.json", "--overrides", "b.json"), 2, "--overrides takes one file"),
    ],
)
def test_wrong_usage_is_said(
    capture: str, options: tuple[str, ...], code: int, message: str
) -> None:
    done = run("convert", *options, capture)
    assert code == done.exit_code and message in done.stderr
