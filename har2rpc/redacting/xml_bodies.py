"""Removes secrets from bodies of XML-RPC: those that would be masked in the same message in JSON, and those known by place.

Only the texts are changed; the rest of the XML stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape, unescape

from har2rpc.model import Json
from har2rpc.odoo import xml_messages
from har2rpc.odoo.secret_messages import Message, masked_reply, masked_request
from har2rpc.odoo.secret_names import is_secret_parameter_name
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import kind_of, redact_text, redact_value

_LONGEST = 4 << 20  # characters of a message that is parsed; of a longer one places and shapes tell
_XML_PARAMS = re.compile(r"(<param>\s*+<value>\s*+(?:<\w+>)?)([^<]*+)")
_XML_METHOD = re.compile(r"<methodName>\s*+(\w+)")
_XML_MEMBER = re.compile(
    r"(<name>\s*+([\w.]{1,64}+)\s*+</name>\s*+<value>\s*+(?:<string>)?)([^<]*+)"
)
_TEXT = re.compile(
    r"(?<=<value>)(\s*+<string>)?(?:(<!\[CDATA\[)((?:[^\]]|\](?!\]>))*+)\]\]>|([^<]*+))(?=</(?:string|value)>)"
)


def is_xml_rpc(text: str) -> bool:
    """Whether a body is a call or an answer of XML-RPC."""
    return "<methodCall>" in text[:4096] or "<methodResponse>" in text[:4096]


def message_of(path: str, text: str) -> Message:
    """What a call says of itself."""
    return Message.of(path, body_of(path, text, is_answer=False))


def redact_xml_rpc(
    text: str, message: Message, findings: Findings, place: str, *, is_answer: bool
) -> str:
    """The body with tags for its secrets."""
    text = _with_masked_texts(text, message, findings, place, is_answer=is_answer)
    return _by_place(text, findings, place)


def body_of(path: str, text: str, *, is_answer: bool) -> dict[str, Json] | None:
    """The JSON-RPC body that means the same; None for what is not XML-RPC, and for what is too long to be parsed."""
    if len(text) > _LONGEST:
        return None
    if is_answer:
        return xml_messages.answer_body(text)
    return xml_messages.request_body(text, path.rpartition("/")[2])


def _with_masked_texts(
    text: str, message: Message, findings: Findings, place: str, *, is_answer: bool
) -> str:
    """The texts that differ once they are redacted as JSON, in their order."""
    body = body_of(message.path, text, is_answer=is_answer)
    if body is None:
        return text
    mask = masked_reply if is_answer else masked_request
    try:
        new_body = redact_value(body, partial(mask, message), findings, place)
    except RecursionError:
        return text
    return with_new_texts(text, body, new_body)


def with_new_texts(text: str, body: Json, new_body: Json) -> str:
    """The XML of a message whose JSON body is another now, of the same shape."""
    texts = zip(_texts_in(_values_of(body)), _texts_in(_values_of(new_body)), strict=True)
    pairs = [pair for pair in texts if pair[0]]
    if all(old == new for old, new in pairs):
        return text
    rest = iter([*pairs, ("", "")])
    old, new = next(rest)

    def replace(match: re.Match[str]) -> str:
        nonlocal old, new
        content = match[3] if match[2] else unescape(match[4])
        if not old or content != old:
            return match[0]
        start, end = (match[1] or "") + (match[2] or ""), "]]>" if match[2] else ""
        changed = match[0] if old == new else f"{start}{new if match[2] else escape(new)}{end}"
        old, new = next(rest)
        return changed

    return _TEXT.sub(replace, text)


def _values_of(body: Json) -> Json:
    """What stands in the XML of a message."""
    return body["params"]["args"] if "params" in body else body.get("result")


def _texts_in(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(item)


def _by_place(text: str, findings: Findings, place: str) -> str:
    """A call of /xmlrpc: the third parameter is a credential, the first one of `db`; members by their names."""
    method = _XML_METHOD.search(text)
    is_call = method and method[1] in ("execute", "execute_kw", "login", "authenticate")
    secret_place = 2 if is_call else 0 if method else None  # of an answer none
    number = -1

    def new_param(param: re.Match[str]) -> str:
        nonlocal number
        number += 1
        if number != secret_place or not param[2].strip():
            return param[0]
        return param[1] + findings.replace(unescape(param[2]).strip(), "password", place)

    def new_member(member: re.Match[str]) -> str:
        if not is_secret_parameter_name(member[2]):
            return member[0]
        return member[1] + findings.replace(unescape(member[3]).strip(), kind_of(member[2]), place)

    return redact_text(
        _XML_MEMBER.sub(new_member, _XML_PARAMS.sub(new_param, text)), findings, place
    )
