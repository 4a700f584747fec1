"""Names that are given out once."""

from __future__ import annotations

from collections.abc import Iterable


class UniqueNames:
    """Gives each name out once: the second `partner` is `partner_2`."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def of(self, name: str) -> str:
        """This name, or name_2, name_3, … where it is taken."""
        unique, number = name, self._last.get(name, 1)
        while unique in self._taken:
            number += 1
            unique = f"{name}_{number}"
        self._taken.add(unique)
        self._last[name] = number  # of thousands that are alike none is counted from 1 again
        return unique
