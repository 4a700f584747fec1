"""Which values may differ by themselves: the ones named, in the form they must have, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.proving.compare import differences

DEVICE = {"id": 4, "is_current": True}


@pytest.mark.parametrize(
    ("model", "field", "recorded", "live", "changes"),
    [
        ("res.partner", "write_date", "2026-09-01 10:00:00", "2026-09-02 11:30:00", True),
        ("res.partner", "write_date", "2026-09-01 10:00:00", "yesterday", False),
        ("res.partner", "write_date", "2026-09-01 10:00:00", ["2026-09-02 11:30:00"], False),
        ("res.partner", "name", "Azure", "Azur", False),
        # Asked with an API key no device is the current one, and the order begins with another.
        ("res.users", "device_ids", [DEVICE], [{"id": 3, "is_current": False}], True),
        ("res.users", "device_ids", [DEVICE], [], True),
        ("res.users", "device_ids", [DEVICE], False, False),
        ("res.users", "group_ids", [1, 2], [2, 1], False),
        ("res.partner", "device_ids", [DEVICE], [], False),
    ],
)
def test_what_changes_by_itself_is_told_from_what_differs(
    model: str, field: str, recorded: Any, live: Any, changes: bool
) -> None:
    unequal = list(differences(model, [{field: recorded}], [{field: live}]))
    assert unequal
    assert all(bool(difference.reason) is changes for difference in unequal), unequal
    assert all(field in difference.path for difference in unequal)


def test_the_same_devices_are_no_difference() -> None:
    assert [] == list(
        differences("res.users", [{"device_ids": [DEVICE]}], [{"device_ids": [DEVICE]}])
    )
