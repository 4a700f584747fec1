"""Secrets that are arguments in code: `login("me", "x")`, `os.getenv("API_KEY", "x")`, `headers.set("X-Api-Key", "x")`.

Only texts in quotes count, and of names that stand beside a value those that tell a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from har2rpc.odoo.quoted_pieces import end_of_string
from har2rpc.odoo.secret_fields import is_secret_field
from har2rpc.odoo.secret_names import is_secret_parameter_name
from har2rpc.odoo.secret_texts import Span, is_placeholder

# The quote that opens a text, escaped once or twice where code stands in JSON; before it what Python says of the text.
_QUOTE = r"""(?:[bBrRuUfF]{1,2}(?=\\*["']))?(\\{0,3}+["'`])"""
_GAP = r"\s{0,8}+"
# A user and what follows: a text in quotes, or a name or number.
_USER = r"""(?:[\w.]{1,60}+|\\{0,3}+["'][^"'\\]{0,128}+\\{0,3}+["'])\s?,\s{0,8}+"""
# Two of a pair: `auth=('me', 'x')`, `auth: ["me", "x"]`, `HTTPBasicAuth('me', 'x')`, and `'Bearer ' + 'x'`.
_PAIR = re.compile(
    rf"""[Aa]uth["']?(?:\s{{0,4}}+[:=]\s{{0,4}}+)?[\[(]{_GAP}["'][^"']{{0,128}}+["']{_GAP},{_GAP}(["'])"""
    r"""|["'](?:[Bb]earer|[Bb]asic|[Tt]oken) ["']\s?[+.]\s?(["'])"""
)
# By the function: `setPassword("x")`, `login("me", "x")`, `execute_kw(db, uid, "x", …)`, `IDENTIFIED BY 'x'`.
_FUNCTION = re.compile(
    rf"""\b(?:(?:set|with)_?(?:[Pp]assw|[Ss]ecret|[Aa]pi_?[Kk]ey|[Tt]oken)\w{{0,20}}+\({_GAP}"""
    rf"""|(?:[Ll]ogin|[Aa]uthenticate|log_in|sign_in|NetworkCredential|getConnection)\({_GAP}{_USER}(?:{_USER})?"""
    rf"""|execute(?:_kw)?\({_GAP}{_USER}(?:\d+|[\w.]{{0,40}}[ui]d)\s?,{_GAP}"""
    rf"""|hmac\.new\({_GAP}|jwt\.(?:en|de)code\({_GAP}[^"'(),]{{1,60}}+,{_GAP}"""
    rf"""|IDENTIFIED BY\s{{1,4}}+|ConvertTo-SecureString\s{{1,4}}+(?:-String\s{{1,4}}+)?){_QUOTE}"""
)
# By the name that is the first of two: `os.environ.get('API_KEY', 'x')`, `setRequestHeader("Authorization", "x")`.
_BESIDE_A_NAME = re.compile(
    rf"""\w\({_GAP}\\{{0,3}}+["'`]([A-Za-z][\w. -]{{1,63}}+)\\{{0,3}}+["'`]{_GAP},{_GAP}(?:default\s?=\s?)?{_QUOTE}"""
)
_TYPED = re.compile(r"(?:[A-Za-z][\w-]{0,20}+ )?(?=\S*\d)[^\s]{4,}")  # a label is a word
# What each of these expressions needs: it is looked for in a tenth of the time.
_OF_PAIRS = ("uth", "earer ", "asic ", "oken ")
_OF_FUNCTIONS = (
    "assw ecret pi_ Pi piK oken ogin( uthenticate( log_in( sign_in( Credential( Connection( execute hmac. jwt."
    " IDENTIFIED ConvertTo-"
).split()
_LONGEST = 20_000  # characters of a value: behind an apostrophe may come a whole page


def argument_spans(text: str) -> Iterator[Span]:
    """The secrets among the arguments that a text of code gives; the kind of each is the name that it stands under."""
    if any(map(text.__contains__, _OF_PAIRS)):
        for match in _PAIR.finditer(text):
            kind = "password" if match[1] else "authorization"
            yield from _value(text, match.end(), match[1] or match[2], kind)
    if any(map(text.__contains__, _OF_FUNCTIONS)):
        for match in _FUNCTION.finditer(text):
            yield from _value(text, match.end(), match[1], "password")
    if "(" not in text:
        return
    for match in _BESIDE_A_NAME.finditer(text):
        if _is_telling(match[1]):
            for span in _value(text, match.end(), match[2], match[1]):
                if _TYPED.fullmatch(text, span.start, span.end):
                    yield span


def _value(text: str, start: int, quote: str, kind: str) -> Iterator[Span]:
    stop = end_of_string(text, start, quote)
    if 0 < stop - start <= _LONGEST and not is_placeholder(text[start : start + 80]):
        yield Span(start, stop, kind)


def _is_telling(name: str) -> bool:
    return (
        name.lower() in ("authorization", "cookie")
        or is_secret_field("?", name)
        or is_secret_parameter_name(name)
    )
