"""What is said above the code of a form's values: how many are sent, and whose the others were."""

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
            "Before Odoo 16 some of these are computed in the form alone: compare the record, "
            "or convert with --keep-all."
        )
    if creates and onchange.is_left_out(model, major):
        notes.append(
            "Up to Odoo 15 the form of an invoice cannot be asked from outside (its lines stand in two fields): "
            "compare the record."
        )
    if usual and not keep_all:
        notes += _usual_notes(usual)
    if clocks := [decision.name for decision in counted if decision.reason == CLOCK]:
        was = "was the time" if len(clocks) == 1 else "were times"
        notes.append(f"{english.listed(clocks)} {was} of the recording: Odoo sets its own.")
    return notes


def _usual_notes(usual: Sequence[Decision]) -> list[str]:
    """The comment on values that are sent as recorded because nobody knows whose they were."""
    names = english.listed(_once(decision.name for decision in usual), most=len(usual))
    notes = [
        "The file does not hold the opening of this form: what such forms fill in is sent as recorded, and may go "
        f"({names})."
    ]
    for source in _once(decision.follows for decision in usual if decision.follows):
        followers = _once(decision.name for decision in usual if decision.follows == source)
        notes.append(
            f"Sent only while {source} is the recorded one, to which "
            f"{'it belongs' if len(followers) == 1 else 'they belong'}: {english.listed(followers, most=len(followers))}."
        )
    return notes


def _count(
    total: int, others: Sequence[Decision], *, creates: bool, is_known: bool, sets_alone: bool
) -> str:
    kept, reasons = total - len(others), _reasons(others)
    why = " or ".join(reasons)
    by_odoo = ""
    if any(decision.becomes == "form" for decision in others):
        by_odoo = ", which a plain create or write may leave out"
    elif reasons != ["empty"] and sets_alone:
        by_odoo = ", which Odoo sets by itself"
    form = "the form's " if creates else ""
    if not kept:
        return f"Of {form}{total} values none was filled in by the user: they were {why}{by_odoo}."
    sent = "the one" if kept == 1 else f"the {kept}"
    filled_in = "the user filled in" if is_known else "were filled in"
    rest, was = ("one", "was") if len(others) == 1 else (str(len(others)), "were")
    return (
        f"Of {form}{total} values {sent} that {filled_in} {'is' if kept == 1 else 'are'} sent; "
        f"the other {rest} {was} {why}{by_odoo}."
    )


def _reasons(others: Sequence[Decision]) -> list[str]:
    """What the values that are not sent were, in the words of the note."""
    names: dict[str, list[str]] = {}
    for decision in others:
        is_set_later = decision.becomes == "form" and decision.origin == "computed"
        origin = "form" if is_set_later else decision.origin
        names.setdefault(origin, []).append(decision.name)
    reasons = ["empty"] if "empty" in names else []
    if "default" in names:
        word = "default" if len(others) == 1 else "defaults"
        reasons.append(f"the form's {word} ({english.listed(_once(names['default']))})")
    if "computed" in names:
        reasons.append(f"computed from the rest ({english.listed(_once(names['computed']))})")
    if "form" in names:
        fields = _once(names["form"])
        reasons.append(f"set by its onchange ({english.listed(fields, most=len(fields))})")
    return reasons


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
