"""The scenarios of all samples, run by Locust: what arrives is the recorded call, or it is refused and counted."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, converted, page, search
from targets.elsewhere import elsewhere
from targets.test_addresses import redirect

from generated.goldens import Golden, generated, goldens
from generated.judging import JudgingOdoo
from generated.locusts import (
    finished,
    free_port,
    methods,
    run,
    start,
    variables,
    written,
)
from generated.recorded import recorded
from generated.running import SECRET, Stage

pytestmark = pytest.mark.slow

HOSTILE = 'a "quote" \\ {{ 7*7 }} ${HOME} %s {x}\n\u2028 \'é🙂 """'
READS = {"search_read", "read", "search_count", "formatted_read_group", "export_data", "fields_get"}


@pytest.mark.parametrize("golden", goldens("locust.py", "locust-flow.py"))
def test_a_round_is_what_was_recorded(golden: Golden, stage: Stage, tmp_path: Path) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    script = written(tmp_path, golden.text)
    ran = run(script, {**variables(stage.url, write=True), "ODOO_DB": "x"})
    assert (0, 0) == (ran.status, ran.failures), ran.said
    wanted = steps(golden)
    assert wanted == methods(odoo.received)[: len(wanted)], ran.said
    assert len(odoo.received) == sum(row["num_requests"] for row in ran.stats)
    named = {f"{call['model']}.{call['method']}" for call in odoo.received}
    assert named == {row["name"] for row in ran.stats}


def scenario(folder: Path) -> Path:
    """A scenario that reads."""
    return written(folder, converted(folder, page(), search(), options=("-t", "locust")))


@pytest.mark.parametrize("status", [302, 307])
def test_no_redirect_is_followed(status: int, stage: Stage, tmp_path: Path) -> None:
    with elsewhere() as other:
        stage.app = redirect(status, other.url)
        ran = run(scenario(tmp_path), variables(stage.url, write=False))
    assert ran.failures and ran.status != 0
    assert [] == other.received


@pytest.mark.parametrize("options", [(), ("--host",)])
def test_plain_http_leaves_this_machine_only_where_it_is_allowed(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    with elsewhere() as other:
        options = (*options, other.url) if options else ()
        given = variables("https://odoo.example" if options else other.url, write=False)
        ran = run(scenario(tmp_path), given, *options)
        assert ran.status != 0 and "ODOO_ALLOW_HTTP" in ran.said
        assert [] == other.received
        run(scenario(tmp_path), {**given, "ODOO_ALLOW_HTTP": "1"}, *options)
        assert other.received


def steps(golden: Golden) -> list[str]:
    """The methods that are called in one round, as the action model says."""
    options = ("--flow", "-t", "json") if "flow" in golden.file else ("-t", "json")
    document = json.loads(generated(golden.sample, options))
    by_name = {action["name"]: action["method"] for action in document["actions"]}
    if document["flow"]:
        return [by_name[step["action"]] for step in document["flow"]["steps"]]
    runs = [(run["n"], a["method"]) for a in document["actions"] for run in a["runs"]]
    return [method for _, method in sorted(runs, key=lambda pair: pair[0])]


@pytest.mark.parametrize(
    "golden",
    [one for one in goldens("locust.py", "locust-flow.py") if "if WRITE:" in one.values[0].text],
)
def test_nothing_is_changed_unless_it_is_asked_for(
    golden: Golden, stage: Stage, tmp_path: Path
) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    ran = run(written(tmp_path, golden.text), variables(stage.url, write=False))
    assert set(methods(odoo.received)) <= READS
    if set(steps(golden)) <= READS or odoo.received:
        assert (0, 0) == (ran.status, ran.failures), ran.said
    else:
        assert "would change Odoo" in ran.said and "ODOO_WRITE=1" in ran.said


TWINS = {
    "odoo19-chrome-search_partner_by_phone": ("'555'", "'556'"),
    "odoo14-chrome-create_partner": ('"create"', '"write"'),
    "odoo19-chrome-move_lead": ("stage_id=", "stage_id=1 + "),
}


@pytest.mark.parametrize("sample", TWINS)
def test_a_twin_is_refused_and_counted(sample: str, stage: Stage, tmp_path: Path) -> None:
    [golden] = [
        one.values[0] for one in goldens("locust.py") if one.values[0].sample.stem == sample
    ]
    right, wrong = (text.replace("'", '"') for text in TWINS[sample])
    assert right in golden.text
    stage.app = JudgingOdoo(recorded(golden.sample))
    ran = run(
        written(tmp_path, golden.text.replace(right, wrong)), variables(stage.url, write=True)
    )
    assert 1 == ran.status and ran.failures
    assert "odoo.exceptions.UserError: never recorded" in ran.said


def test_hostile_values_arrive_as_they_are(stage: Stage, tmp_path: Path) -> None:
    values = {"name": HOSTILE, "comment": f"{HOSTILE}!"}
    entries = [
        search(domain=[["name", "ilike", HOSTILE]]),
        call("res.partner", "create", (values,), result=7),
    ]
    text = converted(tmp_path, page(), *entries, options=("-t", "locust"))
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: 7)
    ran = run(written(tmp_path, text), variables(stage.url, write=True))
    assert (0, 0) == (ran.status, ran.failures), ran.said
    assert [[["name", "ilike", HOSTILE]]] == odoo.received[0]["args"]
    assert [values] == odoo.received[1]["args"]


