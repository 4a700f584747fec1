"""Finds requests that name no method of a model but changed something or returned a file.

Each post to the server is a call (`recognize`), something that the client does for itself (`clients_own`), or a request that is
kept and named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from har2rpc.model import ClientRequest, Encoding, Exchange, Json, Outcome, PostedFile
from har2rpc.model.values import is_nested_deeper
from har2rpc.odoo.answers import outcome_of
from har2rpc.odoo.routes.clients_own import clients_own_rule
from har2rpc.odoo.routes.controllers import controller_of, is_unmistakable
from har2rpc.odoo.routes.posted_forms import decoded_fields, posted_form
from har2rpc.odoo.urls import url_parts, without_userinfo

_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# A language in front of a page of the website: `/fr/shop/cart`.
_LANGUAGE = re.compile(r"^/(?!my/|hr/)[a-z]{2}(?:[_-][A-Za-z]{2,4})?(?=/)")
_DOWNLOAD = re.compile(r"(?:^|&)download=(?!(?:0|false)?(?:&|$))", re.IGNORECASE)
_REPORT = re.compile(r"/report/(?!download\b|barcode\b|check_)[a-z_]+/([\w.-]+)(?:/([\d,]+))?")
_PRINTED = re.compile(r"(?:^|&)report_type=")
_NUMBER = re.compile(r"\d[\d,]*")
_OPAQUE = re.compile(r"(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[\w.~+=-]{16,}|[0-9a-fA-F-]{16,}", re.ASCII)
_DEEPEST = 200  # levels
_LONGEST = 200  # characters of a path that somebody reads

# Where a request says which record it is about: pairs of parameters.
_RECORDS = (
    ("thread_model", "thread_id"),
    ("res_model", "res_id"),
    ("model", "res_id"),
    ("model", "id"),
    ("model_name", "id"),
)


class Unplaced(NamedTuple):
    """A request before it is known whether the server that it went to is an Odoo."""

    request: ClientRequest
    looks_like_odoo: bool
    """Whether it has the form of JSON-RPC as Odoo's client writes it, or one of Odoo's own paths."""


def other_request(exchange: Exchange, body: Json) -> Unplaced | None:
    """The request of an exchange that is not a call, if it may have changed something or gave a file; None for all others.

    `body` is what `json_body` gave for this exchange.
    """
    parts = url_parts(exchange.url)
    path = _LANGUAGE.sub("", parts.path)
    if parts.scheme not in ("http", "https", ""):
        return None
    if exchange.http_method in _READING:
        if exchange.status >= 400 or not _gives_file(exchange, path, parts.query):
            return None
    elif clients_own_rule(path):
        return None
    encoding, values, files = _sent(exchange, body)
    request = ClientRequest(
        where=exchange.where,
        url=without_userinfo(f"{parts.scheme}://{parts.netloc}") if parts.netloc else "",
        http_method=exchange.http_method,
        route="",
        path=path + (f"?{parts.query}" if parts.query else ""),
        kind="other",
        encoding=encoding,
        params=values,
        files=files,
        file_name=exchange.attachment,
        outcome=_outcome(exchange),
        status=max(exchange.status, 0),
        started=exchange.started,
        ms=exchange.ms,
    )
    return Unplaced(request, is_json_rpc(body) or is_unmistakable(path))


def placed(request: ClientRequest, server: str) -> ClientRequest | None:
    """The request as one to this server (scheme, host, port and root), with its kind; None if it is the client's own.

    Raises RecursionError for parameters nested too deep.
    """
    from har2rpc.odoo.secret_texts import is_secret_parameter
    from har2rpc.odoo.secret_values import mask_all, mask_value

    root = url_parts(server).path.rstrip("/")
    path, _, query = request.path.removeprefix(root).partition("?")
    path = _LANGUAGE.sub("", path)
    if request.http_method not in _READING and clients_own_rule(path):
        return None
    gives_file = request.file_name is not None or bool(_DOWNLOAD.search(query))
    controller = controller_of(path, gives_file=gives_file, sends_file=bool(request.files))
    raw: Mapping[str, Json] = {**dict(parse_qsl(query, keep_blank_values=True)), **request.params}
    params = {
        name: (
            mask_all(value)
            if isinstance(value, str) and is_secret_parameter(name, query)
            else mask_value({name: value}, "")[name]
        )
        for name, value in raw.items()
    }
    context = params.pop("context", None)
    report, report_ids = _report_of(path, raw)
    model, ids = _record_of(path, raw)
    gave = controller.kind in ("report", "export", "download") and request.outcome != "error"
    return replace(
        request,
        url=server,
        route=_route_of(path),
        path=_masked_path(path, query),
        kind=controller.kind,
        does=controller.does,
        instead=controller.instead,
        params=params,
        context=context if isinstance(context, dict) else {},
        file_name=request.file_name if request.file_name is not None or not gave else "",
        model=model,
        ids=report_ids or ids,
        report=report,
    )


def is_json_rpc(body: Json) -> bool:
    """Whether a parsed body is JSON-RPC as Odoo's client writes it, with named parameters and the method `call`."""
    if not isinstance(body, dict) or not isinstance(body.get("params"), dict):
        return False
    return body.get("method") == "call" if "method" in body else "jsonrpc" in body


