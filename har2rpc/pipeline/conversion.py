"""Turns calls into actions or a flow, and these into the text of a target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from har2rpc.model import (
    Action,
    Call,
    Capture,
    Connection,
    ConvertOptions,
    Decision,
    Flow,
    Har2rpcError,
    Input,
    Json,
    Link,
)
from har2rpc.pipeline.parts import by_server, part_of, with_user_notes
from har2rpc.pipeline.selection import select
from har2rpc.pipeline.unconverted import with_request_notes, with_session_actions


def actions(
    capture: Capture,
    calls: Sequence[Call] | None = None,
    options: ConvertOptions | None = None,
) -> list[Action]:
    """The actions that do what these calls did: translated, with inputs, linked and named.

    Without `calls`, everything that a person did in the capture. Raises Har2rpcError for an override that names no value,
    and for calls to several servers.
    """
    return _convert(capture, calls, options, in_flow=False)


def flow(
    capture: Capture,
    calls: Sequence[Call] | None = None,
    options: ConvertOptions | None = None,
) -> Flow:
    """Everything that these calls did as one flow: steps in recorded order, with results of earlier ones in later ones.

    Without `calls`, everything that a person did in the capture. Raises Har2rpcError for an override that names no value, and
    for calls to several servers.
    """
    from har2rpc.converting.flow import build_flow

    return build_flow(_convert(capture, calls, options, in_flow=True))


def _convert(
    capture: Capture,
    calls: Sequence[Call] | None,
    options: ConvertOptions | None,
    *,
    in_flow: bool,
) -> list[Action]:
    from har2rpc.converting import convert

    if options is not None and options.overrides.calls:
        from har2rpc.pipeline.override_file import check_overrides

        check_overrides(options.overrides, capture)

    calls = select(capture) if calls is None else calls
    whole, capture = capture, part_of(capture, calls)
    steps = with_user_notes(whole, convert(capture, calls, options, in_flow=in_flow))
    in_session = options is not None and options.client_calls
    steps = with_request_notes(capture, steps, in_session=in_session)
    if in_session:
        steps = with_session_actions(capture, steps, calls)
    if options is not None and options.lookups:
        from har2rpc.converting.lookups import add_lookups

        steps = add_lookups(steps, capture)
    if options is not None and not in_flow:
        steps = _with_custom_searches(steps, options)
    return steps


def _with_custom_searches(steps: Sequence[Action], options: ConvertOptions) -> list[Action]:
    """The actions; searches that take a whole domain are separate actions, or removed, if the overrides say so."""
    chosen = options.custom_domain
    is_wanted = options.overrides.custom_domain if chosen is None else chosen
    if is_wanted is None:
        return list(steps)
    return [
        step
        for each in steps
        for step in (replace(each, custom=None), each.custom if is_wanted else None)
        if step is not None
    ]


def find_inputs(capture: Capture, calls: Sequence[Call]) -> Mapping[int, list[tuple[str, Input]]]:
    """For each call, by its number: its inputs, each with its path (`5:domain[0][2]`)."""
    from har2rpc import converting

    inputs: dict[int, list[tuple[str, Input]]] = {}
    for of_server in by_server(calls):
        inputs |= converting.find_inputs(part_of(capture, of_server), of_server)
    return {call.n: inputs[call.n] for call in calls}


def find_decisions(capture: Capture, calls: Sequence[Call]) -> Mapping[int, list[Decision]]:
    """By call number: the decision on each value of the form that the call saved, lines included."""
    from har2rpc import converting

    decisions: dict[int, list[Decision]] = {}
    for of_server in by_server(calls):
        decisions |= converting.find_decisions(part_of(capture, of_server), of_server)
    return {call.n: decisions[call.n] for call in calls}


def find_links(capture: Capture, calls: Sequence[Call]) -> list[Link]:
    """The values that a flow of these calls takes from earlier answers, and where they come from."""
    from har2rpc import converting

    return [
        link
        for of_server in by_server(calls)
        for link in converting.find_links(part_of(capture, of_server), of_server)
    ]


def knows_flows(target: str) -> bool:
    """Whether a target can write a flow; otherwise it writes the single actions."""
    from har2rpc.rendering.targets import find_target

    return find_target(target).knows_flows


def has_session(target: str) -> bool:
    """Whether a target logs in as the web client does, and so takes the client's own calls (`ConvertOptions.client_calls`)."""
    from har2rpc.rendering.targets import find_target

    return find_target(target).has_session


