"""A mistake in a domain: something wrong, or probably not meant."""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.model import Json


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong, or likely not meant."""

    name: str
    message: str
    """One sentence: what is there, what Odoo makes of it, what to write."""
    refused: bool
    """Whether Odoo answers with an error; else it does something, though hardly what was meant."""
    at: tuple[int, ...] = ()
    """Where in the domain: `(1, 2)` is the value of its second term."""
    instead: Json = None
    """The whole domain that was probably meant, where that is plain."""
