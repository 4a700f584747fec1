r"""What reaches a terminal: captured text, file names and a server's words cannot steer it, or hide in it."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest
from har_builder import ROOT, call, exchange, har, page, run, search, targets, views, written
from hypothesis import example, given
from hypothesis import strategies as st

from har2rpc.cli import cli
from har2rpc.cli.tables import console
from har2rpc.cli.tables.redaction import print_report
from har2rpc.cli.tables.verdicts import print_request
from har2rpc.model import Har2rpcError, RedactionReport, Tally
from har2rpc.model.visible import visible, visible_json

CLI = ROOT / "har2rpc" / "cli"
ATTACKS = {
    "color": "\x1b[8m",
    "line painted over": "\x1b[1A\x1b[2K",
    "title": "\x1b]0;PWN\x07",
    "clipboard": "\x1b]52;c;cm0gLXJmIC8=\x07",
    "link": "\x1b]8;;http://evil.example\x1b\\safe\x1b]8;;\x1b\\",
    "C1": "\x9b31m\x9d0;PWN\x9c\x85\x90",
    "back to the beginning": "harmless\rhar2rpc: ",
    "backspaces": "unlink\b\b\b\b\b\bwrite ",
    "a line of its own": "x\nhar2rpc: written: nothing happened",
    "bidi": "\u202eknilnu\u202c\u2066\u2069\u200e\u200f\u061c",
    "no width": "un\u200blink\u2060\ufeff\xad",
    "line separators": "a\u2028b\u2029c",
    "delete and NUL": "\x7f\0",
    "tags": "\U000e0041\U000e0042",
    "half an emoji": "\ud83d",
}
EVERYTHING = "".join(ATTACKS.values())


def assert_harmless(*texts: str) -> None:
    for text in texts:
        unseen = {char for char in text if not (char.isprintable() or char in "\n\t")}
        assert set() == unseen, text[:300]


def capture(folder: Path, text: str, name: str = "small.har") -> str:
    """A capture with the text wherever text can stand; as the name of a model it is refused."""
    odd = call("res.partner", "write", ([7], {text: text, "name": text}))
    odd["response"]["content"] |= {"comment": text, "text": ""}
    return written(
        folder,
        page(db=text, login=text, name=text, user_context={"lang": text, "tz": text}),
        views("res.partner", {"name": {"type": "char", "string": text, "help": text}}),
        search(domain=["|", ["name", "ilike", text], [text, "=", text]]),
        call("res.partner", "web_save", ([], {"name": text}), result=[{"id": 9, "name": text}]),
        call("res.partner", "message_post", ([9],), {"body": text}),
        call(
            "res.partner", "unlink", ([9],), error={"code": 200, "message": text, "data": {"a": 1}}
        ),
        exchange(f"/{text}/{text}?{text}", {"params": {}}, {"result": text}),
        odd,
        name=name,
    )


COMMANDS = [
    ("list", "--all", "-vv", "--flow"),
    ("list", "--json", "--all", "-vv", "--flow"),
    ("whoami",),
    ("whoami", "--json"),
    ("whoami", "--env", "sh"),
    ("whoami", "--env", "powershell"),
    ("whoami", "--env", "dotenv"),
    ("redact", "--report"),
    ("redact", "--report", "--json"),
    ("verify", "--all", "--writes"),
    ("verify", "--all", "--writes", "--json"),
    ("convert", "--model", EVERYTHING),
    ("convert", "-t", f"./{EVERYTHING}.py.j2"),
    ("convert", "--input", f"{EVERYTHING}=name"),
    ("list", "--server", EVERYTHING),
]


@pytest.mark.parametrize(
    "command", COMMANDS, ids=lambda command: " ".join(command).split("\x1b")[0]
)
def test_a_capture_cannot_steer_the_terminal(command: tuple[str, ...], tmp_path: Path) -> None:
    odd_name = written(tmp_path, call(f"res.{EVERYTHING}", "unlink", ([9],)), name="odd.har")
    result = run(*command, capture(tmp_path, EVERYTHING), odd_name)
    assert_harmless(result.stdout, result.stderr)
    if command[0] in ("list", "whoami") and "--server" not in command:
        assert "PWN" in result.stdout
    if "--json" in command and result.stdout:
        json.loads(result.stdout)


@pytest.mark.parametrize("options", [(), ("--flow",), ("--verbatim", "--all")], ids=" ".join)
@pytest.mark.parametrize("target", targets())
def test_what_a_target_writes_can_be_looked_at(
    target: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    result = run("convert", "-t", target, *options, capture(tmp_path, EVERYTHING))
    assert 0 == result.exit_code
    assert_harmless(result.stdout, result.stderr)


@pytest.mark.parametrize("what", ATTACKS)
def test_a_capture_cannot_add_a_line_or_hide_one(what: str, tmp_path: Path) -> None:
    plain, odd = (
        run("list", capture(tmp_path, text)).stderr.splitlines() for text in ("x", ATTACKS[what])
    )
    assert len(plain) == len(odd)
    assert all(line.startswith("har2rpc: ") for line in odd)


def test_what_is_agreed_to_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action's label or value that paints over its method would turn a deletion into a harmless update."""
    monkeypatch.setenv("ODOO_API_KEY", "k")
    text = EVERYTHING + "x" * 10_000
    result = run("verify", "--writes", "--url", "http://127.0.0.1:9", capture(tmp_path, text))
    assert 1 == result.exit_code
    assert_harmless(result.stderr)
    asked = [line for line in result.stderr.splitlines() if line.startswith("har2rpc: call ")]
    assert all(len(line) < 500 for line in asked)
    methods = [line.split(": ")[2] for line in asked]
    assert ["res.partner.create", "res.partner.message_post"] == methods[:2]


