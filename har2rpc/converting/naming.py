"""Names actions as a colleague would: after what they do, with the words of the model and of the search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from har2rpc.converting.draft import Draft, archiving, is_note
from har2rpc.model import Input, Value
from har2rpc.odoo import call_args, domains, english, methods
from har2rpc.odoo.method_names import name_method, opener_noun, says_what_is_done
from har2rpc.odoo.routes.file_uploads import ROUTES as UPLOAD_ROUTES
from har2rpc.odoo.subjects import subject

_PLAIN = {
    "create": "create_{one}",
    "write": "update_{one}",
    "unlink": "delete_{one}",
    "copy": "duplicate_{one}",
    "name_create": "create_{one}_by_name",
    "action_archive": "archive_{one}",
    "action_unarchive": "unarchive_{one}",
    "toggle_active": "toggle_active_{one}",
    "action_draft": "reset_{one}_to_draft",
    "button_draft": "reset_{one}_to_draft",
    "action_set_won": "mark_{one}_as_won",
    "action_set_won_rainbowman": "mark_{one}_as_won",
    "action_set_lost": "mark_{one}_as_lost",
    "action_feedback": "complete_{one}",
    "read": "read_{one}",
    "name_get": "name_{one}",
    "search_read": "search_{many}",
    "search": "find_{one}_ids",
    "search_count": "count_{many}",
    "name_search": "look_up_{many}",
    "web_name_search": "look_up_{many}",
    "read_group": "group_{many}",
    "web_read_group": "group_{many}",
    "formatted_read_group": "group_{many}",
    "export_data": "export_{many}",
    "load": "import_{many}",
    "create_filter": "save_search",
    "create_or_replace": "save_search",
    "formatted_read_grouping_sets": "group_{many}",
    "message_post": "post_message_on_{one}",
    "fields_get": "describe_{one}_fields",
}


# The words for the client's own methods, which have others in function names.
_PUBLIC_NAMES = {
    "web_search_read": "search_read",
    "unity_web_search_read": "search_read",
    "web_read": "read",
    "unity_read": "read",
}


def name_action(draft: Draft, *, verbatim: bool = False) -> str:
    """The name of a draft's action, before it is made unique."""
    one, many, several = _nouns(draft)
    if verbatim:
        return english.identifier(f"{draft.method}_{english.model_noun(draft.model)}")
    acted_upon = many if several else one
    if owner := _owner_of_file(draft):
        return english.identifier(f"attach_file_to_{english.model_noun(owner)}")
    if (archives := archiving(draft)) is not None:
        return english.identifier(f"{'archive' if archives else 'unarchive'}_{acted_upon}")
    pattern = _PLAIN.get(_PUBLIC_NAMES.get(draft.method, draft.method))
    if pattern is None:
        return english.identifier(name_method(draft.public_call, acted_upon, many))
    if _PUBLIC_NAMES.get(draft.method, draft.method) == "search_read" and not draft.criteria:
        pattern = "list_{many}"
    if is_note(draft):
        pattern = "log_note_on_{one}"
    name = pattern.format(one=acted_upon if "_ids" not in pattern else one, many=many)
    if draft.method == "write" and (changed := _single_change(draft)):
        name += f"_{_changed_noun(*changed)}"
    if draft.method in methods.GROUPINGS and (groups := _group_words(draft)):
        name += f"_by_{'_and_'.join(groups[:2])}"
        if draft.criteria:
            name += f"_with_{draft.criteria[0]}"
    elif draft.criteria:
        words = (
            ["domain"] if isinstance(_domain(draft), Input) else list(dict.fromkeys(draft.criteria))
        )
        name += f"_by_{'_and_'.join(words[:3])}"
    return english.identifier(name)


def _nouns(draft: Draft) -> tuple[str, str, bool]:
    """The singular, the plural, and whether the draft is about several records."""
    one = _one(draft)[0]
    several = any(param.multiple and param.relation == draft.model for param in draft.inputs)
    several |= draft.method == "create" and draft.returns == "ids"
    return one, english.plural(one), several


def _owner_of_file(draft: Draft) -> str:
    """The model of the record that an uploaded file belongs to; "" for any other draft."""
    values = draft.args[0] if draft.source_call.route in UPLOAD_ROUTES else None
    if not isinstance(values, dict):
        return ""
    owner = values.get("res_model")
    return owner if isinstance(owner, str) else ""


def _one(draft: Draft) -> tuple[str, Sequence[domains.Leaf]]:
    """The word for one record, and the conditions of the search that it says."""
    noun = english.model_noun(draft.model, call_args.move_type(draft.source_call))
    is_search = draft.method in methods.SEARCHES | methods.GROUPINGS
    return subject(draft.model, noun, _domain(draft)) if is_search else (noun, ())


