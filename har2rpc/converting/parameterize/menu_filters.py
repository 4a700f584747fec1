"""Finds what a menu searches for by itself: the domain of its action, and the filters that are active as its page opens.

The client asks for a page's views first, and nobody has typed anything before the first search after them. So its
conditions belong to the menu in all searches of that page (`type = opportunity` in a pipeline).
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Literal, TypeAlias

from har2rpc.model import Call, Capture, Json
from har2rpc.model.values import are_ids, is_id
from har2rpc.odoo import domains, methods
from har2rpc.odoo.domains import Leaf
from har2rpc.odoo.schema.field_types import type_of

Origin: TypeAlias = Literal["", "filter", "action"]
"""Whose a condition is: a person's, a filter's that was on when the page opened, or the menu's action's."""

_VIEWS = frozenset({"get_views", "load_views", "fields_view_get"})
_OF_PAGES = methods.SEARCHES | methods.GROUPINGS | {"read_progress_bar"}
# A condition of a domain as Odoo's actions are written, in Python.
_CONDITION = re.compile(
    r"""\(\s*(?P<field>'[\w.]+'|"[\w.]+")\s*,\s*(?P<operator>'[^']{1,12}'|"[^"]{1,12}")\s*,"""
    r"""\s*(?P<value>'[^'\\]*'|"[^"\\]*"|-?\d+(?:\.\d+)?|True|False|None|\[[^][]*\]|\([^()]*\))\s*\)"""
)


class MenuFilters:
    """Knows the conditions of a capture's menus, worked out when one is asked for."""

    def __init__(self, capture: Capture) -> None:
        self._capture = capture

    def origin(self, call: Call, leaf: Leaf, relation: str) -> Origin:
        """Whose a condition of a search is; `relation` is the model of its field's ids.

        A record is what a person picked, and so is a day: of menus these are not the same from one to the next.
        """
        if not _can_be_of_menu(leaf, relation):
            return ""
        key = _key(leaf)
        if key in self._of_actions.get(call.model, ()):
            return "action"
        if key in self._of_pages.get(call.n, ()):
            return "filter"
        default = call.context.get(f"default_{leaf.field}")
        is_default = leaf.operator == "=" and isinstance(default, str) and default == leaf.value
        return "filter" if is_default else ""

    def own_uid(self, value: Json, relation: str) -> int:
        """The id of the user whose capture it is, where a value is that; else 0."""
        uid = self._capture.session.get("uid")
        return value if relation == "res.users" and is_id(value) and value == uid else 0

    @cached_property
    def _of_pages(self) -> Mapping[int, frozenset[str]]:
        """By the number of a search: the conditions that its page began with."""
        new_pages: set[str] = set()
        began_with: dict[str, frozenset[str]] = {}
        conditions: dict[int, frozenset[str]] = {}
        for call in self._capture.calls:
            if call.method in _VIEWS and _shows_many(call):
                new_pages.add(call.model)
            elif call.method in _OF_PAGES:
                if call.model in new_pages:
                    new_pages.discard(call.model)
                    began_with[call.model] = frozenset(map(_key, _leaves(_domain(call))))
                conditions[call.n] = began_with.get(call.model, frozenset())
        return conditions

    @cached_property
    def _of_actions(self) -> Mapping[str, frozenset[str]]:
        """By model: the conditions of the actions that were opened."""
        conditions: dict[str, frozenset[str]] = {}
        for model, domain in self._capture.action_domains(self._capture.session.server):
            leaves = _written_leaves(domain) if isinstance(domain, str) else _leaves(domain)
            conditions[model] = conditions.get(model, frozenset()) | frozenset(map(_key, leaves))
        return conditions


def _can_be_of_menu(leaf: Leaf, relation: str) -> bool:
    value = leaf.value
    if leaf.operator in ("like", "ilike", "not like", "not ilike", "=like", "=ilike"):
        return False
    if isinstance(value, str):
        return type_of(leaf.field, value) not in ("date", "datetime")
    if are_ids(value) or isinstance(value, int):
        return not relation and leaf.field != "id"
    return isinstance(value, (list, tuple, float))


def _key(leaf: Leaf) -> str:
    value = list(leaf.value) if isinstance(leaf.value, (list, tuple)) else leaf.value
    return repr((leaf.field, leaf.operator, value))


def _domain(call: Call) -> Json:
    return call.kwargs.get("domain", call.args[0] if call.args else [])


def _leaves(domain: Json) -> Iterator[Leaf]:
    for _, leaf in domains.leaves(domain if isinstance(domain, list) else []):
        yield leaf


def _written_leaves(domain: str) -> Iterator[Leaf]:
    """The conditions of a domain in Python whose values are constants; the client fills in the others (`uid`)."""
    for match in _CONDITION.finditer(domain):
        with suppress(ValueError, SyntaxError), warnings.catch_warnings():  # a list may hold names
            warnings.simplefilter("ignore")  # of backslashes, in the capture's words
            yield Leaf(*map(ast.literal_eval, match.group("field", "operator", "value")))


def _shows_many(call: Call) -> bool:
    """Whether views were asked for that show more than one record: a form's search is not its menu's."""
    views = call.kwargs.get("views", call.args[0] if call.args else None)
    kinds = [view[1] for view in views or () if isinstance(view, list) and len(view) == 2]
    return not kinds or any(kind not in ("form", "search") for kind in kinds)
