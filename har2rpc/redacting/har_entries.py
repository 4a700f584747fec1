"""Redacts one entry of a HAR in place, from its headers to the last URL in its call stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from haralyzer.http import Request, Response

from har2rpc.model import Json
from har2rpc.odoo import urls
from har2rpc.odoo.packed_texts import pack, packed_text
from har2rpc.odoo.secret_messages import Message
from har2rpc.redacting import places
from har2rpc.redacting.body_texts import (
    json_value,
    may_hold_secrets,
    redact_body,
    redact_words,
)
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import redact_text
from har2rpc.redacting.long_texts import LongTexts
from har2rpc.redacting.shapes import anchors
from har2rpc.redacting.stored_bodies import PackedBody, as_stored, is_picture, is_script, unpack
from har2rpc.redacting.xml_bodies import message_of

Attachment = Callable[[str], bytes]


class Parts(NamedTuple):
    """Parts of an entry: those to go through, or those that had something to change."""

    headers: bool = True
    """Headers and cookies of both sides."""
    rest: bool = True
    """URLs and everything else except bodies."""
    request_body: bool = True
    answer: bool = True


_OWN_HOLDERS = ("headers", "cookies")
_OWN = "own header"  # one of the request or response itself, which are done
_SHORT = 512  # characters
_JSON_PACKED = ("ey", "ew", "Wy", "W3", "W1")  # what "{" and "[" begin with in base64


class EntryRedactor:
    """Removes the secrets of entries that their places, names and shapes tell."""

    def __init__(self, findings: Findings, attachment: Attachment) -> None:
        self._findings, self._attachment = findings, attachment
        self._own_lists: list[Json] = []
        self.packed_text: Callable[[str], str] = lambda text: text
        """What is done with the text of a packed body before it is packed again."""
        self.packed_bytes: Callable[[bytes, str], None] = lambda data, place: None
        """What looks at a packed body that is not text."""

    def redact(self, entry: dict[str, Json], texts: LongTexts, parts: Parts) -> Parts:
        """Changes these parts of the entry, and returns those that had something to change."""
        self._own_lists = [
            message.get(holder)
            for message in messages_of(entry)
            if message is not None
            for holder in _OWN_HOLDERS
        ]
        had_headers = parts.headers and self._redact_messages(entry)
        before = self._findings.changes
        if parts.rest:
            self._redact_rest(entry, "", "entry")
        had_rest = self._findings.changes > before
        posted = _member(entry, "request", "postData")
        content = _member(entry, "response", "content")
        message = self._message(entry, posted, texts)
        return Parts(
            had_headers,
            had_rest,
            self._redact_body(posted, message, texts, "request body", parts.request_body),
            self._redact_body(content, message, texts, "answer", parts.answer),
        )

    def _redact_messages(self, entry: dict[str, Json]) -> bool:
        before = self._findings.changes
        for side, message in zip(("request", "response"), messages_of(entry), strict=True):
            if message is not None:
                self._redact_message(message, side)
        return self._findings.changes > before

    def redact_around(self, log: Json) -> None:
        """Redacts what is around the entries: pages, whose titles are URLs, the creator, comments."""
        self._redact_rest(log, "", "log")

    def _redact_message(self, message: Request | Response, side: str) -> None:
        """Headers and cookies, as haralyzer finds them."""
        for holder in _OWN_HOLDERS:
            pairs = message.get(holder)
            for pair in pairs if isinstance(pairs, list) else ():
                if isinstance(pair, dict):
                    places.redact_named(holder, pair, self._findings, side)

    def _message(self, entry: dict[str, Json], posted: Json, texts: LongTexts) -> Message:
        """What the request says of itself, for the sake of both bodies."""
        url = _member(entry, "request", "url")
        path = urls.url_parts(url).path if isinstance(url, str) else ""
        text = posted.get("text") if isinstance(posted, dict) else None
        number = texts.number(text)
        if number is not None:
            text = texts.text(number)
        if isinstance(text, str) and path.startswith("/xmlrpc"):
            return message_of(path, text)
        if not isinstance(text, str) or text[:64].lstrip()[:1] != "{":
            return Message(path)
        return Message.of(path, json_value(text))

    def _redact_body(
        self, holder: Json, message: Message, texts: LongTexts, place: str, is_walked: bool
    ) -> bool:
        """The body in a `postData` or `content`; whether it had secrets."""
        if not isinstance(holder, dict):
            return False
        took_attachment = self._take_attachment(holder)
        mime_type = str(holder.get("mimeType") or "").lower()
        had = took_attachment
        for key in ("text", "_textBase64"):
            stored = holder.get(key)
            if not isinstance(stored, str) or not stored:
                continue
            number = texts.number(stored)
            encoding = holder.get("encoding") or holder.get("encodig")
            if key == "_textBase64" or str(encoding).lower() == "base64":
                new_text = self._packed(stored, number, message, texts, mime_type, place, is_walked)
                had = had or (self._findings.is_counting and not is_picture(mime_type))
            elif not is_walked:
                continue
            elif number is not None and is_script(mime_type):
                if not anchors(strong_alone=True).stand_in(texts.literal(number)):
                    continue
                text = texts.text(number)
                new_text = redact_text(text, self._findings, place, strong_alone=True)
                new_text = None if new_text == text else new_text
            else:
                if number is not None and not may_hold_secrets(
                    texts.literal(number), message, is_answer=place == "answer"
                ):
                    continue
                text = texts.text(number) if number is not None else stored
                new_text = self._new_text(text, message, mime_type, place)
            if new_text is None:
                continue
            had = True
            if number is None:
                holder[key] = new_text
            else:
                texts.replace(number, new_text)
        return had

    def _new_text(self, text: Json, message: Message, mime_type: str, place: str) -> str | None:
        if not isinstance(text, str) or not text:
            return None
        if is_script(mime_type) and text[:1] not in ("{", "["):
            new_text = redact_text(text, self._findings, place, strong_alone=True)
            return None if new_text == text else new_text
        return redact_body(text, message, self._findings, place, is_answer=place == "answer")

    def _packed(
        self,
        stored: Json,
        number: int | None,
        message: Message,
        texts: LongTexts,
        mime_type: str,
        place: str,
        is_walked: bool,
    ) -> str | None:
        """A body in base64, redacted and packed again; None where it stays."""
        if (
            is_picture(mime_type) and stored[:2] not in _JSON_PACKED
        ):  # what base64 makes of a secret is counted in all bytes
            return None
        if number is not None:
            stored = str(texts.literal(number)[1:-1], "ascii", "replace").replace("\\/", "/")
        if not isinstance(stored, str) or not stored:
            return None
        body: PackedBody = unpack(stored, mime_type)
        if body.text is None:
            if body.reason and self._findings.is_counting:
                self._findings.doubt(f"a body that cannot be read: {body.reason}", place)
            self.packed_bytes(body.raw, place)
            return None
        text = self._new_text(body.text, message, mime_type, place) if is_walked else None
        new_text = self.packed_text(body.text if text is None else text)
        return None if new_text == body.text else body.pack(new_text)

    def _take_attachment(self, holder: dict[str, Json]) -> bool:
        """Puts a body next to the HAR (Playwright's `_file`) into it, so that the output is a single file."""
        name = holder.get("_file")
        if not isinstance(name, str) or not name:
            return False
        stored = holder.get("text")
        if isinstance(stored, str) and stored:
            del holder["_file"]
            return True
        try:
            text, is_packed = as_stored(self._attachment(name))
        except LookupError:
            if self._findings.is_counting:
                self._findings.doubt("a body beside the HAR that cannot be read", "attachment")
            return False
        del holder["_file"]
        holder["text"] = text
        if is_packed:
            holder["encoding"] = "base64"
        return True

    def _redact_rest(self, value: Json, key: str, place: str) -> Json:
        """Everything else: parameters, storage, URLs, messages of websockets, initiators. Returns the new value."""
        if isinstance(value, str):
            return self._redact_string(value, key, place)
        if isinstance(value, dict):
            if "name" in value and "value" in value and key != _OWN:
                if places.is_storage(key):
                    value["value"] = self._findings.replace_all(
                        value["value"], "storage", "storage"
                    )
                else:
                    places.redact_named(key, value, self._findings, key or place)
            for name, item in value.items():
                if key in ("postData", "content") and name in ("text", "_textBase64"):
                    continue
                if places.is_storage(name) and isinstance(item, dict):
                    value[name] = self._findings.replace_all(item, "storage", "storage")
                elif name == "value" and "name" in value:
                    continue
                elif type(item) is str:
                    value[name] = self._redact_string(item, name, key or place)
                elif isinstance(item, (dict, list)):
                    value[name] = self._redact_rest(item, name, key or place)
        elif isinstance(value, list):
            if any(value is own for own in self._own_lists):
                key = _OWN
            if (
                len(value) == 2
                and "header" in key.lower()
                and all(isinstance(v, str) for v in value)
            ):
                value[1] = places.redact_header(value[0], value[1], self._findings, place)
            for n, item in enumerate(value):
                if isinstance(item, (str, dict, list)):
                    value[n] = self._redact_rest(item, key, place)
        return value

    def _redact_string(self, text: str, key: str, place: str) -> str:
        if len(text) <= _SHORT and _is_plain(text, key):
            return text
        return self._new_string(text, key, place)

    def _new_string(self, text: str, key: str, place: str) -> str:
        if key == "data" and (file := packed_text(text)):  # a binary one
            return pack(redact_words(file, self._findings, place))
        if key == "data" and text[:1] in ("{", "["):  # of a websocket's message
            new_text = redact_body(text, Message(""), self._findings, "websocket", is_answer=True)
            return text if new_text is None else new_text
        if key in ("data", "comment"):
            return redact_words(text, self._findings, place)
        if places.is_secret_name(key):
            return self._findings.replace(text, "secret", place)
        if "\n" in text or "<" in text:
            return redact_words(text, self._findings, place)
        return redact_text(text, self._findings, place)


@lru_cache(maxsize=8192)  # names, versions and URLs are the same in hundreds of entries
def _is_plain(text: str, key: str) -> bool:
    """Whether a member of an entry holds nothing to replace, and nothing doubtful."""
    probe = Findings(b"")
    new_text = EntryRedactor(probe, no_attachment)._new_string(text, key, "")
    return new_text == text and not (probe.changes or probe.doubts())


def no_attachment(name: str) -> bytes:
    """There is no body next to the HAR."""
    raise LookupError(name)


def messages_of(entry: dict[str, Json]) -> Iterator[Request | Response | None]:
    """haralyzer's request and response of an entry; None for one that is not there."""
    request, response = entry.get("request"), entry.get("response")
    yield Request(entry=request) if isinstance(request, dict) else None
    yield Response(url="", entry=response) if isinstance(response, dict) else None


def _member(entry: dict[str, Json], side: str, name: str) -> Json:
    message = entry.get(side)
    return message.get(name) if isinstance(message, dict) else None
