"""Functions of generated JavaScript: how they are declared, described and called, and what their numbers need."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from har2rpc.model import Action, Flow, FormSpec, Har2rpcError, Input, Step
from har2rpc.rendering.constants_sent import constants_in
from har2rpc.rendering.descriptions import input_description
from har2rpc.rendering.formatting import Code, Keyword, Spread, checked_name, item_lines
from har2rpc.rendering.forms_asked import constant_parts, word_lines
from har2rpc.rendering.input_kinds import kind_of
from har2rpc.rendering.javascript.identifiers import INHERITED, function_name, identifier
from har2rpc.rendering.javascript.literals import (
    MAX_SAFE_INTEGER,
    STEP,
    WIDTH,
    Braced,
    Member,
    flat,
    is_given,
    over_lines,
    text_literal,
    wrapped_lines,
    written_lines,
)
from har2rpc.rendering.run_arguments import positional_and_named

_HEAD = re.compile(
    r"^(?:return |if \(|(?:(?:const )?[\w$]+ = )?await )?[A-Za-z_$][\w$]*(?:\.\w+)?$", re.ASCII
)
_TYPES = {
    "text": "string",
    "number": "number",
    "boolean": "boolean",
    "numbers": "number[]",
    "json": "any",
}
_PAGING = ("limit", "offset")
_OBJECTS = (dict, Braced, Spread)


def call(value: Sequence[Any], head: str, indent: int = 0) -> Code:
    """`head(arguments)`; `Keyword`s become one object behind the others."""
    if not _HEAD.fullmatch(head):
        raise Har2rpcError(f"{head!r} is not a valid name to call")
    items = [item for item in value if not isinstance(item, Keyword)]
    named = [
        Member(_option_name(item.name), item.value) for item in value if isinstance(item, Keyword)
    ]
    items += [Braced(named)] if named else []
    line = f"{head}({', '.join(map(flat, items))})"
    if not items or indent + len(line) + len(";") <= WIDTH:
        return Code(line)
    opening = f"{head}({''.join(f'{flat(item)}, ' for item in items[:-1])}"
    last = (
        over_lines(items[-1], indent)
        if isinstance(items[-1], _OBJECTS) and not is_given(items[-1])
        else ""
    )
    if last and indent + len(opening) < WIDTH:
        return Code(f"{opening}{last})")  # an object stays with the brackets
    return Code(head + written_lines(items, indent, "()"))


def signature(inputs: Sequence[Input], head: str, indent: int = 0) -> Code:
    """`head(phone = missing("phone"), { limit = 80 } = {})`: one required input comes first, all others are named."""
    positional, named = positional_and_named(inputs)
    parameters: list[Any] = [Code(_parameter(param)) for param in positional]
    if named:
        parameters.append(Braced([Code(_destructured(param)) for param in named], " = {}"))
    name = function_name(head)
    line = f"{name}({', '.join(map(flat, parameters))})"
    if not parameters or indent + len("export async function  {") + len(line) <= WIDTH:
        return Code(line)
    if not positional:
        return Code(f"{name}({over_lines(parameters[0], indent)})")
    return Code(name + written_lines(parameters, indent, "()"))


def form_object(form: FormSpec, indent: int = 0) -> Code:
    """`new Form("purchase.order", { … })`: how a form is asked."""
    inner = indent + STEP
    members = []
    for keyword, words in constant_parts(form):
        text = text_literal(words)
        if inner + len(f"{keyword}: {text},") > WIDTH:
            lines = word_lines(words, WIDTH - inner - STEP)
            block = "".join(f"\n{' ' * (inner + STEP)}{line}" for line in lines)
            text = f"`{block}\n{' ' * inner}`"
        members.append(f"{keyword}: {text}")
    if form.lines:
        lines = [
            f"{checked_name(name)}: {form_object(each, inner + STEP)}"
            for name, each in form.lines.items()
        ]
        members.append(f"lines: {item_lines(lines, inner, STEP, '{}')}")
    return Code(f"new Form({text_literal(form.model)}, {item_lines(members, indent, STEP, '{}')})")


def docblock(value: Any, step: Action | Flow) -> Code:
    """The comment above a function of an action or a flow: the text, and what it takes and returns, with types (JSDoc)."""
    positional, named = positional_and_named(step.inputs)
    lines = [*(wrapped_lines(value, WIDTH - 7) or [""]), ""]
    for param in positional:
        lines += _tag(param, step, checked_name(param.name))
    if named:
        lines.append("@param {object} [options]")
    for param in named:
        lines += _tag(param, step, f"[options.{_option_name(param.name)}]")
    lines.append("@returns {Promise<any>} what the method returns")
    return Code("/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */")


def _tag(param: Input, step: Action | Flow, name: str) -> list[str]:
    """The lines of a `@param`; none of them is taken for another tag."""
    head = f"@param {{{_TYPES[kind_of(param, step)]}}} {name} - "
    first, *more = wrapped_lines(head + input_description(param), WIDTH - 5)
    return [first, *(f"  {'- ' if line.startswith('@') else ''}{line}" for line in more)]


def paged_call(step: Step, indent: int = 0) -> Code:
    """The search of a step, page after page: one page of it, how many at most, limit, offset."""
    if step.pages is None:
        raise Har2rpcError(f"{step.result} is not a search of several pages")
    inputs = [param for param in step.action.inputs if param.name not in _PAGING]
    positional, named = positional_and_named(inputs)
    members = [Member(_option_name(param.name), step.values[param.name]) for param in named]
    values = [step.values[param.name] for param in positional]
    values.append(Braced([*members, Code("...page")]) if members else Code("page"))
    search = f"(page) => {function_name(step.action.name)}({', '.join(map(flat, values))})"
    paging = [step.values["limit"], step.values.get("offset") or 0]
    head = f"const {identifier(step.result)} = await paged"
    return call([Code(search), step.pages, *paging], head, indent)


def has_big_numbers(steps: Iterable[Action | Flow | None]) -> bool:
    """Whether JSON.stringify cannot write some number: beyond 2^53, -0, infinite."""
    return any(
        (isinstance(item, int) and abs(item) > MAX_SAFE_INTEGER)
        or (isinstance(item, float) and (not math.isfinite(item) or str(item) == "-0.0"))
        for item in constants_in(steps)
    )


def _option_name(name: Any) -> str:
    """The name under which a function takes an input: the input's own, but for what objects inherit."""
    text = checked_name(str(name))
    return f"${text}" if text in INHERITED else text


def _parameter(param: Input) -> str:
    name = checked_name(param.name)
    if not param.required and param.default is None:
        return identifier(name)  # undefined says as much
    default = f'missing("{name}")' if param.required else flat(param.default)
    return f"{identifier(name)} = {default}"


def _destructured(param: Input) -> str:
    name, parameter = _option_name(param.name), _parameter(param)
    return parameter if parameter.partition(" = ")[0] == name else f"{name}: {parameter}"
