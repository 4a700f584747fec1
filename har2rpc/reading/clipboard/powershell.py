"""The requests of "Copy as PowerShell" (Chrome, Firefox): `Invoke-WebRequest` commands, and typed ones like them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from har2rpc.reading.clipboard.copied_text import (
    LineNumbers,
    Patience,
    Request,
    RequestOrNote,
    join_surrogates,
)

_START = re.compile(r"\bInvoke-(?:WebRequest|RestMethod)\b", re.IGNORECASE)
_TOKEN = re.compile(
    r""""(?P<double>[^"`]*+(?:(?:`.|"")[^"`]*+)*+)"
    | '(?P<single>[^']*+(?:''[^']*+)*+)'
    | (?P<space>(?:[ \t\r]|`\r?\n)++)
    | (?P<comment>\#[^\n]*+)
    | (?P<opening>[({\[]) | (?P<closing>[)}\]])
    | (?P<end>[;\n|])
    | (?P<option>-[A-Za-z]++(?=[\s:`]))
    | (?P<bare>`.|[^\s"'`;|(){}\[\]]++)
    """,
    re.VERBOSE | re.DOTALL,
)
_HERE = re.compile(
    r"""@(?:'[ \t]*\r?\n(?P<here>.*?)\r?\n'@|"[ \t]*\r?\n(?P<here_double>.*?)\r?\n"@)""", re.DOTALL
)
# Both browsers write what is not ASCII as UTF-16 code units: $([char]233).
_ESCAPE = re.compile(r'`u\{([0-9A-Fa-f]{1,6})\}|`(.)|"(")|\$\(\[char\](\d{1,6})\)', re.DOTALL)
_LETTERS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r"} | {
    "t": "\t",
    "v": "\v",
}
_PARAMETERS = frozenset({"-uri", "-method", "-body"})


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of the commands in a text. What prepares the session (user agent, cookies) is skipped."""
    at = 0
    lines = LineNumbers(text)
    ends = here_string_ends(text)
    patience = Patience(text)
    while start := _START.search(text, at):
        request, at, reach = parse_command(text, start, lines, ends)
        yield request
        if not patience.lasts(reach - at):
            yield f"{lines.at(at)}: too many commands that do not end; the rest was left out"
            return


def here_string_ends(text: str) -> dict[str, int]:
    """Behind these no here-string can end; without knowing it, each would be looked for up to the end."""
    return {mark: text.rfind(f"\n{mark}@") for mark in "'\""}


def parse_command(
    text: str, start: re.Match[str], lines: LineNumbers, ends: dict[str, int]
) -> tuple[Request, int, int]:
    """The request of the command that begins here, where the command ends, and how far it was read."""
    literals: dict[str, str] = {}  # by parameter; `variables` likewise
    variables: dict[str, str] = {}
    option, depth, at = "-uri", 0, start.end()  # a bare URL is the first parameter
    while at < len(text):
        token = _TOKEN.match(text, at)
        mark = text[at + 1 : at + 2]
        if text[at] == "@" and at < ends.get(mark, -1):
            token = _HERE.match(text, at) or token
        if token is None:
            note = f"{lines.at(start.start())}: the quote {text[at]} is not closed"
            return Request("", note=note), start.end(), at
        at, kind = token.end(), token.lastgroup or ""  # each alternative has a name
        if kind == "end":
            if not depth or token[0] == "|":
                break
        elif kind == "opening":
            depth += 1
        elif kind == "closing":
            depth -= 1
        elif kind == "option" and not depth:
            option = token["option"].lower()
        elif option in _PARAMETERS and option not in literals:
            if kind == "bare":
                if token[0].startswith("$"):
                    variables.setdefault(option, token[0])
                elif not depth and token[0] != ":":
                    literals[option] = token[0]
            elif kind not in ("space", "comment"):
                literals[option] = _string_value(kind, token[kind])
    return _build_request(literals, variables), at, at


def _build_request(literals: dict[str, str], variables: dict[str, str]) -> Request:
    url, body = literals.get("-uri", ""), literals.get("-body")
    if not url:
        variable = variables.get("-uri")
        reason = f"the URL is in {variable[:40]}" if variable else "a command without a URL"
        return Request("", note=f"{reason}; write it behind -Uri")
    method = literals.get("-method", "GET").upper()
    if body is None and (variable := variables.get("-body")):
        note = f"the request's body is in {variable[:40]}, which is not followed; write it behind -Body"
        return Request(url, method, note=note)
    return Request(url, method, body)


def _string_value(kind: str, text: str) -> str:
    if kind == "here":
        return text
    if kind == "single":
        return text.replace("''", "'")
    return join_surrogates(_ESCAPE.sub(_unescape, text))


def _unescape(escape: re.Match[str]) -> str:
    code, letter, quote, unit = escape.groups()
    if letter:
        return _LETTERS.get(letter, letter)
    if quote:
        return str(quote)
    number = int(code, 16) if code else int(unit)
    return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"
