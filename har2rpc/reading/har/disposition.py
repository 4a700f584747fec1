"""The file name of an answer that is a file: the only part of any header that an exchange keeps."""

from __future__ import annotations

import re
from urllib.parse import unquote

from har2rpc.model import Json

_LONGEST = 255  # characters of a file's name
_LONGEST_HEADER = 4096
_NAMES = re.compile(
    r""";\s*(filename\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))""", re.IGNORECASE | re.DOTALL
)


def attachment_name(headers: Json) -> str | None:
    """The name that `Content-Disposition: attachment` gives (RFC 6266); "" without one, None where no header says so."""
    for header in headers if isinstance(headers, list) else ():
        if not isinstance(header, dict):
            continue
        name, value = header.get("name"), header.get("value")
        if not (isinstance(name, str) and isinstance(value, str)):
            continue
        is_it = name.lower() == "content-disposition"
        if is_it and value.partition(";")[0].strip().lower() == "attachment":
            return _file_name(value)
    return None


def _file_name(value: str) -> str:
    """The parameter `filename*` (RFC 8187), else `filename`; the parser of `email` would bring 30 modules for this."""
    names = {
        name.lower(): re.sub(r"\\(.)", r"\1", quoted) if quoted else bare.strip()
        for name, quoted, bare in _NAMES.findall(value[:_LONGEST_HEADER])
    }
    extended = names.get("filename*", "").split("'", 2)
    if len(extended) == 3:
        try:
            return unquote(extended[2], extended[0] or "utf-8", "replace")[:_LONGEST]
        except (LookupError, ValueError):  # an unknown encoding, or not one of texts
            pass
    return names.get("filename", "")[:_LONGEST]
