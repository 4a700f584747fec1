"""Describes methods that are neither searches nor saves: buttons, wizards, messages, files."""

from __future__ import annotations

import re
from dataclasses import replace

from har2rpc.model import Call
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args, english
from har2rpc.odoo.method_names import is_verb, name_method, opener_noun
from har2rpc.odoo.schema.wizards import known_as_wizard
from har2rpc.odoo.sentences.mentions import Mentions, noun_of
from har2rpc.odoo.sentences.past_tense import past_tense
from har2rpc.odoo.sentences.phrase import Phrase

# What these do, where the name alone would not say it; {whom} are the records acted upon.
_PHRASES = {
    "unlink": Phrase("delete", "{whom}"),
    "copy": Phrase("duplicate", "{whom}"),
    "action_archive": Phrase("archive", "{whom}"),
    "action_unarchive": Phrase("unarchive", "{whom}"),
    "toggle_active": Phrase("archive", "or unarchive {whom}", "or unarchived {whom}"),
    "action_feedback": Phrase("complete", "{whom}"),
    "action_draft": Phrase("reset", "{whom} to draft"),
    "button_draft": Phrase("reset", "{whom} to draft"),
    "action_set_won": Phrase("mark", "{whom} as won"),
    "action_set_won_rainbowman": Phrase("mark", "{whom} as won"),
    "action_set_lost": Phrase("mark", "{whom} as lost"),
    "message_post": Phrase("post", "a message on {whom}"),
    "message_subscribe": Phrase("add", "followers to {whom}"),
    "message_unsubscribe": Phrase("remove", "followers from {whom}"),
    "export_data": Phrase("export", "{whom}"),
    "resequence": Phrase("reorder", "{whom}"),
    "web_resequence": Phrase("reorder", "{whom}"),
    "create_filter": Phrase("save", "a search as a favorite"),
    "create_or_replace": Phrase("save", "a search as a favorite"),
}
_NOTE = Phrase("log", "a note on {whom}")
_OWN = re.compile(r"(?:action|button|do)_")


def say_method(call: Call, mentions: Mentions) -> Phrase:
    """`confirm it`, `register payment for invoice INV/2026/0001`, `run x_frobnicate on partner Azure Interior`."""
    noun = noun_of(call, call.model)
    whom = mentions.acted_upon(call) or english.with_article(noun)
    phrase = _PHRASES.get(call.method)
    if (
        phrase
        and call.method == "message_post"
        and call.kwargs.get("subtype_xmlid") == "mail.mt_note"
    ):
        phrase = _NOTE
    if phrase:
        return Phrase(phrase.verb, *(part.replace("{whom}", whom) for part in phrase[1:]))
    one = noun.replace(" ", "_")
    many = english.plural(one)
    acted_upon = many if len(call_args.record_ids(call)) > 1 else one
    # Whether the answer opens a page is not asked: it may be long, and the sentence is the same.
    words = name_method(replace(call, outcome="missing"), acted_upon, many)
    is_said = is_verb(words.partition("_")[0]) or _OWN.match(call.method)
    if not is_said or words.startswith(("open_", "onchange_")):
        return Phrase("run", f"{call.method} on {whom}")
    opener = opener_noun(call)
    targets = [(acted_upon, whom), (many, whom)]
    if opener:
        targets.insert(
            0,
            (opener, _opened_for(call, mentions) or english.with_article(opener.replace("_", " "))),
        )
    sentence = _with_whom(words, targets)
    if sentence is None:  # the name has another noun: `print_invoice` of an account.move
        is_told = bool(call_args.record_ids(call)) and not known_as_wizard(call.model)
        sentence = words.replace("_", " ") + (f": {whom}" if is_told else "")
    verb, _, rest = sentence.partition(" ")
    return Phrase(verb, rest, _in_past(rest))


def say_import(call: Call) -> Phrase:
    """`import 12 partners`, `import a file with columns name, email and phone`."""
    fields = call.args[0 if call.method == "load" else 1] if len(call.args) > 1 else None
    names = [name for name in fields if isinstance(name, str)] if isinstance(fields, list) else []
    columns = f" with columns {english.listed(names, 5)}" if names else ""
    if call.method != "load":
        return Phrase("import", f"a file{columns}")
    rows = call.args[1] if len(call.args) > 1 else call.kwargs.get("data")
    count = len(rows) if isinstance(rows, list) else 0
    one = english.model_noun(call.model)
    noun = (one if count == 1 else english.plural(one)).replace("_", " ")
    return Phrase("import", f"{count} {noun}{columns}")


def _with_whom(words: str, targets: list[tuple[str, str]]) -> str | None:
    """A method's name as words, with the records in place of their noun (the last one); None where it has no such noun."""
    framed = f"_{words}_"
    for noun, whom in targets:
        if f"_{noun}_" in framed:
            before, _, after = framed.rpartition(f"_{noun}_")
            return " ".join(f"{before.replace('_', ' ')} {whom} {after.replace('_', ' ')}".split())
    return None


def _opened_for(call: Call, mentions: Mentions) -> str:
    """The records that a dialog was opened for; "" where the call does not tell."""
    model, ids = call.context.get("active_model"), call.context.get("active_ids")
    ids = ids or [call.context.get("active_id")]
    if not isinstance(model, str) or not isinstance(ids, list) or not all(map(is_id, ids)):
        return ""
    return mentions.records(call, model, tuple(ids))


def _in_past(rest: str) -> str:
    """What stands behind the first verb, with the verbs that are joined to it in the past, too."""
    words = rest.split(" ")
    for place, word in enumerate(words):
        if place and words[place - 1] == "and" and is_verb(word):
            words[place] = past_tense(word)
    return " ".join(words)
