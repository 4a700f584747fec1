"""What a person probably meant by a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], most: int = 3) -> str:
    """`did you mean sale.order?`, `did you mean phone or mobile?`; "" where nothing is near."""
    from difflib import get_close_matches

    by_folded: dict[str, str] = {}
    for each in known:
        by_folded.setdefault(each.casefold(), each)
    near = [by_folded[each] for each in get_close_matches(name.casefold(), by_folded, n=most)]
    if not near:
        return ""
    first = f"{', '.join(near[:-1])} or " if near[1:] else ""
    return f"did you mean {first}{near[-1]}?"
