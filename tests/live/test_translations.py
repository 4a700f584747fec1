"""Each translation: what the browser posts and what is generated from it, on twins of a real server, read back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from har_builder import converted, page, rpc
from targets.running import JSON2, run

from live.browser import Browser
from live.server import Server
from live.translated import CASES, Case

pytestmark = pytest.mark.live
SERVERS = {19: "server", 14: "server_14"}
VERSIONS = {19: "19.0", 14: "14.0"}
TARGETS = {19: ("python", "python-json2"), 14: ("python",)}


def params() -> list[Any]:
    """Each case, on each version that has it, for the targets of that version."""
    return [
        pytest.param(case, major, target, id=f"{major}-{target}-{case.name}")
        for case in CASES
        for major in case.majors
        for target in TARGETS[major]
    ]


@pytest.mark.parametrize(("case", "major", "target"), params())
def test_the_public_call_leaves_what_the_browser_leaves(
    case: Case, major: int, target: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server: Server = request.getfixturevalue(SERVERS[major])
    server.is_clean = False
    one, other = case.make(server), case.make(server)
    before = case.back(server, one), case.back(server, other)
    path, asked = case.request(one)
    answer = Browser(server).post(path, asked)
    entry = rpc(*case.request(other), result=answer)
    options = ("-t", target, "--keep-all", "--no-inputs")
    text = converted(tmp_path, page(server_version=VERSIONS[major]), entry, options=options)
    assert list(case.sent) == sent_by(text, target)
    ran = run(text, target, server.variables_for(target), "--write")
    assert 0 == ran.status, ran.said
    after = case.back(server, one), case.back(server, other)
    assert after[0] == after[1]
    assert before[0] != after[0] and before[1] != after[1], "nothing changed: nothing is proved"


def sent_by(text: str, target: str) -> list[str]:
    """The methods that the functions of a script call, in order."""
    sender = "call" if target in JSON2 else "execute_kw"
    found = re.findall(rf"(?<!def )\b{sender}\(\s*\"[\w.]+\",\s*\"(\w+)\"", text)
    return list(found)
