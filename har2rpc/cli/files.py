"""Reading a file as text; writing one whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from har2rpc.model import Har2rpcError


def read_text(path: str) -> tuple[str, str]:
    """The file's name and its text. Raises Har2rpcError where it cannot be read."""
    try:
        return path, Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Har2rpcError(f"{path}: is no text in UTF-8") from None
    except OSError as error:
        raise Har2rpcError(f"{path}: cannot be read: {error.strerror}") from error


def write_whole(path: str, text: str) -> None:
    """Replaces the file in one step: what was there stays until all of the new text is on disk.

    A link stays one: the file that it names is replaced. Raises Har2rpcError where it cannot be written.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise Har2rpcError(f"{path}: is a folder; name a file in it")
        if target.exists() and not target.is_file():  # /dev/stdout, a pipe: nothing to replace
            target.write_text(text, encoding="utf-8")
        else:
            _replace(target, text)
    except OSError as error:
        raise Har2rpcError(f"{path}: cannot be written: {error.strerror}") from error


def _replace(target: Path, text: str) -> None:
    import tempfile  # here, because it loads much that only writing a file needs

    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            newline="\n",
            dir=target.parent,
            prefix=".har2rpc-",
            delete=False,
        ) as file:
            temporary = file.name
            file.write(text)
        mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode & 0o777)
        os.replace(temporary, target)
        temporary = None
    finally:
        if temporary is not None:
            os.unlink(temporary)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
