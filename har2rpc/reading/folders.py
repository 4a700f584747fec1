"""The files that are meant when folders are named among the captures."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from har2rpc.model import Exchange, Har2rpcError, Worth
from har2rpc.reading.formats import read

Source = str | os.PathLike[str] | BinaryIO
MOST_FILES = 10_000
# What Playwright puts beside a HAR (recordHarContent "attach"): bodies, which are read from there.
_ATTACHED = re.compile(r"[0-9a-f]{40}(?:\.\w{1,12})?")


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """One file or stream to be read, and how it is called in what is told of it."""

    source: Source
    name: str
    folder: str = ""
    """The folder it was found in; empty where it was named itself."""

    def exchanges(
        self,
        worth_reading: Callable[[str, str], Worth],
        *,
        lost: Callable[[str], None],
        apart: Callable[[CaptureFile, str], None],
        progress: Callable[[int, int], None] | None,
    ) -> Iterator[Exchange]:
        """What `read` gives; a file that was not named itself and is no capture is handed to `apart`, with the reason."""
        try:
            yield from read(
                self.source, worth_reading, name=self.name, lost=lost, progress=progress
            )
        except Har2rpcError as why:
            if not self.folder:
                raise
            apart(self, str(why))


def files_of(sources: Sequence[Source]) -> list[CaptureFile]:
    """All files, in the order of the sources; those of a folder and of the folders in it by path, without hidden ones.

    Raises Har2rpcError for a folder without files, or with more than anyone has recorded.
    """
    return [file for source in sources for file in _files(source)]


def told_apart(apart: Sequence[tuple[CaptureFile, str]]) -> list[str]:
    """One sentence for each folder on what is no capture in it."""
    by_folder: dict[str, list[tuple[CaptureFile, str]]] = {}
    for file, why in apart:
        by_folder.setdefault(file.folder, []).append((file, why))
    return [
        (
            found[0][1]
            if len(found) == 1
            else f"{folder}: {len(found)} files in it are no captures and were passed over, {found[0][0].name} the first"
        )
        for folder, found in by_folder.items()
    ]


def _files(source: Source) -> Iterator[CaptureFile]:
    if hasattr(source, "read"):
        yield CaptureFile(source, "stdin")
        return
    path = os.fsdecode(source)
    name = os.path.basename(path.rstrip("/\\")) or path
    try:
        is_folder = os.path.isdir(path)
    except ValueError:  # a NUL in the name: opening it says so
        is_folder = False
    if not is_folder:
        yield CaptureFile(source, name)
        return
    found = 0
    for inner in _inside(path):
        found += 1
        if found > MOST_FILES:
            raise Har2rpcError(f"{name}: more than {MOST_FILES} files; name the captures in it")
        yield CaptureFile(inner, os.path.relpath(inner, path), name)
    if not found:
        raise Har2rpcError(f"{name}: is a folder without files; name one that holds captures")


def _inside(folder: str) -> Iterator[str]:
    """The files to be read, sorted by name, each folder's own before those of the folders in it. Links to folders are
    not followed."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            inner = os.path.join(path, name)
            if not name.startswith(".") and not _ATTACHED.fullmatch(name) and os.path.isfile(inner):
                yield inner
