"""whoami: the keys of the contract, and variables that a shell, PowerShell and dotenv read back as they were."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from har_builder import call, har, page, product, run, search, written

KNOWN = (
    "url db uid login name server_version lang tz company_ids found_in perhaps users".split()
)  # fmt: skip


def test_whoami_json_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    known = json.loads(product("whoami", "--json", written(tmp_path, page(), search(), search())))
    assert KNOWN == list(known)
    assert ("https://odoo.example", "lab", 2, "admin") == tuple(
        known[key] for key in ("url", "db", "uid", "login")
    )
    assert ["19.0", "en_US", "Europe/Brussels", [1]] == [
        known[key] for key in ("server_version", "lang", "tz", "company_ids")
    ]
    assert [{"uid": 2, "calls": 2}] == known["users"]
    assert {} == known["perhaps"]
    assert set(KNOWN[:9]) == set(known["found_in"])


def test_the_unknown_is_null_and_a_guess_stands_apart(tmp_path: Path) -> None:
    online = json.dumps(har(search())).replace("odoo.example", "shop.odoo.com")
    known = json.loads(run("whoami", "--json", "-", stdin=online).stdout)
    assert (None, None) == (known["db"], known["login"])
    assert "shop" == known["perhaps"]["db"]
    assert "db" not in known["found_in"]
    said = run("whoami", "-", stdin=online).stdout
    assert "database   perhaps shop" in said
    assert "login      unknown: the name typed into the login page" in said
    offline = product("whoami", written(tmp_path, search()))
    assert "database   unknown: open /web?debug=1" in offline


def test_several_users_are_told_with_their_calls(tmp_path: Path) -> None:
    calls = [call("res.partner", "read", ([7],), uid=uid) for uid in (6, 2, 2)]
    path = written(tmp_path, *calls)
    assert [{"uid": 2, "calls": 2}, {"uid": 6, "calls": 1}] == json.loads(
        product("whoami", "--json", path)
    )["users"]
    assert "several users: uid 2 (2 calls), 6 (1 call)" in product("whoami", path)


VALUES = [
    "lab",
    "my db",
    "it's",
    'say "hi"',
    "a$HOME",
    "$(touch pwned)",
    "`touch pwned`",
    "a\\b",
    "a\\",
]
VALUES += [
    "x'; touch pwned; '",
    "a#b",
    " a",
    "!x",
    "*",
    "~",
    "-n",
    "a=b",
    "é名",
    "%PATH%",
    "a;b|c&d",
    "'",
]
VALUES += ["\\n", '"', '\\"', "${IFS}", "$'x'"]


@pytest.mark.parametrize("value", VALUES)
def test_a_shell_reads_the_same_values_back(value: str, tmp_path: Path) -> None:
    lines = product(
        "whoami", "--env", "sh", written(tmp_path, page(db=value, login=value), search())
    )
    show = '\nprintf "%s\\0" "$ODOO_URL" "$ODOO_DB" "$ODOO_LOGIN" "$ODOO_UID" "$ODOO_API_KEY"'
    done = subprocess.run(
        ["sh", "-euc", lines + show],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ODOO_API_KEY": "set before"},
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=20,
    )
    assert ("", 0) == (done.stderr, done.returncode)
    expected = ["https://odoo.example", value.strip(), value.strip(), "2", "set before", ""]
    assert expected == done.stdout.split("\0")
    assert not (tmp_path / "pwned").exists()


def dotenv(lines: str) -> dict[str, str]:
    """What docker, python-dotenv and node's dotenv agree on: NAME=plain, NAME='as it is' or NAME="with \\ escapes"."""
    found = {}
    for line in lines.splitlines():
        if line.startswith("#"):
            continue
        name, _, rest = line.partition("=")
        quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', rest)
        plain = re.fullmatch(r"([^\s\"'`$\\#]*)|'([^']*)'", rest)
        assert quoted or plain, line
        found[name] = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else plain[1] or plain[2] or ""
    return found


@pytest.mark.parametrize("value", VALUES)
def test_dotenv_lines_hold_the_same_values(value: str, tmp_path: Path) -> None:
    path = written(tmp_path, page(db=value, login=value), search())
    found = dotenv(product("whoami", "--env", "dotenv", path))
    names = ["ODOO_URL", "ODOO_DB", "ODOO_LOGIN", "ODOO_UID"]
    assert names == list(found)
    assert [value.strip(), value.strip(), "2"] == [found[name] for name in names[1:]]


@pytest.mark.parametrize("value", [*VALUES, "x\u2019; calc; \u2018"])
def test_powershell_lines_hold_one_quoted_text_each(value: str, tmp_path: Path) -> None:
    path = written(tmp_path, page(db=value, login=value), search())
    lines = product("whoami", "--env", "powershell", path).splitlines()
    assert 5 == len(lines)
    # PowerShell takes typographic quotes for straight ones; a doubled one is the quote itself.
    quotes = "'\u2018\u2019\u201a\u201b"
    found = re.fullmatch(rf"\$env:ODOO_DB = '((?:[^{quotes}]|([{quotes}])\2)*)'", lines[1])
    assert found, lines[1]
    assert value.strip() == re.sub(rf"([{quotes}])\1", r"\1", found[1])


def test_a_line_break_cannot_add_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, page(db="a\nexport X=1\r\nY=2\u2028Z", login="b\0c"), search())
    for shell in ("sh", "powershell", "dotenv"):
        assert 5 == len(product("whoami", "--env", shell, path).splitlines())


def test_what_is_not_known_is_there_to_be_filled_in(tmp_path: Path) -> None:
    lines = product("whoami", "--env", "sh", written(tmp_path, search())).splitlines()
    assert "# fill in: export ODOO_DB=" in lines
    assert "# fill in: export ODOO_API_KEY=" in lines
    assert ["export", "ODOO_UID=2"] == shlex.split(lines[3])


@pytest.mark.parametrize("value", VALUES)
def test_bash_reads_a_dotenv_file_as_it_is_meant(value: str, tmp_path: Path) -> None:
    lines = product(
        "whoami", "--env", "dotenv", written(tmp_path, page(db=value, login="zoe"), search())
    )
    (tmp_path / "x.env").write_text(lines, "utf-8")
    script = 'set -a; . ./x.env; printf "%s\\0" "$ODOO_DB" "$ODOO_LOGIN"'
    done = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, timeout=20
    )
    assert [value.strip(), "zoe", ""] == done.stdout.split("\0"), done.stderr


@pytest.mark.node
@pytest.mark.parametrize(
    "value", [each for each in VALUES if not ({*each} >= {"'", "$"} or "\\" in each)]
)
def test_node_reads_a_dotenv_file_as_it_is_meant(value: str, tmp_path: Path) -> None:
    capture = written(tmp_path, page(db=value, login="zoe"), search())
    lines = product("whoami", "--env", "dotenv", capture).replace("\n", "\r\n")
    (tmp_path / "x.env").write_text(lines, "utf-8", newline="")
    script = "console.log(JSON.stringify([process.env.ODOO_DB, process.env.ODOO_LOGIN]))"
    done = subprocess.run(
        ["node", "--env-file", tmp_path / "x.env", "-e", script],
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert [value.strip(), "zoe"] == json.loads(done.stdout), done.stderr
