"""Captured text that would like to be code stays text, wherever in the output it shows."""

from __future__ import annotations

import ast
import builtins
import io
import json
import keyword
import re
import sys
import types
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import black
import jinja2
import pytest
from har_builder import call, har, page, product, run, search, targets, views, written

STRINGS = {
    "double quote": '"',
    "single quote": "'",
    "three quotes": '"""',
    "three quotes and code": '"""\nimport os; os.system("x")\n"""',
    "single three quotes": "'''",
    "both quotes": '\'"it\'s "x"\\"',
    "backslash": "\\",
    "many backslashes": "a" + "\\" * 301,
    "backslash and quote": '\\"',
    "line break": "\nimport os\n",
    "carriage return": "a\r\nb\rc",
    "Unicode line breaks": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "NUL": "a\0b",
    "escape sequence": "\x1b[31m\x1b]0;title\x07",
    "bidi controls": "\u202eabc\u2066\u2069\u200f",
    "half an emoji": "\ud83d",
    "halves the wrong way round": "\udc00\ud83d",
    "emoji and wide": "😀名前é",
    "Jinja expression": "{{ 7 * 7 }}",
    "Jinja block": "{% raw %}{% for x in y %}",
    "Jinja comment": "{# x #}",
    "Jinja closing": "}} %} #} {{",
    "shell": "${HOME} $(id) `id` !x",
    "call": "__import__('os').system('x')",
    "f-string": "{os.environ}",
    "percent": "%s %(x)s {0}",
    "comment": "# x",
    "type comment": "# type: ignore\n# fmt: off",
    "coding comment": "# -*- coding: utf-16 -*-",
    "end of a call": '"), exec("x"), ("',
    "end of a signature": "x):\n    import os\n    (",
    "escape": "\\N{DASH}\\x00\\u0041\\",
    "keyword": "class",
    "constant": "None",
    "builtin": "print",
    "our own function": "execute_kw",
    "our own constant": "CONTEXT",
    "our own helper": "uid",
    "module": "json",
    "paging": "limit",
    "star": "**kwargs",
    "underscores": "__class__",
    "number": "7",
    "digits first": "1abc",
    "empty": "",
    "space": " ",
    "mask": "***",
    "long": "x" * 300,
    "long words": "lorem ipsum " * 60,
    "JSON": '{"a": [1]}',
    "placeholder": "{{ secret | jsonify }}",
}
UPDATE = call("res.partner", "write", ([7], {"name": "x", "phone": "1"}))
BILL = {"partner_id": 4, "currency_id": 3, "ref": ""}
# What a generated file defines where its actions need it, and calls that need it.
HELPERS = {
    "only": (search(), call("res.partner", "write", ([7], {"name": "x"}))),
    "given": (call("res.partner", "create", ({"name": "x", "phone": "1"},)),),
    "at_least_one": (UPDATE,),
    "any_given": (call("res.partner", "create", ({"name": "x"},), result=7), UPDATE),
    "only_for": (call("account.move", "create", (BILL,)),),
    "new_lines": (call("sale.order", "create", ({"order_line": [[0, 0, {"product_id": 7}]]},)),),
}
OURS = {"call", "server", "uid", "execute_kw"}


def planted(text: str) -> list[dict[str, Any]]:
    """A capture with the text in every place that a page or a person could have put it."""
    selection = {"type": "selection", "string": text, "selection": [[text, text], ["a", text]]}
    many2one = {"type": "many2one", "relation": text, "string": text, "help": text}
    form = {text: text, "name": text, "line_ids": [[0, text, {text: text, "country_id": 7}]]}
    return [
        page(db=text, login=text, name=text, user_context={"lang": text, "tz": text}),
        views(
            "res.partner",
            {
                "phone": {"type": "char", "string": text, "help": text},
                text: selection,
                "country_id": many2one,
            },
        ),
        search(domain=["|", ["phone", "ilike", text], [text, "=", text], ["id", "in", [1, 2]]]),
        search(domain=[[text, "=", 1], ["x", text, text]], order=text, specification={text: {}}),
        search(model=text or "x"),
        call("res.partner", "web_save", ([], form), result=[{"id": 9, "name": text}]),
        call("res.partner", "write", ([9], {text: text, "country_id": 7})),
        call(text or "x", text or "x", ([9], text), {text: text, "context": {text: text}}),
        call("res.partner", text or "x", ([9],)),
        call(text or "x", "create", ({text: {text: [text]}},), result=12),
        call(text or "x", "write", ([12], {text: text})),
        call("res.partner", "message_post", ([9],), {"body": text}),
        call("res.partner", "name_search", (), {"name": text, "limit": 8}, result=[[1, text]]),
        call("res.partner", "read_group", ([["a", "=", text]], [text], [text]), result=[]),
    ]


