"""One request to a route that names no method: its inputs, its name, and how to send it again.

Source of the routes: Odoo 14 and 19 `addons/web/controllers/{report,binary}.py`, `addons/mail/controllers/attachment.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from har2rpc.converting.draft import ACTED_UPON, Inputs
from har2rpc.model import Capture, ClientRequest, ClientRoute, Input, Json, Value
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args, english
from har2rpc.odoo.schema.field_types import type_of
from har2rpc.odoo.secret_fields import MASK

_CONVERTER = re.compile(r"^/report/(\w+)/")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
# What the client proves with its own session; the code has a token of its own.
_OF_THE_CLIENT = frozenset({"csrf_token", "token", "ufile", "is_pending", "callback"})
# Parameters that say how, not what about.
_TECHNICAL = re.compile(r"(?:^|_)(?:model|method|field|xmlid|type|temporary_id)$")
_SUFFIXES = {"pdf": ".pdf", "text": ".txt"}


class SessionStep(NamedTuple):
    """One request on its way to an action."""

    request: ClientRequest
    name: str
    description: str
    route: ClientRoute
    args: list[Value]
    kwargs: dict[str, Value]
    inputs: tuple[Input, ...]
    changes: bool


def can_convert(request: ClientRequest) -> bool:
    """Whether a session of the web client can repeat it: every request without a token of its own in its address."""
    if request.outcome == "error" or MASK in request.path.partition("?")[0]:
        return False
    if request.kind == "report":
        return bool(request.report and _converter(request) not in ("", "html"))
    if request.http_method == "GET":
        return bool(_content_parts(request))
    return bool(request.encoding) and len(request.files) < 2


def session_step(request: ClientRequest, capture: Capture) -> SessionStep:
    """The step that repeats a request for which `can_convert` is true."""
    inputs = Inputs(request.model, capture.fields().get(request.model, {}))
    if request.kind == "report":
        return _report(request, capture, inputs)
    if request.http_method == "GET":
        return _download(request, inputs)
    if request.files:
        return _upload(request, inputs)
    return _posted(request, inputs)


def _report(request: ClientRequest, capture: Capture, inputs: Inputs) -> SessionStep:
    model = _model_of(request, capture)
    noun = english.record_noun(model) if model else "record"
    ids = _records(noun, model, request.ids, inputs) if request.ids else []
    kind = _converter(request)
    url = _report_url(request)
    query = url.partition("?")[2] if not request.ids else ""
    what = english.with_article(noun.replace("_", " ")) if model else "records"
    return SessionStep(
        request,
        f"print_{noun if model else 'report'}",
        f"Print {what} ({request.report}); returns the file.",
        ClientRoute("report", request.route, _SUFFIXES.get(kind, f".{kind}")),
        [f"{request.report}?{query}" if query else request.report, ids, kind],
        {},
        tuple(inputs.collected),
        changes=False,
    )


def _report_url(request: ClientRequest) -> str:
    data = request.params.get("data")
    return str(data[0]) if isinstance(data, list) and data else request.path


def _converter(request: ClientRequest) -> str:
    """The format of a report (`pdf`), from its address, which a download has in a field."""
    converter = _CONVERTER.match(unquote(_report_url(request)))
    return converter[1] if converter else ""


def _model_of(request: ClientRequest, capture: Capture) -> str:
    """The model of a report's records: that of the last call before it that was about one of them."""
    earlier = (call for call in reversed(capture.calls) if call.n <= request.after)
    ids = set(request.ids)
    for call in earlier:
        if ids & {*call_args.record_ids(call), *call.result_ids} and not call.model.startswith(
            "ir."
        ):
            return call.model
    return ""


def _records(noun: str, model: str, ids: Sequence[int], inputs: Inputs) -> Value:
    """The records that a file is about: one id is `order_id`, several are `order_ids`."""
    several = len(ids) > 1
    param = inputs.add(
        f"{noun}_ids" if several else f"{noun}_id",
        label=english.title(f"{noun}_ids" if several else noun),
        type="many2many" if several else "many2one",
        example=list(ids) if several else ids[0],
        relation=model,
        multiple=several,
        help=(
            f"Ids of {model} records".replace("  ", " ")
            if several
            else f"Id of {english.with_article(model or 'record')}"
        ),
        why=ACTED_UPON,
    )
    return param if several else [param]


