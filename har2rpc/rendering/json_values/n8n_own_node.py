"""Actions for n8n's own Odoo node, which can save, delete and do plain searches, without a context.

Source: n8n-nodes-base 2.40.2 and 2.41.1, `nodes/Odoo/v2`: the resource `custom` creates, updates, deletes and gets one
record, or gets many by conditions that all hold. It sends no context, no order, and no offset but 0; of an update, the
item that comes in is the values; an operator that is not on its list goes through as it is, a list for `in` as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from har2rpc.model import Action, Flow, Input, Step
from har2rpc.odoo.domains import is_leaf
from har2rpc.rendering.formatting import Code
from har2rpc.rendering.javascript.functions import has_big_numbers
from har2rpc.rendering.json_values.n8n import constant, expression
from har2rpc.rendering.value_filters import with_values

_MODEL = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*")  # it goes into a URL as it is
_FIELD = re.compile(r"[A-Za-z_]\w*", re.ASCII)  # several are joined with commas
_MOST_RECORDS = 1000
_OPERATORS = {
    "=": "equal",
    "!=": "notEqual",
    ">": "greaterThen",
    "<": "lesserThen",
    ">=": "greaterOrEqual",
    "<=": "lesserOrEqual",
    "like": "like",
    "in": "in",
    "child_of": "childOf",
}
"""Those of the node's list, in its spelling; all others are sent as they are written."""


@dataclass(frozen=True, slots=True)
class OwnNode:
    """An action as n8n's own Odoo node does it."""

    action: Action
    """With the inputs for which the node has a place."""
    operation: Literal["create", "update", "delete", "get", "getAll"]
    record: Any = None
    """The id of the record to get, update or delete."""
    values: Any = None
    """What is saved."""
    conditions: Sequence[Any] = ()
    """The leaves of a domain, which all must hold."""
    fields: Sequence[str] = ()
    """What is returned; () for all."""
    limit: Any = None
    """How many records at most; None for all."""
    notes: tuple[str, ...] = ()
    """What is not sent, a sentence each."""


def own_nodes(steps: Sequence[Action] | Flow) -> list[OwnNode]:
    """A node for each action or step, where n8n's own can do all of them; else none, for a workflow has one credential."""
    parts: list[Action | Step] = [*steps.steps] if isinstance(steps, Flow) else [*steps]
    if has_big_numbers([steps] if isinstance(steps, Flow) else steps):
        return []  # they would be written into code, which n8n hands on as JSON
    nodes = [_own_node(part) for part in parts]
    return [node for node in nodes if node] if all(nodes) else []


def _own_node(part: Action | Step) -> OwnNode | None:
    action = part.action if isinstance(part, Step) else part
    is_plain = not (action.before or action.route) and _MODEL.fullmatch(action.model)
    if not is_plain or not _is_usual(action.context) or any(one.own_uid for one in action.inputs):
        return None
    node = _save(action) or _of_record(action) or _search(action, part)
    lost = sorted({"tz", "allowed_company_ids"} & action.context.keys())
    if not node or not lost:
        return node
    note = f"Not sent: {' and '.join(lost)}; Odoo uses those of the credential's user."
    return replace(node, notes=(*node.notes, note))


def _is_usual(context: Any) -> bool:
    """Whether a context says nothing that Odoo would not take by itself for a user with one company."""
    if not isinstance(context, dict) or not context.keys() <= {"lang", "tz", "allowed_company_ids"}:
        return False
    companies = context.get("allowed_company_ids", [1])
    return (
        context.get("lang") in (None, False, "en_US")
        and isinstance(companies, list)
        and len(companies) == 1
    )


def _save(action: Action) -> OwnNode | None:
    args = action.args
    if action.kwargs or not isinstance(args, list):
        return None
    if action.method == "create" and len(args) == 1:
        values = args[0][0] if isinstance(args[0], list) and len(args[0]) == 1 else args[0]
        return OwnNode(action, "create", values=values) if isinstance(values, dict) else None
    if action.method == "write" and len(args) == 2 and isinstance(args[1], dict):
        is_one = _is_one(args[0])
        return OwnNode(action, "update", record=args[0][0], values=args[1]) if is_one else None
    return None