def recorded(text: str) -> list[tuple[Any, ...]]:
    """(model, method, args, kwargs) of every call that `planted` holds, without uid in the context.

    What no Odoo can have called is not among them: it is refused when the capture is read.
    """
    found = []
    for entry in har(*planted(text))["log"]["entries"]:
        if post := entry["request"].get("postData"):
            params = json.loads(post["text"])["params"]
            kwargs = dict(params["kwargs"])
            context = {k: v for k, v in kwargs.pop("context").items() if k != "uid"}
            kwargs |= {"context": context} if context else {}
            if not re.fullmatch(r"[a-z0-9_.]+", params["model"]):
                continue
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", params["method"]):
                continue
            found.append((params["model"], params["method"], params["args"], kwargs))
    return found


@pytest.fixture(scope="module")
def client() -> list[str]:
    """The part of a generated file that holds no captured value, as trees."""
    with_nothing_in_it = run("convert", "-", stdin=json.dumps(har(page(), search()))).stdout
    return [
        ast.dump(node)
        for node in ast.parse(with_nothing_in_it).body
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef) and node.name in OURS)
        or isinstance(node, (ast.Import, ast.ImportFrom))
    ]


@pytest.mark.parametrize("what", STRINGS)
def test_generated_python_holds_nothing_but_literals_and_our_calls(
    what: str, client: list[str], tmp_path: Path
) -> None:
    code = product("convert", written(tmp_path, *planted(STRINGS[what])))
    assert_ours(code, client)


@pytest.mark.parametrize("what", STRINGS)
def test_a_flow_is_as_strict(what: str, client: list[str], tmp_path: Path) -> None:
    code = product("convert", "--flow", written(tmp_path, *planted(STRINGS[what])))
    tree = ast.parse(code)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    flow = functions[-1]
    assert_plain(flow, {node.name for node in functions}, functions=1)
    names = [one.arg for one in (*flow.args.args, *flow.args.kwonlyargs)]
    assigned = [ast.unparse(n.targets[0]) for n in flow.body if isinstance(n, ast.Assign)]
    assert sorted({*names, *assigned}) == sorted([*names, *assigned])
    assert set() == {*names, *assigned} & {node.name for node in functions if node.name != "uid"}
    tree.body.remove(flow)
    tree.body[-1].body = [node for node in tree.body[-1].body if flow.name not in ast.unparse(node)]
    assert_ours(ast.unparse(tree), client)


