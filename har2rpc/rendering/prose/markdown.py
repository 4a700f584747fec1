"""Values in Markdown (CommonMark 0.31), in which nothing captured is markup, HTML, a link or an image."""

from __future__ import annotations

import json
import re
from typing import Any

from har2rpc.model.visible import visible_json
from har2rpc.rendering.formatting import Code, one_line
from har2rpc.rendering.json_values import literals as json_literals

# "Any ASCII punctuation character may be backslash-escaped" (2.4); then nothing of it has a meaning.
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def literal(value: Any) -> Code:
    """A text as it reads, on one line; any other value as its JSON."""
    text = one_line(value) if isinstance(value, str) else json_literals.json_text(value)
    # A digit could begin a numbered list, a letter nothing.
    return Code(_PUNCTUATION.sub(r"\\\g<0>", text))


def code_span(value: Any) -> Code:
    """The same between backticks, more of them than stand side by side in it (CommonMark 6.1)."""
    text = one_line(value) if isinstance(value, str) else json_literals.json_text(value)
    fence = "`" * (_longest_run(text) + 1)
    pad = (
        " " if text[:1] in "` " or text[-1:] in "` " else ""
    )  # a reader takes one space off each end
    return Code(f"{fence}{pad}{text}{pad}{fence}" if text else "")


def code_block(value: Any) -> Code:
    """A value as JSON in a block of code, whose fence is longer than any in it (CommonMark 4.5)."""
    text = visible_json(
        json.dumps(value, ensure_ascii=False, indent=2, default=json_literals.refuse)
    )
    fence = "`" * max(3, _longest_run(text) + 1)
    return Code(f"{fence}json\n{text}\n{fence}")


def comment(value: Any) -> Code:
    """A comment that no reader of the page sees; nothing in it ends it."""
    return Code(f"<!-- {re.sub('--+|[<>]', ' ', one_line(value)).strip(' -')} -->")


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
