"""Pseudonyms of single words: made with a key, so that equal words get equal pseudonyms without a table of names."""

from __future__ import annotations

import hmac
import re
import string

from har2rpc.redacting.tags import TAG

_WORD = re.compile(r"[^\W\d_]+|\d+")
_EMAIL = re.compile(r"[\w.+-]{1,64}+@(?:[\w-]{1,63}+\.)+([A-Za-z]{2,24}+)")
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ()./-]{6,20}\d(?!\w)")
_LETTERS, _DIGITS = string.ascii_lowercase, string.digits


class WordPseudonyms:
    """Replaces letters with letters and digits with digits; length, case and everything between words stay."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def text(self, text: str) -> str:
        """A name, street or number, word by word."""
        pieces, done = [], 0
        for tag in TAG.finditer(text):
            pieces += [_WORD.sub(self._word, text[done : tag.start()]), tag[0]]
            done = tag.end()
        return "".join([*pieces, _WORD.sub(self._word, text[done:])])

    def email(self, text: str) -> str:
        """E-mail addresses in a text, each but its top-level domain; what else is in it stays."""
        return _EMAIL.sub(self._address, text) if "@" in text else text

    def email_or_name(self, text: str) -> str:
        """An e-mail address, or a login that is none."""
        if "@" not in text:
            return self.text(text)
        name, sign, address = text.partition("<")  # "Brandon Freeman" <brandon@example.com>
        return (
            f"{self.text(name)}<{self.email(address)}"
            if sign and "@" not in name
            else self.email(text)
        )

    def number(self, text: str) -> str:
        """A phone, tax or bank number: its digits as one word, whatever stands between them, and its letters."""
        digits = "".join(char for char in text if "0" <= char <= "9")
        new_digits = iter(self._like(digits))
        grouped = "".join(next(new_digits) if "0" <= char <= "9" else char for char in text)
        return re.sub(r"[^\W\d_]+", self._word, grouped)

    def of_kind(self, text: str, kind: str) -> str:
        """The value of a field that holds a "name", a "number" or an "email"."""
        if kind == "email":
            return self.email_or_name(text)
        return self.number(text) if kind == "number" else self.text(text)

    def shapes(self, text: str) -> str:
        """The e-mail addresses and international phone numbers of any text; everything else stays."""
        if "@" in text:
            text = _EMAIL.sub(self._address, text)
        return _PHONE.sub(lambda phone: self.number(phone[0]), text) if "+" in text else text

    def _address(self, address: re.Match[str]) -> str:
        domain = address.start(1) - address.start()
        return self.text(address[0][:domain]) + address[1]

    def _word(self, word: re.Match[str]) -> str:
        return self._like(word[0])

    def _like(self, word: str) -> str:
        folded = word.lower()
        stream = hmac.digest(self._key, folded.encode("utf-8", "surrogatepass"), "sha256")
        while len(stream) < len(word):
            stream += hmac.digest(self._key, stream, "sha256")
        return "".join(map(_like_character, word, stream))


def _like_character(char: str, byte: int) -> str:
    if char.isdigit():
        return _DIGITS[byte % 10]
    letter = _LETTERS[byte % 26]
    return letter.upper() if char.isupper() else letter
