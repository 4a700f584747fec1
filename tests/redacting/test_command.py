"""The command: what it writes where, for whom, and what it refuses; the options that drop and replace more."""

from __future__ import annotations

import gzip
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from har_builder import call, exchange, har, page, product, run, search, views, written

import har2rpc
from redacting.redacting import answer_of, body_of, entries_of, left_in, redacted

SECRET = "Sx7-hunter2-Planted"
WITH_SECRET = call("res.users", "write", ([2], {"password": SECRET}))


def test_the_file_is_its_owners_alone_and_says_what_is_next(tmp_path: Path) -> None:
    target = tmp_path / "safe.har"
    result = run("redact", written(tmp_path, WITH_SECRET), "-o", target)
    assert 0o600 == stat.S_IMODE(target.stat().st_mode)
    assert f"written: {target} (1 secret removed); next: har2rpc list {target}" in result.stderr
    assert "" == result.stdout


def test_a_file_is_not_overwritten_without_force(tmp_path: Path) -> None:
    target = tmp_path / "safe.har"
    target.write_text("precious")
    source = written(tmp_path, WITH_SECRET)
    result = run("redact", source, "-o", target)
    assert 1 == result.exit_code and "--force" in result.stderr
    assert "precious" == target.read_text()
    assert 0 == run("redact", source, "-o", target, "--force").exit_code
    assert SECRET not in target.read_text()
    assert [] == [name for name in os.listdir(tmp_path) if name.startswith(".har2rpc")]


def test_where_it_cannot_be_written_is_told_before_the_capture_is_read(tmp_path: Path) -> None:
    (tmp_path / "there.har").write_text("precious")
    for output, told in (("there.har", "--force"), ("no/safe.har", "create it first")):
        result = run("redact", tmp_path / "gone.har", "-o", tmp_path / output)
        assert 1 == result.exit_code and told in result.stderr and "gone.har" not in result.stderr


def test_a_capture_is_not_replaced_by_itself(tmp_path: Path) -> None:
    source = written(tmp_path, WITH_SECRET)
    before = Path(source).read_bytes()
    assert 1 == run("redact", source, "-o", source, "--force").exit_code
    assert before == Path(source).read_bytes()


def test_standard_input_and_packed_files(tmp_path: Path) -> None:
    text = json.dumps(har(search(), WITH_SECRET))
    for name in ("a.har", "a.har.gz", "a.zip"):
        assert 0 == run("redact", "-", "-o", tmp_path / name, stdin=text.encode()).exit_code
        assert 0 == run("redact", "--check", tmp_path / name).exit_code
        assert 2 == len(json.loads(product("list", "--json", "--all", tmp_path / name)))
    assert SECRET not in gzip.decompress((tmp_path / "a.har.gz").read_bytes()).decode()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert SECRET not in archive.read("har.har").decode()


def test_several_captures_go_to_a_folder_and_share_their_secrets(tmp_path: Path) -> None:
    first = written(tmp_path, WITH_SECRET, name="one.har")
    second = written(tmp_path, call("x.y", "act", ([1], SECRET)), name="two.har")
    folder = tmp_path / "safe"
    assert 0 == run("redact", first, second, "-o", folder).exit_code
    assert ["one.har", "two.har"] == sorted(os.listdir(folder))
    password = body_of(entries_of((folder / "one.har").read_text())[0])["params"]["args"][1][
        "password"
    ]
    assert [[1], password] == body_of(entries_of((folder / "two.har").read_text())[0])["params"][
        "args"
    ][:2]
    assert 1 == run("redact", first, second, "-o", first).exit_code


@pytest.mark.parametrize("options", [(), ("--check", "-o", "x.har")])
def test_wrong_usage(options: tuple[str, ...], tmp_path: Path) -> None:
    assert 2 == run("redact", written(tmp_path, search()), *options).exit_code


def test_copied_text_is_refused_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "copied.txt"
    path.write_text(
        f"curl 'https://o.example/web/dataset/call_kw' -H 'Cookie: session_id={SECRET}' --data-raw '{{}}'"
    )
    result = run("redact", path, "-o", tmp_path / "x.har")
    assert 1 == result.exit_code
    assert "copied text is not rewritten" in result.stderr and SECRET not in result.stderr


def test_the_report_counts_and_names_no_secret(tmp_path: Path) -> None:
    entries = (exchange("/web/login", "login=admin&password=admin&db=lab"), page(), WITH_SECRET)
    source = written(tmp_path, *entries)
    report = json.loads(product("redact", "--report", "--json", source))
    assert {"files", "removed", "doubts", "notes"} == set(report)
    assert {
        "kind": "password",
        "place": "request body",
        "count": 2,
        "first": "small.har#1",
    } in report["removed"]
    assert any("common word" in doubt["kind"] for doubt in report["doubts"])
    table = product("redact", "--report", source)
    assert "password" in table and SECRET not in table + json.dumps(report)


