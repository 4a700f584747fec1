"""Who was logged in where: every place in a capture that tells something of the session.

Sources: Odoo 12-19 `addons/web/models/ir_http.py` (session_info), `controllers/session.py`,
`addons/bus` (the version in the websocket's URL), `odoo/service/common.py` (login).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from har2rpc.model import Call, Exchange, Fact, Json, Session
from har2rpc.odoo import versions
from har2rpc.odoo.urls import server_url, url_parts

# `odoo.session_info = {…}` up to 14, `odoo.__session_info__ = {…}` from 15 on.
_INLINE = re.compile(r"odoo\.(?:__session_info__|session_info)\s*=\s*")
_WEBSOCKET = re.compile(
    r"/(?:websocket|bus/websocket_worker_bundle)\?(?:.*&)?v(?:ersion)?=((?:saas[~-])?\d+\.\d+)-\d+"
)
_ONLINE = re.compile(r"^([a-z0-9-]+)(?:\.dev)?\.odoo\.com$")


class SessionFinder:
    """Looks at every exchange once, then at the calls; what it found is `session()`."""

    def __init__(self) -> None:
        self._facts: dict[str, Fact] = {}
        self._guesses: dict[str, Fact] = {}
        self._pages: dict[str, str] = {}
        self._version_is_said = False

    def look(self, exchange: Exchange, body: Any) -> None:
        """Takes what one exchange tells. `body` is its parsed JSON body, if any."""
        version = _WEBSOCKET.search(exchange.url)
        if version and versions.is_series(version[1]):
            number = version[1].replace("saas-", "saas~")
            self._know("server_version", number, exchange, "the websocket's URL")
        if exchange.answer and "session_info" in exchange.answer:
            for info in _inline_infos(exchange.answer):
                self._take_info(info, exchange, "session info in the page")
        path = url_parts(exchange.url).path
        if path.endswith(("/web/session/get_session_info", "/web/session/authenticate")):
            info = _result(exchange)
            self._take_info(info, exchange, path[path.index("/web/session") :])
            params = body.get("params") if isinstance(body, dict) else None
            if path.endswith("authenticate") and isinstance(params, dict) and info.get("uid"):
                self._know("db", params.get("db"), exchange, "the login's request")
                self._know("login", params.get("login"), exchange, "the login's request")
        elif path.endswith("/jsonrpc"):
            self._take_jsonrpc(exchange, body)
        elif path.endswith("/web/login") and exchange.http_method == "POST":
            self._take_login_form(exchange)
        elif path.endswith("/web/webclient/version_info"):
            self._know("server_version", _result(exchange).get("server_version"), exchange, path)
        if "db=" in exchange.url and "/web" in path:
            for db in parse_qs(url_parts(exchange.url).query).get("db", ()):
                self._guess("db", db, exchange, "db= in a URL")

    def session(self, calls: tuple[Call, ...]) -> Session:
        """All that is known, the calls' own contexts included."""
        users = Counter(call.uid for call in calls if call.uid is not None)
        facts = dict(self._facts)
        servers = Counter(call.url for call in calls if call.url)  # a pasted payload has none
        if servers:
            url = servers.most_common(1)[0][0]
            where = next(call.where for call in calls if call.url == url)
            facts["url"] = Fact(url, f"{where}, the URL of a call")
        elif self._pages:
            facts["url"] = Fact(*next(iter(self._pages.items())))
        if users:
            uid = users.most_common(1)[0][0]
            if "uid" not in facts or facts["uid"].value not in users:
                for personal in (
                    ("login", "name", "lang", "tz", "company_ids") if "uid" in facts else ()
                ):
                    facts.pop(personal, None)  # those of a user who made no call
                facts["uid"] = Fact(uid, _first(calls, uid))
        self._from_contexts(facts, calls)
        guesses = {key: fact for key, fact in self._guesses.items() if key not in facts}
        if "server_version" not in facts and (guess := _version_guess(calls)):
            guesses["server_version"] = guess
        if "db" not in facts and "db" not in guesses and "url" in facts:
            host = url_parts(facts["url"].value).netloc.partition(":")[0]
            if online := _ONLINE.match(host):
                guesses["db"] = Fact(online[1], f"the host name {host}")
        return Session(facts=facts, guesses=guesses, users=dict(users.most_common()))

    def _know(self, key: str, value: Json, exchange: Exchange, what: str) -> None:
        if key not in self._facts and _is_possible(key, value):
            self._facts[key] = Fact(value, f"{exchange.where}, {what}")

    def _guess(self, key: str, value: Json, exchange: Exchange, what: str) -> None:
        if _is_possible(key, value):
            self._guesses.setdefault(key, Fact(value, f"{exchange.where}, {what}"))

    def _take_info(self, info: dict[str, Json], exchange: Exchange, what: str) -> None:
        uid = info.get("uid")
        if isinstance(uid, bool) or not isinstance(uid, int):
            # The login page has a session info, too: without a uid it says nothing of a user.
            return
        self._pages.setdefault(server_url(exchange.url), f"{exchange.where}, {what}")
        known = self._facts.get("uid")
        if known is not None and known.value != uid:
            return  # a second user: the first one's facts are not mixed with this one's
        context = info.get("user_context")
        context = context if isinstance(context, dict) else {}
        for key, value in (
            ("uid", uid),
            ("db", info.get("db")),
            ("login", info.get("username")),
            ("name", info.get("name")),
            ("server_version", info.get("server_version")),
            ("lang", context.get("lang")),
            ("tz", context.get("tz")),
            ("company_ids", _company_ids(info)),
        ):
            if key == "server_version" and value and not self._version_is_said:
                self._facts.pop(key, None)  # the page says it better than a URL
                self._version_is_said = True
            self._know(key, value, exchange, what)

    def _take_jsonrpc(self, exchange: Exchange, body: Any) -> None:
        params = body.get("params") if isinstance(body, dict) else None
        if not isinstance(params, dict) or not isinstance(args := params.get("args"), list):
            return
        service, method = params.get("service"), params.get("method")
        if service == "object" and len(args) >= 5 and isinstance(args[0], str):
            self._know("db", args[0], exchange, "the /jsonrpc call's arguments")
        elif service == "common" and method in ("login", "authenticate") and len(args) >= 3:
            uid = _answer(exchange)
            if isinstance(uid, int) and uid:  # False: refused
                self._know("db", args[0], exchange, "the login's request")
                self._know("login", args[1], exchange, "the login's request")
                self._know("uid", uid, exchange, "the login's answer")
        elif service == "common" and method == "version":
            self._know(
                "server_version", _result(exchange).get("server_version"), exchange, "version"
            )

    def _take_login_form(self, exchange: Exchange) -> None:
        """The login typed into the page; the password beside it is not looked at."""
        form = parse_qs(exchange.body or "")
        self._pages.setdefault(server_url(exchange.url), f"{exchange.where}, the login page")
        login = (form.get("login") or [""])[0]
        if exchange.status in (302, 303):  # accepted: a refused login shows the page again (200)
            self._know("login", login, exchange, "the login form")
        else:
            self._guess("login", login, exchange, "the login form")
        self._guess("db", (form.get("db") or [""])[0], exchange, "the login form")

    @staticmethod
    def _from_contexts(facts: dict[str, Fact], calls: tuple[Call, ...]) -> None:
        uid = facts["uid"].value if "uid" in facts else None
        for key, name in (("lang", "lang"), ("tz", "tz"), ("company_ids", "allowed_company_ids")):
            if key in facts and key != "company_ids":  # the page does not tell which were ticked
                continue
            for call in calls:
                if call.uid == uid and _is_possible(key, call.context.get(name)):
                    facts[key] = Fact(call.context[name], f"{call.where}, a call's context")
                    break


