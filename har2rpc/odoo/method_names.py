"""The name of a button's action, from its method: `confirm_sale_order`, `start_timer_of_task`, `put_transfer_in_pack`."""

from __future__ import annotations

import re

from har2rpc.model import Call
from har2rpc.odoo import english
from har2rpc.odoo.model_names import METHODS, OPENERS
from har2rpc.odoo.page_actions import as_action
from har2rpc.odoo.schema.wizards import known_as_wizard

# Words that methods of official modules begin with and that say what is done (Odoo 14-19).
_VERBS = frozenset("""
    accept activate add adjust allocate apply approve archive ask assign attach book buy calculate cancel capture change
    check clear clone close compute confirm consume convert copy count create deactivate decline delete deliver detach
    disable discard download draft duplicate edit enable end execute expire export fail finish fold force forward
    generate get give grant has hide ignore import increase init install invite invoice is join launch leave link load
    lock log login make mark merge modify move notify onchange open order pack pass pause pay pick pin plan post postpone preview
    print process produce propose publish pull push put reactivate read rebuild receive recompute reconcile record
    redirect refill refresh refund refuse regenerate register reject release reload remind remove rename render renew
    reopen repair replace replenish reply reprint request requeue resend reserve reset resolve resend restart restore
    resume retrieve retry return reverse revert revoke run save scan schedule scrap select self send set share show sign
    signup skip snooze split star start stop submit subscribe switch sync synchronize take test toggle transfer translate
    try unarchive unassign unblock unbuild undo unfollow unhide uninstall unlink unlock unpin unplan unpost unpublish
    unreconcile unreserve unschedule unset unstar unsubscribe update upgrade upload use validate verify view void withdraw
    """.split())
# Verbs that are about the record and have "of" before it: `get_views_of_partner`, not `get_views_partner`.
_ASKING = frozenset(
    "get has check load fields default read render is onchange retrieve view open".split()
)
# Verbs whose object is made or given for the record: `register_payment_for_invoice`.
_GIVING = frozenset(
    "register send schedule apply add make generate create change assign print launch buy ask propose".split()
)
# Verbs that come last where Odoo names a button after its object: `quotation_send`.
_LAST = frozenset(
    "apply cancel confirm create end open pause post print rename save send start stop validate view".split()
)
# Verbs on verbs: `reset_confirm`, `request_cancel`.
_ON_VERBS = frozenset({"request", "reset"})
# What a record becomes: `quotation_sent`, `set_done`.
_STATES = "closed|done|in_progress|lost|paid|pending|read|ready|sent|tentative|todo|won"
_STATE = re.compile(rf"(?:(?:set|mark)_(?:as_|to_)?|mark_all_as_)?(?P<state>{_STATES})\Z")
_NOUN_IN_STATE = re.compile(rf"\w+_(?P<state>{_STATES})\Z")
_DRAFT = re.compile(r"(?:(?:set|reset|cancel|back|return)_)?(?:to_)?draft\Z")
# `put_in_pack`, `assign_to_me`: what it is done to stands between.
_PARTICLE = re.compile(r"(?P<verb>[a-z]+)_(?P<rest>(?:in|into|to|from|as|on|back_to)_\w+)\Z")
_ENDINGS = re.compile(r"_(?:rainbowman|button|from_ui|cb|now|action|js)\Z")
# What says how, and not what: `immediate_install`, `mass_archive`.
_MANNER = re.compile(r"\A(?:immediate|mass|force|do|js|btn|button|action|web)_(?=[a-z])")


