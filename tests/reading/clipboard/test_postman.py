"""Postman collections: folders, variables, saved answers; v2.0 and v2.1, exported or through Postman's API."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from har_builder import product

from har2rpc.model import Capture
from har2rpc.pipeline import open_capture

from ..hars import SAMPLES

PARAMS = {"model": "res.partner", "method": "read", "args": [[7], ["name"]], "kwargs": {}}
BODY = json.dumps({"jsonrpc": "2.0", "params": PARAMS})
V21 = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def request(
    body: str = BODY, url: Any = "{{base}}/web/dataset/call_kw", **more: Any
) -> dict[str, Any]:
    raw = {"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}}
    headers = [{"key": "Cookie", "value": "session_id=s3cr3t"}]
    return {
        "name": "x",
        "request": {"method": "POST", "url": url, "body": raw, "header": headers},
        **more,
    }


def collection(
    *items: Any, variables: dict[str, Any] | None = None, schema: str = V21
) -> dict[str, Any]:
    named = [{"key": key, "value": value} for key, value in (variables or {}).items()]
    return {"info": {"name": "Odoo", "schema": schema}, "item": list(items), "variable": named}


def opened(value: Any) -> Capture:
    return open_capture([io.BytesIO(json.dumps(value).encode())])


BASE = {"base": "https://x.example"}


@pytest.mark.parametrize(
    "value",
    [
        collection(request(), variables=BASE),
        collection(request(), variables=BASE, schema=V21.replace("2.1", "2.0")),
        collection(request(url={"raw": "{{base}}/web/dataset/call_kw"}), variables=BASE),
        collection({"name": "a", "item": [{"name": "b", "item": [request()]}]}, variables=BASE),
        collection({"name": "a", "item": [request()], "variable": [{"key": "base", "value": "https://x.example"}]}),
        collection(request(), variables={"base": "{{scheme}}://{{host}}", "scheme": "https", "host": "x.example"}),
        {"collection": collection(request(), variables=BASE)},
        collection(request(f"// what it does\n{BODY[:-1]},}}"), variables=BASE),
    ],
)  # fmt: skip
def test_a_collection_is_read(value: Any) -> None:
    (call,) = opened(value).calls
    assert ("https://x.example", "res.partner", "read") == (call.url, call.model, call.method)
    assert [[7], ["name"]] == call.args and "missing" == call.outcome


def test_requests_keep_their_order_through_folders() -> None:
    one, two, three = (
        request(BODY.replace('"read"', f'"{method}"')) for method in ("read", "write", "unlink")
    )
    calls = opened(collection({"item": [one, two]}, three, variables=BASE)).calls
    assert ["read", "write", "unlink"] == [call.method for call in calls]


def test_variables_fill_in_bodies_and_what_is_unknown_is_told() -> None:
    body = BODY.replace("[7]", "[{{id}}, {{other}}]")
    capture = opened(collection(request(body), variables={**BASE, "id": 5}))
    assert [[5, "{{other}}"], ["name"]] == capture.calls[0].args
    assert "does not hold the values of {{other}}" in " ".join(capture.skipped)


def test_a_secret_in_a_variable_stays_there() -> None:
    body = json.dumps(
        {"params": {"service": "object", "method": "execute_kw",
                    "args": ["lab", 2, "{{api_key}}", "res.partner", "read", [[7]]]}}
    )  # fmt: skip
    value = collection(request(body, "{{base}}/jsonrpc"), variables={**BASE, "api_key": "s3cr3t"})
    capture = opened(value)
    assert ("lab", 2) == (capture.session.get("db"), capture.calls[0].uid)
    assert "s3cr3t" not in repr(capture)


def test_a_saved_example_is_the_answer() -> None:
    saved = [{"code": 200, "body": '{"jsonrpc": "2.0", "result": [{"id": 7, "name": "A"}]}'}]
    (call,) = opened(collection(request(response=saved), variables=BASE)).calls
    assert ("ok", [{"id": 7, "name": "A"}]) == (call.outcome, call.fetch())


def test_our_own_collections_are_read_back(tmp_path: Any) -> None:
    path = tmp_path / "collection.json"
    sample = SAMPLES / "odoo19-chrome-search_partner_by_phone.har"
    path.write_text(product("convert", "-t", "postman", sample), "utf-8")
    rows = json.loads(product("list", "--json", path))
    assert [("res.partner", "search_read")] * 2 == [(row["model"], row["method"]) for row in rows]


@pytest.mark.parametrize("text", ['{"info": {"_postman_id": "a"}, "item": [{"request": {', '{"info": {"_postman_id": "a"}, "item": [null, 1, {"request": 5}, {"request": null, "item": 3}]}'])  # fmt: skip
def test_damaged_collections_are_sentences(text: str) -> None:
    from har2rpc.model import Har2rpcError

    with pytest.raises(Har2rpcError):
        open_capture([io.BytesIO(text.encode())])
