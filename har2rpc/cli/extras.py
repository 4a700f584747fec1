"""How the packages of an extra are installed into the environment that har2rpc runs in."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from har2rpc.model.command_words import quoted_word

_PIP = re.compile(r'\bpip install (?="har2rpc\[\w+\]")')


def for_this_environment(sentence: str) -> str:
    """The sentence; where it tells to install an extra, with the command that does so here.

    pipx and uv have an environment of their own for har2rpc, and one that is not activated has a pip of its own: the
    shell's `pip` would install into another place.
    """
    return _PIP.sub(lambda _: f"{_installer()} ", sentence)


def _installer() -> str:
    folders = Path(sys.prefix).parts
    if "pipx" in folders:
        return "pipx inject har2rpc"
    if {"uv", "tools"} <= {*folders}:
        return f"uv pip install --python {quoted_word(sys.prefix)}"
    if sys.prefix in (sys.base_prefix, os.environ.get("VIRTUAL_ENV")):
        return "pip install"
    return f"{quoted_word(sys.executable)} -m pip install"
