"""Converts the ticked calls into the text that the page shows, as `convert` writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from har2rpc import pipeline
from har2rpc.model import Action, Call, Capture, ConvertOptions, Flow, Json, Overrides
from har2rpc.model.file_names import portable_name

Steps: TypeAlias = Sequence[Action] | Flow

OVERRIDES_FILE = "overrides.json"
"""The name of the overrides file that the page downloads."""


def convert(
    capture: Capture,
    calls: Sequence[Call],
    message: Mapping[str, Json],
    steps_before: dict[str, Steps],
) -> dict[str, Json]:
    """The text and what is said beside it; `options` are those of the command line that do the same, but for `-n`.

    `steps_before` has the steps of the last conversion of this capture: another target writes the same ones. With `boxes_first`
    in the message the text of a target with paste boxes is None: it stands behind them, and is asked for next. Raises
    Har2rpcError as `pipeline.actions` and `pipeline.render` do.
    """
    target, as_flow = str(message["target"]), bool(message.get("flow"))
    overrides, has_overrides = overrides_in(message)
    client_calls = pipeline.has_session(target)
    options = ConvertOptions(client_calls=client_calls, reads=True, overrides=overrides)
    connection = overrides.connection or "constants"
    numbers = [call.n for call in calls]
    key = json.dumps([numbers, as_flow, client_calls, message.get("overrides")])
    if key not in steps_before:
        steps_before.clear()
        make = pipeline.flow if as_flow else pipeline.actions
        steps_before[key] = make(capture, calls, options)
    steps = steps_before[key]
    notes = [pipeline.users_note(capture, pipeline.calls_of(steps))]
    if as_flow and not pipeline.knows_flows(target):
        notes.append(f"{target} does not support flows: it writes the single actions")
    language = pipeline.language_of(target)
    has_sheet = pipeline.has_sheet(target)
    text = None
    if not (has_sheet and message.get("boxes_first")):
        text = pipeline.render(capture, steps, target=target, connection=connection)
        text = text if text.endswith("\n") else f"{text}\n"
    return {
        "text": text,
        "language": language,
        "file_name": portable_name(f"{_name(steps)}.{language}"),
        "links": _links(capture, calls) if as_flow else [],
        "searches": not isinstance(steps, Flow) and any(step.custom for step in steps),
        "sheet": (
            pipeline.paste_boxes(
                capture, steps, target=target, connection=connection, is_rendered=False
            )
            if has_sheet
            else None
        ),
        "notes": [note for note in notes if note],
        "options": [
            *(["-t", target] if target != "python" else []),
            *(["--flow"] if as_flow else []),
            *(["--overrides", OVERRIDES_FILE] if has_overrides else []),
        ],
    }


def overrides_in(message: Mapping[str, Json]) -> tuple[Overrides, bool]:
    """The overrides of a message, and whether there are any. Raises Har2rpcError for what is none."""
    content = message.get("overrides") or {}
    return pipeline.overrides_from(content, OVERRIDES_FILE), bool(content)


def _links(capture: Capture, calls: Sequence[Call]) -> list[tuple[int, int]]:
    """The links between calls: (from, to), by their numbers."""
    links = pipeline.find_links(capture, calls)
    return sorted({(link.source, link.n) for link in links})


def _name(steps: Steps) -> str:
    """A file's name: that of the flow or of the first action, which is an identifier."""
    return steps.name if isinstance(steps, Flow) else steps[0].name if steps else "actions"
