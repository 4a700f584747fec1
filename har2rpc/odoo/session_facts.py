"""Finds facts about the session in an exchange: the user, the database, the version.

Sources: Odoo 12-19 `addons/web/models/ir_http.py` (session_info), `controllers/session.py`,
`addons/bus` (the version in the websocket's URL), `odoo/service/common.py` (login); 19 `addons/rpc` (`/web/version`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import parse_qs

from har2rpc.model import Exchange, Fact, Json
from har2rpc.odoo import versions
from har2rpc.odoo.answers import answer_body
from har2rpc.odoo.routes import xml_rpc_service
from har2rpc.odoo.urls import url_parts

# `odoo.session_info = {…}` up to 14, `odoo.__session_info__ = {…}` from 15 on.
_INLINE = re.compile(r"odoo\.(?:__session_info__|session_info)\s*=\s*")
_WEBSOCKET_PATHS = ("/websocket", "/bus/websocket_worker_bundle")
_WEBSOCKET = re.compile(
    r"(?:^|(?<=&))v(?:ersion)?=((?:saas(?:[~-]|%7[Ee]))?[0-9]{1,4}\.[0-9]{1,4})-[0-9]"
)
_MOST_INFOS = 50  # in a page; a failed one is read up to where it is wrong
_VERSION_ROUTES = ("/web/webclient/version_info", "/web/version", "/json/version")


@dataclass(slots=True, eq=False, repr=False)  # cheap to import
class Finding:
    """The facts and guesses in one place, perhaps about a user (`uid`) and a database (`db`)."""

    facts: dict[str, Fact] = field(default_factory=dict)
    guesses: dict[str, Fact] = field(default_factory=dict)
    is_info: bool = False
    """A session info: what a browser's later calls to the same server belong to."""
    page: Fact | None = None
    """The place itself, where it is a page of Odoo that somebody used: it tells the server."""


def findings(exchange: Exchange, body: Any) -> Iterator[Finding]:
    """The findings in an exchange. `body` is its parsed JSON body, if any."""
    path = url_parts(exchange.url).path
    query = url_parts(exchange.url).query if path.endswith(_WEBSOCKET_PATHS) else ""
    version = _WEBSOCKET.search(query)
    if version and versions.is_series(version[1]):
        number = versions.as_reported(version[1])
        yield Finding(_facts(exchange, "the websocket's URL", server_version=number))
    if exchange.answer and "session_info" in exchange.answer:
        for info in _inline_infos(exchange.answer):
            yield from _of_info(info, exchange, "session info in the page")
    if path.endswith(("/web/session/get_session_info", "/web/session/authenticate")):
        yield from _of_session_route(exchange, body, path)
    elif path.endswith("/jsonrpc") or xml_rpc_service(exchange.url):
        yield from _of_service(exchange, body)
    elif path.endswith("/web/login") and exchange.http_method == "POST":
        yield _of_login_form(exchange)
    elif path.endswith(_VERSION_ROUTES):
        said_version = versions.version_said(_version_answer(exchange))
        yield Finding(_facts(exchange, path, server_version=said_version))
    if "db=" in exchange.url and "/web" in path:
        for db in parse_qs(url_parts(exchange.url).query).get("db", ()):
            yield Finding(guesses=_facts(exchange, "db= in a URL", db=db))


def is_possible(key: str, value: Json) -> bool:
    """Whether a value can be this fact: a uid and companies are numbers, all others are texts."""
    if key == "uid":
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    if key == "company_ids":
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(item, int) and not isinstance(item, bool) for item in value)
        )
    return isinstance(value, str) and bool(value)


def _facts(exchange: Exchange, what: str, **values: Json) -> dict[str, Fact]:
    """Those of the values that can be facts, each with the place where it was read."""
    found_in = f"{exchange.where}, {what}"
    return {key: Fact(value, found_in) for key, value in values.items() if is_possible(key, value)}


