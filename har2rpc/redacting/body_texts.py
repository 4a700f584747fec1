"""Removes secrets from the text of a body: JSON, forms, XML-RPC, pages, and any other text."""

from __future__ import annotations

import json
import re
from functools import partial
from urllib.parse import unquote_plus

from har2rpc.model import Json
from har2rpc.model.values import is_nested_deeper
from har2rpc.odoo import secret_hints
from har2rpc.odoo.secret_literals import literal_spans, unescaped
from har2rpc.odoo.secret_messages import Message, masked_reply, masked_request
from har2rpc.odoo.secret_texts import is_secret_parameter
from har2rpc.odoo.secret_words import has_assigned_secret, has_secret_word
from har2rpc.redacting.csv_columns import redact_columns
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import kind_of, redact_text, redact_value
from har2rpc.redacting.layout_style import Style
from har2rpc.redacting.multipart import redact_parts
from har2rpc.redacting.shapes import anchors, find_hints, may_hint, spans_in, without_tags
from har2rpc.redacting.tags import is_redacted
from har2rpc.redacting.xml_bodies import is_xml_rpc, redact_xml_rpc

_DEEPEST = 150  # levels of JSON that are walked; deeper text is redacted by its words alone
_LARGEST_TREE = 16 << 20  # characters: of more, the values would take a multiple of the memory

_FORM = re.compile(r"[\w.%\[\]+-]{1,128}=[^\s<>{}]*+(?:&[^\s<>{}]*+)*+\s*", re.ASCII)
_PAIR = re.compile(r"([^&=]*+)=([^&]*+)")
# The quote that opens a string, in JSON in JSON as well: \\"
_ESCAPES = re.compile(r"""(\\*)["']\Z""")
_API_KEY_HERE = re.compile(r'"[0-9a-f]{40}(?=\\*")')
_API_KEY_IN_BYTES = re.compile(rb'"[0-9a-f]{40}(?=\\*")')
_HIDING_IN_BYTES = re.compile(rb"\\u00(?:[2-7]|[c-fC-F])")
# A key or value that hides behind escapes of plain letters: "p\u0061ssword".
_HIDING = re.compile(r"\\u00[2-7]")


class _Repeating(dict[str, Json]):
    """An object with a duplicate key: the value that JSON readers drop must not stay in the text."""


def _as_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    return value if len(value) == len(pairs) else _Repeating(value)


_decoder = json.JSONDecoder(strict=False, object_pairs_hook=_as_object)


def redact_body(
    text: str, message: Message, findings: Findings, place: str, *, is_answer: bool
) -> str | None:
    """The text without its secrets; None where there are none."""
    start = text[:64].lstrip("\ufeff \t\r\n")[:1]
    if start == '"' and is_answer and message.has_secret(is_answer=True):  # of JSON-2
        return _redact_json(text, message, findings, place, is_answer) or None
    if start in ("{", "["):
        if not _is_worth_walking(text, message, is_answer):
            return None
        if len(text) <= _LARGEST_TREE:
            new_text = _redact_json(text, message, findings, place, is_answer)
            if new_text is not None:
                return new_text or None
    before = findings.changes
    if is_xml_rpc(text):
        new_text = redact_xml_rpc(text, message, findings, place, is_answer=is_answer)
    elif not is_answer and _FORM.fullmatch(text):
        new_text = redact_form(text, findings, place)
    elif not is_answer and 'name="' in text and "Content-Disposition" in text:
        new_text = redact_parts(
            text, findings, place, partial(_redact_part, message, findings, place)
        )
    else:
        new_text = redact_words(redact_columns(text, findings, place), findings, place)
    return new_text if findings.changes > before else None


def json_value(text: str) -> Json:
    """The value of a JSON text; None if it is not JSON, or nested deeper than is walked."""
    if not text or len(text) > _LARGEST_TREE:
        return None
    try:
        value = _decoder.decode(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    return None if is_nested_deeper(value, _DEEPEST, text) else value


def redact_form(text: str, findings: Findings, place: str) -> str:
    """`name=value&…`, of which values stay as they are encoded."""

    def new_pair(pair: re.Match[str]) -> str:
        name, value = unquote_plus(pair[1]), unquote_plus(pair[2])
        if is_secret_parameter(name, text) and not is_redacted(value):
            return f"{pair[1]}={findings.replace(value, kind_of(name), place)}"
        new_value = redact_text(value, findings, place)
        if new_value == value and value[:1] in "{[" and value:
            new_value = redact_words(value, findings, place)
        if new_value == value:
            return pair[0]
        from urllib.parse import quote_plus

        return f"{pair[1]}={quote_plus(new_value)}"

    return _PAIR.sub(new_pair, text)


def redact_words(text: str, findings: Findings, place: str) -> str:
    """Redacts a page or any other text: values assigned to a secret's name, and texts with a secret's shape."""
    text = redact_text(text, findings, place)
    pieces, done = [], 0
    for start, end, name in without_tags(text, literal_spans(text)):
        escapes = _ESCAPES.search(text, max(0, start - 5), start)
        plain = unescaped(text[start:end], len(escapes[1]) if escapes else 0)
        pieces += [text[done:start], findings.replace(plain, kind_of(name), place)]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def may_hold_secrets(data: bytes | memoryview, message: Message, *, is_answer: bool) -> bool:
    """Whether the bytes of a long text, escaped as they stand in the HAR, are worth decoding."""
    if message.has_secret(is_answer=is_answer):
        return True
    return (
        message.model in secret_hints.MODELS
        or anchors().stand_in(data)
        or secret_hints.opens_other_records(bytes(data))
        or may_hint(data)
        or bool(_API_KEY_IN_BYTES.search(data))
        or bool(_HIDING_IN_BYTES.search(data))
    )


def _is_worth_walking(text: str, message: Message, is_answer: bool) -> bool:
    """Whether a JSON text can hold a secret at all: most hold none, and need not be parsed."""
    if message.has_secret(is_answer=is_answer):
        return True
    if _API_KEY_HERE.search(text) or _HIDING.search(text) or spans_in(text):
        return True
    if is_answer and message.is_description:
        return has_assigned_secret(text, find_hints)
    return has_secret_word(message.model, text, find_hints)


def _redact_json(
    text: str, message: Message, findings: Findings, place: str, is_answer: bool
) -> str | None:
    """The new text, "" where nothing changed, None where it is not JSON that can be walked."""
    value = json_value(text)
    if value is None:
        return None
    before = findings.changes
    mask = masked_reply if is_answer else masked_request
    try:
        new_value = redact_value(value, partial(mask, message), findings, place)
    except RecursionError:
        return None
    if findings.changes == before and not _repeats_a_key(value):
        return ""
    return Style.of(text).text(new_value)


def _repeats_a_key(value: Json) -> bool:
    if isinstance(value, _Repeating):
        return True
    if isinstance(value, dict):
        return any(map(_repeats_a_key, value.values()))
    return isinstance(value, list) and any(map(_repeats_a_key, value))


def _redact_part(message: Message, findings: Findings, place: str, text: str) -> str:
    """The value of a form: JSON, or words."""
    if text[:1] in ("{", "["):
        new_text = redact_body(text, Message(message.path), findings, place, is_answer=False)
        return text if new_text is None else new_text
    return redact_words(text, findings, place)