@pytest.mark.parametrize("what", STRINGS)
def test_verbatim_python_sends_the_recorded_values(
    what: str, client: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = STRINGS[what]
    code = product("convert", "--verbatim", "--all", written(tmp_path, *planted(text)))
    assert_ours(code, client)
    expected = recorded(text)
    if text == "***":  # the mask itself is what a secret looks like: it is asked for
        return
    assert [json.dumps(call) for call in expected] == [
        json.dumps(c) for c in sent(code, monkeypatch)
    ]


@pytest.mark.parametrize("what", STRINGS)
def test_a_connector_body_renders_to_json_that_holds_the_text(what: str, tmp_path: Path) -> None:
    text = STRINGS[what]
    made = json.loads(product("convert", "-t", "locoia", written(tmp_path, *planted(text))))
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.filters["jsonify"] = json.dumps
    values: dict[str, Any] = {"secret": "key", "db": "lab", "uid": 2, "domain": "[]"}
    for action in made["actions"]:
        fields = action["ui_form_schema"]
        given = {n: [1] if f.get("multiple") else "7" for n, f in fields.items()} | values
        body = json.loads(environment.from_string(action["request_body_template"]).render(given))
        args = body["params"]["args"]
        assert 7 == len(args)
        assert [text or "lab", 2, "key"] == args[:3]
        json.loads(environment.from_string(action["header_template"]).render())


@pytest.mark.parametrize("target", [name for name in targets() if name != "locoia"])
def test_every_target_takes_every_text(target: str, tmp_path: Path) -> None:
    """All texts in one capture: what a target writes is parsed before it is shown."""
    entries = [entry for text in STRINGS.values() for entry in planted(text)[4:7]]
    assert product("convert", "-t", target, written(tmp_path, *entries))


@pytest.mark.parametrize("mode", ["--no-inputs", "--keep-all"])
def test_the_other_modes_are_as_strict(mode: str, client: list[str], tmp_path: Path) -> None:
    entries = [entry for text in STRINGS.values() for entry in planted(text)[2:]]
    assert_ours(product("convert", mode, "--all", written(tmp_path, *entries)), client)


@pytest.mark.parametrize("mode", ["--all", "--verbatim"])
def test_black_leaves_every_text_as_it_is(mode: str, tmp_path: Path) -> None:
    entries = [entry for text in STRINGS.values() for entry in planted(text)[4:8]]
    code = product("convert", mode, written(tmp_path, *entries))
    assert code == black.format_str(code, mode=black.Mode())


def test_what_a_terminal_gets_holds_no_control_character(tmp_path: Path) -> None:
    entries = [entry for text in STRINGS.values() for entry in planted(text)[2:]]
    every = written(tmp_path, *entries, name="every.har")
    one_by_one = [
        ("whoami", written(tmp_path, *planted(text)[:3], name=f"{n}.har"))
        for n, text in enumerate(STRINGS.values())
    ]
    for command in (("list", every), ("list", "--all", every), *one_by_one):
        result = run(*command)
        assert 0 == result.exit_code
        assert (result.stdout + result.stderr).replace("\n", "").isprintable(), command


def assert_ours(code: str, client: list[str]) -> None:
    """The file is the client's part, and beside it literals, parameters, and calls of our own functions."""
    tree = ast.parse(code)
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert sorted(set(defined)) == sorted(defined), "a function hides another one"
    assert set() == set(defined) & (set(dir(builtins)) | set(keyword.kwlist))
    kept = []
    for node in tree.body:
        if ast.dump(node) in client:
            kept.append(ast.dump(node))
        elif isinstance(node, ast.FunctionDef) and node.name in HELPERS:
            assert helper(node.name) == ast.dump(node)
        elif isinstance(node, ast.FunctionDef):
            assert_function(node)
        elif isinstance(node, ast.If):
            main = {"sys.exit", "int", "print", "json.dumps", "sys.stdout.reconfigure"}
            assert_plain(node, {*main, *defined})
        elif isinstance(node, ast.Assign):
            assert_plain(node.value, {"os.environ.get"})
        else:
            assert ast.get_docstring(tree) is not None and isinstance(node, ast.Expr)
            assert isinstance(node.value, ast.Constant)
    assert client == kept


@cache
def helper(name: str) -> str:
    """A function that stands in a file where its actions need it."""
    options = ["--flow"] if name == "any_given" else []
    text = run("convert", *options, "-", stdin=json.dumps(har(page(), *HELPERS[name]))).stdout
    tree = ast.parse(text)
    (found,) = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    return ast.dump(found)


def assert_function(node: ast.FunctionDef) -> None:
    docstring, answer = node.body
    assert isinstance(docstring, ast.Expr) and isinstance(docstring.value, ast.Constant)
    assert isinstance(answer, ast.Return) and isinstance(answer.value, ast.Call)
    assert [] == node.decorator_list and None is node.args.vararg and None is node.args.kwarg
    names = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
    assert sorted(set(names)) == sorted(names)
    ours = {"execute_kw", *HELPERS, "CONTEXT", "json", "os"}
    assert set() == set(names) & (ours | set(keyword.kwlist))
    for default in node.args.kw_defaults:
        assert_plain(default, set())
    assert "execute_kw" == ast.unparse(answer.value.func)
    used = {name.id for name in ast.walk(answer) if isinstance(name, ast.Name)}
    assert used <= {*names, "execute_kw", *HELPERS, "CONTEXT", "json", "float"}
    assert set(names) <= used, "a parameter that nothing sends"
    assert_plain(answer.value, {"execute_kw", *HELPERS, "json.loads", "float"})


def assert_plain(node: ast.AST, callable_names: set[str], functions: int = 0) -> None:
    forbidden = (ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.JoinedStr)
    forbidden += (
        ast.Import,
        ast.ImportFrom,
        ast.Await,
        ast.NamedExpr,
        ast.FunctionDef,
        ast.ClassDef,
    )
    met = 0
    for inner in ast.walk(node):
        met += isinstance(inner, ast.FunctionDef)
        is_expected = isinstance(inner, ast.FunctionDef) and met <= functions
        assert is_expected or not isinstance(inner, forbidden), ast.unparse(inner)
        if isinstance(inner, ast.Call):
            assert ast.unparse(inner.func) in callable_names
        if isinstance(inner, ast.Attribute):
            assert ast.unparse(inner) in callable_names | {"sys.argv", "sys.stdout", "os.environ"}


def sent(code: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """(model, method, args, kwargs) of everything that running the code sends."""
    found = []

    def post(url: str, json: Any, timeout: int, allow_redirects: bool) -> Any:  # as in requests
        found.append(tuple([*json["params"]["args"], {}][3:7]))
        answer = {"jsonrpc": "2.0", "id": 1, "result": 1}
        return types.SimpleNamespace(
            raise_for_status=lambda: None, json=lambda: answer, is_redirect=False
        )

    monkeypatch.setitem(sys.modules, "requests", types.SimpleNamespace(post=post))
    monkeypatch.setattr(sys, "argv", ["x.py", "--write"])
    monkeypatch.setenv("ODOO_DB", "lab")
    monkeypatch.setenv("ODOO_API_KEY", "key")
    monkeypatch.setenv("ODOO_UID", "2")
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
        exec(compile(code, "generated.py", "exec"), {"__name__": "__main__"})
    return found


def test_a_name_of_any_length_leaves_the_list_its_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, page(), call("x" * 3000, "y" * 3000), search())
    numbers = [line.split()[:2] for line in product("list", path).splitlines()]
    assert ["1", "action"] in numbers and ["2", "read"] in numbers
    for target in targets():
        assert 0 == run("convert", "-t", target, path).exit_code
