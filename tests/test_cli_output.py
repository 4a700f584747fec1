"""Where the product goes: standard output alone, or a file that is replaced whole or not at all."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from har_builder import ROOT, call, exchange, page, product, run, search, written

BROKEN = "{{ title }}"


def refused(*args: object) -> str:
    result = run(*args)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "Traceback" not in result.stderr and 1 == result.stderr.count("\n")
    return result.stderr


def test_a_file_holds_what_standard_output_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    capture, out = written(tmp_path, search()), tmp_path / "out.py"
    result = run("convert", "-o", out, capture)
    assert (0, "") == (result.exit_code, result.stdout)
    run_it = f"written: {out}; next: set ODOO_API_KEY and run python {out}"
    assert f"har2rpc: {run_it}\n" == result.stderr
    assert product("convert", capture) == out.read_text("utf-8")


def test_an_existing_file_stays_when_rendering_fails(tmp_path: Path) -> None:
    template, out = tmp_path / "mine.py.j2", tmp_path / "out.py"
    template.write_text(BROKEN)
    out.write_text("precious")
    before = sorted(path.name for path in tmp_path.iterdir())
    refused("convert", "--force", "-t", template, "-o", out, written(tmp_path, search()))
    assert "precious" == out.read_text()
    assert sorted([*before, "small.har"]) == sorted(path.name for path in tmp_path.iterdir())


def test_an_existing_file_stays_when_writing_fails(tmp_path: Path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.py"
    out.write_text("precious")
    capture = written(tmp_path, search())
    monkeypatch.setattr(os, "replace", full)
    sentence = refused("convert", "--force", "-o", out, capture)
    assert f"{out}: cannot be written: No space left on device" in sentence
    assert "precious" == out.read_text()
    assert ["out.py", "small.har"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "out.py"
    out.write_text("old")
    out.chmod(0o640)
    run("convert", "--force", "-o", out, written(tmp_path, search()))
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
    assert 0 == run("convert", "--force", "-o", link, written(tmp_path, search())).exit_code
    assert link.is_symlink()
    ast.parse(real.read_text())
    assert "old" != real.read_text()


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert "is a folder" in refused("convert", "-o", tmp_path, written(tmp_path, search()))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    out = tmp_path / "no" / "out.py"
    sentence = refused("convert", "-o", out, written(tmp_path, search()))
    assert f"out.py: there is no folder {out.parent}; create it first\n" in sentence


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


def test_a_file_that_is_there_stays_without_force(tmp_path: Path) -> None:
    """A script that somebody has edited is not gone because the command was called again."""
    capture, out = written(tmp_path, search()), tmp_path / "out.py"
    out.write_text("edited")
    assert f"{out}: already exists; --force replaces it" in refused("convert", "-o", out, capture)
    assert "edited" == out.read_text()
    assert 0 == run("convert", "--force", "-o", out, capture).exit_code
    ast.parse(out.read_text())
    overrides = tmp_path / "overrides.json"
    overrides.write_text("{}")
    options = ("convert", "--save-overrides", overrides)
    assert "already exists" in refused(*options, capture)
    assert 0 == run(*options, "--force", capture).exit_code and "{}" != overrides.read_text()


@pytest.mark.parametrize("options", [(), ("--force",)], ids=str)
@pytest.mark.parametrize("command", ["convert", "redact"])
def test_the_capture_itself_is_never_written_over(
    command: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    path = written(tmp_path, search())
    before = Path(path).read_bytes()
    link, hard = tmp_path / "link.har", tmp_path / "hard.har"
    link.symlink_to(path)
    hard.hardlink_to(path)
    for output, capture in (
        (path, path),
        (link, path),
        (path, link),
        (hard, path),
        (tmp_path / "." / "small.har", path),
        (path, tmp_path),
    ):
        sentence = refused(command, *options, "-o", output, capture)
        assert "is the capture itself" in sentence or "name a folder" in sentence
        assert before == Path(path).read_bytes()
    assert "is the capture itself" in refused(
        "redact", *options, "-o", f"{tmp_path}/", tmp_path, path
    )


def test_a_file_that_comes_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.py"

    def render(*_: object, **options: object) -> str:
        out.write_text("of somebody else")
        return "x = 1\n"

    monkeypatch.setattr("har2rpc.pipeline.conversion.render", render)
    assert "already exists" in refused("convert", "-o", out, written(tmp_path, search()))
    assert "of somebody else" == out.read_text()
    assert ["out.py", "small.har"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_is_no_file(name: str, tmp_path: Path) -> None:
    """Even where the shell has sent it to one; nothing but the product goes there, twice if it is asked for twice."""
    capture, out = written(tmp_path, search()), tmp_path / "out.py"
    for command in (("convert",), ("redact",)):
        for _ in range(2):
            with open(out, "wb") as file:
                done = subprocess.run(
                    [sys.executable, "-m", "har2rpc", *command, "-o", name, capture],
                    stdout=file,
                    stderr=subprocess.PIPE,
                    cwd=ROOT,
                )
            assert (0, b"") == (done.returncode, done.stderr)
            assert out.read_bytes()
    assert json.loads(out.read_text())["log"]["entries"]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    capture, pipe = written(tmp_path, search()), tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as cat:
        assert 0 == run("convert", "-o", pipe, capture).exit_code
        assert cat.stdout and cat.stdout.read().decode() == product("convert", capture)


@pytest.mark.parametrize(
    "target, words",
    [
        ("python", 'set ODOO_API_KEY and run python "my file"'),
        ("python-web", 'set ODOO_PASSWORD and run python "my file"'),
        ("curl", 'set ODOO_API_KEY and run bash "my file"'),
        ("javascript", 'set ODOO_API_KEY and run node "my file"'),
        ("php", 'set ODOO_API_KEY and run php "my file"'),
        ("locust", 'set ODOO_API_KEY and run locust -f "my file"'),
        ("locoia", "import it; its notes say how"),
        ("locoia --sheet", "open it, and paste one box after the other"),
    ],
)
def test_success_says_what_to_do_next(
    target: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    told = run(
        "convert", "-t", *target.split(), "-o", "my file", written(tmp_path, search())
    ).stderr
    assert f"har2rpc: written: my file; next: {words}\n" == told


def test_the_python_to_run_is_one_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian and macOS have no `python` outside of an environment."""
    monkeypatch.setattr("shutil.which", lambda name: None if name == "python" else f"/bin/{name}")
    told = run("convert", "-o", tmp_path / "x.py", written(tmp_path, search())).stderr
    assert f"run python3 {tmp_path / 'x.py'}\n" in told


