"""Reads addresses: how much of an entry is needed, and which server it went to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from har2rpc.model import Interest

_OF_PAGE = (
    r"\.(?:js|css|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|otf|eot|mp3|ogg|mp4|webmanifest)$"
    r"|/web/(?:image|assets|static)/|/web/image\b"
)
_STATIC = re.compile(rf"{_OF_PAGE}|/web/content/")
_NO_FILE = re.compile(_OF_PAGE)  # what is under /web/content may be a file that somebody asked for
_DOWNLOAD = re.compile(r"[?&]download=")
# Where Odoo's own paths begin: what stands before is where a proxy has put it.
_ODOO_PATH = re.compile(
    r"^(?P<root>.*?)/(?:web|odoo|jsonrpc|json/2|mail|bus|websocket|longpolling|xmlrpc|scoped_app)"
    r"(?:[/?#]|$)"
)


_USERINFO = re.compile(r"^([a-z]+://)[^/]*@", re.IGNORECASE)  # https://user:password@host


@lru_cache(maxsize=1024)  # each entry is asked about several times in a row
def url_parts(url: str) -> SplitResult:
    """`urlsplit`, also of an address that it refuses (`http://[x/web`): a capture may hold anything."""
    try:
        return urlsplit(url)
    except ValueError:
        scheme, _, rest = url.partition("://")
        netloc, slash, path = re.split(r"[?#]", rest)[0].partition("/")
        return SplitResult(scheme, netloc, slash + path, "", "")


def interest_in(url: str, http_method: str) -> Interest:
    """Whether an entry can hold a call or a fact of the session, from what is known without reading its bodies.

    Of a call's answer the beginning is enough: it tells the outcome, and its records are asked for later. What a
    session's own routes answer is read at once.
    """
    if http_method != "GET":
        if http_method != "POST":
            return False
        return True if "/web/session/" in url or "/web/login" in url else "head"
    if url.startswith("data:"):
        return False
    return not _NO_FILE.search(url_parts(url).path) or bool(_DOWNLOAD.search(url))


@lru_cache(maxsize=1024)
def is_static(url: str) -> bool:
    """Whether a URL is that of a script, style, image, font or attachment."""
    return url.startswith("data:") or bool(_STATIC.search(url_parts(url).path))


def server_url(url: str) -> str:
    """Scheme, host, port and what stands before Odoo's own path: `https://x.com/erp` of `…/erp/web`."""
    parts = url_parts(url)
    match = _ODOO_PATH.match(parts.path)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return f"{scheme}://{parts.netloc.rpartition('@')[2]}{match['root'] if match else ''}"


@lru_cache(maxsize=1024)
def server_key(server: str) -> str:
    """What two addresses of one server have in common: host, port unless it is the usual one, path; "" of none.

    `server` is scheme, host, port and what stands before Odoo's own path.
    """
    parts = url_parts(server)
    host = parts.netloc.rpartition("@")[2].lower()
    return re.sub(r":(?:80|443)$", "", host) + parts.path.rstrip("/")


def without_userinfo(url: str) -> str:
    """The address without a user and a password in front of the host."""
    return _USERINFO.sub(r"\1", url)
