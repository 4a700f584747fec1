"""Replaces secrets in Odoo's JSON values: those that the rules mask, and those with a secret's shape.

The rules (`odoo/secret_values.py`, `odoo/secret_methods.py`) mask a copy of the value; where it differs from the value,
there is a secret. So every improvement of the rules (fields, models, domains, columns) applies to redaction as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from har2rpc.model import Json
from har2rpc.odoo.packed_texts import pack, packed_text
from har2rpc.odoo.secret_fields import MASK
from har2rpc.odoo.secret_texts import Span, is_checksum
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.shapes import file_spans, looks_random, spans_in, spans_in_value
from har2rpc.redacting.tags import TAG

_KINDS = {
    "password": re.compile(r"pass|pwd|pin$|credential", re.IGNORECASE),
    "session": re.compile(r"session|sid$", re.IGNORECASE),
    "token": re.compile(r"token|otp", re.IGNORECASE),
    "API key": re.compile(r"key", re.IGNORECASE),
}


def kind_of(name: str) -> str:
    """What a field, header or parameter of this name holds."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(name)), "secret")


def redact_value(value: Json, mask: Callable[[Json], Json], findings: Findings, place: str) -> Json:
    """The value with its secrets replaced; the shape stays. `mask` gives it with `***` where its place tells one.

    Raises RecursionError for what is nested too deep.
    """
    blank = _without_shapes(value, "")
    return _Merge(findings, place).merged(value, blank, mask(blank), "")


def redact_text(text: str, findings: Findings, place: str, *, strong_alone: bool = False) -> str:
    """A text with the secrets replaced that are known by their shape."""
    return replace_spans(text, spans_in(text, strong_alone=strong_alone), findings, place)


def replace_spans(text: str, spans: Sequence[Span], findings: Findings, place: str) -> str:
    """A text with tags in place of these secrets."""
    if not spans:
        return text
    pieces, done = [], 0
    for start, end, kind in spans:
        pieces += [text[done:start], findings.replace(text[start:end], kind, place)]
        done = end
    return "".join([*pieces, text[done:]])


def _without_shapes(value: Json, key: str) -> Json:
    """The value without what its shape tells: so the rules mask a whole text only where its place tells so."""
    if isinstance(value, str):
        for start, end, _ in reversed(spans_in_value(value, key)):
            value = value[:start] + value[end:]
        return TAG.sub("", value) if "redacted-" in value else value
    if isinstance(value, dict):
        return {name: _without_shapes(item, _key_under(key, name)) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_shapes(item, key) for item in value]
    return value


def _key_under(key: str, name: str) -> str:
    """The name that tells what a value is; `cache_hashes` tells it of all that is in it."""
    return key if "hash" in key else name


class _Merge:
    """Goes through a value, what it is without shapes, and what the rules made of that, side by side."""

    def __init__(self, findings: Findings, place: str) -> None:
        self._findings, self._place = findings, place

    def merged(self, value: Json, blank: Json, mask: Json, key: str) -> Json:
        """The value with tags where secrets stood. `key` is the name that it stands under."""
        if isinstance(value, dict) and isinstance(mask, dict) and len(value) == len(mask):
            return dict(self._merged_items(value, blank, mask, key))
        if isinstance(value, list) and isinstance(mask, list) and len(value) == len(mask):
            return [self.merged(*items, key) for items in zip(value, blank, mask, strict=True)]
        if isinstance(value, str):
            return self._merged_text(value, blank, mask, key)
        if mask == blank or mask is blank:
            return value
        return self._findings.replace_all(value, kind_of(key), self._place)

    def _merged_items(
        self, value: dict[str, Json], blank: dict[str, Json], mask: dict[str, Json], key: str
    ) -> Iterator[tuple[str, Json]]:
        for (name, item), (mask_name, mask_item) in zip(value.items(), mask.items(), strict=True):
            new_name = (
                name if name == mask_name else self._findings.replace(name, "key", self._place)
            )
            yield new_name, self.merged(item, blank[name], mask_item, _key_under(key, name))

    def _merged_text(self, text: str, blank: str, mask: Json, key: str) -> str:
        if mask != blank and mask != MASK and (file := packed_text(text)):
            return pack(replace_spans(file, file_spans(file), self._findings, self._place))
        if mask != blank and isinstance(mask, str) and mask.endswith(f":{MASK}"):
            name, _, secret = text.partition(":")
            return f"{name}:{self._findings.replace(secret, 'password', self._place)}"
        if mask == MASK and blank != MASK:
            return self._findings.replace(text, kind_of(key), self._place)
        if text != blank:
            spans = [span._replace(kind=kind_of(span.kind)) for span in spans_in_value(text, key)]
            return replace_spans(text, spans, self._findings, self._place)
        if looks_random(text) and not is_checksum(key):
            self._findings.doubt(f"looks random, under {key or 'no name'}", self._place)
        return text
