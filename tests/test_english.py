"""English that a person reads is plain and active: no sentence of har2rpc, its templates or its docs has these phrases."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from har_builder import run
from test_arrows import PACKAGE, modules

from har2rpc.cli import _COMMANDS

ROOT = PACKAGE.parent
GOLDEN = ROOT / "tests" / "golden"

BETTER = {
    r"does the same from outside": "does the same through Odoo's API",
    r"[Ff]rom outside[:,] (?:read|create|write|call|unlink|message_post)": "through the API, …",
    r"which Odoo sets by itself": "Odoo sets them itself",
    r"Of (?:the form's )?\d+ values": "Only the values the user entered are sent. The form's other 45 were …",
    r"the method's own answer": "the method's actual result",
    r"it answers (?:True|False|the|a|\{)": "returns …",
    r"read-back is left out": "does not read the record back",
    r"means something outside it\.": "that also matter outside it",
    r"Of the day of the recording": "may come from a filter relative to the recording date",
    r"worked (?:it|them) out": 'such as "This month". Pass the date you need.',
    r"rows? (?:of \d+ )?that the browser showed": "the rows of the preview",
    r"nobody knows": "say who does not know, or what to do",
    r"grouped by everything": "Totals over all …",
    r"which the page called": "Call …, or what the method does",
    r"all the same\b": "anyway",
    r"as far as (?:one can tell|its calls tell)": "judging by …",
    r"what is told of it": "its description",
    r"(?<!there )(?<!There )(?<!\bwhere )\bis no (?!longer\b|more than\b)[a-z\"'{]\w*": "is not a …, is not a valid …",
    r"are no (?:captures|files|calls|model calls)\b": "are not …",
    r"would be one\b": "try …",
    r"Odoo did it\b": "Odoo accepted the request",
    r"not what an Odoo answers": "not an Odoo response",
    r"not an answer of Odoo": "not an Odoo response",
    r"[Aa]like is (?:also )?what": "Calls that Odoo refuses both ways count as equal.",
    r"Linked is what": "Values created by an earlier call are linked wherever they reappear.",
    r"What writes or acts does so only": "Code that changes data runs only with `--write`.",
    r"\bis to be had\b": "is available, is in …",
    r"nobody but its maker": "only its creator",
    r"had refused\b": "rejected",
    r"passed over\b": "skipped",
    r"\bthe 1 rows\b|\b1 (?:rows|calls|values|captures|files|records)\b": "the singular for one",
    r"\bdeeds?\b": "a call; of a write, the action",
    r"\bjudged\b": "compared; the verdict",
    r"\bhabits?\b": "defaults, computed values",
    r"what convert gives": "the output of convert",
    r"\bit was written anew\b|\bnumbered anew\b": "rewritten, renumbered",
    r"still readable, still convertible": "you can still read and convert it",
    r"sets that of any other": "otherwise Odoo sets the value",
    r"\bthose there are\b": "the existing ones",
    r"\btold one by one\b": "listed one by one",
    r"so that nobody has to\b": "so that you do not have to",
    r"the very (?:value|same)\b": "exactly this value",
}
"""A phrase that is kept out (a regular expression), and what is written instead. The source is the table of words."""

FOR_READERS_OF_CODE = {
    r"\bin the place of\b": "instead of",
    r"\bfor ever\b": "forever",
    r"\bnobody knows\b": "is unknown",
    r"\bfrom outside\b": "through the API",
    r"\banew\b": "again; rewritten, renumbered",
    r"\bpassed over\b": "skipped",
    r"\bwhat is (?:said|told) of\b": "its description",
    r"\b(?:what|that) is no [a-z]": "is not a …",
    r"\bfor its own sake\b": "for itself",
    r"\bdecided otherwise\b": "an override",
    r"\bRaises \w+ where\b": "Raises … if",
    r"\bbeside (?:the|a) HAR\b": "next to the HAR",
}
"""The same for docstrings and comments, where fewer sentences are remade."""

# Each begins with a word: the boundary makes the pass over the goldens three times as fast.
_ANY = re.compile(r"\b(?:" + "|".join(BETTER) + ")")


def awkward(text: str) -> list[str]:
    """Each awkward phrase in a text, with a better one."""
    return [
        f"{found[0]!r}: better {next(b for p, b in BETTER.items() if re.fullmatch(p, found[0]))!r}"
        for found in _ANY.finditer(text)
    ]


def sentences(source: str) -> Iterator[str]:
    """The literal texts of a module, f-strings as one; docstrings and texts without a space are for nobody."""
    tree = ast.parse(source)
    quiet = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            quiet.update(map(id, ast.walk(node)))
            quiet.discard(id(node))
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else "{…}" for p in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def without_remarks(template: str) -> str:
    """A template without Jinja's own comments, which nobody gets."""
    return re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)


