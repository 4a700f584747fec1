"""Makes inputs of ids that an earlier answer contains and a later call uses; `link.py` then links them.

The records that were selected when a wizard was opened (`active_ids`, not part of its form) become inputs as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from har2rpc.converting.correlate.produced_ids import (
    produced_ids,
    produced_lines,
    read_lines,
)
from har2rpc.converting.draft import SELECTED, SEVERAL_SELECTED, Draft, Inputs, ProducedId
from har2rpc.model import Capture, Input, Value
from har2rpc.model.values import inputs_in, is_id, put
from har2rpc.odoo import call_args, english, methods
from har2rpc.odoo.display_names import DisplayNames
from har2rpc.odoo.schema.id_places import IdPlace, id_places

_ASSUMED = "Its answer is not in the capture. The code assumes that the following calls are about this record."
_SELECTED = ("active_id", "active_ids")
# Whose a record is, as in every menu of the client.
_USUAL = frozenset({"default_user_id", "default_company_id", "default_team_id"})


def parameterize_used_ids(
    drafts: Sequence[Draft],
    capture: Capture,
    names: DisplayNames,
    *,
    open_selected: bool,
    in_flow: bool,
) -> list[Draft]:
    """The drafts with an input wherever an id stands that the answer to an earlier one holds.

    `open_selected` makes inputs of the records that a wizard was opened for, too. In a flow the lines of a record that
    it creates are read where one of them is used later.
    """
    pool = _Pool(columns=_columns(capture))
    ready: list[Draft] = []
    for position, draft in enumerate(drafts):
        draft = _UsedIds(draft, names, pool, open_selected).parameterize()
        is_last = position == len(drafts) - 1  # nothing comes after it: its answer need not be read
        if not is_last:
            draft = replace(draft, produces=produced_ids(draft, capture))
            if draft.produces and draft.source_call.outcome == "missing":
                draft = replace(draft, notes=(*draft.notes, _ASSUMED))
        pool.add(draft.produces)
        pool.acted_on |= dict.fromkeys(call_args.record_ids(draft.public_call), draft.model)
        ready.append(draft)
        if in_flow:
            pool.add(produced_lines(draft, capture, names, pool), maker=position)
    for position in sorted({maker for maker, _ in pool.used_lines}, reverse=True):
        lines = tuple(line for maker, line in pool.used_lines if maker == position)
        ready.insert(position + 1, read_lines(ready[position], lines))
    return ready


def _columns(capture: Capture) -> frozenset[tuple[str, str]]:
    """The fields that the capture's pages are grouped by: a record that is made in a column has its value."""
    return frozenset(
        (call.model, name.partition(":")[0])
        for call in capture.calls
        if call.method in methods.GROUPINGS
        for name in call_args.grouped_by(call)
    )


def _may_repeat(place: IdPlace) -> bool:
    return place.path[0] == "context" and place.path[1] not in _SELECTED


@dataclass(slots=True)
class _Pool:
    """The ids in the answers so far. An id comes from the first answer that contains it."""

    sources: dict[tuple[str, int | tuple[int, ...]], tuple[ProducedId, int | None]] = field(
        default_factory=dict
    )
    """By model and id (or a list of them): the produced id, and of a line the position of the draft that made it."""
    used_lines: list[tuple[int, ProducedId]] = field(default_factory=list)
    """Of the lines those that a later call uses, with the position of the draft that made them: they must be read."""
    columns: frozenset[tuple[str, str]] = frozenset()
    """Model and field, of what the pages are grouped by."""
    acted_on: dict[int, str] = field(default_factory=dict)
    """The model of the record of this id that a call was made on last."""

    def add(self, produced: Iterable[ProducedId], maker: int | None = None) -> None:
        """Takes in what an answer holds; `maker` is the position of the draft that made lines."""
        for each in produced:
            self.sources.setdefault((each.model, each.id), (each, maker))

    def __contains__(self, key: object) -> bool:
        return key in self.sources

    def find(self, model: str, identity: Value) -> list[tuple[ProducedId, int | None]]:
        """Where this id came from (of a list: each of these that came from somewhere). Changes nothing."""
        ids = identity if isinstance(identity, list) else [identity]
        keys = [(model, each) for each in ids if isinstance(each, (int, tuple))]
        return [self.sources[key] for key in keys if key in self.sources]

    def use(self, model: str, identity: Value) -> bool:
        """Notes down that a later call uses this id (or these): lines among them are read. Whether there were any."""
        sources = self.find(model, identity)
        for produced, maker in sources:
            if maker is not None and (maker, produced) not in self.used_lines:
                self.used_lines.append((maker, produced))
        return bool(sources)


