"""What is different on Windows, as far as another system can be made to behave so: consoles, line ends, modules, encodings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from har_builder import ROOT, call, page, product, run, search, views, written

EMOJI = "Zoë 😀 名前 ½ “x”"
# What no Python of Windows has: modules, and names of modules that are there.
_POSIX_ONLY = "fcntl grp posix pwd pty resource syslog termios tty readline curses".split()
_NAMES = """
import os, signal, socket, select
for module, names in ((os, "fork getuid geteuid setsid killpg mkfifo fchmod fchown chown openpty"
        " register_at_fork posix_spawn setpgid O_NOFOLLOW O_DIRECTORY O_CLOEXEC O_NONBLOCK"),
        (signal, "SIGKILL SIGALRM SIGHUP SIGPIPE SIGUSR1 alarm setitimer pthread_sigmask"),
        (socket, "AF_UNIX socketpair"), (select, "poll epoll")):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
"""


def capture(folder: Path) -> str:
    """A capture whose texts no Western code page has."""
    return written(
        folder,
        page(),
        views("res.partner", {"name": {"type": "char", "string": EMOJI}}),
        call("res.partner", "create", ({"name": EMOJI},), result=7),
        search(domain=[["name", "ilike", EMOJI]]),
    )


def alone(
    code: str, *arguments: str, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[bytes]:
    """`python -c code` in a process of its own, whose console has this encoding."""
    variables = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=variables, capture_output=True, timeout=120)


CLI = "from har2rpc.cli import main; main()"


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp932", "ascii"])
@pytest.mark.parametrize(
    "command", ["list", "list -v", "list --json", "whoami", "convert", "convert -t php", "--help"]
)
def test_a_console_of_a_code_page_gets_all_of_it(
    command: str, encoding: str, tmp_path: Path
) -> None:
    words = command.split()
    words += [] if words == ["--help"] else [capture(tmp_path)]
    done = alone(CLI, *words, encoding=encoding)
    assert 0 == done.returncode, done.stderr
    assert b"Traceback" not in done.stderr and done.stdout
    # What goes into a file or a pipe means the same on every system.
    assert done.stdout == alone(CLI, *words).stdout and b"\r" not in done.stdout


@pytest.mark.parametrize(
    "encoding, newline", [("utf-16", "\r\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\r\n")]
)
def test_what_powershell_wrote_is_read(encoding: str, newline: str, tmp_path: Path) -> None:
    """`>` of Windows PowerShell writes UTF-16 with a BOM, Notepad line ends of its own."""

    def saved(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_bytes(text.replace("\n", newline).encode(encoding))
        return str(path)

    plain = capture(tmp_path)
    har = saved("saved.har", Path(plain).read_text("utf-8"))
    overrides = {"calls": {"2": {"name": "make_partner"}}}
    as_file = saved("overrides.json", json.dumps(overrides, indent=2))
    assert "def make_partner(" in product("convert", "--overrides", as_file, har)
    template = saved(
        "mine.txt.j2", "{# mine #}\n{{ title | lit }}\n{{ EMOJI | default('ä') | lit }}\n"
    )
    written_text = product("convert", "-t", template, har)
    assert "\r" not in written_text and "ä" in written_text
    names = (Path(plain).name, Path(har).name)
    assert product("list", plain).replace(*names) == product("list", har).replace(*names)


def test_a_domain_from_a_file_of_powershell(tmp_path: Path) -> None:
    path = tmp_path / "domain.txt"
    path.write_bytes("[('name', '=', 'Zoë')]\r\n".encode("utf-16"))
    assert "Zoë" in product("domain", path)


def test_a_written_file_has_the_line_ends_of_its_language(tmp_path: Path) -> None:
    out = tmp_path / "out.py"
    assert 0 == run("convert", capture(tmp_path), "-o", out).exit_code
    assert b"\r" not in out.read_bytes() and EMOJI.split()[2] in out.read_text("utf-8")


@pytest.mark.parametrize("command", ["list", "convert", "convert --flow -t javascript", "whoami"])
def test_it_runs_without_what_only_posix_has(command: str, tmp_path: Path) -> None:
    blocked = f"import sys\nfor name in {_POSIX_ONLY}:\n    sys.modules.setdefault(name, None)\n"
    words = [*command.split(), capture(tmp_path)]
    done = alone(f"{blocked}{_NAMES}\n{CLI}", *words)
    assert 0 == done.returncode, done.stderr.decode()
    assert done.stdout


def test_every_module_is_imported_without_them() -> None:
    """An import of `fcntl` or a `signal.SIGKILL` at the top of a module would end every command there."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / "har2rpc").rglob("*.py"))
        if path.name != "__main__.py"
    ]
    # Extras come first: they know Windows themselves, and not a system that is half of each.
    extras = """
import importlib, sys
for name in ("flask", "werkzeug", "cheroot.wsgi", "playwright.sync_api", "requests", "httpx", "black", "haralyzer",
        "mcp.server.lowlevel", "jsonschema", "pygments", "asyncio", "concurrent.futures", "multiprocessing", "click"):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
"""
    blocked = f"for name in {_POSIX_ONLY}:\n    sys.modules[name] = None\n"
    code = f"""{extras}{blocked}{_NAMES}
wrong = []
for name in {modules}:
    try:
        importlib.import_module(name)
    except Exception as error:
        if getattr(error, "name", "") in {_POSIX_ONLY} or not isinstance(error, ImportError):
            wrong.append(f"{{name}}: {{error!r}}")
print(wrong)
"""
    done = alone(code)
    assert b"[]" == done.stdout.strip(), (done.stdout, done.stderr)


@pytest.mark.parametrize("target", ["python", "python-xmlrpc"])
def test_what_generated_code_prints_into_a_pipe_is_utf_8(target: str, tmp_path: Path) -> None:
    """Python's own encoding of a pipe is that of the code page there, which ends a script behind what it has changed."""
    text = product("convert", "-t", target, "-n", "2", capture(tmp_path))
    before, mark, _ = text.rpartition('    if "--write" not in')
    assert mark
    given = {"ODOO_DB": "lab", "ODOO_API_KEY": "x"}
    script = tmp_path / "script.py"
    script.write_text(f"{before}    print({EMOJI!r})\n", "utf-8")
    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, **given, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        timeout=60,
    )
    assert (0, EMOJI) == (done.returncode, done.stdout.decode("utf-8").strip()), done.stderr