def _inline_infos(html: str) -> Iterator[dict[str, Json]]:
    """Every session info written into a page, whatever stands behind it."""
    decoder = json.JSONDecoder()
    for match in _INLINE.finditer(html):
        start = match.end()
        try:
            info, _ = decoder.raw_decode(html, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(info, str):  # Odoo 12 writes a JSON string
            try:
                info = json.loads(info)
            except ValueError:
                continue
        if isinstance(info, dict):
            yield info


def _is_possible(key: str, value: Json) -> bool:
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


def _answer(exchange: Exchange) -> Json:
    try:
        answer = json.loads(exchange.answer or "null")
    except (ValueError, RecursionError):
        return None
    return answer.get("result") if isinstance(answer, dict) else None


def _result(exchange: Exchange) -> dict[str, Json]:
    result = _answer(exchange)
    return result if isinstance(result, dict) else {}


def _company_ids(info: dict[str, Json]) -> list[int] | None:
    """The company at work first, as `allowed_company_ids` has it when nothing else was chosen."""
    companies = info.get("user_companies")
    current = (
        companies.get("current_company") if isinstance(companies, dict) else info.get("company_id")
    )
    if isinstance(current, list) and current:  # Odoo 12-14: [id, name]
        current = current[0]
    return [current] if isinstance(current, int) and not isinstance(current, bool) else None


def _first(calls: tuple[Call, ...], uid: int) -> str:
    call = next(call for call in calls if call.uid == uid)
    place = "uid in the arguments" if call.route == "/jsonrpc" else "uid in a call's context"
    return f"{call.where}, {place}"


def _version_guess(calls: tuple[Call, ...]) -> Fact | None:
    """The version that the methods of the calls tell of; None where they are those of any client."""
    for major, methods in versions.FIRST_CALLED.items():
        for call in calls:
            if call.method in methods:
                return Fact(str(major), f"{call.where}, {call.method} is called from {major} on")
    last = versions.OLD_CLIENT
    for call in calls:
        if call.method == "load_views" or call.route == "/web/dataset/search_read":
            return Fact(str(last), f"{call.where}, {call.method} is called up to {last} only")
    return None
