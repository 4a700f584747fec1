"""The first request to a live server: is it there, which version is it, and who is this login."""

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
class ServerFacts:
    """What a live server answered about itself and about a login."""

    url: str
    server_version: str
    db: str
    login: str
    uid: int


def probe_login(url: str, db: str, login: str, secret: str) -> ServerFacts:
    """Version and user id, through /jsonrpc (Odoo 8 to 21).

    Raises Har2rpcError with a sentence for each refusal: where, what, and the next step.
    """
    url = server_address(url)
    version = _server_version(url)
    try:
        uid = _call(url, "common", "login", [db, login, secret])
    except _OdooError as error:
        raise Har2rpcError(_login_error(url, db, error)) from None
    if not isinstance(uid, int) or isinstance(uid, bool) or uid <= 0:
        raise Har2rpcError(
            f"{url}: database {db}: {login} was refused: wrong login, or wrong password or API key; with two-factor "
            "login only an API key works (Preferences > Security > New API Key)"
        )
    return ServerFacts(url, version, db, login, uid)


class _OdooError(Exception):
    """An error of Odoo's own: the name of its exception, and its message."""


def server_address(url: str) -> str:
    """The server's address without the path of a page: people paste what the browser shows. Without a scheme it is https.

    Raises Har2rpcError for what is no address.
    """
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
        head, is_there, _ = f"{path}/".partition(f"{page}/")
        path = head if is_there else path
    return f"{parts.scheme}://{host}{port}{path}".rstrip("/")


def _server_version(url: str) -> str:
    try:
        result = _call(url, "common", "version", [])
    except _OdooError as error:
        raise Har2rpcError(f"{url}: it answers, but not with a version: {error}") from None
    version = result.get("server_version") if isinstance(result, dict) else None
    if not isinstance(version, str):
        raise Har2rpcError(f"{url}: it answers, but not as an Odoo does; is the address right?")
    return version


def _login_error(url: str, db: str, error: _OdooError) -> str:
    name, message = error.args
    first = str(message).strip().partition("\n")[0]
    if "does not exist" in first or "OperationalError" in name or "database" in first.lower():
        known = _databases(url)
        hint = f"; it has {', '.join(known)}" if known else "; /web?debug=1 shows its name"
        return f"{url}: there is no database {db!r}{hint}"
    if name.endswith("AccessDenied"):
        return f"{url}: database {db}: access denied; with two-factor login only an API key works"
    return f"{url}: database {db}: {name}: {first}"


def _databases(url: str) -> list[str]:
    """The databases, where the server lists them."""
    try:
        names = _call(url, "db", "list", [])
    except (_OdooError, Har2rpcError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _call(url: str, service: str, method: str, args: list[Json]) -> Json:
    """The `result` of a JSON-RPC call. Raises _OdooError, and Har2rpcError for a server that is not an Odoo."""
    params = {"service": service, "method": method, "args": args}
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "har2rpc"}
    request = urllib.request.Request(f"{url}/jsonrpc", body, headers)
    try:
        with _OPENER.open(request, timeout=_SECONDS) as response:
            text = response.read(_LARGEST)
    except urllib.error.HTTPError as error:
        with error:  # it holds the connection
            raise Har2rpcError(_http_error_message(url, error)) from None
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise Har2rpcError(_no_answer_message(url, error)) from None
    try:
        answer = json.loads(text)
    except ValueError:
        raise Har2rpcError(
            f"{url}: it answers, but not as an Odoo does; is the address right?"
        ) from None
    if not isinstance(answer, dict):
        return None
    refusal = answer.get("error")
    if isinstance(refusal, dict):
        data = refusal.get("data")
        data = data if isinstance(data, dict) else {}
        raise _OdooError(str(data.get("name")), data.get("message") or refusal.get("message"))
    return answer.get("result")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a credential goes to the address that the user gave, and nowhere else."""

    def redirect_request(self, *args: object) -> None:
        """Sends no request: the redirect becomes an HTTPError."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def _http_error_message(url: str, error: urllib.error.HTTPError) -> str:
    if error.code in (301, 302, 303, 307, 308):
        target = _redirect_target(error.headers.get("Location", ""))
        return f"{url}: it sends on to {target}: give that address, if it is the server"
    if error.code == 404:
        return (
            f"{url}: it has no /jsonrpc: no Odoo, or one that offers JSON-2 alone (from 22 on), or several databases "
            "and none for this host name"
        )
    if error.code in (401, 403):
        return f"{url}: something before Odoo refuses the request (HTTP {error.code}): a proxy's login?"
    return f"{url}: HTTP {error.code} {error.reason}; is Odoo running?"


def _redirect_target(location: str) -> str:
    parts = urllib.parse.urlsplit(location)
    return f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme else "another page"


def _no_answer_message(url: str, error: Exception) -> str:
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
