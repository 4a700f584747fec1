"""What har2rpc says of a redacted capture is what it says of the capture; a redacted one stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from generated.secrets_of import leaked, secrets_of
from har_builder import CAPTURES, NO_CAPTURES, ODOO, ROOT, product, run

from redacting.redacting import left_in
from redacting.test_places import KINDS, SECRET

SAMPLES = sorted([*(ROOT / "samples").glob("*.har"), *(ROOT / "samples").glob("*.zip")])
# One of each version and exporter, those with secrets before those without.
RECORDED = """odoo14/chrome-devtools/login.sensitive.har odoo17/chrome-devtools/profile.har
    odoo18/chrome-devtools/login.har odoo19/chrome-devtools/create_partner.sensitive.har
    odoo19/chrome-devtools/preferences.sensitive.har odoo19/firefox/login.har odoo19/playwright/search_phone.zip
    odoo19/mitmproxy/session_search_phone.har odoo19/chrome-devtools/login.copy-all-as-har.har""".split()
COMMANDS = (("list", "--json", "--all"), ("whoami", "--json"), ("convert", "--all"))


def captures() -> list[pytest.ParameterSet]:
    recorded = [CAPTURES / name for name in RECORDED]
    skip = pytest.mark.skip(reason=NO_CAPTURES)
    return [pytest.param(path, id=path.name) for path in SAMPLES] + [
        pytest.param(
            path, id=f"{path.parts[-3]}-{path.name}", marks=[] if path.exists() else [skip]
        )
        for path in recorded
    ]


@pytest.mark.parametrize("path", captures())
def test_the_output_is_the_same_and_no_secret_is_left(path: Path, tmp_path: Path) -> None:
    target = tmp_path / path.name
    written = run("redact", path, "-o", target)
    assert 0 == written.exit_code, written.stderr
    for command in COMMANDS:
        before, after = run(*command, path), run(*command, target)
        assert (before.exit_code, before.stdout) == (after.exit_code, after.stdout)
    assert 0 == run("redact", "--check", target).exit_code
    again = tmp_path / "again" / path.name
    again.parent.mkdir()
    run("redact", target, "-o", again)
    if path.suffix == ".har":
        assert target.read_bytes() == again.read_bytes()
        # Of the demo databases the password is the login; and samples have "0000" for session ids.
        common = {"admin", "demo", "0000"}
        assert [] == leaked(secrets_of(path) - common, target.read_text("utf-8"))


def test_the_shared_captures_hold_secrets_to_remove() -> None:
    there = [CAPTURES / name for name in RECORDED if (CAPTURES / name).exists()]
    if not there:
        pytest.skip(NO_CAPTURES)
    assert 4 <= sum(run("redact", "--check", path).exit_code for path in there)


def test_structure_and_timings_survive(tmp_path: Path) -> None:
    path = next((CAPTURES / name for name in RECORDED if (CAPTURES / name).exists()), None)
    if path is None:
        pytest.skip(NO_CAPTURES)
    target = tmp_path / "x.har"
    run("redact", path, "-o", target)
    before, after = (json.loads(p.read_text("utf-8"))["log"] for p in (path, target))
    assert before["pages"] == after["pages"]
    assert [shape(entry) for entry in before["entries"]] == [
        shape(entry) for entry in after["entries"]
    ]


def shape(entry: dict[str, object]) -> object:
    """The keys of an entry, its times, and the names of its headers."""

    def keys(value: object) -> object:
        if isinstance(value, dict):
            return {key: keys(item) for key, item in value.items()}
        if isinstance(value, list):
            return [keys(item) for item in value]
        return value if isinstance(value, (int, float)) else type(value).__name__

    return keys(entry), entry["startedDateTime"]


@pytest.mark.parametrize(
    "path",
    [
        one
        for one in captures()
        if "sensitive" in one.id or "profile" in one.id or "login.har" in one.id
    ],
)
def test_secrets_planted_in_a_recorded_capture_are_gone(path: Path, tmp_path: Path) -> None:
    capture = json.loads(path.read_text("utf-8"))
    started = {"startedDateTime": capture["log"]["entries"][-1]["startedDateTime"]}
    own_url = json.loads(product("whoami", "--json", path))["url"]
    planted = [
        json.dumps(entry).replace(SECRET, f"Sx7-hunter{n:02}-Pl").replace(ODOO, own_url)
        for n, entry in enumerate(KINDS.values())
    ]
    capture["log"]["entries"] += [{**json.loads(entry), **started} for entry in planted]
    source, target = tmp_path / "c.har", tmp_path / "out.har"
    source.write_text(json.dumps(capture, ensure_ascii=False, indent=2), "utf-8")
    result = run("redact", source, "-o", target)
    assert 0 == result.exit_code, result.stderr
    secrets = [f"Sx7-hunter{n:02}-Pl" for n in range(len(KINDS))]
    assert [] == left_in(target.read_text("utf-8"), secrets)
    assert 0 == run("redact", "--check", target).exit_code
    assert 0 == run("convert", target).exit_code
