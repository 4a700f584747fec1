"""Documents that targets write for other programs, filled in with the recorded values as those programs do it."""

from __future__ import annotations

import atexit
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

import jinja2

from har2rpc.model import Har2rpcError
from security.expected_calls import Expected, as_json, texts_in
from security.line_process import LineProcess
from security.n8n_own_nodes import JavaScript, as_sent, meant_by, sent_by
from security.noting_odoo import answer_to

Document = Mapping[str, Any]


def differences_of_document(
    target: str, document: Document, calls: Sequence[Expected]
) -> Iterator[str]:
    """What a document says beside what it must say. One that nothing here reads must hold all that was recorded."""
    if target in READERS:
        yield from READERS[target](document, calls)
        return
    held = set(texts_in(document))
    for call in calls:
        for text in texts_in([call.args, call.kwargs]):
            if text not in held:
                yield f"{text!r} is nowhere in it, and nothing here reads {target}: see documents.py"


def path_part(name: str) -> str:
    """A name as one part of a path."""
    return quote(name, safe="", errors="surrogatepass")


def _compared(told: str, found: Any, wanted: Any) -> Iterator[str]:
    if as_json(found) != as_json(wanted):
        yield f"{told}: {as_json(found)[:300]} and not {as_json(wanted)[:300]}"


def _body_of(call: Expected) -> list[Any]:
    return [call.model, call.method, call.args, call.kwargs]