def _of_record(action: Action) -> OwnNode | None:
    if not isinstance(action.args, list) or not action.args or not _is_one(action.args[0]):
        return None
    record = action.args[0][0]
    if action.method == "unlink" and len(action.args) == 1 and not action.kwargs:
        return OwnNode(action, "delete", record=record)
    fields = action.args[1] if len(action.args) == 2 else action.kwargs.get("fields", [])
    is_read = (
        action.method == "read" and len(action.args) < 3 and action.kwargs.keys() <= {"fields"}
    )
    if is_read and fields and _are_fields(fields):
        return OwnNode(action, "get", record=record, fields=fields)
    return None


def _is_one(ids: Any) -> bool:
    is_list = isinstance(ids, list) and len(ids) == 1
    return is_list and (type(ids[0]) is int or (isinstance(ids[0], Input) and not ids[0].multiple))


def _are_fields(fields: Any) -> bool:
    return isinstance(fields, list) and all(
        isinstance(name, str) and _FIELD.fullmatch(name) for name in fields
    )


def _search(action: Action, part: Action | Step) -> OwnNode | None:
    known = {"domain", "fields", "limit", "offset", "order"}
    named = {
        **dict(zip(("domain", "fields", "offset", "limit", "order"), action.args, strict=False)),
        **action.kwargs,
    }
    if action.method != "search_read" or len(action.args) > 5 or not named.keys() <= known:
        return None
    values = part.values if isinstance(part, Step) else {}
    domain = named.get("domain") or []
    if not isinstance(domain, list):  # a whole domain that a person types
        return None
    conditions = [term for term in domain if term != "&"]
    offset, order = (_usual(named.get(key), values) for key in ("offset", "order"))
    limit, fields = named.get("limit"), named.get("fields") or []
    if offset or order or not _are_fields(fields) or not all(map(_is_condition, conditions)):
        return None
    most = _usual(limit, values)
    if most and not (isinstance(most, Input) or most <= _MOST_RECORDS):
        return None
    gone = {one.name for one in (named.get("offset"), named.get("order")) if isinstance(one, Input)}
    kept = replace(action, inputs=tuple(one for one in action.inputs if one.name not in gone))
    notes = (f"n8n's own Odoo node has no {' and no '.join(sorted(gone))}.",) if gone else ()
    return OwnNode(
        kept, "getAll", conditions=conditions, fields=fields, limit=limit or None, notes=notes
    )


def _usual(value: Any, values: Mapping[str, Any]) -> Any:
    """What was sent, or in a step of a flow is: an input only where a person chooses it there."""
    if not isinstance(value, Input):
        return value
    if value.name in values:
        return values[value.name]
    return value.default if value.example is None else value.example


def _is_condition(term: Any) -> bool:
    if not is_leaf(term) or not isinstance(term[0], str) or not isinstance(term[1], str):
        return False
    if term[1] in ("in",):  # the node makes a list of text with commas: of ids it does so truly
        return (
            isinstance(term[2], list) and bool(term[2]) and all(type(one) is int for one in term[2])
        )
    return True


def own_parameters(
    node: OwnNode, values: Mapping[str, Code], record: Any, has_json2: bool
) -> dict[str, Any]:
    """The node's parameters; `values` are the expressions of its inputs by name, `record` is that of the record's id."""
    parameters: dict[str, Any] = {
        "authentication": "odooApiKeyApi" if has_json2 else "odooApi",
        "resource": "custom",
        "operation": node.operation,
        "customResource": {"__rl": True, "mode": "id", "value": node.action.model},
    }
    if node.record is not None:
        parameters["recordId"] = {"__rl": True, "mode": "id", "value": expression(record)}
    if node.values is not None:
        parameters["fieldsToSend"] = {"mappingMode": "autoMapInputData", "value": None}
    if node.operation in ("get", "getAll") and node.fields:
        parameters["options"] = {"fieldsList": ",".join(node.fields)}
    if node.operation == "getAll":
        limit = with_values(node.limit, values)
        parameters |= (
            {"returnAll": True}
            if limit is None
            else {
                "returnAll": False,
                "limit": expression(limit) if isinstance(limit, Code) else limit,
            }
        )
        filters = [_filter(with_values(term, values)) for term in node.conditions]
        parameters["filters"] = {"filter": filters} if filters else {}
    return parameters


def _filter(term: Sequence[Any]) -> dict[str, Any]:
    """A condition; an operator that is not on the node's list is an expression, which the editor does not mark."""
    name, operator, value = term
    is_text = type(value) is str
    return {
        "fieldName": constant(name),
        "operator": _OPERATORS.get(operator) or expression(operator),
        "value": (
            constant(value)
            if is_text
            else ",".join(map(str, value)) if operator == "in" else expression(value)
        ),
    }
