"""Recognizes a login that Odoo refused: it explains a capture that has nothing else in it.

Sources: Odoo 14-19 `addons/web/controllers/home.py` (`/web/login` shows its page again), `session.py` (`authenticate` raises
AccessDenied), `odoo/service/common.py` (`login`, `authenticate` answer False).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from har2rpc.model import Exchange
from har2rpc.odoo.answers import answer_body, refusal_of
from har2rpc.odoo.urls import url_parts

_METHODS = ("login", "authenticate")


def failed_login(exchange: Exchange, body: Any) -> str:
    """`contacts.har#3: the login as admin was refused: Access Denied`; "" where no login was. `body` is its parsed JSON."""
    path = url_parts(exchange.url).path
    if path.endswith("/web/login") and exchange.http_method == "POST":
        return _of_form(exchange)
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict):
        return ""
    # Only the answer to a login is decoded: those of other requests may be large.
    if path.endswith("/web/session/authenticate"):
        if "error" not in (answer_body(exchange) or {}):
            return ""
        words = refusal_of(exchange)[1]
        is_secret = str(params.get("password")) in words
        return _sentence(exchange, params.get("login"), "" if is_secret else words)
    args = params.get("args")
    is_login = params.get("service") == "common" and params.get("method") in _METHODS
    if is_login and isinstance(args, list) and args[1:]:
        answer = answer_body(exchange) or {}
        return _sentence(exchange, args[1]) if answer.get("result") is False else ""
    return ""


def _of_form(exchange: Exchange) -> str:
    """A refused login shows the login page again (200); an accepted one leads on (303)."""
    typed = parse_qs(exchange.body or "")
    if exchange.status != 200 or "login" not in typed or "password" not in typed:
        return ""
    return _sentence(exchange, typed["login"][0], "the login page appeared again")


def _sentence(exchange: Exchange, login: Any, words: str = "") -> str:
    who = f" as {login}" if isinstance(login, str) and login else ""
    return f"{exchange.where}: the login{who} was refused{f': {words}' if words else ''}"
