"""Whether a long text of JSON has a secret's name among its words: what hints at secrets is mostly an image."""

from __future__ import annotations

import re
from functools import cache

from har2rpc.odoo.secret_hints import may_hold_secrets
from har2rpc.odoo.secret_texts import spans_in
from har2rpc.odoo.secret_values import mask_value

LONG = 8_192
"""Characters of a text that is looked through for its words before its values are."""
_MOST = 100_000  # words that are remembered
_WORD = re.compile(
    r"""["']([^\W\d][\w.-]{1,63}+)(?=\\*+["'])|(?<![\w-])([^\W\d][\w-]{1,63}+)(?=\s?[:=])"""
)


_API_KEY = re.compile(r'"[0-9a-f]{40}(?=\\*")')
_HIDDEN_LETTER = re.compile(r"\\u00[2-7]")  # "p\u0061ssword"
_ACCENT = re.compile(r"\\u00([c-fC-F][0-9a-fA-F])")


def is_worth_walking(text: str, model: str) -> bool:
    """Whether the values of a text of JSON may hold a secret: of most long answers none does, and that is told faster."""
    if not may_hold_secrets(text, model):
        return False
    if len(text) < LONG or _API_KEY.search(text) or _HIDDEN_LETTER.search(text):
        return True
    return bool(spans_in(text)) or has_secret_word(model, text)


def has_secret_word(model: str, text: str) -> bool:
    """Whether anything is masked under any word of a text that belongs to this model."""
    harmless = _harmless_words(model)
    if "\\u00" in text:
        text = _ACCENT.sub(lambda escape: chr(int(escape[1], 16)), text)
    words = {word for pair in _WORD.findall(text) for word in pair} - harmless
    for of_model in {model, "?"}:
        probe = dict.fromkeys(words, "probe")
        if mask_value(probe, of_model) != probe:
            return True
    if len(harmless) < _MOST:
        harmless |= words
    return False


@cache
def _harmless_words(model: str) -> set[str]:
    return set()
