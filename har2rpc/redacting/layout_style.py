"""Detects the layout of JSON in a file, so that redacted JSON is written in the same style."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import msgspec

from har2rpc.model import Json

_INDENTED = re.compile(r"[{\[]\r?\n([ \t]+)[\"{\[]")
_SPACED = re.compile(r'\{\s*"[^"\\]*"\s*:( ?)')


@dataclass(frozen=True, slots=True)
class Style:
    """Of a document, or of a body in it."""

    indent: str | None = None
    """What a level is indented by; None where all stands on one line."""
    is_spaced: bool = False
    """Whether a space stands behind a comma and a colon."""
    is_ascii: bool = False
    """Whether other letters are escaped, as Odoo's server does."""

    @classmethod
    def of(cls, text: str) -> Style:
        """The style of a JSON text, by how it begins; letters by all of it."""
        indented, spaced = _INDENTED.match(text.lstrip()[:512]), _SPACED.search(text[:4096])
        return cls(
            indent=indented[1] if indented else None,
            is_spaced=bool(spaced and spaced[1]),
            is_ascii="\\u" in text and text.isascii(),
        )

    def _quickly(self, value: Json) -> str | None:
        """The text as msgspec writes it; None for what it cannot write (tabs, half an emoji, huge numbers)."""
        if self.indent is not None and self.indent.strip(" "):
            return None
        step = len(self.indent) if self.indent is not None else 0 if self.is_spaced else -1
        try:
            return str(msgspec.json.format(msgspec.json.encode(value), indent=step), "utf-8")
        except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError, TypeError):
            return None

    def text(self, value: Json, level: int = 0) -> str:
        """The JSON text of a value, as it stands on this level."""
        separators = (", ", ": ") if self.is_spaced else (",", ":")
        if not self.is_ascii and (text := self._quickly(value)) is not None:
            return text.replace("\n", "\n" + (self.indent or "") * level) if level else text
        if self.indent is not None:
            text = json.dumps(value, ensure_ascii=self.is_ascii, indent=self.indent)
            return text.replace("\n", "\n" + self.indent * level) if level else text
        return json.dumps(value, ensure_ascii=self.is_ascii, separators=separators)