def test_a_name_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    assert "is not a valid file name" in refused("convert", "-o", "a\0b", capture)


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
        assert "small.har#3: /web/dataset/call_kw/x: its body is not valid JSON" in result.stderr
    result = run("convert", capture)
    ast.parse(result.stdout)
    assert "skipped 1 call that Odoo rejected; use -n 2 to convert it anyway" in result.stderr


@pytest.mark.parametrize(
    "target, name",
    [
        ("python", "requests"),
        ("python", "json"),
        ("python-xmlrpc", "xmlrpc"),
        ("odooly", "odooly"),
        ("odoorpc", "odoorpc"),
        ("odoolib", "odoolib"),
        ("odoolib-json2", "odoolib"),
        ("locust", "locust"),
    ],
)
def test_a_script_named_as_a_module_that_it_imports_is_refused(
    target: str, name: str, tmp_path: Path
) -> None:
    capture, out = written(tmp_path, search()), tmp_path / f"{name}.py"
    said = refused("convert", "-t", target, "-o", out, capture)
    other = tmp_path / f"odoo_{name}.py"
    assert f"the script imports {name}, so under this name it would import itself" in said
    assert said.endswith(f"next: -o {other}\n") and not out.exists()
    assert 0 == run("convert", "-t", target, "-o", other, capture).exit_code
    other.unlink()


def test_any_other_name_is_taken(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    for target, name in (("odooly", "odoorpc.py"), ("curl", "json.py"), ("javascript", "fs.mjs")):
        assert 0 == run("convert", "-t", target, "-o", tmp_path / name, capture).exit_code
