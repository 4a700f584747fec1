"""What was typed as a password is asked for by its variable, and named where that is not set."""

from __future__ import annotations

from pathlib import Path

import pytest
from har_builder import call, converted, page

from targets.running import missing, run


@pytest.mark.parametrize("target", ["python", "curl", "javascript", "php"])
def test_a_secret_that_is_not_set_is_named(target: str, tmp_path: Path) -> None:
    if why := missing(target):
        pytest.skip(why)
    wizard = {"user_ids": [[0, "virtual_1", {"user_id": 6, "new_passwd": "Sesame-7"}]]}
    entry = call("change.password.wizard", "create", (wizard,), result=3)
    text = converted(tmp_path, page(), entry, options=("-t", target, "--flow"))
    assert "Sesame-7" not in text
    given = {"ODOO_URL": "http://127.0.0.1:9", "ODOO_DB": "x", "ODOO_API_KEY": "k", "ODOO_UID": "2"}
    ran = run(text, target, given, "--write")
    assert ran.status != 0 and "SECRET_NEW_PASSWD" in ran.said
    assert "Traceback" not in ran.said
