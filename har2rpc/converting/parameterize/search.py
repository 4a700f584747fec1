"""Makes inputs of what a person searched for: values of a domain, a text, limit, offset and order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from har2rpc.converting.draft import DATE_NOTE, OF_MENU, OWN_USER, SEARCHED_FOR, Draft, Inputs
from har2rpc.converting.parameterize.menu_filters import MenuFilters, Origin
from har2rpc.model import Field, Input, Json, Value
from har2rpc.model.values import is_id
from har2rpc.odoo import domains, english, methods, relative_dates, secret_fields
from har2rpc.odoo.display_names import DisplayNames
from har2rpc.odoo.schema.field_types import type_of

_NAME_FIELDS = {"name", "display_name", "complete_name"}
_PARTS = ("ilike", "like", "not ilike", "not like")
_RANGES = (">", ">=", "<", "<=")


@dataclass(slots=True)
class Search:
    """One search on its way: what it asks for, and the words that tell it from others of its model."""

    draft: Draft
    inputs: Inputs
    names: DisplayNames
    menu: MenuFilters
    criteria: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def parameterize(
        self, args: list[Value], kwargs: dict[str, Value]
    ) -> tuple[list[Value], dict[str, Value]]:
        """The arguments with inputs instead of what was searched for."""
        args, kwargs = list(args), dict(kwargs)
        if self.draft.method in methods.NAME_SEARCHES:
            self._name(args, kwargs)
        elif args:
            args[0] = self._domain(args[0])
        elif "domain" in kwargs:
            kwargs["domain"] = self._domain(kwargs["domain"])
        self._paging(kwargs)
        return args, kwargs

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of its dates."""
        if not self.stale:
            return ()
        day = self.draft.source_call.started[:10]
        names = english.listed([f"`{name}`" for name in self.stale])
        dates = "date" if len(self.stale) == 1 else "dates"
        return (f'{names} {DATE_NOTE} ({day}), such as "This month". Pass the {dates} you need.',)

    def _name(self, args: list[Value], kwargs: dict[str, Value]) -> None:
        """`name_search(name, domain, operator, limit)`; the domain's keyword is `args` up to Odoo 18."""
        text = kwargs["name"] if "name" in kwargs else args[0] if args else None
        if isinstance(text, str):
            param = self.inputs.add(
                "name", label="Name", example=text, help="Part of the name", why=SEARCHED_FOR
            )
            self.criteria.append("name")
            if "name" in kwargs:
                kwargs["name"] = param
            else:
                args[0] = param
        criteria, self.criteria = self.criteria, []
        for key in ("domain", "args"):
            if key in kwargs:
                kwargs[key] = self._domain(kwargs[key])
        if len(args) > 1:
            args[1] = self._domain(args[1])
        self.criteria = criteria

    def _domain(self, domain: Value) -> Value:
        """The domain with its leaves' values as inputs; one text asked of several fields is one input."""
        if not isinstance(domain, list):
            return domain
        try:
            domains.parse(domain)
        except ValueError:
            return domain
        leaves = list(domains.leaves(domain))
        params: dict[str, Input] = {}
        new_domain: Any = _copy(domain)
        for path, leaf in leaves:
            if _stays_literal(leaf):
                continue
            origin = self._origin(leaf)
            if origin == "action":  # what the page is about, whoever opens it
                continue
            # Equal numbers are no one question (stage 2 and user 2 are two), the same condition twice is.
            key = repr(leaf.value if isinstance(leaf.value, str) else leaf)
            if key not in params:
                same = [other for _, other in leaves if _same_value(other, leaf)]
                params[key] = self._leaf(leaf, same, [other for _, other in leaves], origin)
                if not (origin or params[key].own_uid):
                    self.criteria.append(english.field_noun(_main_leaf(leaf, same).field))
            _put(new_domain, path, params[key])
        return new_domain

    def _origin(self, leaf: domains.Leaf) -> Origin:
        relation = self.names.relation(self.draft.model, leaf.field)
        return self.menu.origin(self.draft.source_call, leaf, relation)

    def _leaf(
        self,
        leaf: domains.Leaf,
        same: list[domains.Leaf],
        leaves: list[domains.Leaf],
        origin: Origin,
    ) -> Input:
        """The input for a leaf's value; `same` are the leaves that ask for the same value."""
        main = _main_leaf(leaf, same)
        described = self.names.described(self.draft.model, main.field)
        label, guessed = self.inputs.label(main.field)
        if described and described.label:
            label, guessed = described.label, False
        relation = self.names.relation(self.draft.model, main.field)
        # From and to belong to the field that this leaf compares, whatever other field gives the name.
        on_same = [other for other in leaves if other.field == leaf.field]
        name, label = self._name_and_label(main, label, on_same)
        is_text = isinstance(leaf.value, str)
        own_uid = self.menu.own_uid(leaf.value, relation)
        param = self.inputs.add(
            name,
            label=label,
            type=(
                "many2one"
                if relation and is_id(leaf.value)
                else _leaf_type(described, main.field, leaf.value)
            ),
            example=leaf.value,
            options=(
                described.selection
                if described and leaf.operator in ("=", "!=", "in", "not in")
                else ()
            ),
            relation="" if is_text else relation,
            multiple=isinstance(leaf.value, list),
            required=not (origin or own_uid),
            default=leaf.value if origin else None,
            own_uid=own_uid,
            help=OWN_USER if own_uid else self._help(leaf, same, relation),
            guessed=guessed,
            why=OF_MENU if origin else SEARCHED_FOR,
            stale=is_text
            and relative_dates.is_date_relative(leaf.value, self.draft.source_call.started),
        )
        if param.stale:
            self.stale.append(param.name)
        return param

    def _name_and_label(
        self, main: domains.Leaf, label: str, on_same: list[domains.Leaf]
    ) -> tuple[str, str]:
        """Name and label: a name is asked for and no id, several of them in the plural, a range from and to."""
        name = english.input_name(main.field, self.draft.model)
        if isinstance(main.value, str) and main.field.endswith("_id"):
            name = english.field_noun(main.field)
        if main.field == "id":
            name = f"{english.record_noun(self.draft.model)}_id"
            label = english.title(english.model_noun(self.draft.model))
        if name.endswith("_ids") and is_id(main.value):  # one of them
            name = name[:-1]
        if len(on_same) > 1 and main.operator in _RANGES:
            side = "from" if main.operator in (">", ">=") else "to"
            return f"{name}_{side}", f"{label} {side}"
        if isinstance(main.value, list) and not name.endswith("s"):
            name = english.plural(name) if not name.endswith("_id") else name + "s"
        return name, label

    def _help(self, leaf: domains.Leaf, same: list[domains.Leaf], relation: str) -> str:
        if any(other.operator in _PARTS for other in same):
            whole = self._field_words([other for other in same if other.operator not in _PARTS])
            parts = self._field_words([other for other in same if other.operator in _PARTS])
            return f"Part of the {parts}" + (f", or the whole {whole}" if whole else "")
        if isinstance(leaf.value, list):
            return f"Ids of {relation} records" if relation else "One or more values"
        if isinstance(leaf.value, int) and relation:
            return self.names.id_help(relation, leaf.field, leaf.value)
        if isinstance(leaf.value, str) and relation:
            return f"A name of the {relation}"
        return ""

    def _field_words(self, leaves: list[domains.Leaf]) -> str:
        """`name or barcode`: what a text is looked for in."""
        labels = dict.fromkeys(self.inputs.label(leaf.field)[0] for leaf in leaves)
        return english.listed(list(map(english.lowered, labels))).replace(" and ", " or ")

    def _paging(self, kwargs: dict[str, Value]) -> None:
        """limit, offset and order are optional inputs with what was recorded as their default."""
        limit, offset = kwargs.get("limit"), kwargs.get("offset")
        has_limit = is_id(limit) and 0 < limit < 2**31
        if has_limit:
            kwargs["limit"] = self._optional("limit", "integer", limit, "At most this many records")
        if is_id(offset) and (has_limit or self.draft.method in methods.GROUPINGS):
            kwargs["offset"] = self._optional(
                "offset", "integer", offset, "Skip this many records first", default=0
            )
        for key in ("order", "orderby"):
            order = kwargs.get(key)
            if isinstance(order, str) and order:
                help_ = "Fields to sort by, each with ASC or DESC"
                kwargs[key] = self._optional("order", "char", order, help_)

    def _optional(
        self, name: str, type_: str, recorded: Json, help_: str, default: Json = None
    ) -> Input:
        return self.inputs.add(
            name,
            label=english.title(name),
            type=type_,
            required=False,
            default=recorded if default is None else default,
            example=recorded,
            help=help_,
            why="paging" if name != "order" else "sorting",
        )


