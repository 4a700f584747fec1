"""Every parameter of a generated function is described above or below its head, once, in the order of the head."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from har_builder import TEMPLATES

from generated.goldens import TARGETS, Golden, goldens
from generated.names_of_files import names_in_templates

_ROW = re.compile(r"^([A-Za-z_]\w*)  +\S")  # what goes on is indented
_JAVASCRIPT = re.compile(
    r"^/\*\*\n((?: \*[^\n]*\n)+) \*/\nexport async function (\w+)\(((?:(?!\) \{\n).)*)\) \{$",
    re.M | re.S,
)
_NAME = re.compile(r"\s*([\w$]+)")
_PHP = re.compile(
    r"^/\*\*\n((?: \*[^\n]*\n)+) \*/\nfunction (\w+)\(((?:(?!\): ).)*)\): mixed\s*\{", re.M | re.S
)
_SHELL_CASE = re.compile(r"^      --(\w+)\) ", re.M)


def files(suffix: str) -> list[str]:
    """The goldens of a language."""
    return [file for file in TARGETS if file.endswith(suffix)]


def python_functions(text: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Name, parameters and described words of every function that stands for an action or a flow."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        told = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
        if not isinstance(node, ast.FunctionDef) or not told:
            continue
        names = [one.arg for one in (*node.args.args, *node.args.kwonlyargs) if one.arg != "self"]
        rows = told.partition("\n\n")[2].splitlines() if "\n\n" in told else []
        yield node.name, names, [match[1] for row in rows if (match := _ROW.match(row))]


def own_functions(text: str) -> set[str]:
    """The functions that come from the capture: a script calls them at its end, Locust in its class."""
    tree = ast.parse(text)
    after = [n for n in tree.body if isinstance(n, ast.If)] + [
        n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "main"
    ]
    return {
        node.func.id
        for part in after
        for node in ast.walk(part)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


@pytest.mark.parametrize("golden", goldens(*files(".py")))
def test_python_describes_each_parameter_in_order(golden: Golden) -> None:
    told = {
        name: (names, rows) for name, names, rows in python_functions(golden.text) if rows or names
    }
    for name in (own_functions(golden.text) & told.keys()) - names_in_templates():
        assert told[name][0] == told[name][1], name


@pytest.mark.parametrize("golden", goldens(*files(".mjs")))
def test_javascript_describes_each_parameter_in_order(golden: Golden) -> None:
    heads = re.findall(r"^export async function (\w+)\(", golden.text, re.M)
    found = {match[2]: match for match in _JAVASCRIPT.finditer(golden.text)}
    assert heads and {*heads} <= {*found}
    for name in heads:
        positional, brace, named = found[name][3].partition("{")
        takes = [match[1] for each in _members(positional) if (match := _NAME.match(each))]
        named = named.rpartition("}")[0].rpartition("}")[0] if brace else ""
        takes += [match[1] for each in _members(named) if (match := _NAME.match(each))]
        tags = re.findall(r"^ \* @param \{.*?\} \[?(?:options\.)?([\w$]+)", found[name][1], re.M)
        assert takes == [tag for tag in tags if tag != "options"], name


@pytest.mark.parametrize("golden", goldens(*files(".php")))
def test_php_describes_each_parameter_in_order(golden: Golden) -> None:
    found = {match[2]: match for match in _PHP.finditer(golden.text)}
    helpers = re.findall(r"^function (\w+)", (TEMPLATES / "php.php.j2").read_text("utf-8"), re.M)
    with_parameters = {*re.findall(r"^function (\w+)\((?!\))", golden.text, re.M)}
    assert with_parameters - {*helpers} <= {*found}
    for name in {*found} - {*helpers}:
        takes = re.findall(r"\$(\w+)", found[name][3])
        told = re.findall(r"^ \* @param \S+(?: \S+>)? \$(\w+) ?(.*)", found[name][1], re.M)
        assert takes == [each for each, _ in told], name
        assert all(words.strip() for _, words in told), name


@pytest.mark.parametrize("golden", goldens(*files(".sh")))
def test_bash_describes_each_option(golden: Golden) -> None:
    for head in re.finditer(r"((?:^#.*\n)*)^(\w+)\(\) \{.*\n((?:  .*\n|\n)*)", golden.text, re.M):
        options = _SHELL_CASE.findall(head[3])
        told = re.findall(r"^#   --(\w+) .*\S", head[1], re.M)
        assert options == told, head[2]


def _members(text: str) -> list[str]:
    """The members between the braces of a pattern: `limit = 80`, `"x-y": x = [1, 2]`."""
    depth, members = 0, [""]
    for char in text:
        depth += (char in "[{(") - (char in "]})")
        if char == "," and not depth:
            members.append("")
        else:
            members[-1] += char
    return [member for member in members if member.strip()]
