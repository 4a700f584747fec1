"""An Odoo that answers from a capture: the recorded calls, and the calls that `convert` makes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from har2rpc.model import (
    Action,
    Call,
    Capture,
    Following,
    Har2rpcError,
    Input,
    Json,
    Lines,
    Outcome,
    Result,
    Run,
    Value,
)
from har2rpc.model.values import line_commands
from har2rpc.pipeline.conversion import actions
from har2rpc.pipeline.parts import one_server

if TYPE_CHECKING:
    from har2rpc.proving.mock.app import RecordedOdoo
    from har2rpc.proving.mock.recordings import CallRequest


def recorded_odoo(capture: Capture, *, secret: str, hosts: Collection[str] = ()) -> RecordedOdoo:
    """An Odoo (a WSGI application) that answers recorded calls, in the client's form and in that of `convert`.

    `secret` is its only password and API key; `hosts` are host names that it accepts in addition to `localhost`.
    Raises Har2rpcError for a capture with calls to several servers: take a part (`open_capture` with `server`).
    """
    from har2rpc.proving.mock.app import RecordedOdoo
    from har2rpc.proving.mock.gate import host_name

    capture = one_server(capture)
    odoo = RecordedOdoo(
        capture.calls,
        capture.session,
        secret=secret,
        hosts=frozenset(map(host_name, hosts)),
        requests=capture.requests,
    )
    for call in capture.calls:
        for action in actions(capture, [call]):
            _add_translated_call(odoo, capture, action, call)
    return odoo


@contextmanager
def mock(
    capture: Capture, *, port: int = 0, key: str = "", hosts: Collection[str] = ()
) -> Iterator[tuple[RecordedOdoo, Mapping[str, str]]]:
    """Serves the capture on loopback while the block runs; gives the application and the variables to set.

    Its password and API key is `key`, by default a random one. It accepts requests for `localhost` and for `hosts`, and
    none from web pages of other sites. Raises Har2rpcError for a capture with calls to several servers, and for a
    host that is not a name.
    """
    import secrets

    from har2rpc.proving.mock.server import serve

    capture = one_server(capture)
    key = key or secrets.token_hex(20)  # of the form of Odoo's own API keys
    odoo = recorded_odoo(capture, secret=key, hosts=hosts)
    with serve(odoo, port) as url:
        secret = {"ODOO_API_KEY": key, "ODOO_PASSWORD": key}
        yield odoo, {"ODOO_URL": url, **_identity(capture), **secret}


def _identity(capture: Capture) -> dict[str, str]:
    """The variables for database and user, with placeholders if the capture does not have them."""
    session = capture.session
    users = list(session.users)
    identity = {
        "ODOO_DB": session.get("db") or "mock",
        "ODOO_LOGIN": session.get("login") or "admin",
        "ODOO_UID": session.get("uid") or (users[0] if users else 1),
    }
    return {name: str(value) for name, value in identity.items()}


def _add_translated_call(odoo: RecordedOdoo, capture: Capture, action: Action, call: Call) -> None:
    """Adds the call that an action sends with its recorded values, with the answer in the shape of the public method."""
    from har2rpc.proving.expected import expected_answer
    from har2rpc.proving.verdict import requested_fields

    def answer() -> Json:
        return expected_answer(
            call,
            action.method,
            fields=capture.fields().get(action.model, {}),
            field_names=requested_fields(action.kwargs),
            name_of=lambda model, record_id: f"{model},{record_id}",
        )

    is_one = action.model == call.model and len(action.runs) == 1
    if is_one and odoo.recordings.saves.add(call, action.method, answer, _announced(action)):
        return  # its values are compared with what was saved, not with the converted call
    for run in action.runs:
        outcome: Outcome = "ok" if call.outcome == "none" else call.outcome
        odoo.recordings.add_answer(request_of(action, run), answer, call.n, outcome)


def _announced(action: Action) -> frozenset[str]:
    """The fields that a target without forms does not send, and says so: those that no recorded value determines."""
    if action.form is None:
        return frozenset()
    forms = (action.form, *action.form.lines.values())
    following = {str(one.steps[-1]) for one in action.form.recorded}
    return frozenset(name for form in forms for name in form.sets) - following


def request_of(action: Action, run: Run) -> CallRequest:
    """The call that an action sends in one of its runs."""
    from har2rpc.proving.mock.recordings import CallRequest

    kwargs = {**sent_value(action.kwargs, run), "context": sent_value(action.context, run)}
    return CallRequest(action.model, action.method, sent_value(action.args, run), kwargs)


def sent_value(value: Value, run: Run) -> Json:
    """A value of an action as one run sends it. Raises Har2rpcError for the result of another call."""
    if isinstance(value, Input):
        recorded = run.values.get(value.name, value.example)
        return sent_value(recorded, run) if isinstance(recorded, (list, dict)) else recorded
    if isinstance(value, Following):  # a run has the recorded values, and so the followers of these
        return sent_value(value.value, run)
    if isinstance(value, Lines):
        return line_commands(value, sent_value(value.source, run))
    if isinstance(value, Result):
        raise Har2rpcError(f"{value.name} is the result of another call; convert both with --flow")
    if isinstance(value, dict):
        return {key: sent_value(item, run) for key, item in value.items()}
    if isinstance(value, list):
        return [sent_value(item, run) for item in value]
    return value
