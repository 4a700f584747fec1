"""Checks whether a long JSON text has a secret's name among its words; most hints are only parts of an image."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeAlias

from har2rpc.odoo.packed_texts import packed_texts_in
from har2rpc.odoo.secret_fields import is_secret_field, names_of_models
from har2rpc.odoo.secret_hints import HINTS, MODELS, may_hold_secrets, opens_other_records
from har2rpc.odoo.secret_literals import literal_spans
from har2rpc.odoo.secret_texts import spans_in
from har2rpc.odoo.secret_values import mask_text, mask_value

LONG = 8_192
"""Characters of a text that is looked through for its words before its values are."""
_MOST = 100_000  # words that are remembered
_NEAR = 256  # bytes
_WORD = re.compile(
    r"""["']([^\W\d][\w.-]{1,63}+)(?=\\*+["'])|(?<![\w-])([^\W\d][\w-]{1,63}+)(?=\s?[:=])"""
)
_LETTERS = re.compile(rb"[\w.\x80-\xff-]{0,64}+")
_BEHIND_A_NAME = re.compile(rb"\\*+[\"']|\s?[:=]")
_LABEL = re.compile(rb"[A-Z][\w\x80-\xff/-]*+(?: [\w\x80-\xff/-]++){1,4}+")
_BEFORE_A_NAME = (b'"', b"'", b"/")
# "login;password\\nu1;x"
_HEADING_END = re.compile(rb" ?[,;|]|\\\\*+[nrt]")
_BEFORE_A_HEADING = (b'"', b",", b";", b"|", b"t", b" ")
NAMES = tuple(
    name.encode()
    for name in sorted(names_of_models())
    if not any(hint in name.encode() for hint in HINTS)
)
"""Secrets of one model whose names hold no hint."""
FindHints: TypeAlias = Callable[[bytes], Iterable[int]]
# Of a request in a text: what stands under these is asked again where it stands.
_HEADERS = frozenset(
    {"cookie", "set-cookie", "authorization", "auth", "basic_auth", "basicauth", "http_auth"}
)
_PROBE = "probe-0123456789-abcdefgh"  # as opaque as a session
_API_KEY = re.compile(r'"[0-9a-f]{40}(?=\\*")')
_HIDDEN_LETTER = re.compile(r"\\u00[2-7]")  # "p\u0061ssword"
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ACCENT = re.compile(r"\\u00([c-fC-F][0-9a-fA-F])")


def is_worth_walking(text: str, model: str) -> bool:
    """Whether the values of a text of JSON may hold a secret: of most long answers none does, and that is told faster."""
    if not may_hold_secrets(text, model):
        return False
    if len(text) < LONG or _API_KEY.search(text) or _HIDDEN_LETTER.search(text):
        return True
    return bool(spans_in(text)) or has_secret_word(model, text)


def has_secret_word(model: str, text: str, find_hints: FindHints | None = None) -> bool:
    """Whether anything is masked under any word of a text that belongs to this model.

    `find_hints` gives where any of HINTS and NAMES stands in bytes, faster than they are looked for one by one.
    """
    harmless = _harmless_words(model)
    if "\\u00" in text:
        text = _ACCENT.sub(lambda escape: chr(int(escape[1], 16)), text)
    data = text.encode("utf-8", "surrogatepass")
    hints = list((find_hints or _hints_in)(data.lower()))
    if any(literal_spans(window) for window in _around_hints(data, hints)):
        return True
    if any(mask_text(file) != file for file in packed_texts_in(text)):
        return True
    if model in MODELS:
        words = {word for pair in _WORD.findall(text) for word in pair}
    else:
        words = set(_telling_words(data, hints))
    words -= harmless
    if any(word.lower() in _HEADERS for word in words):
        return True
    if opens_other_records(data) or ("hash" in words and "pid" in text) or "sha_in" in words:
        return True
    for of_model in {model, "?"} if words else ():
        probe = dict.fromkeys(words, _PROBE)
        if mask_value(probe, of_model) != probe:
            return True
    if len(harmless) < _MOST:
        harmless |= words
    return False


def has_assigned_secret(text: str, find_hints: FindHints | None = None) -> bool:
    """Whether something is assigned to a secret's name in the code of an answer that describes fields and views."""
    data = text.encode("utf-8", "surrogatepass")
    done = 0
    for at in (find_hints or _hints_in)(data.lower()):
        before, behind = _LETTERS.match(data[max(0, at - 64) : at][::-1]), _LETTERS.match(data, at)
        assert before and behind, "both may be empty"
        if at < done:
            continue
        start, done = at - before.end(), behind.end()
        if is_secret_field(
            "?", str(data[start:done], "utf-8", "replace").strip("-.")
        ) and literal_spans(_as_read(data[max(0, start - _NEAR) : done + _NEAR])):
            return True
    return False


def _around_hints(data: bytes, hints: Iterable[int]) -> Iterator[str]:
    """What stands around each hint, as it is read: what is written with a name stands close to it."""
    start = end = 0
    for at in hints:
        if at - _NEAR > end:
            if end:
                yield _as_read(data[start:end])
            start = max(0, at - _NEAR)
        end = at + _NEAR
    if end:
        yield _as_read(data[start:end])


def _as_read(data: bytes) -> str:
    text = str(data, "utf-8", "replace").replace("\\n", "\n").replace("\\r", "")
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text).replace("\\", "")


def _telling_words(data: bytes, hints: Iterable[int]) -> Iterator[str]:
    """The words that hold a hint and stand where names do: in quotes, or before a colon or an equals sign."""
    done = 0
    for at in hints:
        if at < done:
            continue
        before, behind = _LETTERS.match(data[max(0, at - 64) : at][::-1]), _LETTERS.match(data, at)
        assert before and behind, "both may be empty"
        start, done = at - before.end(), behind.end()
        sign = _BEHIND_A_NAME.match(data, done)
        if sign and (sign[0][-1:] in b":=" or data[max(0, start - 1) : start] in _BEFORE_A_NAME):
            word = str(data[start:done], "utf-8", "replace").lstrip("-.")
            yield word
            if data[max(0, start - 1) : start] == b"\\":  # "\npassword: x"
                yield word[1:]
        elif (
            _HEADING_END.match(data, done) and data[max(0, start - 1) : start] in _BEFORE_A_HEADING
        ):
            yield str(data[start:done], "utf-8", "replace")
        elif label := _label_around(data, start, done):
            yield label


def _label_around(data: bytes, start: int, end: int) -> str:
    """What stands in quotes around a word, as labels do: "API Key"; empty for a sentence."""
    first = data.rfind(b'"', max(0, start - 40), start) + 1
    last = data.find(b'"', end, end + 40)
    label = data[first:last].rstrip(b"\\") if first and last > 0 else b""
    return str(label, "utf-8", "replace") if _LABEL.fullmatch(label) else ""


def _hints_in(data: bytes) -> Iterable[int]:
    """Where hints and names stand, in order. Most stand nowhere, which what differs between the quotes tells sooner."""
    pieces = b'"'.join([b"", *set(data.split(b'"')), b""])
    there = [word for word in (*HINTS, *NAMES) if word in pieces]
    return sorted({at for word in there for at in places_of(word, data)})


def places_of(word: bytes, data: bytes) -> Iterator[int]:
    """Where a word stands in bytes."""
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + len(word))


@cache
def _harmless_words(model: str) -> set[str]:
    return set()
