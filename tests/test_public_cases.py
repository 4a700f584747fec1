"""Situations rebuilt from what people report and ask in public, each file with what is right for it.

What stands here was written down before the files were read: calls with their arguments, or the words of a sentence.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import product, run

CASES = Path(__file__).parent / "public_cases"
EURO = 'O\'Neil & "Sons" 50% €'

# file → the calls: model, method, args, and part of kwargs
READ: dict[str, list[tuple[str, str, list[Any], dict[str, Any]]]] = {
    "F03-pasted-call-is-noise.txt": [
        ("product.product", "search_read", [[["id", "in", [1, 2]]]], {"fields": ["id", "name"]})
    ],
    "F03-pasted-call-is-noise-2.txt": [
        (
            "res.partner",
            "search_read",
            [],
            {
                "domain": [["customer_rank", ">", 0]],
                "fields": ["id", "name", "email"],
                "limit": 100,
            },
        )
    ],
    "F08-json2-and-xmlrpc-not-read.har": [
        (
            "res.partner",
            "search_read",
            [],
            {"domain": [["name", "ilike", "deco"], ["is_company", "=", True]], "fields": ["name"]},
        ),
        ("sale.order", "action_confirm", [[7]], {}),
    ],
    "F08-json2-and-xmlrpc-not-read-4.txt": [("res.partner", "search_count", [[]], {})],
    "F09-firefox-windows-doubled-quotes.txt": [
        (
            "res.partner",
            "search_read",
            [],
            {"domain": [["name", "ilike", "Neil"]], "fields": ["name", "phone"], "limit": 80},
        )
    ],
    "F10-hex-bytes-of-utf8.txt": [
        ("res.partner", "web_search_read", [], {"domain": [["name", "ilike", EURO]], "limit": 80})
    ],
    "F12-base64-that-is-none.har": [("res.partner", "web_search_read", [], {"limit": 80})],
    "F13-what-people-paste.txt": [
        ("res.partner", "web_name_search", [], {"name": "", "limit": 8}),
        ("res.partner.bank", "web_save", [], {}),
        ("account.payment", "web_save", [], {}),
        ("account.payment", "action_post", [[9]], {}),
    ],
    "F13-what-people-paste-3.txt": [
        ("res.partner", "write", [[5], {"active": False, "comment": None}], {})
    ],
    "F13-what-people-paste-4.txt": [
        (
            "res.partner",
            "search_read",
            [[["name", "ilike", "Neil"]]],
            {"fields": ["name", "phone"], "limit": 5},
        )
    ],
    "F13-what-people-paste-6.txt": [
        ("res.partner", "web_search_read", [], {"domain": [["name", "ilike", EURO]]})
    ],
    "F13-what-people-paste-8.txt": [
        ("res.partner", "web_search_read", [], {"domain": [["name", "ilike", EURO]]})
    ],
    "F21-lower-case-method.har": [("res.partner", "web_search_read", [], {"limit": 80})],
}
# What of these is known of the server: url, database, uid.
KNOWN = {
    "F03-pasted-call-is-noise-2.txt": ("https://erp.example.com", None, None),
    "F08-json2-and-xmlrpc-not-read.har": ("https://acme.odoo.com", None, None),
    "F08-json2-and-xmlrpc-not-read-4.txt": ("https://mycompany.odoo.com", "mydb", 2),
    "F13-what-people-paste-6.txt": (None, None, 7),
    "F13-what-people-paste-8.txt": ("https://erp.example.com", None, 7),
}


def rows(name: str, *options: str) -> list[dict[str, Any]]:
    return json.loads(product("list", "--json", *options, CASES / name))


@pytest.mark.parametrize("name", READ)
def test_the_calls_of_a_case_are_read_and_none_is_noise(name: str) -> None:
    listed = rows(name)
    assert rows(name, "--all") == listed
    assert [(model, method) for model, method, _, _ in READ[name]] == [
        (row["model"], row["method"]) for row in listed
    ]
    for row, (_, _, args, kwargs) in zip(listed, READ[name], strict=True):
        assert kwargs.items() <= row["kwargs"].items()
        assert not args or args == row["args"]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("target", ["python", "python-json2", "json"])
def test_a_case_becomes_code_without_a_secret(name: str, target: str) -> None:
    code = product("convert", "-t", target, CASES / name)
    assert "secretkey" not in code and "Secret!9" not in code


@pytest.mark.parametrize("name", KNOWN)
def test_who_and_where(name: str) -> None:
    known = json.loads(product("whoami", "--json", CASES / name))
    assert KNOWN[name] == (known["url"], known["db"], known["uid"])


def test_notes_keep_what_the_payloads_save() -> None:
    *_, bank, payment, post = rows("F13-what-people-paste.txt")
    assert {"acc_number": "000111222333", "partner_id": 3}.items() <= bank["args"][1].items()
    assert {"amount": 150000, "journal_id": 13}.items() <= payment["args"][1].items()
    assert "/web/dataset/call_button" == post["route"]


def test_an_answer_that_is_said_to_be_base64_is_read() -> None:
    assert "ok" == rows("F12-base64-that-is-none.har")[0]["outcome"]


def test_a_program_in_the_console_that_asks_for_ids_is_no_noise() -> None:
    calls = rows("F03-pasted-call-is-noise-4.har", "--all")
    assert {"search_read"} == {call["method"] for call in calls} and "noise" != calls[0]["kind"]


def test_the_methods_of_saas_16_2_to_16_4_are_those_of_17() -> None:
    searched, opened = rows("F14-unity-methods.har", "--all")
    assert ["unity_web_search_read", "unity_read"] == [searched["method"], opened["method"]]
    assert "read" == searched["kind"] and opened["kind"] in ("read", "noise")
    code = product("convert", "--all", CASES / "F14-unity-methods.har")
    assert '["name", "ilike", name]' in code
    assert "--write" not in code and '"search_read"' in code and '"read"' in code
    assert "unity_web" not in code.replace("unity_web_search_read ->", "")


def test_what_came_instead_of_answers() -> None:
    outcomes = [row["outcome"] for row in rows("F17-no-answer-does-not-say-why.har")]
    assert ["error"] * 4 + ["HTTP 429", "HTTP 502", "HTTP 303 (login?)", "missing"] == outcomes
    refusals = [row.get("refusal", "") for row in rows("F17-no-answer-does-not-say-why.har")[:4]]
    words = [
        "Session expired",
        "You are not allowed to access 'Journal Entry'",
        "'fields'",
        "404 Not Found",
    ]
    assert all(word in refusal for word, refusal in zip(words, refusals, strict=True))
    shown = run("list", "-v", CASES / "F17-no-answer-does-not-say-why.har").stdout
    assert all(
        word in shown for word in ("HTTP 429", "HTTP 502", "HTTP 303 (login?)", "Session expired")
    )


@pytest.mark.parametrize(
    "name, words",
    [
        ("F19-files-of-other-recorders-2", "mitmdump -nr "),
        ("F19-files-of-other-recorders-3.chls", "File > Export Session"),
        ("F19-files-of-other-recorders.saz", "HTTPArchive v1.2"),
    ],
)
def test_files_of_other_recorders_are_told_how_to_become_a_har(name: str, words: str) -> None:
    done = run("list", CASES / name)
    assert 1 == done.exit_code and words in done.stderr and 1 == done.stderr.count("\n")
    assert "HAR" in done.stderr or "hardump" in done.stderr
