"""Infers the version from the calls of a web client: a range, and the calls that limit it.

Source: `addons/web/static/src` of 12-19, and the parameters of `web_search_read` and `web_read_group` in
`addons/web/models/models.py` there. A call that Odoo refused tells nothing: its server may not know the method.
"""

from __future__ import annotations

from collections.abc import Iterable

from har2rpc.model import Call, Fact, VersionRange
from har2rpc.odoo.routes import PROGRAM_ROUTES

_FIRST = {
    **dict.fromkeys(
        ("formatted_read_group", "web_name_search", "web_resequence", "web_save_multi"), 19
    ),
    "has_access": 18,
    "web_save": 17,
    "web_read": 17,
    "get_views": 16,
}
"""The methods that the web client of a version was the first to call."""
_FIRST_WITH = {("web_search_read", "specification"): 17, ("web_read_group", "aggregates"): 19}
"""The same of arguments by name."""
_LAST = {"load_views": 15}
"""The methods that the web client of a version was the last to call."""
_LAST_WITH = {("web_search_read", "fields"): 16, ("web_read_group", "fields"): 18}
_FIRST_ROUTES = {"/json/2": 19}
_LAST_ROUTES = {"/web/dataset/search_read": 15}
_TELLING_ROUTES = {*_FIRST_ROUTES, *_LAST_ROUTES}
_TELLING = {*_FIRST, *_LAST, *(method for method, _ in (*_FIRST_WITH, *_LAST_WITH))}


def version_guess(calls: Iterable[Call]) -> Fact | None:
    """The versions that calls tell of, and which call says so; None where they are those of any client."""
    first = last = 0
    newer = older = ""
    for call in calls:
        tells = call.method in _TELLING or call.route in _TELLING_ROUTES
        if not tells or call.outcome == "error":
            continue
        bound, why = _lower_bound(call)
        if bound > first:
            first, newer = bound, f"call {call.n} is {why}"
        bound, why = _upper_bound(call)
        if bound and (not last or bound < last):
            last, older = bound, f"call {call.n} is {why}"
    if first and last and first > last:
        last, older = 0, ""  # a module of another version's ways: what is new was not there before
    if not (first or last):
        return None
    why = ", ".join(filter(None, (newer, older)))
    return Fact(VersionRange(first or None, last or None), why)


def _lower_bound(call: Call) -> tuple[int, str]:
    for (method, name), version in _FIRST_WITH.items():
        if call.method == method and name in call.kwargs:
            return version, f"{method} with `{name}`"
    if call.route in _FIRST_ROUTES:
        return _FIRST_ROUTES[call.route], f"through {call.route}"
    return _FIRST.get(call.method, 0), call.method


def _upper_bound(call: Call) -> tuple[int, str]:
    """Only of a browser: a program may be older than its server."""
    if call.route in PROGRAM_ROUTES:
        return 0, ""
    if call.route in _LAST_ROUTES:
        return _LAST_ROUTES[call.route], call.route
    for (method, name), version in _LAST_WITH.items():
        if call.method == method and name in call.kwargs:
            return version, f"{method} with `{name}`"
    return _LAST.get(call.method, 0), call.method
