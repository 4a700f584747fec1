"""The calls of a capture, taken out another way: what `har2rpc list` is compared with.

Written straight from the table "What counts as a call" of the design and from Odoo's own routes,
with nothing but `json`, `base64` and `zipfile`. It imports nothing of har2rpc: two ways that share
code share their mistakes.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import re
import xmlrpc.client
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROUTE = re.compile(
    r"(/web/dataset/(?:call_kw|call_button)(?=/|$)"
    r"|/web/dataset/(?:call|search_read|load|resequence)(?=/?$)"
    r"|/jsonrpc(?=/?$)"
    r"|/mail/message/post(?=/?$)|/mail/thread/(?:un)?subscribe(?=/?$)"
    r"|/json/2(?=/[^/]+/[^/]+/?$)|/xmlrpc(?:/2)?/object(?=/?$)"
    r"|/web/action/run(?=/?$)|/web/export/(?:xlsx|csv)(?=/?$))"
)
ReadMember = Callable[[str], bytes]


def walk(*paths: Path) -> list[dict[str, Any]]:
    """Every call of the capture that these files are together, numbered in recorded order."""
    found = []
    for place, path in enumerate(paths):
        entries, read_member = entries_of(path)
        for number, entry in enumerate(entries, start=1):
            call = call_of(entry, read_member)
            if call is not None:
                call["where"] = f"{path.name}#{number}"
                found.append((datetime.fromisoformat(call["started"]), place, number, call))
    found.sort(key=lambda item: item[:3])
    return [{"n": n, **item[3]} for n, item in enumerate(found, start=1)]


def entries_of(path: Path) -> tuple[list[dict[str, Any]], ReadMember]:
    """The entries of a `.har`, or of Playwright's `.zip` with a way to its attached bodies."""
    if path.suffix != ".zip":
        return json.loads(path.read_text("utf-8-sig"))["log"]["entries"], lambda name: b""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    har = next(content for name, content in members.items() if name.endswith(".har"))
    return json.loads(har)["log"]["entries"], lambda name: members.get(name, b"")


def body_of(part: dict[str, Any] | None, read_member: ReadMember) -> Any:
    """The JSON in a `postData` or `content`, None where there is none that can be read."""
    if not part:
        return None
    if part.get("_file"):
        raw: str | bytes = read_member(part["_file"])
    elif part.get("encoding") == "base64":
        raw = base64.b64decode(part.get("text") or "")
    else:
        raw = part.get("text") or ""
    try:
        return json.loads(raw)
    except ValueError:  # empty, cut, padded with NULs, or not JSON at all
        return None


def call_of(entry: dict[str, Any], read_member: ReadMember) -> dict[str, Any] | None:
    """What an entry called, or None if it is no call of a model's method."""
    route = ROUTE.search(urlsplit(entry["request"]["url"]).path)
    if route is None:
        return None
    posted = entry["request"].get("postData")
    if route[1].startswith("/web/export/"):
        return exported(entry, route[1], posted)
    if not route[1].startswith(("/web", "/mail", "/jsonrpc")):
        beside = {"started": entry["startedDateTime"], "ms": known_time(entry.get("time"))}
        return {"route": route[1], **programs_call(entry, route[1]), **beside}
    body = body_of(posted, read_member)
    params = body.get("params") if isinstance(body, dict) else None
    call = called(route[1], params) if isinstance(params, dict) else None
    if call is None:
        return None
    answer = body_of((entry.get("response") or {}).get("content"), read_member)
    return {
        "route": route[1],
        **call,
        "outcome": outcome_of(answer),
        "started": entry["startedDateTime"],
        "ms": known_time(entry.get("time")),
    }


def programs_call(entry: dict[str, Any], route: str) -> dict[str, Any]:
    """JSON-2 names its arguments, `ids` first; in XML-RPC the password is stepped over, as in /jsonrpc."""
    text, answer = entry["request"]["postData"]["text"], entry["response"]["content"]["text"]
    if route == "/json/2":
        model, method = entry["request"]["url"].split("/")[-2:]
        kwargs = json.loads(text)
        context = kwargs.pop("context", {})
        args = [kwargs.pop("ids")] if "ids" in kwargs else []
        args += [kwargs.pop(name) for name in ("vals_list", "vals") if name in kwargs]
        called = {"args": args, "kwargs": kwargs, "context": context, "uid": context.get("uid")}
        refused = entry["response"]["status"] >= 400
        return {"model": model, "method": method, **called, "outcome": "error" if refused else "ok"}
    (_, uid, _, model, method, *rest), protocol = xmlrpc.client.loads(text)
    args, kwargs = (rest, {}) if protocol == "execute" else (rest[0], dict(*rest[1:]))
    try:
        xmlrpc.client.loads(answer)
        outcome = "ok"
    except xmlrpc.client.Fault:
        outcome = "error"
    context = kwargs.pop("context", {})
    called = {"args": args, "kwargs": kwargs, "context": context, "uid": uid}
    return {"model": model, "method": method, **called, "outcome": outcome}


