"""What the web client itself is answered: a logged-in browser's session, asked again what was recorded."""

from __future__ import annotations

import re
from typing import Any

import requests
from generated.recorded import Recorded

from live.server import Server


class Refused(Exception):
    """The server's own words."""


class Browser:
    """A session as the login page opens it: a cookie, no key; nothing of har2rpc is in it."""

    def __init__(self, server: Server) -> None:
        self._url = server.url
        self._session = requests.Session()
        self._session.cookies.set("tz", "UTC")
        who = {"db": server.db, "login": server.login, "password": server.password}
        answer = self.post("/web/session/authenticate", who)
        assert server.uid == answer["uid"]

    def post(self, path: str, params: dict[str, Any]) -> Any:
        """The `result` of a JSON route; None where a method returned nothing. Raises Refused."""
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        with self._session.post(f"{self._url}{path}", json=body, timeout=120) as response:
            response.raise_for_status()
            answer = response.json()
        if error := answer.get("error"):
            raise Refused(f"{error['data']['name']}: {error['data']['message']}")
        return answer.get("result")

    def upload(self, path: str, form: dict[str, str], name: str, text: str, field: str) -> None:
        """A file sent to a form's route, with the token that the page holds against forgeries."""
        page = self._session.get(f"{self._url}/web", timeout=120).text
        token = re.search(r'csrf_token: "([^"]+)"', page)
        assert token, "no token in the page"
        sent = {"csrf_token": token[1], **form}
        files = {field: (name, text.encode(), "text/csv")}
        answer = self._session.post(f"{self._url}{path}", data=sent, files=files, timeout=120)
        answer.raise_for_status()

    def again(self, call: Recorded) -> Any:
        """The answer to a recorded call of a model's method, sent as the client had sent it."""
        context = dict(call.context)
        named = {**call.kwargs, "context": context}
        params: dict[str, Any] = {"model": call.model, "method": call.method}
        if call.route in ("/web/dataset/call_kw", "/web/dataset/call_button"):
            return self.post(call.route, {**params, "args": call.args, "kwargs": named})
        if call.route == "/web/dataset/search_read":
            sort = {"sort": call.kwargs["order"]} if "order" in call.kwargs else {}
            known = {key: value for key, value in call.kwargs.items() if key != "order"}
            return self.post(call.route, {"model": call.model, **known, **sort, "context": context})
        if call.route == "/web/dataset/resequence":
            known = {"ids": call.args[0], **call.kwargs, "context": context}
            return self.post(call.route, {"model": call.model, **known})
        if call.route == "/mail/message/post":
            where = {"thread_model": call.model, "thread_id": call.args[0][0]}
            return self.post(call.route, {**where, "post_data": call.kwargs, "context": context})
        raise AssertionError(f"{call}: {call.route} is not asked again here")
