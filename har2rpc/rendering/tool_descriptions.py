"""The description of a tool for AI clients: a sentence that begins with a verb and says what the tool returns."""

from __future__ import annotations

import hashlib
import re

from har2rpc.model import Action, Flow
from har2rpc.odoo import methods
from har2rpc.odoo.english import listed
from har2rpc.rendering.json_values.tool_rows import row_fields

# Sentences of searches begin with what is found, as docstrings do (converting/naming.py).
_NAMES_RECORDS = re.compile(r"How many |All |Totals over |.*? (?:whose|that match|grouped by) ")
_LONGEST_NAME = 64  # clients take no longer one (Claude, OpenAI)
_MOST_FIELDS = 8  # named in a sentence
_RETURNS = {
    "id": "Returns its id.",
    "ids": "Returns their ids.",
    "value": "Returns what Odoo's method returns.",
    "nothing": "Returns nothing.",
}


def tool_description(action: Action | Flow) -> str:
    """What a tool does, and what it returns."""
    if isinstance(action, Flow):
        return f"{_flow_sentence(action)} Returns {listed(list(action.returns), most=12)}."
    sentence = _with_verb(action)
    says_it = "returns " in sentence or ", as id and name" in sentence
    return sentence if says_it else f"{sentence} {_returned(action)}"


def tool_name(name: str) -> str:
    """The name of a tool; a longer one is cut, and ends in what keeps it unique."""
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - 9]}_{digest}"


def _flow_sentence(flow: Flow) -> str:
    """What a flow does; its first step may need a verb as a tool of its own would."""
    for action in (step.action for step in flow.steps):
        head = action.description.partition(";")[0]
        head = head.rstrip(".")
        if flow.description.startswith(head):
            sentence = _with_verb(action)
            begin = len(sentence) - len(action.description)
            return sentence[: begin + len(head)] + flow.description[len(head) :]
    return flow.description


def _with_verb(action: Action) -> str:
    sentence = action.description
    if sentence.startswith(f"{action.model}.{action.method},"):
        return f"Call {sentence}"
    if not _NAMES_RECORDS.match(sentence) or action.changes:
        return sentence
    verb = "Search"
    if sentence.startswith("Totals over "):
        verb = "Compute"
    elif sentence.startswith("How many "):
        verb = "Tell"
    elif action.method in methods.GROUPINGS:
        verb = "Count"
    elif sentence.startswith("All "):
        verb = "List"
    is_word = sentence[1:2].islower() or sentence[1:2] == " "  # not CRM
    return f"{verb} {sentence[:1].lower() if is_word else sentence[:1]}{sentence[1:]}"


def _returned(action: Action) -> str:
    if action.method == "search_count":
        return "Returns the number."
    if action.method in methods.GROUPINGS:
        return "Returns the groups."
    if action.returns != "records":
        return _RETURNS[action.returns]
    names = [name for name in row_fields(action) if name != "id"]
    return (
        f"Returns records with {listed(names, most=_MOST_FIELDS)}." if names else "Returns records."
    )
