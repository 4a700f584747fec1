"""Ids that an earlier call of the same capture gave come back as inputs: the joining links these.

Also inputs: the records that were selected when a wizard was opened (`active_ids`), which are no part of its form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from har2rpc.converting.correlate.produced_ids import given_by, lines_given, lines_read
from har2rpc.converting.display_names import Names
from har2rpc.converting.draft import Draft, Given, Inputs
from har2rpc.converting.paths import inputs_in, put
from har2rpc.model import Capture, Input, Value
from har2rpc.odoo import call_args, english, methods
from har2rpc.odoo.schema.id_places import IdPlace, id_places

_ASSUMED = "Its answer is not in the file: that what follows is about this record is assumed."
_SELECTED = ("active_id", "active_ids")
# Whose a record is, as in every menu of the client.
_USUAL = frozenset({"default_user_id", "default_company_id", "default_team_id"})


def with_ids_back(
    drafts: Sequence[Draft], capture: Capture, names: Names, *, open_selected: bool, in_flow: bool
) -> list[Draft]:
    """The drafts with an input wherever an id stands that an earlier one gave.

    `open_selected` makes inputs of the records that a wizard was opened for, too. In a flow the lines of a record that
    it creates are read where one of them comes back.
    """
    pool = _Pool(columns=_columns(capture))
    ready: list[Draft] = []
    for place, draft in enumerate(drafts):
        draft = _Opening(draft, names, pool, open_selected).done()
        if place < len(drafts) - 1:  # nothing comes after the last one: its answer need not be read
            draft = replace(draft, gives=given_by(draft, capture))
            if draft.gives and draft.call.outcome == "missing":
                draft = replace(draft, notes=(*draft.notes, _ASSUMED))
        pool.add(draft.gives)
        pool.acted_on |= dict.fromkeys(call_args.record_ids(draft.call), draft.model)
        ready.append(draft)
        if in_flow:
            pool.add(lines_given(draft, capture, names, pool), maker=place)
    for place in sorted({maker for maker, _ in pool.used_lines}, reverse=True):
        wanted = tuple(one for maker, one in pool.used_lines if maker == place)
        ready.insert(place + 1, lines_read(ready[place], wanted))
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
    """What was given so far. The first who gave an id is the one it came from."""

    known: dict[tuple[str, int | tuple[int, ...]], tuple[Given, int | None]] = field(
        default_factory=dict
    )
    used_lines: list[tuple[int, Given]] = field(default_factory=list)
    columns: frozenset[tuple[str, str]] = frozenset()
    """Model and field, of what the pages are grouped by."""
    acted_on: dict[int, str] = field(default_factory=dict)
    """The model of the record of this id that a call was made on last."""

    def add(self, given: Iterable[Given], maker: int | None = None) -> None:
        """Takes in what an answer holds; `maker` is the place of the draft that made lines."""
        for one in given:
            self.known.setdefault((one.model, one.id), (one, maker))

    def __contains__(self, place: object) -> bool:
        return place in self.known

    def has(self, model: str, identity: Value) -> bool:
        """Whether this id (or one of these) came from an earlier call; it is used now."""
        if isinstance(identity, list):
            return any([self.has(model, one) for one in identity])
        if not isinstance(identity, (int, tuple)) or (model, identity) not in self.known:
            return False
        given, maker = self.known[model, identity]
        if maker is not None and (maker, given) not in self.used_lines:
            self.used_lines.append((maker, given))
        return True


@dataclass(slots=True)
class _Opening:
    """One draft, and its inputs so far."""

    draft: Draft
    names: Names
    pool: _Pool
    open_selected: bool
    inputs: Inputs = field(init=False)

    def done(self) -> Draft:
        """The draft with these inputs."""
        draft = self.draft
        self.inputs = Inputs(draft.model, {}, list(draft.inputs))
        parts = {"args": draft.args, "kwargs": draft.kwargs, "context": draft.context}
        try:
            places = list(
                id_places(draft.call, method=draft.method, relation=self.names.relation, **parts)
            )
        except RecursionError:  # nobody meant an id that deep
            return draft
        places += self._left_behind()
        several = self._several_selected(places)
        if several is not None:
            for key in self._keys_of(several, places):
                places = [place for place in places if place.path[:2] != ("context", key)]
                parts = put(parts, ("context", key), several)
        # What repeats a record comes after what names it.
        for place in sorted(places, key=_may_repeat):
            made = self._input(place)
            if made is not None:
                parts = put(parts, place.path, made)
        notes = (*draft.notes, *(self._stays(parts["context"]) if self.open_selected else ()))
        return replace(draft, **parts, inputs=tuple(self.inputs.found), notes=notes)

    def _stays(self, context: Mapping[str, Value]) -> Iterator[str]:
        """What is said of records that a new one is linked to by its context, and that nobody is asked for."""
        left = [
            key
            for key, value in context.items()
            if key.startswith("default_") and key.endswith(("_id", "_ids")) and key not in _USUAL
            if value and not inputs_in(value)
        ]
        if left and self.draft.method in methods.CREATES:
            n = self.draft.call.n
            yield (
                f"As recorded, in the context: {english.listed(left)}; "
                f"--input {n}:context.{left[0]}=… asks for {'it' if len(left) == 1 else 'them'}."
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
        one, several = context.get("active_id"), context.get("active_ids")
        if not isinstance(several, list) or one in several or type(one) is not int:
            return []
        model = self.pool.acted_on.get(one, "")
        return [IdPlace(("context", "active_id"), model, "id", one)] if model else []

    def _several_selected(self, places: Iterable[IdPlace]) -> Input | None:
        """One input for all records that a wizard was opened for: several, or those that an action named.

        None where one of them is known by itself.
        """
        selected = [place for place in places if place.path[:2] == ("context", "active_ids")]
        ids = [place.value for place in selected]
        model = selected[0].model if selected else ""
        if not ids or self.pool.has(model, ids):
            return None
        if not self.pool.has(model, tuple(ids)) and (len(ids) < 2 or not self.open_selected):
            return None
        return self.inputs.add(
            f"{english.record_noun(model)}_ids",
            label=f"{english.title(english.model_noun(model))} IDs",
            type="many2many",
            example=ids,
            relation=model,
            multiple=True,
            help=f"Ids of {model} records",
            why="the records selected",
        )

    def _input(self, place: IdPlace) -> Input | None:
        """What is to stand in this place; None where nothing changes."""
        known = place.value
        if isinstance(known, Input):
            came_back = self.pool.has(known.relation or place.model, known.example)
            if known.relation or not came_back:
                return None
            made = replace(known, relation=place.model)
            self.inputs.found = [made if one is known else one for one in self.inputs.found]
            return made
        is_selected = self.open_selected and place.path[1] in _SELECTED
        if self.pool.has(place.model, known) or (is_selected and place.path[0] == "context"):
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
        for made in self.inputs.found:
            if made.relation == place.model and made.example == place.value and not made.multiple:
                return made
        return None

    def _new(self, place: IdPlace) -> Input:
        is_key = place.path[0] == "context" and not place.field.startswith("default_")
        is_key |= place.field.removeprefix("default_") == "res_id"
        if place.field == "id" or is_key:  # a key says why, not who: button_validate_picking_ids
            noun, label = english.record_noun(place.model), english.title(
                english.model_noun(place.model)
            )
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
            why="an earlier call gave it, or it was selected",
        )
