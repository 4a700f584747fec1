"""What a load scenario is told when it starts: whether it pauses, whether it writes, and which rows it takes."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, call, converted, page, search, views
from targets.row_scripts import FIELDS

from generated.judging import JudgingOdoo
from generated.locusts import finished, free_port, run, start, variables, written
from generated.running import Stage

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "locust.md").read_text("utf-8")
CREATE = call("res.partner", "create", ({"name": "x", "email": "y", "country_id": 3},), result=9)


def stamped(entry: dict[str, Any], second: int) -> dict[str, Any]:
    """An entry that was recorded at this second, and answered after half of one."""
    return {**entry, "startedDateTime": f"2026-01-01T00:00:{second:02}.000Z", "time": 500}


def test_it_pauses_as_the_person_did_or_not_at_all(stage: Stage, tmp_path: Path) -> None:
    searches = [
        stamped(search(domain=[["name", "ilike", name]]), second)
        for name, second in (("a", 1), ("b", 4), ("c", 4))
    ]
    text = converted(tmp_path, stamped(page(), 0), *searches, options=("-t", "locust"))
    assert 1 == text.count("self.odoo.think(2.5)") == text.count("self.odoo.think("), text
    script, arrivals = written(tmp_path, text), list[float]()

    def judge(arrived: object) -> list[object]:
        arrivals.append(time.monotonic())
        return []

    stage.app = JudgingOdoo(judge=judge)
    ran = run(script, variables(stage.url, write=False), "--think", "recorded")
    assert (0, 0) == (ran.status, ran.failures), ran.said
    assert 3 == len(arrivals) and 2.5 <= arrivals[1] - arrivals[0] < 5
    assert arrivals[2] - arrivals[1] < 1
    arrivals.clear()
    ran = run(script, variables(stage.url, write=False), "--think", "none")
    assert (0, 0) == (ran.status, ran.failures) and len(arrivals) > 6, "round after round"


def test_it_says_at_its_start_that_writes_are_off(stage: Stage, tmp_path: Path) -> None:
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: [])
    text = converted(tmp_path, page(), search(), CREATE, options=("-t", "locust"))
    script, said = (
        written(tmp_path, text),
        "writes are off (create partner): set ODOO_WRITE=1",
    )
    ran = run(script, variables(stage.url, write=False))
    assert 0 == ran.status and said in ran.said
    assert {"search_read"} == {one["method"] for one in odoo.received}
    assert said in PAGE
    ran = run(script, variables(stage.url, write=True))
    assert 0 == ran.status and said not in ran.said
    assert {"search_read", "create"} == {one["method"] for one in odoo.received}


def test_a_master_hands_its_options_to_two_workers(stage: Stage, tmp_path: Path) -> None:
    """Each round takes a row of the file that the master was told; a file of ten rows is used whole."""
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: 7)
    text = converted(
        tmp_path, page(), views("res.partner", FIELDS), CREATE, options=("-t", "locust", "--rows")
    )
    rows = [f'"P{number}; ""{{{{7*7}}}}""";{number}' for number in range(10)]
    csv = tmp_path / "partners.csv"
    csv.write_text("\n".join(["Name;country_id", *rows]), "utf-8-sig")
    script, port = written(tmp_path, text), str(free_port())
    given = {**variables(stage.url, write=True), "ODOO_THINK": "recorded"}
    master = start(
        script,
        given,
        *("--master", "--headless", "--expect-workers", "2", "--users", "4", "--spawn-rate", "4"),
        *("--run-time", "3s", "--stop-timeout", "10", "--think", "none", "--rows", str(csv)),
        *("--master-bind-host", "127.0.0.1", "--master-bind-port", port),
    )
    options = ("--worker", "--master-host", "127.0.0.1", "--master-port", port)
    workers = [start(script, {**given, "ODOO_UID": uid}, *options) for uid in ("2", "3")]
    ran, *others = map(finished, (master, *workers))
    assert (0, 0) == (ran.status, ran.failures), ran.said
    assert [0, 0] == [worker.status for worker in others], others
    values = [one["args"][0] for one in odoo.received]
    wanted = [{"name": f'P{number}; "{{{{7*7}}}}"', "country_id": number} for number in range(10)]
    assert all(each in wanted for each in values) and all(each in values for each in wanted)
    assert len(values) == sum(row["num_requests"] for row in ran.stats) > 20, "it did not pause"


def test_rows_are_checked_before_it_begins(stage: Stage, tmp_path: Path) -> None:
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: 7)
    text = converted(
        tmp_path, page(), views("res.partner", FIELDS), CREATE, options=("-t", "locust", "--rows")
    )
    script, given = written(tmp_path, text), variables(stage.url, write=True)
    csv = tmp_path / "partners.csv"
    for content, said in {
        "Name;Country\nAnn;Belgium\n;3": [
            "row 2, country_id: 'Belgium' is not the id of",
            "row 3, name",
        ],
        "colour\nred": ["no column is one of name"],
        "Name\n": ["no rows"],
    }.items():
        csv.write_text(content, "utf-8")
        ran = run(script, given, "--rows", str(csv))
        assert 0 != ran.status and all(each in ran.said for each in said), ran.said
    ran = run(script, given)
    assert 0 != ran.status and "--rows ''" in ran.said and not odoo.received


def test_the_page_tells_of_no_option_that_is_not_there(tmp_path: Path) -> None:
    text = converted(tmp_path, page(), search(), CREATE, options=("-t", "locust", "--flow"))
    done = finished(start(written(tmp_path, text), {}, "--help"))
    known = set(re.findall(r"--[a-z][a-z-]+", done.printed)) | {"--rows", "--flow", "--think"}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE))
    assert {"--think", "--worker", "--processes"} <= told <= known
    assert all(name in text for name in ("--think", "ODOO_THINK")) and "ODOO_THINK" in PAGE
