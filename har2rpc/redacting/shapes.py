"""Secrets that are known by their shape, wherever they stand in a text.

Each has a fixed beginning (`_ANCHORS`): a text that holds none of them is not searched. Every expression is linear: no
two of its repetitions can match the same characters.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from har2rpc.odoo import secret_fields
from har2rpc.redacting.tags import TAG, is_redacted

_SHORT = 512  # characters
_SHORTEST = len("://a:b@")


class Span(NamedTuple):
    """A secret in a text."""

    start: int
    end: int
    kind: str


_JWT = re.compile(r"(?<![A-Za-z0-9_-])eyJ[\w-]{8,}+(?:\.[\w-]++){1,4}", re.ASCII)
_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----((?:[^-]|-(?!----END ))++)")
_SCHEME = re.compile(
    r"\b(bearer|basic|token)[ +]++([\w.~+/%-]{8,}+={0,2})", re.IGNORECASE | re.ASCII
)
_USER_INFO = re.compile(
    r"://([^\s/:@\"'<>?#\\]*+):([^\s/@\"'<>\\]++)@|://([^\s/:@\"'<>?#\\]{16,}+)@"
)
_PREFIXES = re.compile(
    r"(?<![A-Za-z0-9_])(?:(?:sk|rk|pk)_(?:live|test)_|gh[oprsu]_|github_pat_|glpat-|xox[abeprs]-|whsec_"
    r"|shp(?:at|ca|pa|ss)_|npm_|pypi-|AKIA|ASIA|AIza|ya29\.|SG\.|sk-)[\w.-]{14,}+",
    re.ASCII,
)
_PARAMETER = re.compile(r"(?:[?&;#]|\\u0026)([\w.\[\]-]{1,64}+)=([^&\s\"'<>#;\\]++)", re.ASCII)
_HEX_KEY = re.compile(r"[0-9a-f]{40}")  # res.users.apikeys of Odoo 14-19: 20 random bytes
_PUBLISHABLE = re.compile(r"pk_(?:live|test)_")

# Parameters of signed URLs, and of logins by OAuth; by name as a whole.
_SIGNED = frozenset(
    """sig signature x-amz-signature x-amz-credential x-amz-security-token x-goog-signature x-goog-credential
    awsaccesskeyid hmac auth authkey key assertion id_token samlresponse samlrequest access-token authtoken
    ticket jwt sid""".split()
)

# `{"` and the first letter of alg, cty, enc, iss, jku, kid, typ, … in base64: what a JWT's header begins with.
_STRONG_ANCHORS = (
    *(f"eyJ{letter}" for letter in "hjlpqruyz0146"),
    *"_live_ _test_ ghp_ xoxa xoxb xoxe xoxp xoxr xoxs AKIA AIza glpat-".split(),
    "PRIVATE KEY-----",
)
_ANCHORS = (
    *_STRONG_ANCHORS,
    *"gho_ ghr_ ghs_ ghu_ github_pat_ whsec_ shpat_ shpca_ shppa_ shpss_ npm_ pypi- ASIA ya29. SG. sk-".split(),
    *("earer ", "EARER ", "earer+", "asic ", "ASIC ", "oken ", "Token ", "@"),
    *"oken= ession_id= ession= ecret= assword= passwd= pwd= key= Key= sig= ignature= redential= auth= Auth=".split(),
    *"hmac= assertion= ticket= jwt= sid= SAMLRe AccessKeyId= otp= pin= pass=".split(),
)


class Anchors:
    """Whether one of these words stands in bytes: in one search with `ahocorasick_rs`, else word by word."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = [word.encode() for word in words]
        self._search: object = None
        try:
            from ahocorasick_rs import BytesAhoCorasick
        except ImportError:
            return
        self._search = BytesAhoCorasick(self._words).find_matches_as_indexes

    def stand_in(self, data: bytes | memoryview) -> bool:
        """Whether any of them does."""
        if callable(self._search):
            return bool(self._search(data))
        whole = bytes(data)
        return any(word in whole for word in self._words)


