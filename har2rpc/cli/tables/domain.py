"""Prints the explanation of a domain."""

from __future__ import annotations

from collections.abc import Iterator

from har2rpc.cli.tables.console import clean
from har2rpc.odoo.domains.explaining import Explanation
from har2rpc.odoo.domains.finding import Mistake
from har2rpc.odoo.domains.operators import examples, means
from har2rpc.odoo.domains.texts import as_json, as_python
from har2rpc.odoo.english import listed
from har2rpc.odoo.versions import KNOWN, NEWEST, Version, is_newer_than_known, spelled

_MOST = 10  # mistakes: further ones mostly repeat the first


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Prints the lines for a domain that Odoo accepts."""
    yield clean(explanation.words) or "all records"
    yield ""
    rows = {
        f"Odoo {spelled(explanation.version)}": _acceptance(explanation),
        "JSON": as_json(explanation.domain),
        "Python": as_python(explanation.domain),
    }
    yield from _table(rows)
    operators = {
        clean(operator): _operator(operator, with_text)
        for operator, with_text in explanation.operators.items()
    }
    if operators:
        yield ""
        yield from _table(operators)


def mistake_lines(explanation: Explanation) -> Iterator[str]:
    """A sentence for each mistake, and the domain that was probably intended."""
    version = spelled(min(explanation.version, KNOWN[-1]))
    for mistake in explanation.mistakes[:_MOST]:
        odoo = f"Odoo {version} refuses it: " if mistake.refused else ""
        yield f"{_place(mistake)}{odoo}{clean(mistake.message)}"
    if len(explanation.mistakes) > _MOST:
        yield f"and {len(explanation.mistakes) - _MOST} more"
    if explanation.instead is not None:
        yield f"did you mean {as_json(explanation.instead)}"


def _table(rows: dict[str, str]) -> Iterator[str]:
    width = max(len(name) for name in rows)
    for name, text in rows.items():
        yield f"{name.ljust(width)}  {text}"


def _acceptance(explanation: Explanation) -> str:
    if is_newer_than_known(explanation.version):
        return f"not known here: checked as for {NEWEST}, which accepts it"
    others = [version for version in explanation.accepted_by if version != explanation.version]
    if not others:
        return "accepts it; no other version does"
    return f"accepts it, as {_range(others)} {'does' if len(others) == 1 else 'do'}"


def _range(versions: list[Version]) -> str:
    """`12 to 16 and 18`."""
    runs: list[list[Version]] = []
    for version in versions:
        follows = runs and KNOWN.index(version) - KNOWN.index(runs[-1][-1]) == 1
        runs[-1].append(version) if follows else runs.append([version])
    return listed(
        [f"{spelled(run[0])} to {spelled(run[-1])}" if run[1:] else spelled(run[0]) for run in runs]
    )


def _operator(operator: str, with_text: bool) -> str:
    texts = [
        f'"{value}" finds {listed(words) if words else "none"}'
        for value, words in (examples(operator) if with_text else {}).items()
    ]
    return f"{means(operator)}{': ' if texts else ''}{'; '.join(texts)}"


def _place(mistake: Mistake) -> str:
    """`item 2: `, `item 2, its item 1: `; nothing for the domain itself."""
    items = [step + 1 for position, step in enumerate(mistake.at) if position % 2 == 0]
    return ", its ".join(f"item {number}" for number in items) + (": " if items else "")
