"""JSON inside a Jinja template: the body of a connector's action."""

from __future__ import annotations

import re
from typing import Any

from har2rpc.model import Input, Result
from har2rpc.rendering.formatting import Code, checked_name
from har2rpc.rendering.json_values.literals import with_placeholders

_ID_TYPES = ("integer", "many2one", "many2many", "one2many")
# `{{`, `{%` and `{#` in captured text would be Jinja's; as an escape the brace is the same JSON text.
_OPENING = re.compile(r"\{(?=[{%#])")


def jinja_body(value: Any) -> Code:
    """One line of JSON for a Jinja template: every input is `{{ name | jsonify }}`, unquoted.

    The one exception is a whole search domain: it is typed as JSON and goes in as it is.
    """
    return Code(with_placeholders(value, _placeholder, _escaped))


def identifier(value: Any) -> Code:
    """A name inside a placeholder, if it is one. Raises Har2rpcError otherwise."""
    return Code(checked_name(value, "name for a placeholder"))


def _placeholder(value: Input | Result) -> str:
    name = identifier(value.name)
    if isinstance(value, Input):
        if value.type == "domain":
            return f"{{{{ {name} }}}}"
        if value.multiple and value.type in _ID_TYPES:
            return f"{{{{ {name} | map('int') | list | jsonify }}}}"  # a form gives texts
        if not value.required and value.default is False:  # an empty form field clears it in Odoo
            return f"{{{{ ({name} or false) | jsonify }}}}"
        if not value.required and value.default == 0:
            return f"{{{{ ({name} or 0) | jsonify }}}}"
    return f"{{{{ {name} | jsonify }}}}"


def _escaped(text: str) -> str:
    return _OPENING.sub(r"\\u007b", text)
