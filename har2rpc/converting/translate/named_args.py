"""Gets the arguments of a recorded call by name, and replaces some of them in drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from har2rpc.converting.draft import Draft
from har2rpc.model import Json


def named_args(draft: Draft, parameters: Iterable[str]) -> dict[str, Json]:
    """The arguments by name, whether the client sent them by position or by name."""
    return {**dict(zip(parameters, draft.args, strict=False)), **draft.kwargs}


def paging(arguments: Mapping[str, Json], kwargs: dict[str, Json]) -> dict[str, Json]:
    """limit, offset and order behind the fields; what means "none of it" is left out."""
    if arguments.get("limit"):
        kwargs["limit"] = arguments["limit"]
    if arguments.get("limit") or arguments.get("offset"):
        kwargs["offset"] = arguments.get("offset") or 0
    if arguments.get("order"):
        kwargs["order"] = arguments["order"]
    return kwargs


def replaced(draft: Draft, *, notes: tuple[str, ...] = (), **changes: Json) -> Draft:
    """The draft with these parts changed, and with notes added to its own."""
    return replace(draft, notes=(*draft.notes, *notes), **changes)
