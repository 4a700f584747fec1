"""Which leaves of a live answer need not be those of the recording: model, field and reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """A leaf that may differ; where it is equal all the same it counts as compared."""

    model: str
    """The called model; `*` for all."""
    field: str
    """The end of the leaf's path; with a dot behind it, a step on the way to it; `a[*].b`: b of each of a."""
    reason: str
    form: Callable[[Any], bool] | None = None
    """What it must be at least: then it counts as compared, by its form alone."""


def is_date(value: Any) -> bool:
    """A date, with or without a time, or none."""
    return value is False or bool(
        isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?", value)
    )


def is_size(value: Any) -> bool:
    """What bin_size answers for a file."""
    return isinstance(value, str) and value.endswith((" bytes", " Kb"))


def is_text(value: Any) -> bool:
    """A file as base64."""
    return isinstance(value, str) and bool(value)


def is_state(value: Any) -> bool:
    """When an activity is due."""
    return value in (False, "overdue", "today", "planned")


def is_count(value: Any) -> bool:
    """How many there are."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_switch(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


RULES = [
    Rule("*", ".arch", "the samples were slimmed of view architectures"),
    Rule("*", ".write_date", "the time of the replay, or of building the database", is_date),
    Rule("*", ".create_date", "the time of the replay, or of building the database", is_date),
    Rule("*", ".calendar_last_notif_ack", "now, when the record was made", is_date),
    Rule("*", ".date_last_stage_update", "the time of the replay", is_date),
    Rule("crm.lead", ".date_open", "the time of the replay", is_date),
    Rule("project.task", ".date_assign", "the time of the replay", is_date),
    Rule("mail.message", ".date", "the time of the replay", is_date),
    Rule("mail.message", ".message_id", "made of the time and of chance", is_text),
    Rule("*", ".access_token", "made of chance, once for each record", is_text),
    Rule("*", ".activity_state", "it depends on the day", is_state),
    Rule("*", ".activity_date_deadline", "demo data: relative to its building", is_date),
    Rule("sale.order", ".date_order", "now, or relative to the building", is_date),
    Rule("sale.order", ".expected_date", "computed from the current time", is_date),
    Rule("sale.order", ".validity_date", "thirty days from now", is_date),
    *(
        Rule("account.move", f".{name}", "the day of the replay, or reckoned from it", is_date)
        for name in ("date", "invoice_date", "invoice_date_due", "delivery_date")
    ),
    Rule("crm.lead", ".duration_tracking.", "seconds in a stage, until now", is_count),
    Rule("crm.lead", ".date_deadline", "demo data: relative to its building", is_date),
    Rule(
        "crm.lead", ".overdue", "activities, by when they are due: it depends on the day", is_count
    ),
    Rule("crm.lead", ".today", "activities, by when they are due: it depends on the day", is_count),
    Rule(
        "crm.lead", ".planned", "activities, by when they are due: it depends on the day", is_count
    ),
    Rule("res.users", ".image_1920", "drawn anew each time, in a colour of chance", is_text),
    Rule("res.partner", ".avatar_128", "its colour is made from the time of creation", is_size),
    Rule(
        "res.users", ".is_current.sortable", "only for a browser's session there is a current one"
    ),
    *(
        Rule("res.users", f".device_ids[*].{name}", "the browser's own device stands first", form)
        for name, form in (("id", is_count), ("is_current", is_switch), ("last_activity", is_date))
    ),
]


def rule_for(model: str, path: str) -> Rule | None:
    """The rule for a leaf that differs, if there is one."""
    return next((rule for rule in RULES if _holds(rule, model, path)), None)


def _holds(rule: Rule, model: str, path: str) -> bool:
    if rule.model not in ("*", model):
        return False
    holder, each, field = rule.field.partition("[*]")
    if each:
        return f"{holder}[" in path and path.endswith(field)
    return path.endswith(rule.field) or (rule.field.endswith(".") and rule.field in path)
