"""What people read in generated Python: comments and docstrings, as black leaves them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import partial
from typing import Any

from har2rpc.rendering.formatting import Code, one_line
from har2rpc.rendering.python.literals import WIDTH, identifier


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    pad = " " * indent
    text = one_line(value)
    lines = textwrap.wrap(text, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return Code(f"\n{pad}".join(f"# {line}" for line in lines) or "#")


def doc(value: Any) -> Code:
    """Text inside a docstring: it can neither end it nor escape from it."""
    return Code(one_line(value).replace("\\", "\\\\").replace('"""', "'''").rstrip('"'))


def docstring(value: Any, rows: Sequence[tuple[Any, Any]] = (), indent: int = 4) -> Code:
    """A whole docstring: the text, then a table of names and what is said of each."""
    pad = " " * indent
    # No word is broken: a break could stand between a backslash and what it escapes.
    unbroken = partial(textwrap.wrap, break_long_words=False, break_on_hyphens=False)
    lines = unbroken(doc(value), WIDTH - indent - 6) or [""]
    if lines[0].startswith('"'):
        lines[0] = f" {lines[0]}"  # as black has it
    if len(lines) == 1 and not rows:
        return Code(f'"""{lines[0]}"""')
    width = max((len(str(name)) for name, _ in rows), default=0) + 2
    for position, (name, text) in enumerate(rows):
        said = unbroken(doc(text), max(40, WIDTH - indent - width))
        first, *more = said or [""]
        lines += ["", ""][: 1 if position == 0 else 0]
        lines.append(f"{identifier(name)}".ljust(width) + first)
        lines += [" " * width + line for line in more]
    body = "\n".join(f"{pad}{line}".rstrip() if line else "" for line in lines[1:])
    return Code(f'"""{lines[0]}\n{body}\n{pad}"""' if body else f'"""{lines[0]}\n{pad}"""')
