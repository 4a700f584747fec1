"""Literals become inputs: what a person would want to choose the next time, and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from har2rpc.model import Capture, Input, Json, Value
from har2rpc.odoo import domains, kinds, methods, secrets, wording
from har2rpc.shaping.draft import Draft, Inputs
from har2rpc.shaping.names import Names
from har2rpc.shaping.secret_inputs import without_secrets

_NAME_FIELDS = {"name", "display_name", "complete_name"}


def opened(draft: Draft, capture: Capture, names: Names) -> Draft:
    """The draft with inputs in the place of the values of its search, its records, its paging."""
    fields = capture.fields().get(draft.model, {})
    inputs = Inputs(draft.model, fields, list(draft.inputs))
    args, kwargs = list(draft.args), dict(draft.kwargs)
    by: list[str] = []
    if draft.method in methods.NAME_SEARCHES:
        args, kwargs = _name_search(args, kwargs, draft, inputs, by)
    elif draft.method in methods.SEARCHES | methods.GROUPINGS:
        if args:
            args[0] = _domain(args[0], draft, inputs, names, by)
        elif "domain" in kwargs:
            kwargs["domain"] = _domain(kwargs["domain"], draft, inputs, names, by)
        kwargs = _paging(kwargs, draft, inputs)
    elif args and kinds.record_ids(draft.call) and draft.method not in methods.SEARCHES:
        if draft.method != "create":
            args[0] = _records(args[0], draft, inputs, names)
        args[1:] = [without_secrets(value, inputs) for value in args[1:]]
        kwargs = {key: _wording(key, value, inputs) for key, value in kwargs.items()}
    elif draft.method == "name_create" and args and isinstance(args[0], str):
        args[0] = inputs.add("name", label="Name", example=args[0])
    args, kwargs = without_secrets(args, inputs), without_secrets(kwargs, inputs)
    known = len(draft.inputs)  # the values' inputs: the record itself comes before them
    ordered = (*inputs.found[known:], *inputs.found[:known])
    labels = {name: field.label for name, field in fields.items() if field.label}
    return replace(draft, args=args, kwargs=kwargs, inputs=ordered, by=tuple(by), labels=labels)


def _domain(domain: Value, draft: Draft, inputs: Inputs, names: Names, by: list[str]) -> Value:
    """The domain with its leaves' values opened; one value asked of several fields is one input."""
    if not isinstance(domain, list):
        return domain
    try:
        domains.parse(domain)
    except ValueError:
        return domain
    found = list(domains.leaves(domain))
    made: dict[tuple[str, str], Input] = {}
    opened_domain: Any = _copied(domain)
    for path, leaf in found:
        if _stays_literal(leaf):
            continue
        key = (type(leaf.value).__name__, repr(leaf.value))
        if key not in made or not _asked_together(leaf, found):
            asked = [other for _, other in found if _same_value(other, leaf)]
            made[key] = _leaf_input(leaf, asked, found, draft, inputs, names)
            by.append(_by_word(leaf, asked))
        _put(opened_domain, path, made[key])
    return opened_domain


def _stays_literal(leaf: domains.Leaf) -> bool:
    """Conditions that are the search itself rather than what was searched for."""
    value = leaf.value
    return (
        isinstance(value, bool)
        or value is None
        or value in ([], secrets.MASK)
        or leaf.field in ("0", "1", "active")
        or (isinstance(value, list) and any(isinstance(item, (list, dict, bool)) for item in value))
        or isinstance(value, dict)
    )


def _same_value(one: domains.Leaf, other: domains.Leaf) -> bool:
    return type(one.value) is type(other.value) and one.value == other.value


def _asked_together(leaf: domains.Leaf, found: list[tuple[tuple[int, ...], domains.Leaf]]) -> bool:
    """Whether one text is asked of several fields ("name, reference or email contains Azure").

    Equal numbers are no such thing: stage 2 and user 2 are two questions.
    """
    return isinstance(leaf.value, str)


def _leaf_input(
    leaf: domains.Leaf,
    asked: list[domains.Leaf],
    found: list[tuple[tuple[int, ...], domains.Leaf]],
    draft: Draft,
    inputs: Inputs,
    names: Names,
) -> Input:
    main = _main_leaf(asked) if isinstance(leaf.value, str) else leaf
    described = inputs.fields.get(main.field)
    label, guessed = inputs.label(main.field)
    type_ = described.type if described else type_of(main.field, leaf.value)
    relation = names.relation(draft.model, main.field, described)
    on_same = [other for _, other in found if other.field == leaf.field]
    name = wording.input_name(main.field)
    if isinstance(leaf.value, str) and main.field.endswith("_id"):
        name = wording.field_noun(main.field)  # a name is asked for, not an id
    if main.field == "id":
        name = f"{wording.model_noun(draft.model).rpartition('_')[2] or 'record'}_id"
        label = wording.title(wording.model_noun(draft.model))
    if len(on_same) > 1 and leaf.operator in (">", ">=", "<", "<="):
        side = "from" if leaf.operator in (">", ">=") else "to"
        name, label = f"{name}_{side}", f"{label} {side}"
    multiple = isinstance(leaf.value, list)
    if multiple and not name.endswith("s"):
        name = wording.plural(name) if not name.endswith("_id") else name + "s"
    return inputs.add(
        name,
        label=label,
        type=type_,
        example=leaf.value,
        options=described.selection if described and leaf.operator in ("=", "!=", "in") else (),
        relation=relation if not isinstance(leaf.value, str) else "",
        multiple=multiple,
        help=_leaf_help(leaf, asked, inputs, relation, names),
        guessed=guessed,
    )


