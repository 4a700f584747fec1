"""The tags that replace secrets: their form is unique, so they are recognized and never taken for secrets."""

from __future__ import annotations

import hmac
import re

from har2rpc.model import Json

TAG = re.compile(r"redacted-[0-9a-f]{10}")
"""Letters, digits and a hyphen: the same in JSON, HTML, a URL, a cookie and a shell."""

# What others put where a secret stood (ours in output, Chrome's and har-sanitizer's in files), and what is none.
_NO_SECRET = re.compile(
    r"\s*(?:\*+|\.{3}|…|\[?(?:redacted|removed|masked|filtered)\]?|false|true|null|none|undefined)?\s*",
    re.IGNORECASE,
)
# Of sessions, which stand in every request.
_MOST_KEPT = 4_096
_LONGEST_KEPT = 1_024  # characters
_DIGIT = re.compile(r"\d")


class Tagger:
    """Tags by a random salt: equal secrets have equal tags within one run, and no tag tells its secret."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._tags: dict[str, str] = {}

    def tag(self, secret: str) -> str:
        """`redacted-` and ten hexadecimal digits."""
        if (tag := self._tags.get(secret)) is None:
            tag = self._new_tag(secret)
            if len(self._tags) < _MOST_KEPT and len(secret) <= _LONGEST_KEPT:
                self._tags[secret] = tag
        return tag

    def _new_tag(self, secret: str) -> str:
        digest = hmac.digest(self._salt, secret.encode("utf-8", "surrogatepass"), "sha256")
        return f"redacted-{digest.hex()[:10]}"


def number_tag(number: int | float) -> int | float:
    """A number of as many digits, all of them 9. Short numbers have too few digits for tags that differ."""
    text = _DIGIT.sub("9", repr(number))
    return int(text) if isinstance(number, int) else float(text.partition("e")[0])


def is_redacted(value: Json) -> bool:
    """Whether there is no secret left in a value that stands where secrets do."""
    if isinstance(value, str):
        return bool(TAG.fullmatch(value) or _NO_SECRET.fullmatch(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return True
    return value in (0, 1) or not set(repr(value)) - set("9.-")