def _locoia(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.filters["jsonify"] = json.dumps
    for call in calls:
        action = _named(document["actions"], "action_name", call.action)
        template = environment.from_string(action["request_body_template"])
        body = json.loads(template.render(call.values | {"secret": "key", "db": "lab", "uid": 2}))
        *found, kwargs = body["params"]["args"][3:]
        offset = (
            {} if call.kwargs.get("offset") else {"offset": 0}
        )  # that of pages is put in elsewhere
        wanted = [*_body_of(call)[:-1], {**call.kwargs, **offset}]
        found = [*found, {**offset, **kwargs}]
        yield from _compared(call.action, _without_empty(found), _without_empty(wanted))


def _marked(value: Any, values: Mapping[str, Any]) -> Any:
    """Plain JSON of the action model with its marks put in."""
    if isinstance(value, list):
        return [_marked(item, values) for item in value]
    if not isinstance(value, dict):
        return value
    if "$input" in value:
        return values[value["$input"]]
    if "$while" in value:
        return _marked(value["value"], values)
    if "$lines" in value:
        return [[0, 0, _line(row, value)] for row in values[value["$lines"]]]
    return {
        key[1:] if key.startswith("$$") else key: _marked(item, values)
        for key, item in value.items()
    }


def _line(row: Mapping[str, Any], lines: Mapping[str, Any]) -> dict[str, Any]:
    following = [
        each["values"] for each in lines["following"] if row.get(each["key"]) == each["is"]
    ]
    values = {key: item for each in [lines["always"], *following] for key, item in each.items()}
    return values | {lines["fields"][key]: item for key, item in row.items() if item is not None}


def _json(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    for call in calls:
        action = _named(document["actions"], "name", call.action)
        kwargs = dict(action["kwargs"])
        if action["context"]:
            kwargs["context"] = action["context"]
        sent = [action["model"], action["method"], action["args"], kwargs]
        yield from _compared(call.action, _marked(sent, call.values), _body_of(call))


class _Collecting:
    """Whom tools call here: it notes what is sent, and answers as the noting server does."""

    def __init__(self) -> None:
        self.sent: list[list[Any]] = []

    def execute(self, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        self.sent.append([model, method, args, kwargs])
        return answer_to(method)

    def uid(self) -> int:
        return 2


def _mcp(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    """By the marks, as a reader of docs/mcp.md fills them in; and by what `har2rpc mcp` sends."""
    from har2rpc.rendering.tool_descriptions import tool_name

    box, odoo = _tool_box(document)
    if "har2rpc/flow" in document["tools"][0]["_meta"]:
        if box:
            [tool] = box.tools
            names = tool.schema["properties"]
            box.call(tool.name, {name: calls[0].of_flow[name] for name in names})
            for call, found in zip(calls, odoo.sent, strict=True):
                yield from _compared(call.action, found, _body_of(call))
        return
    for call in calls:
        name = tool_name(call.action)
        meta = _named(document["tools"], "name", name)["_meta"]
        sent, values = meta["har2rpc/call"], {**meta["har2rpc/defaults"], **call.values}
        found = [_marked(sent[key], values) for key in ("model", "method", "args", "kwargs")]
        yield from _compared(call.action, found, _body_of(call))
        if box:
            tool = next(tool for tool in box.tools if tool.name == name)
            names = tool.schema["properties"].keys() & call.values.keys()
            box.secret = call.values.get
            box.call(name, {name: call.values[name] for name in names - tool.secrets})
            yield from _compared(call.action, odoo.sent[-1], _body_of(call))


def _tool_box(document: Document) -> tuple[Any, _Collecting]:
    """What `har2rpc mcp` serves; None where it refuses the name of an input that no field of Odoo's could give."""
    from har2rpc.serving.tool_calls import ToolBox
    from har2rpc.serving.tool_documents import read_tools

    odoo = _Collecting()
    names = [name for each in document["tools"] for name in each["inputSchema"]["properties"]]
    try:
        return ToolBox(read_tools(document), odoo, {}.get), odoo
    except Har2rpcError:
        assert max(map(len, names)) > 200
        return None, odoo


def _postman(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    requests = [item["request"] for item in document["item"]]
    texts = [(request["url"]["raw"], request["body"]["raw"]) for request in requests]
    yield from _filled_in(texts, calls)


def _bruno(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    requests = [item["http"] for item in document["items"]]
    yield from _filled_in([(each["url"], each["body"]["data"]) for each in requests], calls)


def _filled_in(texts: Sequence[tuple[str, str]], calls: Sequence[Expected]) -> Iterator[str]:
    """What addresses and bodies say once their `{{variables}}` are put in, as JSON."""
    first = [call for call in calls if call.is_first]
    for (address, body), call in zip(texts, first, strict=True):
        values = {
            **call.values,
            **call.of_flow,
            "odoo_db": "lab",
            "odoo_uid": 2,
            "odoo_api_key": "key",
        }
        raw = re.sub(
            r"\{\{([\w.]+)\}\}",
            lambda match, known=values: json.dumps(known[match[1].rpartition(".")[2]]),
            body,
        )
        path, sent = address.removeprefix("{{odoo_url}}"), json.loads(raw)
        if path == "/jsonrpc":
            yield from _compared(call.action, sent["params"]["args"][3:], _body_of(call))
        else:
            wanted = f"/json/2/{path_part(call.model)}/{path_part(call.method)}"
            yield from _compared(call.action, [path, sent], [wanted, call.named])


def _parts(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    for call in calls:
        part = _named(document["parts"], "name", call.action)
        values = {one["name"]: one["recorded"] for one in part["inputs"]} | call.values

        def filled(text: str, known: Mapping[str, Any] = values) -> Any:
            return json.loads(
                re.sub(r"\{\{(\w+)\}\}", lambda match: json.dumps(known[match[1]]), text)
            )

        found = [part["model"], part["method"], filled(part["args"]), filled(part["kwargs"])]
        yield from _compared(call.action, found, _body_of(call))
        path = f"/json/2/{path_part(call.model)}/{path_part(call.method)}"
        json2 = [part["json2"]["path"], filled(part["json2"]["body"])]
        yield from _compared(call.action, json2, [path, call.named])


def _openapi(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    for call in calls:
        path = f"/json/2/{path_part(call.model)}/{path_part(call.method)}"
        if path not in document["paths"]:
            yield f"{path!r} is none of its paths"
            continue
        body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        if call.is_first:
            yield from _compared(call.action, body["examples"][call.action]["value"], call.named)


def _n8n(document: Document, calls: Sequence[Expected]) -> Iterator[str]:
    nodes = document["nodes"]
    if any(node["type"].endswith(".odoo") for node in nodes):
        yield from _n8n_own(nodes, [call for call in calls if call.is_first])
        return
    requests = [node for node in nodes if node["type"].endswith("httpRequest")]
    inputs = [node for node in nodes if node["name"].partition(" of ")[0] == "Inputs"]
    first = [call for call in calls if call.is_first]
    tasks, wanted = [], []
    for node, call in zip(requests, first, strict=True):
        parameters, values = node["parameters"], call.of_flow or call.values
        tasks += [[parameters["jsonBody"], values], [parameters["url"], values]]
        path = f"/json/2/{path_part(call.model)}/{path_part(call.method)}"
        is_named = "/json/2/" in parameters["url"]
        sent = {
            "service": "object",
            "method": "execute_kw",
            "args": ["lab", 2, "key", *_body_of(call)],
        }
        rpc = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": sent}
        wanted += [call.named if is_named else rpc, f"https://s{path if is_named else '/jsonrpc'}"]
    for node, call in zip(inputs, first, strict=False):  # a flow has one node of inputs
        for each in node["parameters"]["assignments"]["assignments"]:
            tasks.append([each["value"], {}])
            wanted.append((call.of_flow or call.values)[each["name"]])
    for (written, _), found, value in zip(tasks, _expressions(tasks), wanted, strict=True):
        if value is not None:  # an empty field
            yield from _compared(f"{written!s:.200}", _without_empty(found), _without_empty(value))


def _n8n_own(nodes: Sequence[Document], calls: Sequence[Expected]) -> Iterator[str]:
    """A workflow of n8n's own Odoo nodes: each with what is saved right before it."""
    code = {node["name"]: node["parameters"].get("jsCode", "") for node in nodes}
    own = [node for node in nodes if node["type"].endswith(".odoo")]
    for node, call in zip(own, calls, strict=True):
        values = call.of_flow or call.values
        parts = sent_by(node, code.get(f"Values of {node['name']}", ""))
        found = as_sent(_expressions([[part, values] for part in parts]))
        yield from _compared(call.action, _without_empty(found), _without_empty(meant_by(call)))


def _without_empty(value: Any) -> Any:
    """An empty field of an item stands for nothing, as in Odoo's own forms: its key is left out."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item != ""}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


_SERVER = {"odoo_url": "https://s", "odoo_db": "lab", "odoo_uid": 2, "odoo_api_key": "key"}
_EVALUATE = """
const evaluated = ([pieces, $json]) => {
  const of = (name) => ({ json: name === "Odoo" ? SERVER : $json });
  const $ = (name) => ({ first: () => of(name), item: of(name) });
  const values = pieces.map(([code, text]) => (code ? new Function("$json", "$", `return (${code})`)($json, $) : text));
  return values.length === 1 ? values[0] : values.join("");
};
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = { values: JSON.parse(line).map(evaluated) };
  } catch (error) {
    answer = { error: `${error}` };
  }
  console.log(JSON.stringify(answer));
});
""".replace("SERVER", json.dumps(_SERVER))


def _expressions(tasks: Sequence[Any]) -> list[Any]:
    """What n8n makes of parameters: a text that begins with `=` is code between `{{` and the first `}}`, and text."""
    answer = _node().ask([[_pieces(value), fields] for value, fields in tasks])
    assert "values" in answer, answer
    values: list[Any] = answer["values"]
    return values


@cache
def _node() -> LineProcess:
    node = LineProcess(["node", "-e", _EVALUATE])
    atexit.register(node.close)
    return node


def _pieces(value: Any) -> list[Any]:
    if isinstance(value, JavaScript):
        return [[value, ""]]
    if not isinstance(value, str) or not value.startswith("="):
        return [["", value]]
    parts = re.split(r"\{\{(.*?)\}\}", value[1:], flags=re.DOTALL)
    pieces = [[part, ""] if number % 2 else ["", part] for number, part in enumerate(parts)]
    return [piece for piece in pieces if piece != ["", ""]]


READERS: Mapping[str, Callable[[Document, Sequence[Expected]], Iterator[str]]] = {
    "bruno": _bruno,
    "json": _json,
    "locoia": _locoia,
    "mcp": _mcp,
    "n8n": _n8n,
    "openapi": _openapi,
    "parts": _parts,
    "postman": _postman,
}


def _named(items: Sequence[Document], key: str, name: str) -> Document:
    return next(item for item in items if item[key] == name)