def _main_leaf(asked: list[domains.Leaf]) -> domains.Leaf:
    """The field that gives the input its name: a name field where there is one, else the first."""
    return next((leaf for leaf in asked if leaf.field in _NAME_FIELDS), asked[0])


def _by_word(leaf: domains.Leaf, asked: list[domains.Leaf]) -> str:
    main = _main_leaf(asked) if isinstance(leaf.value, str) else leaf
    return wording.field_noun(main.field)


def _leaf_help(
    leaf: domains.Leaf, asked: list[domains.Leaf], inputs: Inputs, relation: str, names: Names
) -> str:
    labels = list(dict.fromkeys(inputs.label(other.field)[0] for other in asked))
    if leaf.operator in ("ilike", "like", "not ilike"):
        return f"Part of the {wording.listed([label.lower() for label in labels]).replace(' and ', ' or ')}"
    if isinstance(leaf.value, list):
        return f"Ids of {relation} records" if relation else "One or more values"
    if isinstance(leaf.value, int) and relation:
        return names.id_help(relation, leaf.field, leaf.value)
    if isinstance(leaf.value, str) and relation:
        return f"A name of the {relation}"
    return ""


def _paging(kwargs: dict[str, Value], draft: Draft, inputs: Inputs) -> dict[str, Value]:
    """limit and offset are optional inputs with what was recorded as their default; order stays."""
    limit = kwargs.get("limit")
    if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit < 2**31:
        kwargs["limit"] = inputs.add(
            "limit",
            label="Limit",
            type="integer",
            required=False,
            default=limit,
            example=limit,
            help="At most this many records",
        )
        offset = kwargs.get("offset")
        if isinstance(offset, int) and not isinstance(offset, bool):
            kwargs["offset"] = inputs.add(
                "offset",
                label="Offset",
                type="integer",
                required=False,
                default=0,
                example=offset,
                help="Skip this many records first",
            )
    return kwargs


def _records(ids: Json, draft: Draft, inputs: Inputs, names: Names) -> Value:
    """The record ids of `args[0]`: one id is `partner_id`, several are `partner_ids`, bare stays bare."""
    noun = wording.model_noun(draft.model).rpartition("_")[2] or "record"
    label = wording.title(wording.model_noun(draft.model))
    taken = {known.name for known in draft.inputs}
    noun = "record" if f"{noun}_id" in taken else noun
    if isinstance(ids, list) and len(ids) != 1:
        return inputs.add(
            f"{noun}_ids",
            label=f"{label} IDs",
            type="many2many",
            example=ids,
            relation=draft.model,
            multiple=True,
            help=f"Ids of {draft.model} records",
        )
    one = ids[0] if isinstance(ids, list) else ids
    made = inputs.add(
        f"{noun}_id",
        label=label,
        type="many2one",
        example=one,
        relation=draft.model,
        help=names.id_help(draft.model, "id", one),
    )
    return [made] if isinstance(ids, list) else made


def _name_search(
    args: list[Value], kwargs: dict[str, Value], draft: Draft, inputs: Inputs, by: list[str]
) -> tuple[list[Value], dict[str, Value]]:
    text = kwargs["name"] if "name" in kwargs else args[0] if args else None
    if isinstance(text, str):
        made = inputs.add("name", label="Name", example=text, help="Part of the name")
        by.append("name")
        if "name" in kwargs:
            kwargs["name"] = made
        else:
            args[0] = made
    return args, _paging(kwargs, draft, inputs)


def _wording(key: str, value: Value, inputs: Inputs) -> Value:
    """What a person wrote into a dialog: the body of a message, a subject, a name."""
    if key in ("body", "subject", "name", "summary", "note") and isinstance(value, str) and value:
        return inputs.add(key, label=wording.label_of(key), type="text", example=value)
    return value


def type_of(field: str, value: Json) -> str:
    """A field's type where the capture does not describe it, from its name and the value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "many2one" if field.endswith(("_id", ".id")) else "integer"
    if isinstance(value, float):
        return "float"
    if isinstance(value, list):
        return "many2many" if field.endswith(("_id", "_ids")) or field == "id" else "char"
    if isinstance(value, str) and len(value) in (10, 19) and value[4:5] == value[7:8] == "-":
        return "date" if len(value) == 10 else "datetime"
    return "char"


def _copied(value: Value) -> Value:
    if isinstance(value, (list, tuple)):
        return [_copied(item) for item in value]
    return value


def _put(container: Any, path: tuple[int, ...], value: Value) -> None:
    for step in path[:-1]:
        container = container[step]
    container[path[-1]] = value
