"""The arrows between the rooms only point down, and expensive packages stay where they are needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from har_builder import ROOT, search, written

PACKAGE = ROOT / "har2rpc"

# Room: what it may know of the others. From the ground up, so that an arrow can only point down. An inner room is a
# room of its own: what stands above it knows it, and it knows of the room around it only the files named after it.
KNOWS: dict[str, frozenset[str]] = {
    "version": frozenset(),
    "model": frozenset(),
    "odoo": frozenset({"model"}),
    "reading": frozenset({"model"}),  # what to look for is handed to it
    "converting.translate": frozenset({"odoo", "model"}),
    "converting.parameterize": frozenset({"odoo", "model"}),
    "converting.correlate": frozenset({"odoo", "model"}),
    "converting": frozenset(
        {
            "converting.translate",
            "converting.parameterize",
            "converting.correlate",
            "odoo",
            "model",
        }
    ),
    "rendering": frozenset({"odoo", "model"}),
    "proving.mock": frozenset({"odoo", "model"}),
    "proving": frozenset({"odoo", "model"}),
    "recording": frozenset(
        {"odoo", "model", "version"}
    ),  # a browser's: what is heard, not what is read
    "redacting": frozenset({"odoo", "model"}),
    "serving": frozenset(
        {"odoo", "model"}
    ),  # the document of tools is handed to it, and the way to Odoo
    "pipeline": frozenset(
        {
            "reading",
            "converting",
            "rendering",
            "proving",
            "proving.mock",
            "redacting",
            "serving",
            "odoo",
            "model",
        }
    ),
    "__init__": frozenset({"pipeline", "model", "version"}),  # the public API
    "page": frozenset({"pipeline", "model"}),  # a door, as cli is one
    "cli.tables": frozenset({"odoo", "model", "proving"}),
    "cli": frozenset(
        {"cli.tables", "page", "pipeline", "recording", "rendering", "proving", "model", "version"}
    ),
    "__main__": frozenset({"cli"}),
}
ONE_FLOOR = ("reading", "converting", "rendering", "proving", "recording", "redacting", "serving")
INNER_FLOOR = ("converting.translate", "converting.parameterize", "converting.correlate")
# What the inner rooms of converting share: all three know these files of the room around them, and no others.
SHARED = {room: frozenset({"draft", "paths"}) for room in INNER_FLOOR} | {
    "proving.mock": frozenset(),
    "cli.tables": frozenset(),
}
# Room: the packages from outside that it may import. All others have the standard library alone.
OUTSIDE: dict[str, frozenset[str]] = {
    "reading": frozenset({"haralyzer", "msgspec"}),
    "rendering": frozenset({"jinja2", "black"}),
    "cli.tables": frozenset({"click", "rich"}),
    "recording": frozenset({"playwright"}),
    "redacting": frozenset({"ahocorasick_rs", "haralyzer", "msgspec"}),
    "proving.mock": frozenset({"cheroot"}),
    "serving": frozenset({"mcp", "anyio", "jsonschema"}),
    "page": frozenset({"flask", "pygments"}),
    "cli": frozenset({"click"}),
}
# The core opens no socket, prints nothing, reads no environment and no clock.
CORE = ("model", "odoo", "reading", "converting", "rendering", "redacting", "pipeline")
WORLD = frozenset("socket ssl http urllib.request subprocess asyncio time sys getpass".split())
WORLDLY_CALLS = frozenset(
    """print input open_new datetime.now datetime.today datetime.utcnow date.today os.getenv
    os.environ.get os.system importlib.import_module __import__ eval exec""".split()
)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return room_of(".".join(path.relative_to(PACKAGE).with_suffix("").parts))


def room_of(module: str) -> str:
    """The innermost room of the table that a module of the package is in; its first part, if none is."""
    parts = module.removesuffix(".__init__").split(".")
    around = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((name for name in around if name in KNOWS), parts[0])


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, also those inside functions and under TYPE_CHECKING."""
    package = ["har2rpc", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            kept = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*kept, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{origin}.{alias.name}"


def by_room(*only: str) -> Iterator[tuple[str, str, str]]:
    """(place, room, what is imported) for every import of the package."""
    for path in modules():
        if not only or room(path).partition(".")[0] in only:
            for line, name in imports(path):
                yield f"{path.relative_to(ROOT)}:{line}", room(path), name


def test_every_room_stands_in_the_table() -> None:
    assert set() == {room(path) for path in modules()} - set(KNOWS)


def test_the_table_only_points_down() -> None:
    rooms = list(KNOWS)
    wrong = [(one, other) for one in rooms for other in KNOWS[one]]
    assert [] == [(one, other) for one, other in wrong if rooms.index(other) >= rooms.index(one)]
    for floor in (ONE_FLOOR, INNER_FLOOR):
        assert [] == [(one, other) for one in floor for other in KNOWS[one] & set(floor)]


def test_rooms_import_only_what_they_may_know() -> None:
    seen, wrong = 0, []
    for place, here, name in by_room():
        parts = name.split(".")
        if parts[0] != "har2rpc" or len(parts) < 2:
            continue
        seen += 1
        there = room_of(".".join(parts[1:]))
        if there == here or there in KNOWS[here]:
            continue
        if there == here.partition(".")[0] and parts[2] in SHARED[here]:
            continue
        wrong.append(f"{place}: {here} imports {'.'.join(parts[1:])}")
    assert [] == wrong
    assert seen > 60, "the walk has lost the imports"


def test_packages_from_outside_stay_in_their_room() -> None:
    outside = {
        (here, name.partition(".")[0], place)
        for place, here, name in by_room()
        if name.partition(".")[0] not in sys.stdlib_module_names | {"har2rpc"}
    }
    expected: list[str] = []
    assert expected == [
        f"{place}: {here} imports {name}"
        for here, name, place in sorted(outside)
        if name not in OUTSIDE.get(here, frozenset())
    ]
    # Each right that is written above is used: an unused one would hide a mistake.
    used = {(here, name) for here, name, _ in outside}
    assert used == {(here, name) for here, names in OUTSIDE.items() for name in names}


def test_the_core_imports_no_door_to_the_world() -> None:
    assert [] == [
        f"{place}: {here} imports {name}"
        for place, here, name in by_room(*CORE)
        if any(name == door or name.startswith(f"{door}.") for door in WORLD)
    ]


def test_the_core_prints_nothing_and_asks_no_clock() -> None:
    assert [] == [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in modules()
        if room(path).partition(".")[0] in CORE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in WORLDLY_CALLS
    ]


@pytest.mark.parametrize(
    "command",
    [("list", "--json"), ("list", "--json", "--all"), ("whoami", "--json"), ("whoami",)],
    ids=" ".join,
)
def test_listing_a_small_file_loads_no_expensive_package(command, tmp_path: Path) -> None:
    # `list` without --json is for people, and prints with rich.
    path = written(tmp_path, search())
    heavy = {"jinja2", "black", "haralyzer", "msgspec", "rich", "asyncio", "dateutil"}
    assert set() == heavy & loaded(*command, path)


def test_converting_loads_neither_black_nor_haralyzer_nor_rich(tmp_path: Path) -> None:
    found = loaded("convert", written(tmp_path, search()))
    assert "jinja2" in found, "the list of what was loaded is empty"
    assert set() == {"black", "haralyzer", "msgspec", "rich"} & found


def test_a_domain_is_explained_without_any_package_but_click() -> None:
    heavy = {"jinja2", "black", "haralyzer", "msgspec", "rich", "asyncio", "dateutil", "cheroot"}
    assert set() == heavy & loaded("domain", '[["a", "=", 1]]')


def loaded(*args: str) -> set[str]:
    """The top-level modules that a run of the command has loaded."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "har2rpc", *args],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert 0 == done.returncode, done.stderr[-500:]
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert "har2rpc" in names
    return names
