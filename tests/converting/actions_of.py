"""Actions of small captures, and of those in the collection."""

from __future__ import annotations

import io
import json
from typing import Any

from har_builder import CAPTURES, har

from har2rpc import pipeline
from har2rpc.model import Action, Capture, ConvertOptions, Following, Input, Lines
from har2rpc.model.values import line_commands


def actions(*entries: dict[str, Any], **options: Any) -> list[Action]:
    """The actions of a HAR of these entries; `numbers` chooses the calls."""
    return shaped(capture_of(*entries), **options)


def capture_of(*entries: dict[str, Any]) -> Capture:
    """The capture of a HAR of these entries."""
    return pipeline.open_capture([io.BytesIO(json.dumps(har(*entries)).encode())])


def recorded(*names: str, **options: Any) -> list[Action]:
    """The actions of captures of the collection."""
    return shaped(pipeline.open_capture([CAPTURES / name for name in names]), **options)


def shaped(capture: Any, *, numbers: list[int] | None = None, **options: Any) -> list[Action]:
    calls, _ = pipeline.without_refused(pipeline.select(capture, numbers=numbers))
    return pipeline.actions(capture, calls, ConvertOptions(**options))


def names(action: Action) -> list[str]:
    return [made.name for made in action.inputs]


def by_name(action: Action) -> dict[str, Input]:
    return {made.name: made for made in action.inputs}


def as_sent(value: Any, values: dict[str, Any]) -> Any:
    """A value of an action with those of its run in the place of its inputs."""
    if isinstance(value, Input):
        return values[value.name]
    if isinstance(value, Following):
        return value.value
    if isinstance(value, Lines):
        return line_commands(value, values[value.source.name])
    if isinstance(value, dict):
        return {key: as_sent(item, values) for key, item in value.items()}
    return [as_sent(item, values) for item in value] if isinstance(value, list) else value
