"""A connector that is pasted field by field: its boxes as data, and as a sheet in Markdown.

A template in `sheets/`, next to this file, defines the boxes, their labels and their order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from har2rpc.model import Action, Connection, Flow, Har2rpcError, Json, Session
from har2rpc.rendering.formatting import one_line
from har2rpc.rendering.json_values.literals import literal
from har2rpc.rendering.target_text import render_template
from har2rpc.rendering.targets import find_target, list_targets

_FENCE = re.compile(r"`{3,}")


def paste_boxes(
    name: str,
    steps: Sequence[Action] | Flow,
    session: Session,
    connection: Connection = "constants",
    *,
    is_rendered: bool = True,
) -> dict[str, Json]:
    """The boxes: `{"target": "Locoia", "parts": [{"title", "boxes": [BOX]}]}`.

    A BOX has label, text, format, optional, hint, sample and rendered. It is one field of a dialog, in the dialog's order
    and under its own label; `text` is what is pasted, as it is. Without an `optional` one the action does the same. The
    first part belongs to the connector, once; then comes one for each action. `format` is `text`, `json` (checked, and
    laid out) or `jinja`: of such a template `sample` holds the recorded values, else null, and `rendered` is the JSON that
    it gives for them, else "". Without `is_rendered` that is left to `rendered_box`: it takes longer than all the rest.
    Raises Har2rpcError for a target that has no sheet.
    """
    sheet = find_target(name).sheet
    if sheet is None:
        having = ", ".join(target.name for target in list_targets() if target.sheet)
        raise Har2rpcError(f"{name} has no paste sheet; these have one: {having}")
    document: dict[str, Json] = json.loads(
        render_template(sheet, steps, session, connection=connection)
    )
    parts = [
        {"title": part["title"], "boxes": [_box(box, is_rendered) for box in part["boxes"]]}
        for part in document["parts"]
    ]
    return {"target": document["target"], "parts": parts}


def paste_sheet(boxes: Mapping[str, Json]) -> str:
    """The boxes as Markdown: a heading and a fenced text for each, which is copied as it is."""
    lines = [f"# {_heading(boxes['target'])}: one box for each field", ""]
    for part in boxes["parts"]:
        lines += [f"## {_heading(part['title'])}", ""]
        for box in part["boxes"]:
            lines += [f"### {_heading(box['label'])}", ""]
            lines += [_sentence(box["hint"]), ""] if box["hint"] else []
            lines += [*_fenced(box["text"], box["format"]), ""] if box["text"] else []
            if box["rendered"]:
                lines += ["With the recorded values:", "", *_fenced(box["rendered"], "json"), ""]
    return "\n".join(lines)


def rendered_box(text: str, sample: Mapping[str, Json]) -> str:
    """The JSON that the template of a box gives for these values, laid out.

    Raises Har2rpcError if that is not JSON, which is a mistake in the template.
    """
    return str(literal(_rendered(text, sample)))


def _box(box: Mapping[str, Any], is_rendered: bool) -> dict[str, Json]:
    kind = box.get("format", "text")
    text = str(box["text"])
    sample = box.get("sample", {}) if kind == "jinja" else None
    if kind == "json" and text:
        text = str(literal(json.loads(text)))
    return {
        "label": box["label"],
        "text": text,
        "format": kind,
        "optional": bool(box.get("optional")),
        "hint": box.get("hint", ""),
        "sample": sample,
        "rendered": rendered_box(text, sample) if is_rendered and sample is not None else "",
    }


def _rendered(text: str, values: Mapping[str, Json]) -> Json:
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)
    environment.filters["jsonify"] = lambda value: json.dumps(value, ensure_ascii=False)
    try:
        return json.loads(environment.from_string(text).render(values))
    except (jinja2.TemplateError, ValueError) as error:
        raise Har2rpcError(
            f"the body template gives no JSON for the recorded values: {one_line(error)}; correct the template"
        ) from error


def _fenced(text: str, kind: str) -> list[str]:
    """A fence that is longer than any in the text."""
    fence = "`" * max([3, *(len(inner) + 1 for inner in _FENCE.findall(text))])
    return [f"{fence}{'' if kind == 'text' else kind}", *text.split("\n"), fence]


def _sentence(hint: str) -> str:
    return f"{_heading(hint[:1].upper() + hint[1:])}."


def _heading(text: str) -> str:
    """Text on one line, in which Markdown finds nothing to do."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", one_line(text))
