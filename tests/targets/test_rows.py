"""`--rows`: each row of a CSV file once, whatever is refused, stopped or killed."""

from __future__ import annotations

import csv
import signal
import socket
import stat
from pathlib import Path

import pytest
from har_builder import call, page, run, search, targets, written

from targets.conftest import Stage
from targets.row_scripts import (
    CREATE,
    ROW_TARGETS,
    Gate,
    PartnerOdoo,
    finished,
    partner_script,
)

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1;2,3\t4",
    "a \"quoted\" 'text'",
    "line one\nline two\r\nthree",
    "{{ 7*7 }} ${HOME} %s {0} `id`",
    "\\n \\u0041 \x1b[31m \u2028\u202e é🙂",
    "  spaces  ",
    "'; DROP TABLE res_partner; --",
]


@pytest.fixture(params=ROW_TARGETS)
def target(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def odoo(target: str, stage: Stage) -> PartnerOdoo:
    made = PartnerOdoo(target)
    stage.app = made.app
    return made


def numbered(count: int) -> list[list[str]]:
    return [[f"P{number}", "", ""] for number in range(1, count + 1)]


def test_without_write_all_mistakes_are_listed_and_nothing_is_sent(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    rows = [
        ["Ann", "a@x.example", "Belgium"],
        ["", "b@x.example", "Narnia"],
        ["", "", ""],
        ["Cid", "", "Georgia"],
        ["Dan", "", "Belgium"],
        ["Eve", "", "20"],
        ["Flo", "", "", "surplus"],
    ]
    script = partner_script(tmp_path, target, stage.url, rows)
    status, printed, said = script.run()
    assert (1, "") == (status, printed)
    assert [
        "row 3, country_id: no res.country has the name 'Narnia'",
        "row 3, name: is required",
        "row 5, country_id: 'Georgia' is the name of several (78, 79): give the id",
        "row 8, there are more cells than columns",
        "3 rows to send, 3 with mistakes; --write sends them",
    ] == said.splitlines()
    assert [] == odoo.requests and ["Belgium", "Narnia", "Georgia"] == odoo.lookups
    assert {"rows.csv", "script.py", "small.har"} == {path.name for path in tmp_path.iterdir()}


def test_cells_arrive_as_they_are(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    script = partner_script(tmp_path, target, stage.url, [[text, "", "20"] for text in HOSTILE])
    status, printed, said = script.run("--write")
    assert (0, "8 done, 0 refused, 0 unknown, 0 left\n") == (status, said)
    assert [{"name": text, "country_id": 20} for text in HOSTILE] == odoo.made
    assert [f"{n}/8 row {n + 1}: {n}" for n in range(1, 9)] == printed.splitlines()
    assert [8] == odoo.requests


def test_a_refused_batch_is_done_row_by_row_and_what_is_refused_can_be_mended(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    rows = [*numbered(9), ["", "lost name", "Belgium"]]
    script = partner_script(tmp_path, target, stage.url, rows)
    odoo.refuses = {"P5"}
    status, printed, said = script.run("--write", "--batch", "4")
    assert (1, 8) == (status, len(printed.splitlines()))
    assert "row 6: refused: odoo.exceptions.ValidationError: no P5 please" in said
    assert said.endswith("8 done, 2 refused, 0 unknown, 0 left\n")
    assert [4, 4, 1, 1, 1, 1, 1] == odoo.requests
    assert [f"P{number}" for number in range(1, 10) if number != 5] == odoo.names

    errors = tmp_path / "rows.errors.csv"
    with errors.open(encoding="utf-8-sig", newline="") as file:
        header, *refused = csv.reader(file, delimiter=";")
    assert ["error", "Name", "E-Mail", "Country"] == header
    assert [["P5", "", ""], ["", "lost name", "Belgium"]] == [cells[1:] for cells in refused]
    assert "name: is required" == refused[1][0] and refused[0][0].endswith("no P5 please")

    status, _, said = script.run("--write")
    assert (1, "8 done, 2 refused, 0 unknown, 0 left\n") == (status, said)
    assert [errors] == [*tmp_path.glob("*errors*csv")], "they have a file already"
    status, _, said = script.run("--write", file=errors)
    assert (1, 8) == (status, len(odoo.made)), "it runs as it is: the same is refused"
    odoo.refuses = set()
    mended = tmp_path / "mended.csv"
    mended.write_bytes(errors.read_bytes().replace(b";;lost", b";Q;lost"))
    status, _, said = script.run("--write", file=mended)
    assert (0, "2 done, 0 refused, 0 unknown, 0 left\n") == (status, said)
    assert ["P5", "Q"] == odoo.names[-2:]


def test_ctrl_c_ends_it_between_two_requests_and_the_next_run_goes_on(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    script = partner_script(tmp_path, target, stage.url, numbered(12))
    gate = Gate()
    odoo.after = lambda number: gate.hold() if number == 2 else None
    process = script.start("--write", "--batch", "3")
    assert gate.arrived.wait(30)
    process.send_signal(signal.SIGINT)
    gate.opened.set()
    status, _, said = finished(process)
    assert (1, 6) == (status, len(odoo.made))
    assert "stopped; run it again to go on" in said
    assert said.endswith("6 done, 0 refused, 0 unknown, 6 left\n")
    status, printed, _ = script.run("--write", "--batch", "3")
    assert (0, "1/6 row 8: 7") == (status, printed.splitlines()[0])
    assert [f"P{number}" for number in range(1, 13)] == odoo.names


def test_killed_within_a_request_nothing_is_done_twice(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    script = partner_script(tmp_path, target, stage.url, numbered(10))
    gate = Gate()
    odoo.after = lambda number: gate.hold() if number == 2 else None
    process = script.start("--write", "--batch", "4")
    assert gate.arrived.wait(30)
    process.kill()
    finished(process)
    gate.opened.set()
    assert 8 == len(odoo.made), "Odoo accepted the request, and nobody heard of it"
    status, printed, said = script.run("--write", "--batch", "4")
    assert (1, 2) == (status, len(printed.splitlines()))
    assert said.endswith("6 done, 0 refused, 4 unknown, 0 left\n")
    lost = [line for line in said.splitlines() if "unknown, no answer came" in line]
    assert ["row 6", "row 7", "row 8", "row 9"] == [line.partition(":")[0] for line in lost]
    assert [f"P{number}" for number in range(1, 11)] == odoo.names

    status, _, said = script.run("--write", "--retry-unknown")
    assert (0, "10 done, 0 refused, 0 unknown, 0 left\n") == (status, said)
    assert ["P5", "P6", "P7", "P8"] == odoo.names[10:], "asked for"


def test_a_journal_cut_off_by_a_kill_is_read(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    script = partner_script(tmp_path, target, stage.url, numbered(4))
    script.run("--write", "--batch", "2")
    journal = tmp_path / "rows.csv.journal"
    assert 0o600 == stat.S_IMODE(journal.stat().st_mode)
    lines = journal.read_bytes().splitlines(keepends=True)
    assert b'"sent"' in lines[3] and b'"made"' in lines[4]
    for cut, unknown in ((b"".join(lines[:4]), 2), (b"".join(lines[:4]) + lines[4][:9], 2)):
        journal.write_bytes(cut)
        _, _, said = script.run("--write")
        assert f"2 done, 0 refused, {unknown} unknown" in said
    journal.write_bytes(b"".join(lines[:3]) + lines[3][:-5])  # so it was not sent
    status, _, said = script.run("--write")
    assert (0, [2, 2, 2]) == (status, odoo.requests)


def test_a_changed_file_and_a_second_run_are_refused(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    script = partner_script(tmp_path, target, stage.url, numbered(2))
    gate = Gate()
    odoo.after = lambda number: gate.hold()
    process = script.start("--write")
    assert gate.arrived.wait(30)
    status, _, said = script.run("--write")
    assert 1 == status and "another run is at work" in said
    gate.opened.set()
    assert 0 == finished(process)[0]
    script.csv.write_bytes(script.csv.read_bytes().replace(b"P2", b"P3"))
    for options in ((), ("--write",)):
        status, _, said = script.run(*options)
        assert 1 == status and "was changed after its first run" in said
    assert ["P1", "P2"] == odoo.names


def test_20_alike_end_it(target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path) -> None:
    script = partner_script(tmp_path, target, stage.url, [["bad", "", ""]] * 45)
    odoo.refuses = {"bad"}
    status, _, said = script.run("--write")
    assert 1 == status and "stopped: 20 rows on end were refused alike" in said
    assert said.endswith("0 done, 20 refused, 0 unknown, 25 left\n")


def test_where_nobody_listens_nothing_is_unknown(target: str, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    script = partner_script(tmp_path, target, url, numbered(3))
    status, _, said = script.run("--write")
    assert 1 == status and said.endswith("0 done, 0 refused, 0 unknown, 3 left\n"), said


def test_an_answer_of_a_proxy_leaves_one_batch_unknown(
    target: str, odoo: PartnerOdoo, stage: Stage, tmp_path: Path
) -> None:
    script = partner_script(tmp_path, target, stage.url, numbered(6))

    def bad_gateway(environ: object, start_response: object) -> list[bytes]:
        start_response("502 Bad Gateway", [("Content-Length", "3")])  # type: ignore[operator]
        return [b"no!"]

    stage.app = bad_gateway
    status, _, said = script.run("--write", "--batch", "2")
    assert 1 == status and said.endswith("0 done, 0 refused, 2 unknown, 4 left\n"), said
    stage.app = odoo.app
    script.run("--write")
    assert ["P3", "P4", "P5", "P6"] == odoo.names


OTHERS = sorted({*targets()} - {*ROW_TARGETS, "locust"})


@pytest.mark.parametrize("other", OTHERS)
def test_other_targets_say_who_takes_rows(other: str, tmp_path: Path) -> None:
    result = run("convert", "--rows", "-t", other, written(tmp_path, *CREATE))
    assert 1 == result.exit_code and "" == result.stdout
    assert f"{other} does not support rows of a CSV file: --rows is for " in result.stderr


def test_one_action_is_done_for_each_row(tmp_path: Path) -> None:
    write = call("res.partner", "write", ([7], {"name": "Ada"}))
    result = run("convert", "--rows", written(tmp_path, *CREATE, write))
    assert 1 == result.exit_code
    assert (
        "--rows does one action for each row; choose one (create_partner: -n 2, update_partner_name: -n 3)"
        in result.stderr
    )
    assert "--flow" in result.stderr
    beside = run("convert", "--rows", written(tmp_path, search(), *CREATE))
    assert 0 == beside.exit_code and "def create_partner(rows)" in beside.stdout
    none = run("convert", "--rows", "--no-inputs", written(tmp_path, page(), write))
    assert 1 == none.exit_code and "no input for a column" in none.stderr
    sheet = run("convert", "--rows", "--sheet", "-t", "locoia", written(tmp_path, *CREATE))
    assert 2 == sheet.exit_code
