"""Files for captures, which contain personal data: readable only by their owner, compressed if the name says so."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from har2rpc.cli.files import check_name, check_output, is_stdout, open_whole
from har2rpc.model import Har2rpcError
from har2rpc.model.file_names import portable_name

OpenOutput = Callable[[str], AbstractContextManager[BinaryIO]]


def private_output(output: str, captures: Sequence[str], *, force: bool) -> OpenOutput:
    """A function that opens a file for each capture's name: `output` itself for one capture, else a file in that folder.

    Raises Har2rpcError for several captures and a file; `private_file` says what the files raise.
    """
    check_name(output)
    target = Path(output)
    count = 2 if any(map(os.path.isdir, captures)) else len(captures)
    is_folder = target.is_dir() or output.endswith(("/", os.sep)) or count > 1
    if not is_folder or (is_stdout(output) and count == 1):
        check_output(output, captures, force=force)  # now: reading a large capture takes a while
        return lambda name: private_file(output, captures, force=force)
    if target.exists() and not target.is_dir():
        raise Har2rpcError(f"{output}: is a file; name a folder for {count} captures")
    written: set[tuple[int, int]] = set()

    @contextmanager
    def open_in_folder(name: str) -> Iterator[BinaryIO]:
        path = target.joinpath(*map(portable_name, Path(name).parts))
        if path.suffix.lower() not in (".har", ".gz", ".zip"):
            path = path.with_name(path.name + ".har")
        if (
            path.exists() and _identity(path) in written
        ):  # also on systems where A.har and a.har are the same file
            raise Har2rpcError(
                f"{output}: two of the captures are called {name}; redact them separately"
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with private_file(str(path), captures, force=force) as file:
            yield file
        written.add(_identity(path))

    return open_in_folder


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


@contextmanager
def private_file(path: str, captures: Sequence[str] = (), *, force: bool) -> Iterator[BinaryIO]:
    """A binary file, mode 0600, that appears under its name once it is complete; `.gz` and `.zip` compress it.

    Raises Har2rpcError as `open_whole` does: never over one of the captures.
    """
    with (
        open_whole(path, captures, force=force, is_private=True) as file,
        _packer(file, Path(path).suffix.lower()) as packed,
    ):
        yield packed


@contextmanager
def _packer(file: BinaryIO, suffix: str) -> Iterator[BinaryIO]:
    if suffix == ".gz":
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
            yield cast(BinaryIO, packed)
    elif suffix == ".zip":
        import zipfile

        with (
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open("har.har", "w", force_zip64=True) as member,
        ):
            yield cast(BinaryIO, member)
    else:
        yield file