def remarks(source: str) -> Iterator[str]:
    """The comments and docstrings of a module, each on one line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        is_docstring = token.type == tokenize.STRING and token.string.startswith('"""')
        if is_docstring or token.type == tokenize.COMMENT:
            yield " ".join(token.string.split())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docstrings_and_comments(path: Path) -> None:
    text = "\n".join(remarks(path.read_text("utf-8")))
    found = [match[0] for phrase in FOR_READERS_OF_CODE for match in re.finditer(phrase, text)]
    assert [] == found, "better: " + str(FOR_READERS_OF_CODE)


@pytest.mark.parametrize("name", ["", *_COMMANDS])
def test_help(name: str) -> None:
    """The docstring of a command is its help."""
    shown = run(*filter(None, [name]), "--help").stdout
    assert [] == awkward(" ".join(shown.split()))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_messages(path: Path) -> None:
    assert [] == [each for text in sentences(path.read_text("utf-8")) for each in awkward(text)]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.j2")), ids=lambda path: path.name
)
def test_templates(path: Path) -> None:
    assert [] == awkward(without_remarks(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "docs").rglob("*.md")),
        *(
            ROOT / f"{name}.md"
            for name in ("README", "SECURITY", "CHANGELOG", "CONTRIBUTING", "ARCHITECTURE")
        ),
        *sorted((PACKAGE / "page" / "static").glob("*.mjs")),
        PACKAGE / "page" / "static" / "index.html",
    ],
    ids=lambda path: path.name,
)
def test_pages(path: Path) -> None:
    assert [] == awkward(" ".join(path.read_text("utf-8").split()))


def test_generated_code() -> None:
    """All goldens in one pass; comments are wrapped, so their marks and line breaks count as one space."""
    wrapped = re.compile(r"\n\s*(?:#|//|\*)? ?")
    awkward_files = {
        str(path.relative_to(GOLDEN)): phrases[:3]
        for path in GOLDEN.rglob("*")
        if path.is_file() and (phrases := awkward(wrapped.sub(" ", path.read_text("utf-8"))))
    }
    assert {} == awkward_files


@pytest.mark.parametrize(
    "sentence",
    [
        "'x' is no list like 1,3-5",
        "'x' is no name for an input; y would be one",
        "web_save -> write: it answers True; the client's read-back is left out.",
        "in the capture are the 1 rows that the browser showed.",
        "-n 8 converts it all the same",
        "Leads whose user is `user_id`, grouped by everything.",
        "of several nobody knows which is meant",
    ],
)
def test_it_can_fail(sentence: str) -> None:
    assert awkward(sentence)
    assert awkward(next(sentences(f"f({sentence!r} + x)")))
    assert not list(sentences(f'"""{sentence}"""'))


@pytest.mark.parametrize(
    "sentence",
    ["'x' is not a list such as 1,3-5", "it is no longer there", "1 row of 21 rows", "11 rows"],
)
def test_plain_english_passes(sentence: str) -> None:
    assert [] == awkward(sentence)
