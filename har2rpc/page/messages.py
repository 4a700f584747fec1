"""What the page asks, and the answers: one object of JSON in, one out.

A message is `{"do": NAME, …}`; the methods of `Page` named `answer_NAME` say what else it holds and what comes back.
What is refused is `{"error": sentence}`: nothing is raised but for a bug of ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import TypeAlias

from har2rpc import pipeline
from har2rpc.model import Call, Capture, Har2rpcError, Json
from har2rpc.page import conversion_view
from har2rpc.page.command_line import command_line, number_ranges

Progress: TypeAlias = Callable[[int, int], None]
Message: TypeAlias = Mapping[str, Json]


class Page:
    """What one page has opened. One message is answered at a time."""

    def __init__(self) -> None:
        self._sources: list[str] = []
        self._capture: Capture | None = None
        self._progress: Progress | None = None

    def answer(self, text: str, progress: Progress | None = None) -> str:
        """The answer to a message, as JSON in ASCII (half an emoji is an escape).

        `progress` is called with the bytes read so far and the bytes in all, for large captures.
        """
        self._progress = progress
        try:
            message = json.loads(text)
            reply = self._reply(message)
        except Har2rpcError as error:
            reply = {"error": str(error)}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            reply = {
                "error": f"the page sent what is not a message ({type(error).__name__}: {error})"
            }
        return json.dumps(reply)

    def _reply(self, message: Message) -> Json:
        name = message["do"]
        answer = getattr(self, f"answer_{name}", None) if isinstance(name, str) else None
        if answer is None:
            raise Har2rpcError(f"no message is called {name!r}")
        return answer(message)

    def answer_targets(self, message: Message) -> Json:
        """`{"targets": [{"name", "summary", "language", "flows"}]}`."""
        return {"targets": pipeline.as_targets()}

    def answer_open(self, message: Message) -> Json:
        """Opens `sources`, paths of files and folders, as one capture; what was open is let go.

        `server` and `user`, both optional, choose a part of it. The answer has `files`, the `sessions` (each with its
        `facts`, `server` and `users`), the `calls` as rows, and `notes`: a sentence for what was damaged or left out.
        """
        sources = [str(source) for source in message["sources"]]
        self._capture = None
        self._capture = pipeline.open_capture(
            sources,
            server=message.get("server"),
            user=message.get("user"),
            progress=self._progress,
        )
        self._sources = sources
        alone = pipeline.holds_noise_alone(self._capture)
        return {
            "files": list(self._capture.files),
            "sessions": [
                {
                    "server": session.server,
                    "facts": pipeline.as_facts(session),
                    "users": [{"uid": uid, "calls": count} for uid, count in session.users.items()],
                }
                for session in self._capture.sessions
            ],
            "calls": pipeline.as_rows(self._capture),
            "notes": [
                *self._capture.skipped,
                *([pipeline.noise_alone_note(self._capture)] if alone else []),
            ],
        }

    def answer_answered(self, message: Message) -> Json:
        """What Odoo answered to call `n`: `{"text", "size", "cut"}`, secrets masked."""
        return pipeline.as_answered(self._calls([message["n"]])[0])

    def answer_convert(self, message: Message) -> Json:
        """The code for `calls` (numbers) in a `target`, as one `flow` or as single actions, with `overrides`.

        The answer has the `text`, its `language`, a `file_name`, `notes` that the command line prints, and `command`:
        the line that prints the same text, byte for byte.
        """
        calls = self._calls(message["calls"])
        view = conversion_view.convert(self._current(), calls, message)
        options = ["-n", number_ranges(call.n for call in calls), *view.pop("options")]
        return {**view, "command": command_line("convert", options, self._file_names())}

    def answer_highlight(self, message: Message) -> Json:
        """`{"spans": [[start, end, class]]}` of a `text` in a `language`; positions count UTF-16 units."""
        from har2rpc.page.highlighting import spans

        return {"spans": spans(message["text"], message["language"])}

    def answer_domain(self, message: Message) -> Json:
        """The object of `domain --json` for the `text` of a search domain and an `odoo` version ("" for the newest)."""
        return pipeline.as_explained(pipeline.explain(message["text"], message.get("odoo", "")))

    def answer_redact(self, message: Message) -> Json:
        """Writes what is open without its secrets to the path `output`: `{"removed", "doubts", "notes", "files"}`."""
        self._current()
        with open(message["output"], "wb") as output:
            report = pipeline.redact(self._sources, output, progress=self._progress)
        return pipeline.as_redacted(report)

    def _current(self) -> Capture:
        if self._capture is None:
            raise Har2rpcError("nothing is open; drop a capture first")
        return self._capture

    def _calls(self, numbers: Sequence[int]) -> list[Call]:
        if not numbers:
            raise Har2rpcError("no call is ticked; tick what you want as code")
        return pipeline.select(self._current(), numbers=numbers)

    def _file_names(self) -> list[str]:
        return [PurePath(source).name for source in self._sources]