def name_method(call: Call, acted_upon: str, many: str) -> str:
    """What a method does to a record, judging by its name; `acted_upon` is the word for the record, or for several."""
    opener = opener_noun(call)
    own = METHODS.get((call.model, call.method), "")
    if own and (opener or "{opener}" not in own):
        return own.format(one=acted_upon, many=many, opener=opener)
    verb = _verb(call.method)
    if opener:
        return f"{_turned(verb)}_for_{opener}"
    if _says_it_all(verb, call.model, acted_upon):
        return verb
    bare = _without_noun(verb, call.model, acted_upon)
    verb = _turned(bare)
    if _DRAFT.match(verb):
        return f"reset_{acted_upon}_to_draft"
    if state := _STATE.match(verb):
        return f"mark_{acted_upon}_as_{state['state']}"
    if acted_upon in verb:
        return verb
    if verb != bare and "_" in verb:
        return f"{verb}_of_{acted_upon}"
    first, _, rest = verb.partition("_")
    if first not in _VERBS:
        if state := _NOUN_IN_STATE.match(verb):
            return f"mark_{acted_upon}_as_{state['state']}"
        return f"open_{verb}_of_{acted_upon}" if _opens_a_page(call) else f"{verb}_{acted_upon}"
    if not rest:
        return f"{verb}_{acted_upon}"
    if known_as_wizard(call.model):
        return verb
    if particle := _PARTICLE.match(verb):
        return f"{particle['verb']}_{acted_upon}_{particle['rest']}"
    if first in _GIVING and "and" not in rest.split("_"):
        return f"{verb}_for_{acted_upon}"
    is_joined = (first in _ON_VERBS and rest in _VERBS) or "and" in rest.split("_")
    return f"{verb}_{acted_upon}" if is_joined else f"{verb}_of_{acted_upon}"


def _says_it_all(verb: str, model: str, acted_upon: str) -> bool:
    """Whether a verb names its record itself: `create_employee_from_applicant`, `archive_equipment_request`."""
    first, _, rest = verb.partition("_")
    if first not in _VERBS or not rest:
        return False
    last = english.technical_noun(model).rpartition("_")[2]
    if re.search(rf"_(?:from|into|of|to)_{re.escape(acted_upon)}\Z", verb):
        return True
    nouns = (f"_{acted_upon}",) if first in _GIVING else (f"_{acted_upon}", f"_{last}")
    of_record = rest.endswith(nouns) and acted_upon != rest
    return of_record and not rest.endswith(f"_{english.technical_noun(model)}")


def is_verb(word: str) -> bool:
    """Whether it is a verb that methods of official modules begin with."""
    return word in _VERBS


def says_what_is_done(name: str) -> bool:
    """Whether an action's name begins with a verb that we know."""
    return name.partition("_")[0] in _VERBS


def opener_noun(call: Call) -> str:
    """The word for what a dialog was opened for; "" for a model that is not a dialog."""
    opener = call.context.get("active_model")
    known = OPENERS.get(call.model, "")
    if isinstance(opener, str) and opener != call.model:
        # Of these dialogs the technical model says less: a payment is for an invoice.
        return known if opener.startswith("account.move") and known else english.model_noun(opener)
    return known


def _opens_a_page(call: Call) -> bool:
    answer = call.fetch(as_action) if call.outcome == "ok" else None
    return isinstance(answer, dict) and isinstance(answer.get("res_model"), str)


def _verb(method: str) -> str:
    """The method without Odoo's prefixes and suffixes for buttons: `confirm` for action_confirm, `won` for …_rainbowman."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method.strip("_")).lower()
    verb = re.sub(r"[^a-z0-9_]+", "_", words)
    before = ""
    while verb != before:
        before, verb = verb, _ENDINGS.sub("", _MANNER.sub("", verb, count=1), count=1)
    verb = re.sub(r"\Asendmail\b", "send_mail", verb)
    verb = re.sub(r"\Anew_", "create_", re.sub(r"_new\Z", "_create", verb))
    return english.identifier(verb or method, reserve=False)


def _turned(verb: str) -> str:
    """`send_quotation` for quotation_send: a verb that stands last comes first."""
    *what, last = verb.split("_")
    is_turned = (
        bool(what) and last in _LAST and what[0] not in _LAST | _ON_VERBS and "and" not in what
    )
    return "_".join([last, *what]) if is_turned else verb


def _without_noun(verb: str, model: str, acted_upon: str) -> str:
    """The verb without the record's own name around it: `done` for payslip_done, `submit` for submit_expenses."""
    technical = english.technical_noun(model)
    whole = {acted_upon, technical, english.plural(acted_upon), english.plural(technical)}
    for noun in sorted(whole, key=len, reverse=True):
        for bare in (verb.removeprefix(f"{noun}_"), verb.removesuffix(f"_{noun}")):
            if bare != verb:
                return bare
    last = technical.rpartition("_")[2]
    if verb.partition("_")[2] == last and verb.partition("_")[0] in _VERBS:
        return verb.partition("_")[0]
    for word in (last, technical.partition("_")[0]):
        bare = verb.removeprefix(f"{word}_")
        if bare != verb and (bare.partition("_")[0] in _VERBS or _STATE.match(bare)):
            return bare
    return verb
