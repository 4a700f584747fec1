"""What n8n's own Odoo node sends for its parameters, said as a call: n8n-nodes-base 2.41.1, `nodes/Odoo/v2`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from security.expected_calls import Expected

_OPERATORS = {
    "equal": "=",
    "notEqual": "!=",
    "greaterThen": ">",
    "lesserThen": "<",
    "greaterOrEqual": ">=",
    "lesserOrEqual": "<=",
    "childOf": "child_of",
}


class JavaScript(str):
    """An expression, where other texts are parameters."""

    __slots__ = ()


def sent_by(node: Mapping[str, Any], code: str) -> list[Any]:
    """The parts of the call that are worked out, each a parameter or code; `code` makes the values before it."""
    parameters = node["parameters"]
    model = parameters["customResource"]["value"]
    values = JavaScript(
        f"((() => {{ const $input = {{ all: () => [{{ json: $json }}] }};\n{code} }})()[0].json)"
    )
    if parameters["operation"] == "create":
        return [model, "create", values]
    record = parameters.get("recordId", {}).get("value")
    if parameters["operation"] == "update":
        return [model, "write", record, values]
    if record is not None:
        return [
            model,
            {"get": "read", "delete": "unlink"}[parameters["operation"]],
            record,
            _fields(parameters),
        ]
    filters = parameters["filters"].get("filter", [])
    terms = [term[key] for term in filters for key in ("fieldName", "operator", "value")]
    return [model, "search_read", _fields(parameters), parameters.get("limit"), *terms]


def _fields(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("options", {}).get("fieldsList", ""))


def meant_by(call: Expected) -> list[Any]:
    """The same parts of a recorded call; it has no context, and offset and order are as they are without a word."""
    named = {key: call.kwargs[key] for key in call.kwargs if key != "context"}
    args = list(call.args)
    if call.method == "create":
        [values] = args[0] if isinstance(args[0], list) else args
        return [call.model, "create", values]
    if call.method == "write":
        [[record], values] = args
        return [call.model, "write", record, values]
    if call.method in ("read", "unlink"):
        [record], *rest = args
        fields = rest[0] if rest else named.get("fields", [])
        return [call.model, call.method, record, ",".join(fields)]
    named |= dict(zip(("domain", "fields", "offset", "limit"), args, strict=False))
    assert call.method == "search_read" and not (named.get("offset") or named.get("order")), call
    terms = [part for term in named.get("domain", []) if term != "&" for part in term]
    return [
        call.model,
        "search_read",
        ",".join(named.get("fields", [])),
        named.get("limit"),
        *terms,
    ]


def as_sent(parts: list[Any]) -> list[Any]:
    """The evaluated parts, operators in Odoo's spelling and the ids of `in` as a list."""
    if parts[1] != "search_read":
        return parts
    terms = list(parts[4:])
    for number in range(1, len(terms), 3):
        operator = terms[number]
        if operator == "in":
            terms[number + 1] = [int(one) for one in terms[number + 1].split(",")]
        terms[number] = _OPERATORS.get(operator, operator)
    return [*parts[:4], *terms]
