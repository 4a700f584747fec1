"""Descriptions of actions, inputs and the session for people, with the same words in every target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from har2rpc.model import Action, Call, Flow, Input, Session
from har2rpc.model.file_names import portable_name
from har2rpc.odoo import versions
from har2rpc.odoo.english import listed
from har2rpc.odoo.routes import PROGRAM_ROUTES
from har2rpc.rendering.formatting import one_line

IN_UTC = "YYYY-MM-DD HH:MM:SS, in UTC"
"""How Odoo takes a date and time (`odoo/fields.py`, Datetime)."""


ONE_SERVER = (
    "Send the key only to this server, over https (others can read http), and follow no redirects."
)
"""The warning in connectors, which do not check the address themselves."""


def introduction(
    actions: Sequence[Action], session: Session, *, names_user: bool = True
) -> dict[str, str]:
    """The words of a file's head: `title`, `client`, `captured_in` (with the user and the server) and `file_stem`."""
    labels = [action.label[:1] + action.label[1:].lower() for action in actions]
    title = " and ".join(labels[:1] + [label[:1].lower() + label[1:] for label in labels[1:]])
    calls = sorted((call for action in actions for call in action.calls), key=lambda call: call.n)
    places = _places(actions, calls)
    uid, url = session.get("uid"), session.get("url")
    uids = sorted({call.uid for call in calls if call.uid is not None} | {uid} - {None})
    users = listed(list(map(str, uids)), most=4)
    user = f" as user{'s' if len(uids) > 1 else ''} {users}" if uids and names_user else ""
    return {
        "title": title if len(actions) < 4 else f"{len(actions)} calls to Odoo",
        "client": _client(session, calls),
        "captured_in": f"{places}{f',{user}' if user else ''}" + (f" on {url}" if url else ""),
        "file_stem": portable_name(actions[0].name) if len(actions) == 1 else "odoo_calls",
    }


def _places(actions: Sequence[Action], calls: Sequence[Call]) -> str:
    """`contacts.har, calls 3 and 5 (entries 19 and 25)`: the numbers that `list` shows, and those of the file."""
    entries = [call.where for call in calls]
    entries += [where for action in actions if action.route for where in action.route.entries]
    files = list(dict.fromkeys(where.file for where in entries))
    words = [listed(files, most=4)]
    if calls:
        words.append(_numbers("call", "calls", [call.n for call in calls]))
    if len(files) == 1:
        of_file = _numbers("entry", "entries", sorted(where.entry for where in entries))
        words.append(f"{words.pop()} ({of_file})" if calls else of_file)
    return ", ".join(words)


def _numbers(one: str, several: str, numbers: Sequence[int]) -> str:
    """`call 3`, `calls 3, 5, 6 and 2 more`."""
    distinct = list(dict.fromkeys(map(str, numbers)))
    return f"{one if len(distinct) == 1 else several} {listed(distinct, most=4)}"


def _client(session: Session, calls: Sequence[Call]) -> str:
    """Who made these calls: a program, or the web client, with its known version or the range of possible ones."""
    if calls and all(call.route in PROGRAM_ROUTES for call in calls):
        return "a program"
    span = session.version
    if versions.is_unknown(span):
        return "Odoo's web client"
    is_known = session.get("server_version") is not None
    return f"Odoo {span}'s web client" if is_known else f"the web client of Odoo {span}"


def input_description(param: Input) -> str:
    """One line about an input: its label, whether it is required, what it takes."""
    marks = ["required"] if param.required and param.type != "secret" else []
    marks += ["label guessed"] if param.guessed and not param.relation else []
    label = (param.label or param.name) + (f" ({', '.join(marks)})" if marks else "")
    content = _content(param)
    return f"{label}: {content}" if content else label


def _content(param: Input) -> str:
    if param.keys:
        return f"for each line {described_keys(param.keys)}"
    if param.options:
        options = [
            str(value) if str(value) == text else f"{value} ({text})"
            for value, text in param.options
        ]
        return "one of " + listed(options, most=8).replace(" and ", ", ")
    if param.help:
        return param.help[:1].lower() + param.help[1:]
    return IN_UTC if param.type == "datetime" else ""


def described_keys(keys: Sequence[Input]) -> str:
    """What a line may hold: `product_id (Product, required: id of a product.product), quantity`."""
    described = []
    for key in keys:
        marks = [*([] if key.guessed else [key.label]), *(["required"] if key.required else [])]
        words = ": ".join(filter(None, [", ".join(marks), _content(key)]))
        described.append(f"{key.name} ({words})" if words else key.name)
    return ", ".join(described)


def input_rows(action: Action | Flow) -> list[tuple[str, str]]:
    """Name and line for each input, in the order of the function's parameters: what it needs comes first."""
    params = sorted(action.inputs, key=lambda param: not param.required)
    return [(param.name, input_description(param)) for param in params]


def identity(session: Session) -> dict[str, Any]:
    """The connection for targets without variables of their own: known facts, inputs for unknown ones, and the secret."""
    db, uid = session.get("db"), session.get("uid")
    db_input = Input(name="db", label="Database", help="Odoo shows it with ?debug=1")
    uid_input = Input(name="uid", label="User ID", type="integer", help="Id of the user who calls")
    return {
        "db": db_input if db is None else db,
        "uid": uid_input if uid is None else uid,
        "secret": Input(name="secret", label="API key", type="secret"),
    }


def unknown_facts(session: Session) -> list[str]:
    """A sentence for each unknown fact of the connection, for targets that are not code."""
    sentences = {
        "url": "The server is not in the capture: enter its address.",
        "db": "The database is not in the capture: Odoo shows it with ?debug=1.",
        "uid": "The user's id is not in the capture: a login returns it.",
    }
    return [sentence for key, sentence in sentences.items() if session.get(key) is None]


def write_warning(actions: Sequence[Action]) -> str:
    """What running would change, for the message without --write."""
    labels = [one_line(action.label).lower() for action in actions if action.changes]
    if not labels:
        return ""
    changes = labels[0] if len(labels) == 1 else f"{labels[0]}, and {len(labels) - 1} more"
    return f"this would change Odoo ({changes}): run it with --write"
