"""The numbers of calls, as a person writes them."""

from __future__ import annotations

import click


def call_numbers(text: str, most: int) -> list[int]:
    """`1,3-5` as numbers. Wrong ones are a wrong use: exit code 2."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or len(part) > 40:
            raise click.BadParameter(f"{text!r} is no list like 1,3-5", param_hint="-n")
        low, high = int(first), int(last or first)
        if low < 1 or high < low:
            raise click.BadParameter(f"{part.strip()!r} is no number of a call", param_hint="-n")
        found += range(low, max(low, min(high, most + 1)) + 1)
    return found
