"""Reads posted forms: urlencoded, or multipart with files (RFC 7578)."""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import parse_qsl

from har2rpc.model import Json, PostedFile

_PARAMETER = re.compile(r'\b(name|filename)\*?="((?:[^"\\]|\\.)*)"')
_TYPE = re.compile(r"^content-type:\s*([\w.+/-]+)", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(r"--[^\s]{1,72}(?=\r?\n)")
_MOST_PARTS = 1_000  # of a form; nobody fills in more fields
_LONGEST_NAME = 255  # characters


class Form(NamedTuple):
    """The fields of a form as texts, by name, and its files without their content."""

    fields: dict[str, str]
    files: tuple[PostedFile, ...]
    has_parts: bool


def posted_form(body: str) -> Form:
    """The form that a body holds; an empty one if it is not a form."""
    if boundary := _BOUNDARY.match(body):
        return _with_parts(body, boundary[0])
    if "=" not in body[:1_000] or body[:1].isspace() or body[:1] in "{[<":
        return Form({}, (), has_parts=False)
    return Form(dict(parse_qsl(body, keep_blank_values=True)), (), has_parts=False)


def _with_parts(body: str, boundary: str) -> Form:
    fields: dict[str, str] = {}
    files: list[PostedFile] = []
    for part in body.split(boundary, _MOST_PARTS)[1:]:
        separator = "\r\n\r\n" if "\r\n\r\n" in part else "\n\n"
        head, _, content = part.partition(separator)
        named = dict(_PARAMETER.findall(head))
        name = named.get("name", "")[:_LONGEST_NAME]
        if "filename" in named:
            mimetype = _TYPE.search(head)
            file_name = named["filename"].replace('\\"', '"')[:_LONGEST_NAME]
            files.append(PostedFile(name, file_name, mimetype[1] if mimetype else ""))
        elif name:
            fields[name] = content.removesuffix("\n").removesuffix("\r")
    return Form(fields, tuple(files), has_parts=True)


def decoded_fields(fields: dict[str, str]) -> dict[str, Json]:
    """The fields, each that holds a JSON object or list decoded."""
    return {name: _decoded(text) for name, text in fields.items()}


def _decoded(text: str) -> Json:
    if text[:1] not in ("{", "["):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
