"""Secrets in Odoo's own JSON values: what the table of secret places masks is tagged, and what has a secret's shape.

The table (`odoo/secret_fields.py`) is asked what it would mask; where its answer differs from the value, a secret stands.
So whatever it learns (fields, models, domains, columns) is redacted as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from har2rpc.model import Json
from har2rpc.odoo.secret_fields import MASK, masked
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.shapes import Span, is_api_key, looks_random, spans_in
from har2rpc.redacting.tags import TAG

# 40 hexadecimal digits under these names are checksums: of attachments, bundles and menus.
_CHECKSUM = re.compile(
    r"hash|checksum|sha|etag|digest|commit|revision|version|unique|translations|load_menus|qweb|fingerprint|uuid"
)
# Attributes of a field in the answers of get_views, load_views and fields_get (Odoo 12-19).
_DESCRIBING = frozenset(
    {"string", "name", "readonly", "searchable", "sortable", "store", "required", "relation"}
)
_LINK = re.compile(r"_(?:ids?|count)$")
_OPERATOR = re.compile(
    r"[=<>!]{1,2}|=?\??|(?:not )?(?:in|=?i?like|any!?)|child_of|parent_of", re.IGNORECASE
)
_KINDS = {
    "password": re.compile(r"pass|pwd|pin$|credential", re.IGNORECASE),
    "session": re.compile(r"session|sid$", re.IGNORECASE),
    "token": re.compile(r"token|otp", re.IGNORECASE),
    "API key": re.compile(r"key", re.IGNORECASE),
}


def kind_of(name: str) -> str:
    """What a field, header or parameter of this name holds."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(name)), "secret")


def redact_value(model: str, method: str, value: Json, findings: Findings, place: str) -> Json:
    """The value with its secrets replaced; the shape stays. Raises RecursionError for what is nested too deep."""
    blank = _without_shapes(value, "")
    return _Merge(findings, place).merged(value, blank, masked(model, method, blank), "")


def redact_text(text: str, findings: Findings, place: str, *, strong_alone: bool = False) -> str:
    """A text with the secrets replaced that are known by their shape."""
    spans = spans_in(text, strong_alone=strong_alone)
    if not spans:
        return text
    pieces, done = [], 0
    for start, end, kind in spans:
        pieces += [text[done:start], findings.replace(text[start:end], kind, place)]
        done = end
    return "".join([*pieces, text[done:]])


def _spans(text: str, key: str) -> Sequence[Span]:
    """The secrets that a text of this key holds by its shape."""
    if is_api_key(text) and not _CHECKSUM.search(key):
        return [Span(0, len(text), "API key")]
    return spans_in(text)


def _without_shapes(value: Json, key: str) -> Json:
    """The value without what its shape tells: so the table masks a whole text only where its place tells so."""
    if isinstance(value, str):
        for start, end, _ in reversed(_spans(value, key)):
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


def _is_list_of_names(value: list[Json], mask: list[Json], blank: list[Json]) -> bool:
    """Whether the table took three items for the leaf of a domain, though no operator stands in the middle."""
    if len(value) != 3 or mask[2] == blank[2] or mask[:2] != blank[:2]:
        return False
    return isinstance(value[0], str) and not (
        isinstance(value[1], str) and _OPERATOR.fullmatch(value[1])
    )


def _is_no_secret(name: str, value: Json) -> bool:
    """Whether a value is none, though its name tells so: what describes a field, the ids of records, a count."""
    if (
        isinstance(value, dict)
        and isinstance(value.get("type"), str)
        and _DESCRIBING & value.keys()
    ):
        return True
    return not isinstance(value, str) and bool(_LINK.search(name))


class _Merge:
    """Goes through a value, what it is without shapes, and what the table made of that, side by side."""

    def __init__(self, findings: Findings, place: str) -> None:
        self._findings, self._place = findings, place

    def merged(self, value: Json, blank: Json, mask: Json, key: str) -> Json:
        """The value with tags where secrets stood. `key` is the name that it stands under."""
        if isinstance(value, dict) and isinstance(mask, dict) and len(value) == len(mask):
            return dict(self._merged_items(value, blank, mask, key))
        if isinstance(value, list) and isinstance(mask, list) and len(value) == len(mask):
            if _is_list_of_names(value, mask, blank):
                mask = [*mask[:2], masked("", "", blank[2])]
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
            if mask_item != blank[name] and _is_no_secret(name, item):
                mask_item = masked("", "", blank[name])
            new_name = (
                name if name == mask_name else self._findings.replace(name, "key", self._place)
            )
            yield new_name, self.merged(item, blank[name], mask_item, _key_under(key, name))

    def _merged_text(self, text: str, blank: str, mask: Json, key: str) -> str:
        if mask == MASK and blank != MASK:
            return self._findings.replace(text, kind_of(key), self._place)
        if is_api_key(text) and not blank:
            return self._findings.replace(text, "API key", self._place)
        if mask != blank and isinstance(mask, str) and text == blank:
            return self._merged_parts(text, mask.split(MASK), key)
        new_text = text if text == blank else redact_text(text, self._findings, self._place)
        if new_text is text and looks_random(text) and not _CHECKSUM.search(key):
            self._findings.doubt(f"looks random, under {key or 'no name'}", self._place)
        return new_text

    def _merged_parts(self, text: str, kept: list[str], key: str) -> str:
        """A text of which the table kept these pieces, with a secret between each two of them."""
        if not text.startswith(kept[0]):
            return self._findings.replace(text, kind_of(key), self._place)
        pieces, at = [kept[0]], len(kept[0])
        for n, piece in enumerate(kept[1:], 1):
            is_last = n == len(kept) - 1
            stop = len(text) - len(piece) if is_last else text.find(piece, at) if piece else at
            if stop < at or not text.startswith(piece, stop):
                return self._findings.replace(text, kind_of(key), self._place)
            pieces += [self._findings.replace(text[at:stop], kind_of(key), self._place), piece]
            at = stop + len(piece)
        return "".join(pieces)
