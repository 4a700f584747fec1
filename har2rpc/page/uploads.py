"""The captures that a page on loopback has opened, on disk as long as the page is open, and its answers."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import IO

from har2rpc.model import Har2rpcError, Json, file_names
from har2rpc.page.messages import Page

_MOST_PAGES = 16
_LONGEST_NAME = 200  # bytes of one part of a path
_CHUNK = 1 << 20


class OpenPage:
    """One page: its messages, and the folder that only the user can read, where its captures and copies are."""

    def __init__(self, captures: Sequence[str], names: Sequence[str]) -> None:
        self._captures, self._names = list(captures), list(names)
        self._page = Page(runs=True)
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="har2rpc-")  # mode 0700
        self._sources: list[str] = []

    def close(self) -> None:
        """Removes the folder with all that is in it."""
        with suppress(OSError):
            self._folder.cleanup()

    def begin(self) -> None:
        """Forgets what was uploaded before."""
        with self._lock:
            shutil.rmtree(self._uploads, ignore_errors=True)
            self._sources = []

    def upload(self, group: int, path: str, stream: IO[bytes]) -> None:
        """Writes one file; those of a folder have its name before theirs, and a group in common.

        Raises Har2rpcError for a path that leads out of the folder.
        """
        parts = path.split("/")
        if not all(map(_is_file_name, parts)):
            raise Har2rpcError(f"{path[:80]!r} is not the name of a file")
        target = os.path.join(self._uploads, str(group), *parts)
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(stream, file, _CHUNK)
        source = os.path.join(self._uploads, str(group), parts[0])
        if source not in self._sources:
            self._sources.append(source)

    def answers(self, text: str) -> Iterator[str]:
        """Lines of JSON: `{"progress": [done, total]}` while a large capture is read, and last the answer.

        Where captures and copies lie is not the page's business: what it says of paths is put right here.
        """
        lines: SimpleQueue[str | None] = SimpleQueue()

        def work() -> None:
            try:
                with self._lock:
                    lines.put(self._page.answer(self._with_paths(text), report))
            except Exception as error:  # a bug of ours: the page says so, the terminal shows where
                lines.put(
                    json.dumps(
                        {"error": f"a bug in har2rpc ({type(error).__name__}); see its terminal"}
                    )
                )
                raise
            finally:
                lines.put(None)

        def report(done: int, total: int) -> None:
            lines.put(json.dumps({"progress": [done, total]}))

        threading.Thread(target=work, daemon=True).start()
        while (line := lines.get()) is not None:
            yield f"{line}\n"

    def copy(self, name: str) -> str:
        """The path of a redacted copy. Raises Har2rpcError if there is no such copy."""
        path = os.path.join(self._copies, name)
        if not _is_file_name(name) or not os.path.isfile(path):
            raise Har2rpcError(f"{name[:80]!r}: there is no such copy")
        return path

    def _with_paths(self, text: str) -> str:
        try:
            message: Json = json.loads(text)
        except (ValueError, RecursionError):
            return text  # the page's messages say what is wrong with it
        if isinstance(message, dict):
            message["sources"] = self._captures if message.get("given") else self._sources
            message["names"] = self._names if message.get("given") else None
            message["output"] = self._copies
            os.makedirs(self._copies, mode=0o700, exist_ok=True)
        return json.dumps(message)

    @property
    def _uploads(self) -> str:
        return os.path.join(self._folder.name, "uploads")

    @property
    def _copies(self) -> str:
        return os.path.join(self._folder.name, "copies")


class OpenPages:
    """The pages by the id that each gave itself; of too many the one that was used longest ago is closed."""

    def __init__(self, captures: Sequence[str] = (), names: Sequence[str] | None = None) -> None:
        """`names` are what the captures were called on the command line; without them their paths."""
        self.captures = tuple(captures)
        """Paths of the captures that a page begins with."""
        self._names = self.captures if names is None else tuple(names)
        self._pages: OrderedDict[str, OpenPage] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, page_id: str) -> OpenPage:
        """The page of this id, a new one where there is none."""
        with self._lock:
            page = self._pages.pop(page_id, None) or OpenPage(self.captures, self._names)
            self._pages[page_id] = page
            while len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)[1].close()
            return page

    def close(self, page_id: str) -> None:
        """Closes one page, and removes what it uploaded."""
        with self._lock:
            page = self._pages.pop(page_id, None)
        if page:
            page.close()

    def close_all(self) -> None:
        """Closes every page."""
        for page_id in list(self._pages):
            self.close(page_id)


def _is_file_name(name: str) -> bool:
    is_plain = bool(name) and name not in (".", "..") and not set(name) & set("/\\\0")
    is_usable = not file_names.ON_WINDOWS or file_names.fits_windows(name)
    return is_plain and is_usable and len(os.fsencode(name)) <= _LONGEST_NAME
