"""The `curl` commands in a text: "Copy as cURL" of Chrome, Firefox and Safari, for bash and for cmd, and typed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from har2rpc.reading.clipboard.copied_text import LineNumbers, Request, RequestOrNote
from har2rpc.reading.clipboard.curl_options import command_requests
from har2rpc.reading.clipboard.shell_words import (
    UnclosedQuote,
    bash_words,
    cmd_line_end,
    cmd_words,
)

_START = re.compile(r"(?:^|(?<=[;&|]))[ \t]*(?:[$>%][ \t]*)?curl(?:\.exe)?(?=[\s^\\])", re.M | re.I)
_QUOTE = re.compile(r"""\^?"|\$?'""")
_IGNORED = re.compile(r"(?:[\s\0;&]++|(?:#|::|REM )[^\n]*+)*+", re.I)
# As Chrome begins; Firefox writes curl.exe, and keeps what is not ASCII.
_CHROME_FOR_CMD = re.compile(r'^[ \t]*curl (?:--url )?\^"', re.M)


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of the commands in a text, and a sentence for what is none."""
    at, has_spaces, lines = 0, False, LineNumbers(text)
    while start := _START.search(text, at):
        yield from _notes_between(text, at, start.start(), lines)
        at = start.end()
        try:
            if is_cmd := _is_for_cmd(text, at):
                end = cmd_line_end(text, at)
                words, at = cmd_words(text[at:end]), end
            else:
                words, at = bash_words(text, at)
        except UnclosedQuote as error:
            # What stands behind the quote may hold whole commands: a lost quote must not cost them.
            at = _line_end(text, at, len(text))
            yield Request("", note=f"{lines.at(start.start())}: {error}")
            continue
        for request in command_requests(words):
            has_spaces = has_spaces or (is_cmd and " " in (request.body or ""))
            yield request
    yield from _notes_between(text, at, len(text), lines)
    if has_spaces and text.isascii() and _CHROME_FOR_CMD.search(text):
        yield (
            "copied for cmd, where Chrome writes a space for every letter beyond ASCII (é, €); "
            'if there was one, use "Copy as cURL (bash)" or "Copy as fetch"'
        )


def _line_end(text: str, at: int, end: int) -> int:
    newline = text.find("\n", at, end)
    return end if newline < 0 else newline


def _notes_between(text: str, at: int, end: int, lines: LineNumbers) -> Iterator[str]:
    """A sentence on what stands between two commands, unless it is a pipe's other end, comments, or nothing."""
    if at:  # `| jq .result`: the rest of the command's own line
        at = _line_end(text, at, end)
    if ignored := _IGNORED.match(text, at, end):
        at = ignored.end()
    if at < end:
        yield f"{lines.at(at)}: {end - at} characters that are no curl command passed over"


def _is_for_cmd(text: str, at: int) -> bool:
    """Whether a command is written for cmd: by its first quote, which each of the browsers writes in one way."""
    line = text[at : _line_end(text, at, len(text))].rstrip()
    quote = _QUOTE.search(line)
    if quote is None or quote[0] == '"':  # old Chrome's, or typed
        return line.endswith("^") or '^\\^"' in line
    return quote[0] == '^"'
