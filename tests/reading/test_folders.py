"""Folders among the captures: their files are read, and what is not a capture in them is named once."""

from __future__ import annotations

import json
from pathlib import Path

from har_builder import run

from .hars import SAMPLES


def test_a_folder_is_read_like_its_files(tmp_path: Path) -> None:
    bash = (SAMPLES / "doors" / "odoo19-chrome-copy_as_curl_bash.txt").read_bytes()
    har = (SAMPLES / "odoo19-chrome-search_partner_by_phone.har").read_bytes()
    inner = tmp_path / "b" / "c"
    inner.mkdir(parents=True)
    (tmp_path / "b.txt").write_bytes(bash)
    (inner / "a.har").write_bytes(har)
    (tmp_path / ".hidden").write_bytes(bash)
    (tmp_path / "notes.md").write_text("# Notes\nnone")
    (inner / ("0" * 40 + ".json")).write_bytes(bash)  # Playwright's
    done = run("list", "--all", "--json", tmp_path)
    listed = json.loads(done.stdout)
    assert ["b.txt", "b/c/a.har"] == sorted({call["where"].partition("#")[0] for call in listed})
    assert 'har2rpc: notes.md: not a HAR: it begins with "# Notes"' in done.stderr
    (tmp_path / "z.bin").write_bytes(bytes(range(256)))
    stderr = run("list", "--all", "--json", tmp_path).stderr
    assert (
        f"{tmp_path.name}: 2 files in it are not captures and were skipped, notes.md first"
        in stderr
    )
    assert 1 == run("list", tmp_path / "notes.md").exit_code


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    done = run("list", tmp_path)
    assert 1 == done.exit_code and "is a folder without files" in done.stderr