def test_names_of_files_and_of_members_are_harmless(tmp_path: Path) -> None:
    name = EVERYTHING.replace("/", "").replace("\0", "").replace("\ud83d", "")[:60] + ".har"
    good = capture(tmp_path, "x", name)
    (tmp_path / f"bad{name}").write_text("<html>")
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"{name}", Path(good).read_bytes())
        file.writestr(f"b{name}", "{")
    for path in (good, tmp_path / f"bad{name}", archive, tmp_path / f"no{name}", tmp_path):
        for command in (("list",), ("list", "--json"), ("whoami",), ("redact", "--check")):
            result = run(*command, path)
            assert_harmless(result.stdout, result.stderr)
    assert_harmless(run("convert", "-o", tmp_path / f"no{name}" / name, good).stderr)


@pytest.mark.parametrize(
    "args",
    [
        ("list", f"--{EVERYTHING}", "x"),
        (EVERYTHING,),
        (f"--{EVERYTHING}",),
        ("convert", "-n", EVERYTHING, "x.har"),
        ("mock", "--port", EVERYTHING, "x.har"),
        ("whoami", "--env", EVERYTHING, "x.har"),
        ("domain", "--odoo", EVERYTHING, "[]"),
        ("domain", EVERYTHING),
        ("domain", json.dumps([["name", "===", EVERYTHING]])),
        ("domain", repr([("name", "=", EVERYTHING)])),
        ("domain", f"[('{EVERYTHING}'"),
        ("targets", "--show", EVERYTHING),
        ("targets", EVERYTHING),
    ],
    ids=lambda args: args[0].split("\x1b")[0],
)
def test_the_command_line_is_quoted_harmlessly(args: tuple[str, ...], tmp_path: Path) -> None:
    capture(tmp_path, "x", "x.har")
    result = run(*args)
    assert result.exit_code in (0, 1, 2)
    assert_harmless(result.stdout, result.stderr)


def test_a_template_is_shown_harmlessly(tmp_path: Path) -> None:
    template = tmp_path / "mine.py.j2"
    template.write_text("{# mine\x1b[8m #}\nx = 1\n", "utf-8")
    assert "{# mine\\x1b[8m #}\nx = 1\n" == run("targets", "--show", template).stdout


