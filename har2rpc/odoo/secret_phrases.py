"""Finds secrets that people wrote for people: "Password: x", "password is x", HTML tables, XML elements.

In sentences and tables, only a value that looks like a password counts: an ordinary word cannot be distinguished from the
rest of the text. In an element named after a secret, any value counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from har2rpc.odoo.secret_names import is_secret_name, is_secret_parameter_name
from har2rpc.odoo.secret_texts import Span, is_placeholder

_TAG = r"<[^<>]{0,300}+>"
_GAP = rf"(?:\s|&nbsp;|{_TAG}){{0,12}}+"
# A label of up to three words, what joins it to its value, and that.
_QUOTES = "\"'`<>()\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"
_OF_WHAT = r"(?:\s(?:for|of|f\u00fcr|von|pour|de|du|para|di|van|voor)\s[\w.@-]{1,40}+(?:\s[\w.@-]{1,40}+){0,3}?)?"
_WHOSE = re.compile(r"\s(?:for|of|f\u00fcr|von|pour|du|para|di|van|voor)\s")
_MARKS = r"[*_`]{0,3}+"
_SENTENCE = re.compile(
    rf"(?<![\w?&#-])([^\W\d_][\w-]{{1,40}}+(?:[ \u00a0][^\W\d_][\w-]{{1,40}}+){{0,2}}){_OF_WHAT}"
    rf"(?:\s?\([^()<>\n]{{1,40}}\))?{_MARKS}"
    rf"(?:{_GAP}([:=]|[-=]>|[\u2192\u2013\u2014|]|-(?=\s)){_MARKS}{_GAP}"
    rf"|\s+(?:is|was|ist|lautet|war|est|es|sera|\u00e9|\u00e8)(?:\s(?:now|jetzt|nun))?\s?:?{_GAP}|\s(?=[\"'`\u201c\u201e\u00ab]))"
    rf"(?:[\w.@+-]{{1,60}}\s/\s?)?(?:```\w{{0,20}}\n|[{_QUOTES}])?([^\s{_QUOTES}]{{4,128}}+)"
)
_VERB = re.compile(
    r"\s(?:is|was|ist|lautet|war|est|es|sera|\u00e9|\u00e8)(?:\s(?:now|jetzt|nun))?\Z"
)
# A line that is a label, and its value in the next line or column.
_LINES = re.compile(
    rf"(?:^|\n)[ \t]*+([^\W\d_][\w -]{{1,60}}?)[ ]?(?:\t|\n)[ \t]*+([^\s{_QUOTES}]{{4,128}}+)[ \t]*+(?=\n|\Z)"
)
# The same of a whole element and the one behind it: <td>Password</td><td>x</td>.
_ELEMENTS = re.compile(
    rf">\s*+([^<>:=]{{2,60}}?)\s*+(?:{_TAG}\s*+){{1,8}}+([^\s<>]{{4,128}}+)\s*+(?:<|\Z)"
)
_XML = re.compile(
    r"(?:<|&lt;)(?:[\w.]{1,40}+:)?([A-Za-z_][\w.-]{1,60}+)(\s[^<>&]{0,300}+)?(?:>|&gt;)"
    r"(?:<!\[CDATA\[)?((?:[^<>&]|&(?!lt;)){1,2000}+)>?(?:<|&lt;)/"
)
# Elements that say what they are in an attribute: <field name="password">x</field>.
_NAMED_ELEMENTS = frozenset(
    "field param parameter property setting entry string value item textarea option".split()
)
_NAME = re.compile(r"\b(?:name|key)\s?=\s?[\"']([\w.-]{1,60}+)[\"']")
_ROW = re.compile(r"<tr\b[^<>]{0,300}+>", re.IGNORECASE)
_CELL = re.compile(r"<(t[dh])\b[^<>]{0,300}+>", re.IGNORECASE)
_CELL_TEXT = re.compile(rf"(?:\s|&nbsp;|{_TAG}){{0,20}}+([^<>]{{0,300}}+)")
# The line below the headings of a table in Markdown, and what stands between its bars.
_DASHES = re.compile(r"\n[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++[ \t:-]*+(?=\n)")
_LINE = re.compile(r"(?<=\n)[^\n]++")
_BETWEEN_BARS = re.compile(r"[^|\n]++")
# Dates, times, ranges, addresses.
_NO_VALUE = re.compile(r"\d+(?:[-./:]\d+)+\S*|\S*://\S*|\S*@[\w-]+\.\w+")
_CODE = re.compile(r"[A-Za-z_]\w*(?:(?:\.\w+|\[\w*\]?)+|\w*)")
_LOOKS_TYPED = re.compile(r"(?=\S*\d)|(?=\S*[!#$%^&*+=~?@])|(?=\S*[a-z][A-Z])")
# A tag that says in one attribute what stands in another: <input name="token" value="x"/>, <add key="ApiKey" value="x"/>.
_TAGS = re.compile(r"<[a-zA-Z][^<>]{1,2000}+>")
_TAG_NAME = re.compile(r"\s(?:name|key|id)\s?=\s?[\"']?([\w.-]{1,60}+)")
_IS_PASSWORD = re.compile(r"\stype\s?=\s?[\"']?password\b", re.IGNORECASE)
_TAG_VALUE = re.compile(
    r"\s(?:value|content)\s?=\s?(?:[\"']([^\"'<>]{1,1000}+)[\"']|([^\s\"'<>]{1,1000}+))",
    re.IGNORECASE,
)
_PUNCTUATION = ".,;:!?…"


def phrase_spans(text: str) -> Iterator[Span]:
    """The secrets of such a text; the kind of each is the name that it stands under."""
    yield from _in_sentences(text)
    if "-|" in text or "- |" in text:
        yield from _in_markdown(text)
    if "<" in text or "&lt;" in text:
        yield from _in_xml(text)
        if ">" in text:
            yield from _in_attributes(text)
            yield from _in_elements(text)
            yield from _in_tables(text)


def _in_sentences(text: str) -> Iterator[Span]:
    at = 0
    while match := _SENTENCE.search(text, at):
        label = _VERB.sub("", match[1])
        if not is_telling_label(label):  # it may begin with a later word: "Votre mot de passe est"
            first, *others = match[1].split(maxsplit=1)
            at = match.start(1) + len(first) if others else match.end(1)
            continue
        at = match.end()
        is_code = match[2] == "=" and _CODE.fullmatch(match[3]) and not match[3][-1:].isdigit()
        if not is_code:
            yield from _value(match.start(3), match[3], label)
    for match in _LINES.finditer(text):
        if is_telling_label(match[1]):
            yield from _value(match.start(2), match[2], match[1])


def _in_elements(text: str) -> Iterator[Span]:
    at = 0
    while match := _ELEMENTS.search(text, at):
        if is_telling_label(match[1]):
            yield from _value(match.start(2), match[2], match[1])
        at = match.start(2) - 1  # a value may be the label of the next


def _in_attributes(text: str) -> Iterator[Span]:
    for tag in _TAGS.finditer(text):
        value = _TAG_VALUE.search(tag[0])
        if not value or is_placeholder(value[value.lastindex or 1]):
            continue
        name = _TAG_NAME.search(tag[0])
        if (name and is_secret_parameter_name(name[1])) or _IS_PASSWORD.search(tag[0]):
            start, end = value.span(value.lastindex or 1)
            yield Span(tag.start() + start, tag.start() + end, name[1] if name else "password")


def _in_xml(text: str) -> Iterator[Span]:
    for match in _XML.finditer(text):
        name, value = match[1], match[3].strip().removesuffix("]]")
        if name.lower() in _NAMED_ELEMENTS and (attribute := _NAME.search(match[2] or "")):
            name = attribute[1]
        if value and is_secret_name(name) and not is_placeholder(value):
            start = text.index(value, match.start(3))
            yield Span(start, start + len(value), name)


def _in_tables(text: str) -> Iterator[Span]:
    """Below the headings of a table: any text if they are headings (`th`), else what looks like a password."""
    secret: dict[int, str] = {}
    width, are_headings = 0, False
    rows = [match.end() for match in _ROW.finditer(text)]
    for start, end in pairwise([*rows, len(text)]):
        cells = [*_CELL.finditer(text, start, end)]
        texts = [_CELL_TEXT.match(text, cell.end(), end) for cell in cells]
        if len(cells) == width:
            for n, name in secret.items():
                cell = texts[n]
                if (
                    cell
                    and are_headings
                    and cell[1].strip()
                    and not is_placeholder(cell[1].strip())
                ):
                    value = cell[1].strip()
                    at = text.index(value, cell.start(1))
                    yield Span(at, at + len(value), name)
                elif cell:
                    yield from _value(cell.start(1), cell[1].rstrip(), name)
        if len(cells) != width or all(cell[1].lower() == "th" for cell in cells):
            width, are_headings = len(cells), all(cell[1].lower() == "th" for cell in cells)
            labels = [cell[1].strip(" *:\n") if cell else "" for cell in texts]
            secret = {n: label for n, label in enumerate(labels) if is_telling_label(label)}


def _in_markdown(text: str) -> Iterator[Span]:
    marks = [*_DASHES.finditer(text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    for dashes, last in zip(marks, ends, strict=True):
        first = text.rfind("\n", 0, dashes.start()) + 1
        headings = [*_BETWEEN_BARS.finditer(text, first, dashes.start())]
        secret = [n for n, one in enumerate(headings) if is_telling_label(one[0].strip(" *_`"))]
        for row in _LINE.finditer(text, dashes.end(), last) if secret else ():
            cells = [*_BETWEEN_BARS.finditer(text, *row.span())]
            if len(cells) < 2:
                break
            for n in secret:
                value = cells[n][0].strip(" `") if n < len(cells) else ""
                if value and not is_placeholder(value):
                    at = text.index(value, cells[n].start())
                    yield Span(at, at + len(value), headings[n][0].strip())


def _value(start: int, value: str, name: str) -> Iterator[Span]:
    value = value.rstrip(_PUNCTUATION)
    if (
        len(value) >= 4
        and not any(char.isspace() for char in value)
        and _LOOKS_TYPED.match(value)
        and not _NO_VALUE.fullmatch(value)
        and not is_placeholder(value)
    ):
        yield Span(start, start + len(value), name)


def is_telling_label(label: str) -> bool:
    """Whether a label names a secret with its last word: "New password", "API key", and not "Password reset"."""
    if (whose := _WHOSE.search(label)) and is_telling_label(label[: whose.start()]):
        return True
    words = label.replace("-", " ").split()
    if not words or len(words) > 4 or not is_secret_name(label):
        return False
    return len(words) == 1 or is_secret_name(words[-1]) or not is_secret_name(" ".join(words[:-1]))
