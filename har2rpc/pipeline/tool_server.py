"""Actions as tools of the Model Context Protocol: from captures or documents to a server that sends them to an Odoo."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from har2rpc.model import Action, Capture, Flow, Har2rpcError, Json
from har2rpc.model.values import is_nested_deeper
from har2rpc.pipeline.action_document import actions_of_document, is_action_document
from har2rpc.pipeline.conversion import render

if TYPE_CHECKING:
    from har2rpc.serving.tool_documents import Tool

_TARGET = "mcp"
_SECONDS = 120  # without a byte of an answer: a method may take that long
_SECONDS_IN_ALL = 600.0
_LARGEST = 32 << 20  # bytes of an answer
_DEEPEST = 200  # levels of a document
# How our own documents begin. A HAR begins with its `log`, and nothing else that har2rpc reads begins like this.
_DOCUMENT = re.compile(
    rb'[\s\xef\xbb\xbf]*\{\s*"(?:har2rpc_actions|actions|captured_in|flow|session|title|tools|unknown|_meta)"'
)


@dataclass(frozen=True, slots=True)
class ToolConnection:
    """The server and user that the tools call: checked, so that the key goes nowhere else."""

    url: str
    db: str
    login: str
    uid: int | None
    """None if the login returns it."""
    secret: str


def is_tool_document(beginning: bytes) -> bool:
    """Whether a file that begins so is a document of `convert -t mcp` or `-t json`, and no capture."""
    return _DOCUMENT.match(beginning) is not None


def as_tool_document(capture: Capture, steps: Sequence[Action] | Flow) -> Mapping[str, Any]:
    """What `convert -t mcp` writes for these actions, or this flow, as data."""
    document: Mapping[str, Any] = json.loads(render(capture, steps, target=_TARGET))
    return document


def read_tool_document(name: str, text: str, *, as_flow: bool) -> Mapping[str, Any]:
    """The same from the text of a file that `convert -t mcp` or `-t json` wrote.

    Raises Har2rpcError, with the file's name, for any other file, and for one without a flow if a flow is requested.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Har2rpcError(f"{name}: is not valid JSON: {error}") from None
    if is_nested_deeper(document, _DEEPEST, text):
        raise Har2rpcError(f"{name}: is nested deeper than {_DEEPEST} levels")
    try:
        if is_action_document(document):
            from har2rpc.rendering.target_text import render_target

            steps, session = actions_of_document(document, as_flow=as_flow)
            document = json.loads(render_target(_TARGET, steps, session))
        elif as_flow and not _is_flow(tools_of([document])):
            raise Har2rpcError("has no flow: write it with har2rpc convert -t mcp --flow")
    except Har2rpcError as error:
        raise Har2rpcError(f"{name}: {error}") from None
    checked: Mapping[str, Any] = document
    return checked


def _is_flow(tools: Sequence[Tool]) -> bool:
    """Whether these are a flow: its steps in one tool, or its only step, perhaps with its search by a domain."""
    by_domain: Json = [{"$input": "domain"}]
    others = [tool for tool in tools if tool.steps or tool.calls[tool.name].args != by_domain]
    return any(tool.steps for tool in tools) or len(others) == 1


def tools_of(documents: Sequence[Json]) -> list[Tool]:
    """The tools of documents, all for one server. Raises Har2rpcError for what is wrong in them.

    Needs the extra `mcp`.
    """
    from har2rpc.serving.tool_documents import read_tools

    try:
        return [tool for document in documents for tool in read_tools(document)]
    except ImportError as error:
        raise Har2rpcError('serving tools needs the MCP SDK: pip install "har2rpc[mcp]"') from error


def offered_tools(tools: Sequence[Tool], *, writes: bool) -> list[Tool]:
    """The tools that may be called: see `serving.tool_documents.select_tools`."""
    from har2rpc.serving.tool_documents import select_tools

    return select_tools(tools, writes=writes)


