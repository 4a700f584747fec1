"""What a capture says of itself that redaction needs: the names that are no secrets, the entries that tell something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from har2rpc.model import Call, Capture, Json
from har2rpc.odoo.urls import url_parts

_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}")
_WHERE = re.compile(r"(.*?)#(\d+), ", re.DOTALL)
_LISTS_OF_FIELDS = frozenset({"fields", "groupby", "aggregates", "order", "specification", "sort"})


def own_names(capture: Capture) -> set[str]:
    """Models, methods, fields, databases, logins and hosts: a secret that is also one of these stays elsewhere."""
    names: set[str] = set()
    for call in capture.calls:
        names |= {
            call.model,
            call.method,
            url_parts(call.url).netloc,
            url_parts(call.url).hostname or "",
        }
        names.update(_field_names(call))
    for model, fields in capture.fields().items():
        names |= {model, *fields}
    for facts in (capture.session.facts, capture.session.guesses):
        for key, fact in facts.items():
            if isinstance(fact.value, str):
                names.add(url_parts(fact.value).netloc if key == "url" else fact.value)
    return names - {""}


def _field_names(call: Call) -> Iterator[str]:
    """The names in a call's arguments: keys, and what stands in lists of fields and first in a domain's leaves."""
    stack: list[tuple[str, Json]] = [("", call.args), ("", call.kwargs), ("", call.context)]
    while stack:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.items())
            yield from (name for name in value if _is_name(name))
        elif isinstance(value, list):
            stack.extend((key, item) for item in value if isinstance(item, (dict, list)))
            texts = [item for item in value if isinstance(item, str)]
            if key in _LISTS_OF_FIELDS or (
                len(value) == 3 and len(texts) >= 2 and texts[0] == value[0]
            ):
                yield from filter(_is_name, texts if key in _LISTS_OF_FIELDS else texts[:1])


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _HEXADECIMAL.fullmatch(text)


def places_of_interest(capture: Capture) -> Iterator[tuple[str, int]]:
    """The entries that hold a call, or a fact of the session."""
    for call in capture.calls:
        yield call.where.file, call.where.entry
    for facts in (capture.session.facts, capture.session.guesses):
        for fact in facts.values():
            if match := _WHERE.match(fact.found_in):
                yield match[1], int(match[2])
