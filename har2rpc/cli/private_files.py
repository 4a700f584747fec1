"""Files for what holds people's data: for their owner alone, never over another file without being told so."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from har2rpc.model import Har2rpcError

OpenOutput = Callable[[str], AbstractContextManager[BinaryIO]]


def private_output(output: str, count: int, *, force: bool) -> OpenOutput:
    """What opens a file for each capture's name: `output` itself for one capture, else a file in that folder.

    Raises Har2rpcError for several captures and a file; `private_file` says what the files raise.
    """
    target = Path(output)
    is_folder = target.is_dir() or output.endswith(("/", os.sep)) or count > 1
    if not is_folder:
        return lambda name: private_file(target, force=force)
    if target.exists() and not target.is_dir():
        raise Har2rpcError(f"{output}: is a file; name a folder for {count} captures")
    written: set[Path] = set()

    def open_in_folder(name: str) -> AbstractContextManager[BinaryIO]:
        path = target / Path(name)
        if path.suffix.lower() not in (".har", ".gz", ".zip"):
            path = path.with_name(path.name + ".har")
        if path in written:
            raise Har2rpcError(
                f"{output}: two of the captures are called {name}; redact them apart"
            )
        written.add(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return private_file(path, force=force)

    return open_in_folder


@contextmanager
def private_file(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A binary file that takes its place, with mode 0600, when all is written; `.gz` and `.zip` pack what is written.

    A pipe or device is written as it is. Raises Har2rpcError where the file is there (without `force`), or cannot be
    written.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise Har2rpcError(f"{path}: is a folder; name a file in it")
        if target.exists() and not target.is_file():
            with open(target, "wb") as device:
                yield device
            return
        if target.exists() and not force:
            raise Har2rpcError(f"{path}: is there already; --force replaces it")
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".har2rpc-")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file, _packer(file, path.suffix.lower()) as packed:
                yield packed
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise Har2rpcError(f"{path}: cannot be written: {error.strerror}") from error


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
