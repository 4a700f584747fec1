"""Values of forms: which ones are empty, which ones are equal, and how they are saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from har2rpc.model import Input, Json, Value
from har2rpc.odoo.display_names import is_labeled_id
from har2rpc.odoo.schema.commands import Clear, Link, Set, parse_command

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_MARKUP = re.compile(r"<(?!img\b)[^<>]*>", re.IGNORECASE)


def plain(value: Json) -> Json:
    """A form's value as it is saved: a many2one as its id, an x2many without its client's dressing."""
    if isinstance(value, dict) and isinstance(value.get("id"), int):
        return value["id"]
    if isinstance(value, list):
        if is_labeled_id(value):
            return value[0]  # [7, "X"]
        linked_ids: list[Json] = []
        for member in value:
            match parse_command(member):
                case Link(identity):
                    linked_ids.append(identity)
                case Set(list(ids)):
                    linked_ids = list(ids)
                case Clear():
                    linked_ids = []
                case _:
                    return value
        return linked_ids
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


def is_nothing(value: Json) -> bool:
    """What a form sends for a field that holds nothing; a number is something, and so is the text of an editor."""
    value = plain(value)
    return value is None or value is False or (isinstance(value, (str, list, dict)) and not value)


def is_empty_html(value: Json) -> bool:
    """What the editor makes of no text: `<p><br></p>`."""
    return isinstance(value, str) and value.startswith("<") and not _visible_text(value)


def is_clock(value: Json, started: str) -> bool:
    """Whether it is the moment at which a form was saved, or at most an hour before it; both are in UTC."""
    if not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        return False
    try:
        saved = datetime.fromisoformat(started).astimezone(UTC).replace(tzinfo=None)
        age = saved - datetime.fromisoformat(value)
    except ValueError:
        return False
    return timedelta(minutes=-5) <= age <= timedelta(hours=1)


def _visible_text(html: str) -> str:
    """What a person sees of HTML: its texts and images, not how the editor writes them down."""
    return " ".join(_MARKUP.sub(" ", html).replace("&nbsp;", " ").replace("\ufeff", "").split())


def same(one: Json, other: Json) -> bool:
    """Equal as field values: all empty ones are alike, 1.0 is 1, True is not 1."""
    if is_empty(one) and is_empty(other):
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str) and one[:1] == other[:1] == "<":
        return _visible_text(one) == _visible_text(other)
    return bool(one == other)


def without_defaults(context: Mapping[str, Value], sent: Mapping[str, Value]) -> dict[str, Value]:
    """The context of a new record; what is asked for now, a text or a day, is no default any more.

    The records that a form is about stay in its context as well.
    """
    entered = {
        f"default_{name}"
        for name, value in sent.items()
        if isinstance(value, Input) and value.type in ("char", "text", "date", "datetime")
    }
    return {key: value for key, value in context.items() if key not in entered}
