"""How a secret can be spelled in the bytes of a HAR: plain, escaped for JSON once or more, for HTML, for a URL."""

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

_KINDS_OF_CHARACTERS = ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")
_SHORTEST = 8
_LONGEST = 8_192  # characters: what is longer is not typed again, and stands in no URL
_JSON_LEVELS = 3  # a HAR holds a body as text, which holds a domain or a vCard as text
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[._][a-z0-9]+)+")
_HEXADECIMAL = re.compile(r"[0-9a-f]+")
_PERCENT = re.compile(r"%[0-9A-F]{2}")


def is_looked_for(secret: str) -> bool:
    """Whether a secret is long and mixed enough to be replaced wherever it stands, and not by its place alone."""
    if not _SHORTEST <= len(secret) <= _LONGEST:
        return False
    return sum(bool(re.search(kind, secret)) for kind in _KINDS_OF_CHARACTERS) >= 2


def looks_like_a_name(secret: str) -> bool:
    """Whether a secret has the form of a field's, model's or method's name; the capture tells whether it is one."""
    return bool(_NAME.fullmatch(secret)) and not _HEXADECIMAL.fullmatch(secret)


def spellings(secret: str) -> set[bytes]:
    """Every way in which a secret may be written in a HAR."""
    plain = {secret, secret.replace("\n", "\r\n"), html.escape(secret), html.escape(secret, False)}
    plain |= {html.escape(secret).replace("&#x27;", "&#39;"), secret.replace("\n", "")}
    for safe in ("", "/", "/:@!$&'()*,;=~-._", "!~*'()", "=+/"):
        in_url = quote(secret, safe=safe, errors="replace")
        plain |= {in_url, _PERCENT.sub(lambda escape: escape[0].lower(), in_url)}
    plain |= {quote_plus(secret, errors="replace"), quote(quote(secret, safe="", errors="replace"))}
    every: set[str] = set()
    for text in plain:
        level = {text}
        for _ in range(_JSON_LEVELS):
            level = {
                json.dumps(one, ensure_ascii=ascii)[1:-1]
                for one in level
                for ascii in (True, False)
            }
            level |= {one.replace("/", "\\/") for one in level if "/" in one and "\\/" not in one}
            every |= level
        every |= {
            one.replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("=", "\\u003d")
            for one in {json.dumps(text)[1:-1]}
        }
    every = {one for one in every if len(one) >= _SHORTEST}
    return {one.encode("utf-8", "backslashreplace") for one in every}


def base64_spellings(secret: str) -> set[bytes]:
    """What base64 makes of a secret, at each of the three offsets at which it may begin in a longer text."""
    raw = secret.encode("utf-8", "surrogatepass")
    every: set[bytes] = set()
    for offset in range(3):
        text = base64.b64encode(b"\0" * offset + raw)
        first, last = (0, 2, 3)[offset], (len(raw) + offset) * 8 // 6
        if last - first >= _SHORTEST:
            every |= {text[first:last], text[first:last].replace(b"+", b"-").replace(b"/", b"_")}
    return every


def encoded_word(text: str) -> bytes:
    """A text as JSON writes it, without its quotes."""
    return json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "backslashreplace")
