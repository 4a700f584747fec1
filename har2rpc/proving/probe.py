"""Asks a live server the first questions: does it answer, which version is it, and what is this login's user id?"""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.model import Har2rpcError, Json
from har2rpc.proving.live_server import (
    check_encryption,
    in_time,
    not_an_odoo,
    post_json,
    server_address,
    shortened,
)

_SECONDS = 45.0  # for all that is asked
_MOST_DATABASES = 10  # named in a sentence


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a live server answered about itself and about a login."""

    url: str
    server_version: str
    db: str
    login: str
    uid: int


def probe_login(
    url: str, db: str, login: str, secret: str, *, allow_http: bool = False
) -> ServerFacts:
    """Version and user id, through /jsonrpc (Odoo 8 to 21).

    With `allow_http` the secret is sent unencrypted to other machines, too. Raises Har2rpcError with a sentence for each
    refusal: where, what, and the next step.
    """
    url = server_address(url)
    if not allow_http:
        check_encryption(url)
    return in_time(url, _SECONDS, lambda: _probe(url, db, login, secret))


def _probe(url: str, db: str, login: str, secret: str) -> ServerFacts:
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


def _server_version(url: str) -> str:
    try:
        result = _call(url, "common", "version", [])
    except _OdooError as error:
        _, message = error.args
        raise Har2rpcError(f"{url}: it answers, but not with a version: {message}") from None
    version = result.get("server_version") if isinstance(result, dict) else None
    if not isinstance(version, str) or version != shortened(version):
        raise not_an_odoo(url)
    return version


def _login_error(url: str, db: str, error: _OdooError) -> str:
    name, message = error.args
    if "does not exist" in message or "OperationalError" in name or "database" in message.lower():
        known = _databases(url)
        hint = f"; it has {known}" if known else "; /web?debug=1 shows its name"
        return f"{url}: there is no database {db!r}{hint}"
    if name.endswith("AccessDenied"):
        return f"{url}: database {db}: access denied; with two-factor login only an API key works"
    return f"{url}: database {db}: {name}: {message}"


def _databases(url: str) -> str:
    """The databases in a sentence, where the server lists them."""
    try:
        answer = _call(url, "db", "list", [])
    except (_OdooError, Har2rpcError):
        return ""
    names = (
        [shortened(name) for name in answer if isinstance(name, str)]
        if isinstance(answer, list)
        else []
    )
    more = f" and {len(names) - _MOST_DATABASES} more" if len(names) > _MOST_DATABASES else ""
    return ", ".join(names[:_MOST_DATABASES]) + more


def _call(url: str, service: str, method: str, args: list[Json]) -> Json:
    """The `result` of a JSON-RPC call. Raises _OdooError, and Har2rpcError for a server that is not an Odoo."""
    params = {"service": service, "method": method, "args": args}
    message = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
    answer = post_json(url, "/jsonrpc", message)
    if not isinstance(answer, dict):
        return None
    refusal = answer.get("error")
    if isinstance(refusal, dict):
        data = refusal.get("data")
        data = data if isinstance(data, dict) else {}
        words = data.get("message") or refusal.get("message")
        raise _OdooError(shortened(data.get("name")), shortened(words))
    return answer.get("result")
