"""Requests that har2rpc itself sends to a live server: limited in size and time, and to no other address.

Anything may answer: a proxy's page, another program, or a hostile server. Each way in which it is not an Odoo has a message
of its own.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar
from urllib.parse import urlsplit

from har2rpc.model import Har2rpcError, Json

_T = TypeVar("_T")

_SECONDS = 20  # without a byte
_LARGEST = 1 << 20  # bytes of an answer
_LONGEST = 200  # characters of a server's own words


def server_address(url: str) -> str:
    """The server's address without the path of a page: people paste what the browser shows. Without a scheme it is https.

    Raises Har2rpcError for a text that is not an address.
    """
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.:%-]+", host):
        raise Har2rpcError(f"{url}: is not a server address; use one such as https://my.odoo.com")
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Har2rpcError(f"{url}: its port is not a number") from None
    host = f"[{host}]" if ":" in host else host
    path = parts.path.rstrip("/")
    for page in ("/web", "/odoo", "/jsonrpc"):
        head, is_there, _ = f"{path}/".partition(f"{page}/")
        path = head if is_there else path
    return f"{parts.scheme}://{host}{port}{path}".rstrip("/")


def check_encryption(url: str) -> None:
    """Raises Har2rpcError for an address to which a credential would go unencrypted, except on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise Har2rpcError(
            f"{url}: the key would be sent unencrypted; give its https:// address, or set ODOO_ALLOW_HTTP=1 in a network "
            "that you trust"
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return False


def in_time(url: str, seconds: float, work: Callable[[], _T]) -> _T:
    """The result of `work`, which sends a request to this server; its exceptions are raised here.

    Raises Har2rpcError if it takes longer: single bytes now and then would keep a connection alive forever. `work` is then
    abandoned, in a thread that ends with the process.
    """
    future: Future[_T] = Future()

    def finish() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=finish, daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        raise Har2rpcError(f"{url}: no complete answer within {seconds:g} seconds") from None


def post_json(
    url: str, path: str, message: Json, *, seconds: float = _SECONDS, largest: int = _LARGEST
) -> Json:
    """The JSON that a server answers to this message, limited in bytes and in seconds between two bytes.

    Raises Har2rpcError for any other answer, or none.
    """
    headers = {"Content-Type": "application/json", "User-Agent": "har2rpc"}
    request = urllib.request.Request(url + path, json.dumps(message).encode(), headers)
    try:
        with _opener().open(request, timeout=seconds) as response:
            text = response.read(largest + 1)
    except urllib.error.HTTPError as error:
        with error:  # it holds the connection
            raise Har2rpcError(_http_error_message(url, error)) from None
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise Har2rpcError(_no_answer_message(url, error, seconds)) from None
    if len(text) > largest:
        raise Har2rpcError(
            f"{url}: its answer is larger than {largest >> 20} MB; is the address right?"
        )
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise not_an_odoo(url) from None


def not_an_odoo(url: str) -> Har2rpcError:
    """The error for an answer of another form than Odoo's."""
    return Har2rpcError(f"{url}: its response is not an Odoo response; is the address right?")


def shortened(words: object) -> str:
    """The first line of a server's message, cut if it is long."""
    line = str(words).strip().partition("\n")[0]
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _opener() -> urllib.request.OpenerDirector:
    """The opener that sends requests, through the proxy of this machine. It treats redirects as errors.

    A credential goes only to the address that the user gave.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _http_error_message(url: str, error: urllib.error.HTTPError) -> str:
    if 300 <= error.code < 400:
        target = _redirect_target(error.headers.get("Location", ""))
        return f"{url}: it redirects to {target}: use that address if it is the server"
    if error.code == 404:
        return (
            f"{url}: it has no /jsonrpc: not an Odoo, an Odoo with JSON-2 only (from 22 on), or several databases "
            "and none for this host name"
        )
    if error.code in (401, 403):
        return f"{url}: something in front of Odoo rejects the request (HTTP {error.code}): a proxy's login?"
    return f"{url}: HTTP {error.code} {shortened(error.reason)}; is Odoo running?"


def _redirect_target(location: str) -> str:
    try:
        parts = urlsplit(location)
    except ValueError:
        return "another page"
    return shortened(f"{parts.scheme}://{parts.hostname or ''}") if parts.scheme else "another page"


def _no_answer_message(url: str, error: Exception, seconds: float) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"{url}: its certificate is not trusted: {reason.verify_message}"
    if isinstance(reason, ssl.SSLError):
        return f"{url}: the server does not use TLS; is the address http:// instead of https://?"
    if isinstance(reason, socket.gaierror):
        return f"{url}: no such host; is the address right?"
    if isinstance(reason, TimeoutError):
        return f"{url}: no answer within {seconds:g} seconds"
    if isinstance(reason, ConnectionRefusedError):
        return f"{url}: connection refused; is the port right, and is Odoo running?"
    return f"{url}: no answer ({getattr(reason, 'strerror', None) or type(reason).__name__})"
