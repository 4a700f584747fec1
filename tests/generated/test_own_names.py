"""No input, result or function takes a name that the generated file needs itself, whatever the capture calls its fields."""

from __future__ import annotations

import json
import keyword
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, run, search, targets, views, written

from generated.goldens import TARGETS, Golden, goldens
from generated.names_of_files import (
    BUILTINS,
    functions_of_shell,
    hidden_names,
    names_in_javascript,
    names_in_templates,
)
from har2rpc.odoo.reserved_names import RESERVED
from har2rpc.rendering.javascript import identifiers as javascript
from har2rpc.rendering.shell import literals as shell

PYTHON = [name for name in targets() if name.startswith(("python", "odoo", "locust"))]
PYTHON_FILES = [file for file in TARGETS if file.endswith(".py")]
MODES = {"actions": (), "flow": ("--flow",), "verbatim": ("--verbatim",), "rows": ("--rows",)}
OTHERS = """
    this page GLOBALS _SERVER echo array namespace isset fn request url key args session user_id
    user uid_ path home ifs status auto_resume histchars pipestatus i n x _ values kwargs context
    model method ids record records domain fields limit offset order wizard_id partner_id step run
    then function local await async let var yield default typeof arguments undefined toString
    constructor __proto__ exports module require globalThis self cls super odoo env __init__ __name__
""".split()


@cache
def every_name() -> tuple[str, ...]:
    """All that a file of any language has for itself, and the words of the languages."""
    exceptions = {name for name in BUILTINS if name[0].isupper()}  # no name of Odoo looks like one
    names = {*BUILTINS, *keyword.kwlist, *keyword.softkwlist, *OTHERS, *names_in_templates()}
    names -= exceptions - {"Exception", "ValueError"}
    return tuple(sorted(names | names_in_javascript() | functions_of_shell()))


def as_fields() -> list[dict[str, Any]]:
    """Calls whose fields have these names, as values, in domains and among the fields of a line."""
    names = every_name()
    typed = {name: {"type": "char", "string": name} for name in names}
    values = {name: f"v {name}" for name in names}
    domain = [[name, "ilike", f"v {name}"] for name in names]
    line = {"product_id": 3, **values}
    return [
        page(),
        views("res.partner", typed),
        call("res.partner", "create", (values,), result=7),
        call("res.partner", "write", ([7], values)),
        search(domain=domain),
        call("sale.order", "create", ({"partner_id": 7, "order_line": [[0, 0, line]]},), result=8),
        call("sale.order", "action_confirm", ([8],)),
    ]


def as_functions() -> list[dict[str, Any]]:
    """Calls of methods and on models of these names: what functions are named after."""
    calls = [call("x.thing", name, ([7],)) for name in every_name() if not name.startswith("_")]
    for name in every_name():
        model = name.lower().strip("_")
        calls.append(call(model, "create", ({"name": "x"},), result=7))
        calls.append(call(model, "write", ([7], {"name": "y", "phone": "1"})))
    return [page(), *calls]


CAPTURES = {"fields": as_fields, "functions": as_functions}


@pytest.mark.parametrize(
    ("capture", "target", "mode"),
    [
        *(("fields", target, mode) for target in PYTHON for mode in MODES),
        *(("functions", target, "actions") for target in PYTHON),
        ("functions", "python", "flow"),
    ],
)
def test_no_name_of_a_capture_hides_one_of_the_file(
    capture: str, target: str, mode: str, tmp_path: Path
) -> None:
    options = ["-t", target, *MODES[mode]]
    if mode == "rows":
        options += ["--flow"] if capture == "fields" else ["-n", "1"]
    result = run("convert", *options, written(tmp_path, *CAPTURES[capture]()))
    if result.exit_code:  # not every target has rows
        assert mode == "rows" and "rows" in result.stderr
        return
    compile(result.stdout, target, "exec")
    assert [] == list(hidden_names(result.stdout))


@pytest.mark.parametrize("golden", goldens(*PYTHON_FILES))
def test_no_name_of_a_sample_hides_one_of_the_file(golden: Golden) -> None:
    assert [] == list(hidden_names(golden.text))


@pytest.mark.parametrize(
    "target",
    [
        "python",
        "python-json2",
        "python-xmlrpc",
        "python-web",
        "curl",
        pytest.param("javascript", marks=pytest.mark.node),
        pytest.param("php", marks=pytest.mark.php),
    ],
)
def test_it_runs_with_every_name(target: str, tmp_path: Path) -> None:
    capture = written(tmp_path, *as_fields())
    done = run("verify", "-t", target, "--writes", "--json", capture)
    assert 0 == done.exit_code, done.stderr
    assert 5 == len(json.loads(done.stdout))


def test_what_the_templates_define_is_reserved() -> None:
    """A new helper of a template is a new reserved name: this fails until it is."""
    assert set() == names_in_templates() - RESERVED
    assert len(names_in_templates()) > 90
    assert BUILTINS | {*keyword.kwlist} <= RESERVED
    capitals = {name for name in names_in_javascript() if name.isupper()}  # get a dollar anyway
    assert set() == names_in_javascript() - javascript.RESERVED - capitals
    assert set() == functions_of_shell() - shell.RESERVED


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import json\ndef f(json): pass", ["f: json"]),
        ("def uid(): pass\ndef f():\n    uid = 3\n    return uid", ["f: uid"]),
        ("def f(*, list=None): pass", ["f: list"]),
        ("def f(): pass\ndef f(): pass", ["twice: f"]),
        ("def print(): pass", ["top: print"]),
        ("class A:\n    def b(self): pass\n    def b(self): pass", ["twice: b"]),
        ("import a\nURL = 1\ndef f(url): return a, URL, url", []),
    ],
)
def test_what_hides_a_name_is_found(code: str, found: list[str]) -> None:
    assert found == list(hidden_names(code))
