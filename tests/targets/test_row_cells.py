"""What a script of `--rows` reads of a CSV file: dialects, and cells as values."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, converted, page, views
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from targets.row_scripts import as_csv

FIELDS = {
    "name": {"type": "char", "string": "Name", "required": True},
    "age": {"type": "integer", "string": "Age"},
    "price": {"type": "float", "string": "Unit Price"},
    "active": {"type": "boolean", "string": "Active"},
    "birth": {"type": "date", "string": "Birth"},
    "at": {"type": "datetime", "string": "At"},
    "kind": {
        "type": "selection",
        "string": "Kind",
        "selection": [["a", "Alpha"], ["b", "Beta (old)"]],
    },
    "user_id": {"type": "many2one", "string": "Seller", "relation": "res.users"},
    "tag_ids": {"type": "many2many", "string": "Tags", "relation": "x.tag"},
    "note": {"type": "text", "string": "Name of the note"},
    "data": {"type": "json", "string": "Data"},
}
VALUES = {
    "name": "x",
    "age": 3,
    "price": 2.5,
    "active": True,
    "birth": "2026-01-02",
    "at": "2026-01-02 03:04:05",
    "kind": "a",
    "user_id": 3,
    "tag_ids": [[6, 0, [1, 2]]],
    "note": "n",
    "data": {"a": 1},
}
NAMES = {"Ann": [[3, "Ann"]], "VIP": [[4, "VIP"]], "A, B": [[5, "A, B"]]}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script defines, with a table of names in the place of a server."""
    folder = tmp_path_factory.mktemp("cells")
    create = call("x.y", "create", (VALUES,), result=9)
    options = ("--rows",)
    text = converted(folder, page(), views("x.y", FIELDS), create, options=options)
    defined: dict[str, Any] = {"__name__": "there"}
    exec(compile(text, "there.py", "exec"), defined)
    defined["find_records"] = lambda model, name: NAMES.get(name, [])
    return defined


def read(names: dict[str, Any], path: Path, content: bytes) -> Any:
    """The table of a file with this content, checked."""
    path.write_bytes(content)
    table = names["Table"](str(path))
    for record in table.records:
        table.check(record)
    return table


DIALECTS = {
    "Excel, Germany, CSV UTF-8": (";", "utf-8-sig"),
    "Excel, Germany, CSV": (";", "cp1252"),
    "Excel, USA, CSV UTF-8": (",", "utf-8-sig"),
    "a program": (",", "utf-8"),
    "Excel, text with tabs": ("\t", "cp1252"),
    "Excel, Unicode text": ("\t", "utf-16"),
}
CELL = st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=12)


