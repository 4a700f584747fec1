"""The arguments of the calls with which code asks a form, and how they differ from the client's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from har2rpc.model import Json


def form_arguments(method: Json, args: Sequence[Json]) -> dict[str, Json]:
    """The arguments by name of an onchange, or of the read before it, as execute_kw takes them."""
    names = {
        "onchange": ("ids", "values", "field_names", "fields_spec"),
        "read": ("ids", "fields"),
    }
    known = names.get(method, ()) if isinstance(method, str) else ()
    return dict(zip(known, args, strict=False))


def is_bare_specification(spec: Json) -> bool:
    """Whether a specification holds names alone, as code sends them: no contexts, no limits, `"1"` for every name up to 16."""
    if not isinstance(spec, dict):
        return False
    return all(
        inner == "1"
        or (
            isinstance(inner, dict)
            and not inner.keys() - {"fields"}
            and is_bare_specification(inner.get("fields", {}))
        )
        for inner in spec.values()
    )


def names_in(spec: Json) -> Iterator[str]:
    """All names in a specification, at any depth; up to 16 they stand behind dots (`order_line.product_id`)."""
    todo = [spec]
    while todo:
        part = todo.pop()
        for name, inner in part.items() if isinstance(part, dict) else ():
            yield from name.split(".")
            if isinstance(inner, dict):
                todo.append(inner.get("fields"))
