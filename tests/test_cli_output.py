"""Where the product goes: standard output alone, or a file that is replaced whole or not at all."""

from __future__ import annotations

import ast
import json
import os
import stat
from pathlib import Path

import pytest
from har_builder import call, exchange, page, product, run, search, written

BROKEN = "{{ title }}"


def refused(*args: object) -> str:
    result = run(*args)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "Traceback" not in result.stderr and 1 == result.stderr.count("\n")
    return result.stderr


def test_a_file_holds_what_standard_output_would(tmp_path: Path) -> None:
    capture, out = written(tmp_path, search()), tmp_path / "out.py"
    result = run("convert", "-o", out, capture)
    assert (0, "") == (result.exit_code, result.stdout)
    assert product("convert", capture) == out.read_text("utf-8")


def test_an_existing_file_stays_when_rendering_fails(tmp_path: Path) -> None:
    template, out = tmp_path / "mine.py.j2", tmp_path / "out.py"
    template.write_text(BROKEN)
    out.write_text("precious")
    before = sorted(path.name for path in tmp_path.iterdir())
    refused("convert", "-t", template, "-o", out, written(tmp_path, search()))
    assert "precious" == out.read_text()
    assert sorted([*before, "small.har"]) == sorted(path.name for path in tmp_path.iterdir())


def test_an_existing_file_stays_when_writing_fails(tmp_path: Path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.py"
    out.write_text("precious")
    capture = written(tmp_path, search())
    monkeypatch.setattr(os, "replace", full)
    sentence = refused("convert", "-o", out, capture)
    assert f"{out}: cannot be written: No space left on device" in sentence
    assert "precious" == out.read_text()
    assert ["out.py", "small.har"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "out.py"
    out.write_text("old")
    out.chmod(0o640)
    run("convert", "-o", out, written(tmp_path, search()))
    assert 0o640 == stat.S_IMODE(out.stat().st_mode)
    ast.parse(out.read_text())


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    out, usual = tmp_path / "out.py", tmp_path / "usual"
    usual.write_text("")
    run("convert", "-o", out, written(tmp_path, search()))
    assert stat.S_IMODE(usual.stat().st_mode) == stat.S_IMODE(out.stat().st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.py", tmp_path / "link.py"
    real.write_text("old")
    link.symlink_to(real)
    assert 0 == run("convert", "-o", link, written(tmp_path, search())).exit_code
    assert link.is_symlink()
    ast.parse(real.read_text())
    assert "old" != real.read_text()


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert "is a folder" in refused("convert", "-o", tmp_path, written(tmp_path, search()))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    out = tmp_path / "no" / "out.py"
    sentence = refused("convert", "-o", out, written(tmp_path, search()))
    assert "out.py: cannot be written: No such file or directory" in sentence


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    assert "cannot be written" in refused("convert", "-o", f"{capture}/out.py", capture)


def test_a_too_long_name_is_told(tmp_path: Path) -> None:
    out = tmp_path / ("x" * 300)
    assert "cannot be written" in refused("convert", "-o", out, written(tmp_path, search()))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_told(tmp_path: Path) -> None:
    sentence = refused("convert", "-o", "/dev/full", written(tmp_path, search()))
    assert "/dev/full: cannot be written" in sentence


def test_no_output_without_a_capture_that_can_be_used(tmp_path: Path) -> None:
    out = tmp_path / "out.py"
    capture = written(tmp_path, exchange("/x", answer="x"))
    refused("convert", "-o", out, capture)
    assert not out.exists()


def test_standard_output_holds_the_product_alone(tmp_path: Path) -> None:
    """A cut answer and a refused call are told, and what is printed can still be piped on."""
    refusal = {"code": 200, "message": "Odoo Server Error", "data": {"name": "x"}}
    damaged = exchange("/web/dataset/call_kw/x", "no json", "x")
    refused_call = call("res.partner", "unlink", ([7],), error=refusal)
    capture = written(tmp_path, page(), search(), damaged, refused_call)
    for command in (("list", "--json"), ("whoami", "--json"), ("convert", "-t", "locoia")):
        result = run(*command, capture)
        assert 0 == result.exit_code
        json.loads(result.stdout)
        assert "small.har#3: /web/dataset/call_kw/x: its body is no JSON" in result.stderr
    result = run("convert", capture)
    ast.parse(result.stdout)
    assert "left out a call that Odoo had refused; -n 2 converts it all the same" in result.stderr
