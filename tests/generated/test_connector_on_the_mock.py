"""Everything that the connector's actions send with recorded values is answered by the mock of the same capture."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from har_builder import MOCK_KEY

from generated.connector_values import as_arrived, body_as_recorded, without_offset
from generated.goldens import Golden, goldens
from generated.recorded import recorded
from generated.test_connector_actions import actions
from har2rpc import pipeline

LOCOIA = goldens("locoia.json")


def sent(golden: Golden, db: str) -> Iterator[dict[str, Any]]:
    """What each action sends with the values of a recorded call."""
    calls = [one for call in recorded(golden.sample) for one in (call, without_offset(call))]
    searches = [call for call in calls if call.method.endswith("search_read")]
    for action in actions(golden):
        is_custom = action["action_name"].endswith("_by_custom")
        yield body_as_recorded(action, searches if is_custom else calls, db=db, secret=MOCK_KEY)


def changed(body: dict[str, Any]) -> dict[str, Any]:
    """The same call with one argument changed."""
    twin = copy.deepcopy(body)
    args, kwargs = twin["params"]["args"][5:7]
    target = next((arg for arg in reversed(args) if isinstance(arg, dict) and arg), None)
    if target is None:
        kwargs["limit" if "limit" in kwargs else "another"] = 4711
    else:
        target[next(iter(target))] = "another value"
    return twin


@pytest.mark.parametrize("golden", LOCOIA)
def test_every_action_is_answered_and_its_twin_is_refused(golden: Golden) -> None:
    capture = pipeline.open_capture([golden.sample])
    with pipeline.mock(capture, key=MOCK_KEY) as (_, variables):

        def answer(body: dict[str, Any]) -> dict[str, Any]:
            with requests.post(f"{variables['ODOO_URL']}/jsonrpc", json=body, timeout=60) as got:
                return got.json()

        for body in sent(golden, variables["ODOO_DB"]):
            what = as_arrived(body)
            outcomes = {
                one.outcome for one in recorded(golden.sample) if one.model == what["model"]
            }
            refusal = answer(body).get("error", {}).get("data", {}).get("message", "")
            if refusal:  # what Odoo had refused, and what the file holds no answer to
                assert outcomes & {"error", "missing"}, refusal
                assert refusal.startswith(("no answer in the capture", "recorded as an error"))
            twin = answer(changed(body))
            assert "never recorded" in twin["error"]["data"]["message"], what