def describe_action(draft: Draft, *, verbatim: bool = False) -> str:
    """A sentence for the docstring: what the draft does, with inputs in backticks."""
    one, many, several = _nouns(draft)
    one, many = one.replace("_", " "), many.replace("_", " ")
    if verbatim:
        return f"{draft.model}.{draft.method}, exactly as the web client called it."
    whom = f"these {many}" if several else english.with_article(one)
    if owner := _owner_of_file(draft):
        owner = english.with_article(english.model_noun(owner).replace("_", " "))
        return f"Attach a file to {owner}; returns the attachment's id."
    if (archives := archiving(draft)) is not None:
        return f"Archive {whom}." if archives else f"Bring {whom} back from the archive."
    subject = many[:1].upper() + many[1:]
    method = _PUBLIC_NAMES.get(draft.method, draft.method)
    if method in methods.SEARCHES | methods.GROUPINGS:
        if isinstance(_domain(draft), Input):
            return f"{subject} that match a domain that you pass."
        words = _domain_words(draft)
        which = f" whose {words}" if words else ""
        if method == "search_count":
            return f"How many {many} there are{which}."
        if method in methods.GROUPINGS:
            groups = " and ".join(_group_words(draft)).replace("_", " ")
            if not groups:
                return f"Totals over all {many}{which}."
            return f"{subject}{which}, grouped by {groups}."
        return f"{subject}{which}." if which else f"All {many}, page by page."
    if method in methods.NAME_SEARCHES:
        return f"{subject} whose name contains `name`, as id and name."
    changed = _single_change(draft) if method == "write" else ""
    if changed:
        field = changed[0]
        word = draft.labels.get(field) or english.field_noun(field).replace("_", " ")
        return f"Change the {english.lowered(word)} of {whom}; returns True."
    return {
        "create": f"Create {whom}; returns {'their ids' if several else 'its id'}.",
        "name_create": f"Create {whom} from its name alone; returns its id and name.",
        "write": f"Change {whom}; returns True.",
        "unlink": f"Delete {whom}; returns True.",
        "copy": f"Duplicate {whom}; returns {'a list of the new id' if draft.returns == 'ids' else 'the new id'}.",
        "read": f"Read {whom}.",
        "action_archive": f"Archive {whom}.",
        "action_unarchive": f"Bring {whom} back from the archive.",
        "toggle_active": f"Archive {whom}, or bring {'them' if several else 'it'} back.",
        "action_feedback": f"Mark {whom} as done, with a comment.",
        "message_post": f"{'Log an internal note' if is_note(draft) else 'Post a message'} on {whom}.",
        "export_data": f"Export the chosen columns of {whom} as rows.",
        "fields_get": f"Describe the fields of {many}: labels, types, options.",
        "load": f"Import {many} from rows; returns their ids.",
        "create_filter": "Save a search as a favorite; returns its id.",
        "create_or_replace": "Save a search as a favorite; returns its id.",
    }.get(method) or _describe_method(draft, whom)


def _describe_method(draft: Draft, whom: str) -> str:
    """What a button does, judging by its method's name."""
    name = name_action(draft)
    is_own = bool(re.match(r"(?:action|button|do)_", draft.method))
    technical = draft.method if is_own else f"{draft.model}.{draft.method}"
    if not (is_own or says_what_is_done(name)):
        return f"Call {technical}."
    record = whom.partition(" ")[2].replace(" ", "_")
    opener = opener_noun(draft.public_call)
    words = f"_{name}_"
    for noun, phrase in ((opener, english.with_article(opener)), (record, whom)):
        if noun and f"_{noun}_" in words:
            before, _, after = words.rpartition(f"_{noun}_")
            words = f"{before}_{phrase}_{after}"
            break
    sentence = " ".join(words.replace("_", " ").split())
    return f"{sentence[:1].upper()}{sentence[1:]} ({technical})."


def _single_change(draft: Draft) -> tuple[str, Value] | None:
    """The one field that a write changes and its value, unless there are more."""
    values = draft.args[1] if len(draft.args) > 1 else None
    return next(iter(values.items())) if isinstance(values, dict) and len(values) == 1 else None


def _changed_noun(field: str, value: Value) -> str:
    """The word for the changed field: `phone`, `categories`, `lines`."""
    noun = english.field_noun(field)
    if not isinstance(value, list):
        return noun
    return "lines" if noun.endswith("line") else english.plural(noun)


def _group_words(draft: Draft) -> list[str]:
    call = replace(draft.public_call, args=draft.args, kwargs=draft.kwargs)
    return [english.field_noun(group.partition(":")[0]) for group in call_args.grouped_by(call)]


def _domain(draft: Draft) -> Value:
    return draft.args[0] if draft.args else draft.kwargs.get("domain")


def _domain_words(draft: Draft) -> str:
    domain, of_subject = _domain(draft), _one(draft)[1]

    def label(field_name: str) -> str:
        word = english.field_noun(field_name).replace("_", " ")
        return english.lowered(draft.labels.get(field_name, word))

    def show(value: Value) -> str:
        if isinstance(value, list) and any(isinstance(item, Input) for item in value):
            return ", ".join(show(item) for item in value)
        return domains.value_text(value)

    return domains.in_words(domain, label, show, of_subject) if domain else ""
