"""Reads the metadata of models and fields in a capture: labels, types, options, comodels.

Answers of `get_views` (16+), `load_views` and `fields_view_get` (up to 16) and `fields_get`, in the shapes
of Odoo 12-19 (`odoo/models.py`, `odoo/addons/base/models/ir_ui_view.py`, `addons/web/models/models.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from har2rpc.model import Call, Field, Json

DESCRIBING = frozenset({"get_views", "load_views", "fields_get", "fields_view_get", "get_view"})
"""Methods whose answers describe fields."""


def described_fields(calls: Iterable[Call]) -> dict[str, dict[str, Field]]:
    """All field metadata of a capture: `{model: {field name: Field}}`; later answers fill the gaps."""
    described: dict[str, dict[str, Field]] = {}
    answered: set[str] = set()
    for call in calls:
        if call.method not in DESCRIBING or call.outcome != "ok":
            continue
        question = repr((call.model, call.method, call.args, call.kwargs))
        if question in answered:  # every page load asks again
            continue
        answered.add(question)
        for model, fields in _models(call.model, call.method, call.fetch()):
            known = described.setdefault(model, {})
            for name, attributes in fields.items():
                if isinstance(attributes, dict) and attributes.get("type"):
                    known[name] = _merged(known.get(name), _field(name, attributes))
    return described


def described_names(model: str, method: str, answer: Json) -> Iterator[str]:
    """The models and fields that one such answer describes; of any other method none."""
    for name, fields in _models(model, method, answer) if method in DESCRIBING else ():
        yield name
        yield from fields


def _models(
    called_model: str, method: str, answer: Json
) -> Iterator[tuple[str, Mapping[str, Json]]]:
    if not isinstance(answer, dict):
        return
    if method == "fields_get":
        yield called_model, answer
        return
    if isinstance(
        answer.get("fields"), dict
    ):  # load_views: the model's; fields_view_get: the view's
        yield called_model, answer["fields"]
    for model, described in _items(answer.get("models")):  # get_views
        if isinstance(described, dict):
            inner = described.get("fields")
            # 17.2 and later put the fields under a key of their own; 16 and 17.0 do not.
            if isinstance(inner, dict) and any(
                isinstance(attributes, dict) and "type" in attributes
                for attributes in inner.values()
            ):
                yield model, inner
            else:
                yield model, described
    for view in [*_values(answer.get("fields_views")), answer]:
        yield from _view_fields(called_model, view)


def _view_fields(model: str, view: Json) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """The fields of one view of Odoo 12-15, and of the views embedded in its x2many fields."""
    if not isinstance(view, dict) or not isinstance(view.get("fields"), dict):
        return
    model = view.get("model") or view.get("base_model") or model
    yield model, view["fields"]
    for attributes in view["fields"].values():
        if isinstance(attributes, dict) and attributes.get("relation"):
            for embedded in _values(attributes.get("views")):
                yield from _view_fields(attributes["relation"], embedded)


def _field(name: str, attributes: Mapping[str, Json]) -> Field:
    options, depends = attributes.get("selection"), attributes.get("depends")
    return Field(
        name=name,
        label=_text(attributes.get("string")),
        type=_text(attributes.get("type")),
        required=attributes.get("required") is True,
        help=" ".join(_text(attributes.get("help")).split()),
        selection=tuple(
            (option[0], _text(option[1]))
            for option in (options if isinstance(options, list) else ())
            if isinstance(option, list) and len(option) == 2
        ),
        relation=_text(attributes.get("relation")),
        depends=tuple(map(_text, depends)) if isinstance(depends, (list, tuple)) else None,
    )


def _merged(known: Field | None, new: Field) -> Field:
    """A view's field may lack what `fields_get` has: nothing known is lost."""
    if known is None:
        return new
    return Field(
        name=known.name,
        label=known.label or new.label,
        type=known.type or new.type,
        required=known.required or new.required,
        help=known.help or new.help,
        selection=known.selection or new.selection,
        relation=known.relation or new.relation,
        depends=new.depends if known.depends is None else known.depends,
    )


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _items(value: Json) -> Iterable[tuple[str, Json]]:
    return value.items() if isinstance(value, dict) else ()


def _values(value: Json) -> list[Json]:
    return list(value.values()) if isinstance(value, dict) else []
