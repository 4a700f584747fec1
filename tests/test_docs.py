"""The README and docs/ tell every command, option and target, and what they show comes out as it stands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from har_builder import ROOT, product, run, targets

from har2rpc.cli import cli

README = (ROOT / "README.md").read_text("utf-8")
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
EVERYTHING = "\n".join(PAGES.values())
SAMPLES = ROOT / "samples"
LARGEST_README = 8192  # bytes: what is read before the first try


def commands() -> list[str]:
    return sorted(cli.list_commands(click.Context(cli)))


def options() -> Iterator[tuple[str, str]]:
    """(command, option as a person types it) for every option of every command."""
    for name in commands():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                for spelled in parameter.opts:
                    yield name, spelled


def blocks(text: str, language: str = r"\w*") -> list[str]:
    """What stands in the fenced blocks of a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def test_the_readme_is_read_to_its_end() -> None:
    assert len(README.encode("utf-8")) <= LARGEST_README


@pytest.mark.parametrize("name", commands())
def test_every_command_stands_in_the_docs(name: str) -> None:
    assert f"`har2rpc {name}" in PAGES["docs/commands.md"]


@pytest.mark.parametrize("name, option", list(options()), ids="-".join)
def test_every_option_stands_in_the_docs(name: str, option: str) -> None:
    told = re.findall(r"`([^`\n]+)`", prose(EVERYTHING))
    assert any(re.match(rf"{re.escape(option)}(?![\w-])", text) for text in told)


@pytest.mark.parametrize("name", targets())
def test_every_target_stands_in_the_docs(name: str) -> None:
    assert f"| `{name}` |" in PAGES["docs/targets.md"]


# Pages that tell of har2rpc alone; the others tell of options of platforms and of generated files as well.
OWN = [
    "README.md",
    *(
        f"docs/{name}.md"
        for name in ("commands", "conversion", "domains", "flows", "secrets", "terminal")
    ),
]
OTHERS = {  # options of others on these pages
    "generated files": "--write --lines --image",
    "pip, pytest, site/build": "--quiet --editable --serve",
    "click": "--no-custom-domain",
}


def test_the_docs_tell_of_nothing_that_is_not_there() -> None:
    known = {spelled for _, spelled in options()} | {*" ".join(OTHERS.values()).split()}
    lines = re.findall(r"^(?:\$ )?(har2rpc .*?)(?:[|>;]|&&|$)", EVERYTHING, re.MULTILINE)
    told = "\n".join([*(PAGES[page] for page in OWN), *lines])
    assert set() == set(re.findall(r"(?<![\w-])--[a-z][\w-]*", told)) - known
    named = set(re.findall(r"`har2rpc ([a-z]+)", EVERYTHING))
    assert set() == named - set(commands())


@pytest.mark.parametrize("name", commands())
def test_help_of_every_command_works(name: str) -> None:
    said = product(name, "--help")
    assert said.startswith(f"Usage: cli {name}") or said.startswith(f"Usage: har2rpc {name}")
    for command, option in options():
        assert command != name or option in said


def shown() -> list[Any]:
    """(page, command, the lines under it) for each `har2rpc …` of a block that names a sample."""
    found = []
    for page, text in PAGES.items():
        for block in blocks(text):
            entries = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] or block.splitlines()
            for entry in entries:
                line, *output = entry.rstrip("\n").split("\n")
                for part in re.sub(r"\s+#.*", "", line).split("&&"):
                    part = part.strip().removeprefix(".venv/bin/")
                    if part.startswith("har2rpc ") and "samples/" in part:
                        found.append(pytest.param(part, output, id=f"{page}: {part[8:60]}"))
    return found


def test_the_docs_show_samples_going_in() -> None:
    lines = [param.values[0] for param in shown()]
    assert 8 <= len(lines)
    assert {"list", "convert", "whoami", "verify"} <= {shlex.split(line)[1] for line in lines}


@pytest.mark.parametrize(("line", "output"), shown())
def test_what_the_docs_show_comes_out(
    line: str, output: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line that stands under a command, in order; between them, where `…` stands or not, there may be others."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here: nothing was run")
    monkeypatch.chdir(ROOT)
    result = run(*shlex.split(line)[1:])
    assert (0, "") == (result.exit_code, result.stderr)
    assert result.stdout
    printed = iter(" ".join(row.split()) for row in result.stdout.splitlines())
    for expected in filter(None, (" ".join(row.split()) for row in output)):
        if expected not in ("…", "..."):
            assert expected.strip("─") == "" or expected in printed, expected


