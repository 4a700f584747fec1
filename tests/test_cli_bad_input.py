"""What cannot be used: one sentence with where, what and the next step; exit codes; never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from har_builder import (
    ROOT,
    call,
    exchange,
    har,
    page,
    product,
    rpc,
    run,
    search,
    written,
)

COMMANDS = [("list",), ("list", "--json"), ("whoami",), ("convert",), ("convert", "-t", "locoia")]
WHOLE = json.dumps(har(search(), call("res.partner", "unlink", ([7],))), indent=2)

BAD = {
    "html": (b"<!DOCTYPE html><html><body>404</body></html>", "not a HAR: it begins with"),
    "text": (b"Dear all, here is the capture", "not a HAR: it begins with"),
    "JSON, but no HAR": (b'{"openapi": "3.0"}', "JSON, but not a HAR"),
    "a list": (b"[1, 2]", "not a HAR"),
    "a log without entries": (b'{"log": {"version": "1.2"}}', "JSON, but not a HAR"),
    "empty": (b"", "empty; export it"),
    "white space": (b" \n\t ", "empty; export it"),
    "NULs": (b"\0" * 4096, "empty; export it"),
    "no entries": (b'{"log": {"entries": []}}', "no entries; open the Network tab"),
    "cut at once": (WHOLE[:30].encode(), "cut at byte 30"),
    "noise": (bytes(range(256)) * 8, "c.har: "),
    "zstd": (b"\x28\xb5\x2f\xfd" + bytes(100), "packed with zstd"),
    "broken gzip": (b"\x1f\x8b\x08\x00" + bytes(range(100)), "c.har: "),
    "broken zip": (b"PK\x03\x04" + bytes(range(100)), "c.har: "),
}


def refused(*args: str, stdin: bytes | None = None, code: int = 1) -> str:
    """The one sentence on standard error; nothing on standard output."""
    result = run(*args, stdin=stdin)
    assert (code, "") == (result.exit_code, result.stdout)
    assert "Traceback" not in result.stderr
    sentence = result.stderr.removesuffix("\n")
    assert sentence.startswith("har2rpc: ") and "\n" not in sentence
    return sentence.removeprefix("har2rpc: ")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("what", BAD)
def test_bad_files_are_told_in_one_sentence(what: str, command, tmp_path: Path) -> None:
    data, told = BAD[what]
    path = tmp_path / "c.har"
    path.write_bytes(data)
    sentence = refused(*command, str(path))
    assert sentence.startswith("c.har: ")
    assert told in sentence
    assert told in refused(*command, "-", stdin=data).replace("stdin: ", "c.har: ")


def test_no_odoo_call_says_what_was_there_and_what_to_do(tmp_path: Path) -> None:
    static = [exchange(f"/web/assets/{n}.js", answer="x") for n in range(203)]
    other = [exchange(f"/page/{n}", answer="x") for n in range(11)]
    path = written(tmp_path, *static, *other, name="contacts.har")
    expected = (
        "contacts.har: no Odoo call among 214 entries (203 static files, 11 other); "
        "open the Network tab first, then repeat the action and export"
    )
    assert [expected] * 3 == [refused(command, path) for command in ("list", "whoami", "convert")]


def test_posts_that_are_no_calls_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, rpc("/mail/data", {}), exchange("/odoo/x", answer="x"))
    assert "among them 1 JSON-RPC posts" in refused("list", path)


def test_a_page_load_without_a_call_answers_whoami_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, page())
    assert "lab" in product("whoami", path)
    assert "a session, but no Odoo call" in refused("list", path)
    assert "a session, but no Odoo call" in refused("convert", path)


def test_a_cut_file_gives_its_whole_calls_and_names_the_loss(tmp_path: Path) -> None:
    last = WHOLE.rindex('"startedDateTime"') + 40
    path = tmp_path / "c.har"
    for command in COMMANDS[1:]:
        path.write_text(WHOLE[:last])
        result = run(*command, str(path))
        assert 0 == result.exit_code
        assert f"c.har: cut at byte {last}, inside entry 2" in result.stderr
        assert "Traceback" not in result.stderr
    listed = json.loads(run("list", "--json", str(path)).stdout)
    assert ["web_search_read"] == [row["method"] for row in listed]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_the_same_capture(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "c.har"
    path.write_text(WHOLE)
    expected = product("list", "--json", "--all", str(path))
    path.write_bytes(WHOLE.encode(encoding))
    assert expected == product("list", "--json", "--all", str(path))


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    assert f"{tmp_path.name}: is a folder" in refused("list", str(tmp_path))
    assert "no.har: there is no such file" in refused("convert", str(tmp_path / "no.har"))


def test_an_unreadable_file_is_told(tmp_path: Path, monkeypatch) -> None:
    def denied(path: str, mode: str) -> None:  # chmod would not stop root
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("har2rpc.reading.files.unwrap.open", denied, raising=False)
    sentence = refused("list", written(tmp_path, search()))
    assert "small.har: cannot be read (Permission denied)" == sentence


def test_standard_input_is_a_capture() -> None:
    result = run("list", "--json", "-", stdin=WHOLE.encode())
    assert ["stdin#1", "stdin#2"] == [row["where"] for row in json.loads(result.stdout)]


def test_one_bad_file_of_two_is_named(tmp_path: Path) -> None:
    good = written(tmp_path, search())
    bad = tmp_path / "bad.har"
    bad.write_text("<html>")
    assert refused("list", good, str(bad)).startswith("bad.har: not a HAR")


@pytest.mark.parametrize(
    "number",
    ["x", "0", "1-", "-1", "3-1", "1,,2", "1;2", "", "1-2-3", "²", "9" * 5000],
    ids=lambda number: repr(number)[:9],
)
def test_a_wrong_number_is_a_wrong_use(number: str, tmp_path: Path) -> None:
    result = run("convert", f"--calls={number}", written(tmp_path, search()))
    assert (2, "") == (result.exit_code, result.stdout)
    assert "Usage: " in result.stderr and "-n" in result.stderr


@pytest.mark.parametrize(
    "args",
    [("convert",), ("list",), ("nothing",), ("list", "--no-such", "x.har"), ("whoami", "--env")],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (2, "") == (result.exit_code, result.stdout)


@pytest.mark.parametrize("number", ["3", "1,3", "2-99999999999", "99999999999999999999"])
def test_an_unknown_number_says_how_many_there_are(number: str, tmp_path: Path) -> None:
    path = written(tmp_path, search(), call("res.partner", "unlink", ([7],)))
    sentence = refused("convert", "-n", number, path)
    assert "it has 2 calls, see har2rpc list --all" in sentence


def test_an_unknown_target_names_those_that_are_known(tmp_path: Path) -> None:
    sentence = refused("convert", "-t", "cobol", written(tmp_path, search()))
    known = ", ".join(row["name"] for row in json.loads(product("targets", "--json")))
    assert f"no target 'cobol'; known: {known}; or give a template of your own" in sentence
    assert f"known: {known}" in refused("targets", "--show", "cobol")


def test_a_selection_that_is_empty_says_why(tmp_path: Path) -> None:
    sentence = refused("convert", "--model", "no.such", written(tmp_path, search()))
    assert "no call of a model 'no.such'; see har2rpc list --all" in sentence


def test_noise_is_taken_where_there_is_nothing_else(tmp_path: Path) -> None:
    labels = call("res.partner", "read", ([7], ["display_name"]), result=[])
    alone = run("convert", written(tmp_path, labels))
    assert (0, "") == (alone.exit_code, alone.stderr) and "def read_partner" in alone.stdout
    for command in ("list", "convert"):
        both = run(command, written(tmp_path, labels, labels))
        assert 0 == both.exit_code and "read" in both.stdout
        assert "all 2 calls are noise (the client's own); used anyway" in both.stderr


def test_a_traceback_is_not_seen_through_a_real_process(tmp_path: Path) -> None:
    path = tmp_path / "c.har"
    path.write_text('{"log": {"entries": [' + "[" * 100_000)
    done = subprocess.run(
        [sys.executable, "-m", "har2rpc", "list", str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("har2rpc: c.har: ") and "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    path = written(tmp_path, *[search()] * 400)
    command = f'"{sys.executable}" -m har2rpc list --json "{path}" | head -c 100'
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert (100, "") == (len(done.stdout), done.stderr)


@pytest.mark.parametrize("command", [("list",), ("convert",), ("verify",)], ids=" ".join)
def test_a_name_that_is_no_odoos_is_told_where_it_was_all_there_was(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    spoof = call("res.partner/unlink?x=", "read", ([2],), result=[{"id": 2}])
    sentence = refused(*command, written(tmp_path, page(), spoof))
    assert "small.har#2: /web/dataset/call_kw: 'res.partner/unlink?x=' cannot be" in sentence
