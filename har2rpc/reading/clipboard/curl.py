"""Reads the `curl` commands in a text: "Copy as cURL" of Chrome, Firefox and Safari, for bash and for cmd, and typed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from har2rpc.reading.clipboard.copied_text import (
    LineNumbers,
    Patience,
    Request,
    RequestOrNote,
)
from har2rpc.reading.clipboard.curl_options import command_requests
from har2rpc.reading.clipboard.shell_words import (
    UnclosedQuote,
    bash_words,
    cmd_line_end,
    cmd_words,
)

PROGRAM = r"curl(?:\.exe)?"
_START = re.compile(rf"(?:^|(?<=[;&|]))[ \t]*(?:[$>%][ \t]*)?{PROGRAM}(?=[\s^\\])", re.M | re.I)
_QUOTE = re.compile(r"""\^?"|\$?'""")
_IGNORED = re.compile(r"(?:[\s\0;&]++|(?:#|::|REM )[^\n]*+)*+", re.I)
# As Chrome begins; Firefox writes curl.exe, and keeps what is not ASCII.
_CHROME_FOR_CMD = re.compile(r'^[ \t]*curl (?:--url )?\^"', re.M)


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of the commands in a text, and a sentence for each piece that is not one."""
    at, has_spaces, lines = 0, False, LineNumbers(text)
    patience, shells = Patience(text), Shells(text)
    while start := _START.search(text, at):
        yield from _notes_between(text, at, start.start(), lines)
        at = start.end()
        try:
            if is_cmd := shells.is_cmd(at):
                end = cmd_line_end(text, at)
                words, at = cmd_words(text[at:end]), end
            else:
                words, at = bash_words(text, at)
        except UnclosedQuote as error:
            # What stands behind the quote may hold whole commands: a lost quote must not cost them.
            at = _line_end(text, at, len(text))
            yield Request("", note=f"{lines.at(start.start())}: {error}")
            if patience.lasts(len(text) - at):
                continue
            yield f"{lines.at(at)}: too many commands that do not end; the rest was left out"
            return
        for request in command_requests(words):
            has_spaces = has_spaces or (is_cmd and " " in (request.body or ""))
            yield request
    yield from _notes_between(text, at, len(text), lines)
    if has_spaces and text.isascii() and _CHROME_FOR_CMD.search(text):
        yield (
            "copied for cmd, where Chrome replaces every letter beyond ASCII (é, €) with a space; "
            'if there was one, use "Copy as cURL (bash)" or "Copy as fetch"'
        )


def command(text: str, at: int, shells: Shells) -> tuple[list[Request], int]:
    """The requests of the command whose words begin here, and where it ends. Raises UnclosedQuote."""
    if shells.is_cmd(at):
        end = cmd_line_end(text, at)
        words = cmd_words(text[at:end])
    else:
        words, end = bash_words(text, at)
    return list(command_requests(words)), end


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
        yield f"{lines.at(at)}: {end - at} characters skipped that are not a curl command"


class Shells:
    """For which shell a command is written: by its first quote, which each of the browsers writes in one way.

    Asked from front to back: a line of a thousand commands is searched once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = self._careted = self._doubled = self._quote = -1
        self._has_caret_at_end = False

    def is_cmd(self, at: int) -> bool:
        """Whether the command that begins here is for cmd."""
        text = self._text
        if at > self._end:
            self._end = _line_end(text, at, len(text))
            self._has_caret_at_end = text[at : self._end].rstrip().endswith("^")
            self._careted = text.rfind('^\\^"', at, self._end)
            self._doubled = text.rfind('{""', at, self._end)  # Firefox up to 131
            self._quote = -1
        if self._quote < at:
            quote = _QUOTE.search(text, at, self._end)
            self._quote = quote.start() if quote else self._end
        quoted = text[self._quote : min(self._end, self._quote + 2)]
        if not quoted or quoted[0] == '"':  # old Chrome's, or typed
            return self._has_caret_at_end or max(self._careted, self._doubled) >= at
        return quoted == '^"'