def exported(entry: dict[str, Any], route: str, posted: dict[str, Any]) -> dict[str, Any]:
    """An export is a form: its field `data` says of which records (or of which search) which fields are wanted."""
    if "multipart" in posted["mimeType"]:
        text = f"Content-Type: {posted['mimeType']}\n\n{posted['text']}"
        parts = email.message_from_string(text, policy=email.policy.HTTP).iter_parts()
        names = {part["Content-Disposition"].params["name"]: part for part in parts}
        data = json.loads(names["data"].get_content())
    else:
        data = json.loads(parse_qs(posted["text"])["data"][0])
    fields = [field["name"] for field in data["fields"]]
    found = {"method": "export_data", "args": [data["ids"], fields], "kwargs": {}}
    if not data["ids"]:
        kwargs = {"domain": data["domain"], "fields": fields}
        found = {"method": "search_read", "args": [], "kwargs": kwargs}
    context = data.get("context") or {}
    call = {"model": data["model"], **found, "context": context, "uid": context.get("uid")}
    beside = {"started": entry["startedDateTime"], "ms": known_time(entry.get("time"))}
    return {"route": route, **call, "outcome": "missing", **beside}  # the answer is a file


def called(route: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """The table: for each route where model, method, args, kwargs and the context stand."""
    model, method = params.get("model"), params.get("method")
    args, kwargs, context, uid = params.get("args"), {}, params.get("context"), None
    if route == "/jsonrpc":
        if params.get("service") != "object" or method not in ("execute_kw", "execute"):
            return None
        # [db, uid, password, model, method, …]: the password is stepped over, never looked at.
        uid, model, rest = args[1], args[3], args[5:]
        if method == "execute":
            args, kwargs = rest, {}
        else:
            args, kwargs = [*rest, [], {}][0], (rest[1] if len(rest) > 1 else {}) or {}
        method = params["args"][4]
        context = kwargs.get("context")
    elif route == "/web/dataset/call_kw" or "kwargs" in params:
        kwargs = params["kwargs"]
        context = kwargs.get("context")
    elif route == "/web/dataset/call_button":  # Odoo 12: the context is the last argument
        if args and isinstance(args[-1], dict):
            args, context = args[:-1], args[-1]
    elif route == "/web/dataset/search_read":
        method, args = "search_read", []
        kwargs = {
            key: params[key] for key in ("domain", "fields", "offset", "limit") if key in params
        }
        if "sort" in params:
            kwargs["order"] = params["sort"]
    elif route == "/web/dataset/load":
        method, args = "read", [[params["id"]]]
    elif route == "/mail/message/post":
        model, method, args = params["thread_model"], "message_post", [[params["thread_id"]]]
        # What message_post takes; the rest of it is the composer's own.
        taken = ("body", "message_type", "subtype_xmlid", "partner_ids", "attachment_ids")
        taken += ("subject", "subtype_id", "parent_id", "email_add_signature")
        kwargs = {key: params["post_data"][key] for key in taken if key in params["post_data"]}
    elif route.startswith("/mail/thread/"):
        model, method = params["res_model"], f"message_{route.rpartition('/')[2]}"
        args, kwargs = [[params["res_id"]]], {"partner_ids": params["partner_ids"]}
    elif route == "/web/action/run":
        if not (context or {}).get("active_id") and not (context or {}).get("active_ids"):
            return None  # behind a menu: it acts on nothing, and says what to show
        model, method, args = "ir.actions.server", "run", [[params["action_id"]]]
    elif route == "/web/dataset/resequence":
        method, args = "resequence", [params["ids"]]
        kwargs = {key: params[key] for key in ("field", "offset") if key in params}
    context = context or {}
    return {
        "model": model,
        "method": method,
        "args": args,
        "kwargs": {key: value for key, value in kwargs.items() if key != "context"},
        "context": context,
        "uid": context.get("uid") if uid is None else int(uid) or None,
    }


def outcome_of(answer: Any) -> str:
    """Odoo answers with HTTP 200 whatever happened, and leaves `result` out where it is None."""
    if not isinstance(answer, dict):
        return "missing"
    if "error" in answer:
        return "error"
    return "ok" if "result" in answer else "none"


def known_time(time: float | None) -> float | None:
    """HAR 1.2 writes -1 for "not available"."""
    return None if time is None or time < 0 else time