def test_check_says_what_there_is_and_fails(tmp_path: Path) -> None:
    result = run("redact", "--check", written(tmp_path, WITH_SECRET))
    assert 1 == result.exit_code and "password" in result.stdout
    assert 0 == run("redact", "--check", written(tmp_path, search())).exit_code


def test_slim_drops_static_files_architectures_and_images(tmp_path: Path) -> None:
    script = exchange("/web/assets/a.js", answer="x" * 500)
    script["response"]["content"]["mimeType"] = "application/javascript"
    view = call(
        "res.partner", "get_views", (), result={"views": {"form": {"arch": "<form>a</form>"}}}
    )
    image = call("res.partner", "read", ([1],), result=[{"image_1920": "iVBO" * 100, "name": "A"}])
    entries = entries_of(redacted(tmp_path, script, view, image, options=("--slim",)))
    assert "text" not in entries[0]["response"]["content"] and 3 == len(entries)
    assert "<stripped/>" == answer_of(entries[1])["result"]["views"]["form"]["arch"]
    assert len(answer_of(entries[2])["result"][0]["image_1920"]) < 150


def test_only_calls_keeps_calls_and_the_session(tmp_path: Path) -> None:
    entries = (
        page(),
        exchange("/web/assets/a.js", answer="x"),
        exchange("https://other.example/t", "{}"),
        search(),
    )
    text = redacted(tmp_path, *entries, options=("--only-calls",))
    assert 2 == len(entries_of(text))
    before, after = (
        json.loads(product("whoami", "--json", tmp_path / one)) for one in ("c.har", "out/c.har")
    )
    assert [before[key] for key in ("db", "uid", "login")] == [
        after[key] for key in ("db", "uid", "login")
    ]


PARTNER = {"name": {"type": "char", "string": "Name"}, "email": {"type": "char", "string": "Email"}}
PEOPLE = (
    views("res.partner", PARTNER),
    call(
        "res.partner",
        "web_search_read",
        (),
        {"domain": [["name", "ilike", "azu"]], "specification": {"name": {}, "email": {}}},
        result={
            "length": 1,
            "records": [
                {
                    "id": 7,
                    "name": "Azure Interior",
                    "email": "azure.interior@ex.com",
                    "phone": "+1 555 0102",
                }
            ],
        },
    ),
    call(
        "sale.order",
        "read",
        ([1],),
        result=[{"partner_id": [7, "Azure Interior"], "state": "draft"}],
    ),
    call("res.partner", "write", ([7], {"name": "Brandon Azure"})),
)


def test_pseudonyms_agree_wherever_a_word_stands(tmp_path: Path) -> None:
    text = redacted(tmp_path, *PEOPLE, options=("--pseudonyms",))
    assert [] == left_in(text, ["Azure", "Interior", "azure.interior", "Brandon", "555 0102"])
    _, found, order, saved = entries_of(text)
    record = answer_of(found)["result"]["records"][0]
    first, second = record["name"].split()
    assert (5, 8) == (len(first), len(second)) and first.istitle()
    assert f"{first}.{second}@".lower() == record["email"].rpartition("@")[0] + "@"
    assert [["name", "ilike", first[:3].lower()]] == body_of(found)["params"]["kwargs"]["domain"]
    assert [7, record["name"]] == answer_of(order)["result"][0]["partner_id"]
    assert "draft" == answer_of(order)["result"][0]["state"]
    assert first == body_of(saved)["params"]["args"][1]["name"].split()[1]


def test_pseudonyms_change_values_alone(tmp_path: Path) -> None:
    redacted(tmp_path, *PEOPLE, options=("--pseudonyms",))
    before, after = (
        json.loads(product("list", "--json", "--all", "-v", tmp_path / one))
        for one in ("c.har", "out/c.har")
    )
    for one, other in zip(before, after, strict=True):
        assert [one[key] for key in ("n", "model", "method", "kind")] == [
            other[key] for key in ("n", "model", "method", "kind")
        ]
        assert [each["path"] for each in one["inputs"]] == [
            each["path"] for each in other["inputs"]
        ]


def test_a_typed_part_that_nothing_found_tells_is_a_doubt(tmp_path: Path) -> None:
    nothing = {"length": 0, "records": []}
    entry = call(
        "res.partner",
        "web_search_read",
        (),
        {"domain": [["name", "ilike", "zorr"]]},
        result=nothing,
    )
    report = json.loads(product("redact", "--json", "--pseudonyms", written(tmp_path, entry)))
    assert any("typed part" in doubt["kind"] for doubt in report["doubts"])


def test_it_is_a_function_too(tmp_path: Path) -> None:
    target = tmp_path / "x.har"
    with target.open("wb") as file:
        report = har2rpc.redact([written(tmp_path, WITH_SECRET)], file)
    assert [("password", 1)] == [(tally.kind, tally.count) for tally in report.removed]
    assert SECRET not in target.read_text()