def language_of(target: str) -> str:
    """The extension of a target's files (`py`, `mjs`, `json`, `sh`)."""
    from har2rpc.rendering.targets import find_target

    return find_target(target).language


def render(
    capture: Capture,
    steps: Sequence[Action] | Flow,
    *,
    target: str = "python",
    docs: Iterable[tuple[str, str]] = (),
    connection: Connection = "constants",
    rows: bool = False,
) -> str:
    """The text of a target (a name, or the path of a template) for these actions, or for a flow.

    The text names the server and the user of their calls. `docs` are pairs (name, text) of a server's answers to
    `/doc-bearer/<model>.json`, which name the arguments for JSON-2. With `connection="inputs"` the code asks for address,
    database and user: one connector for many customers. With `rows` the script repeats the action for each row of a CSV
    file; of several actions it takes the one that changes something.
    Raises Har2rpcError for `docs` that are not such answers, and for a target or actions that cannot take rows.
    """
    from har2rpc.rendering.target_text import render_target

    session = part_of(capture, calls_of(steps)).session
    return render_target(target, steps, session, _by_model(docs), connection, rows=rows)


def prepare(target: str | None = None) -> None:
    """Imports what opening a capture needs; with a `target`, also what converting needs, and compiles its template.

    The page calls this early, so that its first answers come sooner.
    """
    if target is None:
        from har2rpc import reading  # noqa: F401
        from har2rpc.odoo import landing, sentences  # noqa: F401
        from har2rpc.pipeline import display, loading  # noqa: F401

        return
    from har2rpc import converting  # noqa: F401
    from har2rpc.pipeline import override_file  # noqa: F401
    from har2rpc.rendering.target_text import compile_template
    from har2rpc.rendering.targets import find_target

    chosen_target = find_target(target)
    compile_template(chosen_target)
    if chosen_target.sheet is not None:
        compile_template(chosen_target.sheet)


def paste_boxes(
    capture: Capture,
    steps: Sequence[Action] | Flow,
    *,
    target: str,
    connection: Connection = "constants",
    is_rendered: bool = True,
) -> dict[str, Json]:
    """What to paste into the dialogs of a target, field by field, as data: see `rendering.paste_sheet.paste_boxes`.

    Raises Har2rpcError for a target that has no paste sheet.
    """
    from har2rpc.rendering.paste_sheet import paste_boxes as boxes_of

    session = part_of(capture, calls_of(steps)).session
    return boxes_of(target, steps, session, connection, is_rendered=is_rendered)


def rendered_box(text: str, sample: Mapping[str, Json]) -> str:
    """The text of a box with these values: see `rendering.paste_sheet.rendered_box`."""
    from har2rpc.rendering import paste_sheet as sheets

    return sheets.rendered_box(text, sample)


def paste_sheet(boxes: Mapping[str, Json]) -> str:
    """Paste boxes as a sheet in Markdown."""
    from har2rpc.rendering import paste_sheet as sheets

    return sheets.paste_sheet(boxes)


def has_sheet(target: str) -> bool:
    """Whether a target is pasted field by field, so that it has paste boxes."""
    from har2rpc.rendering.targets import find_target

    return find_target(target).sheet is not None


def calls_of(steps: Sequence[Action] | Flow) -> list[Call]:
    """The recorded calls behind these actions, or this flow."""
    actions = [step.action for step in steps.steps] if isinstance(steps, Flow) else steps
    return list({call.n: call for action in actions for call in action.calls}.values())


def _by_model(docs: Iterable[tuple[str, str]]) -> dict[str, Mapping[str, Json]]:
    from har2rpc.odoo import signatures

    by_model = {}
    for name, text in docs:
        try:
            described = signatures.parse_doc(text)
        except (ValueError, RecursionError) as error:
            raise Har2rpcError(
                f"{name}: is not what /doc-bearer/<model>.json answers ({error}); save that answer as it is"
            ) from None
        by_model[described["model"]] = described
    return by_model
