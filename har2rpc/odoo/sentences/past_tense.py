"""Verbs of methods in the past tense: `confirmed`, `sent`, `put`."""

from __future__ import annotations

import re

_IRREGULAR = {
    "buy": "bought",
    "do": "did",
    "get": "got",
    "give": "gave",
    "has": "had",
    "hide": "hid",
    "init": "initialized",
    "is": "was",
    "leave": "left",
    "login": "logged in",
    "make": "made",
    "pay": "paid",
    "put": "put",
    "read": "read",
    "rebuild": "rebuilt",
    "redo": "redid",
    "resend": "resent",
    "reset": "reset",
    "run": "ran",
    "send": "sent",
    "set": "set",
    "signup": "signed up",
    "split": "split",
    "take": "took",
    "tell": "told",
    "unbuild": "unbuilt",
    "undo": "undid",
    "unhide": "unhid",
    "unset": "unset",
    "withdraw": "withdrew",
}
# Verbs of one syllable, or stressed on the last, whose last letter is doubled.
_DOUBLING = frozenset(
    "log pin plan scan scrap skip snap star stop submit transfer drop unpin unplan unstar".split()
)


def past_tense(verb: str) -> str:
    """`confirmed` for confirm; of several verbs (`send_and_print`) the first alone is looked at by the caller."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _DOUBLING:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y\Z", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}ed"
