"""Redacts forms with files (multipart/form-data, RFC 7578): each part by its name, each file by its headings.

Exporters write such bodies as text, with the bytes of files as far as these are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from har2rpc.odoo.secret_texts import is_secret_parameter
from har2rpc.redacting.csv_columns import redact_columns
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import kind_of

_BOUNDARY = re.compile(r"(?:\r?\n)*+(--[^\r\n]{1,200}+)\r?\n")
_NAME = re.compile(r"""\bname=(?:"([^"\r\n]{1,128}+)"|([^\s;"]{1,128}+))""")
_FILE_NAME = re.compile(r"\bfilename\*?=")
_HEAD_END = re.compile(r"\r?\n\r?\n")
_LONGEST_HEAD = 8_192  # characters


class _Part(NamedTuple):
    name: str
    is_file: bool
    start: int
    end: int


def redact_parts(
    text: str, findings: Findings, place: str, redact_other: Callable[[str], str]
) -> str:
    """The body with tags for its secrets; `redact_other` is for what is neither a secret's part nor has headings."""
    pieces, done = [], 0
    for part in _parts(text):
        content = text[part.start : part.end]
        if is_secret_parameter(part.name) and not part.is_file:
            new_content = findings.replace(content, kind_of(part.name), place)
        else:
            new_content = redact_other(redact_columns(content, findings, place))
        pieces += [text[done : part.start], new_content]
        done = part.end
    return "".join([*pieces, text[done:]]) if pieces else redact_other(text)


def _parts(text: str) -> Iterator[_Part]:
    boundary = _BOUNDARY.match(text)
    at = boundary.end() if boundary else 0
    while boundary and at < len(text):
        stop = text.find(f"\n{boundary[1]}", at)
        end = len(text) if stop < 0 else stop - (text[stop - 1 : stop] == "\r")
        head = _HEAD_END.search(text, at, min(len(text), at + _LONGEST_HEAD))
        if head and head.start() <= end:
            header = text[at : head.start()]
            name = _NAME.search(header)
            label = (name[1] or name[2]) if name else ""
            yield _Part(label, bool(_FILE_NAME.search(header)), head.end(), max(head.end(), end))
        if stop < 0:
            return
        at = stop + 1 + len(boundary[1])
