"""Which values of an answer change by themselves: a model, a field, the reason, and what they still must be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from har2rpc.model import Json


class Rule(NamedTuple):
    """A value that need not be the recorded one."""

    model: str
    """The called model; `*` for all."""
    field: str
    reason: str
    form: Callable[[Json], bool]
    """What it must be all the same; one that takes a list is asked for the list as a whole."""


def is_moment(value: Json) -> bool:
    """A date, with or without a time, or none."""
    if value is False:
        return True
    return isinstance(value, str) and bool(
        re.fullmatch(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d+)?)?", value)
    )


def is_state(value: Json) -> bool:
    """When an activity is due."""
    return value in (False, "overdue", "today", "planned")


def is_count(value: Json) -> bool:
    """How many there are."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_text(value: Json) -> bool:
    """Some text, or none."""
    return value is False or isinstance(value, str)


def is_list(value: Json) -> bool:
    """Records, or ids."""
    return isinstance(value, list)


RULES = (
    Rule("*", "write_date", "the time of the last change", is_moment),
    Rule("*", "create_date", "the time of its making", is_moment),
    Rule("*", "__last_update", "the time of the last change", is_moment),
    Rule("*", "last_seen", "the time of a visit", is_moment),
    Rule("*", "login_date", "the time of a login", is_moment),
    Rule("*", "activity_state", "it depends on the day", is_state),
    Rule("*", "my_activity_date_deadline", "it depends on the day", is_moment),
    Rule("*", "message_needaction_counter", "messages that were read since", is_count),
    Rule("*", "access_token", "made anew for each record", is_text),
    Rule("*", "expected_date", "computed from now", is_moment),
    Rule(
        "res.users", "device_ids", "the devices logged in, the one that asks being first", is_list
    ),
)


def rule_for(model: str, field: str) -> Rule | None:
    """The rule for a field, if it has one."""
    for rule in RULES:
        if rule.model in ("*", model) and rule.field == field:
            return rule
    return None