def test_what_the_readme_shows_is_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python on the first screen, line by line (up to the first ellipsis)."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here: nothing was run")
    monkeypatch.chdir(ROOT)
    python = re.search(r"^```python\n(# web_search_read.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert python
    expected = python[1].partition("        ...")[0]
    line = re.search(r"^\$ (har2rpc convert .*)$", README, re.MULTILINE)
    assert line and expected in product(*shlex.split(line[1])[1:])


def test_the_picture_of_the_list_is_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here: nothing was run")
    monkeypatch.chdir(ROOT)
    drawing = (ROOT / "docs" / "pictures" / "list.svg").read_text("utf-8")
    drawn = re.sub(r"<[^>]+>|&#160;", " ", drawing)
    for name in re.findall(r"samples/[\w.-]+\.har", drawn):
        words = set(re.findall(r"[\w.]+", product("list", name)))
        assert words <= set(re.findall(r"[\w.]+", drawn)), name
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", drawing)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[page]):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        assert path.exists(), target
        if anchor:
            assert anchor in anchors(path), target


def anchors(path: Path) -> set[str]:
    """The anchors of a page: its headings as GitHub spells them, and those that it sets itself."""
    text = path.read_text("utf-8")
    heads = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    spelled = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    return spelled | set(re.findall(r'<a id="([\w-]+)"', text))


def test_python_of_the_docs_compiles_and_names_what_is_there() -> None:
    import har2rpc
    from har2rpc import reading

    used = [block for block in blocks(EVERYTHING, "python") if "from har2rpc import" in block]
    assert used
    for block in used:
        compile(block, "docs", "exec")
        for name in re.findall(r"^from har2rpc import (.*)$", block, re.MULTILINE):
            assert all(one.strip() in har2rpc.__all__ for one in name.split(","))
    assert "har_entry" not in EVERYTHING or hasattr(reading, "har_entry")


def test_each_promise_of_security_md_names_tests_that_are_there() -> None:
    promises = (ROOT / "SECURITY.md").read_text("utf-8").split("## Promises")[1].split("\n## ")[0]
    numbered = re.split(r"\n\d+\. ", promises)[1:]
    assert 12 == len(numbered)
    for promise in numbered:
        paths = re.findall(r"`(tests/[\w/.]+)`", promise)
        assert paths, promise
        assert [] == [path for path in paths if not (ROOT / path).is_file()]


@pytest.mark.parametrize("name", targets())
def test_every_target_has_a_page(name: str) -> None:
    """One that its row of the table leads to, and that names it."""
    (row,) = re.findall(rf"^\| `{re.escape(name)}` \| .*$", PAGES["docs/targets.md"], re.MULTILINE)
    linked = re.findall(r"\]\((\S+\.md)\)", row)
    assert linked, row
    assert any(re.search(rf"`{name}`|-t {name}\b", PAGES[f"docs/{page}"]) for page in linked), row


STEPS = {  # the sections that all pages of a kind have, in this order
    "n8n locoia low-code postman bruno openapi mcp": [
        "Where to click",
        "What to paste",
        "What to fill in",
        "What was tested",
    ],
    "python python-web javascript shell php locust": [
        "Run it",
        "What to fill in",
        "What was tested",
    ],
}


@pytest.mark.parametrize("names, steps", STEPS.items())
def test_pages_of_a_kind_have_the_same_sections_in_the_same_order(
    names: str, steps: list[str]
) -> None:
    for name in names.split():
        heads = re.findall(r"^## (.+)$", prose(PAGES[f"docs/{name}.md"]), re.MULTILINE)
        assert steps == [head for head in heads if head in steps], name


def test_every_page_of_a_target_is_of_a_kind() -> None:
    linked = set(re.findall(r"^\| `.*\]\((\S+)\.md\) \|$", PAGES["docs/targets.md"], re.MULTILINE))
    assert linked - {"action-model"} == set(" ".join(STEPS).split())


STILTED = {  # of the docs alone; what may not be written anywhere is in test_english.py
    r"\bbeside\b": "next to",
    r"\b(?:stands?|stood) (?:above|below|beside|in|on|there|under)\b": "is …, has …",
    r"\b(?:and|which) (?:that )?(?:is|are) said\b": "… says so",
    r"\bwhat (?:changes|writes) something\b": "code that changes data",
    r"\bwhere (?:it|nothing|none|one|something|there) (?:has|says|tells)\b": "if …",
    r"\b(?:it|that|which) tells\b": "shows, says, identifies",
    r"\bon (?:its|their) own way\b|\bon a way of\b": "in another way",
    r"\bshall\b": "must, should",
    r"\bgoes no further\b": "is not kept",
}


@pytest.mark.parametrize("page", [*PAGES, "SECURITY.md"])
def test_the_docs_are_in_idiomatic_english(page: str) -> None:
    text = " ".join(prose((ROOT / page).read_text("utf-8")).split())
    found = re.findall("|".join(STILTED), text, re.IGNORECASE)
    assert [] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "The key stands in the body, beside the login.",
        "A column is not used, and that is said.",
        "What changes something waits for `--write`.",
    ],
)
def test_stilted_english_would_be_found(sentence: str) -> None:
    assert re.search("|".join(STILTED), sentence, re.IGNORECASE)
