"""Where the package says something to a person: what it raises on purpose, and what it warns of. Read from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from har_builder import ROOT

PACKAGE = ROOT / "har2rpc"
# What is raised for a person; other exceptions stay inside, and what catches them says what they say.
_RAISED = re.compile(
    r"(?:model\.)?Har2rpcError|(?:click\.)?(?:\w*Error|BadParameter|ClickException)"
)
_CLICK = re.compile(r"click\.\w+|Har2rpcError|model\.Har2rpcError")
_WARNED = re.compile(r"(?:\w+\.)*(?:print_notes|_?report_damage|_?report|_skipped\.append)")
_INSIDE = re.compile(r"\{[^{}]*\}")


class Site(NamedTuple):
    """One sentence of the package; what is filled in stands as `{…}`."""

    file: str
    line: int
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What identifies it as long as neither its words nor its file change."""
        return self.file, self.text

    @property
    def pattern(self) -> re.Pattern[str]:
        """What the sentence looks like with its values."""
        parts = map(re.escape, self.text.split("{…}"))
        return re.compile(r"[\s\S]*?".join(parts))

    @property
    def words(self) -> str:
        """The longest part of the sentence that is always the same."""
        return max(self.text.split("{…}"), key=len).strip()


def sites() -> list[Site]:
    """Every sentence that is raised or warned of, by file and line."""
    return [site for path in sorted(PACKAGE.rglob("*.py")) for site in sites_of(path)]


def sites_of(path: Path) -> Iterator[Site]:
    """Those of one file. A call without a sentence of its own hands on another's, and is none."""
    file = path.relative_to(PACKAGE).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        said: list[ast.expr] = []
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if _CLICK.fullmatch(ast.unparse(node.exc.func)):
                said = [
                    *node.exc.args[:1],
                    *(k.value for k in node.exc.keywords if k.arg == "message"),
                ]
        elif isinstance(node, ast.Call) and _WARNED.fullmatch(ast.unparse(node.func)):
            said = node.args[:1]
        for each in said:
            for text in _sentences(each):
                yield Site(file, node.lineno, text)


def _sentences(node: ast.expr) -> Iterator[str]:
    """The texts with words in them that an argument may be: of a choice each side, of a list each item."""
    if isinstance(node, (ast.List, ast.Tuple)):
        for item in node.elts:
            yield from _sentences(item)
    elif isinstance(node, ast.IfExp):
        yield from _sentences(node.body)
        yield from _sentences(node.orelse)
    elif isinstance(node, ast.Starred):
        yield from _sentences(node.value)
    else:
        text = _text(node)
        if re.search(r"[A-Za-z]{2,}", text.replace("{…}", "")):
            yield text


def _text(node: ast.expr) -> str:
    """The sentence, with `{…}` for what is filled in; nothing but that for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return "{…}"


def says(text: str, site: Site) -> bool:
    """Whether a text of a test is this sentence, or so long a part of it that no other is meant."""
    plain = text.replace("\\", "").strip()
    parts = [part.strip(" :;,.()'") for part in site.text.split("{…}")]
    if any(len(part) >= 10 and part in plain for part in parts):
        return True
    return len(plain) >= 14 and any(plain in part for part in site.text.split("{…}"))


def texts_of_test(node_id: str) -> set[str]:
    """Every text in a test's source, its parameters and the tables that it names. Raises LookupError where it is not there."""
    file, _, name = node_id.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            tables = [each for each in tree.body if _assigns(each, names)]
            found = [each for part in (node, *tables) for each in ast.walk(part)]
            texts = (each.value for each in found if isinstance(each, ast.Constant))
            return {text for text in texts if isinstance(text, str)}
    raise LookupError(node_id)


def _assigns(node: ast.stmt, names: set[str]) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
    return any(isinstance(target, ast.Name) and target.id in names for target in targets)
