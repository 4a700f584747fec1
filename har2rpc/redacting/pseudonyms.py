"""`--pseudonyms`: replaces people's names, addresses and numbers, consistently in arguments, domains and answers."""

from __future__ import annotations

import re
from urllib.parse import quote_plus, unquote_plus

from har2rpc.model import Json
from har2rpc.odoo import urls
from har2rpc.odoo.secret_messages import Message
from har2rpc.redacting.body_texts import json_value
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.layout_style import Style
from har2rpc.redacting.long_texts import LongTexts
from har2rpc.redacting.message_pseudonyms import MessagePseudonyms
from har2rpc.redacting.personal_fields import Fields, PersonalFields
from har2rpc.redacting.pseudonym_words import WordPseudonyms
from har2rpc.redacting.stored_bodies import unpack
from har2rpc.redacting.xml_bodies import body_of, is_xml_rpc, with_new_texts

_SESSION_NAMES = re.compile(
    r'(\\?"(?:name|username|partner_display_name|login)\\?"\s*:\s*\\?")((?:[^"\\]|\\(?!")[^"])*+)(?=\\?")'
)
_PAIR = re.compile(r"((?:^|(?<=&))([\w.-]{1,64}+)=)([^&\s]++)")
_PART = re.compile(
    r'(Content-Disposition: form-data; name="([\w.-]{1,64}+)"\r?\n\r?\n)([^\r\n]{1,2000}+)',
    re.IGNORECASE,
)


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
        path = urls.url_parts(url if isinstance(url, str) else "").path
        is_xml = is_xml_rpc(posted_body.text)
        if is_xml:
            body = body_of(path, posted_body.text, is_answer=False)
            answer = body_of(path, answer_body.text, is_answer=True)
        walk = MessagePseudonyms(
            self._words, self._personal, Message.of(path, body), answer, findings
        )
        for one, value, change in (
            (posted_body, body, walk.request),
            (answer_body, answer, walk.answer),
        ):
            if is_xml and value is not None:
                one.write_text(with_new_texts(one.text, value, change(value)))
            elif not is_xml and isinstance(value, (dict, list)):
                one.write(change(value))
        if body is None and posted_body.text and isinstance(posted, dict):
            posted_body.write_text(self._form(posted_body.text))
        self._change_frames(entry.get("_webSocketMessages"), walk)
        if isinstance(answer, (dict, list)):
            return
        if "session_info" in answer_body.text:
            answer_body.write_text(self._session_info(answer_body.text))

    def _form(self, text: str) -> str:
        """A posted form, in parts or as `name=value&…`, whose fields tell what they hold."""
        if "Content-Disposition" in text:
            return _PART.sub(lambda part: part[1] + self._of_form(part[2], part[3]), text)

        def new_pair(pair: re.Match[str]) -> str:
            value = unquote_plus(pair[3])
            new_value = self._of_form(pair[2], value)
            return pair[0] if new_value == value else f"{pair[1]}{quote_plus(new_value, safe='@')}"

        return _PAIR.sub(new_pair, text)

    def _of_form(self, name: str, value: str) -> str:
        kind = self._personal.kind("res.partner" if name == "name" else "", name)
        if kind is None or (name == "name" and " " not in value):  # of a database
            return self._words.shapes(value)
        return self._words.of_kind(value, kind)

    def _change_frames(self, frames: Json, walk: MessagePseudonyms) -> None:
        for frame in frames if isinstance(frames, list) else ():
            data = frame.get("data") if isinstance(frame, dict) else None
            value = json_value(data) if isinstance(data, str) else None
            if isinstance(value, (dict, list)) and isinstance(data, str):
                frame["data"] = Style.of(data).text(walk.answer(value))

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
