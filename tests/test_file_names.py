"""Names of files that Windows takes, too: what it forbids is written first, from its own documentation."""

from __future__ import annotations

import io
import ntpath
import shlex
import subprocess
from pathlib import Path, PureWindowsPath

import pytest
from har_builder import product, run, search, written

from har2rpc.cli.tables.session import assignment, own_shell
from har2rpc.model import Har2rpcError, file_names
from har2rpc.model.command_words import command_words, quoted_word
from har2rpc.model.file_names import portable_name, why_not_on_windows
from har2rpc.page.uploads import OpenPage

# learn.microsoft.com, "Naming Files, Paths, and Namespaces"
DEVICES = "CON PRN AUX NUL COM1 COM9 LPT1 LPT9 COM¹ LPT³ con nul Com3 CONIN$".split()
FORBIDDEN = '<>:"/\\|?*\0\x01\x1f'


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("ending", ["", ".har", ".tar.gz", ".", " ", " .har", ":stream"])
def test_the_name_of_a_device_is_none_any_more(device: str, ending: str) -> None:
    name = portable_name(device + ending)
    stem = name.partition(".")[0].rstrip(" ").upper()
    assert f"{device.upper()}_" == stem[: len(device) + 1]
    assert why_not_on_windows(name) == "" != why_not_on_windows(device + ending)


@pytest.mark.parametrize(
    "name, expected",
    [
        ("contacts.har", "contacts.har"),
        ("Zoë 😀 (1).har", "Zoë 😀 (1).har"),
        ("console.har", "console.har"),
        ("com.har", "com.har"),
        (".env", ".env"),
        ("my.odoo.com:8069.har", "my.odoo.com_8069.har"),
        ("what?.har. .", "what_.har"),
        ("..", "file"),
        (" . ", "file"),
        ("", "file"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("C:\\Users\\zoe", "C__Users_zoe"),
    ],
)
def test_a_name_stays_as_far_as_it_can(name: str, expected: str) -> None:
    assert expected == portable_name(name)


@pytest.mark.parametrize("name", ["a" + char + "b" for char in FORBIDDEN] + ["C:x", "\\\\a\\b\\c"])
def test_no_name_leads_anywhere_else(name: str) -> None:
    made = portable_name(name)
    assert not set(FORBIDDEN) & set(made)
    path = PureWindowsPath("D:\\copies", made)
    assert PureWindowsPath("D:\\copies") == path.parent and made == path.name
    assert "D:\\copies\\" + made == ntpath.normpath(ntpath.join("D:\\copies", made))
    assert made == portable_name(made)


@pytest.mark.parametrize(
    "path, reason",
    [
        ("out.py", ""),
        ("C:\\work\\out.py", ""),
        ("c:out.py", ""),  # in that drive's current folder
        ("..\\out\\x.py", ""),
        ("./out/x.py", ""),
        ("\\\\server\\share\\x.py", ""),
        ("CON", "CON is the name of a device on Windows"),
        ("out/aux.py", "aux is the name of a device on Windows"),
        ("nul", "nul is the name of a device on Windows"),
        ("ab:c.py", "Windows does not allow ':' in the name of a file"),
        ("C:\\a?.py", "Windows does not allow '?' in the name of a file"),
        ("out.py.", "Windows drops the dot or space at the end of a name"),
    ],
)
def test_a_path_that_windows_does_not_write_is_told_with_the_reason(path: str, reason: str) -> None:
    assert reason == why_not_on_windows(path)


@pytest.mark.parametrize(
    "words", ["convert -o CON", "convert --save-overrides CON", "redact -o CON"]
)
def test_a_device_as_output_gives_one_sentence(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    capture = written(tmp_path, search())
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)
    sentence = refused(*words.split(), capture)
    assert "har2rpc: CON: CON is the name of a device on Windows; give another name\n" == sentence
    assert [Path(capture).name] == [path.name for path in tmp_path.iterdir()]


def test_elsewhere_such_a_name_is_one_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_names, "ON_WINDOWS", False)
    assert 0 == run("convert", "-o", tmp_path / "con.py", written(tmp_path, search())).exit_code


