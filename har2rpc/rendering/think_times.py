"""The pauses of the recording: how long a person waited before each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from har2rpc.model import Action, Call, Run, Step

_LONGEST = 60.0
_SHORTEST = 0.1


def think_times(runs: Iterable[tuple[Action, Run | Step]]) -> Mapping[int, float]:
    """Seconds before each run, by the number of its call: from the last one's answer to this one's request.

    At most a minute (somebody went for a coffee); none before the first, and where the capture does not tell the time.
    """
    pauses: dict[int, float] = {}
    earlier: Call | None = None
    for action, run in runs:
        call = next((call for call in action.calls if call.n == run.n), None)
        if call is not None and earlier is not None:
            seconds = _seconds_between(earlier, call)
            if seconds >= _SHORTEST:
                pauses[run.n] = round(min(seconds, _LONGEST), 1)
        earlier = call or earlier
    return pauses


def _seconds_between(earlier: Call, later: Call) -> float:
    try:
        start, next_start = map(_moment, (earlier.started, later.started))
        return (next_start - start - timedelta(milliseconds=earlier.ms or 0)).total_seconds()
    except (ValueError, TypeError, OverflowError):  # no time, or one with a zone and one without
        return 0.0


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
