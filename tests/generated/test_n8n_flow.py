"""The flows of the samples as n8n workflows: nothing to object to, and done on the mock from the first step to the last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from node import asked, needs_packages

from generated.goldens import goldens, has_several_actions
from generated.recorded import samples
from har2rpc import pipeline

FLOWS = goldens("n8n-flow.json")
SEVERAL = [path for path in samples() if has_several_actions(path)]
pytestmark = needs_packages


def test_n8n_has_nothing_to_object_to() -> None:
    workflows = {str(param.id): json.loads(param.values[0].text) for param in FLOWS}
    assert workflows and [] == asked("n8n_check.mjs", workflows)


@pytest.mark.parametrize("path", SEVERAL, ids=lambda path: path.stem)
def test_a_flow_is_done_on_the_mock(path: Path) -> None:
    capture = pipeline.open_capture([path])
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    flow = pipeline.flow(capture, calls)
    made = json.loads(pipeline.render(capture, flow, target="n8n"))
    with pipeline.mock(capture) as (_, variables):
        fields = {"odoo_url": variables["ODOO_URL"], "odoo_db": variables["ODOO_DB"]}
        if (capture.session.major or 0) < 19:
            fields["odoo_uid"] = int(variables["ODOO_UID"])
            fields["odoo_api_key"] = variables["ODOO_API_KEY"]
        job = {"workflow": made, "variables": dict(variables), "fields": fields}
        [results] = asked("n8n_run.mjs", [job])
    [last] = results.values()
    assert "error" not in last, last
