"""Other names for an action whose name is taken: they say how it differs from the first; numbers are the last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator

from har2rpc.converting.draft import OF_MENU, Draft
from har2rpc.model import Value
from har2rpc.odoo import call_args, english, methods

_MOST = 3  # words
# Fields that a view shows without anybody looking for them.
_DECORATION = re.compile(
    r"(?:activity|message|image|avatar|my_activity|website_message|is|has|can|show|hide|display|use)_|.*(?:_uid|_count|_color)"
    r"|id|active|color|company_id|company_currency|create_date|currency_id|display_name|fold|name|priority|sequence|write_date"
)


def is_filtered(draft: Draft) -> bool:
    """Whether it is a search with a filter of its menu."""
    return any(param.own_uid or param.why == OF_MENU for param in draft.inputs)


def other_names(name: str, draft: Draft, first: Draft) -> Iterator[str]:
    """Names for an action whose own is that of the `first` one."""
    if any(param.own_uid for param in draft.inputs):
        verb, _, rest = name.partition("_")
        yield f"{verb}_my_{rest}"
    filters = [english.field_noun(param.name) for param in draft.inputs if param.why == OF_MENU]
    if filters:
        yield f"{name}_by_{'_and_'.join(filters[:_MOST])}"
    fields = _fields(draft)
    if draft.method == "write" and fields:
        yield f"{name}_{'_and_'.join(_nouns(fields)[:_MOST])}"
    yield from (f"{name}_with_{noun}" for noun in _new_words(draft, first))


def _new_words(draft: Draft, first: Draft) -> Iterator[str]:
    """Words for what this action asks for, sends or shows, and the first does not."""
    known = {param.name for param in first.inputs}
    yield from _nouns([param.name for param in draft.inputs if param.name not in known])
    if draft.method in methods.SEARCHES | methods.RECORD_READS or draft.method == "create":
        before = set(_fields(first))
        new = [field for field in _fields(draft) if not _DECORATION.fullmatch(field)]
        yield from (noun for noun in _nouns(new) if noun not in _nouns([*before, "name"]))


def _nouns(fields: list[str]) -> list[str]:
    return list(dict.fromkeys(map(english.field_noun, fields)))


def _fields(draft: Draft) -> list[str]:
    """The fields that a save sends or a read asks for."""
    if draft.method in ("create", "write"):
        position = 0 if draft.method == "create" else 1
        values: Value = draft.args[position] if len(draft.args) > position else None
        return [key for key in values if isinstance(key, str)] if isinstance(values, dict) else []
    return call_args.fields_asked(draft.public_call)
