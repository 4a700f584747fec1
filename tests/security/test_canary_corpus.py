"""The canary corpus: of the secrets that a capture holds none comes out, of any command, target and mode, in any encoding.

Templates are found in templates/: a new one is tried by being there. The plain suite has one capture of each version;
`pytest -m security` plants the same in every sample and recorded capture, and tries every target in every mode.
"""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from har_builder import ODOO, ROOT, captures, har, run, targets

from har2rpc import pipeline
from har2rpc.model import ConvertOptions
from har2rpc.odoo import secret_fields
from har2rpc.page.messages import Page
from har2rpc.recording.writer import HarWriter
from security.answering_odoo import answering
from security.canary_search import HEAD, HEX_KEY, TAIL, Canaries, leaks
from security.planted_canaries import VERSIONS, planted

MODES = ((), ("--verbatim",), ("--no-inputs",), ("--keep-all",), ("--deep", "--lookups"))
COMMANDS: list[tuple[str, ...]] = [
    ("list",),
    ("list", "--all", "-vv"),
    ("list", "--json", "--all", "-vv"),
    ("list", "--flow"),
    ("whoami",),
    ("whoami", "--json"),
    *(("whoami", "--env", shell) for shell in ("sh", "powershell", "dotenv")),
    ("convert", "--flow"),
    ("redact", "--report"),
    ("redact", "--report", "--json"),
    ("redact", "--check"),
]
REDACTIONS: tuple[tuple[str, ...], ...] = ((), ("--slim",), ("--only-calls",), ("--pseudonyms",))


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda version: f"odoo{version}")
def capture(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canaries") / f"canaries{request.param}.har"
    path.write_text(json.dumps(har(*planted(request.param)), indent=2), "utf-8")
    return path


def said(*command: Any) -> str:
    result = run(*command)
    assert result.exit_code in (0, 1), result.stderr
    return result.stdout + result.stderr


def leaking(commands: list[tuple[str, ...]], path: Path) -> dict[str, list[str]]:
    found = {" ".join(command): leaks(said(*command, path)) for command in commands}
    return {command: marks for command, marks in found.items() if marks}


def test_no_command_prints_a_secret(capture: Path) -> None:
    is_end = capture.stem.endswith(("14", "19"))  # what lies between has the same printing
    assert {} == leaking(COMMANDS if is_end else [COMMANDS[2], COMMANDS[-1]], capture)


def test_no_target_writes_a_secret(capture: Path) -> None:
    opened = pipeline.open_capture([capture])
    for server in {call.server for call in opened.calls}:
        calls = pipeline.select(opened, everything=True, server=server)
        steps = pipeline.actions(opened, calls)
        texts = {target: pipeline.render(opened, steps, target=target) for target in targets()}
        assert {} == {target: leaks(text) for target, text in texts.items() if leaks(text)}


def test_no_mode_writes_a_secret(capture: Path) -> None:
    assert {} == leaking([("convert", "--all", *mode) for mode in MODES], capture)


@pytest.mark.parametrize("options", REDACTIONS, ids="redact{}".format)
def test_redact_leaves_no_secret(options: tuple[str, ...], capture: Path, tmp_path: Path) -> None:
    target, again = tmp_path / "safe.har", tmp_path / "again.har"
    if options and not capture.stem.endswith(("14", "19", "mixed")):
        return
    assert [] == leaks(said("redact", capture, "-o", target, *options))
    assert [] == leaks(unpacked(target.read_text("utf-8")))
    assert 0 == run("redact", "--check", target).exit_code
    assert 0 == run("redact", target, "-o", again).exit_code
    assert target.read_bytes() == again.read_bytes(), "what is redacted stays as it is"


def unpacked(text: str) -> str:
    """A HAR and what its packed bodies say."""
    contents = (entry["response"]["content"] for entry in json.loads(text)["log"]["entries"])
    packed = [content["text"] for content in contents if content.get("encoding") == "base64"]
    raw = [base64.b64decode(one) for one in packed]
    whole = [gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in raw]
    return text + "".join(one.decode("utf-8", "replace") for one in whole)


def test_record_writes_no_secret(capture: Path) -> None:
    writer = HarWriter()
    for entry in json.loads(capture.read_text("utf-8"))["log"]["entries"]:
        request, content = entry["request"], entry["response"]["content"]
        writer.add(
            url=request["url"],
            http_method=request["method"],
            body=request.get("postData", {}).get("text"),
            status=200,
            answer=content.get("text") if "encoding" not in content else None,
            started=entry["startedDateTime"],
            ms=1,
        )
    assert len(writer) > 50
    assert [] == leaks(writer.har())


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "json"])
def test_verify_shows_no_secret(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Canaries()
    reads = [entry for entry in planted(19) if is_read(entry)]
    path = tmp_path / "reads.har"
    path.write_text(json.dumps(har(*reads)), "utf-8")
    key = new.plain()
    monkeypatch.setenv("ODOO_API_KEY", key)
    monkeypatch.setenv("ODOO_ALLOW_HTTP", "1")
    assert [] == leaks(said("verify", "--all", path, *options))
    others = [_live(entry) for entry in reads]
    refusal = {"error": {"code": 200, "message": "x", "data": {"message": f"not {key}"}}}
    other = next(entry for entry in others if "base.automation" in str(entry["request"]))
    other["response"]["content"]["text"] = json.dumps(refusal)
    with answering(others) as url:
        text = said("verify", "--all", path, "--url", url, "--db", "lab", *options)
    assert "'N', recorded 'M'" in text
    assert [] == leaks(text)


def _live(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with another name and other secrets in its answer."""
    text = entry["response"]["content"]["text"]
    text = text.replace('"name": "M"', '"name": "N"').replace(TAIL, f"live{TAIL}")
    content = {**entry["response"]["content"], "text": text}
    return {**entry, "response": {**entry["response"], "content": content}}


def is_read(entry: dict[str, Any]) -> bool:
    posted = entry["request"].get("postData", {}).get("text", "")
    reads = ("read", "web_read", "web_search_read", "get_param")
    is_read = any(f'"method": "{name}"' in posted for name in reads)
    return "__session_info__" in str(entry) or (is_read and "res.partner" not in posted)


def test_the_page_shows_no_secret(capture: Path) -> None:
    page = Page()
    opened = page.answer(json.dumps({"do": "open", "sources": [str(capture)]}))
    numbers = [call["n"] for call in json.loads(opened)["calls"]]
    assert len(numbers) > 50
    texts = [opened]
    texts += [page.answer(json.dumps({"do": "answered", "n": n})) for n in numbers]
    texts.append(page.answer(json.dumps({"do": "convert", "calls": numbers, "target": "python"})))
    assert [] == [mark for text in texts for mark in leaks(text)]


@pytest.mark.parametrize("secret", [f"{HEAD}1{TAIL}", HEX_KEY])
def test_a_canary_is_found_in_every_encoding(secret: str) -> None:
    raw = secret.encode()
    every = [secret, secret.lower(), json.dumps({"a": secret}), quote(secret), raw.hex()]
    every += [base64.b64encode(b"x" * n + raw).decode() for n in range(4)]
    every += [base64.b64encode(f"xy{secret}".encode("utf-16-le")).decode()]
    every += ["".join(f"%{byte:02x}" for byte in raw), "".join(f"\\u00{byte:02x}" for byte in raw)]
    assert [] == [text for text in every if not leaks(text)]
    assert [] == leaks("CNRY ZqTL c0ffee")


def test_a_name_taken_from_the_table_turns_the_corpus_red(
    capture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the corpus can fail: by this name nothing but the table tells."""
    table = secret_fields._table()
    poorer = table._replace(everywhere=table.everywhere - {"payumoney_merchant_salt"})
    monkeypatch.setattr(secret_fields, "_table", lambda: poorer)
    secret_fields.is_secret_field.cache_clear()
    try:
        assert leaks(said("list", "--json", "--all", capture))
    finally:
        secret_fields.is_secret_field.cache_clear()


SOURCES = [*sorted((ROOT / "samples").glob("*.har")), *captures()]
RECORDINGS = [path for path in SOURCES if path.suffix == ".har"]
SHARES = 4
"""Of the canaries each recording has one in so many, by turns: all of them stand in a quarter of the recordings."""


@pytest.mark.security
@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.name)
def test_secrets_planted_in_a_recording_do_not_come_out(path: Path, tmp_path: Path) -> None:
    share = RECORDINGS.index(path) % SHARES
    whole = json.loads(path.read_text("utf-8"))
    entries = whole["log"]["entries"]
    url = json.loads(run("whoami", "--json", path).stdout or "{}").get("url") or ODOO
    last = {"startedDateTime": entries[-1]["startedDateTime"]}
    for entry in planted(19 if "14" not in str(path) else 14)[1 + share :: SHARES]:
        entries.append(json.loads(json.dumps(entry).replace(ODOO, url)) | last)
    mixed = tmp_path / "mixed.har"
    mixed.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    assert {} == leaking([*COMMANDS, ("convert", "--all")], mixed)
    test_no_target_writes_a_secret(mixed)
    test_redact_leaves_no_secret((), mixed, tmp_path)


OPTIONS = {
    "verbatim": ConvertOptions(verbatim=True),
    "no inputs": ConvertOptions(inputs=False),
    "keep all": ConvertOptions(keep_all=True),
    "deep": ConvertOptions(deep=True),
    "flow": None,
}


@pytest.mark.security
@pytest.mark.parametrize("mode", OPTIONS)
def test_no_target_writes_a_secret_in_any_mode(mode: str, capture: Path) -> None:
    opened, options = pipeline.open_capture([capture]), OPTIONS[mode]
    for calls in (opened.calls, pipeline.select(opened)):
        if options:
            steps: Any = pipeline.actions(opened, calls, options)
            able = targets()
        else:
            steps = pipeline.flow(opened, calls)
            able = [each["name"] for each in pipeline.as_targets() if each["flows"]]
        for target in able:
            assert [] == leaks(pipeline.render(opened, steps, target=target)), target
