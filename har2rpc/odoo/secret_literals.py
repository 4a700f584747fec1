"""Finds secrets in texts that contain code or data: a dict or domain as text, an attribute, a header.

`{'default_password': 'x'}`, `[('partner_id.access_token', '=', 'x')]`, `csrf_token: "x"`, `X-Api-Key: x`; also where the
text was escaped once more (`\\"password\\": \\"x\\"`). What is no text literal is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from har2rpc.odoo.quoted_pieces import end_of_string
from har2rpc.odoo.secret_arguments import argument_spans
from har2rpc.odoo.secret_fields import is_secret_field
from har2rpc.odoo.secret_names import is_secret_name, is_secret_parameter_name
from har2rpc.odoo.secret_phrases import phrase_spans
from har2rpc.odoo.secret_texts import Span, apart, is_placeholder

# What assigns, and the quote that opens the value.
_SIGN = re.compile(
    r"""(?::?=>?|:)\s{0,8}+(?:[bBrRuUfF]{1,2}(?=\\*["']))?(\"{3}|\'{3}|\\{0,3}+["']|`|&(?:amp;)?(?:quot|apos|#0?3[49]|#x2[27]);)"""
)
# A name before it, perhaps in quotes or as an item (`a["password"]`), perhaps with its type, read backwards.
_NAME_BACKWARDS = re.compile(
    r"""\s{0,8}+(?:(?:rts|setyb|gnirt[sS]|yn[aA]|enoN\s?\|\s?rts|\]rts\[lanoitpO)\s{0,4}+:\s{0,4}+)?(?:\]\s?)?"""
    r"""(?:["']\\{0,3}+|;(?:touq|sopa|[94]30?#|[72]2x#)(?:;pma)?&)?([\w-]{0,63}[^\W\d])(?![\w-])"""
)
_LONGEST_ASSIGNED = 96  # characters of a name and all that may stand between it and the sign
# A leaf of a domain up to its value, or to the first item of the list that is its value.
_LEAF = re.compile(
    r"""["']([a-zA-Z_][\w.]{0,127}+)(\\{0,3}+["'])\s{0,8}+,\s{0,8}+\\{0,3}+["'](?:[=<>!?]{1,3}|[a-z=? !_]{2,12}+)\\{0,3}+["']\s{0,8}+"""
    r""",\s{0,8}+([\[(]?\s{0,8}+)(\\{0,3}+["'])""",
    re.IGNORECASE,
)
_NEXT_ITEM = re.compile(r"""\s{0,8}+,\s{0,8}+(\\{0,3}+["'])""")
_HEADER_VALUE = re.compile(
    r":[ \t]{1,8}+(?:[A-Z][A-Za-z]{2,20}+ (?=[^\s'\"<>,;=]{16}))?([^\s'\"<>,;]{6,}+)"
)
_HEADER_NAME = re.compile(r"(?:\A|[\s'\"])((?:x-)?[a-z][a-z-]{2,40})\Z", re.IGNORECASE)
# A list of settings: `- name: API_KEY`, and below it `value: x`.
_ITEM = re.compile(
    r"""\bname:[ ]{1,4}+["']?([A-Za-z][\w.-]{2,60}+)["']?[ ]?\r?\n[ ]{1,20}+value:[ ]{1,4}+["']?([^\s'"<>]{6,200}+)"""
)
_LONGEST_NAME = 48  # characters, with what stands before it
# A line of settings: `admin_passwd = x`.
_SETTING = re.compile(
    r"^[ \t]{0,8}+(?:export )?([A-Za-z][\w.-]{2,40}+)[ \t]{0,8}+[=:][ \t]{1,8}+([^\s'\"<>,;()\[\]{}]{6,}+)[ \t]{0,8}+$",
    re.MULTILINE,
)
_COMMAND_PASSWORD = re.compile(
    r"""(?<![\w-])(?:sshpass\s{1,4}+-p|docker\s{1,4}+login\b[^\n|;]{0,100}?\s(?:-p|--password)|redis-cli\b[^\n|;]{0,100}?\s-a"""
    r"""|mysql(?:dump)?\b[^\n|;]{0,100}?\s-p|\blogin\s{1,4}+\S{1,128}+\s{1,4}+password\s)\s{0,4}+["']?([^\s"'<>-][^\s"'<>]{2,128}+)"""
)
# Options of commands: `--password x`, and of those that ask a server `-u me:x`, `-a me:x`, `--auth me:x`.
_OPTION = re.compile(
    r"""-(?<![\w-]-)-?([A-Za-z][A-Za-z-]{1,40}+)(?:=|\s{1,4}+)["']?([^\s"'<>-][^\s"'<>]{2,128}+)"""
)
_COMMAND = re.compile(r"(?<![\w/.-])(?:curl(?:\.exe)?|https?|xhs?|wget)\s")
_USER_OPTION = re.compile(
    r"""(?<![\w-])(?:-[auU]|--auth|--user|--proxy-user)(?:\s{1,4}+|=)["']?[^\s"':]{1,64}+:([^\s"'\\<>]{1,128}+)"""
)
_USER_OPTIONS = ("-a", "-u", "-U", "--auth", "--user", "--proxy-user")
# What each of these expressions needs: it is looked for in a tenth of the time.
_OF_PROGRAMS = ("sshpass", "docker", "redis-cli", "mysql")
_NO_VALUES = ("-file", "-path", "-stdin", "-env", "-command")
_DIGIT = re.compile(r"\d")
_SHORT = 1_024  # characters
_LONGEST = (
    20_000  # characters of a value in single quotes: behind an apostrophe may come a whole page
)


def literal_spans(text: str) -> Sequence[Span]:
    """The secrets of such a text, in order; the kind of each is the name that it stands under."""
    return _spans_in_short(text) if len(text) <= _SHORT else _spans_of(text)


def _spans_of(text: str) -> Sequence[Span]:
    return apart(
        [
            *_in_assignments(text),
            *_in_leaves(text),
            *_in_headers(text),
            *_in_settings(text),
            *argument_spans(text),
            *_in_programs(text),
            *_in_commands(text),
            *phrase_spans(text),
        ]
    )


_spans_in_short = lru_cache(maxsize=4096)(_spans_of)  # what stands around names comes again


def _in_assignments(text: str) -> Iterator[Span]:
    """Signs are looked for before their names: there are fewer."""
    at = done = 0
    for match in _SIGN.finditer(text):
        before = text[max(at, match.start() - _LONGEST_ASSIGNED) : match.start()]
        backwards = _NAME_BACKWARDS.match(before[::-1])
        if not backwards:
            continue
        at, start = match.end(), match.start() - backwards.end()
        name = backwards[1][::-1]
        if start < done or not _is_secret(name):
            continue
        stop = end_of_string(text, match.end(), match[1])
        if match[1][-1:] in "'`" and stop - match.end() > _LONGEST:
            continue
        if not is_placeholder(text[match.end() : match.end() + 80]):
            yield Span(match.end(), stop, name)
            done = stop


def _is_secret(name: str) -> bool:
    return is_secret_field("?", name) or is_secret_parameter_name(name)


def _in_leaves(text: str) -> Iterator[Span]:
    for match in _LEAF.finditer(text):
        if not is_secret_field("?", match[1]):
            continue
        start, quote = match.end(), match[4]
        while True:
            stop = end_of_string(text, start, quote)
            yield Span(start, stop, match[1])
            item = _NEXT_ITEM.match(text, stop + len(quote)) if match[3].strip() else None
            if item is None:
                break
            start, quote = item.end(), item[1]


def _in_headers(text: str) -> Iterator[Span]:
    """Values are looked for before their names: there are fewer."""
    at = 0
    while match := _HEADER_VALUE.search(text, at):
        before = text[max(at, match.start() - _LONGEST_NAME) : match.start()]
        name = _HEADER_NAME.search(before)
        at = match.end() if name else match.start() + 1
        if not name or not _is_header(name[1]):
            continue
        if _DIGIT.search(match[1]) and not is_placeholder(match[1]):
            yield Span(*match.span(1), name[1])


def _is_header(name: str) -> bool:
    return name.lower() in ("authorization", "cookie") or is_secret_parameter_name(name)


def _in_settings(text: str) -> Iterator[Span]:
    if not any(sign in text for sign in ("= ", ": ", "=\t", ":\t")):
        return
    for match in (*_SETTING.finditer(text), *_ITEM.finditer(text)):
        if is_secret_name(match[1]) and _DIGIT.search(match[2]) and not is_placeholder(match[2]):
            yield Span(*match.span(2), match[1])


def _in_programs(text: str) -> Iterator[Span]:
    is_login = "login" in text and "password" in text
    if not is_login and not any(map(text.__contains__, _OF_PROGRAMS)):
        return
    for command in _COMMAND_PASSWORD.finditer(text):
        if not is_placeholder(command[1]):
            yield Span(*command.span(1), "password")


def _in_commands(text: str) -> Iterator[Span]:
    for option in _OPTION.finditer(text) if "-" in text else ():
        is_secret = is_secret_name(option[1]) and not option[1].endswith(_NO_VALUES)
        is_option = option[0].startswith("--") or _DIGIT.search(option[2])
        if is_secret and is_option and not is_placeholder(option[2]):
            yield Span(*option.span(2), option[1])
    if any(map(text.__contains__, _USER_OPTIONS)) and _COMMAND.search(text):
        for user in _USER_OPTION.finditer(text):
            if not is_placeholder(user[1]):
                yield Span(*user.span(1), "password")


def unescaped(text: str, depth: int) -> str:
    """What a string says that was escaped once, and `depth` times more."""
    for _ in range(depth + 1):
        try:
            text = json.loads(f'"{text}"', strict=False)
        except ValueError:
            break
    return text
