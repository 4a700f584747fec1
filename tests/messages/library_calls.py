"""Messages that no command line reaches by itself, and the call of the package's functions that brings each about."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import closing, redirect_stderr
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from har_builder import har, search

from har2rpc import pipeline
from har2rpc.cli import clipboard
from har2rpc.cli.tables import console
from har2rpc.model import Input, Result
from har2rpc.page import uploads
from har2rpc.pipeline import action_document, recorded_server, tool_server
from har2rpc.rendering import forms_asked, paste_sheet
from har2rpc.rendering.formatting import OnlyFor
from har2rpc.rendering.javascript import functions as javascript
from har2rpc.rendering.json_values import literals as json_literals
from har2rpc.rendering.json_values import postman
from har2rpc.rendering.php import declarations as php
from har2rpc.rendering.php import literals as php_literals
from har2rpc.rendering.python import definitions as python
from har2rpc.rendering.shell import function_options as shell
from har2rpc.serving import evaluation, tool_documents, tool_schemas
from har2rpc.serving.odoo_user import OdooUser
from har2rpc.serving.tool_calls import ToolBox

_NO_PAGES: Any = SimpleNamespace(pages=None, result="partners")


def _on_a_page(method: str, *args: Any) -> None:
    with closing(uploads.OpenPage([], [])) as page:
        getattr(page, method)(*args)


def _tools(**more: Any) -> Any:
    """Reads a document of one tool."""
    tool = {"name": "find", **more}
    return tool_documents.read_tools({"tools": [tool]})


def _tool_call(arg: Any = None, *, secret: str | None = "s", **arguments: Any) -> None:
    """Calls a tool that sends this, and asks for a password."""
    schema = {"type": "object", "properties": {"password": {"type": "string", "writeOnly": True}}}
    sent = {"model": "res.users", "method": "read", "args": [arg], "kwargs": {}}
    tools = _tools(inputSchema=schema, _meta={"har2rpc/call": sent})
    ToolBox(tools, _USER, lambda name: secret).call("find", arguments)


_USER = OdooUser(lambda message: {"result": False}, "lab", "admin", None, "key")


def _copy(text: str) -> None:
    """Copies it where nothing but a terminal could take it."""
    terminal = SimpleNamespace(stderr=SimpleNamespace(isatty=lambda: True))
    with patch.object(clipboard, "sys", terminal), patch.object(clipboard, "_PROGRAMS", ()):
        clipboard.copy_text(text)


def _crash() -> list[str]:
    with redirect_stderr(io.StringIO()) as printed:
        console.print_crash(KeyError, KeyError("x"), None)
    return [line.removeprefix("har2rpc: ") for line in printed.getvalue().splitlines()]


def _redact_two() -> None:
    text = json.dumps(har(search())).encode()
    pipeline.redact([io.BytesIO(text), io.BytesIO(text)], io.BytesIO())


def _of_server(url: str) -> dict[str, Any]:
    return {"_meta": {"har2rpc/session": {"url": url}}}


LIBRARY: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("page/uploads.py", lambda: _on_a_page("upload", 1, "../a", io.BytesIO())),
    ("page/uploads.py", lambda: _on_a_page("copy", "none")),
    ("rendering/forms_asked.py", lambda: forms_asked.word_lines("a;b", 80)),
    ("rendering/javascript/functions.py", lambda: javascript.call([], "a b")),
    ("rendering/javascript/functions.py", lambda: javascript.paged_call(_NO_PAGES)),
    ("rendering/json_values/literals.py", lambda: json_literals.refuse(Input("name"))),
    ("rendering/json_values/postman.py", lambda: postman.variable("a b")),
    ("rendering/php/declarations.py", lambda: php.call([], "a b")),
    ("rendering/php/declarations.py", lambda: php.paged_call(_NO_PAGES)),
    ("rendering/php/literals.py", lambda: php_literals.literal({"a": OnlyFor(Input("a"), 1, {"7": 1})})),
    ("rendering/python/definitions.py", lambda: python.call([], "a b")),
    ("rendering/shell/function_options.py", lambda: shell.paged_call(_NO_PAGES)),
    ("pipeline/action_document.py", lambda: action_document.actions_of_document({action_document._MARK: 0}, as_flow=False)),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_schema([])),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_schema({"type": "object", "x y": 1})),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_schema({"type": "object", "pattern": "(a+)+"})),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_schema({"type": "object", "properties": {"a b": {}}})),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_schema({"type": "object", "properties": {"a": 1}})),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_schema({"type": "object", "required": 1})),
    ("serving/tool_schemas.py", lambda: tool_schemas.check_arguments({"a": 1}, {"type": "object", "properties": {"a": {"type": "string"}}})),
    ("serving/tool_documents.py", lambda: tool_documents.read_tools({"tools": [{"name": "a b"}]})),
    ("serving/tool_documents.py", _tools),
    ("serving/tool_documents.py", lambda: tool_documents._call({"model": 1, "method": 1, "args": [], "kwargs": {}}, {}, "")),
    ("serving/tool_documents.py", lambda: tool_documents._call({"model": "a", "method": "b", "args": 1, "kwargs": {}}, {}, "")),
    ("serving/tool_documents.py", lambda: tool_documents._step({"action": "x"}, {})),
    ("serving/tool_documents.py", lambda: _tools(inputSchema=[], _meta={})),
    ("serving/tool_calls.py", lambda: _tool_call(secret=None)),
    ("serving/tool_calls.py", lambda: _tool_call(password="x")),
    ("serving/tool_calls.py", lambda: _tool_call({"$lines": 1})),
    ("serving/odoo_user.py", _USER.uid),
    ("serving/evaluation.py", lambda: evaluation.answer_part({"$result": "a", "record": 0, "field": "x"}, [{}])),
    ("rendering/paste_sheet.py", lambda: paste_sheet._rendered("{", {})),
    ("pipeline/tool_server.py", lambda: tool_server.tool_session([_of_server("https://a"), _of_server("https://b")])),
    ("pipeline/redaction.py", _redact_two),
    ("pipeline/recorded_server.py", lambda: recorded_server.sent_value(Result("partner_id", "id"), None)),
    ("cli/clipboard.py", lambda: _copy("x" * 75_000)),
    ("cli/tables/console.py", _crash),
)  # fmt: skip
