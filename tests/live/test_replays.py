"""Actions done twice on a database just put back, by the browser's own requests and by the generated script: the same records."""

from __future__ import annotations

import pytest
from generated.recorded import SAMPLES, recorded
from generated.running import converted
from targets.running import run

from live.browser import Browser
from live.comparing import Comparison
from live.replaying import is_change
from live.server import Server
from live.stored import put_back, records
from live.tally import TALLY

pytestmark = pytest.mark.live
SERVERS = {19: "server", 14: "server_14"}
ACTIONS = {
    19: "create_partner edit_partner archive_partner delete_partner move_lead create_and_confirm_sale_order",
    14: "create_partner edit_partner delete_partner create_and_confirm_sale_order",
}
TARGETS = {19: ("python", "python-json2"), 14: ("python",)}
BESIDE = {"sale.order": ("sale.order.line",)}  # what an action on a model also makes


@pytest.mark.parametrize(
    ("major", "action"), [(major, action) for major in SERVERS for action in ACTIONS[major].split()]
)
def test_the_script_leaves_what_the_browser_left(
    major: int, action: str, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue(SERVERS[major])
    path = SAMPLES / f"odoo{major}-chrome-{action}.har"
    changes = [call for call in recorded(path) if is_change(call)]
    models = list(dict.fromkeys(call.model for call in changes))
    models += [beside for model in models for beside in BESIDE.get(model, ())]
    untouched = put_back(server, models)
    browser = Browser(server)
    for call in changes:
        browser.again(call)
    wanted = {model: records(server, model) for model in models}
    assert wanted != untouched, "the action changed nothing: nothing is proved"
    for target in TARGETS[major]:
        put_back(server, models)
        Browser(server)  # logging in leaves its traces, too
        text = converted(path, "-t", target)
        done = run(text, target, server.variables_for(target), "--write")
        assert 0 == done.status, done.said
        for model in models:
            made = Comparison(model)
            made.look(wanted[model], records(server, model))
            assert not made.differences, "\n".join(made.differences[:20])
            TALLY.read_back.append(
                f"{major} {target} {action}: {len(wanted[model])} records of {model}, {made.total} values, "
                f"{made.by_form} of them by their form alone"
            )
