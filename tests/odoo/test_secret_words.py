"""Long answers: walked where a word, a shape or an escape tells of a secret, and not for what an image happens to hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from har_builder import call, written

from har2rpc import pipeline
from har2rpc.odoo import secret_words
from har2rpc.odoo.secret_hints import HINTS, may_hold_secrets
from har2rpc.odoo.secret_values import mask_value
from har2rpc.odoo.secret_words import LONG, is_worth_walking

IMAGE = "iVBORw0KGgopassword/token/pwdAAA" * 40 + "/AAAA"
ROWS = [{"id": n, "country_code": "BE", "token_count": n, "name": "é"} for n in range(LONG // 40)]


@pytest.mark.parametrize(
    "more, model, is_worth",
    [
        ({}, "x.y", False),
        ({"name": "pass token"}, "x.y", False),
        ({"password": "x"}, "x.y", True),
        ({"contraseña": "x"}, "x.y", True),
        ({"text": '{"token": "x"}'}, "x.y", True),
        ({"text": "see https://x.y/?access_token=abc"}, "x.y", True),
        ({"text": "0123456789abcdef0123456789abcdef01234567"}, "x.y", True),
        ({"value": "x"}, "ir.config_parameter", True),
        ({"name": "x"}, "ir.config_parameter", False),
        ({"image": IMAGE}, "x.y", False),
        ({"image": IMAGE}, "res.company", False),
        ({"image": f"{IMAGE}=="}, "x.y", False),
        ({"image": f"{IMAGE}/token"}, "x.y", True),
        ({f"{IMAGE}/token": "x"}, "x.y", True),
        ({"text": f"{IMAGE}?access_token=abc"}, "x.y", True),
        ({"text": f"{IMAGE}/token=abc"}, "x.y", True),
        ({"text": f"/web/hook/{IMAGE}"}, "x.y", True),
        ({"text": f"password:{IMAGE}"}, "x.y", True),
        ({"text": f"AKIA{IMAGE}"}, "x.y", True),
        ({"text": f"{IMAGE} AKIA0123456789ABCDEF"}, "x.y", True),
    ],
)
def test_long_answers(more: dict[str, str], model: str, is_worth: bool) -> None:
    for ascii in (True, False):
        text = json.dumps([*ROWS, more], ensure_ascii=ascii)
        assert len(text) > LONG and is_worth is is_worth_walking(text, model)


@pytest.mark.parametrize("depth", range(4))
@pytest.mark.parametrize(
    "key, value",
    [
        ("password", "x1"),
        ("api_key", "0a1b2c3d4e5f6a7b"),
        ("url", "https://x.y/?session_id=0123456789abcdef"),
        ("url", "https://me:mine@x.y/"),
        ("body", "Authorization: Bearer 0123456789abcdef"),
        ("body", "curl -u me:mine https://x.y"),
        ("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
    ],
)
def test_what_is_masked_is_worth_walking_in_json_within_json(
    key: str, value: str, depth: int
) -> None:
    row: object = {key: value}
    for _ in range(depth):
        row = {"text": json.dumps(row)}
    rows = [*ROWS, row, *ROWS]
    assert rows != mask_value(rows, "x.y")
    assert is_worth_walking(json.dumps(rows), "x.y")


def test_a_hidden_letter_is_looked_at() -> None:
    text = json.dumps([*ROWS, {"p@ssword": "x"}]).replace("@", "\\u0061")
    assert is_worth_walking(text, "x.y")


def test_an_answer_without_secrets_is_gone_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": n, "display_name": "a token"} for n in range(LONG // 10)]
    answer = {"length": len(rows), "records": rows}
    entry = call("res.partner", "web_search_read", (), {"domain": []}, result=answer)
    capture = pipeline.open_capture([written(tmp_path, entry, entry)])
    looked_at: list[str] = []
    monkeypatch.setattr(
        secret_words,
        "is_worth_walking",
        lambda text, model: looked_at.append(text) or is_worth_walking(text, model),
    )
    for _ in range(3):
        assert [answer, answer] == [call.fetch() for call in capture.calls]
    assert 2 == len(looked_at)


@pytest.mark.parametrize("hint", HINTS, ids=repr)
def test_every_hint_is_found_in_a_long_text_as_in_a_short_one(hint: bytes) -> None:
    """Long ones are looked through for what differs between their quotes; some hints hold or touch a quote."""
    word = hint.decode()
    rows = json.dumps([{"id": n, "name": "x", "total": n} for n in range(LONG // 20)])
    assert len(rows) > LONG
    assert not may_hold_secrets(rows)
    for text in (f'[{{"a": "{word}"}}]', f'["{word}"]', word):
        assert may_hold_secrets(text) <= may_hold_secrets(rows + text + rows)
