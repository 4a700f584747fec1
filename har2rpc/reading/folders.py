"""Finds the capture files in the paths and folders that the user names."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.files.unwrap import Source
from har2rpc.reading.formats import read

MOST_FILES = 10_000
# What Playwright puts next to a HAR (recordHarContent "attach"): bodies, which are read from there.
_ATTACHED = re.compile(r"[0-9a-f]{40}(?:\.\w{1,12})?")


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """One file or stream to be read, and its name in messages."""

    source: Source
    name: str
    folder: str = ""
    """The folder it was found in; empty where the user named the file itself."""

    def exchanges(
        self,
        interest_in: InterestIn,
        *,
        report_damage: ReportDamage,
        report_other_file: Callable[[CaptureFile, str], None],
        progress: ReportProgress | None,
    ) -> Iterator[Exchange]:
        """The results of `read` for each file. Files of a folder that are not captures go to `report_other_file`, with the reason."""
        try:
            yield from read(
                self.source,
                interest_in,
                name=self.name,
                report_damage=report_damage,
                progress=progress,
            )
        except Har2rpcError as error:
            if not self.folder:
                raise
            report_other_file(self, str(error))


def files_of(sources: Sequence[Source]) -> list[CaptureFile]:
    """All files, in the order of the sources; those of a folder and its subfolders by path, without hidden ones.

    Raises Har2rpcError for a folder without files, or with more than anyone has recorded.
    """
    return [file for source in sources for file in _source_files(source)]


def notes_on_other_files(other_files: Sequence[tuple[CaptureFile, str]]) -> list[str]:
    """One sentence for each folder on the files in it that are not captures; each comes with the reason."""
    by_folder: dict[str, list[tuple[CaptureFile, str]]] = {}
    for file, reason in other_files:
        by_folder.setdefault(file.folder, []).append((file, reason))
    return [
        (
            files[0][1]
            if len(files) == 1
            else f"{folder}: {len(files)} files in it are not captures and were skipped, {files[0][0].name} first"
        )
        for folder, files in by_folder.items()
    ]


def _source_files(source: Source) -> Iterator[CaptureFile]:
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
    count = 0
    for inner in _folder_files(path):
        count += 1
        if count > MOST_FILES:
            raise Har2rpcError(f"{name}: more than {MOST_FILES} files; name the captures in it")
        inner_name = os.path.relpath(inner, path).replace(os.sep, "/")  # the same on every system
        yield CaptureFile(inner, inner_name, name)
    if not count:
        raise Har2rpcError(f"{name}: is a folder without files; name one that holds captures")


def _folder_files(folder: str) -> Iterator[str]:
    """The files to be read, sorted by name, each folder's own before those of its subfolders. Links to folders are
    not followed."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            inner = os.path.join(path, name)
            if not name.startswith(".") and not _ATTACHED.fullmatch(name) and os.path.isfile(inner):
                yield inner
