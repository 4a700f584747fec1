"""Writes JSON inside a Jinja template: the body of a connector's action."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from har2rpc.model import Following, Input, Result
from har2rpc.rendering.formatting import Code, checked_name, optional_inputs
from har2rpc.rendering.json_values.literals import json_text, with_placeholders

_CASTS = {"integer": "int", "many2one": "int", "float": "float", "monetary": "float"}
_ID_TYPES = ("integer", "many2one", "many2many", "one2many")
# `{{`, `{%` and `{#` in captured text would be Jinja's; as an escape the brace is the same JSON text.
_OPENING = re.compile(r"\{(?=[{%#])")


def jinja_body(value: Any) -> Code:
    """One line of JSON for a Jinja template: every input is `{{ name | jsonify }}`, unquoted.

    The exceptions are a whole search domain and the commands of new lines: typed as JSON, they go in as they are.
    """
    return Code(with_placeholders(value, _placeholder, _escaped, _join_given))


def identifier(value: Any) -> Code:
    """A name inside a placeholder, if it is one. Raises Har2rpcError otherwise."""
    return Code(checked_name(value, "name for a placeholder"))


def _join_given(members: Sequence[tuple[Any, str]]) -> str:
    """The members of an object: those that may be left out behind the others, each with the comma that it needs."""
    always = [text for item, text in members if not _condition(item)]
    text, before = ", ".join(always), ""
    for item, member in members:
        if condition := _condition(item):
            comma = ", " if always else f"{{% if {before} %}}, {{% endif %}}" if before else ""
            text += f"{{% if {condition} %}}{comma}{member}{{% endif %}}"
            before += f" or {condition}" if before else condition
    return text if always else f" {text}"  # two braces side by side would be a placeholder


def _condition(item: Any) -> str:
    """When a member is sent; "" for one that always is."""
    if isinstance(item, Following) and isinstance(item.source, Input):
        return f"{identifier(item.source.name)} | string == '{int(item.recorded)}'"
    return " or ".join(map(_is_given, optional_inputs(item)))


def _is_given(param: Input) -> str:
    name = identifier(param.name)
    empty = "none, '', []" if param.multiple else "none, ''"
    return f"{name} is defined and {name} not in ({empty})"


def _placeholder(value: Input | Result | Following) -> str:
    if isinstance(value, Following):
        return with_placeholders(value.value, _placeholder, _escaped)
    name = identifier(value.name)
    if isinstance(value, Input):
        if value.type == "domain":
            return f"{{{{ {name} }}}}"
        if value.type == "commands":  # typed as text, or a list that an earlier step gave
            return f"{{{{ {name} if {name} is string else {name} | jsonify }}}}"
        if value.multiple and value.type in _ID_TYPES:
            return f"{{{{ {name} | map('int') | list | jsonify }}}}"  # a form gives texts
        return f"{{{{ {_value(value)} | jsonify }}}}"
    return f"{{{{ {name} | jsonify }}}}"


def _value(param: Input) -> str:
    """An input's value, or what stands for one that a form leaves out; a number that a form gives as text is one."""
    name = str(identifier(param.name))
    known = name if param.required else f"{name} | default({_default(param)})"
    cast = _CASTS.get(param.type)
    if param.multiple or not cast:
        return known
    # What is no number stays what it is: Odoo refuses it, where 0 would be another record.
    return f"({name} | {cast}({name}) if {name} is string and {name} else {known})"


def _default(param: Input) -> str:
    """Of a text that Odoo takes for none: captured text is nothing that a placeholder holds."""
    is_plain = isinstance(param.default, (bool, int, float)) and math.isfinite(param.default)
    known = json_text(param.default) if is_plain else "false"
    return f"{known}, true" if param.default == 0 else known  # for an empty field, too


def _escaped(text: str) -> str:
    return _OPENING.sub(r"\\u007b", text)
