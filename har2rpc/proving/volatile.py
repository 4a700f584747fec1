"""Which values of an answer are volatile: a model, a field, the reason, and the form they must still have."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from har2rpc.model import Json


class VolatileField(NamedTuple):
    """A volatile field: its value may differ from the recorded one."""

    model: str
    """The called model; `*` for all."""
    field: str
    reason: str
    is_valid: Callable[[Json], bool]
    """Whether a value has the form that it must still have; a list is checked as a whole where lists are valid."""


def is_moment(value: Json) -> bool:
    """A date, with or without a time, or none."""
    if value is False:
        return True
    return isinstance(value, str) and bool(
        re.fullmatch(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d+)?)?", value)
    )


def is_state(value: Json) -> bool:
    """Whether an activity is late, due or planned; or none."""
    return value in (False, "overdue", "today", "planned")


def is_count(value: Json) -> bool:
    """A number of records."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_text(value: Json) -> bool:
    """Some text, or none."""
    return value is False or isinstance(value, str)


def is_list(value: Json) -> bool:
    """Records, or ids."""
    return isinstance(value, list)


def is_object(value: Json) -> bool:
    """Values by name, or none."""
    return value is False or isinstance(value, dict)


def is_size(value: Json) -> bool:
    """How large a file is, for people (odoo/tools/misc.py, human_size); or none."""
    return value is False or (
        isinstance(value, str) and bool(re.fullmatch(r"\d+(\.\d+)? ([KMGTP]b|bytes)", value))
    )


_DRAWN = ("avatar_1920", "avatar_1024", "avatar_512", "avatar_256", "avatar_128")
_FIELDS = (
    *(
        VolatileField("*", name, "a picture that Odoo draws in a random color", is_size)
        for name in _DRAWN
    ),
    VolatileField("*", "write_date", "the time of the last change", is_moment),
    VolatileField("*", "create_date", "the creation time", is_moment),
    VolatileField("*", "__last_update", "the time of the last change", is_moment),
    VolatileField("*", "last_seen", "the time of a visit", is_moment),
    VolatileField("*", "login_date", "the time of a login", is_moment),
    VolatileField("*", "duration_tracking", "the time spent in each stage", is_object),
    VolatileField("*", "im_status", "whether somebody is there now", is_text),
    VolatileField("*", "activity_state", "it depends on the day", is_state),
    VolatileField("*", "my_activity_date_deadline", "it depends on the day", is_moment),
    VolatileField("*", "message_needaction_counter", "messages that were read since", is_count),
    VolatileField("*", "access_token", "generated for each record", is_text),
    VolatileField("*", "expected_date", "computed from the current time", is_moment),
    VolatileField(
        "res.users", "device_ids", "the devices logged in, the current one first", is_list
    ),
)


def volatile_field(model: str, name: str) -> VolatileField | None:
    """The entry for a field of a model; None for a field that is not volatile."""
    for volatile in _FIELDS:
        if volatile.model in ("*", model) and volatile.field == name:
            return volatile
    return None
