"""Verifies generated code: runs it against an Odoo and compares the answers with the recording."""

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
    Json,
    Overrides,
)
from har2rpc.pipeline.conversion import actions, render
from har2rpc.pipeline.parts import part_of
from har2rpc.pipeline.recorded_server import mock, request_of
from har2rpc.pipeline.serialization import as_probed

if TYPE_CHECKING:
    from har2rpc.odoo.form_answers import FormAnswers
    from har2rpc.proving.mock.app import RecordedOdoo
    from har2rpc.proving.unsent import Sending
    from har2rpc.proving.verdict import Verdict

_MOST_LATE_RUNS = 2  # late calls in a row, after which the rest is not run


def verify(
    capture: Capture,
    calls: Sequence[Call],
    *,
    target: str = "python",
    verbatim: bool = False,
    input_names: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    overrides: Overrides | None = None,
    server: Mapping[str, str] | None = None,
    writes: bool = False,
    on_call: Callable[[Call], None] = lambda call: None,
) -> Iterator[Verdict]:
    """Runs the code for each call; compares its answer and what it sends with the recording.

    `server` are the variables that name a live server (ODOO_URL, ODOO_DB, ODOO_API_KEY, …); without them the capture
    itself is served on loopback. Calls that change data run only with `writes`. `on_call` is called before each.
    `input_names`, `keep` and `overrides` (what a file of them holds) are those of ConvertOptions.
    Raises Har2rpcError for a target that is not a program, for an override that names no value, and for calls to several
    servers.
    """
    from har2rpc.odoo.form_answers import FormAnswers
    from har2rpc.proving.runner import check_runnable
    from har2rpc.proving.verdict import Verdict
    from har2rpc.rendering.targets import find_target

    language = find_target(target).language
    check_runnable(language)
    capture = part_of(capture, calls)
    options = ConvertOptions(
        verbatim,
        client_calls=find_target(target).has_session,
        input_names=input_names or {},
        keep=tuple(keep),
        overrides=overrides or Overrides(),
    )
    if input_names or keep or options.overrides.calls:
        actions(capture, calls, options)  # raises for overrides that name nothing
    with _server(capture, server) as (odoo, variables):
        if odoo:
            odoo.recordings.saves.allows_omissions = True  # the verdict reports them
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
        late_runs = 0
        for call in calls:
            on_call(call)
            if late_runs < _MOST_LATE_RUNS:
                verdict, is_late = verification.verdict(call)
                late_runs = late_runs + 1 if is_late else 0
                yield verdict
            else:
                yield Verdict(call, "skipped", "not run: the server did not answer in time before")


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
    """The settings for all calls of one `verify`."""

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
    """The values that the capture's forms had by themselves."""
    writes: bool

    def verdict(self, call: Call) -> tuple[Verdict, bool]:
        """The verdict on one call, and whether its code was stopped by the time limit."""
        from har2rpc.proving.runner import run_code
        from har2rpc.proving.verdict import Verdict, skip_reason, verdict_on

        steps = actions(self.capture, [call], self._options_of(call))
        steps = [step for step in steps if step.calls]  # an action without a call is not run
        action = steps[0]
        why = skip_reason(action, writes=self.writes)
        if not why and self.odoo and call.outcome == "missing" and not action.route:
            why = "the capture does not contain its answer"
        if why:
            return Verdict(call, "skipped", why), False
        connection = self.options.overrides.connection or "constants"
        text = render(self.capture, steps, target=self.target, connection=connection)
        if self.odoo:
            self.odoo.recordings.advance_to(call.n)
        arrived = len(self.odoo.received) if self.odoo else 0
        options = ["--write"] if action.changes else []
        result = run_code(text, self.language, self.variables, options)
        fields = self.capture.fields().get(call.model, {})
        sending = self._sending(call, action, arrived)
        verdict = verdict_on(call, action, result, fields=fields, sending=sending)
        return verdict, result.is_late

    def _options_of(self, call: Call) -> ConvertOptions:
        """The options with only this call's overrides, because each call is converted separately."""
        head = f"{call.n}:"
        names, calls = self.options.input_names, self.options.overrides.calls
        of_call = {call.n: calls[call.n]} if call.n in calls else {}
        return replace(
            self.options,
            input_names={path: names[path] for path in names if path.startswith(head)},
            keep=tuple(path for path in self.options.keep if path.startswith(head)),
            overrides=replace(self.options.overrides, calls=of_call),
        )

    def _sending(self, call: Call, action: Action, arrived: int) -> Sending | None:
        """For a save: what was sent, next to what was saved. None for any other call.

        On the mock these are the requests after the first `arrived` ones. A live server does not report them: there it
        is what the code sends with its recorded values.
        """
        from har2rpc.odoo import call_args
        from har2rpc.proving.mock.saves import save_in
        from har2rpc.proving.unsent import compare_sending

        if not call_args.saved_values(call) or len(action.runs) != 1:
            return None
        requests = (
            self.odoo.received[arrived:] if self.odoo else [request_of(action, action.runs[0])]
        )
        asked_form = None if self.odoo else action.form
        for request in reversed(requests):
            if request.model == call.model and request.method in (action.method, call.method):
                save = save_in(request.method, request.args, request.kwargs)
                if save is None:
                    return None
                return compare_sending(call, save.values, self.forms, asked_form)
        return None


def probe_server(
    url: str, db: str, login: str, secret: str, *, allow_http: bool = False
) -> dict[str, Json]:
    """The facts about a live server and a login, in the form of `whoami --json`.

    `allow_http` permits sending the secret unencrypted to other machines. Raises Har2rpcError, with a sentence for each
    kind of refusal.
    """
    from har2rpc.proving.probe import probe_login

    facts = probe_login(url, db, login, secret, allow_http=allow_http)
    return as_probed(
        url=facts.url,
        db=facts.db,
        uid=facts.uid,
        login=facts.login,
        server_version=facts.server_version,
    )


def would_change(capture: Capture, calls: Sequence[Call]) -> list[str]:
    """What `writes` would change, one line per call."""
    lines = []
    for call in calls:
        action = actions(capture, [call])[0]
        if action.changes:
            lines.append(f"call {call.n}: {action.model}.{action.method}: {action.description}")
    return lines
