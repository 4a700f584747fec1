"""Values as JSON, and as JSON inside a Jinja template (the body of a connector's action)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code

WIDTH = 100
_NAME = re.compile(r"^[A-Za-z_]\w*$", re.ASCII)
# `{{`, `{%` and `{#` in captured text would be Jinja's; as an escape the brace is the same JSON text.
_JINJA_OPENING = re.compile(r"\{(?=[{%#])")


def literal(value: Any, indent: int = 0, step: int = 2) -> Code:
    """A value as JSON for people: on one line if it fits, else an item a line; `indent` is the column it begins at."""
    return Code(laid_out(value, indent, 0, step, dumped))


def laid_out(value: Any, indent: int, used: int, step: int, flat: Callable[[Any], str]) -> str:
    """A value as it is laid out for people; `flat` writes what stands on one line."""
    line = flat(value)
    if indent + used + len(line) < WIDTH or not value or not isinstance(value, (dict, list, tuple)):
        return line
    inner, pad = indent + step, "\n" + " " * (indent + step)
    if isinstance(value, dict):
        keys = [f"{flat(str(key))}: " for key in value]
        items = zip(keys, value.values(), strict=True)
        lines = [key + laid_out(item, inner, len(key), step, flat) for key, item in items]
    else:
        lines = [laid_out(item, inner, 0, step, flat) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + pad + f",{pad}".join(lines) + "\n" + " " * indent + closing


def marked(value: Any) -> Any:
    """Plain JSON with `{"$input": name}` and `{"$result": name, "what": …}` where something is put in later.

    A captured key that begins with `$` gets a second one: no captured value is taken for a mark.
    """
    if isinstance(value, Input):
        return {"$input": value.name}
    if isinstance(value, Result):
        told = {"what": value.what, "record": value.record, "field": value.field}
        return {"$result": value.name, **told, "item": value.item}
    if isinstance(value, Mapping):
        return {
            f"${key}" if str(key).startswith("$") else key: marked(item)
            for key, item in value.items()
        }
    return [marked(item) for item in value] if isinstance(value, (list, tuple)) else value


def jinja_body(value: Any) -> Code:
    """One line of JSON for a Jinja template: every input is `{{ name | jsonify }}`, unquoted.

    The one exception is a whole search domain: it is typed as JSON and goes in as it is.
    """
    return Code(_with_placeholders(value))


def name(value: Any) -> Code:
    """A name inside a placeholder, if it is one. Raises Har2rpcError otherwise."""
    if not _NAME.fullmatch(str(value)):
        raise Har2rpcError(f"{value!r} is no name for a placeholder")
    return Code(value)


def _with_placeholders(value: Any) -> str:
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, (Input, Result)):
        name(value.name)
        return _placeholder(value)
    if isinstance(value, dict):
        items = (f"{_text(str(k))}: {_with_placeholders(v)}" for k, v in value.items())
        return "{" + ", ".join(items) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_with_placeholders(item) for item in value) + "]"
    return _text(value)


def _placeholder(value: Input | Result) -> str:
    if isinstance(value, Input):
        if value.type == "domain":
            return f"{{{{ {value.name} }}}}"
        if value.multiple and value.type in ("integer", "many2one", "many2many", "one2many"):
            return f"{{{{ {value.name} | map('int') | list | jsonify }}}}"  # a form gives texts
        if not value.required and value.default is False:  # an empty form field clears it in Odoo
            return f"{{{{ ({value.name} or false) | jsonify }}}}"
        if not value.required and value.default == 0:
            return f"{{{{ ({value.name} or 0) | jsonify }}}}"
    return f"{{{{ {value.name} | jsonify }}}}"


def _text(value: Any) -> str:
    return _JINJA_OPENING.sub(r"\\u007b", dumped(value))


def dumped(value: Any) -> str:
    """JSON text as people read it; half an emoji, which UTF-8 has no word for, is an escape."""
    text = json.dumps(value, ensure_ascii=False, default=_refused)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _refused(value: Any) -> Any:
    if isinstance(value, (Input, Result)):
        raise Har2rpcError(f"{value.name} is an input: JSON has no word for it")
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as JSON")
