"""The README tells every command, option and target, and what it shows can be run as it stands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest
from har_builder import ROOT, product, run, targets

from har2rpc.cli import cli

README = (ROOT / "README.md").read_text("utf-8")
SAMPLES = ROOT / "samples"


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


@pytest.mark.parametrize("name", commands())
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`har2rpc {name}" in README


@pytest.mark.parametrize("name, option", list(options()), ids="-".join)
def test_every_option_stands_in_the_readme(name: str, option: str) -> None:
    told = re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", README, flags=re.DOTALL | re.MULTILINE)
    )
    assert any(re.match(rf"{re.escape(option)}(?![\w-])", text) for text in told)


@pytest.mark.parametrize("name", targets())
def test_every_target_stands_in_the_readme(name: str) -> None:
    assert f"| `{name}` |" in README


def test_the_readme_tells_of_nothing_that_is_not_there() -> None:
    known = {spelled for _, spelled in options()} | {"--help", "--write", "--quiet", "--editable"}
    known |= {"--version", "--update-goldens"}
    known |= {"--image", "--lines"}  # of a script that was generated
    known |= {"--serve"}  # of site/build
    known |= {"--headless", "--think"}  # Locust's, and a scenario's
    assert set() == set(re.findall(r"(?<![\w-])--[a-z][\w-]*", README)) - known
    told = set(re.findall(r"`har2rpc ([a-z]+)", README))
    assert set() == told - set(commands())


@pytest.mark.parametrize("name", commands())
def test_help_of_every_command_works(name: str) -> None:
    said = product(name, "--help")
    assert said.startswith(f"Usage: cli {name}") or said.startswith(f"Usage: har2rpc {name}")
    for command, option in options():
        assert command != name or option in said


def shown() -> list[str]:
    """The `har2rpc …` lines of the README's code blocks that name a sample."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    found = [re.sub(r"\s+#.*", "", line) for line in lines]
    parts = [part.strip() for line in found for part in line.split("&&")]
    parts = [part.removeprefix(".venv/bin/") for part in parts]
    return [part for part in parts if part.startswith("har2rpc ") and "samples/" in part]


def test_the_readme_shows_a_sample_going_in() -> None:
    assert 2 <= len(shown())
    assert {"list", "convert"} <= {shlex.split(line)[1] for line in shown()}


@pytest.mark.parametrize("line", shown())
def test_what_the_readme_shows_can_be_run(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here: nothing was run")
    result = run(*shlex.split(line)[1:])
    assert (0, "") == (result.exit_code, result.stderr)
    assert result.stdout


def test_what_the_readme_shows_is_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python and the table on the first screen, line by line (up to the first ellipsis)."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here: nothing was run")
    monkeypatch.chdir(ROOT)
    python = re.search(r"^```python\n(# web_search_read.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert python
    expected = python[1].partition("        ...")[0]
    line = next(line for line in shown() if " convert " in line)
    assert expected in product(*shlex.split(line)[1:])


def test_python_of_the_readme_compiles_and_names_what_is_there() -> None:
    import har2rpc
    from har2rpc import reading

    blocks = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    used = [block for block in blocks if "from har2rpc import" in block]
    assert used
    for block in used:
        compile(block, "README.md", "exec")
        for name in re.findall(r"^from har2rpc import (.*)$", block, re.MULTILINE):
            assert all(one.strip() in har2rpc.__all__ for one in name.split(","))
    assert "har_entry" not in README or hasattr(reading, "har_entry")


def test_each_promise_of_security_md_names_tests_that_are_there() -> None:
    promises = (ROOT / "SECURITY.md").read_text("utf-8").split("## Promises")[1].split("\n## ")[0]
    numbered = re.split(r"\n\d+\. ", promises)[1:]
    assert 12 == len(numbered)
    for promise in numbered:
        paths = re.findall(r"`(tests/[\w/.]+)`", promise)
        assert paths, promise
        assert [] == [path for path in paths if not (ROOT / path).is_file()]