@pytest.mark.parametrize("delimiter, encoding", DIALECTS.values(), ids=DIALECTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_text_is_exact_in_every_dialect(
    delimiter: str,
    encoding: str,
    cells: list[tuple[str, str]],
    names: dict[str, Any],
    tmp_path: Path,
) -> None:
    rows = [("Name of the note", "name"), *(("é" + note, name) for note, name in cells)]
    table = read(names, tmp_path / "t.csv", as_csv(rows, delimiter, encoding))
    found = [record.values for record in table.records]
    assert delimiter == table.delimiter
    assert found == [{"note": "é" + a, **({"name": b} if b else {})} for a, b in cells]
    assert [n for n, _ in enumerate(cells, 2)] == [record.number for record in table.records]


def value(names: dict[str, Any], folder: Path, title: str, cell: str, delimiter: str = ";") -> Any:
    """What becomes of one cell: its value, or the mistake."""
    rows = [["Name", title], ["x", cell]]
    [record] = read(names, folder / "t.csv", as_csv(rows, delimiter)).records
    [name] = {*record.values} - {"name"}
    mistakes = [each for each in record.mistakes if each != "tag_ids: is required"]
    if mistakes:
        [mistake] = mistakes
        return mistake.partition(f"{name}: ")[2]
    return record.values[name]


NUMBERS = {
    (";", "12,5"): 12.5,
    (";", "1.234,50"): 1234.5,
    (";", "1.234.567"): 1234567,
    (";", "1 234,5"): 1234.5,
    (";", "1\u202f234,5"): 1234.5,
    (";", "1'234.50"): 1234.5,
    (";", "12.5"): 12.5,
    (";", "0.125"): 0.125,
    (";", "1,234"): 1.234,
    (";", "-7"): -7,
    (";", "1.234"): "thousands or a fraction",
    (";", "1,2,3"): "is not a number",
    (";", "12a"): "is not a number",
    (";", "1E+05"): "is not a number",
    (";", "10 %"): "is not a number",
    (",", "1,234.5"): 1234.5,
    (",", "1.234"): 1.234,
    (",", "12,5"): 12.5,
    (",", "1,234"): "thousands or a fraction",
    ("\t", "1,234"): "thousands or a fraction",
    ("\t", "1.234"): "thousands or a fraction",
    ("\t", "1234,5"): 1234.5,
}


@pytest.mark.parametrize("delimiter, cell", NUMBERS)
def test_numbers(delimiter: str, cell: str, names: dict[str, Any], tmp_path: Path) -> None:
    wanted = NUMBERS[delimiter, cell]
    found = value(names, tmp_path, "Unit Price", cell, delimiter)
    if isinstance(wanted, str):
        assert wanted in found and repr(cell) in found
    else:
        assert (type(wanted), wanted) == (type(found), found)


@given(number=st.decimals(-(10**9), 10**9, allow_nan=False, places=2), spaced=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_amount_as_german_and_as_american_excel_write_it(
    number: Any, spaced: bool, names: dict[str, Any], tmp_path: Path
) -> None:
    american = f"{number:,.2f}" if spaced else f"{number:.2f}"
    german = american.translate(str.maketrans(",.", ".,"))
    assert float(number) == value(names, tmp_path, "price", american, ",")
    assert float(number) == value(names, tmp_path, "price", german, ";")


def words_of(wrong: Callable[[], Any]) -> str:
    """What this Python says of a mistake: its words differ from version to version."""
    with pytest.raises(ValueError) as error:
        wrong()
    return str(error.value)


CELLS = {
    ("Age", "12"): 12,
    ("Age", "12,0"): 12,
    ("Age", "12,5"): "'12,5' is not a whole number",
    ("active", "TRUE"): True,
    ("active", "FALSCH"): False,
    ("active", " x "): True,
    ("active", "perhaps"): "'perhaps' is neither yes nor no",
    ("birth", "2026-12-31"): "2026-12-31",
    ("birth", "31.12.2026"): "2026-12-31",
    ("birth", "1.2.2026"): "2026-02-01",
    ("birth", "31/12/2026"): "2026-12-31",
    ("birth", "12/31/2026"): "2026-12-31",
    ("birth", "5/5/2026"): "2026-05-05",
    ("birth", "2026-12-31 00:00:00"): "2026-12-31",
    ("birth", "3/4/2026"): "'3/4/2026': day or month first? Write it as 2026-12-31",
    ("birth", "31.12.26"): "'31.12.26' is not a date such as 2026-12-31",
    ("birth", "30.02.2026"): words_of(lambda: datetime.date(2026, 2, 30)),
    ("at", "31.12.2026 14:30"): "2026-12-31 14:30:00",
    ("at", "2026-12-31T04:05:06"): "2026-12-31 04:05:06",
    ("at", "2026-12-31"): "2026-12-31 00:00:00",
    ("kind", "b"): "b",
    ("kind", "beta (OLD)"): "b",
    ("kind", "Gamma"): "'Gamma' is not one of Alpha, Beta (old)",
    ("Seller", "3"): 3,
    ("Seller", " Ann "): 3,
    ("Seller", "Bob"): "no res.users has the name 'Bob'",
    ("Tags", "7"): [7],
    ("Tags", "7, 8 9"): [7, 8, 9],
    ("Tags", "A, B | VIP|12"): [5, 4, 12],
    ("Tags", "VIP\nA, B"): [4, 5],
    ("data", '{"a": [1, null]}'): {"a": [1, None]},
    ("data", "{a}"): "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
}


@pytest.mark.parametrize("title, cell", CELLS)
def test_cells(title: str, cell: str, names: dict[str, Any], tmp_path: Path) -> None:
    wanted, found = CELLS[title, cell], value(names, tmp_path, title, cell)
    if title == "Tags" and not isinstance(found, list):
        pytest.fail(found)
    assert (type(wanted), wanted) == (type(found), found)


@given(moment=st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2999, 1, 1)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_moment(moment: datetime.datetime, names: dict[str, Any], tmp_path: Path) -> None:
    wanted = moment.strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")
    german = moment.strftime("%d.%m.%Y %H:%M:%S")
    assert [wanted] * 2 == [value(names, tmp_path, "at", cell) for cell in (wanted, german)]


def test_titles(names: dict[str, Any], tmp_path: Path) -> None:
    """A name before a label, whatever is written small or with a hyphen; what names nothing is not used."""
    rows = [["unit-price", "NAME", "Seller ", "colour", ""], ["1", "x", "3", "red", ""]]
    table = read(names, tmp_path / "t.csv", as_csv(rows))
    found = [column and column["name"] for column in table.columns]
    assert ["price", "name", "user_id", None, None] == found
    for header in (["colour"], ["Price", "unit price", "price"], []):
        with pytest.raises(ValueError, match=r"no column is one of name, |two columns are price"):
            read(names, tmp_path / "t.csv", as_csv([header, ["x"]]))
    with pytest.raises(names["csv"].Error):
        read(names, tmp_path / "t.csv", b'name;note\n"a"b;c\n')


def test_a_file_is_taken_from_beside_the_csv_file(tmp_path: Path) -> None:
    image = "/9j/" + "A" * 60_000
    fields = {"image_1920": {"type": "binary", "string": "Image"}}
    create = call("res.partner", "create", ({"name": "x", "image_1920": image},), result=9)
    entries = (page(), views("res.partner", fields), create)
    text = converted(tmp_path, *entries, options=("--rows",))
    defined: dict[str, Any] = {"__name__": "there"}
    exec(compile(text, "there.py", "exec"), defined)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\0")
    table = read(defined, tmp_path / "t.csv", as_csv([["name", "Image"], ["x", "photo.png"]]))
    sent = base64.b64encode(b"\x89PNG\0").decode()
    assert {"name": "x", "image": sent} == table.records[0].values
    table = read(defined, tmp_path / "t.csv", as_csv([["name", "Image"], ["x", "none.png"]]))
    assert "No such file" in table.records[0].mistakes[0]
