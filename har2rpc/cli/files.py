"""Reads text files; writes files completely or not at all, and never over another without `force`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from har2rpc.model import Har2rpcError, file_names
from har2rpc.model.text_files import decoded

_STDOUT = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
_CAPTURES = (".har", ".gz", ".zip")


def read_text(path: str) -> tuple[str, str]:
    """The file's name and its text. Raises Har2rpcError if it cannot be read."""
    try:
        return path, decoded(Path(path).read_bytes())
    except UnicodeDecodeError:
        raise Har2rpcError(f"{path}: is not UTF-8 text") from None
    except OSError as error:
        raise Har2rpcError(f"{path}: cannot be read: {error.strerror}") from error


def is_stdout(path: str | None) -> bool:
    """Whether this name is standard output, in which nothing is ever replaced."""
    return path in _STDOUT


def check_output(path: str, captures: Iterable[str] = (), *, force: bool) -> None:
    """Raises Har2rpcError early if a file must not be written: it exists (without `force`), or it is a folder, one of the
    captures, or not a valid file name on this system (always).
    """
    if is_stdout(path):
        return
    check_name(path)
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise Har2rpcError(f"{path}: is a folder; name a file in it")
        if not target.parent.exists():
            named = os.path.dirname(path)
            folder = (
                target.parent if os.path.isdir(named or ".") else named
            )  # a link may lead there
            raise Har2rpcError(f"{path}: there is no folder {folder}; create it first")
        if not target.is_file():
            return
    except OSError:  # writing reports the reason
        return
    if any(_is_capture(target, capture) for capture in captures):
        raise Har2rpcError(f"{path}: is the capture itself; give another name")
    if not force:
        raise Har2rpcError(f"{path}: already exists; --force replaces it")


def check_name(path: str) -> None:
    """Raises Har2rpcError for a path that is not valid on this system, or that of a device."""
    if "\0" in path:
        raise Har2rpcError(f"{path}: is not a valid file name")
    if file_names.ON_WINDOWS and (why := file_names.why_not_on_windows(path)):
        raise Har2rpcError(f"{path}: {why}; give another name")


def write_whole(path: str, text: str, captures: Iterable[str] = (), *, force: bool) -> None:
    """Writes a text file in one step: an old file stays until the whole new text is on disk.

    Of a link, the target is replaced, and its mode is kept. Raises Har2rpcError if the file cannot be written, and as
    `check_output` does.
    """
    with open_whole(path, captures, force=force) as file:
        file.write(text.encode("utf-8"))


@contextmanager
def open_whole(
    path: str, captures: Iterable[str] = (), *, force: bool, is_private: bool = False
) -> Iterator[BinaryIO]:
    """A file that appears under its name once it is complete; with `is_private` only for its owner (mode 0600).

    Standard output, a pipe or a device is written directly. Raises Har2rpcError as `write_whole` does.
    """
    if is_stdout(path):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    captures = list(captures)
    check_output(path, captures, force=force)
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            with open(target, "wb") as device:
                yield device
            return
        import tempfile  # imported here, because only writing a file needs it

        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".har2rpc-")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            check_output(path, captures, force=force)  # the file may have been created meanwhile
            if not is_private:
                os.chmod(temporary, _usual_mode(target))
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise Har2rpcError(f"{path}: cannot be written: {error.strerror}") from error


def _is_capture(target: Path, capture: str) -> bool:
    """Whether an existing file is this capture, or is inside it if it is a folder."""
    try:
        if os.path.isdir(capture):
            is_inside = target.is_relative_to(os.path.realpath(capture))
            return is_inside and target.suffix.lower() in _CAPTURES
        return capture != "-" and os.path.samefile(target, capture)
    except (OSError, ValueError):
        return False


def _usual_mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
