"""The sentences on what was damaged or lost, with entry and byte offset."""

from __future__ import annotations

from collections.abc import Callable

from har2rpc.reading.files.document import Document


class Losses:
    """Tells of one document: `contacts.har#5: damaged (byte 4070 to 5131); left out`."""

    def __init__(self, document: Document, lost: Callable[[str], None]) -> None:
        self._name, self._lost = document.name, lost
        self._unit = " of the unpacked text" if document.unpacked else ""

    def entry(self, number: int, what: str, start: int, end: int) -> None:
        """An entry that is whole and no entry."""
        self._lost(f"{self._name}#{number}: {what} {self._bytes(start, end)}; left out")

    def damaged(self, first: int, last: int, start: int, end: int, rest: str = "left out") -> None:
        """Entries that cannot be read, or only in part."""
        entries = f"#{first}" if first >= last else f"#{first} to #{last}"
        self._lost(f"{self._name}{entries}: damaged {self._bytes(start, end)}; {rest}")

    def passed_over(self, start: int, end: int) -> None:
        """Bytes between or behind the entries that belong to none."""
        count = f"{end - start} bytes that are no entry passed over"
        self._lost(f"{self._name}: {count} {self._bytes(start, end)}")

    def cut(self, at: int, number: int, whole: int, inside: bool) -> None:
        """The document ends before its entries do."""
        where = f"cut at byte {at}{self._unit}"
        if inside:
            kept = f"the {whole} whole entries before it were read"
            self._lost(f"{self._name}: {where}, inside entry {number}; {kept}")
        else:
            place = f"after entry {number}" if number else "before the first entry"
            self._lost(f"{self._name}: {where}, {place}")

    def _bytes(self, start: int, end: int) -> str:
        return f"(byte {start} to {end}{self._unit})"
