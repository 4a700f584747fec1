"""Writes values in a sentence: a single word as it is, several words in quotes, a record by its name."""

from __future__ import annotations

import re

from har2rpc.model import Call, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import domains, english
from har2rpc.odoo.display_names import first_line
from har2rpc.odoo.schema import relations
from har2rpc.odoo.sentences.mentions import Mentions

_WORD = re.compile(r"[\w+@./:#&-]+\Z")
# Words that a condition is made of: as a value they stand in quotes.
_GRAMMAR = frozenset("and or not is set never always none true false archived by it".split())
_STUDIO = re.compile(r"\Ax_(?:studio_)?(?=[a-z])")


class Name(str):
    """The name of a record, which stands without quotes."""

    __slots__ = ()


def field_word(field: str) -> str:
    """`phone`, `order line`, `color` for x_studio_color."""
    return english.field_noun(_STUDIO.sub("", field)).replace("_", " ")


def text_of(value: Json) -> str:
    """`555`, `"Azure Interior"`, `Belgium` for a record's name, `1, 2 and 3`."""
    if isinstance(value, Name):
        return value
    if isinstance(value, str):
        is_plain = _WORD.match(value) and value.lower() not in _GRAMMAR
        return first_line(value) if is_plain else domains.value_text(value)
    if isinstance(value, (list, tuple)):
        return english.listed([text_of(item) for item in value], 4)
    return domains.value_text(value)


def linked_name(mentions: Mentions, call: Call, field: str, value: Json) -> Json:
    """The name of the record that a field's value is the id of, as `Name`; the value itself where nothing tells one."""
    last = field.rpartition(".")[2]
    if not is_id(value) or not (last.endswith(("_id", "_ids", "_uid")) or last == "id"):
        return value
    comodel = call.model if field == "id" else relations.usual_model(last, call.model)
    name = mentions.linked(call, field, comodel, value)
    return Name(name) if name else value
