"""n8n workflows for the samples: held against n8n's own definitions of its nodes, and done node by node on the mock."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from node import asked, needs_packages

from generated.connector import put
from generated.goldens import goldens
from generated.recorded import samples
from har2rpc import pipeline

WORKFLOWS = goldens("n8n.json", "n8n-verbatim.json")
pytestmark = needs_packages


def test_n8n_has_nothing_to_object_to() -> None:
    workflows = {str(param.id): json.loads(param.values[0].text) for param in WORKFLOWS}
    assert [] == asked("n8n_check.mjs", workflows)
    for workflow in workflows.values():
        names = [node["name"] for node in workflow["nodes"]]
        assert len(names) == len(set(names)) and len(names) >= 5
        assert set(workflow["connections"]) <= set(names)
    assert len(workflows) == 2 * len(samples())


def node(workflow: Any, kind: str) -> Any:
    """The first node of a kind."""
    return next(one for one in workflow["nodes"] if one["type"].endswith(kind))


@pytest.mark.parametrize(
    "kind, path, value",
    [
        ("httpRequest", ("parameters", "method"), "POSTT"),
        ("httpRequest", ("parameters", "url"), 7),
        ("httpRequest", ("parameters", "contentType"), "yaml"),
        ("httpRequest", ("parameters", "options", "response", "response", "responseFormat"), "x"),
        ("set", ("parameters", "assignments", "assignments"), {}),
        ("set", ("parameters", "includeOtherFields"), "perhaps"),
        ("code", ("parameters", "jsCode"), {}),
    ],
)
def test_n8n_would_object(kind: str, path: tuple[str, ...], value: Any) -> None:
    workflow = json.loads(WORKFLOWS[0].values[0].text)
    put(node(workflow, kind), path, value)
    assert asked("n8n_check.mjs", {"twin": workflow})


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_each_action_is_run_on_the_mock_and_its_twin_is_refused(path: Path) -> None:
    capture = pipeline.open_capture([path])
    calls = [
        call for call in capture.calls if call.outcome in ("ok", "none") and call.kind != "noise"
    ]
    with pipeline.mock(capture) as (_, variables):
        fields = {"odoo_url": variables["ODOO_URL"], "odoo_db": variables["ODOO_DB"]}
        if (capture.session.major or 0) < 19:
            fields["odoo_uid"] = int(variables["ODOO_UID"])
            fields["odoo_api_key"] = variables["ODOO_API_KEY"]
        jobs = []
        for call in calls:
            steps = pipeline.actions(capture, [call])
            made = json.loads(pipeline.render(capture, steps, target="n8n"))
            # n8n's own node sends no context; the mock knows this call by the recorded one.
            more = {"context": steps[0].context} if own_nodes(made) else {}
            jobs += [{"workflow": one, **more} for one in (made, twin(made, call.n))]
        given = {"variables": dict(variables), "fields": fields}
        results = asked("n8n_run.mjs", [{**given, **job} for job in jobs])
    for number, call in enumerate(calls):
        [done], [refused] = results[2 * number].values(), results[2 * number + 1].values()
        assert "error" not in done, (str(call.where), done)
        assert isinstance(refused, dict), (str(call.where), jobs[2 * number + 1], refused)
        assert "never recorded" in refused["error"], (str(call.where), refused)


def own_nodes(workflow: Any) -> list[Any]:
    """Those that are n8n's own for Odoo."""
    return [one for one in workflow["nodes"] if one["type"].endswith(".odoo")]


def twin(workflow: Any, n: int) -> Any:
    """The workflow with one text of its call changed; which one, the call's number decides."""
    changed = copy.deepcopy(workflow)
    if own_nodes(changed):
        model = own_nodes(changed)[0]["parameters"]["customResource"]
        model["value"] += "≠"
        return changed
    parameters = node(changed, "httpRequest")["parameters"]
    body = parameters["jsonBody"]
    texts = list(re.finditer(r'"(?:[^"\\]|\\.)*"', body.partition('"execute_kw"')[2] or body))
    chosen = texts[n % len(texts)].end() - 1 + len(body) - len(texts[0].string)
    parameters["jsonBody"] = f"{body[:chosen]}≠{body[chosen:]}"
    return changed