def _content_parts(request: ClientRequest) -> list[Json]:
    """The segments after /web/content that identify the file; [] for any other address."""
    path = request.path.partition("?")[0]
    if attachment := re.match(r"^/web/(?:content|image)/(\d+)(?:[/-].*)?$", path):
        return [int(attachment[1])]
    if field := re.match(r"^/web/(?:content|image)/([a-z0-9_.]+)/(\d+)/(\w+)(?:/.*)?$", path):
        return [field[1], int(field[2]), field[3]]
    if path == "/web/content" and request.ids:
        field_name = request.params.get("field")
        named = [request.model, request.ids[0], field_name] if field_name else []
        return named if request.model != "ir.attachment" and named else [request.ids[0]]
    return []


def _download(request: ClientRequest, inputs: Inputs) -> SessionStep:
    parts = _content_parts(request)
    model = str(parts[0]) if len(parts) == 3 else "ir.attachment"
    noun = english.record_noun(model)
    what = noun if len(parts) == 1 else f"{noun}_{parts[2]}"
    position = 0 if len(parts) == 1 else 1
    (parts[position],) = _records(noun, model, [parts[position]], inputs)
    suffix = _SUFFIX.search(request.file_name or "")
    return SessionStep(
        request,
        f"download_{what}",
        f"Download {english.with_article(what.replace('_', ' '))}; returns the file.",
        ClientRoute("download", "/web/content", suffix[0] if suffix else ".bin"),
        parts,
        {},
        tuple(inputs.collected),
        changes=False,
    )


def _upload(request: ClientRequest, inputs: Inputs) -> SessionStep:
    kwargs = _parameters(request, inputs)
    posted = request.files[0]
    name = inputs.add(
        "file_name",
        label="File Name",
        example=posted.name,
        help="The file's name in Odoo",
        why="the file that was chosen",
    )
    content = inputs.add(
        "file",
        label="File",
        type="binary",
        help="The file's content in base64",
        file="base64",
        why="the file that was chosen",
    )
    to = f"_to_{english.record_noun(request.model)}" if request.ids and request.model else ""
    return SessionStep(
        request,
        f"upload_file{to}",
        "Upload a file; returns Odoo's response.",
        ClientRoute("upload", request.path.partition("?")[0], file_field=posted.field),
        [name, content],
        kwargs,
        tuple(inputs.collected),
        changes=True,
    )


def _posted(request: ClientRequest, inputs: Inputs) -> SessionStep:
    path = request.path.partition("?")[0]
    words = [part for part in path.split("/") if part and not part.isdigit()]
    name = words[-1] if "_" in words[-1] or len(words) == 1 else "_".join(words[-2:])
    return SessionStep(
        request,
        name.replace(".", "_").replace("-", "_"),
        f"{path}, as the page sent it.",
        ClientRoute("json" if request.encoding == "json" else "form", path),
        [],
        _parameters(request, inputs),
        tuple(inputs.collected),
        changes=True,
    )


def _parameters(request: ClientRequest, inputs: Inputs) -> dict[str, Value]:
    return dict(_each_parameter(request, inputs))


def _each_parameter(request: ClientRequest, inputs: Inputs) -> Iterator[tuple[str, Value]]:
    """The parameters: texts, numbers and lists from a person become inputs, masked values become secrets."""
    for name, value in request.params.items():
        if name in _OF_THE_CLIENT:
            continue
        if value == MASK:
            yield name, inputs.add(name, label=english.label_of(name), type="secret", why="masked")
        elif isinstance(value, bool) or value in (None, "", [], {}) or _TECHNICAL.search(name):
            yield name, value
        elif (is_id(value) or str(value).isdecimal()) and name in ("id", "res_id", "thread_id"):
            noun = english.record_noun(request.model) if request.model else "record"
            (yielded,) = _records(noun, request.model, [int(value)], inputs)
            yield name, yielded
        else:
            is_plain = isinstance(value, (str, int, float))
            type_ = type_of(name, value) if is_plain else "json"
            label = english.label_of(name.replace("_", " "))
            yield name, inputs.add(name, label=label, type=type_, example=value, why="sent")
