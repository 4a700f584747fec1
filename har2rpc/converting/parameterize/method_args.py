"""Turns literals into inputs, but only those that a person would want to choose the next time."""

from __future__ import annotations

import re
from dataclasses import replace

from har2rpc.converting.draft import ACTED_UPON, OWN_USER, SEARCHED_FOR, Draft, Inputs
from har2rpc.converting.parameterize.menu_filters import MenuFilters
from har2rpc.converting.parameterize.search import Search
from har2rpc.converting.parameterize.secret_inputs import has_secret_cells, parameterize_secrets
from har2rpc.converting.parameterize.till_orders import TILL_METHODS, till_orders
from har2rpc.model import Capture, Json, Value
from har2rpc.model.values import are_ids
from har2rpc.odoo import (
    call_args,
    english,
    methods,
    signatures,
)
from har2rpc.odoo.display_names import DisplayNames
from har2rpc.odoo.schema.commands import parse_commands
from har2rpc.odoo.schema.field_types import type_of

# What a person writes into a dialog, or how much of something: by the last words of the argument's name.
_WRITTEN = re.compile(
    r"(?:^|_)(?:body|subject|name|summary|note|notes|message|reason|comment|description|title|feedback"
    r"|email|phone|text|content|answer)\Z"
)
_AMOUNT = re.compile(
    r"(?:^|_)(?:qty|quantity|amount|price|discount|hours|days|percent|rate|count)\Z"
)
# Methods that look up what was typed outside of Odoo.
_COMPLETING = frozenset({"autocomplete", "autocomplete_by_name", "autocomplete_by_vat"})
_OF_HTML = "HTML, in which &, < and > of a text are escapes (body_is_html says that it is)"
# Arguments that say how a method works, not what about.
_TECHNICAL = re.compile(r"(?:^|_)(?:model|field|method|xmlid|field_name|res_model|lang)\Z")


def parameterize_args(
    draft: Draft, capture: Capture, names: DisplayNames, menu: MenuFilters
) -> Draft:
    """The draft with inputs instead of the values of its search, its records, its arguments."""
    fields = capture.fields().get(draft.model, {})
    inputs = Inputs(draft.model, fields, list(draft.inputs))
    args, kwargs = list(draft.args), dict(draft.kwargs)
    criteria, notes = draft.criteria, draft.notes
    if draft.method in methods.SEARCHES | methods.GROUPINGS | methods.NAME_SEARCHES:
        search = Search(draft, inputs, names, menu)
        args, kwargs = search.parameterize(args, kwargs)
        criteria, notes = tuple(search.criteria), (*notes, *search.notes)
    elif draft.method != "create":
        if args and call_args.record_ids(draft.public_call):
            args[0] = _records(args[0], draft, inputs, names, menu)
        if draft.method in _COMPLETING and args and isinstance(args[0], str):
            args[0] = inputs.add(
                "name", label="Name", example=args[0], help="What was typed", why=SEARCHED_FOR
            )
        if draft.changes and draft.method != "write":
            args, kwargs = _arguments(args, kwargs, draft, inputs, names)
    draft = parameterize_secrets(replace(draft, args=args, kwargs=kwargs, notes=notes), inputs)
    known = len(draft.inputs)  # the values' inputs: the record itself comes before them
    ordered = (*inputs.collected[known:], *inputs.collected[:known])
    labels = {name: field.label for name, field in fields.items() if field.label}
    return replace(
        draft,
        inputs=ordered,
        criteria=criteria,
        labels=labels,
    )


