"""Functions of generated PHP: how they are declared, described and called, and what their JSON needs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from har2rpc.model import Action, Flow, FormSpec, Har2rpcError, Input, Step
from har2rpc.rendering.constants_sent import constants_in
from har2rpc.rendering.formatting import Code, Keyword, checked_name, line_comment
from har2rpc.rendering.forms_asked import constant_parts, word_lines
from har2rpc.rendering.php.literals import (
    PHP_INT_MAX,
    STEP,
    WIDTH,
    Bracketed,
    Member,
    flat,
    function_name,
    literal,
    named_argument,
    over_lines,
    text_literal,
    variable,
    wrapped_lines,
    written_lines,
)
from har2rpc.rendering.run_arguments import positional_and_named

_HEAD = re.compile(r"^(?:return |if \(|\$\w+ = )?[A-Za-z_]\w*(?:->\w+)?$", re.ASCII)
_PAGING = ("limit", "offset")
# What PHPDoc calls a value of a field's type; all others are texts.
_TYPES = {
    "integer": "int",
    "many2one": "int",
    "float": "float",
    "monetary": "float",
    "boolean": "bool",
    "lines": "list<array<string, mixed>>",
    "json": "mixed",
    "properties": "mixed",
    "reference": "string",
    **dict.fromkeys(("many2many", "one2many", "domain", "commands"), "list<mixed>"),
}
_RETURNS = {"records": "list<\\stdClass>", "id": "int"}


def call(value: Sequence[Any], head: str, indent: int = 0) -> Code:
    """`head(arguments)`; `Keyword`s are named arguments behind the others."""
    if not _HEAD.fullmatch(head):
        raise Har2rpcError(f"{head!r} is not a valid name to call")
    items = [named_argument(item) if isinstance(item, Keyword) else item for item in value]
    line = f"{head}({', '.join(map(flat, items))})"
    if not items or indent + len(line) + len(";") <= WIDTH:
        return Code(line)
    opening = f"{head}({''.join(f'{flat(item)}, ' for item in items[:-1])}"
    last = items[-1].value if isinstance(items[-1], Member) else items[-1]
    if isinstance(last, (dict, list)) and indent + len(opening) < WIDTH:
        written = over_lines(items[-1], indent)
        if written:
            return Code(f"{opening}{written})")  # an array stays with the brackets
    return Code(head + written_lines(items, indent, "()"))


def assignment(value: Any, name: str, indent: int = 0) -> Code:
    """`const NAME = value`."""
    head = f"const {checked_name(name)} = "
    return Code(head + literal(value, indent, len(head), 1))


def signature(inputs: Sequence[Input], head: str) -> Code:
    """`function head($required, $optional = 80): mixed` and the brace that opens its body."""
    required = [variable(param.name) for param in inputs if param.required]
    optional = [_optional(param) for param in inputs if not param.required]
    opening = f"function {function_name(head)}"
    line = f"{opening}({', '.join([*required, *optional])}): mixed"
    if len(line) <= WIDTH or not inputs:
        return Code(line + "\n{")
    return Code(f"{opening}{written_lines([*required, *optional], 0, '()')}: mixed {{")


def _optional(param: Input) -> Code:
    return Code(f"{variable(param.name)} = {flat(param.default)}")


def docblock(
    value: Any, rows: Sequence[tuple[Any, Any]], inputs: Sequence[Input], returns: str = ""
) -> Code:
    """The comment above a function: the text, then each parameter with its type and its description."""
    texts = {str(name): text for name, text in rows}
    lines = wrapped_lines(value, WIDTH - 7) or [""]
    tags: list[str] = []
    for param in sorted(inputs, key=lambda param: not param.required):  # as in the head
        tag = f"@param {_type(param)} {variable(param.name)} {texts.get(param.name, '')}"
        first, *more = wrapped_lines(tag, WIDTH - 3 - STEP)
        tags += [first, *(" " * STEP + line for line in more)]
    tags += [f"@return {_RETURNS[returns]}"] if returns in _RETURNS else []
    if len(lines) == 1 and not tags:
        return Code(f"/** {lines[0]} */")
    lines += ["", *tags] if tags else []
    return Code("/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */")


def doc_lines(value: Any) -> Code:
    """Lines of a comment that has begun: ` * text`."""
    return line_comment(wrapped_lines(value, WIDTH - 3), " *", 0)


def _type(param: Input) -> str:
    if param.file:
        return "string"
    kind = "list<mixed>" if param.multiple else _TYPES.get(param.type, "string")
    is_nothing = not param.required and param.default is None and kind != "mixed"
    if param.default is False and kind != "bool":
        return f"{kind}|false"
    return f"{kind}|null" if is_nothing else kind


def form_object(form: FormSpec, indent: int = 0) -> Code:
    """`new Form('purchase.order', …)`: how a form is asked."""
    inner = indent + STEP
    items = [Code(text_literal(form.model))]
    for keyword, words in constant_parts(form):
        text = text_literal(words)
        if inner + len(f"{keyword}: {text},") > WIDTH:
            lines = word_lines(words, WIDTH - inner - STEP)
            block = "".join(f"\n{' ' * (inner + STEP)}{line}" for line in lines)
            text = f"'{block}\n{' ' * inner}'"
        items.append(Code(f"{keyword}: {text}"))
    if form.lines:
        lines_of = [
            Member(f"{text_literal(checked_name(name))} => ", form_object(each, inner + STEP))
            for name, each in form.lines.items()
        ]
        items.append(Code(f"lines: {written_lines(lines_of, inner, '[]')}"))
    return Code(f"new Form{written_lines(items, indent, '()')}")


def paged_call(step: Step, indent: int = 0) -> Code:
    """The search of a step, page after page: one page of it, how many at most, limit, offset."""
    if step.pages is None:
        raise Har2rpcError(f"{step.result} is not a search of several pages")
    inputs = [param for param in step.action.inputs if param.name not in _PAGING]
    positional, others = positional_and_named(inputs)
    values = [step.values[param.name] for param in positional]
    keywords = [named_argument(Keyword(param.name, step.values[param.name])) for param in others]
    passed = Bracketed([*values, Code("...$page"), *keywords], "(", ")")
    search = f"fn (mixed ...$page): mixed => {function_name(step.action.name)}{flat(passed)}"
    paging = [step.values["limit"], step.values.get("offset") or 0]
    return call([Code(search), step.pages, *paging], f"{variable(step.result)} = paged", indent)


def needs_exact_json(values: Iterable[Action | Flow | Any]) -> bool:
    """Whether json_encode cannot write some number or text: beyond 64 bits, infinite, half of an emoji."""
    return any(
        (isinstance(item, int) and abs(item) > PHP_INT_MAX)
        or (isinstance(item, float) and not math.isfinite(item))
        or (isinstance(item, str) and not item.isascii() and _has_half_emoji(item))
        for item in constants_in(values)
    )


def _has_half_emoji(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)