def tool_session(documents: Sequence[Mapping[str, Any]]) -> Mapping[str, Json]:
    """The address, database and user id in the documents. Raises Har2rpcError if they are of several servers."""
    from har2rpc.serving.tool_documents import session_of

    known: dict[str, Json] = {}
    for document in documents:
        for key, value in session_of(document).items():
            if not isinstance(value, (str, int)) or isinstance(value, bool):
                continue
            if key != "uid" and known.get(key, value) != value:
                raise Har2rpcError(
                    f"the files are of several servers ({known[key]}, {value}): serve each separately"
                )
            known.setdefault(key, value)
    return known


def tool_connection(session: Mapping[str, Json], variables: Mapping[str, str]) -> ToolConnection:
    """The server and user to call: the variables of generated code (`ODOO_URL`, …) override what is recorded.

    Raises Har2rpcError if neither has a fact, for plain http to another machine, and without a key.
    """
    from har2rpc.proving.live_server import check_encryption, server_address

    url = variables.get("ODOO_URL") or session.get("url")
    db = variables.get("ODOO_DB") or session.get("db")
    login, uid = variables.get("ODOO_LOGIN", ""), variables.get("ODOO_UID", "")
    known_uid = uid or ("" if login else session.get("uid"))
    secret = variables.get("ODOO_API_KEY", "")
    missing = [
        name
        for name, value in (
            ("ODOO_URL", url),
            ("ODOO_DB", db),
            ("ODOO_LOGIN", login or known_uid),
            ("ODOO_API_KEY", secret),
        )
        if not value
    ]
    if missing:
        raise Har2rpcError(f"set {' and '.join(missing)} first: har2rpc mcp --config shows where")
    url = server_address(str(url))
    if variables.get("ODOO_ALLOW_HTTP") != "1":
        check_encryption(url)
    if known_uid and not str(known_uid).isdecimal():
        raise Har2rpcError(f"ODOO_UID={known_uid}: is not a number")
    return ToolConnection(url, str(db), login, int(str(known_uid)) if known_uid else None, secret)


def serve_tools(
    tools: Sequence[Tool], whom: ToolConnection, secrets: Mapping[str, str], *, version: str
) -> None:
    """Serves these tools over standard input and output until standard input ends.

    `secrets` are the passwords for inputs, by the name of their variable (`SECRET_PASSWORD`).
    """
    from har2rpc.proving.live_server import in_time, post_json
    from har2rpc.serving.odoo_user import OdooUser
    from har2rpc.serving.tool_calls import ToolBox

    try:
        from har2rpc.serving.stdio import serve_stdio
    except ImportError as error:
        raise Har2rpcError('serving tools needs the MCP SDK: pip install "har2rpc[mcp]"') from error

    def post(message: Json) -> Json:
        ask = partial(post_json, whom.url, "/jsonrpc", message, seconds=_SECONDS, largest=_LARGEST)
        return in_time(whom.url, _SECONDS_IN_ALL, ask)

    odoo = OdooUser(post, whom.db, whom.login, whom.uid, whom.secret)
    box = ToolBox(tools, odoo, lambda name: secrets.get(f"SECRET_{name.upper()}"))
    serve_stdio(box, version=version, mask=(whom.secret, *secrets.values()))


def client_configuration(
    command: Sequence[str], session: Mapping[str, Json], *, python_path: str = ""
) -> dict[str, Json]:
    """The block `mcpServers` to paste into a client's configuration, with the variables to fill in.

    `python_path` is the folder of the package in a checkout that is not installed.
    """
    program, *arguments = command
    who = {"ODOO_UID": str(session["uid"])} if session.get("uid") else {"ODOO_LOGIN": ""}
    variables = {
        "ODOO_URL": str(session.get("url") or ""),
        "ODOO_DB": str(session.get("db") or ""),
        **who,
        "ODOO_API_KEY": "",
        **({"PYTHONPATH": python_path} if python_path else {}),
    }
    server = {"command": program, "args": arguments, "env": variables}
    return {"mcpServers": {"odoo": server}}
