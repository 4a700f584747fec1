"""Values as words of bash in which nothing means anything: text in single quotes, inputs spliced in as JSON.

In a generated function every input is a variable that already holds JSON, so a body is
`'[[["phone", "ilike", '"$phone"']]]'`: no value is ever quoted twice.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

from har2rpc.model import Action, Har2rpcError, Input, Result, Run
from har2rpc.rendering.code import Code, depth
from har2rpc.rendering.python_writer import one_line

WIDTH = 100
_DEEP = 50  # a reader gives up long before
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,-]+")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "'": "\\'"}
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
# Function names that would take away what the script itself needs.
_TAKEN = frozenset(
    "call case coproc curl die die_of do done elif else esac execute_kw exit fi for function if in"
    " json_boolean json_number json_numbers json_string json_text local printf return select set"
    " shift then time until user_id while".split()
)

Kind: TypeAlias = Literal["text", "number", "boolean", "numbers", "json"]
# What an option of each kind is called in the help, and the function that makes it JSON.
_KINDS: dict[Kind, tuple[str, str]] = {
    "text": ("TEXT", "json_string"),
    "number": ("NUMBER", "json_number"),
    "boolean": ("true|false", "json_boolean"),
    "numbers": ("[NUMBER, …]", "json_numbers"),
    "json": ("JSON", ""),
}
_NUMBER_TYPES = ("integer", "float", "monetary", "many2one", "many2many", "one2many")
_LISTS = ("many2many", "one2many", "domain", "json", "properties")


def word(value: Any) -> Code:
    """A value as one word: text as it is, everything else as JSON."""
    text = value if isinstance(value, str) else _json(value)
    if _PLAIN.fullmatch(text):
        return Code(text)
    if text.isprintable():
        return Code(_quoted(text))
    # $'…' keeps line breaks, escape sequences and invisible marks visible in the file.
    return Code("$'" + "".join(map(_ansi, text)) + "'")


def json_word(value: Any, indent: int = 0) -> Code:
    """A value as one word of JSON, its lines begun at `indent`; inputs are variables of JSON."""
    text, words = "", []
    for part in _parts(value, indent, _flat if depth(value) > _DEEP else _laid_out):
        if isinstance(part, str):
            text += part
        else:
            words += [_quoted(text)] if text else []
            words.append(_spliced(part))
            text = ""
    return Code("".join(words + ([_quoted(text)] if text else [])))


def variable(value: Any) -> Code:
    """The name of a variable, if it is one. Bash's own (UID, PATH, IFS) are written in capitals."""
    text = str(value)
    if not _NAME.fullmatch(text):
        raise Har2rpcError(f"{text!r} is no name for a variable")
    return Code(text if text.islower() and text != "_" else f"_{text}_")


def function(value: Any) -> Code:
    """The name of a function, if it is one; never that of a command the script needs."""
    text = str(value)
    if not _NAME.fullmatch(text):
        raise Har2rpcError(f"{text!r} is no name for a function")
    return Code(f"odoo_{text}" if text in _TAKEN else text)


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    pad = " " * indent
    lines = textwrap.wrap(one_line(value), WIDTH - indent - 2, break_on_hyphens=False)
    return Code(f"\n{pad}".join(f"# {line}" for line in lines) or "#")


def option_kinds(actions: Sequence[Action]) -> set[str]:
    """The kinds of all options: a script holds no function that it does not use."""
    return {_kind(made, action) for action in actions for made in action.inputs}


def usage(action: Action, said: Callable[[Input], str]) -> Code:
    """The comment that tells a function's options, one line each."""
    rows = [
        (f"--{variable(made.name)} {_KINDS[_kind(made, action)][0]}", said(made))
        for made in action.inputs
    ]
    width = max((len(name) for name, _ in rows), default=0) + 2
    return Code("\n".join(f"#   {name.ljust(width)}{one_line(text)}" for name, text in rows))


def locals_(action: Action) -> Code:
    """`phone limit=80`: required inputs begin empty, which no JSON is; others with their default."""
    return Code(
        " ".join(
            variable(made.name) + "=" + ("''" if made.required else word(_json(made.default)))
            for made in action.inputs
        )
    )


