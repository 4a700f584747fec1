"""Functions of generated JavaScript: how they are declared, described and called, and what their numbers need."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from har2rpc.model import Action, Flow, Har2rpcError, Input, Run, Step
from har2rpc.rendering.formatting import Code, Keyword, Spread
from har2rpc.rendering.javascript.literals import (
    INHERITED,
    LARGEST,
    WIDTH,
    Braced,
    Member,
    broken,
    checked,
    flat,
    function,
    lines,
    variable,
    wrapped,
)

_HEAD = re.compile(r"^(?:return |(?:const [\w$]+ = )?await )?[A-Za-z_$][\w$]*$", re.ASCII)
_PAGING = ("limit", "offset")
_OBJECTS = (dict, Braced, Spread)


def call(value: Sequence[Any], head: str, indent: int = 0) -> Code:
    """`head(arguments)`; `Keyword`s become one object behind the others."""
    if not _HEAD.fullmatch(head):
        raise Har2rpcError(f"{head!r} is no name to call")
    items = [item for item in value if not isinstance(item, Keyword)]
    named = [Member(_option(item.name), item.value) for item in value if isinstance(item, Keyword)]
    items += [Braced(named)] if named else []
    text = f"{head}({', '.join(map(flat, items))});"
    if not items or indent + len(text) <= WIDTH:
        return Code(text[:-1])
    opening = f"{head}({''.join(f'{flat(item)}, ' for item in items[:-1])}"
    last = broken(items[-1], indent) if isinstance(items[-1], _OBJECTS) else ""
    if last and indent + len(opening) < WIDTH:
        return Code(f"{opening}{last})")  # an object stays with the brackets
    return Code(head + lines(items, indent, "()"))


def signature(inputs: Sequence[Input], head: str, indent: int = 0) -> Code:
    """`head(phone = missing("phone"), { limit = 80 } = {})`: one required input comes first, all others are named."""
    first, named = _in_order(inputs)
    parameters: list[Any] = [Code(_parameter(made)) for made in first]
    if named:
        parameters.append(Braced([Code(_taken_out(made)) for made in named], " = {}"))
    name = function(head)
    text = f"{name}({', '.join(map(flat, parameters))})"
    if not parameters or indent + len("export async function  {") + len(text) <= WIDTH:
        return Code(text)
    if not first:
        return Code(f"{name}({broken(parameters[0], indent)})")
    return Code(name + lines(parameters, indent, "()"))


def docblock(value: Any, rows: Sequence[tuple[Any, Any]] = ()) -> Code:
    """The comment above a function: the text, then a table of names and what is said of each."""
    text = wrapped(value, WIDTH - 7) or [""]
    if len(text) == 1 and not rows:
        return Code(f"/** {text[0]} */")
    width = max((len(str(name)) for name, _ in rows), default=0) + 2
    text += [""] if rows else []
    for name, said in rows:
        first, *more = wrapped(said, max(40, WIDTH - 3 - width)) or [""]
        text.append(checked(name).ljust(width) + first)
        text += [" " * width + line for line in more]
    return Code("/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in text) + " */")


def paged(step: Step, indent: int = 0) -> Code:
    """The search of a step, page after page: one page of it, how many at most, limit, offset."""
    if step.pages is None:
        raise Har2rpcError(f"{step.result} is no search of several pages")
    first, named = _in_order([made for made in step.action.inputs if made.name not in _PAGING])
    given = [step.values[made.name] for made in first]
    members = [Member(_option(made.name), step.values[made.name]) for made in named]
    given.append(Braced([*members, Code("...page")]) if members else Code("page"))
    search = f"(page) => {function(step.action.name)}({', '.join(map(flat, given))})"
    paging = [step.values["limit"], step.values.get("offset") or 0]
    return call(
        [Code(search), step.pages, *paging], f"const {variable(step.result)} = await paged", indent
    )


def holds_big_numbers(steps: Iterable[Action | Flow | None]) -> bool:
    """Whether some number is none that JSON.stringify writes: beyond 2^53, -0, infinite."""
    todo: list[Any] = list(steps)
    while todo:
        item = todo.pop()
        if isinstance(item, (Action, Flow, Run, Step, Input, dict, list, tuple)):
            todo += _inside(item)
        elif (isinstance(item, int) and abs(item) > LARGEST) or (
            isinstance(item, float) and (not math.isfinite(item) or str(item) == "-0.0")
        ):
            return True
    return False


def _inside(item: Any) -> Iterable[Any]:
    if isinstance(item, Action):
        return [item.args, item.kwargs, item.context, *item.inputs, *item.runs]
    if isinstance(item, Flow):
        return [*item.inputs, *item.steps]
    if isinstance(item, Input):
        return [item.default, item.example]
    values = item.values if isinstance(item, (Run, Step)) else item
    return values.values() if hasattr(values, "values") else values


def _in_order(inputs: Sequence[Input]) -> tuple[list[Input], list[Input]]:
    """Those that are given by position (the one that is required), and those that are named."""
    required = [made for made in inputs if made.required]
    first = required if len(required) == 1 else []
    return first, [made for made in inputs if made not in first]


def _option(name: Any) -> str:
    """The name under which a function takes an input: the input's own, but for what objects inherit."""
    return f"${name}" if checked(name) in INHERITED else str(name)


def _parameter(made: Input) -> str:
    default = f'missing("{checked(made.name)}")' if made.required else flat(made.default)
    return f"{variable(made.name)} = {default}"


def _taken_out(made: Input) -> str:
    name, parameter = _option(made.name), _parameter(made)
    return parameter if parameter.startswith(f"{name} = ") else f"{name}: {parameter}"