def _records(
    ids: Json, draft: Draft, inputs: Inputs, names: DisplayNames, menu: MenuFilters
) -> Value:
    """The record ids of `args[0]`: one id is `partner_id`, several are `partner_ids`, bare stays bare."""
    noun = english.record_noun(draft.model)
    label = english.title(english.model_noun(draft.model))
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
            why="the records acted upon",
        )
    one = ids[0] if isinstance(ids, list) else ids
    own_uid = 0 if draft.changes else menu.own_uid(one, draft.model)  # to read oneself
    param = inputs.add(
        f"{noun}_id",
        label=label,
        type="many2one",
        example=one,
        relation=draft.model,
        required=not own_uid,
        own_uid=own_uid,
        help=OWN_USER if own_uid else names.id_help(draft.model, "id", one),
        why=ACTED_UPON,
    )
    return [param] if isinstance(ids, list) else param


def _arguments(
    args: list[Value], kwargs: dict[str, Value], draft: Draft, inputs: Inputs, names: DisplayNames
) -> tuple[list[Value], dict[str, Value]]:
    """Whatever else a method was given: texts, records and amounts are a person's, switches are not."""
    known = signatures.signature(draft.model, draft.method, None)
    has_records = bool(args) and (args[0] == [] or bool(call_args.record_ids(draft.public_call)))
    start = 1 if has_records and not (known and known.is_model) else 0
    called = known.positional if known else ()
    args = [
        (
            value
            if position < start
            else _argument(
                called[position - start] if position - start < len(called) else "value",
                value,
                draft,
                inputs,
                names,
            )
        )
        for position, value in enumerate(args)
    ]
    return args, {key: _argument(key, value, draft, inputs, names) for key, value in kwargs.items()}


def _argument(key: str, value: Value, draft: Draft, inputs: Inputs, names: DisplayNames) -> Value:
    if isinstance(value, dict):
        return {name: _argument(name, item, draft, inputs, names) for name, item in value.items()}
    if draft.method == "load" and key == "data":
        if has_secret_cells(value):
            return value  # its rows stay as they are, with inputs in them
        return inputs.add(
            "rows",
            label="Rows",
            type="json",
            example=value,
            help="A list of rows, each a list of values in the order of the columns",
            why="in the imported file",
        )
    if draft.method in TILL_METHODS:
        return till_orders(value, inputs, names)
    if draft.method == "barcode_write" and isinstance(value, list) and parse_commands(value):
        return [
            [*command[:2], *(_argument(key, part, draft, inputs, names) for part in command[2:])]
            for command in value
        ]
    if not _is_chosen(key, value):
        return value
    relation = _relation(key, draft.model, names) if not isinstance(value, (str, float)) else ""
    described = inputs.fields.get(key)
    label, guessed = inputs.label(key)
    several = isinstance(value, list)
    help_ = _OF_HTML if key == "body" and draft.kwargs.get("body_is_html") is True else ""
    if relation:
        help_ = f"Ids of {relation} records" if several else names.id_help(relation, key, value)
    type_ = type_of(key, value)
    return inputs.add(
        english.input_name(key, draft.model),
        label=label,
        type="text" if key == "body" and type_ == "char" else type_,
        example=value,
        options=described.selection if described else (),
        relation=relation,
        multiple=several,
        help=help_,
        guessed=guessed,
        why="given to the method",
    )


def _is_chosen(key: str, value: Json) -> bool:
    """Whether an argument is what a person wrote, picked or counted."""
    if isinstance(value, bool) or value is None or _TECHNICAL.search(key):
        return False
    if isinstance(value, str):
        is_date = type_of(key, value) in ("date", "datetime", "html", "text")
        return bool(value) and (is_date or bool(_WRITTEN.search(key)) or " " in value.strip())
    if isinstance(value, int):
        return key.endswith("_id") or bool(_AMOUNT.search(key))
    if isinstance(value, list):
        return bool(value) and are_ids(value) and key.endswith("_ids")
    return isinstance(value, float)


def _relation(key: str, model: str, names: DisplayNames) -> str:
    """The comodel that an argument's name means: `partner_ids` as partner_id."""
    known = names.relation(model, key)
    return known or (names.relation(model, key[:-1]) if key.endswith("_ids") else "")
