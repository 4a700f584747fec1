"""Copies a text to the clipboard, with the system's own program or through the terminal itself.

A terminal accepts OSC 52 (xterm's control sequences), also over ssh, where a program would use the clipboard of the wrong
machine. No terminal confirms it, so a program is preferred if the system has one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from base64 import b64encode

from har2rpc.cli.tables.console import print_control
from har2rpc.model import Har2rpcError

_PROGRAMS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
_SECONDS = 10
_MOST = 74_994  # bytes: in base64 what xterm takes at most, and others took over


def copy_text(text: str) -> str:
    """Puts the text on the clipboard; returns who took it: a program's name, or "the terminal".

    Raises Har2rpcError if neither works.
    """
    is_remote = bool(os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION"))
    for program in () if is_remote else _PROGRAMS:
        if _is_here(program[0]) and _copied_by(program, text):
            return program[0]
    data = text.encode("utf-8")
    if not sys.stderr.isatty():
        raise Har2rpcError(
            "--copy: there is no clipboard program: install wl-copy or xclip, or use -o"
        )
    if len(data) > _MOST:
        raise Har2rpcError(
            f"--copy: {len(data):,} bytes are too many for a terminal's clipboard; use -o"
        )
    print_control(_osc_52(data))
    return "the terminal"


def _is_here(program: str) -> bool:
    """Whether the program is installed and has the display that it needs."""
    if program in ("wl-copy", "xclip", "xsel"):
        display = "WAYLAND_DISPLAY" if program == "wl-copy" else "DISPLAY"
        return bool(os.environ.get(display) and shutil.which(program))
    return shutil.which(program) is not None


def _copied_by(program: tuple[str, ...], text: str) -> bool:
    encoding = "utf-16-le" if program[0] == "clip.exe" else "utf-8"  # what each reads
    mark = "\ufeff" if program[0] == "clip.exe" else ""
    try:
        done = subprocess.run(  # nosec B603 # a list, no shell; one of the programs above
            program,
            input=f"{mark}{text}".encode(encoding),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _osc_52(data: bytes) -> str:
    sequence = f"\x1b]52;c;{b64encode(data).decode('ascii')}\x07"
    if os.environ.get("TMUX"):  # tmux forwards what is wrapped like this
        sequence = "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return sequence
