"""Values for the parameters of n8n's nodes: JavaScript between `={{` and `}}`, or plain text that is not an expression.

n8n cuts an expression at the first two closing braces, in a text as well: there the first of two is an escape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from har2rpc.model import Input, Result
from har2rpc.rendering.formatting import Code, checked_name
from har2rpc.rendering.input_kinds import Kind
from har2rpc.rendering.javascript.literals import flat, literal
from har2rpc.rendering.results import check_of, keys_of

# A text, or a number beyond 2^53, which n8n cannot send as it is.
_PIECE = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\b(\d+)n\b""", re.DOTALL)
_BRACES = re.compile(r"\{(?=\{)|\}(?=\})")


def expression(value: Any) -> str:
    """A parameter that is computed: what is `Code` inside the value is JavaScript."""
    return f"={{{{ {_PIECE.sub(_harmless_piece, literal(value))} }}}}"


def constant(value: Any) -> Any:
    """A parameter that stays as it is: a text is an expression only if it looks like one."""
    if isinstance(value, (dict, list)) or (isinstance(value, str) and value.startswith("=")):
        return expression(value)
    return value


def item_value(param: Input, kind: Kind, is_left_out: bool = False, place: str = "$json") -> Code:
    """An input as a field of an item, by default of the one that comes in; where that is empty, its default, or nothing.

    `is_left_out`: its key goes with it, as JSON has no undefined.
    """
    value = Code(f"{place}.{checked_name(param.name)}")
    if (
        param.type == "secret"
    ):  # its field is empty until somebody fills it in, and no empty password is ever set
        return Code(f"({value} || undefined)")
    if param.required:
        return value
    # An empty text stands for nothing, as in Odoo's own forms.
    if is_left_out:
        return Code(f"({value} {'||' if kind == 'text' else '??'} undefined)")
    return Code(f"({value} ?? {flat(param.own_uid or param.default)})")


def server_field(name: Any) -> Code:
    """A field of the node that holds the server's address: it is read where it is used, and goes through no item."""
    return Code(f"$('Odoo').first().json.{checked_name(str(name))}")


def step_values(
    values: Mapping[str, Any], inputs: Mapping[str, Code], answers: Mapping[str, str]
) -> dict[str, Any]:
    """What a step of a flow is sent, by the names of its action's inputs.

    `inputs` are the expressions of the flow's inputs by name, `answers` the nodes that hold the answers of earlier steps
    by their variable.
    """

    def sent(value: Any) -> Any:
        if isinstance(value, Input):
            return inputs[value.name]
        if isinstance(value, Result):
            node = flat(answers[value.name])
            keys = "".join(f"[{flat(key)}]" for key in keys_of(value))
            first = "[0]" if check_of(value) == "only" else ""
            return Code(f"$({node}).first().json.result{first}{keys}")
        return [sent(item) for item in value] if isinstance(value, list) else value

    return {name: sent(value) for name, value in values.items()}


def note_height(text: str) -> int:
    """How many pixels a note of 640 is high, as n8n sets it: about 80 characters a line."""
    return 60 + 20 * sum(1 + len(line) // 80 for line in text.splitlines())


def _harmless_piece(match: re.Match[str]) -> str:
    return match[1] or _BRACES.sub(lambda brace: f"\\x{ord(brace[0]):02x}", match[0])
