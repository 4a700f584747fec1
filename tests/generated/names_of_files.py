"""The names that a generated file has for itself, read from the files and from the templates: no list to keep."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from har_builder import TEMPLATES

BUILTINS = frozenset(
    # What `site` adds is for a terminal: no code may rely on it.
    {name for name in dir(builtins) if not name.startswith("_")}
    - {"copyright", "credits", "exit", "license", "quit"}
)
_OF_PYTHON = re.compile(
    r"^(?:    )?(?:(?:def|class|import) (\w+)|from [\w.]+ import (\w+)|([A-Za-z]\w*) = )"
    r'|call\("(\w+) = |assigned\("(\w+)"\)',
    re.M,
)
_OF_JAVASCRIPT = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)|^import (\w+)"
    r'|call\("const (\w+) = |assigned\("(\w+)"',
    re.M,
)

_IMPORTED = re.compile(r"^import \{([^}]*)\}", re.M)
_TEXTS_OF_JAVASCRIPT = r"/\*\*.*?\*/|//[^\n]*|\"[^\"\n]*\"|'[^'\n]*'"


def python_templates() -> dict[str, str]:
    """The text of every template of Python, and of the parts that they include."""
    return {path.name: path.read_text("utf-8") for path in sorted(TEMPLATES.rglob("*.py.j2"))}


def names_in_templates() -> set[str]:
    """What the Python of any target defines or imports at its top level, whichever options it takes.

    In a class that holds the actions, as that of Locust, the names of its methods are there as well.
    """
    found: set[str] = set()
    for name, text in python_templates().items():
        for match in _OF_PYTHON.finditer(re.sub(r"\{#.*?#\}", "", text, flags=re.S)):
            is_inner = match[0].startswith(" ")
            is_method = name.startswith("locust") and match[0].startswith("    def")
            if not is_inner or is_method or match[0].startswith("    import"):
                found |= {group for group in match.groups() if group}
    return {name for name in found if not name.startswith("_")}


def names_in_javascript() -> set[str]:
    """What the JavaScript of any target defines, imports or calls at its top level, but methods and its own variables."""
    found: set[str] = set()
    for path in TEMPLATES.glob("*.mjs.j2"):
        text = re.sub(r"\{[#%].*?[#%]\}", "", path.read_text("utf-8"), flags=re.S)
        found |= {
            group for match in _OF_JAVASCRIPT.finditer(text) for group in match.groups() if group
        }
        found |= {name for names in _IMPORTED.findall(text) for name in re.findall(r"\w+", names)}
        code = re.sub(r"\{\{.*?\}\}", "", text, flags=re.S)
        code = re.sub(_TEXTS_OF_JAVASCRIPT, "", code, flags=re.S)
        called = set(re.findall(r"(?<![\w.$#])([A-Za-z]\w*)(?=\()", code))
        called |= set(re.findall(r"(?<![\w.$#])([A-Z][a-z]\w*|process|console)(?=\.)", code))
        methods = re.findall(r"^ {2,}(?:static |async |get )*(\w+)\([^()\n]*\) \{$", code, re.M)
        inner = re.findall(r"^ +(?:const|let) (\w+)", code, re.M)
        parameters = re.findall(r"function\*? \w+\(([^()]*)\)", code)
        found |= called - {*methods, *inner, *re.findall(r"\w+", " ".join(parameters))}
    return found - {"if", "for", "while", "switch", "catch", "return", "function"}


def functions_of_shell() -> set[str]:
    """The functions that the bash of any target defines."""
    texts = [path.read_text("utf-8") for path in TEMPLATES.glob("*.sh.j2")]
    return {name for text in texts for name in re.findall(r"^(\w+)\(\) [({]", text, re.M)}


def hidden_names(code: str) -> Iterator[str]:
    """`function: name` for each parameter or variable that hides a builtin or what the file has at its top level.

    A function of the same name as another, as a builtin or as an import counts as well.
    """
    tree = ast.parse(code)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    top = [name for node in tree.body for name in _names_of(node)]
    yield from (f"twice: {name}" for name in {*top} if top.count(name) > 1)
    yield from (f"top: {name}" for name in {*top} & BUILTINS)
    for function in functions:
        yield from (f"{function.name}: {name}" for name in bound_names(function) & BUILTINS)
        yield from (f"{function.name}: {name}" for name in bound_names(function) & {*top})
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            names = [inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)]
            yield from (f"twice: {name}" for name in {*names} if names.count(name) > 1)


def bound_names(function: ast.FunctionDef) -> set[str]:
    """The parameters of a function, and the variables that it sets."""
    spec = function.args
    parameters = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]
    names = {one.arg for one in parameters if one}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def _names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        # `import urllib.parse` beside `import urllib` means the same name.
        return [one.asname or one.name for one in node.names if "." not in one.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.Try):
        return [name for inner in node.body for name in _names_of(inner)]
    return []
