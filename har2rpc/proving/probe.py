"""The first question to a live server: is it there, which version is it, and who is this login."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from har2rpc.model import Har2rpcError, Json

_SECONDS = 20
_LARGEST = 1 << 20  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Told:
    """What a live server said of itself and of a login."""

    url: str
    server_version: str
    db: str
    login: str
    uid: int


def ask(url: str, db: str, login: str, secret: str) -> Told:
    """Version and user id, through /jsonrpc (Odoo 8 to 21).

    Raises Har2rpcError with a clear word for each refusal: where, what, and the next step.
    """
    url = _server(url)
    version = _version(url)
    try:
        uid = _call(url, "common", "login", [db, login, secret])
    except _OdooError as error:
        raise Har2rpcError(_why(url, db, error)) from None
    if not isinstance(uid, int) or isinstance(uid, bool) or uid <= 0:
        raise Har2rpcError(
            f"{url}: database {db}: {login} was refused: wrong login, or wrong password or API key; with two-factor "
            "login only an API key works (Preferences > Security > New API Key)"
        )
    return Told(url, version, db, login, uid)


class _OdooError(Exception):
    """An error of Odoo's own: the name of its exception, and what it says."""


def _server(url: str) -> str:
    """The address without what stands behind the server: people paste that of a page."""
    parts = urllib.parse.urlsplit(url if "://" in url else f"https://{url}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Har2rpcError(f"{url}: is no address of a server; give one like https://my.odoo.com")
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Har2rpcError(f"{url}: its port is no number") from None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = parts.path.rstrip("/")
    for page in ("/web", "/odoo", "/jsonrpc"):
        head, found, _ = f"{path}/".partition(f"{page}/")
        path = head if found else path
    return f"{parts.scheme}://{host}{port}{path}".rstrip("/")


def _version(url: str) -> str:
    try:
        told = _call(url, "common", "version", [])
    except _OdooError as error:
        raise Har2rpcError(f"{url}: it answers, but not with a version: {error}") from None
    version = told.get("server_version") if isinstance(told, dict) else None
    if not isinstance(version, str):
        raise Har2rpcError(f"{url}: it answers, but not as an Odoo does; is the address right?")
    return version


def _why(url: str, db: str, error: _OdooError) -> str:
    name, message = error.args
    first = str(message).strip().partition("\n")[0]
    if "does not exist" in first or "OperationalError" in name or "database" in first.lower():
        known = _databases(url)
        there = f"; it has {', '.join(known)}" if known else "; /web?debug=1 shows its name"
        return f"{url}: there is no database {db!r}{there}"
    if name.endswith("AccessDenied"):
        return f"{url}: database {db}: access denied; with two-factor login only an API key works"
    return f"{url}: database {db}: {name}: {first}"


def _databases(url: str) -> list[str]:
    """The databases, where the server tells them."""
    try:
        found = _call(url, "db", "list", [])
    except (_OdooError, Har2rpcError):
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _call(url: str, service: str, method: str, args: list[Json]) -> Json:
    params = {"service": service, "method": method, "args": args}
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "har2rpc"}
    request = urllib.request.Request(f"{url}/jsonrpc", body, headers)
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            text = answer.read(_LARGEST)
    except urllib.error.HTTPError as error:
        raise Har2rpcError(_http_error(url, error)) from None
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise Har2rpcError(_no_answer(url, error)) from None
    try:
        found = json.loads(text)
    except ValueError:
        raise Har2rpcError(
            f"{url}: it answers, but not as an Odoo does; is the address right?"
        ) from None
    if isinstance(found, dict) and isinstance(error := found.get("error"), dict):
        data = error.get("data") if isinstance(error.get("data"), dict) else {}
        raise _OdooError(str(data.get("name")), data.get("message") or error.get("message"))
    return found.get("result") if isinstance(found, dict) else None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A credential goes to the address that was given, and nowhere else."""

    def redirect_request(self, *args: object) -> None:
        """No request is made: the redirect becomes an HTTPError."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def _http_error(url: str, error: urllib.error.HTTPError) -> str:
    if error.code in (301, 302, 303, 307, 308):
        to = _elsewhere(error.headers.get("Location", ""))
        return f"{url}: it sends on to {to}: give that address, if it is the server"
    if error.code == 404:
        return (
            f"{url}: it has no /jsonrpc: no Odoo, or one that offers JSON-2 alone (from 22 on), or several databases "
            "and none for this host name"
        )
    if error.code in (401, 403):
        return f"{url}: something before Odoo refuses the request (HTTP {error.code}): a proxy's login?"
    return f"{url}: HTTP {error.code} {error.reason}; is Odoo running?"


def _elsewhere(location: str) -> str:
    parts = urllib.parse.urlsplit(location)
    return f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme else "another page"


def _no_answer(url: str, error: Exception) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"{url}: its certificate is not trusted: {reason.verify_message}"
    if isinstance(reason, ssl.SSLError):
        return f"{url}: no TLS there; perhaps it is http:// and not https://"
    if isinstance(reason, socket.gaierror):
        return f"{url}: no such host; is the address right?"
    if isinstance(reason, TimeoutError):
        return f"{url}: no answer within {_SECONDS} seconds"
    if isinstance(reason, ConnectionRefusedError):
        return f"{url}: nothing listens there; is the port right, and Odoo running?"
    return f"{url}: no answer ({getattr(reason, 'strerror', None) or type(reason).__name__})"
