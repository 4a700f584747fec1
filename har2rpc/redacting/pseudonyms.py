"""`--pseudonyms`: replaces people's names, addresses and numbers, consistently in arguments, domains and answers."""

from __future__ import annotations

import re
from typing import Any

from har2rpc.model import Json
from har2rpc.odoo import urls
from har2rpc.odoo.secret_messages import Message
from har2rpc.redacting.body_texts import json_value
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.layout_style import Style
from har2rpc.redacting.long_texts import LongTexts
from har2rpc.redacting.personal_fields import PEOPLE, Fields, Personal, PersonalFields
from har2rpc.redacting.pseudonym_words import WordPseudonyms
from har2rpc.redacting.stored_bodies import unpack

_PARTIAL = re.compile(r"(?:not )?=?i?like", re.IGNORECASE)
_NAMING = frozenset(
    {"name_search", "web_name_search", "name_get", "name_create", "get_mention_suggestions"}
)
_SESSION_NAMES = re.compile(
    r'(\\?"(?:name|username|partner_display_name|login)\\?"\s*:\s*\\?")((?:[^"\\]|\\(?!")[^"])*+)(?=\\?")'
)
_LOGIN = re.compile(r"(\blogin=)([^&\s]+)")


class Pseudonyms:
    """Changes the bodies of entries. `key` makes the pseudonyms; `fields` is the capture's own metadata."""

    def __init__(self, key: bytes, fields: Fields) -> None:
        self._words = WordPseudonyms(key)
        self._personal = PersonalFields(fields)

    def change(self, entry: dict[str, Json], texts: LongTexts, findings: Findings) -> None:
        """Changes the request's body and the answer of an entry."""
        request, response = entry.get("request"), entry.get("response")
        posted = request.get("postData") if isinstance(request, dict) else None
        content = response.get("content") if isinstance(response, dict) else None
        posted_body, answer_body = _Body(posted, texts), _Body(content, texts)
        body, answer = json_value(posted_body.text), json_value(answer_body.text)
        url = request.get("url") if isinstance(request, dict) else ""
        message = Message.of(urls.url_parts(url if isinstance(url, str) else "").path, body)
        walk = _MessageWalk(self._words, self._personal, message, answer, findings)
        if isinstance(body, (dict, list)):
            posted_body.write(walk.request(body))
        elif posted_body.text and isinstance(posted, dict):
            posted_body.write_text(
                _LOGIN.sub(lambda m: m[1] + self._words.email_or_name(m[2]), posted_body.text)
            )
        if isinstance(answer, (dict, list)):
            answer_body.write(walk.answer(answer))
        elif "session_info" in answer_body.text:
            answer_body.write_text(self._session_info(answer_body.text))

    def _session_info(self, html: str) -> str:
        start = html.index("session_info")
        new_text = _SESSION_NAMES.sub(
            lambda pair: pair[1] + self._words.email_or_name(pair[2]), html[start : start + 200_000]
        )
        return html[:start] + new_text + html[start + 200_000 :]


class _Body:
    """The text of a `postData` or `content`, wherever it is stored."""

    def __init__(self, holder: Json, texts: LongTexts) -> None:
        self._holder: dict[str, Json] = holder if isinstance(holder, dict) else {}
        self._texts = texts
        stored = self._holder.get("text")
        self._number = texts.number(stored)
        text = texts.current(self._number) if self._number is not None else stored
        self._packed = None
        if str(self._holder.get("encoding")).lower() == "base64" and isinstance(text, str):
            self._packed = unpack(text, str(self._holder.get("mimeType") or "").lower())
            text = self._packed.text
        self.text: str = text if isinstance(text, str) else ""

    def write(self, value: Json) -> None:
        """Writes JSON in the style of what was there."""
        self.write_text(Style.of(self.text).text(value))

    def write_text(self, text: str) -> None:
        """Writes a text as it was stored."""
        if text == self.text:
            return
        stored = self._packed.pack(text) if self._packed else text
        if self._number is not None:
            self._texts.replace(self._number, stored)
        else:
            self._holder["text"] = stored


class _MessageWalk:
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
            result, model = answer["result"], self._message.model
            if self._message.method in _NAMING and model in PEOPLE and isinstance(result, list):
                pairs = [result] if result and isinstance(result[0], int) else result
                new_pairs = [self._link(pair) for pair in pairs]
                return {**answer, "result": new_pairs[0] if pairs is not result else new_pairs}
            return {**answer, "result": self._value(result, model, "")}
        return self._value(answer, self._message.model, "")

    def _param(self, key: str, value: Json) -> Json:
        model, method = self._message.model, self._message.method
        if key == "args" and isinstance(value, list):
            if value and method in _NAMING and isinstance(value[0], str) and model in PEOPLE:
                return [self._typed(value[0], "name", "ilike"), *self._value(value[1:], model, "")]
            if not model and len(value) > 1 and isinstance(value[1], str):  # common.login
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
            return [self._value(item, model, key) for item in value]
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
        if kind == "email":
            return self._words.email_or_name(text)
        return self._words.number(text) if kind == "number" else self._words.text(text)

    @staticmethod
    def _is_leaf(value: list[Json]) -> bool:
        return (
            len(value) == 3
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