def _stays_literal(leaf: domains.Leaf) -> bool:
    """Conditions that are the search itself rather than what was searched for."""
    value = leaf.value
    return (
        isinstance(value, bool)
        or value is None
        or value in ([], secret_fields.MASK)
        or leaf.field in ("0", "1", "active")
        or (isinstance(value, list) and any(isinstance(item, (list, dict, bool)) for item in value))
        or isinstance(value, dict)
    )


def _same_value(one: domains.Leaf, other: domains.Leaf) -> bool:
    return type(one.value) is type(other.value) and one.value == other.value


def _main_leaf(leaf: domains.Leaf, same: list[domains.Leaf]) -> domains.Leaf:
    """The leaf whose field names the input: of a text a name field where there is one, else the first."""
    if not isinstance(leaf.value, str):
        return leaf
    return next((one for one in same if one.field in _NAME_FIELDS), same[0])


def _leaf_type(described: Field | None, name: str, value: Json) -> str:
    """What is typed in: a name for a many2one is a text, whatever the field's type."""
    if described and described.type and not isinstance(value, str):
        return described.type
    if described and described.type and described.type not in ("many2one", "many2many", "one2many"):
        return described.type
    return type_of(name, value)


def _copy(value: Value) -> Value:
    if isinstance(value, (list, tuple)):
        return [_copy(item) for item in value]
    return value


def _put(container: Any, path: tuple[int, ...], value: Value) -> None:
    for step in path[:-1]:
        container = container[step]
    container[path[-1]] = value
