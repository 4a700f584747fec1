"""What reading says of captures and copies that are damaged, too large or too many, and what they hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from reading.hars import entry, har, reading

from har2rpc.reading import folders, har_entry
from har2rpc.reading.clipboard import copied_text

_CURL = b"curl 'https://odoo.example/web/dataset/call_kw' --data-raw '{}'\n"
_CUT_STATUS = har(entry(1), entry(2)).replace(b'"status":', b'"status"', 1)


def _notes(data: bytes) -> list[str]:
    """The sentences on what is lost of a capture."""
    return reading(data, again=False)[1]


def _zip(text: bytes) -> bytes:
    """A zip with this text as its HAR, of which the last byte has changed since."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("har.har", text + b"}")
    return file.getvalue().replace(text + b"}", text + b"]")


def _too_large_a_copy() -> None:
    with patch.object(copied_text, "LARGEST_COPY", 10):
        _notes(_CURL)


def _too_many_files() -> None:
    with TemporaryDirectory() as name, patch.object(folders, "MOST_FILES", 1):
        for file in ("a.har", "b.har"):
            (Path(name) / file).touch()
        folders.files_of([name])


DAMAGED_CAPTURES: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("reading/clipboard/copied_commands.py", lambda: _notes(_CURL + b"curl -s\n" * 21)),
    ("reading/clipboard/copied_commands.py", lambda: _notes(_CURL + b"curl -s\n")),
    ("reading/clipboard/copied_text.py", lambda: _notes(_CURL.replace(b"{}", b"\xff"))),
    ("reading/clipboard/copied_text.py", _too_large_a_copy),
    ("reading/files/archive.py", lambda: _notes(_zip(har(entry(1))))),
    ("reading/files/archive.py", lambda: _notes(_zip(har(entry(1)) + b" " * (1 << 20)))),
    ("reading/folders.py", _too_many_files),
    ("reading/har/damage.py", lambda: _notes(har(1, entry(2)))),
    ("reading/har/damage.py", lambda: _notes(_CUT_STATUS)),
    ("reading/har/haralyzer_view.py", lambda: har_entry(reading(_CUT_STATUS, again=False)[0][0])),
)
