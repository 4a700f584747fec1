"""Finds display names for the ids of a capture, in its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from har2rpc.model import Call, Capture, Field, Json
from har2rpc.odoo import english, methods
from har2rpc.odoo.schema import relations

_NAME_KEYS = ("display_name", "complete_name", "name")
NAMING_METHODS = (
    methods.NAME_SEARCHES | methods.RECORD_READS | {"web_search_read", "search_read", "web_save"}
)
_MOST_ANSWERS = 25  # names are optional: not worth reading a gigabyte


class DisplayNames:
    """Looks names up in the answers of a capture, each answer read once and only when asked."""

    def __init__(self, capture: Capture) -> None:
        self._calls: dict[str, list[Call]] = {}
        for call in capture.calls:
            if call.method in NAMING_METHODS and call.outcome == "ok":
                self._calls.setdefault(call.model, []).append(call)
        self._known: dict[str, dict[int, str]] = {}
        self._in_answers: dict[int, list[tuple[int, str]]] = {}
        self._fields = capture.fields

    def of(self, model: str, identity: int) -> str:
        """The first line of a record's display name; "" where no answer has it."""
        if model not in self._known:
            known: dict[int, str] = {}
            for call in self._calls.get(model, [])[:_MOST_ANSWERS]:
                for row_id, name in self.in_answer(call):
                    known.setdefault(row_id, name)
            self._known[model] = known
        return first_line(self._known[model].get(identity, ""))

    def in_answer(self, call: Call) -> list[tuple[int, str]]:
        """The ids in the answer to a search or read, with their names; [] where Odoo refused it."""
        if call.n not in self._in_answers:
            answer = call.fetch(names_in) if call.outcome == "ok" else None
            self._in_answers[call.n] = named_rows(answer)
        return self._in_answers[call.n]

    def described(self, model: str, field: str) -> Field | None:
        """What the capture says about a field, through its relations: `partner_id.country_id` of an order."""
        head, _, rest = field.partition(".")
        if rest:
            comodel = self.relation(model, head)
            return self.described(comodel, rest) if comodel else None
        return self._fields().get(model, {}).get(head)

    def relation(self, model: str, field: str) -> str:
        """The comodel of a field: as the capture describes it, else by Odoo's conventions; "" if unknown."""
        if field == "id":
            return model
        head, _, rest = field.partition(".")
        described = self._fields().get(model, {}).get(head)
        comodel = described.relation if described else ""
        if described is None or (not comodel and not described.type):
            comodel = relations.usual_model(head, model)
        return self.relation(comodel, rest) if rest and comodel else "" if rest else comodel

    def id_help(self, relation: str, field: str, identity: Json, name: str = "") -> str:
        """`Id of a res.country (20 was Belgium)`."""
        name = first_line(name) or (
            self.of(relation, identity) if isinstance(identity, int) else ""
        )
        # "res.partner,7" is what Odoo calls a record without a name.
        is_named = name and name != f"{relation},{identity}"
        return f"Id of {english.with_article(relation)}" + (
            f" ({identity} was {name})" if is_named else ""
        )

    def ids_help(
        self,
        relation: str,
        ids: Json,
        labels: Mapping[tuple[str, int], str],
        field: str,
        *,
        replaces: bool = False,
    ) -> str:
        """`Ids of project.tags records (1 was Bug)`; `labels` are names that a form showed.

        `replaces`: what is linked otherwise is not linked any more.
        """
        beside = ", which replace the existing ones" if replaces else ""
        if not relation:
            return f"Ids{beside}"
        was = []
        for one in [one for one in ids if isinstance(one, int)] if isinstance(ids, list) else []:
            name = labels.get((field, one)) or labels.get((f"<{relation}>", one))
            if name := first_line(name or "") or self.of(relation, one):
                was.append(f"{one} was {name}")
        return f"Ids of {relation} records{beside}" + (
            f" ({english.listed(was, 3)})" if was else ""
        )


def is_labeled_id(value: Json) -> bool:
    """Whether it is a many2one as it was read up to Odoo 16: `[7, "X"]`."""
    is_pair = isinstance(value, list) and len(value) == 2
    return is_pair and isinstance(value[0], int) and isinstance(value[1], str)


def first_line(text: str) -> str:
    """A name on one line, at most 60 characters: addresses come with several."""
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= 60 else line[:59] + "…"


def names_in(answer: Json) -> Json:
    """The part of an answer that says what records are called: all that `named_rows` and `labels_in_rows` look at."""
    rows = _rows(answer)
    return [
        _names_in_row(row) if isinstance(row, dict) else row
        for row in rows
        if is_labeled_id(row) or isinstance(row, dict)
    ]


def _names_in_row(row: dict[str, Json]) -> dict[str, Json]:
    return {
        name: (
            {key: value[key] for key in ("id", "display_name") if key in value}
            if isinstance(value, dict)
            else value
        )
        for name, value in row.items()
        if name == "id" or name in _NAME_KEYS or is_labeled_id(value) or isinstance(value, dict)
    }


def named_rows(answer: Json) -> list[tuple[int, str]]:
    """The ids in an answer with their names: of records, and of the pairs that a name search answers."""
    named = []
    for row in _rows(answer):
        if isinstance(row, dict) and isinstance(row.get("id"), int):
            name = next((row[key] for key in _NAME_KEYS if isinstance(row.get(key), str)), "")
            if name:
                named.append((row["id"], name))
        elif is_labeled_id(row):
            named.append((row[0], row[1]))
    return named


def labels_in_rows(answer: Json) -> Iterator[tuple[str, int, str]]:
    """The field, id and name of each many2one in the records or groups of an answer."""
    for row in _rows(answer):
        for field, value in row.items() if isinstance(row, dict) else ():
            if is_labeled_id(value):
                yield field, value[0], value[1]
            elif isinstance(value, dict) and isinstance(value.get("id"), int):
                name = value.get("display_name")
                if isinstance(name, str):
                    yield field, value["id"], name


def _rows(answer: Json) -> list[Json]:
    if isinstance(answer, dict):
        answer = answer.get("records", answer.get("groups"))
    return answer if isinstance(answer, list) else []
