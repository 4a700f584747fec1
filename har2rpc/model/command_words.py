"""Command lines to copy, which mean the same in bash, zsh, PowerShell and Windows' cmd, as far as one quote can."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from har2rpc.model import file_names

# PowerShell makes a list of `1,3`, and a hash table of `@x`; `=`, `:` and `.` are nothing special within a word.
_PLAIN = re.compile(r"[\w%+=:./-]+", re.ASCII)
_PLAIN_ON_WINDOWS = re.compile(r"[\w%+=:./\\-]+", re.ASCII)
_LIVE_IN_DOUBLE_QUOTES = re.compile(r'[$`"\\!]')
_LIVE_ON_WINDOWS = re.compile(r'[$`"]')


def quoted_word(text: str) -> str:
    """One word of a command: double quotes where all shells take them, else single ones (not for cmd)."""
    on_windows = file_names.ON_WINDOWS
    if (_PLAIN_ON_WINDOWS if on_windows else _PLAIN).fullmatch(text):
        return text
    live = _LIVE_ON_WINDOWS if on_windows else _LIVE_IN_DOUBLE_QUOTES
    if text and not live.search(text):
        # A backslash before the closing quote would take it away from the program.
        return f'"{text}\\"' if text.endswith("\\") else f'"{text}"'
    return "'" + text.replace("'", "''") + "'" if on_windows else shlex.quote(text)


def command_words(words: Iterable[str]) -> str:
    """A whole command."""
    return " ".join(map(quoted_word, words))
