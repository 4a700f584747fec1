"""The house: no circle between files, no file too long to read at once, no name that stands for two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from test_arrows import PACKAGE, imports, modules

from har2rpc.cli import _COMMANDS

LONGEST = 300  # lines
# A command's file has the command's name, a table's that of what it shows; each language has literals.
TWICE = frozenset({"__init__", "literals"})


def module_of(path: Path) -> str:
    parts = ["har2rpc", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts).removesuffix(".__init__")


def imported_files(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the package that a file imports, in functions as well; not the `__init__` on the way to one."""
    for _, name in imports(path):
        if name in known:
            yield name
        elif name.rpartition(".")[0] in known:
            yield name.rpartition(".")[0]


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """Each way that leads back to where it began, as far as a walk in depth finds one."""
    state: dict[str, int] = {}
    found: list[list[str]] = []

    def visit(name: str, way: list[str]) -> None:
        state[name] = 1
        for other in sorted(arrows.get(name, ())):
            if state.get(other) == 1:
                found.append([*way[way.index(other) :], other])
            elif other not in state:
                visit(other, [*way, other])
        state[name] = 2

    for name in sorted(arrows):
        if name not in state:
            visit(name, [name])
    return found


def test_no_imports_go_in_a_circle() -> None:
    known = {module_of(path): path for path in modules()}
    arrows = {name: set(imported_files(path, known)) - {name} for name, path in known.items()}
    assert sum(map(len, arrows.values())) > 300, "the walk has lost the imports"
    assert [] == circles(arrows)


def test_a_circle_would_be_found() -> None:
    arrows = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}
    assert [["b", "c", "b"]] == circles(arrows)


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {} == {str(path): lines for path, lines in lengths.items() if lines > LONGEST}


def test_no_file_name_stands_twice() -> None:
    places: dict[str, list[Path]] = defaultdict(list)
    for path in modules():
        here = path.relative_to(PACKAGE)
        of_a_table = here.parts[:2] == ("cli", "tables")
        of_a_command = here.parent == Path("cli") and path.stem in _COMMANDS.values()
        if path.stem not in TWICE and not of_a_table and not of_a_command:
            places[path.stem].append(here)
    assert {} == {name: twins for name, twins in places.items() if len(twins) > 1}
