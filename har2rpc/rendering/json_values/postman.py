"""Writes JSON for a request body in Postman, with unquoted variables such as `{{search_partners.limit}}` for values.

Postman replaces variables repeatedly, in any text with two braces. So in captured text the first of two braces is an
escape, and the script of these bodies writes values as JSON in the same way.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from har2rpc.model import Following, Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code
from har2rpc.rendering.json_values.literals import laid_out, with_placeholders
from har2rpc.rendering.results import check_of, keys_of

_OPENING = re.compile(r"\{(?=\{)")
_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)*", re.ASCII)


def postman_body(value: Any, prefix: str = "", owner: str = "") -> Code:
    """A body as people read it; `prefix` stands before the names of its inputs, `owner` before what follows one."""

    def written(value: Any) -> str:
        return placeholder(value, owner if isinstance(value, Following) else prefix)

    flat = partial(with_placeholders, placeholder=written, escape=_escaped)
    return Code(laid_out(value, 0, 0, 2, flat))


def placeholder(value: Any, prefix: str = "") -> Code:
    """Where a variable comes in: `{{name}}`."""
    return Code(f"{{{{{variable(value, prefix)}}}}}")


def variable(value: Any, prefix: str = "") -> str:
    """The variable of an Input (`create_partner.name`), of a Result (`order_ids.0`, `partners.only.id`), or of a name."""
    parts = [str(value)]
    if isinstance(value, (Input, Following)):
        parts = [*filter(None, [prefix]), value.name]
    elif isinstance(value, Result):
        check = ["only"] if check_of(value) == "only" else []
        parts = [value.name, *check, *map(str, keys_of(value))]
    name = ".".join(parts)
    if not _NAME.fullmatch(name):
        raise Har2rpcError(f"{name!r} is not a valid variable name")
    return name


def _escaped(text: str) -> str:
    return _OPENING.sub(r"\\u007b", text)