def cases(action: Action, indent: int) -> Code:
    """The branches that take an option's value and make it JSON."""
    lines = []
    for made in action.inputs:
        name, converter = variable(made.name), _KINDS[_kind(made, action)][1]
        taken = f'$({converter} "$2") || return' if converter else "$2"
        lines.append(f"--{name}) {name}={taken} ;;")
    return Code(("\n" + " " * indent).join(lines))


def invoked(action: Action, run: Run, indent: int = 0) -> Code:
    """The function with the options of one run, over several lines where it is long."""
    words = [str(function(action.name))]
    for made in action.inputs:
        value = run.values.get(made.name)
        if made.type == "secret":
            words.append(f'--{variable(made.name)} "$SECRET_{made.name.upper()}"')
        elif made.required or not _equal(value, made.default):
            if _has_result(value):
                given = json_word(value)
            else:
                given = word(value if _kind(made, action) == "text" else _json(value))
            words.append(f"--{variable(made.name)} {given}")
    flat = " ".join(words)
    if len(flat) + indent <= WIDTH - 20:
        return Code(flat)
    return Code((" \\\n" + " " * (indent + 2)).join(words))


def _kind(made: Input, action: Action) -> Kind:
    """What an option takes: after the input's type, and JSON where a recorded value is none of it."""
    numeric = made.type in _NUMBER_TYPES
    if made.multiple or made.type in _LISTS:
        kind: Kind = "numbers" if numeric else "json"
    else:
        kind = "number" if numeric else "boolean" if made.type == "boolean" else "text"
    values = [run.values.get(made.name) for run in action.runs]
    told = [v for v in values if not _has_result(v)] if made.type != "secret" else []
    if not made.required:
        told = [value for value in told if not _equal(value, made.default)]
    return kind if all(_fits(value, kind) for value in told) else "json"


def _fits(value: Any, kind: Kind) -> bool:
    if kind == "text":
        return isinstance(value, str) and _is_text(value)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "number":
        return value is False or _is_number(value)
    return kind == "json" or isinstance(value, list) and all(map(_is_number, value))


def _is_text(value: str) -> bool:
    """Whether bash can hold it: no NUL, nothing that UTF-8 cannot say."""
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def _has_result(value: Any) -> bool:
    return any(isinstance(one, Result) for one in (value if isinstance(value, list) else [value]))


def _spliced(value: Input | Result) -> str:
    """A variable inside a word; of a list with the one new id, the id."""
    is_list = isinstance(value, Result) and value.what == "ids"
    return f'"${{{variable(value.name)}//[][]/}}"' if is_list else f'"${variable(value.name)}"'


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _equal(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


_Part: TypeAlias = "str | Input | Result"
_Layout: TypeAlias = Callable[[Any, int], Iterator[_Part]]


def _parts(value: Any, indent: int, layout: _Layout) -> Iterator[_Part]:
    """JSON text, broken where an input stands in it."""
    if isinstance(value, (Input, Result)):
        yield value
    elif isinstance(value, (dict, list, tuple)) and value:
        yield from layout(value, indent)
    else:
        yield _json(value)


def _laid_out(value: Any, indent: int) -> Iterator[_Part]:
    """On one line where it fits, else an item a line; whitespace is nothing in JSON."""
    flat = list(_flat(value, 0))
    if sum(len(p) if isinstance(p, str) else len(p.name) + 5 for p in flat) + indent < WIDTH - 2:
        yield from flat
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for position, (key, item) in enumerate(_items(value)):
        yield ("," if position else "") + "\n" + " " * (indent + 2) + key
        yield from _parts(item, indent + 2, _laid_out)
    yield "\n" + " " * indent + closing


def _flat(value: Any, indent: int) -> Iterator[_Part]:
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for position, (key, item) in enumerate(_items(value)):
        yield (", " if position else "") + key
        yield from _parts(item, indent, _flat)
    yield closing


def _items(value: Any) -> Sequence[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f"{_json(str(key))}: ", item) for key, item in value.items()]
    return [("", item) for item in value]


def _json(value: Any) -> str:
    """JSON in which whatever is invisible is an escape."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _ansi(char: str) -> str:
    if char in _NAMED or char.isprintable():
        return _NAMED.get(char, char)
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
