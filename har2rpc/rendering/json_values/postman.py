"""JSON for a request body in Postman: where a value comes in stands a variable, `{{search_partners.limit}}`, unquoted.

Postman puts variables in as they are, again and again, in whatever text holds two braces: in captured text the first
of two is an escape, and the script that goes with these bodies writes the values as JSON in the same way.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code, keys_of
from har2rpc.rendering.json_values.literals import dumped, laid_out

_OPENING = re.compile(r"\{(?=\{)")
_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)*", re.ASCII)


def body(value: Any, prefix: str = "") -> Code:
    """A body as people read it; `prefix` stands before the names of its inputs."""
    return Code(laid_out(value, 0, 0, 2, partial(_flat, prefix=prefix)))


def place(value: Any, prefix: str = "") -> Code:
    """Where a variable comes in: `{{name}}`."""
    return Code(f"{{{{{variable(value, prefix)}}}}}")


def variable(value: Any, prefix: str = "") -> str:
    """The variable of an Input (`create_partner.name`), of a Result (`order_ids.0`, `partners.only.id`), or of a name."""
    parts = [str(value)]
    if isinstance(value, Input):
        parts = [*filter(None, [prefix]), value.name]
    elif isinstance(value, Result):
        keys = keys_of(value)
        keys = ("only", *keys[1:]) if value.what == "only" else keys
        parts = [value.name, *map(str, keys)]
    name = ".".join(parts)
    if not _NAME.fullmatch(name):
        raise Har2rpcError(f"{name!r} is no name for a variable")
    return name


def _flat(value: Any, prefix: str) -> str:
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, (Input, Result)):
        return place(value, prefix)
    flat = partial(_flat, prefix=prefix)
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{flat(str(key))}: {flat(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flat, value)) + "]"
    return _OPENING.sub(r"\\u007b", dumped(value))
