"""Files as inputs: their content, which no code copies, and the record that one belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from har2rpc.converting.draft import Inputs
from har2rpc.model import Decision, Input, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import english
from har2rpc.odoo.schema.field_types import UPLOADED_FILE


def file_input(
    name: str,
    file: Literal["base64", "text"],
    value: str,
    inputs: Inputs,
    label: str,
    *,
    guessed: bool,
) -> Input:
    """An image, a file or a long text: asked for, because what was recorded is too large to copy, or not recorded."""
    what, size = "A text", len(value)
    if file == "base64":
        what, size = "A file as base64 text", size * 3 // 4
    there = "" if value == UPLOADED_FILE else f" (the recorded one had {size} bytes)"
    if name == "datas":
        name = "file"
        label = "File" if guessed else label
    return inputs.add(
        english.input_name(name),
        label=label,
        type="binary" if file == "base64" else "text",
        help=f"{what}, not copied from the capture{there}",
        guessed=guessed,
        why="a file" if file == "base64" else "a long text",
        file=file,
    )


def owner_input(decision: Decision, values: Mapping[str, Json], inputs: Inputs) -> Input | None:
    """The record that an uploaded file belongs to, as an input of its own model's name; None for all other values."""
    owner = values.get("res_model")
    is_upload = values.get("datas") == UPLOADED_FILE and isinstance(owner, str)
    if decision.name != "res_id" or not is_upload or not is_id(decision.value):
        return None
    return inputs.add(
        f"{english.record_noun(str(owner))}_id",
        label=english.title(english.model_noun(str(owner))),
        type="many2one",
        example=decision.value,
        relation=owner,
        help=f"Id of {english.with_article(str(owner))}; without one only its creator can read the file",
        why="the record that the file belongs to",
    )
