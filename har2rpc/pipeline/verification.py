"""Whether what is generated is right: an Odoo that answers from the capture, and code that is run against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from har2rpc.model import (
    Action,
    Call,
    Capture,
    ConvertOptions,
    Har2rpcError,
    Input,
    Json,
    Result,
    Run,
    Value,
)
from har2rpc.pipeline.conversion import actions, render
from har2rpc.pipeline.serialization import as_told

if TYPE_CHECKING:
    from har2rpc.proving.mock.app import RecordedOdoo
    from har2rpc.proving.verdict import Verdict

MOCK_SECRET = "the-key-of-the-mock"


def recorded_odoo(capture: Capture, *, secret: str = MOCK_SECRET) -> RecordedOdoo:
    """An Odoo (a WSGI application) that answers what was recorded, as it was called and as `convert` calls it."""
    from har2rpc.proving.mock.app import RecordedOdoo

    app = RecordedOdoo(capture.calls, capture.session, secret=secret)
    for call in capture.calls:
        if call.outcome in ("ok", "none"):
            for action in actions(capture, [call]):
                _teach(app, capture, action, call)
    return app


@contextmanager
def mock(capture: Capture, *, port: int = 0) -> Iterator[tuple[RecordedOdoo, Mapping[str, str]]]:
    """Serves the capture on loopback while the block runs; gives the application and the variables to set."""
    from har2rpc.proving.mock.server import serve

    app = recorded_odoo(capture)
    with serve(app, port) as url:
        yield app, {"ODOO_URL": url, **_identity(capture), "ODOO_API_KEY": MOCK_SECRET}


def verify(
    capture: Capture,
    calls: Sequence[Call],
    *,
    target: str = "python",
    verbatim: bool = False,
    server: Mapping[str, str] | None = None,
    writes: bool = False,
    begun: Callable[[Call], None] = lambda call: None,
) -> Iterator[Verdict]:
    """Runs what is generated for each call by itself, and compares its answer with the recorded one.

    `server` are the variables that name a live server (ODOO_URL, ODOO_DB, ODOO_API_KEY, …); without them the capture
    itself is served on loopback. What changes something is run only with `writes`.
    Raises Har2rpcError for a target that is no program.
    """
    from har2rpc.proving.runner import check_runnable
    from har2rpc.rendering import find_target

    language = find_target(target).language
    check_runnable(language)
    if server is not None:
        how = (capture, calls, target, language, verbatim, server, writes, begun)
        yield from _verified(*how, odoo=None)
        return
    with mock(capture) as (odoo, variables):
        how = (capture, calls, target, language, verbatim, variables, writes, begun)
        yield from _verified(*how, odoo=odoo)


def _verified(
    capture: Capture,
    calls: Sequence[Call],
    target: str,
    language: str,
    verbatim: bool,
    variables: Mapping[str, str],
    writes: bool,
    begun: Callable[[Call], None],
    *,
    odoo: RecordedOdoo | None,
) -> Iterator[Verdict]:
    from har2rpc.proving.runner import run_code
    from har2rpc.proving.verdict import Verdict, judged, why_skipped

    for call in calls:
        begun(call)
        steps = actions(capture, [call], ConvertOptions(verbatim=verbatim))
        action = steps[0]
        why = why_skipped(action, writes=writes)
        if not why and odoo and call.outcome == "missing":
            why = "the capture holds no answer to it"
        if why:
            yield Verdict(call, "skipped", why)
            continue
        text = render(capture, steps, target=target)
        if odoo:
            odoo.recordings.reach(call.n)
        options = ["--write"] if action.changes else []
        ran = run_code(text, language, variables, options)
        yield judged(call, action, ran, fields=capture.fields().get(call.model, {}))


def ask(url: str, db: str, login: str, secret: str) -> dict[str, Json]:
    """What a live server tells of itself and of a login, in the form of `whoami --json`.

    Raises Har2rpcError with a clear word for each refusal.
    """
    from har2rpc.proving.probe import ask as asked

    told = asked(url, db, login, secret)
    return as_told(
        url=told.url, db=told.db, uid=told.uid, login=told.login, server_version=told.server_version
    )


def would_change(capture: Capture, calls: Sequence[Call]) -> list[str]:
    """What `writes` would do, one line a call."""
    found = []
    for call in calls:
        action = actions(capture, [call])[0]
        if action.changes:
            found.append(f"call {call.n}: {action.model}.{action.method}: {action.description}")
    return found


def _identity(capture: Capture) -> dict[str, str]:
    session = capture.session
    users = list(session.users)
    found = {
        "ODOO_DB": session.get("db") or "mock",
        "ODOO_LOGIN": session.get("login") or "admin",
        "ODOO_UID": session.get("uid") or (users[0] if users else 1),
    }
    return {name: str(value) for name, value in found.items()}


def _teach(app: RecordedOdoo, capture: Capture, action: Action, call: Call) -> None:
    """Adds the call that an action makes with its recorded values, and the answer in the public method's shape."""
    from har2rpc.proving.expected import classic
    from har2rpc.proving.mock.recordings import Received
    from har2rpc.proving.verdict import asked_fields

    def answer() -> Json:
        return classic(
            call,
            action.method,
            fields=capture.fields().get(action.model, {}),
            asked=asked_fields(action.kwargs),
            unnamed=lambda model, identity: f"{model},{identity}",
        )

    for run in action.runs:
        kwargs = {**sent(action.kwargs, run), "context": sent(action.context, run)}
        asked = Received(action.model, action.method, sent(action.args, run), kwargs)
        app.recordings.also(asked, answer, call.n)


def sent(value: Value, run: Run) -> Any:
    """A value of an action as one run sends it. Raises Har2rpcError for what no capture holds."""
    if isinstance(value, Input):
        given = run.values.get(value.name, value.example)
        return sent(given, run) if isinstance(given, (list, dict)) else given
    if isinstance(value, Result):
        raise Har2rpcError(f"{value.name} is made by another call")
    if isinstance(value, dict):
        return {key: sent(item, run) for key, item in value.items()}
    if isinstance(value, list):
        return [sent(item, run) for item in value]
    return value
