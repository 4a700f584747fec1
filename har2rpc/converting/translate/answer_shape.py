"""Notes on how the answer of a public method differs from what the web client received."""

from __future__ import annotations

import re
from collections.abc import Mapping

from har2rpc.converting.draft import Draft
from har2rpc.model import Call, Capture, Field, Json, Part, whole
from har2rpc.odoo import call_args, english, methods
from har2rpc.odoo.page_actions import as_action

_SIZE = re.compile(r"^\d+(?:\.\d+)? (?:bytes|[KMGTP]b)$")  # odoo/tools/misc.py, human_size
# Source: `load` in 12-18 `odoo/models.py`, 19 `odoo/orm/models.py`: an error in one row rolls all of them back.
LOAD_OUTCOME = (
    "If Odoo refuses a row, it imports none: in the result of `load`, ids is false, and messages say why (rows are "
    "counted from 0)."
)
_GIVES_FILE = re.compile(r"/web/content|/report/|[?&]download=|/export|\.(?:xlsx?|pdf|csv|zip)\b")
_IMAGE_NAME = re.compile(r"^(?:image|avatar|logo)(?:_\d+)?$")


def route_notes(call: Call) -> tuple[str, ...]:
    """The notes on a call that do not depend on its translation: its route, and that Odoo refused it."""
    return (*_refusal_note(call), *_route_note(call), *_file_note(call))


def _refusal_note(call: Call) -> tuple[str, ...]:
    if call.outcome != "error":
        return ()
    name = f" ({call.refusal})" if call.refusal else ""
    return (f"Odoo refused this call when it was recorded{name}.",)


def _route_note(call: Call) -> tuple[str, ...]:
    if call_args.is_load(call):
        return (LOAD_OUTCOME,)
    if call.route == "/web/dataset/call_button":
        return (
            "call_button -> the same method. The browser received False where no action was returned; "
            "the API returns the method's actual result.",
        )
    if call.route == "/web/dataset/load":
        return ("/web/dataset/load -> read: the route ignores `fields`, so all of them are read.",)
    if call.route == "/web/dataset/call":
        return ("/web/dataset/call -> the same method with the same arguments.",)
    return ()


def _file_note(call: Call) -> tuple[str, ...]:
    """The note on a button that leads to a file: its answer is the client's next action, not the file."""
    if call.outcome != "ok" or not methods.changes(call.method, call.model):
        return ()
    answer = call.fetch(as_action)
    if not isinstance(answer, dict):
        return ()
    if answer.get("type") == "ir.actions.report":
        report = answer.get("report_name")
        name = f" ({report})" if isinstance(report, str) and report else ""
        return (
            f"It returns the action of a report{name}, not a file. The web client downloads the file from "
            "/report/download in its session; no method of the external API returns it (since Odoo 14).",
        )
    url = answer.get("url")
    if (
        answer.get("type") == "ir.actions.act_url"
        and isinstance(url, str)
        and _GIVES_FILE.search(url)
    ):
        return (
            f"It returns an address, not a file. A session of the web client can download the file from {url}.",
        )
    return ()


def sized_fields(draft: Draft, names: list[str], described: Mapping[str, Field]) -> list[str]:
    rows = recorded_rows(draft.source_call, _outlines)
    return [name for name in names if _is_sized(name, rows, described.get(name))]


def _is_sized(name: str, rows: list[dict[str, Json]], described: Field | None) -> bool:
    """The recorded values tell (`tax_totals` of Odoo 16 is a binary field that holds a dict); else the type."""
    values = [row[name] for row in rows if row.get(name)]
    if values:
        return any(isinstance(value, str) and _SIZE.match(value) for value in values)
    return bool(_IMAGE_NAME.match(name)) or (described is not None and described.type == "binary")


def recorded_rows(call: Call, part: Part = whole) -> list[dict[str, Json]]:
    """The records in the answer to a read, or a part of them; none if Odoo refused it."""
    if call.outcome != "ok":
        return []
    if part is whole:
        return _rows(call.fetch())
    rows = call.fetch(lambda answer: part(_rows(answer)))
    return rows if isinstance(rows, list) else []


def _rows(answer: Json) -> list[dict[str, Json]]:
    if isinstance(answer, dict):
        answer = answer.get("records")
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def _outlines(rows: Json) -> Json:
    """A Part with enough to tell the types of values: an image may be a megabyte, and most records are alike."""
    alike = {}
    for row in rows:
        outline = {name: _outline(value) for name, value in row.items()}
        alike[repr(outline)] = outline
    return list(alike.values())


def _outline(value: Json) -> Json:
    if isinstance(value, str):
        return value if _SIZE.match(value) else value[:1] and "x"
    if isinstance(value, dict):
        return dict.fromkeys(value, True)
    return [True] * bool(value) if isinstance(value, list) else bool(value)


def shape_note(draft: Draft, capture: Capture, specification: Json, fields: list[str]) -> str:
    """How classic read answers differ from web_read's for these fields."""
    rows = recorded_rows(draft.source_call, _outlines)
    described = capture.fields().get(draft.model, {})
    many2one, bare, lost, named, ordered = [], [], [], [], []
    for name in fields:
        spec = specification.get(name) if isinstance(specification, dict) else None
        values = [row[name] for row in rows if row.get(name)]
        type_ = described[name].type if name in described else ""
        inner = spec.get("fields") if isinstance(spec, dict) else None
        if type_ in ("one2many", "many2many") or any(isinstance(value, list) for value in values):
            if inner:
                bare.append(name)
            if isinstance(spec, dict) and spec.get("order"):
                ordered.append(name)
        elif type_ == "many2one" or any(
            isinstance(value, dict) and "id" in value for value in values
        ):
            many2one.append(name)
            lost += [f"{name}.{sub}" for sub in inner or () if sub not in ("display_name", "id")]
            if isinstance(spec, dict) and spec.get("context") and "display_name" in (inner or ()):
                named.append(name)
        elif inner:
            many2one.append(name)
    changed = []
    if many2one:
        changed.append("a many2one comes as [id, name]")
    if bare:
        changed.append(
            f"{english.listed(bare)} as bare ids"
            if changed
            else f"{english.listed(bare)}: bare ids"
        )
    if ordered:
        whose = "its" if len(ordered) == 1 else "their"
        changed.append(f"{english.listed(ordered)} in {whose} model's own order")
    if named:
        changed.append(f"{english.listed(named)} named without the client's context")
    if lost:
        changed.append(f"without {english.listed(lost)}")
    return "the records are the same" + (f", but {', '.join(changed)}" if changed else "")
