"""The sentences on what was damaged or lost, with entry and byte offset."""

from __future__ import annotations

from har2rpc.reading.callbacks import ReportDamage
from har2rpc.reading.files.document import Document


class DamageReport:
    """The damage of one document: `contacts.har#5: damaged (byte 4070 to 5131); left out`."""

    def __init__(self, document: Document, report_damage: ReportDamage) -> None:
        self._name, self._report = document.name, report_damage
        self._unit = " of the unpacked text" if document.unpacked else ""

    def not_an_entry(self, number: int, reason: str, start: int, end: int) -> None:
        """A whole value that is not an entry that can be used."""
        self._report(f"{self._name}#{number}: {reason} {self._bytes(start, end)}; left out")

    def damaged(self, first: int, last: int, start: int, end: int, rest: str = "left out") -> None:
        """Entries that cannot be read, or only in part."""
        entries = f"#{first}" if first >= last else f"#{first} to #{last}"
        self._report(f"{self._name}{entries}: damaged {self._bytes(start, end)}; {rest}")

    def passed_over(self, start: int, end: int) -> None:
        """Bytes between or behind the entries that belong to none."""
        count = f"{end - start} bytes skipped that are not an entry"
        self._report(f"{self._name}: {count} {self._bytes(start, end)}")

    def cut(self, at: int, number: int, whole: int, inside: bool) -> None:
        """The document ends before its entries do."""
        where = f"cut at byte {at}{self._unit}"
        if inside:
            kept = f"the {whole} whole entries before it were read"
            self._report(f"{self._name}: {where}, inside entry {number}; {kept}")
        else:
            after = f"after entry {number}" if number else "before the first entry"
            self._report(f"{self._name}: {where}, {after}")

    def _bytes(self, start: int, end: int) -> str:
        return f"(byte {start} to {end}{self._unit})"
