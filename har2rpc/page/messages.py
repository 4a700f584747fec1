"""Answers the messages of the page: one JSON object in, one out.

A message is `{"do": NAME, …}`; the method `answer_NAME` of `Page` says which keys it has and what it returns. An error is
`{"error": sentence}`; an exception is a bug of ours.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from har2rpc import pipeline
from har2rpc.model import Call, Capture, ConvertOptions, Har2rpcError, Json
from har2rpc.model.file_names import portable_name
from har2rpc.page import conversion_view
from har2rpc.page.command_line import command_line, number_ranges

if TYPE_CHECKING:
    from har2rpc.page.highlighting import Span

_MOST_REQUESTS = 20
_NOTHING_OPEN = "nothing is open; drop a capture first"

Progress: TypeAlias = Callable[[int, int], None]
Message: TypeAlias = Mapping[str, Json]


class Page:
    """The state of one page: the capture that it has opened. It answers one message at a time."""

    def __init__(self, *, runs: bool = False) -> None:
        self._runs = runs  # whether code can run here: in `har2rpc ui`, but not in a browser tab
        self._sources: list[str] = []
        self._names: list[str] = []
        self._whole: Capture | None = None
        self._part: dict[str, str] = {}
        self._capture: Capture | None = None
        self._progress: Progress | None = None
        self._steps: dict[str, conversion_view.Steps] = {}
        self._spans: Iterator[list[Span]] = iter(())

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
        except MemoryError:
            reply = {
                "error": "there is not enough memory for this; the command line needs less: har2rpc list"
            }
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            reply = {
                "error": f"the page sent something that is not a message ({type(error).__name__}: {error})"
            }
        return json.dumps(reply)

    def _reply(self, message: Message) -> Json:
        name = message["do"]
        answer = getattr(self, f"answer_{name}", None) if isinstance(name, str) else None
        if answer is None:
            raise Har2rpcError(f"no message is called {name!r}")
        return answer(message)

    def answer_targets(self, message: Message) -> Json:
        """`{"targets": [{"name", "summary", "language", "flows", "custom", "session"}]}`."""
        return {"targets": pipeline.as_targets()}

    def answer_prepare(self, message: Message) -> Json:
        """Prepares the next messages while the page is idle: `{}`.

        With a `target`: converting to it; with `calls`: converting these; otherwise: opening a capture.
        """
        if "calls" in message:
            options = ConvertOptions(reads=True)
            for call in self._calls(message["calls"]):  # what their answers hold is remembered
                pipeline.actions(self._current(), [call], options)
        else:
            pipeline.prepare(message.get("target"))
        return {}

    def answer_open(self, message: Message) -> Json:
        """Opens `sources`, paths of files and folders, as one capture; closes the previous one.

        `names` are what the shown command line calls them: without it the last part of each path. The answer has `files`,
        the `sessions` (each with its `facts`, `server` and `users`), the `calls` as rows, and `notes`: a sentence for
        what was damaged or left out. Where no call was recorded, `without_calls` says what was: a target with a session
        may do it, without `calls`. Of several servers it is about the first, as `part` is.
        """
        sources = [str(source) for source in message["sources"]]
        self._whole = self._capture = None
        self._whole = pipeline.open_capture(sources, progress=self._progress)
        self._sources = sources
        self._names = message.get("names") or [PurePath(source).name for source in sources]
        sessions = self._whole.sessions
        return self.answer_part({"server": sessions[0].server} if len(sessions) > 1 else {})

    def answer_part(self, message: Message) -> Json:
        """The same for a part of what is open: that of a `server`, of a `user` (uid or login), of both or of neither."""
        if self._whole is None:
            raise Har2rpcError(_NOTHING_OPEN)
        part = {key: str(message[key]) for key in ("server", "user") if message.get(key)}
        capture = pipeline.part_for(self._whole, **part)
        self._capture, self._part = capture, part
        self._steps.clear()
        alone = pipeline.holds_noise_alone(capture)
        return {
            "files": list(capture.files),
            "servers": [session.server for session in self._whole.sessions],
            "part": part,
            "sessions": [
                {
                    "server": session.server,
                    "facts": pipeline.as_facts(session),
                    "users": self._users(session.server),
                }
                for session in capture.sessions
            ],
            "calls": pipeline.as_rows(capture),
            "without_calls": "" if capture.calls else _without_calls(capture),
            "notes": [
                *capture.skipped,
                *([pipeline.noise_alone_note(capture)] if alone else []),
            ],
        }

    def answer_answered(self, message: Message) -> Json:
        """What Odoo answered to call `n`: `{"text", "size", "cut"}`, secrets masked."""
        return pipeline.as_answered(self._calls([message["n"]])[0])

    def answer_convert(self, message: Message) -> Json:
        """The code for `calls` (numbers) in a `target`, as one `flow` or as single actions, with `overrides`.

        The answer has the `text`, its `language`, a `file_name`, `notes` that the command line prints, the `links` of a
        flow (from, to), and `command`: the line that prints the same text, byte for byte. `searches` says whether one of
        the single actions could take a whole domain, too. Of a target with paste boxes it has the `sheet`; with
        `boxes_first` its text is null.
        """
        calls = self._calls_or_requests(message)
        view = conversion_view.convert(self._current(), calls, message, self._steps)
        options = [part for key, value in self._part.items() for part in (f"--{key}", value)]
        options += ["-n", number_ranges(call.n for call in calls)] if calls else []
        options += view.pop("options")
        return {**view, "command": command_line("convert", options, self._names)}

    def answer_rendered(self, message: Message) -> Json:
        """`{"text"}`: what the template of a paste box gives for its `sample`, as JSON. `text` is the template."""
        return {"text": pipeline.rendered_box(message["text"], message["sample"])}

    def answer_values(self, message: Message) -> Json:
        """What can be set for call `n`, with these `overrides`: the object of `pipeline.as_values`."""
        overrides, _ = conversion_view.overrides_in(message)
        options = ConvertOptions(reads=True, overrides=overrides)
        return pipeline.as_values(self._current(), self._calls([message["n"]])[0], options)

    def answer_overrides(self, message: Message) -> Json:
        """Whether the `text` of a file is one of overrides: `{"overrides"}`, its content."""
        pipeline.read_overrides(str(message.get("name", "overrides")), message["text"])
        return {"overrides": json.loads(message["text"])}

    def answer_changes(self, message: Message) -> Json:
        """What running `calls` would change, one line per call that changes data: `{"changes"}`."""
        return {"changes": pipeline.would_change(self._current(), self._calls(message["calls"]))}

    def answer_verify(self, message: Message) -> Json:
        """Runs the code of `calls` and compares; not in a tab. See `verification_view.verify`."""
        if not self._runs:
            raise Har2rpcError("a browser tab cannot run the code; har2rpc ui can")
        from har2rpc.page.verification_view import verify

        return verify(self._current(), self._calls(message["calls"]), message)

    def answer_highlight(self, message: Message) -> Json:
        """`{"spans": [[start, end, class]], "more"}` of a `text` in a `language`; positions count UTF-16 units.

        Where there are `more`, the next message, without a text, gives the next ones.
        """
        if "text" in message:
            from har2rpc.page.highlighting import spans

            self._spans = spans(message["text"], message["language"])
        piece = next(self._spans, None)
        return {"spans": piece or [], "more": piece is not None}

    def answer_domain(self, message: Message) -> Json:
        """The object of `domain --json` for the `text` of a search domain and an `odoo` version.

        Without a version it is that of the open capture's server, if it is known, else the newest.

        Its `json` is a text here: JavaScript would round a large number.
        """
        explained = pipeline.as_explained(
            pipeline.explain(message["text"], message.get("odoo") or self._version())
        )
        return {**explained, "json": json.dumps(explained["json"], ensure_ascii=False)}

    def answer_redact(self, message: Message) -> Json:
        """Writes the open captures without their secrets to the folder `output`, one file each.

        The answer is the object of `redact --report --json`, and `written`: the names of the new files.
        """
        self._current()
        names: list[str] = []

        @contextmanager
        def output(name: str) -> Iterator[BinaryIO]:
            names.append(_redacted_name(name, names))
            with open(os.path.join(str(message["output"]), names[-1]), "wb") as file:
                yield file

        report = pipeline.redact(self._sources, output, progress=self._progress)
        return {**pipeline.as_redacted(report), "written": names}

    def _current(self) -> Capture:
        if self._capture is None:
            raise Har2rpcError(_NOTHING_OPEN)
        return self._capture

    def _version(self) -> str:
        """The major version of the open capture's server (`19`), if it is known and supported, else nothing."""
        version = self._capture.session.version if self._capture else None
        if version is None or version.first is None or version.first != version.last:
            return ""
        try:
            pipeline.odoo_version(str(version.first))
        except Har2rpcError:
            return ""
        return str(version.first)

    def _users(self, server: str) -> Json:
        """All users who made calls to a server, whichever part is open: `[{"uid", "calls"}]`."""
        sessions = self._whole.sessions if self._whole else ()
        users = next((each.users for each in sessions if each.server == server), {})
        return [{"uid": uid, "calls": count} for uid, count in users.items()]

    def _calls_or_requests(self, message: Message) -> list[Call]:
        """The calls that are ticked; none where the capture holds nothing but requests that the target can do."""
        capture = self._current()
        if capture.calls:
            return self._calls(message["calls"])
        in_session = pipeline.has_session(str(message["target"]))
        if not in_session or not pipeline.has_session_requests(capture):
            raise Har2rpcError(pipeline.nothing_to_convert(capture))
        return []

    def _calls(self, numbers: Sequence[int]) -> list[Call]:
        if not numbers:
            raise Har2rpcError("no call is selected; tick what you want as code")
        return pipeline.select(self._current(), numbers=numbers)


def _without_calls(capture: Capture) -> str:
    """What was recorded where no call was: the requests that a session of the web client can do again."""
    requests = [
        f"{one.route} {one.does}" for one in pipeline.unconverted_requests(capture)[:_MOST_REQUESTS]
    ]
    if not requests or not pipeline.has_session_requests(capture):
        return pipeline.nothing_to_convert(capture)
    done = "; ".join(dict.fromkeys(requests))
    return f"The capture has no call of a model's method, only requests of a web client's session: {done}."


def _redacted_name(name: str, taken: Sequence[str]) -> str:
    """`contacts.har` becomes `contacts-redacted.har`: a file name without folders, and none twice."""
    last = PurePath(name.replace("\\", "/")).name.removesuffix(".gz")
    stem = portable_name(last.rpartition(".")[0] or "capture")
    lower = {each.casefold() for each in taken}
    names = (f"{stem}-redacted{n}.har" for n in ("", *(f"-{n}" for n in range(2, 10_002))))
    return next(each for each in names if each.casefold() not in lower)
