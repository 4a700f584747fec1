"""Explains a search domain without any capture: its meaning, whether Odoo accepts it, how to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from har2rpc.model import Json

if TYPE_CHECKING:
    from har2rpc.odoo.domains.explaining import Explanation


def odoo_version(text: str) -> tuple[int, int]:
    """`17.0` as numbers; the newest known for an empty text. Raises Har2rpcError for a text that is not a version."""
    from har2rpc.odoo import versions

    return versions.version_of(text) if text else versions.KNOWN[-1]


def explain(text: str, odoo: str = "") -> Explanation:
    """What a domain, written as JSON or Python, means to a version of Odoo (by default the newest known one).

    Raises Har2rpcError for a text that is neither, and for an invalid or unsupported version.
    """
    from har2rpc.odoo.domains import explaining

    return explaining.explain(text, odoo_version(odoo))


def as_explained(explanation: Explanation) -> dict[str, Json]:
    """The object of `domain --json`."""
    from har2rpc.odoo.domains import operators, texts
    from har2rpc.odoo.versions import spelled

    return {
        "odoo": spelled(explanation.version),
        "accepted": explanation.accepted,
        "accepted_by": [spelled(version) for version in explanation.accepted_by],
        "words": explanation.words,
        "json": explanation.domain,
        "python": texts.as_python(explanation.domain),
        "mistakes": [
            {
                "name": mistake.name,
                "said": mistake.message,
                "refused": mistake.refused,
                "at": list(mistake.at),
                "instead": mistake.instead,
            }
            for mistake in explanation.mistakes
        ],
        "operators": {
            operator: {
                "means": operators.means(operator),
                "finds": operators.examples(operator) if with_text else {},
            }
            for operator, with_text in explanation.operators.items()
        },
    }
