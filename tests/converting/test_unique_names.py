"""Names are given out once."""

from __future__ import annotations

from har2rpc.converting.draft import UniqueNames


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    names = UniqueNames({"only", "partner_2"})
    assert ["partner", "partner_3", "partner_4"] == [names.of("partner") for _ in range(3)]
    assert ["only_2", "only_2_2"] == [names.of("only"), names.of("only_2")]
