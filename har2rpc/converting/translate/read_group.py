"""Translates groups: the client's web_read_group becomes read_group (to Odoo 18) or formatted_read_group (from 19 on)."""

from __future__ import annotations

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.named_args import named_args, replaced
from har2rpc.model import Capture, Json
from har2rpc.odoo import versions

_NO_LIMIT = 2**31  # the client says "all" with the largest number that JavaScript has
_UP_TO_18 = "domain fields groupby limit offset orderby lazy".split()
_FROM_19 = "domain groupby aggregates limit offset order".split()


def web_read_group(draft: Draft, capture: Capture) -> Draft:
    """13-18: read_group with the same arguments; 19: formatted_read_group. Neither counts all groups."""
    if "aggregates" in draft.kwargs or (len(draft.args) > 1 and "fields" not in draft.kwargs):
        return _formatted(draft) if _is_of_19(draft, capture) else _classic(draft)
    return _classic(draft) if "fields" in draft.kwargs else _formatted(draft)


def formatted_read_group(draft: Draft, capture: Capture) -> Draft:
    """Public already."""
    note = "formatted_read_group is public from Odoo 19 on; before, read_group does the same."
    return replaced(draft, notes=(note,))


def read_progress_bar(draft: Draft, capture: Capture) -> Draft:
    """Public in all versions: its answer is kept as it is."""
    note = "read_progress_bar counts the records of each group (Odoo 12 to 19)."
    return replaced(draft, notes=(note,))


def _is_of_19(draft: Draft, capture: Capture) -> bool:
    return "aggregates" in draft.kwargs or versions.has_formatted_read_group(capture.session.major)


def _classic(draft: Draft) -> Draft:
    arguments = named_args(draft, _UP_TO_18)
    kwargs = {
        key: arguments[key]
        for key in ("offset", "orderby", "lazy")
        if arguments.get(key) not in ("", None)
    }
    limit = arguments.get("limit")
    if isinstance(limit, int) and 0 < limit < _NO_LIMIT:
        kwargs["limit"] = limit
    note = (
        "web_read_group -> read_group: the groups are the same, but the total number of groups "
        "(`length`) is not counted."
    )
    args = [
        arguments.get("domain") or [],
        arguments.get("fields") or [],
        arguments.get("groupby") or [],
    ]
    return replaced(draft, method="read_group", args=args, kwargs=kwargs, notes=(note,))


def _formatted(draft: Draft) -> Draft:
    arguments = named_args(draft, _FROM_19)
    groupby: Json = arguments.get("groupby") or []
    first = groupby[:1] if isinstance(groupby, list) else [groupby]
    names = arguments.get("aggregates")
    aggregates = [n for n in names if isinstance(n, str)] if isinstance(names, list) else []
    kwargs: dict[str, Json] = {
        "domain": arguments.get("domain") or [],
        "groupby": first,
        "aggregates": [*aggregates, *(["__count"] if "__count" not in aggregates else [])],
    }
    order, of_records = _order_of_groups(arguments.get("order"), [*first, *kwargs["aggregates"]])
    arguments["order"] = order
    for key in ("limit", "offset", "order"):
        value = arguments.get(key)
        is_all = key == "limit" and (not value or (isinstance(value, int) and value >= _NO_LIMIT))
        if value not in ("", None) and not is_all:
            kwargs[key] = value
    lost = ["the total number of groups (`length`)"]
    if arguments.get("auto_unfold") or arguments.get("opening_info"):
        lost.append(
            "the records of open groups (`__records`): search_read with a group's `__extra_domain`"
        )
    if isinstance(groupby, list) and len(groupby) > 1:
        lost.append("the nested groups")
    if of_records:
        lost.append(f"the order of the records in them ({', '.join(of_records)})")
    note = (
        "web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same, without "
        f"{', and without '.join(lost)}."
    )
    return replaced(draft, method="formatted_read_group", args=[], kwargs=kwargs, notes=(note,))


def _order_of_groups(order: Json, known: list[Json]) -> tuple[str, list[str]]:
    """The terms that order groups, and those that order the records in them: Odoo refuses these without records."""
    terms = [term.strip() for term in order.split(",")] if isinstance(order, str) else []
    of_groups = [term for term in terms if term.partition(" ")[0] in known]
    return ", ".join(of_groups), [term for term in terms if term and term not in of_groups]
