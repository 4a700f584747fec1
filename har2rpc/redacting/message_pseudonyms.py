"""`--pseudonyms` in one call and its answer, as JSON: by the fields of the records, and by the shapes of texts."""

from __future__ import annotations

import re
from typing import Any

from har2rpc.model import Json
from har2rpc.odoo.secret_messages import Message
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.personal_fields import PEOPLE, Personal, PersonalFields
from har2rpc.redacting.pseudonym_words import WordPseudonyms

_PARTIAL = re.compile(r"(?:not )?=?i?like", re.IGNORECASE)
_NAMING = frozenset(
    {"name_search", "web_name_search", "name_get", "name_create", "get_mention_suggestions"}
)


class MessagePseudonyms:
    """One call and its answer: what was typed into a search is found again in what was answered."""

    def __init__(
        self,
        words: WordPseudonyms,
        personal: PersonalFields,
        message: Message,
        answer: Json,
        findings: Findings,
    ) -> None:
        self._words, self._personal, self._message = words, personal, message
        self._findings = findings
        self._answer = answer

    def request(self, body: Any) -> Json:
        """The body of the request."""
        params = body.get("params") if isinstance(body, dict) else None
        if isinstance(params, dict):
            new_params = {key: self._param(key, value) for key, value in params.items()}
            return {**body, "params": new_params}
        return self._value(body, self._message.model, "")

    def answer(self, answer: Any) -> Json:
        """The body of the answer."""
        if isinstance(answer, dict) and "result" in answer:
            return {**answer, "result": self._result(answer["result"])}
        return self._result(answer)

    def _result(self, result: Json) -> Json:
        model, method = self._message.model, self._message.method
        if method in _NAMING and model in PEOPLE and isinstance(result, list):
            pairs = [result] if result and isinstance(result[0], int) else result
            new_pairs = [
                self._link(pair) if _is_link(pair) else self._value(pair, model, "")
                for pair in pairs
            ]
            return new_pairs[0] if pairs is not result else new_pairs
        args = self._message.args
        if method == "export_data" and isinstance(result, dict) and isinstance(args, list):
            names = args[1] if len(args) > 1 else []
            return {**result, "datas": self._rows(names, result.get("datas"))}
        return self._value(result, model, "")

    def _rows(self, names: Json, rows: Json) -> Json:
        """Rows of a table whose columns have these names: `parent_id/name`."""
        if not isinstance(names, list) or not isinstance(rows, list):
            return rows
        model = self._message.model
        kinds = [self._personal.kind(model, str(name).replace("/", ".")) for name in names]
        kinds += [None] * max((len(row) for row in rows if isinstance(row, list)), default=0)
        return [
            (
                [
                    (
                        self._new(cell, kind)
                        if kind and isinstance(cell, str)
                        else self._value(cell, "", "")
                    )
                    for cell, kind in zip(row, kinds, strict=False)
                ]
                if isinstance(row, list)
                else row
            )
            for row in rows
        ]

    def _arguments(self, args: list[Json]) -> list[Json]:
        """What a method is called with, by position."""
        model, method = self._message.model, self._message.method
        if args and method in _NAMING and isinstance(args[0], str) and model in PEOPLE:
            return [
                self._typed(args[0], "name", "ilike"),
                *(self._value(item, model, "") for item in args[1:]),
            ]
        if method == "load" and len(args) > 1:
            return [
                args[0],
                self._rows(args[0], args[1]),
                *(self._value(item, model, "") for item in args[2:]),
            ]
        new_args: list[Json] = self._value(args, model, "args")
        return new_args

    def _param(self, key: str, value: Json) -> Json:
        model, method = self._message.model, self._message.method
        if key == "args" and isinstance(value, list):
            called = self._message.args
            if self._message.is_of_a_service and isinstance(called, list) and len(value) > 5:
                is_kw = value[5] is called or value[5] == called
                first = [*value[:3], *value[3:5]]
                if is_kw:
                    return [
                        *first,
                        self._arguments(called),
                        *(self._value(item, model, "") for item in value[6:]),
                    ]
                return [*first, *self._arguments(value[5:])]
            if model:
                return self._arguments(value)
            if len(value) > 1 and isinstance(value[1], str):  # common.login
                return [value[0], self._words.email_or_name(value[1]), *value[2:]]
        if key == "kwargs" and isinstance(value, dict) and method in _NAMING and model in PEOPLE:
            return {
                name: (
                    self._typed(item, "name", "ilike")
                    if name in ("name", "search") and isinstance(item, str)
                    else self._value(item, model, name)
                )
                for name, item in value.items()
            }
        return self._value(value, model, key)

    def _value(self, value: Json, model: str, key: str) -> Json:
        """A value of records of this model, under this key."""
        if isinstance(value, dict):
            model = self._personal.model_of(value, model)
            return {
                name: (
                    item
                    if name in ("context", "fields", "specification", "views", "models")
                    else self._field(item, model, name)
                )
                for name, item in value.items()
            }
        if isinstance(value, list):
            if self._is_leaf(value):
                return [value[0], value[1], self._leaf_value(value, model)]
            typed = self._texts_typed(value, model)
            return [
                (
                    [*item[:2], typed[item[2]]]
                    if typed
                    and self._is_leaf(item)
                    and isinstance(item[2], str)
                    and item[2] in typed
                    else self._value(item, model, key)
                )
                for item in value
            ]
        return self._words.shapes(value) if isinstance(value, str) else value

    def _field(self, value: Json, model: str, name: str) -> Json:
        relation = self._personal.relation(model, name)
        if relation in PEOPLE and _is_link(value):
            return self._link(value)
        if relation and isinstance(value, (dict, list)):
            return self._value(value, relation, name)
        kind = self._personal.kind(model, name)
        if kind and isinstance(value, str):
            return self._new(value, kind)
        return self._value(value, model, name)

    def _link(self, pair: Json) -> Json:
        return [pair[0], self._words.text(pair[1]), *pair[2:]] if _is_link(pair) else pair

    def _new(self, text: str, kind: Personal) -> str:
        return self._words.of_kind(text, kind)

    def _texts_typed(self, domain: list[Json], model: str) -> dict[str, str]:
        """What each text becomes that a domain looks for in several fields: what was typed once stays one text."""
        leaves = [item for item in domain if self._is_leaf(item) and isinstance(item[2], str)]
        if len(leaves) < 2:
            return {}
        typed: dict[str, str] = {}
        for leaf in leaves:
            if (
                leaf[2]
                and leaf[2] not in typed
                and (new := self._leaf_value(leaf, model)) != leaf[2]
            ):
                typed[leaf[2]] = str(new)
        return typed

    @staticmethod
    def _is_leaf(value: Json) -> bool:
        return (
            isinstance(value, list)
            and len(value) == 3
            and isinstance(value[0], str)
            and isinstance(value[1], str)
            and bool(_PARTIAL.fullmatch(value[1]) or value[1] in ("=", "!=", "in", "not in"))
        )

    def _leaf_value(self, leaf: list[Json], model: str) -> Json:
        name, operator, value = leaf
        kind = self._personal.kind(model, name)
        last = name.rpartition(".")[2]
        if kind is None and self._personal.relation(model, last) in PEOPLE:
            kind = "name"  # partner_id ilike "azu"
        if kind is None:
            return self._value(value, model, name)
        if isinstance(value, list):
            return [self._new(item, kind) if isinstance(item, str) else item for item in value]
        return self._typed(value, kind, operator) if isinstance(value, str) else value

    def _typed(self, text: str, kind: Personal, operator: str) -> str:
        """What somebody typed into a search: of a part of a word, the same part of what was found."""
        if not text or not _PARTIAL.fullmatch(operator):
            return self._new(text, kind) if text else text
        core = text.strip("%")
        slices = []
        for whole in _texts_in(self._answer):
            at = whole.lower().find(core.lower())
            if at < 0:
                continue
            slices.append(_in_case_of(core, self._new(whole, kind)[at : at + len(core)]))
        if len(set(slices)) != 1:
            self._findings.doubt(
                (
                    "a typed part of a name that no result contains"
                    if not slices
                    else "a typed part of several names"
                ),
                "domain",
            )
        new_core = slices[0] if slices else self._new(core, kind)
        return text.replace(core, new_core) if core else text


def _is_link(value: Json) -> bool:
    return (
        isinstance(value, list)
        and len(value) >= 2
        and isinstance(value[0], int)
        and not isinstance(value[0], bool)
        and isinstance(value[1], str)
    )


def _in_case_of(model: str, text: str) -> str:
    """The text in the case of another of the same length: what is typed small stays small."""
    return "".join(
        char.lower() if like.islower() else char.upper() if like.isupper() else char
        for like, char in zip(model, text, strict=False)
    )


def _texts_in(value: Json) -> list[str]:
    """Every text of an answer, in its order."""
    texts: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            texts.append(item)
        elif isinstance(item, dict):
            stack.extend(reversed([*item.values()]))
        elif isinstance(item, list):
            stack.extend(reversed(item))
    return texts
