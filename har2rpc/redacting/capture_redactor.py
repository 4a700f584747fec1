"""Two passes over the raw entries: the first collects the secrets, the second writes every entry without them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from har2rpc.model import Json, Where
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.har_entries import Attachment, EntryRedactor, Parts, no_attachment
from har2rpc.redacting.layout_style import Style
from har2rpc.redacting.long_texts import LongTexts, encoded
from har2rpc.redacting.plain_pieces import plain_pieces
from har2rpc.redacting.pseudonyms import Pseudonyms
from har2rpc.redacting.repetition import Bytes, Repetition
from har2rpc.redacting.slimming import slim_entry
from har2rpc.redacting.spellings import is_looked_for, looks_like_a_name

SAME, DAMAGED = 0, 255
"""Marks of entries: nothing to change, nothing to keep. Any other says which parts there are to change."""
_NEW = 16
_SMALL = 1 << 20  # bytes: of less it is faster to search the whole
_ENTRY_LEVEL = 3  # {"log": {"entries": [


class CaptureRedactor:
    """Collects (`collect`, of all files), then writes (`entry_parts`, `around`).

    What is written was decoded and gone through: of damaged entries nothing is kept. `nonce` marks the places of long
    texts while an entry is rewritten, and must stand in no capture.
    """

    def __init__(self, findings: Findings, nonce: str, *, slim: bool = False) -> None:
        self.findings = findings
        self._nonce, self._is_slim = nonce, slim
        self._repetition: Repetition | None = None
        self.pseudonyms: Pseudonyms | None = None

    def collect(self, where: Where, piece: bytes, files: Attachment) -> int:
        """Collects the secrets of one entry; returns its mark, for `entry_parts`."""
        self.findings.where = str(where)
        entry, texts, repeats = self._decode(piece)
        if entry is None:
            return DAMAGED
        try:
            changed = EntryRedactor(self.findings, files).redact(entry, texts, Parts())
        except RecursionError:
            return DAMAGED
        bits = sum(is_changed << n for n, is_changed in enumerate(changed))
        return bits | _NEW if bits or repeats else SAME

    def collect_around(self, log: Json) -> None:
        """Collects the secrets in the text around the entries."""
        EntryRedactor(self.findings, no_attachment).redact_around(log)

    def finish_collecting(self, secrets: Mapping[str, str], harmless: Collection[str]) -> None:
        """Ends the collection: all secrets are known. `harmless` are the capture's own names (see `Repetition`)."""
        self.findings.is_counting = False
        self._repetition = Repetition(self.findings, secrets, harmless)

    def entry_parts(
        self, mark: int, where: Where, piece: bytes, files: Attachment, style: Style
    ) -> Iterator[Bytes]:
        """The entry without its secrets, as bytes of JSON, piece by piece; as it stands in the file, if it had none.

        `mark` is what `collect` returned, and not that it is damaged.
        """
        assert self._repetition is not None, "finish_collecting comes first"
        self.findings.where = str(where)
        if mark == SAME and not self._is_slim and self.pseudonyms is None:
            yield from self._checked(self._repetition, piece)
            return
        entry, texts, _ = self._decode(piece)
        assert entry is not None, "damaged entries are left out"
        redactor = EntryRedactor(self.findings, files)
        redactor.packed_text = self._repetition.replaced_text
        redactor.packed_bytes = self._repetition.count_in_binary
        redactor.redact(
            entry, texts, Parts(*(bool(mark & 1 << n) for n in range(len(Parts._fields))))
        )
        if self._is_slim:
            slim_entry(entry, texts)
        if self.pseudonyms is not None:
            self.pseudonyms.change(entry, texts, self.findings)
        written = texts.parts(style.text(entry, _ENTRY_LEVEL))
        for part in [b"".join(written)] if len(piece) < _SMALL else written:
            yield from self._checked(self._repetition, part)

    def around(self, log: Json, style: Style) -> tuple[bytes, bytes]:
        """The bytes before and behind the entries, from the document with `entries` empty."""
        assert self._repetition is not None, "finish_collecting comes first"
        EntryRedactor(self.findings, no_attachment).redact_around(log)
        mark = f"har2rpc-entries-{self._nonce}"
        log["log"]["entries"] = [mark]
        data = b"".join(self._checked(self._repetition, encoded(style.text(log))))
        before, _, behind = data.partition(f'"{mark}"'.encode())
        return before, behind

    def _checked(self, repetition: Repetition, part: Bytes) -> Iterator[Bytes]:
        for piece in repetition.replaced(part):
            repetition.count_doubts(piece, "elsewhere")
            yield piece

    def _decode(self, piece: bytes) -> tuple[dict[str, Json] | None, LongTexts, bool]:
        """The entry with placeholders for its long texts, these, and whether it has to be rewritten in any case,
        because a key stands in it twice; None where it cannot be decoded."""
        texts = LongTexts(piece, self._nonce, plain_pieces(piece))
        repeating = 0

        def as_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
            nonlocal repeating
            value = dict(pairs)
            repeating += len(value) < len(pairs)
            return value

        try:
            text = str(texts.short_json, "utf-8", "replace")
            hook = as_object if self.findings.is_counting else None
            entry = json.loads(text, strict=False, object_pairs_hook=hook)
        except (ValueError, RecursionError):
            return None, texts, False
        return (entry if isinstance(entry, dict) else None), texts, repeating > 0


def names_among(secrets: Iterable[str]) -> re.Pattern[bytes] | None:
    """What finds those secrets as keys that look like the name of a field; None where none does."""
    names = [name for name in secrets if is_looked_for(name) and looks_like_a_name(name)]
    if not names:
        return None
    every = b"|".join(re.escape(name.encode()) for name in names)
    return re.compile(rb'"(' + every + rb')\\*"\s*+:')
