"""Whether what is generated is right: an Odoo that answers from the capture, and code that is run against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from har2rpc.model import (
    Action,
    Call,
    Capture,
    ConvertOptions,
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
from har2rpc.pipeline.conversion import actions, render
from har2rpc.pipeline.parts import one_server, part_of
from har2rpc.pipeline.serialization import as_probed

if TYPE_CHECKING:
    from har2rpc.odoo.form_answers import FormAnswers
    from har2rpc.proving.mock.app import RecordedOdoo
    from har2rpc.proving.mock.recordings import CallRequest
    from har2rpc.proving.unsent import Sending
    from har2rpc.proving.verdict import Verdict

MOCK_SECRET = "the-key-of-the-mock"


def recorded_odoo(capture: Capture, *, secret: str = MOCK_SECRET) -> RecordedOdoo:
    """An Odoo (a WSGI application) that answers what was recorded, as it was called and as `convert` calls it.

    Raises Har2rpcError for a capture with calls to several servers: take a part (`open_capture` with `server`).
    """
    from har2rpc.proving.mock.app import RecordedOdoo

    capture = one_server(capture)
    odoo = RecordedOdoo(capture.calls, capture.session, secret=secret)
    for call in capture.calls:
        for action in actions(capture, [call]):
            _add_translated_call(odoo, capture, action, call)
    return odoo


@contextmanager
def mock(capture: Capture, *, port: int = 0) -> Iterator[tuple[RecordedOdoo, Mapping[str, str]]]:
    """Serves the capture on loopback while the block runs; gives the application and the variables to set.

    Raises Har2rpcError for a capture with calls to several servers.
    """
    from har2rpc.proving.mock.server import serve

    capture = one_server(capture)
    odoo = recorded_odoo(capture)
    with serve(odoo, port) as url:
        yield odoo, {"ODOO_URL": url, **_identity(capture), "ODOO_API_KEY": MOCK_SECRET}


def verify(
    capture: Capture,
    calls: Sequence[Call],
    *,
    target: str = "python",
    verbatim: bool = False,
    input_names: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    server: Mapping[str, str] | None = None,
    writes: bool = False,
    on_call: Callable[[Call], None] = lambda call: None,
) -> Iterator[Verdict]:
    """Runs what is generated for each call by itself; compares its answer with the recorded one, and what it sends.

    `server` are the variables that name a live server (ODOO_URL, ODOO_DB, ODOO_API_KEY, …); without them the capture
    itself is served on loopback. What changes something is run only with `writes`. `on_call` is called before each.
    `input_names` and `keep` are the overrides of ConvertOptions.
    Raises Har2rpcError for a target that is not a program, for an override that names no value, and for calls to several
    servers.
    """
    from har2rpc.odoo.form_answers import FormAnswers
    from har2rpc.proving.runner import check_runnable
    from har2rpc.rendering import find_target

    language = find_target(target).language
    check_runnable(language)
    capture = part_of(capture, calls)
    options = ConvertOptions(verbatim, input_names=input_names or {}, keep=tuple(keep))
    if input_names or keep:
        actions(capture, calls, options)  # raises for those that name nothing
    with _server(capture, server) as (odoo, variables):
        if odoo:
            odoo.recordings.saves.allows_omissions = True  # they are told in the verdict
        verification = _Verification(
            capture,
            target,
            language,
            variables,
            odoo,
            options,
            FormAnswers(capture.calls, capture.session.major),
            writes,
        )
        for call in calls:
            on_call(call)
            yield verification.verdict(call)


@contextmanager
def _server(
    capture: Capture, variables: Mapping[str, str] | None
) -> Iterator[tuple[RecordedOdoo | None, Mapping[str, str]]]:
    """The live server that these variables name; without them the capture itself, served while the block runs."""
    if variables is not None:
        yield None, variables
    else:
        with mock(capture) as served:
            yield served


@dataclass(frozen=True, slots=True)
class _Verification:
    """The settings that all calls of one `verify` are run with."""

    capture: Capture
    target: str
    language: str
    """The extension of the target's files: it tells the interpreter."""
    variables: Mapping[str, str]
    """What the code reads from its environment: the server, the database, the credential."""
    odoo: RecordedOdoo | None
    """The mock that the code is run against; None for a live server."""
    options: ConvertOptions
    """How all calls are converted."""
    forms: FormAnswers
    """What the capture's forms had by themselves."""
    writes: bool

    def verdict(self, call: Call) -> Verdict:
        """Converts one call, runs the code, and compares."""
        from har2rpc.proving.runner import run_code
        from har2rpc.proving.verdict import Verdict, skip_reason, verdict_on

        steps = actions(self.capture, [call], self._options_of(call))
        action = steps[0]
        why = skip_reason(action, writes=self.writes)
        if not why and self.odoo and call.outcome == "missing":
            why = "the capture holds no answer to it"
        if why:
            return Verdict(call, "skipped", why)
        text = render(self.capture, steps, target=self.target)
        if self.odoo:
            self.odoo.recordings.advance_to(call.n)
        arrived = len(self.odoo.received) if self.odoo else 0
        options = ["--write"] if action.changes else []
        result = run_code(text, self.language, self.variables, options)
        fields = self.capture.fields().get(call.model, {})
        sending = self._sending(call, action, arrived)
        return verdict_on(call, action, result, fields=fields, sending=sending)

    def _options_of(self, call: Call) -> ConvertOptions:
        """The options with the overrides of one call alone: the others are converted by themselves."""
        head = f"{call.n}:"
        names = self.options.input_names
        return replace(
            self.options,
            input_names={path: names[path] for path in names if path.startswith(head)},
            keep=tuple(path for path in self.options.keep if path.startswith(head)),
        )

    def _sending(self, call: Call, action: Action, arrived: int) -> Sending | None:
        """What was sent for a save, beside what was saved; None for any other call.

        On the mock it is what came behind the first `arrived` requests; a live server does not tell: there it is what
        the code sends with its recorded values.
        """
        from har2rpc.odoo import call_args
        from har2rpc.proving.mock.saves import save_in
        from har2rpc.proving.unsent import compare_sending

        if not call_args.saved_values(call) or len(action.runs) != 1:
            return None
        requests = self.odoo.received[arrived:] if self.odoo else [_request(action, action.runs[0])]
        asked_form = None if self.odoo else action.form
        for request in reversed(requests):
            if (request.model, request.method) == (call.model, action.method):
                save = save_in(request.method, request.args, request.kwargs)
                if save is None:
                    return None
                return compare_sending(call, save.values, self.forms, asked_form)
        return None


