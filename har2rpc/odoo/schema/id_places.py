"""Finds the ids in a call and their models: the record itself, fields, commands, domains, contexts.

A number is an id only where the model it belongs to is known: a command's opcode, a sequence and a quantity are not.
x2many commands: `odoo/fields.py` (12-16), `odoo/orm/commands.py` (19). Polymorphic pairs (`res_model` with `res_id`):
`ir.attachment`, `mail.message`, `mail.activity`. `active_model` with `active_ids`: `addons/web`, the action service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from har2rpc.model import Call, Input, Value
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args, domains, signatures
from har2rpc.odoo.schema.commands import (
    Command,
    Create,
    Delete,
    Link,
    Set,
    Unlink,
    Update,
    parse_commands,
)

Path: TypeAlias = tuple[str | int, ...]
Relation: TypeAlias = Callable[[str, str], str]
"""The comodel of (model, field); "" where nothing tells."""

_VALUES = frozenset({"vals", "values", "vals_list", "default", "changes"})
_DOMAINS = frozenset({"domain", "args"})
# Which key says the model that a polymorphic id belongs to.
_MODEL_KEYS = ("res_model", "model", "active_model")
_POLYMORPHIC = frozenset({"res_id", "res_ids", "active_id", "active_ids"})
_COMPARING = frozenset({"=", "!=", "<>", "==", "=?", "in", "not in", "child_of", "parent_of"})


class IdPlace(NamedTuple):
    """An id in a call."""

    path: Path
    """From the call's `args`, `kwargs` or `context` down to the number."""
    model: str
    field: str
    """The field or key that it stands in; `id` for the record itself."""
    value: Value
    """The recorded number, or the input that stands for it."""


def id_places(
    call: Call,
    *,
    method: str,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    context: Mapping[str, Value],
    relation: Relation,
) -> Iterator[IdPlace]:
    """Every place of an id whose model is known.

    `method`, `args`, `kwargs` and `context` are what is sent for the call now.
    """
    model = call.model
    known = signatures.signature(model, method, None)
    is_model_method = known is not None and known.is_model
    start = 0 if is_model_method else 1
    if not is_model_method and args and call_args.record_ids(call):
        yield from _ids(("args", 0), model, "id", args[0])
    names = known.positional if known else ()
    arguments: list[tuple[Path, str, Value]] = [
        (("args", start + place), name, value)
        for place, (name, value) in enumerate(zip(names, args[start:], strict=False))
    ]
    arguments += [(("kwargs", key), key, value) for key, value in kwargs.items()]
    for path, name, value in arguments:
        if name in _DOMAINS:
            yield from _in_domain(path, model, value, relation)
        elif name in _VALUES:
            yield from _in_values_list(path, model, value, _of_defaults(context, relation))
        elif name == "ids":
            yield from _ids(path, model, "id", value)
        elif name.endswith(("_id", "_ids")):
            yield from _ids(path, _named_after(model, name, relation), name, value)
    yield from _in_context(model, context, relation)


def _ids(path: Path, model: str, field: str, value: Value) -> Iterator[IdPlace]:
    """One id, or a list of them."""
    if not model:
        return
    if _may_be_id(value):
        yield IdPlace(path, model, field, value)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            if _may_be_id(item):
                yield IdPlace((*path, place), model, field, item)


def _may_be_id(value: Value) -> bool:
    if isinstance(value, Input):
        return True
    return is_id(value) and value > 0


def _in_values_list(path: Path, model: str, value: Value, relation: Relation) -> Iterator[IdPlace]:
    if isinstance(value, dict):
        yield from _in_values(path, model, value, relation)
    elif isinstance(value, list):
        for place, values in enumerate(value):
            if isinstance(values, dict):
                yield from _in_values((*path, place), model, values, relation)


def _in_values(
    path: Path, model: str, values: Mapping[str, Value], relation: Relation
) -> Iterator[IdPlace]:
    for field, value in values.items():
        comodel = _comodel(model, field, values, relation)
        if commands := parse_commands(value):
            for place, command in enumerate(commands):
                yield from _in_command((*path, field, place), comodel, field, command, relation)
        else:
            yield from _ids((*path, field), comodel, field, value)


def _in_command(
    path: Path, comodel: str, field: str, command: Command, relation: Relation
) -> Iterator[IdPlace]:
    if not comodel:
        return
    if isinstance(command, (Update, Delete, Unlink, Link)) and _may_be_id(command.id):
        yield IdPlace((*path, 1), comodel, field, command.id)
    if isinstance(command, (Create, Update)):
        yield from _in_values((*path, 2), comodel, command.values, relation)
    elif isinstance(command, Set):
        yield from _ids((*path, 2), comodel, field, command.ids)


def _comodel(model: str, field: str, beside: Mapping[str, Value], relation: Relation) -> str:
    """A field's comodel; of a polymorphic id the model next to it."""
    if field in _POLYMORPHIC:
        models = (beside.get(key) for key in _MODEL_KEYS)
        known = (value.example if isinstance(value, Input) else value for value in models)
        return next((value for value in known if isinstance(value, str)), "") or relation(
            model, field
        )
    return relation(model, field)


def _named_after(model: str, name: str, relation: Relation) -> str:
    """The model of an argument or a context key: that of the field of this name, or of its last words.

    `button_validate_picking_ids` are pickings.
    """
    while name not in ("id", "ids"):
        if comodel := relation(model, name):
            return comodel
        name = name.partition("_")[2]
    return ""


def _in_domain(path: Path, model: str, domain: Value, relation: Relation) -> Iterator[IdPlace]:
    if not isinstance(domain, list):
        return
    leaves = [(place, leaf) for place, leaf in domains.leaves(domain) if len(place) == 2]
    values = {leaf.field: leaf.value for _, leaf in leaves if leaf.operator == "="}
    for place, leaf in leaves:
        if leaf.operator in _COMPARING:
            comodel = _comodel(model, leaf.field, values, relation)
            yield from _ids((*path, *place), comodel, leaf.field, leaf.value)


def _in_context(model: str, context: Mapping[str, Value], relation: Relation) -> Iterator[IdPlace]:
    for key, value in context.items():
        path: Path = ("context", key)
        if key in ("active_id", "active_ids"):
            yield from _ids(path, _active_model(key, context), "id", value)
        elif key.startswith("default_"):
            yield from _in_values(path[:-1], model, {key: value}, _of_defaults(context, relation))
        elif key.endswith(("_id", "_ids")) and key != "allowed_company_ids":
            yield from _ids(path, _named_after(model, key, relation), key, value)


def _active_model(key: str, context: Mapping[str, Value]) -> str:
    """The model of the records selected; an `active_id` that is none of them was left by another page."""
    model, ids = context.get("active_model"), context.get("active_ids")
    is_left = key == "active_id" and isinstance(ids, list) and context[key] not in ids
    return model if isinstance(model, str) and not is_left else ""


def _of_defaults(context: Mapping[str, Value], relation: Relation) -> Relation:
    """`default_partner_id` is the field partner_id; `default_res_id` belongs to `default_res_model`."""
    defaults = {key.removeprefix("default_"): value for key, value in context.items()}

    def comodel(model: str, key: str) -> str:
        return _comodel(model, key.removeprefix("default_"), defaults, relation)

    return comodel
