"""Values that are nested too deep for Python's own parser: the code has them as JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from har2rpc.model import Following, Lines
from har2rpc.rendering.formatting import Keyword, Spread, is_deep, is_plain_json


@dataclass(frozen=True, slots=True)
class JsonText:
    """A value that is nested too deep for brackets: `json.loads("…")` in the code."""

    text: str


def shallow(value: Any) -> Any:
    """The same value, with what is nested too deep and holds no input as JSON text."""
    if isinstance(value, Keyword):
        return Keyword(value.name, shallow(value.value))
    if isinstance(value, Spread):
        extra = {key: shallow(item) for key, item in value.extra.items()}
        return Spread(value.name, type(value.extra)(extra))
    if not is_deep(value):
        return value
    if isinstance(value, Following):
        return replace(value, value=shallow(value.value))
    if isinstance(value, Lines):
        following = tuple((key, one, shallow(values)) for key, one, values in value.following)
        return replace(value, always=shallow(value.always), following=following)
    if is_plain_json(value):
        return JsonText(json.dumps(value))
    if isinstance(value, dict):
        return type(value)({key: shallow(item) for key, item in value.items()})
    return [shallow(item) for item in value]
