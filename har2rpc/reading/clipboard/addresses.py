"""Finds the addresses of requests in a text: those of Odoo's routes that it mentions, and variables in them."""

from __future__ import annotations

import re
from contextlib import suppress

from har2rpc.reading.clipboard.literals import Json, NotALiteral, read_literal

ROUTE = (
    r"/(?:web/dataset/(?:call_kw|call_button|call|search_read|load|resequence)|jsonrpc|json/2/|xmlrpc/"
    r"|mail/message/post|mail/thread/|web/action/run)"
)
_ADDRESS = r"[^\s\"'`<>()\\,;{}|^]"
MENTION = rf"https?://{_ADDRESS}+|(?:/[\w.~-]+){{0,3}}?{ROUTE}{_ADDRESS}*"
_ROUTE_IN = re.compile(rf"{ROUTE}{_ADDRESS}*")
_ORIGIN = re.compile(r"https?://[\w.:\[\]-]+(?:/[\w./-]*)?")
_ASSIGNMENT = re.compile(
    r"""(?:^|[;({,])[ \t]*(?:export[ ]+|set[ ]+|const[ ]+|let[ ]+|var[ ]+|\$env:|\$|self\.|[-*][ ]+)?
    (?P<name>[A-Za-z_]\w{0,40})[ \t]*(?::[ ]*\w{1,20}[ ]*)?(?:=(?![=>])|(?<=url|URL|ost|ver|ase|_db)[ ]*:(?!:))[ \t]*
    (?:"(?P<double>[^"\\\n]{0,300})"|'(?P<single>[^'\\\n]{0,300})'|`(?P<back>[^`\\\n]{0,300})`
      |(?P<bracket>(?=[{\[]))|(?P<number>-?\d{1,15})(?![\w.])|(?P<bare>https?://[^\s"'`,;]{1,300}|[\w.@-]{1,80}(?=[ \t]*(?:\r?\n|\Z))))""",
    re.VERBOSE | re.MULTILINE,
)
_MOST_OBJECTS, _LONGEST_OBJECT = 30, 8_000  # characters
_SECRET = re.compile(r"pass|pwd|key|secret|token|auth", re.IGNORECASE)
_PLACE = re.compile(
    r"\$\{(\w{1,41})\}|\$(\w{1,41})|\{\{ ?(\w{1,41}) ?\}\}|\{(\w{1,41})\}|%(\w{1,41})%"
)
# A variable in front of a path: url + "/jsonrpc", f"{url}/jsonrpc", "$URL"/jsonrpc
_BEFORE = re.compile(
    r"""(?:\$\{|\$|\{\{ ?|\{|%)?(?P<name>[A-Za-z_]\w{0,40})[ ]?\}{0,2}%?["'`]?[ ]*[+.]?[ ]*[rf]?["'`]?\Z"""
)


class Addresses:
    """The address that the next request goes to, as far as the text before it tells."""

    def __init__(self, text: str) -> None:
        self.variables = variables_of(text)
        self._origins = {
            name: value.rstrip("/")
            for name, value in self.variables.items()
            if isinstance(value, str) and _ORIGIN.fullmatch(value)
        }
        self._url = self._host = self._origin = ""

    @property
    def url(self) -> str:
        """The address that was mentioned last; with its server, where a header behind it tells that."""
        return f"{self._base(self._url)}{self._url}" if self._url.startswith("/") else self._url

    @url.setter
    def url(self, url: str) -> None:
        self._url = url

    def mention(self, text: str, start: int, end: int) -> None:
        """Takes an address that stands here."""
        url = text[start:end].rstrip(".:")
        if url.startswith("http"):
            if _ROUTE_IN.search(url):
                self.url = url
            return
        before = _BEFORE.search(text, max(0, start - 60), start)
        base = self._origins.get(before["name"], "") if before else ""
        self.url = f"{base}{url}"

    def take_header(self, name: str, value: str) -> None:
        """Takes a line of a request's head: it may tell the server."""
        if name in ("host", ":authority"):
            self._host = value
        elif name == "origin" or (name == "referer" and not self._origin):
            match = _ORIGIN.match(value)
            path = "" if name == "referer" else None
            if match:
                self._origin = match[0].rstrip("/") if path is None else origin_of(match[0])

    def take_request_line(self, target: str) -> None:
        """Takes what a request line names, before its headers."""
        self._host = self._origin = ""
        self.url = target

    def next(self) -> str:
        """The address for the request that comes now; "" where nothing tells it."""
        url, self.url = self.url, ""
        return url

    def base(self) -> str:
        """The server that a text names once, in a variable; else that of the address that was mentioned last."""
        mentioned = self._url.partition("/xmlrpc")[0] if "/xmlrpc" in self._url else ""
        if mentioned.startswith("http"):
            return mentioned
        return next(iter(self._origins.values())) if len(set(self._origins.values())) == 1 else ""

    def fill_in(self, text: str, *, secrets: bool = False) -> str:
        """The text with the variables that are known."""

        def value(place: re.Match[str]) -> str:
            name = next(filter(None, place.groups()))
            is_usable = name in self.variables and (secrets or not _SECRET.search(name))
            return str(self.variables[name]) if is_usable else place[0]

        return _PLACE.sub(value, text)

    def _base(self, path: str) -> str:
        if self._origin:
            prefix = self._origin.partition("//")[2].partition("/")[2]
            return (
                origin_of(self._origin)
                if prefix and path.startswith(f"/{prefix}/")
                else self._origin
            )
        if self._host:
            is_local = re.match(r"localhost|127\.|\[::1\]|.*:8069", self._host)
            return f"{'http' if is_local else 'https'}://{self._host}"
        return self.base()


def origin_of(url: str) -> str:
    """Scheme, host and port."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def relative_route(url: str) -> str:
    """The path of an address whose server is in an unknown variable; "" if it is not one of Odoo's."""
    match = _ROUTE_IN.search(url)
    return match[0] if match else ""


def variables_of(text: str) -> dict[str, Json]:
    """The names that a text gives texts and numbers to; the last value of each."""
    variables: dict[str, Json] = {}
    objects = 0
    for match in _ASSIGNMENT.finditer(text):
        kind = match.lastgroup or ""
        if kind == "bracket":
            objects += 1
            if objects <= _MOST_OBJECTS:
                with suppress(NotALiteral):
                    part = text[match.end() : match.end() + _LONGEST_OBJECT]
                    variables[match["name"]], _ = read_literal(part, 0, variables)
            continue
        variables[match["name"]] = int(match[kind]) if kind == "number" else match[kind]
    return variables
