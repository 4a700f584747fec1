"""Says what calls did, one after the other: which kind of sentence a call gets, and what "it" stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from har2rpc.model import Call, Capture
from har2rpc.odoo import call_args, contexts, english, methods
from har2rpc.odoo.display_names import first_line
from har2rpc.odoo.routes import PROGRAM_ROUTES
from har2rpc.odoo.sentences.mentions import Mentions, Record
from har2rpc.odoo.sentences.methods_in_words import say_import, say_method
from har2rpc.odoo.sentences.phrase import Phrase
from har2rpc.odoo.sentences.record_names import RecordNames
from har2rpc.odoo.sentences.saves_in_words import say_create, say_write
from har2rpc.odoo.sentences.searches_in_words import say_name_search, say_search
from har2rpc.odoo.sentences.values_in_words import field_word, text_of

_WRITES = frozenset({"write", "web_save", "web_save_multi"})
_SAVES = frozenset({"create", "web_save"})


class Narrator:
    """Makes the sentences of calls, which are given in the order in which they are read.

    A record that the sentence before was about is "it": what a filter hides is not referred to.
    """

    def __init__(self, names: RecordNames) -> None:
        self._mentions = Mentions(names)

    def sentence(self, call: Call) -> str:
        """`Created a sale order for Azure Interior, 1 line`; of a call that was refused what Odoo said, in one line."""
        if call.kind == "noise":
            kept, self._mentions.last = self._mentions.last, None
            text = self._noise(call).as_done_by_client()
            self._mentions.last = kept
            return text
        phrase = self._phrase(call)
        self._remember(call)
        return phrase.as_tried(_refusal(call)) if call.outcome == "error" else phrase.as_done()

    def _phrase(self, call: Call) -> Phrase:
        method, mentions = call.method, self._mentions
        if method in methods.SEARCHES | methods.GROUPINGS:
            return say_search(call, mentions)
        if method in methods.NAME_SEARCHES:
            return say_name_search(call)
        if method in methods.RECORD_READS:
            is_program = call.route in PROGRAM_ROUTES or call.kind == "noise"
            return Phrase(
                "read" if is_program else "open", mentions.acted_upon(call) or "no record"
            )
        if method == "name_create":
            name = call.args[0] if call.args else ""
            noun = english.model_noun(call.model).replace("_", " ")
            return Phrase(
                "create", f"{noun} {first_line(name) if isinstance(name, str) else text_of(name)}"
            )
        if method in _SAVES and contexts.creates_something(method, call.args):
            return say_create(call, mentions)
        if method in _WRITES:
            return say_write(call, mentions)
        is_import = call.model == methods.IMPORT_MODEL and method in methods.IMPORT_METHODS
        if is_import or call_args.is_load(call):
            return say_import(call)
        return say_method(call, mentions)

    def _noise(self, call: Call) -> Phrase:
        """What the client did for itself."""
        many = english.plural(english.model_noun(call.model)).replace("_", " ")
        noun = english.model_noun(call.model).replace("_", " ")
        if call.method == "onchange":
            names = call.args[2] if len(call.args) > 2 else call.kwargs.get("field_names")
            names = [names] if isinstance(names, str) and names else names
            changed = (
                [field_word(name) for name in names if isinstance(name, str)]
                if isinstance(names, list)
                else []
            )
            if not changed:
                return Phrase("open", f"the form of {english.with_article(noun)}")
            return Phrase(
                "tell",
                f"the form that {english.listed(changed)} of {english.with_article(noun)} changed",
            )
        if call.method in methods.PAGE_OPENERS:
            return Phrase("ask", f"for the views of {many}")
        if call.method in methods.CLIENTS_OWN:
            return Phrase("call", f"{call.method} of {many}")
        return self._phrase(call)

    def _remember(self, call: Call) -> None:
        """The one record that "it" is from now on."""
        if call.outcome == "error":
            return
        ids = call_args.record_ids(call) if call.method != "create" else ()
        ids = ids or call.result_ids
        if call.method == "copy":
            ids = call.result_ids
        is_gone = call.method == "unlink"
        self._mentions.last = (
            Record(call.server, call.model, ids[0]) if len(ids) == 1 and not is_gone else None
        )


def _refusal(call: Call) -> str:
    """` (UserError): You cannot …`, as far as a call keeps what Odoo said."""
    name = call.refusal.rpartition(".")[2]
    if call.refusal_words and (not name or call.refusal.startswith("odoo.")):
        return f": {call.refusal_words}"  # which was for the user
    name = f" ({name})" if name else ""
    return f"{name}: {call.refusal_words}" if call.refusal_words else name


def sentences(capture: Capture, calls: Sequence[Call]) -> Iterator[str]:
    """A sentence for each of these calls, in their order: `Created a sale order for Azure Interior, 1 line`, `Confirmed it`.

    "It" is the record of the sentence before, so they are about these calls and no others. Records have the names that
    answers nearby hold; of a large capture a bounded number of answers is read for them, and later records have ids.
    """
    narrators = {}
    for session in capture.sessions:
        own = (call for call in capture.calls if call.server == session.server)
        known = {uid: facts.get("name") for uid, facts in session.personal.items()}
        people = {uid: first_line(str(name.value)) for uid, name in known.items() if name}
        narrators[session.server] = Narrator(RecordNames(own, people))
    for call in calls:
        yield narrators[call.server].sentence(call)


def sentence_alone(call: Call) -> str:
    """The sentence of a call without the capture around it."""
    return Narrator(RecordNames((), {})).sentence(call)
