"""What of a form's values is not sent, and why: it is said above the code."""

from __future__ import annotations

from dataclasses import dataclass, field

from har2rpc.odoo import english, versions


@dataclass(slots=True)
class LeftOut:
    """Counts the values of one form, its lines included."""

    is_known: bool = True
    """Whether the capture tells what the form had opened with, or what was typed."""
    total: int = 0
    kept: int = 0
    defaults: list[str] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    """What forms fill in by themselves: the opening of this one is not in the file."""
    large: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """What else is to be said of the values: one sentence each."""

    def notes(self, major: int | None, *, creates: bool, all_sent: bool) -> list[str]:
        """The sentences; `major` is Odoo's version, `all_sent` that nothing but large values was left out."""
        found = [] if all_sent or self.total == self.kept else [self._counted(creates)]
        if found and self.computed and versions.form_computes_alone(major):
            found.append(
                "Before Odoo 16 some of these are computed in the form alone: compare the record, "
                "or convert with --keep-all."
            )
        if self.unseen and not all_sent:
            found.append(
                f"The file does not hold the opening of this form; {english.listed(list(dict.fromkeys(self.unseen)))} "
                "may have been typed: --keep-all sends everything."
            )
        if self.large:
            names = english.listed(self.large)
            found.append(f"Left out for its size: {names}; add it as base64 text.")
        return [*found, *self.said]

    def _counted(self, creates: bool) -> str:
        others, why = self.total - self.kept, []
        if others > len(self.defaults) + len(self.computed) + len(self.unseen):
            why.append("empty")
        if self.defaults:
            names = list(dict.fromkeys(self.defaults))
            word = "default" if others == 1 else "defaults"
            why.append(f"the form's {word} ({english.listed(names)})")
        if self.unseen:
            why.append("what such forms fill in by themselves")
        if self.computed:
            why.append(
                f"computed from the rest ({english.listed(list(dict.fromkeys(self.computed)))})"
            )
        whose = "the form's " if creates else ""
        was = "was" if others == 1 else "were"
        if not self.kept:
            return (
                f"Of {whose}{self.total} values none was filled in by the user: they were "
                f"{' or '.join(why)}, which Odoo sets by itself."
            )
        sent = "the one" if self.kept == 1 else f"the {self.kept}"
        return (
            f"Of {whose}{self.total} values {sent} that {'the user filled in' if self.is_known else 'were filled in'} "
            f"{'is' if self.kept == 1 else 'are'} sent; the other {'one' if others == 1 else others} {was} "
            f"{' or '.join(why)}{'' if why == ['empty'] else ', which Odoo sets by itself'}."
        )
