"""`--slim`: removes what reading calls does not need: bodies of static files, view architectures, images in answers."""

from __future__ import annotations

import re

from har2rpc.model import Json
from har2rpc.odoo import urls
from har2rpc.redacting.long_texts import LongTexts

_STATIC = ("javascript", "css", "image/", "font", "octet-stream", "wasm", "audio/", "video/")
# In the JSON of an answer. A string with an even number of backslashes before its quotes is whole.
_ARCHITECTURE = re.compile(r'("arch"\s*:\s*")(?:[^"\\]++|\\.)*+(")', re.DOTALL)
_IMAGE = re.compile(r'("(?:\w*image|\w*avatar|logo|\w*icon)\w*"\s*:\s*")[A-Za-z0-9+/=\\]{200,}+(")')
# One transparent pixel, so that what reads an image still finds one.
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def slim_entry(entry: dict[str, Json], texts: LongTexts) -> None:
    """Takes them out of an entry; the entry itself, its sizes and timings stay."""
    request, response = entry.get("request"), entry.get("response")
    content = response.get("content") if isinstance(response, dict) else None
    if not isinstance(content, dict):
        return
    url = request.get("url") if isinstance(request, dict) else None
    mime_type = str(content.get("mimeType") or "").lower()
    is_static = any(word in mime_type for word in _STATIC)
    if is_static or (isinstance(url, str) and "html" not in mime_type and urls.is_static(url)):
        for key in ("text", "encoding", "_textBase64"):
            content.pop(key, None)
        return
    text = content.get("text")
    number = texts.number(text)
    if number is None:
        if isinstance(text, str):
            content["text"] = _slim_text(text)
        return
    new_text = texts.current(number)
    slim_text = _slim_text(new_text)
    if slim_text != new_text:
        texts.replace(number, slim_text)


def _slim_text(text: str) -> str:
    if '"arch"' in text:
        text = _ARCHITECTURE.sub(r"\1<stripped/>\2", text)
    return _IMAGE.sub(rf"\g<1>{_PIXEL}\2", text)