PAGES = [search(limit=2, offset=offset) for offset in (0, 2, 4)]


def test_pages_are_turned(stage: Stage, tmp_path: Path) -> None:
    text = converted(tmp_path, page(), *PAGES, options=("-t", "locust", "--flow"))
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: [{"id": 1}, {"id": 2}])
    ran = run(written(tmp_path, text), variables(stage.url, write=False))
    assert (0, 0) == (ran.status, ran.failures), ran.said
    assert [0, 2, 4] == [one["kwargs"]["offset"] for one in odoo.received[:3]]


class Counting(JudgingOdoo):
    """Takes everything, and notes who asked."""

    def __init__(self) -> None:
        super().__init__(judge=lambda arrived: [])
        self.uids: list[int] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        before = len(self.received)
        answer = super().__call__(environ, start_response)
        self.uids += [0] * (len(self.received) - before)
        return answer

    def _json_rpc(self, body: dict[str, Any]) -> dict[str, Any]:
        self.uids.append(body["params"]["args"][1])
        return super()._json_rpc(body)


def test_a_master_with_two_workers(stage: Stage, tmp_path: Path) -> None:
    """One scenario on several machines: each worker calls as a user of its own, so that both are seen."""
    stage.app = odoo = Counting()
    script = written(tmp_path, converted(tmp_path, page(), search(), options=("-t", "locust")))
    port, given = str(free_port()), variables(stage.url, write=False)
    master = start(
        script,
        given,
        *("--master", "--headless", "--expect-workers", "2", "--users", "4", "--spawn-rate", "4"),
        *("--run-time", "3s", "--stop-timeout", "10"),
        *("--master-bind-host", "127.0.0.1", "--master-bind-port", port),
    )
    workers: list[subprocess.Popen[str]] = []
    for uid in ("2", "3"):
        options = ("--worker", "--master-host", "127.0.0.1", "--master-port", port)
        workers.append(start(script, {**given, "ODOO_UID": uid}, *options))
    ran, *others = map(finished, (master, *workers))
    assert (0, 0) == (ran.status, ran.failures), ran.said
    assert [0, 0] == [worker.status for worker in others], others
    assert {2, 3} <= set(odoo.uids)
    assert len(odoo.received) == sum(row["num_requests"] for row in ran.stats) >= 4


def test_what_is_missing_is_said(stage: Stage, tmp_path: Path) -> None:
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: [])
    script = written(tmp_path, converted(tmp_path, page(), search(), options=("-t", "locust")))
    given = variables(stage.url, write=False)
    ran = run(script, {**given, "ODOO_API_KEY": ""})
    assert 0 != ran.status and "set ODOO_DB and ODOO_API_KEY first" in ran.said
    assert [] == odoo.received
    ran = run(script, {**given, "ODOO_API_KEY": f"{SECRET}x"})
    assert 1 == ran.status and "Access Denied" in ran.said and SECRET not in ran.said
    assert (refused := len(odoo.received)) >= 1
    ran = run(script, {**given, "ODOO_URL": f"http://127.0.0.1:{free_port()}"})
    assert 1 == ran.status and ran.failures
    assert refused == len(odoo.received)
