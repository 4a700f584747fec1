"""Functions of generated Python: how they are declared, described and called, and what their statements are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from har2rpc.model import FormSpec, Har2rpcError, Input
from har2rpc.rendering.formatting import Code, Keyword, item_lines, one_line, two_columns
from har2rpc.rendering.forms_asked import constant_parts, word_lines
from har2rpc.rendering.python.deep_values import shallow
from har2rpc.rendering.python.literals import (
    STEP,
    WIDTH,
    call_over_lines,
    fits,
    flat,
    identifier,
    laid_out,
    literal,
    side_by_side,
    text_literal,
    wrapped_lines,
)

_HEAD = re.compile(r"^(?:return |if |[A-Za-z_]\w* = )?[A-Za-z_][\w.]*$")


def call(value: Sequence[Any], head: str, indent: int = 0) -> Code:
    """`head(arguments)` as black lays it out; `value` holds the arguments, `Keyword`s last."""
    if not _HEAD.fullmatch(head):
        raise Har2rpcError(f"{head!r} is not a valid name to call")
    items = [shallow(item) for item in value]
    room = WIDTH - indent - len(head) - len("():" if head.startswith("if ") else "()")
    inner = side_by_side((("", item) for item in items), len(items), room)
    if inner is not None:
        return Code(f"{head}({inner})")
    if not items:
        name, assigns, function = head.partition(" = ")
        pad, end = " " * (indent + STEP), " " * indent
        return Code(f"{name} = (\n{pad}{function}()\n{end})" if assigns else f"{head}()")
    return Code(call_over_lines(head, items, indent))


def signature(inputs: Sequence[Input], head: str, indent: int = 0, first: str = "") -> Code:
    """`def head(required, *, optional=default):` as black lays it out; `first` stands before them (`self`)."""
    required = [identifier(param.name) for param in inputs if param.required]
    optional = [
        Keyword(param.name, shallow(param.default)) for param in inputs if not param.required
    ]
    parameters: list[Any] = [identifier(first)] if first else []
    parameters += [*required, *([Code("*"), *optional] if optional else [])]
    line = f"def {identifier(head)}({', '.join(map(flat, parameters))}):"
    if not parameters or fits(line, indent):
        return Code(line)
    return Code(f"def {head}{_argument_lines(parameters, indent)}:")


def _argument_lines(items: Sequence[Any], indent: int) -> str:
    written = [laid_out(item, indent + STEP, 0, 1) for item in items]
    return item_lines(written, indent, STEP, "()")


def assignment(value: Any, name: str, indent: int = 0) -> Code:
    """`NAME = value`."""
    target = identifier(name)
    text = literal(value, indent, len(target) + 3)
    if "\n" not in text and not fits(f"{target} = {text}", indent) and fits(text, indent + STEP):
        text = Code(f"(\n{' ' * (indent + STEP)}{text}\n{' ' * indent})")
    return Code(f"{target} = {text}")


def return_statement(value: Any, indent: int = 0) -> Code:
    """`return value`."""
    return Code(f"return {literal(value, indent, len('return '))}")


def form_constant(form: FormSpec, name: str, indent: int = 0) -> Code:
    """`NAME = Form(…)`: how a form is asked."""
    return Code(f"{identifier(name)} = {_form(form, indent)}")


def _form(form: FormSpec, indent: int) -> str:
    inner, pad = indent + STEP, " " * (indent + STEP)
    items = [text_literal(form.model)]
    for keyword, words in constant_parts(form):
        text = text_literal(words)
        if not fits(f"{keyword}={text},", inner):
            lines = word_lines(words, WIDTH - inner - STEP)
            block = "".join(f"\n{pad}{' ' * STEP}{line}" for line in lines)
            text = f'"""{block}\n{pad}"""'
        items.append(f"{keyword}={text}")
    if form.lines:
        lines = [
            f"{text_literal(each)}: {_form(line, inner + STEP)}"
            for each, line in form.lines.items()
        ]
        items.append(f"lines={item_lines(lines, inner, STEP, '{}')}")
    return f"Form{item_lines(items, indent, STEP, '()')}"


def docstring_text(value: Any) -> Code:
    """Text inside a docstring: it can neither end it nor escape from it."""
    return Code(one_line(value).replace("\\", "\\\\").replace('"""', "'''").rstrip('"'))


def docstring(value: Any, rows: Sequence[tuple[Any, Any]] = (), indent: int = 4) -> Code:
    """A whole docstring: the text, then a table of names and their descriptions."""
    lines = _docstring_lines(value, WIDTH - indent - 6) or [""]
    if lines[0].startswith('"'):
        lines[0] = f" {lines[0]}"  # as black has it
    if rows:
        table = [(identifier(name), text) for name, text in rows]
        lines += ["", *two_columns(table, WIDTH - indent, _docstring_lines)]
    elif len(lines) == 1:
        return Code(f'"""{lines[0]}"""')
    pad = " " * indent
    body = [f"{pad}{line}".rstrip() for line in lines[1:]]
    return Code("\n".join([f'"""{lines[0]}', *body, f'{pad}"""']))


def _docstring_lines(value: Any, width: int) -> list[str]:
    return wrapped_lines(docstring_text(value), width)
