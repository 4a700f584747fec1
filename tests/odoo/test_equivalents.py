"""Routes that are no model calls but have an exact public equivalent, and what only looks like one."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from har2rpc.model import Exchange, Where
from har2rpc.odoo import routes
from odoo.test_routes import recognised


def recognised_form(path: str, body: str) -> Any:
    exchange = Exchange(Where("c.har", 1), f"https://odoo.example{path}", "POST", body, 200, None)
    return routes.recognize(exchange, routes.json_body(exchange))


MULTIPART = (
    '------b\r\nContent-Disposition: form-data; name="data"\r\n\r\n{}\r\n'
    '------b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nsecret\r\n------b--\r\n'
)
CHOSEN = {
    "model": "res.partner",
    "fields": [{"name": "name", "label": "Name"}, {"name": "country_id/code", "label": "Code"}],
    "ids": [7, 3],
    "domain": [],
    "context": {"uid": 2},
}


@pytest.mark.parametrize(
    ("path", "params", "expected"),
    [
        (
            "/mail/message/post",
            {
                "thread_model": "crm.lead",
                "thread_id": 4,
                "post_data": {"body": "hi", "attachment_tokens": ["t"], "partner_ids": [3]},
                "context": {"uid": 2},
            },
            ("crm.lead", "message_post", [[4]], {"body": "hi", "partner_ids": [3]}),
        ),
        (
            "/mail/thread/subscribe",
            {"res_model": "crm.lead", "res_id": 4, "partner_ids": [3]},
            ("crm.lead", "message_subscribe", [[4]], {"partner_ids": [3]}),
        ),
        (
            "/mail/thread/unsubscribe",
            {"res_model": "crm.lead", "res_id": 4, "partner_ids": [3]},
            ("crm.lead", "message_unsubscribe", [[4]], {"partner_ids": [3]}),
        ),
        (
            "/web/action/run",
            {"action_id": 9, "context": {"active_ids": [1, 2], "active_model": "res.partner"}},
            ("ir.actions.server", "run", [[9]], {}),
        ),
    ],
    ids=str,
)
def test_routes_with_a_public_equivalent(path: str, params: Any, expected: Any) -> None:
    found = recognised(path, params)
    assert expected == (found.model, found.method, found.args, found.kwargs)
    assert (path, params.get("context", {})) == (found.route, found.context)


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/mail/message/post", {"thread_model": "crm.lead", "thread_id": True, "post_data": {}}),
        ("/mail/message/post", {"thread_model": "crm.lead", "thread_id": 4, "post_data": []}),
        ("/mail/message/post", []),
        ("/mail/thread/subscribe", {"res_model": None, "res_id": 4}),
        ("/web/action/run", {"action_id": 9, "context": {"uid": 2}}),
        ("/web/action/run", {"action_id": "base.action", "context": {"active_id": 2}}),
        ("/mail/message/post/other", {"thread_model": "crm.lead", "thread_id": 4, "post_data": {}}),
    ],
    ids=str,
)
def test_what_only_looks_like_one_is_no_call(path: str, params: Any) -> None:
    assert recognised(path, params) is None


@pytest.mark.parametrize("path", ["/web/export/xlsx", "/web/export/csv"])
def test_an_export_is_a_form(path: str) -> None:
    names = ["name", "country_id/code"]
    for body in (
        MULTIPART.replace("{}", json.dumps(CHOSEN)),
        MULTIPART.replace("{}", json.dumps(CHOSEN)).replace("\r\n", "\n"),
        urlencode({"data": json.dumps(CHOSEN), "token": "x"}),
    ):
        found = recognised_form(path, body)
        assert ("res.partner", "export_data", [[7, 3], names], {}) == (
            found.model,
            found.method,
            found.args,
            found.kwargs,
        )
        assert 2 == found.uid
    for broken in ("", "data=", "data={", "--x", MULTIPART, urlencode({"data": "[1]"})):
        assert recognised_form(path, broken or "x") is None


def test_an_export_without_ids_is_a_search() -> None:
    data = {**CHOSEN, "ids": False, "domain": [["name", "ilike", "a"]]}
    found = recognised_form("/web/export/csv", urlencode({"data": json.dumps(data)}))
    assert ("search_read", []) == (found.method, found.args)
    expected = {"domain": [["name", "ilike", "a"]], "fields": ["name", "country_id/code"]}
    assert expected == found.kwargs
