"""Prints the session fact by fact, and the lines that set variables."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from har2rpc.cli.tables.console import clean, counted, print_entry, print_line
from har2rpc.model import Fact, VersionRange, file_names
from har2rpc.odoo.unknown_facts import HOW_TO_FIND

_LABELS = {
    "url": "url",
    "db": "database",
    "uid": "uid",
    "login": "login",
    "name": "name",
    "server_version": "version",
    "lang": "language",
    "tz": "time zone",
    "company_ids": "companies",
}
# All of these end a string in single quotes (PowerShell's about_Quoting_Rules); doubled they stand for themselves.
_POWERSHELL_QUOTE = re.compile("['\u2018\u2019\u201a\u201b]")


def print_sessions(
    sessions: Sequence[Mapping[str, Any]], guesses: Sequence[Mapping[str, Fact]]
) -> None:
    """Prints the facts of each server and database, under its name if there are several."""
    for number, (known, of_session) in enumerate(zip(sessions, guesses, strict=True)):
        if len(sessions) > 1:
            if number:
                print_line()
            print_line(known["server"])
        _print_session(known, of_session)


def _print_session(known: Mapping[str, Any], guesses: Mapping[str, Fact]) -> None:
    """Prints one line per fact, with the place it was read from; for an unknown fact, how to find it."""
    for key, label in _LABELS.items():
        value, head = known[key], f"{label.ljust(10)} "
        if value is not None:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            print_entry(head, f"{clean(text)}  ({known['found_in'][key]})")
        elif key in guesses and isinstance(guesses[key].value, VersionRange):
            print_entry(head, version_line(guesses[key]))
        elif key in known["perhaps"]:
            print_entry(head, f"perhaps {clean(str(known['perhaps'][key]))}")
        elif key in HOW_TO_FIND:
            print_entry(head, f"unknown: {HOW_TO_FIND[key]}")
    if len(known["users"]) > 1:
        users = ", ".join(
            f"{user['uid']} ({counted(user['calls'], 'call')})" for user in known["users"]
        )
        print_line(f"several users: uid {users}")


def version_line(guess: Fact) -> str:
    """`17 or later: call 4 is web_save`; of a single version, that it is likely."""
    span = guess.value
    return f"{'perhaps ' if span.first == span.last else ''}{span}: {guess.found_in}"


def environment(known: Mapping[str, Any], shell: str) -> list[str]:
    """The variables of generated code, as lines for a shell or a .env file.

    An unknown one is a comment to fill in, so a variable that is already set keeps its value. The secret is always
    unknown, because no output contains it.
    """
    values = {
        "ODOO_URL": known["url"],
        "ODOO_DB": known["db"],
        "ODOO_LOGIN": known["login"],
        "ODOO_UID": known["uid"],
        "ODOO_API_KEY": None,
    }
    return [assignment(name, value, shell) for name, value in values.items()]


def own_shell() -> str:
    """The shell whose lines the user of this system is likely to paste."""
    return "powershell" if file_names.ON_WINDOWS else "sh"


def assignment(name: str, value: Any, shell: str) -> str:
    """The line that sets a variable: in `sh`, `powershell`, or a `dotenv` file."""
    text = "" if value is None else clean(str(value))
    if shell == "powershell":
        quoted = "'" + _POWERSHELL_QUOTE.sub(lambda quote: quote[0] * 2, text) + "'"
        line = f"$env:{name} = {quoted}"
    elif shell == "dotenv":
        line = f"{name}={_dotenv_quoted(text)}"
    else:
        line = f"export {name}={shlex.quote(text) if text else ''}"
    return f"# fill in: {line}" if value is None else line


def _dotenv_quoted(text: str) -> str:
    """A value that all readers of .env files understand: docker counts quotes as part of the value, node knows no escapes
    in them, and python-dotenv only those of quotes and backslashes."""
    if re.fullmatch(r"[\w@%+:,./-]*", text, re.ASCII):
        return text
    if re.search(r'[\\"$`]', text) and not re.search(r"'|\\\\|\\\Z", text):
        return f"'{text}'"
    return '"' + re.sub(r'([\\"$`])', r"\\\1", text) + '"'
