"""One request, copied alone: run on a database just put back, its code leaves what the browser's own request left.

The requests are written by hand (`tests/expected/single`) and posted once by a session of the web client, in their
order; then the code that is made of each alone runs in the same order on the same database, and every stored field of
every record of the models concerned is held against what the browser had left.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from generated.recorded import ROOT
from har_builder import converted
from targets.running import run

from live.browser import Browser, Refused
from live.comparing import Comparison
from live.server import Server
from live.stored import put_back, records
from live.tally import TALLY

pytestmark = pytest.mark.live
SERVERS = {19: "server", 14: "server_14"}
TARGETS = {19: ("python", "python-json2"), 14: ("python",)}
BESIDE = {  # what a request about a model also makes or changes
    "sale.order": ("sale.order.line", "mail.message"),
    "account.move": ("account.move.line",),
    "product.template": ("product.product",),
    "calendar.event": ("calendar.attendee",),
    "res.users": ("res.partner",),
}


class Request(NamedTuple):
    """One of the file: the entry, and what the browser posts."""

    entry: dict[str, Any]
    path: str
    params: dict[str, Any]

    @property
    def models(self) -> list[str]:
        """The model that it is about, and those of what it also makes."""
        model = self.params.get("model") or self.params["thread_model"]
        return [model, *BESIDE.get(model, ())]

    def of_it(self, model: str, stored: dict[str, Any]) -> dict[str, Any]:
        """All records of a model; of messages those on records of its own model: an invitation holds a token of chance."""
        if model != "mail.message":
            return stored
        return {id_: row for id_, row in stored.items() if row["model"] == self.models[0]}


class Left(NamedTuple):
    """What all requests of a version left."""

    stored: dict[str, dict[str, Any]]
    """By model and id."""
    untouched: dict[str, dict[str, Any]]
    """The same before the browser's requests."""
    said: list[str]
    """What each was refused for; "" if it was not."""


@cache
def requests(major: int) -> list[Request]:
    har = json.loads((ROOT / f"tests/expected/single/odoo{major}.har").read_text("utf-8"))
    return [
        Request(
            entry,
            urlsplit(entry["request"]["url"]).path,
            json.loads(entry["request"]["postData"]["text"])["params"],
        )
        for entry in har["log"]["entries"]
    ]


def models(major: int) -> list[str]:
    return list(dict.fromkeys(model for each in requests(major) for model in each.models))


@pytest.fixture(scope="module")
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What they leave on a version, by the browser (no target) or by a target's code; each is done once."""
    known: dict[tuple[int, str], Left] = {}

    def look(major: int, target: str = "") -> Left:
        if (major, target) not in known:
            server: Server = request.getfixturevalue(SERVERS[major])
            known[major, target] = _done(server, target, tmp_path_factory.mktemp("single"))
        return known[major, target]

    return look


def _done(server: Server, target: str, folder: Path) -> Left:
    untouched = put_back(server, [] if target else models(server.major))
    browser = Browser(server)  # its session leaves traces, whoever makes the requests
    browser.post("/web/session/get_session_info", {})
    said = []
    for each in requests(server.major):
        if target:
            text = converted(folder, each.entry, options=("-t", target))
            said.append(run(text, target, server.variables_for(target), "--write").said)
        else:
            said.append(_posted(browser, each))
    stored = {model: records(server, model) for model in models(server.major)}
    return Left(stored, untouched, said)


def _posted(browser: Browser, request: Request) -> str:
    try:
        browser.post(request.path, request.params)
    except Refused as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize(
    ("major", "target", "number"),
    [
        pytest.param(major, target, number, id=f"{major}-{target}-{number}-{each.models[0]}")
        for major in SERVERS
        for target in TARGETS[major]
        for number, each in enumerate(requests(major))
    ],
)
def test_a_request_copied_alone_leaves_what_the_browser_left(
    major: int, target: str, number: int, left: Any
) -> None:
    wanted, made = left(major), left(major, target)
    assert ("", "") == (wanted.said[number], made.said[number])
    each = requests(major)[number]
    assert any(wanted.stored[model] != wanted.untouched[model] for model in each.models)
    for model in each.models:
        compared = Comparison(model)
        left_by_browser, left_by_code = (
            each.of_it(model, one.stored[model]) for one in (wanted, made)
        )
        compared.look(left_by_browser, left_by_code)
        assert not compared.differences, "\n".join(compared.differences[:20])
        TALLY.read_back.append(
            f"{major} {target} single request {number + 1}: {len(left_by_browser)} records of "
            f"{model}, {compared.total} values, {compared.by_form} of them by their form alone"
        )


def test_ten_requests_of_ten_kinds() -> None:
    for major in SERVERS:
        kinds = {(each.models[0], each.path) for each in requests(major)}
        assert 10 <= len(kinds) <= len(requests(major))
