"""Reads the text of a request's body and of an answer, which exporters write in many ways.

Both functions give `(text, note)`: text is None where the file has none that can be used, note is a clause on what is
wrong, or empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeAlias

from har2rpc.model import Json

Attachment: TypeAlias = Callable[[str], bytes]
"""The body that an entry names by `_file` (see `Document.attachment`)."""

# Firefox cuts requests at this many characters without a mark (devtools.netmonitor.requestBodyLimit).
FIREFOX_REQUEST_LIMIT = 1_048_576

# Types of files that are no text, whatever their bytes look like.
_BINARY = re.compile(
    r"image/(?!svg)|audio/|video/|font/|application/(?:pdf|zip|octet-stream|vnd\.)", re.IGNORECASE
)
_CLOSES = {"{": "}", "[": "]"}
# Firefox says base64 of texts that it left as they are (bugzilla 1762313): JSON begins with what base64 never has.
_NOT_BASE64 = re.compile(r"\s*+[{\[<\"]")


def request_text(post: Json, body_size: Json, attachment: Attachment) -> tuple[str | None, str]:
    """The body of a request: from `text`, a body next to the HAR (`_file`), `_textBase64`, or `params`."""
    if isinstance(post, str):
        post = {"text": post}
    if not isinstance(post, dict):
        return None, ""
    text, note = _stored_text(post, attachment, "the request's body")
    if text is None and not note and isinstance(post.get("params"), list):
        from urllib.parse import urlencode  # here, because few exporters leave it to us

        params = [
            param
            for param in post["params"]
            if isinstance(param, dict) and isinstance(param.get("name"), str)
        ]
        pairs = [(param["name"], _as_text(param.get("value"))) for param in params]
        text = urlencode(pairs, errors="replace")
    if not text:
        return None, note
    if _is_cut(text, len(text) == FIREFOX_REQUEST_LIMIT):
        whole = body_size if _is_larger(body_size, text) else None
        return None, _cut_note("the request's body", len(text), whole, "bytes")
    return text, note


def answer_text(content: Json, attachment: Attachment) -> tuple[str | None, str]:
    """The body of an answer: from `content.text`, decoded if it is base64, or from a body next to the HAR."""
    if not isinstance(content, dict):
        return None, ""
    text, note = _stored_text(content, attachment, "the answer")
    if text is None:
        comment = content.get("comment")
        if not note and isinstance(comment, str) and comment:
            note = f"no answer in the file: {comment}"
        return None, note
    if _is_file(content, text):
        return text, ""
    if note and not _begins_json(text):
        return text, note
    # Firefox fills texts beyond 768 KiB up with NUL characters to their full length.
    kept = text.rstrip("\0")
    padded = len(kept) < len(text)
    if not padded and not _is_cut(kept, False):
        return kept or None, note
    if padded and not kept:
        return None, "the answer holds nothing but NUL characters"
    if padded and _begins_json(kept) and _is_json(kept):
        return kept, note
    size = content.get("size")
    whole, unit = (len(text), "characters") if padded else (None, "")
    if not padded and _is_larger(size, kept):
        whole, unit = size, "bytes"
    # A page of HTML is still useful: what it says of the session stands at its beginning.
    return None if _begins_json(kept) else kept, _cut_note("the answer", len(kept), whole, unit)


def _is_file(content: dict[str, Json], text: str) -> bool:
    """Whether an answer is a file and no text: its trailing NULs are its own."""
    mime = content.get("mimeType")
    is_binary = isinstance(mime, str) and bool(_BINARY.match(mime))
    return is_binary and _is_base64(content) and not _begins_json(text)


def _is_base64(holder: dict[str, Json]) -> bool:
    # `encodig`: chrome-har misspelt it for a time.
    encoding = holder.get("encoding") or holder.get("encodig")
    return isinstance(encoding, str) and encoding.lower() == "base64"


def _stored_text(
    holder: dict[str, Json], attachment: Attachment, subject: str
) -> tuple[str | None, str]:
    """The text of a `postData` or `content`. `subject` is how a note begins: "the answer"."""
    text = holder.get("text")
    if isinstance(text, str) and text:
        if _is_base64(holder) and not _NOT_BASE64.match(text):
            return _from_base64(text, subject)
        return text, ""
    name = holder.get("_file")
    if isinstance(name, str) and name:
        try:
            return _from_bytes(attachment(name), subject)
        except LookupError as error:
            return None, f"{subject} is in {name!r}, {error}"
    packed = holder.get("_textBase64")
    if isinstance(packed, str) and packed:
        return _from_base64(packed, subject)
    if text is not None and not isinstance(text, str):
        return None, f"{subject} is not written as text"
    return None, ""


def _from_base64(text: str, subject: str) -> tuple[str | None, str]:
    import binascii

    try:
        raw = binascii.a2b_base64(text.rstrip("=\0 \r\n") + "===")
    except ValueError:  # binascii.Error, or characters beyond ASCII
        return None, f"{subject} is declared as base64 but is not"
    return _from_bytes(raw, subject)


def _from_bytes(raw: bytes, subject: str) -> tuple[str | None, str]:
    # BrowserMob and proxies store what went over the wire.
    if raw[:2] == b"\x1f\x8b":
        import zlib

        from har2rpc.reading.files.compressed import largest_body

        limit = largest_body(len(raw))
        unpacker = zlib.decompressobj(47)  # 32 + 15: the header says gzip or zlib
        try:
            raw = unpacker.decompress(raw, limit)
        except zlib.error:
            return None, f"{subject} is gzip data that cannot be unpacked"
        if unpacker.unconsumed_tail:
            return None, f"{subject} is gzip data of more than {limit} bytes"
        if not unpacker.eof:
            return None, f"{subject} is gzip data that was cut"
    elif raw[:4] == b"\x28\xb5\x2f\xfd":
        return None, f"{subject} is still compressed (zstd)"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace"), f"{subject} is not UTF-8 text"


def _begins_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def _is_cut(text: str, suspicious: bool) -> bool:
    """JSON that begins and does not end. Parsing is expensive: only where the last character gives reason to."""
    start = text[:64].lstrip()[:1]
    if start not in _CLOSES:
        return False
    if not suspicious and text[-64:].rstrip()[-1:] == _CLOSES[start]:
        return False
    return not _is_json(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except ValueError:
        return False
    except RecursionError:
        pass  # deep, but nothing says that it is cut
    return True


def _is_larger(size: Json, text: str) -> bool:
    if isinstance(size, bool) or not isinstance(size, int):
        return False
    return size > len(text.encode("utf-8", "surrogatepass"))


def _cut_note(subject: str, kept: int, whole: int | None, unit: str) -> str:
    where = f"{kept} characters" if whole is None else f"{kept} of {whole} {unit}"
    return f"{subject} was cut by the browser at {where}"


def _as_text(value: Json) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
