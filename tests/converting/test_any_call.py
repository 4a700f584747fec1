"""Any JSON in the place of a call's parts: it is converted or refused in one sentence, never a crash."""

from __future__ import annotations

import ast
import io
import json
from itertools import product
from typing import Any

import pytest
from har_builder import call, har, page, rpc, search
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from har2rpc import pipeline
from har2rpc.cli.tables.calls import print_table
from har2rpc.model import ConvertOptions, Har2rpcError

scalars = st.one_of(st.none(), st.booleans(), st.integers(-3, 9), st.floats(), st.text(max_size=4))
words = st.sampled_from(
    ["res.partner", "name", "id", "uid", "context", "domain", "fields", "specification", "=", "any"]
)
anything = st.recursive(
    scalars | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)
KWARGS = (
    "domain", "specification", "fields", "limit", "offset", "order", "groupby", "name", "args",
    "vals", "ids", "context", "body",
)  # fmt: skip
METHODS = (
    "search_read", "web_search_read", "read", "web_read", "create", "write", "web_save", "unlink",
    "onchange", "name_search", "read_group", "get_views", "load_views", "fields_get", "name_create",
    "action_confirm", "change_password", "copy", "search_count", "web_read_group",
)  # fmt: skip
ROUTES = (
    "/web/dataset/call_kw", "/web/dataset/call_button", "/web/dataset/call", "/web/dataset/load",
    "/web/dataset/search_read", "/web/dataset/resequence", "/jsonrpc",
)  # fmt: skip


def through_everything(*entries: dict[str, Any]) -> None:
    """Opens, lists, converts every way; only Har2rpcError may be raised."""
    source = io.BytesIO(json.dumps(har(page(), search(), *entries)).encode("utf-8"))
    capture = pipeline.open_capture([source])
    pipeline.as_known(capture)
    for one in capture.calls:
        json.dumps(pipeline.as_listed(one))
    print_table(capture, capture.calls)
    several = len(capture.sessions) > 1  # a program's call may name another database
    names = [session.server for session in capture.sessions] if several else [None]
    parts = [pipeline.part_for(capture, server=name) for name in names]
    ways = ({}, {"verbatim": True}, {"inputs": False}, {"keep_all": True})
    for part, options in product(parts, ways):
        steps = pipeline.actions(part, part.calls, ConvertOptions(**options))
        for target in ("python", "locoia"):
            try:
                text = pipeline.render(part, steps, target=target)
            except Har2rpcError as error:
                assert "is no" in str(error) and "\n" not in str(error), error
            else:
                (ast.parse if target == "python" else json.loads)(text)


few = settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@few
@given(
    st.sampled_from(METHODS),
    anything,
    st.dictionaries(st.sampled_from(KWARGS), anything, max_size=5),
    anything,
)
@example("web_search_read", [], {"domain": [["a", "any", 1]], "specification": [1]}, {"records": 1})
@example("web_save", [[], {"line_ids": [[0], [0, 1], [6], [6, 0, 1], [4], [1, 2, 3]]}], {}, [[]])
@example("onchange", [[], {}, 7, {}], {}, {"value": 7})
@example("get_views", [], {}, {"models": {"res.partner": {"fields": {"a": {"type": 1}}}}})
@example("read_group", [[], 1, 2], {"groupby": [None]}, 1)
def test_any_call_is_converted_or_refused(method, args, kwargs, answer) -> None:
    through_everything(
        call("res.partner", method, args, kwargs, result=answer),
        call("res.partner", "web_save", ([], {"name": "x", "country_id": 7}), result=[{"id": 9}]),
    )


@few
@given(st.sampled_from(ROUTES), st.dictionaries(st.sampled_from(
    ["model", "method", "args", "kwargs", "context", "id", "ids", "domain", "service", "limit"]
), anything))  # fmt: skip
@example(
    "/jsonrpc", {"service": "object", "method": "execute_kw", "args": ["db", 2, "k", "m", "read"]}
)
@example("/jsonrpc", {"service": "common", "method": "login", "args": [1, 2, 3]})
def test_any_params_are_read_or_left_out(route: str, params: dict[str, Any]) -> None:
    through_everything(rpc(route, {"model": "res.partner", "method": "read", **params}))


@few
@given(anything)
def test_any_session_info_is_read_or_left_out(value: Any) -> None:
    through_everything(
        page(db=value, login=value, name=value, user_context=value, user_companies=value),
        page(uid=value),
        rpc("/web/session/authenticate", value, value),
        rpc("/web/session/get_session_info", {}, {"uid": 2, "db": value, "user_context": value}),
        rpc("/web/webclient/version_info", {}, value),
    )


def nested(levels: int, key: str = "") -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {key: value} if key else [value]
    return value


@pytest.mark.parametrize("levels", [40, 60, 180, 330, 480, 900])
@pytest.mark.parametrize("key", ["", "a"], ids=["lists", "dicts"])
def test_deep_nesting_is_converted_or_refused(levels: int, key: str) -> None:
    value = nested(levels, key)
    through_everything(
        call("res.partner", "web_save", ([], {"name": "x", "value": value}), result=value),
        call("res.partner", "web_search_read", (), {"domain": value, "specification": value}),
        call("res.partner", "act", ([7], value), {"context": {"lang": value}, "value": value}),
    )


@pytest.mark.parametrize(
    "value",
    [10**50, -(10**50), 10**4000, float("nan"), float("inf"), -0.0, 1e22, "x" * 1_000_000],
    ids=lambda value: repr(value)[:12],
)
def test_extreme_values_are_converted(value: Any) -> None:
    through_everything(
        call("res.partner", "create", ({"name": value, "lines": [[0, 0, {"a": value}]]},)),
        call("res.partner", "act", ([7], value), {"a": [value]}),
    )