def test_reports_requests_and_crashes_are_harmless(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tally = Tally(EVERYTHING, EVERYTHING, 1, EVERYTHING)
    print_report(RedactionReport((EVERYTHING,), (tally,), (tally,), ()), to_stderr=False)
    print_request(f"POST {EVERYTHING}", EVERYTHING)
    try:
        raise ValueError(EVERYTHING)
    except ValueError as error:
        console.print_crash(ValueError, error, error.__traceback__)
    printed = capsys.readouterr()
    assert_harmless(printed.out, printed.err)
    assert "PWN" in printed.out and "Traceback" in printed.err


def test_a_sentence_of_a_server_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **options: object) -> None:
        raise Har2rpcError(f"https://x: {EVERYTHING}")

    monkeypatch.setenv("ODOO_API_KEY", "k")
    monkeypatch.setattr("har2rpc.proving.probe.probe_login", refuse)
    result = run("whoami", "--url", "https://x", "--db", "d", "--login", "l")
    assert 1 == result.exit_code and 1 == result.stderr.count("\n")
    assert_harmless(result.stderr)


def test_a_crash_of_the_real_process_is_harmless(tmp_path: Path) -> None:
    code = "import sys, har2rpc.cli as c; c.cli = lambda: 1 / int(sys.argv[1]); c.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "\x1b]0;PWN\x07"], capture_output=True, text=True, cwd=ROOT
    )
    assert 1 == done.returncode and "ValueError" in done.stderr
    assert_harmless(done.stderr)


texts = st.text(st.characters()) | st.text(st.sampled_from(EVERYTHING + "a\\\"'[]"))


@given(texts)
@example(EVERYTHING)
def test_visible_text_is_printable_and_plain_text_stays(text: str) -> None:
    assert_harmless(visible(text))
    visible(text).encode()
    if text.isprintable():
        assert text == visible(text)


@given(
    st.recursive(
        texts | st.integers() | st.none(), lambda v: st.lists(v) | st.dictionaries(texts, v)
    )
)
@example({EVERYTHING: [EVERYTHING]})
def test_visible_json_has_the_same_value(value: object) -> None:
    for indent in (None, 2):
        text = visible_json(json.dumps(value, ensure_ascii=False, indent=indent))
        assert_harmless(text)
        assert json.dumps(value) == json.dumps(json.loads(text))


def test_what_is_printable_is_printed_as_it_is() -> None:
    text = "Ünïcode 名前 😀 قیمت"
    assert text == visible(text) and json.dumps(text, ensure_ascii=False) == visible_json(
        json.dumps(text, ensure_ascii=False)
    )
    assert "1 000 €" == visible("1\xa0000\u202f€")


PRINTING = re.compile(r"echo|secho|print|pprint|Console|Text|from_markup|getLogger|warn")


def printing(source: str) -> list[str]:
    """What a file prints with: calls of what prints, and writes to the standard streams."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if PRINTING.fullmatch(name.rpartition(".")[2]) or re.fullmatch(
                r"sys\.(__)?std(out|err)(__)?(\.buffer)?\.write(lines)?", name
            ):
                found.append(f"{node.lineno}: {name}")
    return found


def test_nothing_else_prints() -> None:
    files = set((ROOT / "har2rpc").rglob("*.py")) - {CLI / "tables" / "console.py"}
    prints = {str(path): printing(path.read_text("utf-8")) for path in files}
    # A table's own methods: rich's console, which `open_console` gave, prints what `cell` made.
    allowed = re.compile(r"\d+: (console\.print|open_console\(err=to_stderr\)\.print)")
    assert {} == {
        path: calls
        for path, found in prints.items()
        if (calls := [each for each in found if not allowed.fullmatch(each)])
    }


@pytest.mark.parametrize(
    "line",
    [
        "click.echo(x)",
        "print(x)",
        "sys.stdout.write(x)",
        "Console().print(x)",
        "Text(x)",
        "warn(x)",
    ],
)
def test_what_prints_would_be_found(line: str) -> None:
    assert printing(f"def f():\n    {line}\n")


def test_help_needs_no_cleaning() -> None:
    for name in ["", *cli.list_commands(click.Context(cli))]:
        assert_harmless(run(*filter(None, [name]), "--help").stdout)


def test_a_har_from_standard_input_has_a_harmless_name() -> None:
    stream = io.BytesIO(json.dumps(har(search())).encode())
    assert_harmless(run("list", "-", stdin=stream.read()).stdout)
