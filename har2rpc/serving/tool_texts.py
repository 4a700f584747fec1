"""The texts that a model reads of tools and answers: cleaned, because anybody may write captures and records, and limited.

A label may say "ignore your instructions". It remains data: one short line without invisible characters.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from har2rpc.model import Json
from har2rpc.model.visible import visible, visible_json

MOST = 20_000
"""Characters of an answer."""
_LONGEST_TEXT = 500  # characters of one value, where an answer is too long
_MOST_ITEMS = 50  # of a list inside of a record, the same
_LONGEST_ERROR = 2_000


def one_line(text: object, most: int) -> str:
    """Text as one line of so many characters; whatever is invisible is an escape."""
    line = " ".join(visible(str(text)).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def error_text(words: object, secrets: Sequence[str] = ()) -> str:
    """An error message, in Odoo's words or ours, with credentials masked."""
    text = str(words)
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    text = visible(text).strip()
    return text if len(text) <= _LONGEST_ERROR else f"{text[: _LONGEST_ERROR - 1]}…"


def answer_texts(answer: Json) -> list[str]:
    """An answer as JSON, followed by a note on what was cut; together at most `MOST` characters."""
    text = _json(answer)
    if len(text) <= MOST:
        return [text]
    cuts: set[str] = set()
    shorter = _shortened(answer, cuts, is_outer=True)
    text, room = _json(shorter), MOST - 400
    if len(text) > room and isinstance(shorter, list):
        rows = _fitting(shorter, room)
        if rows:
            cuts.add(
                f"the first {rows} of {len(shorter)} are here: ask for fewer fields, or for the others with offset"
            )
            return [_json(shorter[:rows]), _note(cuts)]
    if len(text) > room:
        cuts.add(f"the text is cut after {room} of {len(text)} characters, and is not valid JSON")
        text = text[:room]
    return [text, _note(cuts)]


def _note(cuts: set[str]) -> str:
    return f"Cut by har2rpc: {'; '.join(sorted(cuts))}."


def _fitting(rows: Sequence[Json], room: int) -> int:
    """How many of the rows, from the first, fit."""
    used = 2
    for number, row in enumerate(rows):
        used += len(_json(row)) + 2
        if used > room:
            return number
    return len(rows)


def _shortened(value: Json, cuts: set[str], *, is_outer: bool = False) -> Any:
    """The same without long texts and long lists inside of records; `cuts` is told which."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        cuts.add(f"texts end after {_LONGEST_TEXT} characters")
        return f"{value[:_LONGEST_TEXT]}… ({len(value)} characters)"
    if isinstance(value, dict):
        return {key: _shortened(item, cuts) for key, item in value.items()}
    if isinstance(value, list):
        if len(value) > _MOST_ITEMS and not is_outer:
            cuts.add(f"lists inside of records end after {_MOST_ITEMS} items")
            value = [*value[:_MOST_ITEMS], f"… ({len(value)} items)"]
        return [_shortened(item, cuts) for item in value]
    return value


def _json(value: Json) -> str:
    return visible_json(json.dumps(value, ensure_ascii=False))
