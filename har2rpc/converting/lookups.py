"""`--lookups`: adds a search by name in front of each action that takes a record by its id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from har2rpc.converting.draft import UniqueNames
from har2rpc.model import Action, Capture, Input
from har2rpc.odoo import english
from har2rpc.odoo.display_names import DisplayNames
from har2rpc.odoo.reserved_names import RESERVED
from har2rpc.odoo.schema.wizards import known_as_wizard

_MOST = 8  # as many as a dropdown of the web client shows
_EVERYWHERE = ("lang", "tz", "allowed_company_ids")


def add_lookups(actions: Sequence[Action], capture: Capture) -> list[Action]:
    """The actions, each with a search for every model whose records no earlier action takes.

    name_search answers pairs of id and name, in all versions (Odoo 12-19, `odoo/models.py`).
    """
    names = DisplayNames(capture)
    results = {run.result for action in actions for run in action.runs}
    unique = UniqueNames({*RESERVED, *results, *(action.name for action in actions)})
    models: set[str] = set()
    ready = []
    for action in actions:
        lookups = []
        for param in _record_inputs(action):
            if param.relation not in models:
                models.add(param.relation)
                lookups.append(_lookup(action, param, names, unique))
        ready.append(replace(action, lookups=tuple(lookups)))
    return ready


def _record_inputs(action: Action) -> Iterator[Input]:
    for param in action.inputs:
        is_record = param.type in ("many2one", "many2many") and not known_as_wizard(param.relation)
        if param.relation and is_record:
            yield param


def _lookup(action: Action, param: Input, names: DisplayNames, unique: UniqueNames) -> Action:
    many = english.plural(english.model_noun(param.relation))
    name = unique.of(f"find_{many}")
    identity = param.example[0] if isinstance(param.example, list) else param.example
    label = names.of(param.relation, identity) if isinstance(identity, int) else ""
    words = Input("name", "Name", "char", required=True, example=label, help="Part of the name")
    most = Input("limit", "Limit", "integer", False, _MOST, _MOST, help="At most this many records")
    spoken = many.replace("_", " ")
    return replace(
        action,
        name=name,
        label=english.title(name),
        description=f"{spoken[:1].upper()}{spoken[1:]} by name: pairs of id and name.",
        model=param.relation,
        method="name_search",
        args=[],
        kwargs={"name": words, "limit": most},
        context={key: action.context[key] for key in _EVERYWHERE if key in action.context},
        inputs=(words, most),
        runs=(),
        changes=False,
        returns="value",
        notes=(f"Added: finds the id for `{param.name}`.",),
        custom=None,
        before=(),
        parts=(),
    )