@dataclass(slots=True)
class _UsedIds:
    """One draft, and its inputs so far."""

    draft: Draft
    names: DisplayNames
    pool: _Pool
    open_selected: bool
    inputs: Inputs = field(init=False)

    def parameterize(self) -> Draft:
        """The draft with these inputs."""
        draft = self.draft
        self.inputs = Inputs(draft.model, {}, list(draft.inputs))
        parts = {"args": draft.args, "kwargs": draft.kwargs, "context": draft.context}
        try:
            places = list(
                id_places(
                    draft.public_call, method=draft.method, relation=self.names.relation, **parts
                )
            )
        except RecursionError:  # nobody meant an id that deep
            return draft
        places += self._left_behind()
        several = self._several_selected(places)
        if several is not None:
            for key in self._keys_of(several, places):
                places = [place for place in places if place.path[:2] != ("context", key)]
                parts = put(parts, ("context", key), several)
            if self.draft.context.get("active_id") in several.example:  # one of these
                places = [place for place in places if place.path != ("context", "active_id")]
                left = {key: value for key, value in parts["context"].items() if key != "active_id"}
                parts = {**parts, "context": left}
        # What repeats a record comes after what names it.
        for place in sorted(places, key=_may_repeat):
            param = self._input(place)
            if param is not None:
                parts = put(parts, place.path, param)
        notes = (*draft.notes, *(self._fixed_links(parts["context"]) if self.open_selected else ()))
        return replace(draft, **parts, inputs=tuple(self.inputs.collected), notes=notes)

    def _fixed_links(self, context: Mapping[str, Value]) -> Iterator[str]:
        """The note on records that a new one is linked to by its context, and that nobody is asked for."""
        left = [
            key
            for key, value in context.items()
            if key.startswith("default_") and key.endswith(("_id", "_ids")) and key not in _USUAL
            if value and not inputs_in(value)
        ]
        if left and self.draft.method in methods.CREATES:
            n = self.draft.source_call.n
            yield (
                f"As recorded, in the context: {english.listed(left)}; "
                f"--input {n}:context.{left[0]}=… makes {'it an input' if len(left) == 1 else 'them inputs'}."
            )

    def _keys_of(self, several: Input, places: Iterable[IdPlace]) -> list[str]:
        """The keys of the context that hold these very records: `button_validate_picking_ids` beside `active_ids`."""
        models = {place.path[1]: place.model for place in places if place.path[0] == "context"}
        return [
            str(key)
            for key, model in models.items()
            if self.draft.context[key] == several.example
            and (key == "active_ids" or model == several.relation)
        ]

    def _left_behind(self) -> list[IdPlace]:
        """The `active_id` that a wizard kept from the page of its button, beside `active_ids` of another model."""
        context = self.draft.context
        active, selected = context.get("active_id"), context.get("active_ids")
        if not isinstance(selected, list) or active in selected or not is_id(active):
            return []
        model = self.pool.acted_on.get(active, "")
        return [IdPlace(("context", "active_id"), model, "id", active)] if model else []

    def _several_selected(self, places: Iterable[IdPlace]) -> Input | None:
        """One input for all records that a wizard was opened for: several, or those that an action named.

        None where one of them is known by itself.
        """
        selected = [place for place in places if place.path[:2] == ("context", "active_ids")]
        ids = [place.value for place in selected]
        model = selected[0].model if selected else ""
        if not ids or self.pool.use(model, ids):
            return None
        if not self.pool.use(model, tuple(ids)) and (len(ids) < 2 or not self.open_selected):
            return None
        return self.inputs.add(
            f"{english.record_noun(model)}_ids",
            label=f"{english.title(english.model_noun(model))} IDs",
            type="many2many",
            example=ids,
            relation=model,
            multiple=True,
            help=f"Ids of {model} records",
            why=SEVERAL_SELECTED,
        )

    def _input(self, place: IdPlace) -> Input | None:
        """The input for this place; None where nothing changes."""
        value = place.value
        if isinstance(value, Input):
            is_used = self.pool.use(value.relation or place.model, value.example)
            if value.relation or not is_used:
                return None
            param = replace(value, relation=place.model)
            collected = self.inputs.collected
            self.inputs.collected = [param if each is value else each for each in collected]
            return param
        is_selected = self.open_selected and place.path[1] in _SELECTED
        if self.pool.use(place.model, value) or (is_selected and place.path[0] == "context"):
            return self._same(place) or self._new(place)
        if self.open_selected and place.path[0] == "context" and self._is_about(place):
            return self._same(place) or self._new(place)
        return None

    def _is_about(self, place: IdPlace) -> bool:
        """Whether a key of the context names a record that this call, or one before it, was about; or its column."""
        if (self.draft.model, place.field.removeprefix("default_")) in self.pool.columns:
            return place.field.startswith("default_")
        if self.draft.method == "name_create" and place.field.startswith("default_"):
            return place.model not in ("res.users", "res.company")
        return self.pool.acted_on.get(place.value) == place.model or self._same(place) is not None

    def _same(self, place: IdPlace) -> Input | None:
        """The input that stands for this record already."""
        for param in self.inputs.collected:
            is_one = param.relation == place.model and not param.multiple
            if is_one and param.example == place.value:
                return param
        return None

    def _new(self, place: IdPlace) -> Input:
        is_key = place.path[0] == "context" and not place.field.startswith("default_")
        is_key |= place.field.removeprefix("default_") == "res_id"
        if place.field == "id" or is_key:  # a key says why, not who: button_validate_picking_ids
            noun = english.record_noun(place.model)
            label = english.title(english.model_noun(place.model))
        else:
            noun = english.field_noun(place.field.removeprefix("default_"))
            label = english.label_of(noun)
        return self.inputs.add(
            f"{noun}_id",
            label=label,
            type="many2one",
            example=place.value,
            relation=place.model,
            help=self.names.id_help(place.model, "id", place.value),
            why=SELECTED,
        )
