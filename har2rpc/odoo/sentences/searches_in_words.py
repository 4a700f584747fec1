"""Describes searches: what was searched for, and how it was grouped."""

from __future__ import annotations

from har2rpc.model import Call, Json
from har2rpc.model.values import put
from har2rpc.odoo import call_args, domains, english, methods, subjects
from har2rpc.odoo.sentences.mentions import Mentions, noun_of
from har2rpc.odoo.sentences.phrase import Phrase
from har2rpc.odoo.sentences.values_in_words import field_word, linked_name, text_of

_MOST_NAMED = 4  # ids of one condition
_VERBS = {"search_count": "count"}


def say_search(call: Call, mentions: Mentions) -> Phrase:
    """`searched partners: phone contains 555`, `listed all partners`, `grouped leads by stage`."""
    domain = call.kwargs.get("domain", call.args[0] if call.args else [])
    noun = noun_of(call, call.model).replace(" ", "_")
    one, said_by_noun = subjects.subject(call.model, noun, domain)
    many = english.plural(one).replace("_", " ")
    named = _with_names(domain, call, mentions)
    conditions = domains.in_words(named, field_word, text_of, said_by_noun)
    if call.method in methods.GROUPINGS:
        groups = english.listed(
            [field_word(each.partition(":")[0]) for each in call_args.grouped_by(call)]
        )
        verb, what = "group", f"{many} by {groups}" if groups else many
        if not groups:
            verb = "total"
    else:
        verb = _VERBS.get(call.method, "search" if conditions else "list")
        what = many
    offset = call.kwargs.get("offset")
    page = f", from number {offset + 1} on" if isinstance(offset, int) and offset > 0 else ""
    return Phrase(verb, f"{what}: {conditions}{page}" if conditions else f"{what}{page}")


def say_name_search(call: Call) -> Phrase:
    """`looked up partners: name contains azure`."""
    name = call.kwargs.get("name", call.args[0] if call.args else "")
    many = english.plural(english.model_noun(call.model)).replace("_", " ")
    return Phrase("look", f"up {many}: name contains {text_of(name)}" if name else f"up {many}")


def _with_names(domain: Json, call: Call, mentions: Mentions) -> Json:
    """The domain with the names of records in place of their ids, where they are known."""
    for place, leaf in list(domains.leaves(domain)):
        many = isinstance(leaf.value, list)
        values = leaf.value if many else [leaf.value]
        if len(values) <= _MOST_NAMED:
            names = [linked_name(mentions, call, leaf.field, value) for value in values]
            if names != values:
                domain = put(domain, place, names if many else names[0])
    return domain
