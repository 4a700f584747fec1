"""Versions as they are written, and what follows from a range of them."""

from __future__ import annotations

import pytest

from har2rpc.model import VersionRange
from har2rpc.odoo import versions


@pytest.mark.parametrize(
    "first, last, text",
    [
        (None, None, "unknown"),
        (17, None, "17 or later"),
        (None, 15, "15 or earlier"),
        (16, 18, "16 to 18"),
        (19, 19, "19"),
    ],
)
def test_a_range_is_printed_as_one(first: int | None, last: int | None, text: str) -> None:
    assert text == str(VersionRange(first, last))


@pytest.mark.parametrize(
    "first, last, always, ever",
    [
        (None, None, False, True),
        (17, None, False, True),
        (19, None, True, True),
        (20, 20, True, True),
        (16, 18, False, False),
        (None, 15, False, False),
        (8, 8, False, False),
    ],
)
def test_a_fact_holds_for_all_of_a_range_or_for_some(
    first: int | None, last: int | None, always: bool, ever: bool
) -> None:
    span = VersionRange(first, last)
    assert (always, ever) == (
        versions.always(versions.has_json_2, span),
        versions.ever(versions.has_json_2, span),
    )


@pytest.mark.parametrize(
    "first, last, oldest", [(None, None, None), (17, None, 17), (None, 15, 12), (18, 18, 18)]
)
def test_the_oldest_of_a_range(first: int | None, last: int | None, oldest: int | None) -> None:
    assert oldest == versions.oldest_of(VersionRange(first, last))


@pytest.mark.parametrize(
    "text, parts",
    [
        ("18.0", [18, 0, 0, "final", 0, ""]),
        ("17.0+e", [17, 0, 0, "final", 0, "e"]),
        ("saas~18.3", ["saas~18", 3, 0, "final", 0, ""]),
    ],
)
def test_the_parts_of_a_version_are_read_back(text: str, parts: list[object]) -> None:
    assert parts == versions.version_parts(text)
    assert text.removesuffix("+e") == versions.version_said({"server_version_info": parts})


@pytest.mark.parametrize(
    "text, version",
    [
        ("saas~18.3", (18, 3)),
        ("saas-18.3", (18, 3)),
        ("saas%7E18.3", (18, 3)),
        ("SAAS~17.4", (17, 4)),
    ],
)
def test_a_saas_version_is_read(text: str, version: tuple[int, int]) -> None:
    assert version == versions.parse_version(text)
