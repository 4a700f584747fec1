"""What a client of the OpenAPI document gets from the real Odoo 19: answers and refusals, as the document says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from generated.goldens import Golden, goldens
from generated.openapi_client import Client, recorded_value
from generated.recorded import same

from live.server import Server

pytestmark = pytest.mark.live

HOSTILE = 'a "quote" \\ {{ 7*7 }} ${HOME}\n\u2028 \'é🙂'
READS = ("read", "search_read", "search_count", "formatted_read_group")
OF_19 = [one for one in goldens("openapi.json") if "odoo19" in one.id]


def client(golden: Golden, server: Server) -> Client:
    """A client of the golden's document, for this server."""
    return Client(json.loads(golden.text), server.url, server.api_key, server.db)


def called(path: str) -> list[str]:
    """Model and method."""
    return [unquote(part) for part in path.split("/")[3:]]


def differences(answer: Any, before: Any, after: Any) -> list[str]:
    """Where an answer is neither of two that were asked for around it: some fields change by the second."""
    if isinstance(answer, list) and isinstance(before, list) and isinstance(after, list):
        if len({len(answer), len(before), len(after)}) > 1:
            return [f"{len(answer)} for {len(before)}"]
        return [
            what
            for three in zip(answer, before, after, strict=True)
            for what in differences(*three)
        ]
    if isinstance(answer, dict) and isinstance(before, dict) and set(answer) == set(before):
        return [
            f"{key}: {what}"
            for key in answer
            for what in differences(answer[key], before[key], after[key])
        ]
    is_steady = same(before, after)
    return [f"{answer!r} for {before!r}"] if is_steady and not same(answer, before) else []


@pytest.mark.parametrize("golden", OF_19)
def test_reads_answer_what_execute_kw_answers(golden: Golden, server: Server) -> None:
    made = client(golden, server)
    for request in made.requests():
        model, method = called(request.path)
        if method not in READS:
            continue
        body = made.body(request.schema, recorded_value)
        named = dict(body)
        ids = [named.pop("ids")] if "ids" in named else []
        before = server.ask(model, method, *ids, **named)
        answer = made.send(request, body)
        after = server.ask(model, method, *ids, **named)
        assert [] == differences(answer, before, after), request.path


def test_a_create_makes_that_record(server: Server) -> None:
    [golden] = [
        one.values[0] for one in OF_19 if one.id.startswith("odoo19-chrome-create_partner-")
    ]
    made = client(golden, server)
    [request] = [one for one in made.requests() if one.path.endswith("/create")]

    def choose(schema: Mapping[str, Any]) -> Any:
        return HOSTILE if schema["type"] == "string" else recorded_value(schema)

    server.is_clean = False
    [identity] = made.send(request, made.body(request.schema, choose))
    try:
        [record] = server.ask("res.partner", "read", [identity], ["name", "phone", "country_id"])
        assert [HOSTILE, HOSTILE] == [record["name"], record["phone"]]
        assert 20 == record["country_id"][0]
    finally:
        server.ask("res.partner", "unlink", [identity])


def test_refusals_are_those_of_the_document(server: Server) -> None:
    golden = next(one.values[0] for one in OF_19 if "search_partner_by_phone" in one.id)
    made = client(golden, server)
    request = next(made.requests())
    body = made.body(request.schema, recorded_value)
    with pytest.raises(PermissionError):
        made.send(request, {**body, "no_such_argument": 1})
    with pytest.raises(PermissionError, match="nofield"):
        made.send(request, {**body, "domain": [["nofield", "=", 1]]})
    made.key += "x"
    with pytest.raises(PermissionError, match="Invalid apikey"):
        made.send(request, body)
