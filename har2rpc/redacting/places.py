"""Secrets that are known by their place and name in an HTTP message: headers, cookies, parameters, storage."""

from __future__ import annotations

import re
from functools import lru_cache

from har2rpc.model import Json
from har2rpc.odoo.secret_names import is_secret_parameter_name
from har2rpc.odoo.secret_texts import basic_password, is_secret_parameter
from har2rpc.redacting.body_texts import redact_words
from har2rpc.redacting.csv_columns import redact_columns
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import kind_of, redact_text
from har2rpc.redacting.shapes import looks_random
from har2rpc.redacting.tags import TAG, is_redacted

# Every other cookie is taken for a credential. Odoo's own that say how somebody works, and no more (12-19).
_HARMLESS_COOKIES = frozenset(
    """frontend_lang lang tz cids color_scheme configured_color_scheme website_cookies_bar fileToken
    im_livechat_auto_popup visitor_lang debug expires path domain max-age samesite priority""".split()
)
_SECRET_HEADER = re.compile(
    r"(?:^|-)(?:auth|authorization|authentication|token|secret|password|api-?key|apikey|session|session-?id"
    r"|credentials?|signature|csrf|xsrf|jwt|assertion|access-key|client-secret|subscription-key|pin|otp|totp)(?:$|-)",
    re.IGNORECASE,
)
_SECRET_END = re.compile(r"(?:api_?-?key|token|secret|passwor[dt]|passwd)$", re.IGNORECASE)
_HARMLESS_HEADERS = re.compile(
    r"sec-websocket-(?:version|extensions|protocol|key|accept)|www-authenticate|proxy-authenticate|etag|if-none-match"
    r"|content-(?:md5|digest)|x-(?:request|correlation|trace|amz-cf)-id|traceparent|cf-ray|access-control-.*",
    re.IGNORECASE,
)
# A browser's way to send one with a websocket: "bearer, x".
_TOKEN_OF_PROTOCOL = re.compile(
    r"(?:bearer|token|authorization|access_token|jwt)[\s,.]+(\S{8,})\s*\Z", re.IGNORECASE
)
_COOKIE_HEADERS = frozenset({"cookie", "set-cookie", "cookie2", "set-cookie2"})
_SCHEME = re.compile(r"(\s*[A-Za-z][\w-]*\s+)(\S.*)", re.DOTALL)
_STORAGE = re.compile(r"_?(?:local|session)?_?storage(?:state)?|_?indexed_?db", re.IGNORECASE)
_COOKIES = re.compile(r"_?(?:blocked|associated|exempted)?_?(?:set)?cookies?", re.IGNORECASE)
_SHORT = 512  # characters
_LINES = re.compile(r"(\r?\n)")


def redact_header(name: str, value: str, findings: Findings, side: str) -> str:
    """The value of a header without its secrets."""
    if len(value) <= _SHORT and _is_plain_header(name, value):
        return value
    return _new_header(name, value, findings, side)


@lru_cache(maxsize=8192)  # the same few in hundreds of entries
def _is_plain_header(name: str, value: str) -> bool:
    probe = Findings(b"")
    return _new_header(name, value, probe, "") == value and not (probe.changes or probe.doubts())


def _new_header(name: str, value: str, findings: Findings, side: str) -> str:
    place = f"{side} header {name.lower()}"
    lower = name.lower()
    if lower in _COOKIE_HEADERS:
        return redact_cookies(value, findings, place, is_set=lower.startswith("set"))
    if "authorization" in lower:
        return _redact_authorization(value, findings, place)
    is_secret = _SECRET_HEADER.search(name) or _SECRET_END.search(name)
    if is_secret and not _HARMLESS_HEADERS.fullmatch(name):
        return findings.replace(value, kind_of(name), place)
    new_value = redact_text(value, findings, place)
    if lower == "sec-websocket-protocol" and (token := _TOKEN_OF_PROTOCOL.search(value)):
        return value[: token.start(1)] + findings.replace(token[1], "authorization", place)
    if new_value is value and looks_random(value) and not _HARMLESS_HEADERS.fullmatch(name):
        findings.doubt("looks random", place)
    return new_value


def redact_cookies(value: str, findings: Findings, place: str, *, is_set: bool) -> str:
    """`name=value; …` of a Cookie header; of a Set-Cookie, each line of which is one cookie, the first pair alone."""
    lines = _LINES.split(value) if is_set else [value]
    for n, line in enumerate(lines):
        pairs = line.split(";")
        for index, pair in enumerate(pairs[:1] if is_set else pairs):
            name, equals, text = pair.partition("=")
            if equals:
                pairs[index] = f"{name}={redact_cookie(name.strip(), text, findings, place)}"
        lines[n] = ";".join(pairs)
    return "".join(lines)


def redact_cookie(name: str, value: str, findings: Findings, place: str) -> str:
    """The value of one cookie."""
    if name in _HARMLESS_COOKIES:
        return value
    stripped = value.strip().strip('"')
    if is_redacted(stripped):
        return value
    return value.replace(stripped, findings.replace(stripped, kind_of(name), place))


def _redact_authorization(value: str, findings: Findings, place: str) -> str:
    scheme = _SCHEME.fullmatch(value)
    if not scheme:
        return findings.replace(value, "authorization", place)
    if TAG.fullmatch(scheme[2]):
        return value
    if scheme[1].strip().lower() == "basic" and (password := basic_password(scheme[2])):
        findings.replace(password, "password", place)
    return scheme[1] + findings.replace(scheme[2], "authorization", place)


def redact_named(holder: str, pair: dict[str, Json], findings: Findings, place: str) -> None:
    """`{"name": …, "value": …}` in place; `holder` is the name of the list that it stands in."""
    name, value = pair.get("name"), pair.get("value")
    if not isinstance(name, str) or not isinstance(value, str):
        return
    if _COOKIES.fullmatch(holder):
        pair["value"] = redact_cookie(name, value, findings, f"{place} cookie {name}")
    elif "header" in holder.lower():
        pair["value"] = redact_header(name, value, findings, place)
    else:
        pair["value"] = redact_parameter(name, value, findings, place)


def redact_parameter(name: str, value: str, findings: Findings, place: str) -> str:
    """The value of a parameter of a URL or a form."""
    if is_secret_parameter(name):
        return findings.replace(value, kind_of(name), place)
    if "\n" in value:  # the file of a form
        value = redact_columns(value, findings, place)
    if value[:1] in ("{", "[") and value:
        return redact_words(value, findings, place)
    return redact_text(value, findings, place)


@lru_cache(maxsize=8192)
def is_storage(name: str) -> bool:
    """Whether a member of this name holds what a browser stores for a site: all its values are secrets."""
    return bool(_STORAGE.fullmatch(name))


def is_secret_name(name: str) -> bool:
    """Whether a member of an entry itself (`_sessionToken`) is a credential by its name."""
    return is_secret_parameter_name(name.lstrip("_"))
