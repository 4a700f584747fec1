"""Values as forms hold them: which are empty, which are the same, and what of them is saved."""

from __future__ import annotations

import re

from har2rpc.model import Json

_MARKUP = re.compile(r"<(?!img\b)[^<>]*>", re.IGNORECASE)


def plain(value: Json) -> Json:
    """A form's value as it is saved: a many2one as its id, an x2many without its client's dressing."""
    if isinstance(value, dict) and isinstance(value.get("id"), int):
        return value["id"]
    if isinstance(value, list):
        if len(value) == 2 and isinstance(value[0], int) and isinstance(value[1], str):
            return value[0]  # [7, "X"]
        linked: list[Json] = []
        for command in value:
            if not isinstance(command, list) or not command:
                return value
            if command[0] == 4 and len(command) > 1:
                linked.append(command[1])
            elif command[0] == 6 and len(command) > 2 and isinstance(command[2], list):
                linked = list(command[2])
            elif command[0] == 5:
                linked = []
            else:
                return value
        return linked
    return value


def is_empty(value: Json) -> bool:
    """What an untouched field holds: false, nothing, zero, an empty text or list."""
    return (
        value is None
        or value is False
        or value in ("", [], {})
        or (value == 0 and value is not True)
        or is_empty_html(value)
    )


def is_empty_html(value: Json) -> bool:
    """What the editor makes of no text: `<p><br></p>`."""
    return isinstance(value, str) and value.startswith("<") and not _shown(value)


def _shown(html: str) -> str:
    """What a person sees of HTML: its texts and images, not how the editor writes them down."""
    return " ".join(_MARKUP.sub(" ", html).replace("&nbsp;", " ").replace("\ufeff", "").split())


def same(one: Json, other: Json) -> bool:
    """Equal as field values: all empty ones are alike, 1.0 is 1, True is not 1."""
    if is_empty(one) and is_empty(other):
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str) and one[:1] == other[:1] == "<":
        return _shown(one) == _shown(other)
    return bool(one == other)
