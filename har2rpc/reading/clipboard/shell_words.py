"""The words of a command, as bash and as Windows' cmd and C runtime see them.

shlex knows neither `$'…'`, which browsers write as soon as a request holds a `'` or a `!`, nor where a command ends;
in the tests it and bash itself are what the words are compared with.
"""

from __future__ import annotations

import re

_PART = re.compile(
    r"""'(?P<plain>[^']*+)'
    | \$'(?P<ansi>[^'\\]*+(?:\\.[^'\\]*+)*+)'
    | \$?"(?P<double>[^"\\]*+(?:\\.[^"\\]*+)*+)"
    | (?P<space>(?:[ \t\r\f\v]|\\\r?\n)++)
    | \\(?P<escaped>.)
    | (?P<bare>[^ \t\r\f\v\n'"\\;&|$]++|\$(?!['"]))
    """,
    re.VERBOSE | re.DOTALL,
)
_DOUBLE = re.compile(r'\\(?:([$`"\\])|\r?\n)')
_ANSI = re.compile(
    r"""\\(?:(?P<letter>[abeEfnrtv\\'"?]) | x(?P<hex>[0-9A-Fa-f]{1,2}(?:\\x[0-9A-Fa-f]{1,2})*+) | u(?P<u>[0-9A-Fa-f]{1,4})
    | U(?P<U>[0-9A-Fa-f]{1,8}) | (?P<octal>[0-7]{1,3}(?:\\[0-7]{1,3})*+) | c(?P<control>.))""",
    re.VERBOSE | re.DOTALL,
)
_HIGH = re.compile(r"[\x80-\xff]++")
_LETTERS = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))


class UnclosedQuote(ValueError):
    """A quote is opened and not closed; the text says which."""


def bash_words(text: str, at: int) -> tuple[list[str], int]:
    """The words from here to the end of the command, and where that is: at `;`, `&`, `|`, a newline or the end."""
    words: list[str] = []
    word: list[str] | None = None
    while at < len(text) and text[at] not in "\n;&|":
        part = _PART.match(text, at)
        if part is None:
            if text[at] == "\\":  # the last character
                at += 1
                continue
            quote = text[at : at + 2] if text[at] == "$" else text[at]
            raise UnclosedQuote(f"the quote {quote} is not closed")
        at = part.end()
        kind = part.lastgroup or ""  # each alternative has a name
        if kind == "space":
            # `\` and a newline join what stands around them, but nobody writes words that way.
            if word is not None:
                words.append("".join(word))
            word = None
            continue
        word = [] if word is None else word
        piece = part[kind]
        if kind == "ansi":
            piece = _ANSI.sub(_unescape_ansi, piece)
        elif kind == "double":
            piece = _DOUBLE.sub(r"\1", piece)
        elif kind == "bare" and piece.startswith("#") and not word:
            newline = text.find("\n", at)
            at = len(text) if newline < 0 else newline
            word = None
            continue
        word.append(piece)
    if word is not None:
        words.append("".join(word))
    return words, at


def _unescape_ansi(escape: re.Match[str]) -> str:
    kind = escape.lastgroup or ""  # each alternative has a name
    piece = escape[kind]
    if kind == "letter":
        return _LETTERS.get(piece, piece)
    if kind == "octal":  # bytes, as bash's own %q writes them
        raw = bytes(int(digits, 8) & 255 for digits in piece.split("\\"))
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    if kind == "control":
        return chr(ord(piece) & 0x1F)
    if kind == "hex":
        characters = "".join(chr(int(digits, 16)) for digits in piece.split("\\x"))
        return _HIGH.sub(_as_utf8, characters)
    code = int(piece, 16)
    return chr(code) if code < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def _as_utf8(high: re.Match[str]) -> str:
    """To bash \\xe9 is a byte. Firefox and Safari mean the character, é; what is UTF-8 as bytes was written for bash."""
    try:
        return high[0].encode("latin-1").decode()
    except UnicodeDecodeError:
        return high[0]


_CMD_LINE = re.compile(r"[^\^\n]*+(?:\^(?:(?:\r?\n){1,2}|.|\Z)[^\^\n]*+)*+", re.DOTALL)
# A careted newline stands before the character it protects: ^ and two newlines are one newline.
_CARET = re.compile(r"\^(?:(?:\r?\n)(\r?\n)?|(.)|\Z)", re.DOTALL)
_TYPED_CARET = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|' + _CARET.pattern, re.DOTALL)
_CMD_PART = re.compile(
    r"""(?P<space>\s++) | "(?P<quoted>[^"\\]*+(?:(?:\\.|\\\Z|"")[^"\\]*+)*+)(?:"|(?P<open>\Z))
    | (?P<bare>(?:[^\s"\\]|\\"|\\)++)""",
    re.VERBOSE | re.DOTALL,
)
_BACKSLASHED = re.compile(r'\\([\\"])|"(")')


def cmd_line_end(text: str, at: int) -> int:
    """Where the command that begins here ends: at the first newline without a caret, whatever is quoted."""
    line = _CMD_LINE.match(text, at)
    return line.end() if line else len(text)


def cmd_words(line: str) -> list[str]:
    """The words of one command for cmd.

    Carets are removed as the browsers add them, also inside of quotes: Chrome up to 2023 wrote `"^{^\\^"id`, where cmd
    itself would go wrong. `\\\\` is one backslash everywhere in quotes, because that is how browsers write one.
    """
    if '^"' in line:
        line = _CARET.sub(lambda caret: "\n" if caret[1] else caret[2] or " ", line)
    else:
        line = _TYPED_CARET.sub(
            lambda match: match[1] or ("\n" if match[2] else match[3] or " "), line
        )
    words: list[str] = []
    word: list[str] | None = None
    for part in _CMD_PART.finditer(line):
        if part["space"]:
            if word is not None:
                words.append("".join(word))
            word = None
            continue
        if part["open"] is not None:
            raise UnclosedQuote('the quote " is not closed')
        if part["quoted"] is None and word is None and part["bare"] in ("&", "&&", "|"):
            break
        word = [] if word is None else word
        if part["quoted"] is not None:
            word.append(_BACKSLASHED.sub(lambda quote: quote[1] or quote[2], part["quoted"]))
        else:
            word.append(part["bare"].replace('\\"', '"'))
    if word is not None:
        words.append("".join(word))
    return words
