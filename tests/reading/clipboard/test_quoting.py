"""Bodies quoted by independent writers, for each of the shells, are read back as they were."""

from __future__ import annotations

import json
import re
import shlex
import subprocess

from hypothesis import example, given, settings
from hypothesis import strategies as st

from har2rpc.reading.clipboard.shell_words import bash_words

from .copies import reading

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
bodies = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
).map(lambda value: json.dumps({"params": value}, ensure_ascii=False))


def utf_16(text: str) -> list[int]:
    """The code units that a browser's JavaScript sees."""
    raw = text.encode("utf-16-le")
    return [int.from_bytes(raw[n : n + 2], "little") for n in range(0, len(raw), 2)]


def bash_chrome(text: str) -> str:
    table = {ord("\\"): "\\\\", ord("'"): "\\'", ord("\n"): "\\n", ord("\r"): "\\r"}
    for code in [*range(32), *range(0x7F, 0xA0), ord("!")]:
        table.setdefault(code, f"\\u{code:04x}")
    if not any(ord(letter) in table and letter != "\\" for letter in text):
        return f"'{text}'"
    return "$'" + text.translate(table) + "'"


def bash_firefox(text: str) -> str:
    escapes = {0x5C: "\\\\", 0x27: "\\'", 0x0A: "\\n", 0x0D: "\\r", 0x21: "\\041"}
    parts = []
    for unit in utf_16(text):
        plain = (
            chr(unit) if 32 <= unit < 127 else f"\\x{unit:02x}" if unit < 256 else f"\\u{unit:04x}"
        )
        parts.append(escapes.get(unit, plain))
    return "$'" + "".join(parts) + "'"


def bash_itself(text: str) -> str:
    """bash's own quoting: printf %q."""
    done = subprocess.run(
        ["bash", "-c", 'printf %q "$1"', "-", text], capture_output=True, check=True
    )
    return done.stdout.decode()


def cmd_chrome(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"[^a-zA-Z0-9\s_\-:=+~'/.',?;*]", r"^\g<0>", text)
    text = re.sub(r"%(?=[a-zA-Z0-9_])", "%^", text)
    return '^"' + re.sub(r"\r?\n|\r", "^\n\n", text) + '^"'


def powershell(text: str) -> str:
    parts = []
    for unit in utf_16(text):
        letter = chr(unit)
        escaped = f"`{letter}" if letter in '`$"' else letter
        parts.append(escaped if 32 <= unit < 127 else f"$([char]{unit})")
    return f'([System.Text.Encoding]::UTF8.GetBytes("{"".join(parts)}"))'


def body_of(text: str) -> str:
    exchanges, sentences = reading(text.encode(), name="c.txt")
    assert [] == [sentence for sentence in sentences if "copied for cmd" not in sentence]
    return exchanges[0].body


def is_utf8(text: str) -> bool:
    try:
        return bool(text.encode("latin-1").decode())
    except UnicodeDecodeError:
        return False


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_bash(body: str) -> None:
    quotes = [bash_chrome(body), shlex.quote(body)]
    if not any(map(is_utf8, re.findall(r"[\x80-\xff]+", body))):  # \xc2\xa2 is ¢, and not Â¢
        quotes.append(bash_firefox(body))
    for quoted in quotes:
        assert body == body_of(f"curl --url 'http://x/' \\\n  --data-raw {quoted}")


@settings(max_examples=25, deadline=None)
@given(bodies)
@example('{"params": "\xa0\u2003"}')  # white space to Unicode, letters to bash
def test_bash_reads_what_we_read(body: str) -> None:
    for quoted in (bash_chrome(body), bash_itself(body)):
        script = f"printf %s {quoted}"
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
        )
        assert done.stdout.decode() == bash_words(quoted, 0)[0][0] == body


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \\'\"\n$;", max_size=20))
def test_words_are_those_of_shlex(text: str) -> None:
    command = text.replace("\n", " ").replace(";", ",").replace("$", "%")
    try:
        expected = shlex.split(command)
    except ValueError:
        return
    assert expected == bash_words(command, 0)[0]


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_cmd(body: str) -> None:
    # Line ends become \n, by the browser; other white space is none of cmd's either (Firefox says so).
    body = re.sub(r"\r\n?", "\n", body)
    assert body == body_of(f'curl --url ^"http://x/^" ^\n  --data-raw {cmd_chrome(body)}')


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_powershell(body: str) -> None:
    head = (
        '$session.Cookies.Add((New-Object System.Net.Cookie("session_id", "s3cr3t", "/", "x")))\n'
    )
    command = 'Invoke-WebRequest -UseBasicParsing -Uri "http://x/" `\n-Method "POST" `\n-Body '
    assert body == body_of(head + command + powershell(body))


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_fetch(body: str) -> None:
    options = json.dumps({"headers": {"a": "// }"}, "body": body, "method": "POST"}, indent=2)
    commented = options.replace('"headers": {', '"headers": {\n// "cookie": "}", // why').replace(
        '"POST"', '"POST", // last'
    )
    for text in (options, commented):
        assert body == body_of(f'fetch("http://x/", {text}) ;\nfetch("http://x/");')
