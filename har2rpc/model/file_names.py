"""File names that every system takes: Windows' rules, which are the strictest ("Naming Files, Paths, and Namespaces" on
learn.microsoft.com, and `os.path.isreserved` of Python 3.13)."""

from __future__ import annotations

import os
import re
from pathlib import PureWindowsPath

ON_WINDOWS = os.name == "nt"
"""Whether this system has these rules itself."""

# A device is one with any extension: `nul.tar.gz` is NUL. What is behind a colon is a stream of the file.
_DEVICE = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?= *(?:[.:]|\Z))", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def portable_name(name: str) -> str:
    """One part of a path: `a:b.har` becomes `a_b.har`, `con.har` becomes `con_.har`; "" and dots become `file`.

    No folder, drive or parent is left in it. A name that every system takes stays as it is.
    """
    plain = _FORBIDDEN.sub("_", name).rstrip(". ") or "file"
    return _DEVICE.sub(r"\1_", plain, count=1) if _DEVICE.match(plain) else plain


def fits_windows(name: str) -> bool:
    """Whether Windows takes this as one part of a path, and as no other name."""
    return name == portable_name(name)


def why_not_on_windows(path: str) -> str:
    """A clause on why Windows writes no file of this path, or writes another one; "" where it does."""
    whole = PureWindowsPath(path)
    for part in whole.parts[1 if whole.anchor else 0 :]:
        if part == ".." or fits_windows(part):
            continue
        if device := _DEVICE.match(part):
            return f"{device[1]} is the name of a device on Windows"
        if sign := _FORBIDDEN.search(part):
            return f"Windows does not allow {sign[0]!r} in the name of a file"
        return "Windows drops the dot or space at the end of a name"
    return ""