@cache
def anchors(*, strong_alone: bool = False) -> Anchors:
    """What every shape begins with; or only those of credentials that are nothing else."""
    return Anchors(_STRONG_ANCHORS if strong_alone else _ANCHORS)


def _may_have_shapes(text: str) -> bool:
    """Whether a text is worth searching."""
    if len(text) <= _SHORT:
        return any(map(text.__contains__, _ANCHORS))
    return anchors().stand_in(text.encode("utf-8", "surrogatepass"))


def spans_in(text: str, *, strong_alone: bool = False) -> Sequence[Span]:
    """The secrets of a text, in order, none inside another. `strong_alone`: not by the names of parameters."""
    if len(text) < _SHORTEST:
        return ()
    if len(text) > _SHORT or strong_alone:
        return _spans_in(text, strong_alone)
    return _spans_in_short(text)


@lru_cache(maxsize=8192)  # URLs and headers are the same in hundreds of entries
def _spans_in_short(text: str) -> Sequence[Span]:
    return _spans_in(text, False)


def _spans_in(text: str, strong_alone: bool) -> Sequence[Span]:
    if not _may_have_shapes(text):
        return ()
    every = [*_strong(text)] if strong_alone else [*_strong(text), *_by_place_in_text(text)]
    spans: list[Span] = []
    for span in sorted(every, key=lambda span: (span.start, -span.end)):
        secret = text[span.start : span.end]
        is_apart = not spans or span.start >= spans[-1].end
        if is_apart and not is_redacted(secret) and not TAG.search(secret):
            spans.append(span)
    return spans


def is_api_key(text: str) -> bool:
    """Whether a whole value has the form of Odoo's API keys."""
    return len(text) == 40 and bool(_HEX_KEY.fullmatch(text))


def basic_password(credentials: str) -> str:
    """The password in the base64 of basic authentication; empty where there is none."""
    try:
        pair = base64.b64decode(credentials + "===").decode("utf-8", "replace")
    except ValueError:
        return ""
    return pair.partition(":")[2]


def looks_random(text: str) -> bool:
    """Whether a value is of the length and the mixture of characters of a key, though nothing tells that it is one."""
    if (
        not 24 <= len(text) <= 200
        or TAG.search(text)
        or not re.fullmatch(r"[\w+/=-]+", text, re.ASCII)
    ):
        return False
    return all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9]"))


def _strong(text: str) -> Iterator[Span]:
    for found_token in _JWT.finditer(text):
        yield Span(*found_token.span(), "JWT")
    if "PRIVATE KEY-----" in text:
        for key in _PEM.finditer(text):
            yield Span(*key.span(1), "private key")
    for key in _PREFIXES.finditer(text):
        if not _PUBLISHABLE.match(key[0]):
            yield Span(*key.span(), "API key")


def _by_place_in_text(text: str) -> Iterator[Span]:
    for scheme in _SCHEME.finditer(text):
        if scheme[1].lower() == "basic":
            if basic_password(scheme[2]):
                yield Span(*scheme.span(2), "authorization")
        elif re.search(r"\d", scheme[2]) or len(scheme[2]) >= 32:  # not "bearer certificates"
            yield Span(*scheme.span(2), "authorization")
    if "@" in text:
        for info in _USER_INFO.finditer(text):
            yield Span(*info.span(3 if info[2] is None else 2), "password in a URL")
    if "=" in text:
        for parameter in _PARAMETER.finditer(text):
            if is_secret_parameter(parameter[1]):
                yield Span(*parameter.span(2), "URL parameter")


def is_secret_parameter(name: str) -> bool:
    """Whether a parameter of a URL or form of this name is a credential."""
    return name.lower() in _SIGNED or secret_fields.is_secret_key(name)
