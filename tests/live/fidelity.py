"""Recorded and generated, asked side by side: each read of each recording, by every target, on a real server."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from generated.recorded import Recorded, recorded
from targets.running import ALL, BASH, JSON2, NODE, PHP, Ran, missing, run

from har2rpc import pipeline
from har2rpc.model import Capture, ConvertOptions
from live.browser import Browser, Refused
from live.comparing import VIEWS, compared, compared_as_classic
from live.replaying import BEFORE, LEFT_ALONE, is_change
from live.server import Server

SMALLEST_SHARE = 0.98
TURNS = 3
_ALWAYS = ("python", "python-json2")


class Way(NamedTuple):
    """A target, its calls translated or untouched."""

    target: str
    verbatim: bool

    def __str__(self) -> str:
        return f"{self.target}{' --verbatim' if self.verbatim else ''}"


def ways(major: int) -> list[Way]:
    """All targets that can ask a server of this version; JSON-2 came with Odoo 19.

    One that logs in comes last: each login is a device more, which the user's preferences show.
    """
    able = [one for one in ALL if not missing(one) and (major >= 19 or one not in JSON2)]
    able.sort(key=pipeline.has_session)
    return [Way(one, verbatim) for one in able for verbatim in (False, True)]


def takes_turns(way: Way) -> bool:
    """Whether a test asks this way every third read alone: an untouched call differs from target to target in its wrapping."""
    return way.verbatim and way.target not in _ALWAYS


@dataclass
class Row:
    """What was found for one way on one version: calls, and leaves of their answers."""

    calls: int = 0
    equal: int = 0
    refused: int = 0
    """Refused by Odoo in the browser, and refused to the generated code, too."""
    leaves: int = 0
    leaves_compared: int = 0
    excepted: Counter[str] = field(default_factory=Counter)
    """By reason."""


@dataclass
class Report:
    """All rows, and each difference in words."""

    rows: dict[tuple[int, Way], Row] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    not_replayed: list[str] = field(default_factory=list)
    """Changes that Odoo refused here and had not refused there: it had other modules, or other records."""

    def markdown(self) -> str:
        """The table of the README."""
        lines = [
            "| Odoo | target | calls | equal | refused alike | excepted | leaves compared |",
            "|---|---|---|---|---|---|---|",
        ]
        for (major, way), row in self.rows.items():
            share = row.leaves_compared / row.leaves if row.leaves else 0
            cells = [major, f"`{way}`", row.calls, row.equal, row.refused, row.excepted.total()]
            leaves = f"{row.leaves_compared} of {row.leaves} ({share:.2%})"
            lines.append(f"| {' | '.join(map(str, cells))} | {leaves} |")
        return "\n".join([*lines, "", *self._reasons()])

    def _reasons(self) -> list[str]:
        reasons = [
            f"{major} {way}: {count} times: {why}"
            for (major, way), row in self.rows.items()
            for why, count in row.excepted.items()
        ]
        return [*reasons, *self.not_replayed, *self.differences]

    def row(self, major: int, way: Way) -> Row:
        return self.rows.setdefault((major, way), Row())


REPORT = Report()


class Asking:
    """Goes through recordings on one server."""

    def __init__(
        self, server: Server, report: Report, seen: set[str], in_turn: bool = False
    ) -> None:
        self.server, self.report, self._seen, self._in_turn = server, report, seen, in_turn

    def recording(self, path: Path) -> list[str]:
        """Replays what changes something and asks each read both ways; gives the differences."""
        server, wrong = self.server, []
        server.reset()
        browser = Browser(server)
        if path.stem in BEFORE:
            BEFORE[path.stem](server)
            server.is_clean = False
        capture = pipeline.open_capture([path])
        for call in recorded(path):
            if call.method in LEFT_ALONE or call.route.startswith(("/web/export", "/jsonrpc")):
                continue
            if is_change(call):
                server.is_clean = False
                self._replay(call, browser)
            elif self._is_new(call, path):
                wrong += self._asked(call, capture, browser)
        self.report.differences += wrong
        return wrong

    def _replay(self, call: Recorded, browser: Browser) -> None:
        """What changes something is done again as it was; a server with other modules may refuse it."""
        try:
            browser.again(call)
        except Refused as refused:
            if "error" != call.outcome:
                self.report.not_replayed.append(f"{self.server.major}: {call}: {refused}")

    def _is_new(self, call: Recorded, path: Path) -> bool:
        """Whether it was not asked before on this state of the database."""
        state = "" if self.server.is_clean else path.as_posix()
        sent = [state, call.route, call.model, call.method, call.args, call.kwargs, call.context]
        key = json.dumps(sent, sort_keys=True)
        return key not in self._seen and not self._seen.add(key)

    def _asked(self, call: Recorded, capture: Capture, browser: Browser) -> Iterator[str]:
        try:
            there = replace(call, answer=browser.again(call))
            told = ""
        except Refused as refused:
            there, told = call, str(refused)
        texts = {way: written(call.n, way, capture) for way in self._ways()}
        with ThreadPoolExecutor(1) as beside:  # what runs in a process of its own
            apart = {
                way: beside.submit(self._ran, text, way)
                for way, text in texts.items()
                if way.target in (*BASH, *NODE, *PHP)
            }
            for way, text in texts.items():
                row = self.report.row(self.server.major, way)
                row.calls += 1
                ran = apart[way].result() if way in apart else self._ran(text, way)
                for what in self._differences(there, told, way, ran, row):
                    yield f"{self.server.major} {way}: {call}: {what}"

    def _ways(self) -> list[Way]:
        """All, or those whose turn it is: each new read moves the turn on."""
        turn = len(self._seen)
        return [
            way
            for at, way in enumerate(ways(self.server.major))
            if not self._in_turn or not takes_turns(way) or (turn + at // 2) % TURNS == 0
        ]

    def _ran(self, text: str, way: Way) -> Ran:
        return run(text, way.target, self.server.variables_for(way.target))

    def _differences(self, there: Recorded, told: str, way: Way, ran: Ran, row: Row) -> list[str]:
        if told and ran.status:
            row.refused += 1
            return []
        if told and there.method in VIEWS and not way.verbatim:
            row.excepted["the view is not there, and fields_get needs none"] += 1
            return []
        if told:
            return [f"the browser was refused ({told}), this was not"]
        if ran.status and (why := _excepted(there, way, ran.said)):
            row.excepted[why] += 1
            return []
        if ran.status:
            return [f"refused: {ran.said[-300:]}"]
        printed = ran.printed
        if way.target in NODE:
            there, printed = replace(there, answer=_whole(there.answer)), _whole(printed)
        is_clients = pipeline.has_session(way.target)
        is_counted = there.method == "web_search_read" and isinstance(there.answer, dict)
        if is_clients and is_counted and not way.verbatim:
            there = replace(there, answer=there.answer["records"])  # these are returned
        made = (compared if way.verbatim or is_clients else compared_as_classic)(there, printed)
        differs = made.differences
        if is_clients and differs and all(".device_ids" in what for what in differs):
            row.excepted["each login is a device more"] += 1
            return []
        row.leaves += made.total
        row.leaves_compared += made.compared
        share = made.compared / made.total if made.total else 1.0
        found = [f"only {share:.1%} compared"] if share < SMALLEST_SHARE else []
        row.equal += not (found or made.differences)
        return [*found, *made.differences]


def _whole(value: Any) -> Any:
    """The value as JavaScript has it: one kind of numbers, 2.0 is 2."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return {key: _whole(item) for key, item in value.items()} if isinstance(value, dict) else value


def _excepted(there: Recorded, way: Way, said: str) -> str:
    """Why a call that the browser may make cannot be made so from outside; "" where there is no reason."""
    if way.target == "python-xmlrpc" and "it contains None" in said:
        return "XML-RPC cannot carry a None" if "null" in json.dumps(there.answer) else ""
    is_own_user = (there.model, there.method) == ("res.users", "web_read")
    if is_own_user and way.verbatim and "res.device.is_current" in said:
        return "res.device.is_current needs a browser's session; translated it is left out"
    return ""


def written(number: int, way: Way, capture: Capture) -> str:
    """What is generated for one call, every value as it was recorded."""
    options = ConvertOptions(verbatim=way.verbatim, client_calls=pipeline.has_session(way.target))
    steps = pipeline.actions(capture, [capture.calls[number - 1]], options)
    steps = [step for step in steps if step.calls]
    return pipeline.render(capture, steps, target=way.target)