def _of_info(info: dict[str, Json], exchange: Exchange, what: str) -> Iterator[Finding]:
    if not is_possible("uid", info.get("uid")):
        return  # the login page has a session info, too: without a uid it says nothing of a user
    context = info.get("user_context")
    context = context if isinstance(context, dict) else {}
    facts = _facts(
        exchange,
        what,
        uid=info["uid"],
        db=info.get("db"),
        login=info.get("username"),
        name=info.get("name"),
        server_version=versions.version_said(info),
        lang=context.get("lang"),
        tz=context.get("tz"),
        company_ids=_company_ids(info),
    )
    yield Finding(facts, is_info=True, page=Fact(exchange.url, f"{exchange.where}, {what}"))


def _of_session_route(exchange: Exchange, body: Any, path: str) -> Iterator[Finding]:
    info = _result(exchange)
    for finding in _of_info(info, exchange, path[path.index("/web/session") :]):
        params = body.get("params") if isinstance(body, dict) else None
        if path.endswith("authenticate") and isinstance(params, dict):
            request = _facts(
                exchange, "the login's request", db=params.get("db"), login=params.get("login")
            )
            finding.facts.update({key: request[key] for key in request.keys() - finding.facts})
        yield finding


def _of_service(exchange: Exchange, body: Any) -> Iterator[Finding]:
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict) or not isinstance(args := params.get("args"), list):
        return
    service, method = params.get("service"), params.get("method")
    protocol = "XML-RPC" if xml_rpc_service(exchange.url) else "/jsonrpc"
    if service == "object" and len(args) >= 5:
        yield Finding(_facts(exchange, f"the {protocol} call's arguments", db=args[0]))
    elif service == "common" and method in ("login", "authenticate") and len(args) >= 3:
        uid = _answer(exchange)
        if is_possible("uid", uid):  # False: refused
            facts = _facts(exchange, "the login's request", db=args[0], login=args[1])
            yield Finding({**facts, **_facts(exchange, "the login's answer", uid=uid)})
    elif service == "common" and method == "version":
        version = versions.version_said(_result(exchange))
        yield Finding(_facts(exchange, "version", server_version=version))


def _of_login_form(exchange: Exchange) -> Finding:
    """The login typed into the page; the password next to it is not read."""
    form = parse_qs(exchange.body or "")
    typed = {key: (form.get(key) or [""])[0] for key in ("login", "db")}
    guesses = _facts(exchange, "the login form", **typed)
    facts = {}
    if exchange.status in (302, 303) and "login" in guesses:
        facts["login"] = guesses.pop(
            "login"
        )  # accepted: a refused login shows the page again (200)
    return Finding(facts, guesses, page=Fact(exchange.url, f"{exchange.where}, the login page"))


def _inline_infos(html: str) -> Iterator[dict[str, Json]]:
    """Every session info written into a page, whatever stands behind it."""
    decoder = json.JSONDecoder()
    for match in islice(_INLINE.finditer(html), _MOST_INFOS):
        start = match.end()
        try:
            info, _ = decoder.raw_decode(html, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(info, str):  # Odoo 12 writes a JSON string
            try:
                info = json.loads(info)
            except (ValueError, RecursionError):
                continue
        if isinstance(info, dict):
            yield info


def _answer(exchange: Exchange) -> Json:
    answer = answer_body(exchange)
    return answer.get("result") if answer else None


def _result(exchange: Exchange) -> dict[str, Json]:
    result = _answer(exchange)
    return result if isinstance(result, dict) else {}


def _version_answer(exchange: Exchange) -> dict[str, Json]:
    """What a version route says: a JSON-RPC result, or from 19 on plain JSON."""
    answer = _json(exchange)
    if isinstance(answer, dict) and "result" not in answer:
        return answer
    return _result(exchange)


def _json(exchange: Exchange) -> Json:
    try:
        return json.loads(exchange.answer or "null")
    except (ValueError, RecursionError):
        return None


def _company_ids(info: dict[str, Json]) -> list[int] | None:
    """The company at work first, as `allowed_company_ids` has it when nothing else was chosen."""
    companies = info.get("user_companies")
    current = (
        companies.get("current_company") if isinstance(companies, dict) else info.get("company_id")
    )
    if isinstance(current, list) and current:  # Odoo 12-14: [id, name]
        current = current[0]
    return [current] if isinstance(current, int) and not isinstance(current, bool) else None
