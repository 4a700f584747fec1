"""Names a colleague would give: after the deed, in the words of the model and of what was asked."""

from __future__ import annotations

import re

from har2rpc.model import Input, Value
from har2rpc.odoo import domains, methods, wording
from har2rpc.shaping.draft import Draft

_PLAIN = {
    "create": "create_{one}",
    "write": "update_{one}",
    "unlink": "delete_{one}",
    "copy": "duplicate_{one}",
    "name_create": "create_{one}_by_name",
    "action_archive": "archive_{one}",
    "action_unarchive": "unarchive_{one}",
    "toggle_active": "toggle_active_{one}",
    "read": "read_{one}",
    "web_read": "read_{one}",
    "name_get": "name_{one}",
    "search_read": "search_{many}",
    "web_search_read": "search_{many}",
    "search": "find_{one}_ids",
    "search_count": "count_{many}",
    "name_search": "look_up_{many}",
    "web_name_search": "look_up_{many}",
    "read_group": "group_{many}",
    "web_read_group": "group_{many}",
    "formatted_read_group": "group_{many}",
    "export_data": "export_{many}",
    "message_post": "post_message_on_{one}",
    "fields_get": "describe_{one}_fields",
}
# Verbs that need "of": `get_views_of_partner`, not `get_views_partner`.
_ASKING = re.compile(
    r"^(?:get|has|check|load|fields|default|read|render|is|onchange|systray|retrieve)(?:_|$)"
)


def name_of(draft: Draft, *, verbatim: bool = False) -> str:
    """The name of a draft's action, before it is made unique."""
    one = wording.model_noun(draft.model)
    many = wording.plural(one)
    if verbatim:
        return wording.identifier(f"{draft.method}_{one}")
    several = any(made.multiple and made.relation == draft.model for made in draft.inputs)
    pattern = _PLAIN.get(draft.method)
    if pattern is None:
        verb = wording.method_verb(draft.method)
        joint = "_of_" if _ASKING.match(verb) else "_"
        name = verb if one in verb else f"{verb}{joint}{many if several else one}"
        return wording.identifier(name)
    if draft.method == "search_read" and not draft.by:
        pattern = "list_{many}"
    name = pattern.format(one=many if several and "_ids" not in pattern else one, many=many)
    if draft.method == "write" and (changed := _single_change(draft)):
        name += f"_{wording.field_noun(changed)}"
    if draft.method in methods.GROUPINGS and (groups := _group_words(draft)):
        name += f"_by_{'_and_'.join(groups[:2])}"
        if draft.by:
            name += f"_with_{draft.by[0]}"
    elif draft.by:
        words = list(dict.fromkeys(draft.by))
        name += f"_by_{'_and_'.join(words[:3])}"
    return wording.identifier(name)


def purpose_of(draft: Draft, *, verbatim: bool = False) -> str:
    """What it does, in one sentence for a docstring; inputs stand in backticks."""
    one = wording.model_noun(draft.model).replace("_", " ")
    many = wording.plural(wording.model_noun(draft.model)).replace("_", " ")
    if verbatim:
        return f"{draft.model}.{draft.method}, exactly as the web client called it."
    several = any(made.multiple and made.relation == draft.model for made in draft.inputs)
    whom = f"these {many}" if several else f"{'an' if one[:1] in 'aeio' else 'a'} {one}"
    subject = many[:1].upper() + many[1:]
    method = draft.method
    if method in methods.SEARCHES | methods.GROUPINGS:
        words = _domain_words(draft)
        asked = f" whose {words}" if words else ""
        if method == "search_count":
            return f"How many {many} there are{asked}."
        if method in methods.GROUPINGS:
            groups = " and ".join(_group_words(draft)) or "everything"
            return f"{subject}{asked}, grouped by {groups.replace('_', ' ')}."
        return f"{subject}{asked}." if asked else f"All {many}, page by page."
    if method in methods.NAME_SEARCHES:
        return f"{subject} whose name contains `name`, as id and name."
    changed = _single_change(draft) if method == "write" else ""
    if changed:
        word = draft.labels.get(changed) or wording.field_noun(changed).replace("_", " ")
        return f"Change the {wording.lowered(word)} of {whom}; returns True."
    return {
        "create": f"Create {whom}; returns its id.",
        "name_create": f"Create {whom} from its name alone; returns its id and name.",
        "write": f"Change {whom}; returns True.",
        "unlink": f"Delete {whom}; returns True.",
        "copy": f"Duplicate {whom}; returns the new id.",
        "read": f"Read {whom}.",
        "action_archive": f"Archive {whom}.",
        "action_unarchive": f"Bring {whom} back from the archive.",
        "message_post": f"Post a message on {whom}.",
    }.get(method) or _deed(draft, whom)


def _deed(draft: Draft, whom: str) -> str:
    """What a button does, as far as its method's name tells."""
    if re.match(r"^(?:action|button|do)_", draft.method):
        verb = wording.method_verb(draft.method).replace("_", " ")
        return f"{verb[:1].upper()}{verb[1:]} {whom} ({draft.method})."
    return f"{draft.model}.{draft.method}, which the page called."


def _single_change(draft: Draft) -> str:
    """The one field that a write changes, unless there are more."""
    values = draft.args[1] if len(draft.args) > 1 else None
    return next(iter(values)) if isinstance(values, dict) and len(values) == 1 else ""


def _group_words(draft: Draft) -> list[str]:
    groups: Value = draft.kwargs.get("groupby", draft.kwargs.get("group_by"))
    if groups is None and draft.args and draft.method in methods.GROUPINGS:
        position = 2 if draft.method == "read_group" else 1
        groups = draft.args[position] if len(draft.args) > position else None
    groups = [groups] if isinstance(groups, str) else groups
    if not isinstance(groups, list):
        return []
    return [wording.field_noun(str(group).partition(":")[0]) for group in groups]


def _domain_words(draft: Draft) -> str:
    domain = draft.args[0] if draft.args else draft.kwargs.get("domain")

    def label(field_name: str) -> str:
        word = wording.field_noun(field_name).replace("_", " ")
        return wording.lowered(draft.labels.get(field_name, word))

    def show(value: Value) -> str:
        if isinstance(value, list) and any(isinstance(item, Input) for item in value):
            return ", ".join(show(item) for item in value)
        return domains.shown(value)

    return domains.in_words(domain, label, show) if domain else ""
