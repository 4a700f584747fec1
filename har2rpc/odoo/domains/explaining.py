"""Explains a domain: its meaning in words, its mistakes, its Python and JSON, and what its operators match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from har2rpc.model import Json, Value
from har2rpc.odoo import english
from har2rpc.odoo.domains.checking import check
from har2rpc.odoo.domains.finding import Mistake
from har2rpc.odoo.domains.phrases import in_words, value_text
from har2rpc.odoo.domains.texts import read
from har2rpc.odoo.domains.tree import is_leaf, parse
from har2rpc.odoo.versions import KNOWN, Version


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of a domain without knowledge of its model."""

    domain: Value
    version: Version
    words: str
    """What it searches; empty for all records, and if it is not a domain."""
    mistakes: tuple[Mistake, ...]
    operators: Mapping[str, bool]
    """Those of its terms, each once, and whether one of them looks for a text."""
    accepted_by: tuple[Version, ...]
    """The versions, of all that are known, that take it."""

    @property
    def accepted(self) -> bool:
        """Whether the version that was asked for takes it."""
        return not any(mistake.refused for mistake in self.mistakes)

    @property
    def instead(self) -> Json:
        """The domain that was probably meant; None if that is unclear."""
        return next(
            (mistake.instead for mistake in self.mistakes if mistake.instead is not None), None
        )


def explain(text: str, version: Version) -> Explanation:
    """A domain written as JSON or Python. Raises Har2rpcError for a text that is neither."""
    domain, mistakes = read(text)
    mistakes += check(domain, version)
    try:
        parse(domain)
        words = in_words(domain, plain_label, value_text)
    except ValueError:
        words = ""
    return Explanation(
        domain=domain,
        version=version,
        words=words,
        mistakes=tuple(mistakes),
        operators=_operators(domain),
        accepted_by=tuple(
            known for known in KNOWN if not any(mistake.refused for mistake in check(domain, known))
        ),
    )


def plain_label(field: str) -> str:
    """A field in words, with nothing but its name to go by: `language code` for language.code."""
    return english.field_noun(field).replace("_", " ")


def _operators(domain: Value) -> dict[str, bool]:
    operators: dict[str, bool] = {}
    todo = [domain]
    while todo:
        terms = todo.pop()
        for _, operator, value in filter(
            is_leaf, terms if isinstance(terms, (list, tuple)) else ()
        ):
            operators[operator] = operators.get(operator, False) or isinstance(value, str)
            if operator in ("any", "not any"):
                todo.append(value)
    return operators
