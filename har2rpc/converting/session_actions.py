"""Actions for requests to routes that name no method: reports, exports, files, forms, barcodes.

They need a session of the web client, so only targets that have one get them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from har2rpc.converting.draft import UniqueNames
from har2rpc.converting.session_steps import SessionStep, can_convert, session_step
from har2rpc.model import Action, Capture, ClientRequest, ClientRoute, Input, Result, Run, Value
from har2rpc.model.file_names import portable_name
from har2rpc.model.values import is_id, map_value
from har2rpc.odoo import english
from har2rpc.odoo.reserved_names import RESERVED

_EXPORTS = frozenset({"/web/export/xlsx", "/web/export/csv", "/web/export/xls"})


def session_actions(
    requests: Sequence[ClientRequest], actions: Sequence[Action], capture: Capture
) -> list[Action]:
    """The actions, with exports as files, followed by one action for each kind of request."""
    exports = {request.n: request for request in capture.requests if request.route in _EXPORTS}
    known = [_export(action, exports) for action in actions]
    taken = UniqueNames(RESERVED | _results(known))
    known = [_with_file_names(action, taken) for action in known]
    steps: dict[str, list[SessionStep]] = {}
    for request in filter(can_convert, requests):
        step = session_step(request, capture)
        steps.setdefault(_shape(step), []).append(step)
    names = UniqueNames(RESERVED | {action.name for action in known} | _results(known))
    return [*known, *(_action(group, names, known, capture) for group in steps.values())]


def _with_file_names(action: Action, names: UniqueNames) -> Action:
    """The action; the result of an export is named after what it exports."""
    if action.route is None:
        return action
    stem = f"exported_{english.plural(english.model_noun(action.model))}"
    runs = tuple(replace(run, result=names.of(english.identifier(stem))) for run in action.runs)
    return replace(action, runs=runs)


def _results(actions: Iterable[Action]) -> set[str]:
    return {run.result for action in actions for run in action.runs}


def _shape(step: SessionStep) -> str:
    """What two requests must have in common to be runs of one action: everything but the values of the inputs."""
    parts = map_value([step.args, step.kwargs], _name_of)
    return repr((step.name, step.route.way, step.route.path, step.request.context, parts))


def _name_of(part: Value) -> Value:
    return ("input", part.name) if isinstance(part, Input) else part


def _action(
    steps: Sequence[SessionStep], names: UniqueNames, actions: Sequence[Action], capture: Capture
) -> Action:
    first = steps[0]
    name = names.of(english.identifier(first.name))
    stem = re.sub(r"^(?:print|download|export)_", "", name) if first.route.suffix else "result"
    runs = [
        Run(
            step.request.after,
            {param.name: _linked(param, step.request, actions, capture) for param in step.inputs},
            names.of(portable_name(english.identifier(stem))),
        )
        for step in steps
    ]
    entries = tuple(step.request.where for step in steps)
    return Action(
        name=name,
        label=english.title(name),
        description=first.description,
        calls=(),
        model=first.request.model,
        method=first.request.route,
        args=first.args,
        kwargs=first.kwargs,
        context={key: value for key, value in first.request.context.items() if key != "uid"},
        inputs=first.inputs,
        runs=tuple(runs),
        changes=first.changes,
        notes=(f"{first.request.route}: a route of the web client that has no equivalent method.",),
        route=replace(first.route, entries=entries),
    )


def _linked(
    param: Input, request: ClientRequest, actions: Sequence[Action], capture: Capture
) -> Value:
    """The recorded value, or a Result if it is the record that an earlier action created."""
    makers = {call.n: call for call in capture.calls if call.n <= request.after and call.result_ids}
    for action in actions if param.relation and is_id(param.example) else ():
        for run in action.runs if action.returns == "id" and action.model == param.relation else ():
            if run.n in makers and makers[run.n].result_ids == (param.example,):
                return Result(run.result, "id", example=param.example)
    return param.example


def _export(action: Action, exports: dict[int | None, ClientRequest]) -> Action:
    """An action for an export, turned into the export itself: a workbook with the chosen columns."""
    request = next((exports[call.n] for call in action.calls if call.n in exports), None)
    data = request.params.get("data") if request else None
    if request is None or not isinstance(data, dict):
        return action
    is_of_ids = action.method == "export_data"
    recorded = data.get("context")
    recorded = recorded if isinstance(recorded, dict) else request.context
    kwargs = {
        **{
            key: data[key] for key in ("model", "fields", "groupby", "import_compat") if key in data
        },
        "ids": action.args[0] if is_of_ids else False,
        "domain": [] if is_of_ids else action.args[0],
    }
    many = english.plural(english.model_noun(action.model)).replace("_", " ")
    suffix = f".{request.route.rpartition('/')[2]}"
    return replace(
        action,
        description=f"Export {many} with the chosen columns; returns the file ({suffix[1:]}).",
        method=request.route,
        args=[],
        kwargs={"import_compat": False, **kwargs},
        context={key: value for key, value in recorded.items() if key != "uid"},
        changes=False,
        returns="value",
        notes=(f"{request.route}: a route of the web client; the user needs the right to export.",),
        custom=None,
        route=ClientRoute("export", request.route, suffix, entries=(request.where,)),
    )