def _sent(
    exchange: Exchange, body: Json
) -> tuple[Encoding, Mapping[str, Json], tuple[PostedFile, ...]]:
    """How the parameters went, what they were, and the files beside them."""
    if exchange.http_method in _READING:
        return "", {}, ()
    if isinstance(body, dict):
        values = body["params"] if is_json_rpc(body) else body
        is_deep = is_nested_deeper(values, _DEEPEST, exchange.body or "")
        return "json", {} if is_deep else values, ()
    form = posted_form(exchange.body or "")
    return "multipart" if form.has_parts else "form", decoded_fields(form.fields), form.files


def _gives_file(exchange: Exchange, path: str, query: str) -> bool:
    """Whether what was fetched is a file that somebody asked for: no picture of the page, no barcode."""
    if exchange.attachment is not None or _REPORT.search(path):
        return True
    return bool(_DOWNLOAD.search(query) or _PRINTED.search(query)) and exchange.http_method == "GET"


def _outcome(exchange: Exchange) -> Outcome:
    if exchange.status >= 400:
        return "error"
    if exchange.http_method == "POST" and exchange.answer and exchange.answer.lstrip()[:1] == "{":
        return "error" if outcome_of(exchange) == "error" else "ok"
    return "ok" if exchange.status > 0 else "missing"


def _route_of(path: str) -> str:
    """The path without what belongs to this one request: ids, tokens, the name and the records of a report."""
    if report := _REPORT.search(path):
        return path[: report.start(1)].rstrip("/")
    from har2rpc.odoo.secret_fields import MASK

    segments = [
        (
            "<id>"
            if _NUMBER.fullmatch(one)
            else "<token>" if MASK in one or _OPAQUE.fullmatch(one) else one
        )
        for one in _masked_path(path, "").split("/")
    ]
    return "/".join(segments)[:_LONGEST].rstrip("/") or "/"


def _masked_path(path: str, query: str) -> str:
    from har2rpc.odoo.secret_fields import MASK
    from har2rpc.odoo.secret_values import mask_text

    segments = [
        MASK if _OPAQUE.fullmatch(one) and "." not in one else one for one in path.split("/")
    ]
    return mask_text("/".join(segments) + (f"?{query}" if query else ""))


def _report_of(path: str, params: Mapping[str, Json]) -> tuple[str, tuple[int, ...]]:
    """The name of a report and the ids of its records: `/report/download` has its address in the field `data`."""
    data = params.get("data")
    if path.rstrip("/").endswith("/report/download") and isinstance(data, list) and data:
        path = unquote(str(data[0])).partition("?")[0]
    report = _REPORT.search(path)
    return (report[1], _numbers(report[2])) if report else ("", ())


def _record_of(path: str, params: Mapping[str, Json]) -> tuple[str, tuple[int, ...]]:
    for model_key, id_key in _RECORDS:
        model = params.get(model_key)
        if isinstance(model, str) and (ids := _numbers(params.get(id_key))):
            return model, ids
    if content := re.search(r"/web/content/(\d+)(?:[/-]|$)", path):
        return "ir.attachment", (int(content[1]),)
    if content := re.search(r"/web/(?:content|image)/([a-z_.]+)/(\d+)/", path):
        return content[1], (int(content[2]),)
    for key in ("attachment_id", "id"):
        if path.endswith(("/mail/attachment/delete", "/web/content")) and (
            ids := _numbers(params.get(key))
        ):
            return "ir.attachment", ids
    model = params.get("model")
    return (model if isinstance(model, str) else ""), ()


def _numbers(value: Json) -> tuple[int, ...]:
    """Ids, as a number, a text of numbers, or a list."""
    if isinstance(value, str):
        return tuple(int(one) for one in value.split(",") if one.isdecimal() and len(one) < 16)
    values = value if isinstance(value, list) else [value]
    return tuple(
        one for one in values if isinstance(one, int) and not isinstance(one, bool) and one > 0
    )