def probe_server(url: str, db: str, login: str, secret: str) -> dict[str, Json]:
    """The facts about a live server and a login, in the form of `whoami --json`.

    Raises Har2rpcError with a sentence for each refusal.
    """
    from har2rpc.proving.probe import probe_login

    facts = probe_login(url, db, login, secret)
    return as_probed(
        url=facts.url,
        db=facts.db,
        uid=facts.uid,
        login=facts.login,
        server_version=facts.server_version,
    )


def would_change(capture: Capture, calls: Sequence[Call]) -> list[str]:
    """What `writes` would do, one line a call."""
    lines = []
    for call in calls:
        action = actions(capture, [call])[0]
        if action.changes:
            lines.append(f"call {call.n}: {action.model}.{action.method}: {action.description}")
    return lines


def _identity(capture: Capture) -> dict[str, str]:
    """The variables for database and user, with stand-ins for those that the capture does not have."""
    session = capture.session
    users = list(session.users)
    identity = {
        "ODOO_DB": session.get("db") or "mock",
        "ODOO_LOGIN": session.get("login") or "admin",
        "ODOO_UID": session.get("uid") or (users[0] if users else 1),
    }
    return {name: str(value) for name, value in identity.items()}


def _add_translated_call(odoo: RecordedOdoo, capture: Capture, action: Action, call: Call) -> None:
    """Adds the call that an action sends with its recorded values, and the answer in the public method's shape."""
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
        return  # its values are compared with what was saved, not with what is made of it
    for run in action.runs:
        outcome: Outcome = "ok" if call.outcome == "none" else call.outcome
        odoo.recordings.add_answer(_request(action, run), answer, call.n, outcome)


def _announced(action: Action) -> frozenset[str]:
    """The fields that a target which asks no form says it does not send: what the form had set for no record."""
    if action.form is None:
        return frozenset()
    forms = (action.form, *action.form.lines.values())
    following = {str(one.steps[-1]) for one in action.form.recorded}
    return frozenset(name for form in forms for name in form.sets) - following


def _request(action: Action, run: Run) -> CallRequest:
    """The call that an action sends in one of its runs."""
    from har2rpc.proving.mock.recordings import CallRequest

    kwargs = {**sent_value(action.kwargs, run), "context": sent_value(action.context, run)}
    return CallRequest(action.model, action.method, sent_value(action.args, run), kwargs)


def sent_value(value: Value, run: Run) -> Json:
    """A value of an action as one run sends it. Raises Har2rpcError for the result of another call."""
    if isinstance(value, Input):
        recorded = run.values.get(value.name, value.example)
        return sent_value(recorded, run) if isinstance(recorded, (list, dict)) else recorded
    if isinstance(value, Following):  # a run has the recorded values, and so what belongs to them
        return sent_value(value.value, run)
    if isinstance(value, Lines):
        return line_commands(value, sent_value(value.source, run))
    if isinstance(value, Result):
        raise Har2rpcError(f"{value.name} is made by another call")
    if isinstance(value, dict):
        return {key: sent_value(item, run) for key, item in value.items()}
    if isinstance(value, list):
        return [sent_value(item, run) for item in value]
    return value