def test_copies_of_a_folder_have_names_that_every_system_takes(tmp_path: Path) -> None:
    """Redacted copies are there to be sent, to whatever system."""
    folder = tmp_path / "given"
    for name in ("con.har", "my.odoo.com:8069.har", "10:15/aux.har", "plain.har"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(Path(written(tmp_path, search())).read_bytes())
    assert 0 == run("redact", folder, "-o", tmp_path / "safe").exit_code
    names = {str(path.relative_to(tmp_path / "safe")) for path in tmp_path.glob("safe/**/*.har")}
    assert {"con_.har", "my.odoo.com_8069.har", "10_15/aux_.har", "plain.har"} == names


def test_two_captures_whose_copies_would_be_one_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for name in ("a:b.har", "a?b.har"):
        (folder / name).write_bytes(Path(written(tmp_path, search())).read_bytes())
    for options in ((), ("--force",)):
        sentence = refused("redact", folder, "-o", tmp_path / "safe", *options)
        assert "two of the captures are called a?b.har" in sentence
        (tmp_path / "safe" / "a_b.har").unlink()


@pytest.mark.parametrize("name", ["con.har", "C:evil.har", "a?.har", "x.har:stream", "x.har."])
def test_a_page_on_windows_takes_no_upload_of_such_a_name(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_opened = OpenPage((), ())
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)
    try:
        with pytest.raises(Har2rpcError, match="is not the name of a file"):
            page_opened.upload(0, name, io.BytesIO(b"{}"))
    finally:
        page_opened.close()


def test_generated_code_is_not_told_to_be_saved_under_the_name_of_a_device(tmp_path: Path) -> None:
    text = product("convert", "--name", "1=con", written(tmp_path, search()))
    assert "def con(" in text and "python con_.py" in text


def refused(*args: object) -> str:
    result = run(*args)
    assert (1, "") == (result.exit_code, result.stdout)
    return result.stderr


SHELL_NAMES = ["a b.har", "it's.har", "a&b.har", "(1).har", "é.har", "100%.har", "1,3-5", "$x.har"]


@pytest.mark.parametrize("name", [*SHELL_NAMES, "`id`.har", 'a"b', "a\\b", "!x", "", "a;b", "#"])
def test_a_shown_command_line_gives_bash_the_same_words(name: str) -> None:
    line = command_words(["printf", "%s", name])
    assert ["printf", "%s", name] == shlex.split(line)
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=20)
    assert (name, "") == (done.stdout, done.stderr)


@pytest.mark.parametrize(
    "name, word",
    [
        ("C:\\rec\\a.har", "C:\\rec\\a.har"),
        ("C:\\my rec\\a.har", '"C:\\my rec\\a.har"'),
        ("my rec\\", '"my rec\\\\"'),
        ("it's.har", '"it\'s.har"'),
        ("1,3-5", '"1,3-5"'),
        ("$x's.har", "'$x''s.har'"),
    ],
)
def test_on_windows_it_is_quoted_for_its_shells(
    name: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)
    assert word == quoted_word(name)


def test_a_name_in_a_folder_has_slashes_where_the_system_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "sub\\c.har").write_bytes(Path(written(tmp_path, search())).read_bytes())
    monkeypatch.setattr("os.sep", "\\")
    assert "Captured in sub/c.har, call 1" in product("convert", folder)
    assert 0 == run("redact", folder, "-o", tmp_path / "safe").exit_code
    assert (tmp_path / "safe" / "sub" / "c.har").is_file()


def test_lines_to_paste_are_those_of_the_systems_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_names, "ON_WINDOWS", False)
    assert "export ODOO_DB='my db'" == assignment("ODOO_DB", "my db", own_shell())
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)
    assert "$env:ODOO_DB = 'my db'" == assignment("ODOO_DB", "my db", own_shell())


def test_the_next_step_on_windows_is_a_command_of_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)
    monkeypatch.setattr("shutil.which", lambda name: None if name == "python" else name)
    monkeypatch.chdir(tmp_path)
    told = run("convert", "-o", "my search.py", written(tmp_path, search())).stderr
    assert 'run py "my search.py"\n' in told
