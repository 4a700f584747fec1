"""A sentence without its subject: a verb and the words after it."""

from __future__ import annotations

from typing import NamedTuple

from har2rpc.odoo.sentences.past_tense import past_tense

LONGEST = 200  # characters of a sentence


class Phrase(NamedTuple):
    """`confirm` and `sale order S00023`: it can be said as done, as tried, and of the client."""

    verb: str
    """The first verb, in its base form."""
    rest: str
    """What stands behind it, further verbs of the same tense among it: see `rest_of_past`."""
    rest_of_past: str = ""
    """The same behind the past tense, where it differs: `and print invoice 7` and `and printed invoice 7`."""

    def as_done(self) -> str:
        """`Confirmed sale order S00023`."""
        words = self._past()
        return cut(words[:1].upper() + words[1:])

    def as_tried(self, refusal: str) -> str:
        """`Tried to confirm sale order S00023, and Odoo refused: There are no lines.`"""
        return f"{cut(f'Tried to {self.verb} {self.rest}'.rstrip())}, and Odoo refused{refusal}"

    def as_done_by_client(self) -> str:
        """`The client read partner Azure Interior`."""
        return cut(f"The client {self._past()}")

    def _past(self) -> str:
        return f"{past_tense(self.verb)} {self.rest_of_past or self.rest}".rstrip()


def cut(text: str) -> str:
    """A text on one line, of at most `LONGEST` characters."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
