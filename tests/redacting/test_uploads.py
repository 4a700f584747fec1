"""Files that were uploaded and exported: a column whose heading names a secret goes, cell by cell, and nothing else does."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from har_builder import exchange, run, search

from har2rpc.redacting.csv_columns import redact_columns
from har2rpc.redacting.findings import Findings
from redacting.redacting import entries_of, left_in, redacted

SECRETS = ["hunter", "Sx7;x,y", 'a"b9"', "4711", "mehr\nzeilig7"]
HEADINGS = ["password", "Password", "API Key", "Neues Passwort", "Mot de passe", "Contraseña", "Clave API", "Senha", "Chave de API", "Chiave API", "Wachtwoord", "user_id/password", "User/Access Token", "partner_id/.id/password", "smtp_pass"]  # fmt: skip


def table(heading: str, separator: str = ";", end: str = "\r\n") -> str:
    rows = [["login", heading, "name"], *([f"u{n}", one, "N"] for n, one in enumerate(SECRETS))]
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    return end.join(separator.join(row) for row in quoted) + end


def uploaded(file: str, **fields: str) -> str:
    """The body of a form with a file, as browsers write it."""
    mark = "------WebKitFormBoundaryAbC"
    parts = [f'Content-Disposition: form-data; name="{k}"\r\n\r\n{v}' for k, v in fields.items()]
    named = 'Content-Disposition: form-data; name="ufile"; filename="users.csv"'
    parts.append(f"{named}\r\nContent-Type: text/csv\r\n\r\n{file}")
    return "".join(f"{mark}\r\n{part}\r\n" for part in parts) + f"{mark}--\r\n"


def posted_text(text: str) -> str:
    return entries_of(text)[1]["request"]["postData"]["text"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_column_of_an_upload_is_gone(heading: str, tmp_path: Path) -> None:
    body = uploaded(table(heading), csrf_token="Sx9-token-x", import_id="3")
    text = redacted(tmp_path, search(), exchange("/base_import/set_file", body, "{}"))
    assert [] == left_in(text, [*SECRETS, "Sx9-token-x"])
    lines = posted_text(text).split("\r\n")
    assert body.split("\r\n")[:3] == lines[:3] and "3" in lines
    assert 5 == sum(line.startswith('"u') and line.endswith(';"N"') for line in lines)
    assert 0 == run("redact", "--check", tmp_path / "out" / "c.har").exit_code


@pytest.mark.parametrize("separator", ",;\t|")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_every_layout(separator: str, end: str, tmp_path: Path) -> None:
    plain = end.join([separator.join(["﻿login", "Password"]), separator.join(["u", "Sx7-abc"]), ""])
    for file in (table("Password", separator, end), plain):
        entries = (
            exchange("/base_import/set_file", uploaded(file), "{}"),
            exchange("/my/import", file, "{}"),
            exchange("/web/export/csv", "data=x", file),
        )
        assert [] == left_in(redacted(tmp_path, search(), *entries), [*SECRETS, "Sx7-abc"])


def test_a_file_that_an_exporter_took_apart(tmp_path: Path) -> None:
    entry = exchange("/base_import/set_file", "x", "{}")
    params = [{"name": "file", "fileName": "u.csv", "value": table("Password")}]
    entry["request"]["postData"] = {"mimeType": "multipart/form-data", "params": params}
    assert [] == left_in(redacted(tmp_path, search(), entry), SECRETS)


def test_a_part_that_holds_json(tmp_path: Path) -> None:
    data = json.dumps({"model": "res.users", "domain": [["password", "=", "Sx7-abc"]]})
    body = uploaded("a,b\n1,2", data=data)
    text = redacted(tmp_path, search(), exchange("/web/export/xlsx", body, "x"))
    assert [] == left_in(text, ["Sx7-abc"]) and '"model": "res.users"' in posted_text(text)


@pytest.mark.parametrize(
    "file",
    [
        "login,name\nadmin,password\n",
        "login,token_count,password_policy\na,3,strict\n",
        "Dear all, the password, as promised\nhunter, for you\n",
        "password",
        "{'password', 'x'}\na,b\n",
        "\n\n",
        ",,,\n,,\n",
    ],
)
def test_what_names_no_secret_stays(file: str) -> None:
    findings = Findings(b"x")
    kept = redact_columns(file, findings, "p")
    assert file == kept and not findings.removed()


def test_two_columns_and_equal_secrets_are_equal_tags() -> None:
    findings = Findings(b"x")
    new = redact_columns("password,name,token\nabc,x,def\nabc,y,\n,z,def", findings, "p")
    rows = [line.split(",") for line in new.split("\n")]
    assert rows[1][0] == rows[2][0] != "abc" and rows[1][2] == rows[3][2] != "def"
    assert ["", "z"] == rows[3][:2] and "" == rows[2][2]


def test_a_spreadsheet_is_a_doubt(tmp_path: Path) -> None:
    import base64

    entry = search()
    packed = base64.b64encode(b"PK\x03\x04\x14\0\x06\0\x08\0").decode()
    entry["response"]["content"].update(text=packed, encoding="base64", mimeType="application/xlsx")
    redacted(tmp_path, entry)
    report: Any = json.loads(run("redact", "--json", tmp_path / "c.har").stdout)
    assert any("spreadsheet" in doubt["kind"] for doubt in report["doubts"])


@pytest.mark.parametrize("unit", ['"', '""', '",', '"",', 'a"', "\n", '"\n', ";", '"a"";'])
def test_it_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        text = "password;x\n" + unit * (count // len(unit))
        begin = time.process_time()
        redact_columns(text, Findings(b"x"), "p")
        return time.process_time() - begin

    attempts = [(seconds(60_000), seconds(120_000)) for _ in range(3)]
    assert any(second < 3 * first + 0.05 for first, second in attempts), attempts
