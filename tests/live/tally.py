"""What was proved live: counted while the tests run, printed when they are through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from live.comparing import Comparison

WAYS = ("python", "python --verbatim", "locoia")


@dataclass
class Tally:
    """Numbers of a run; a way is one of `WAYS`."""

    calls: int = 0
    reads: int = 0
    executed: Counter[str] = field(default_factory=Counter)
    """By way: the reads that were run."""
    compared: Counter[str] = field(default_factory=Counter)
    """By way: the reads whose answer was compared with the recorded one."""
    leaves: int = 0
    leaves_compared: int = 0
    by_form: int = 0
    lowest: tuple[float, str] = (1.0, "")
    """The smallest share of compared leaves, and whose it was."""
    replayed: int = 0
    """Calls that change something, run so that the reads behind them find what they had found."""
    skipped: Counter[str] = field(default_factory=Counter)
    """By reason."""
    read_back: list[str] = field(default_factory=list)

    def count(self, what: str, way: str, made: Comparison) -> float:
        """Notes one comparison; gives the share of its leaves that were compared."""
        self.compared[way] += 1
        self.leaves += made.total
        self.leaves_compared += made.compared
        self.by_form += made.by_form
        share = made.compared / made.total if made.total else 1.0
        self.lowest = min(self.lowest, (share, f"{what}, {way}"))
        return share

    def lines(self) -> list[str]:
        """The summary."""
        share = self.leaves_compared / self.leaves if self.leaves else 0
        return [
            f"{self.calls} recorded calls of Odoo 19, {self.reads} of them reads",
            *(f"{way}: {self.executed[way]} run, {self.compared[way]} compared" for way in WAYS),
            f"leaves: {self.leaves_compared} of {self.leaves} compared ({share:.2%}), "
            f"{self.by_form} of them by their form alone (dates)",
            f"the lowest share of a call: {self.lowest[0]:.2%} {self.lowest[1]}",
            f"{self.replayed} changing calls replayed on a database just reset",
            *(f"skipped {number}: {reason}" for reason, number in self.skipped.most_common()),
            *(f"read back: {what}" for what in self.read_back),
        ]


TALLY = Tally()
