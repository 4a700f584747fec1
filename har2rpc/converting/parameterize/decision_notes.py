"""Notes on a form's values, for the comment above the code: how many are sent, and where the others came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from har2rpc.converting.parameterize.decisions import CLOCK
from har2rpc.model import Decision
from har2rpc.odoo import english, versions
from har2rpc.odoo.schema import onchange


def summarize(
    decisions: Sequence[Decision],
    major: int | None,
    *,
    creates: bool,
    is_known: bool,
    keep_all: bool,
    model: str,
) -> list[str]:
    """The sentences on one form's decisions, its lines included.

    `major` is Odoo's version, `is_known` whether the capture has what the form opened with or what was typed, `keep_all`
    that nothing but large values was left out.
    """
    sets_alone = creates and onchange.is_same_by_create(model, major)
    counted = [decision for decision in decisions if decision.origin != "line"]
    others = [decision for decision in counted if decision.origin not in ("user", "form", "usual")]
    usual = sorted(  # the record's own come before those of its lines
        (decision for decision in counted if decision.origin == "usual"),
        key=lambda decision: decision.path.count("["),
    )
    computed = [
        decision.name
        for decision in others
        if decision.origin == "computed" and decision.becomes != "form"
    ]
    notes = []
    if others and not keep_all:
        sentence = _count(
            len(counted), others, creates=creates, is_known=is_known, sets_alone=sets_alone
        )
        notes.append(sentence)
    if notes and computed and versions.form_computes_alone(major):
        notes.append(
            "Before Odoo 16 only the form computes some of these: compare the record, "
            "or convert with --keep-all."
        )
    if creates and onchange.is_left_out(model, major):
        notes.append(
            "Up to Odoo 15 an invoice's onchange cannot be called through the API (its lines are in two fields): "
            "compare the record."
        )
    if usual and not keep_all:
        notes += _usual_notes(usual)
    if clocks := [decision.name for decision in counted if decision.reason == CLOCK]:
        verb = "held the time" if len(clocks) == 1 else "held times"
        notes.append(f"{english.listed(clocks)} {verb} of the recording; Odoo sets its own.")
    return notes


def _usual_notes(usual: Sequence[Decision]) -> list[str]:
    """The note on values that are sent as recorded because their origin is unknown."""
    names = english.listed(_once(decision.name for decision in usual), most=len(usual))
    notes = [
        "The capture does not contain the opening of this form. Values that such forms usually fill in are sent as "
        f"recorded; you may remove them: {names}."
    ]
    for source in _once(decision.follows for decision in usual if decision.follows):
        followers = _once(decision.name for decision in usual if decision.follows == source)
        notes.append(
            f"Sent only with the recorded {source}, to which "
            f"{'it belongs' if len(followers) == 1 else 'they belong'}: {english.listed(followers, most=len(followers))}."
        )
    return notes


def _count(
    total: int, others: Sequence[Decision], *, creates: bool, is_known: bool, sets_alone: bool
) -> str:
    kept, reasons = total - len(others), _reasons(others)
    it, was = ("it", "was") if len(others) == 1 else ("them", "were")
    why = f"{was} {_either(reasons)}"
    if any(decision.becomes == "form" for decision in others):
        why += f"; a plain create or write may leave {it} out"
    elif reasons != ["empty"] and sets_alone:
        why += f"; Odoo sets {it} itself"
    whose = "The form's" if creates else "The"
    if not kept:
        values = "value" if total == 1 else f"{total} values"
        return f"The user entered nothing. {whose} {values} {why}."
    entered = (
        "the user entered"
        if is_known
        else "that {} filled in".format("was" if kept == 1 else "were")
    )
    sent = f"value {entered} is" if kept == 1 else f"values {entered} are"
    rest = "other value" if len(others) == 1 else f"other {len(others)}"
    return f"Only the {sent} sent. {whose} {rest} {why}."


def _either(reasons: Sequence[str]) -> str:
    """`empty, defaults (name) or computed (total)`."""
    return " or ".join(filter(None, [", ".join(reasons[:-1]), reasons[-1]]))


def _reasons(others: Sequence[Decision]) -> list[str]:
    """The origin of the values that are not sent, in the words of the note."""
    names: dict[str, list[str]] = {}
    for decision in others:
        is_set_later = decision.becomes == "form" and decision.origin == "computed"
        origin = "form" if is_set_later else decision.origin
        names.setdefault(origin, []).append(decision.name)
    reasons = ["empty"] if "empty" in names else []
    if "default" in names:
        word = "a default" if len(others) == 1 else "defaults"
        reasons.append(f"{word} ({english.listed(_once(names['default']))})")
    if "computed" in names:
        reasons.append(f"computed ({english.listed(_once(names['computed']))})")
    if "form" in names:
        fields = _once(names["form"])
        reasons.append(f"set by an onchange ({english.listed(fields, most=len(fields))})")
    return reasons


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
