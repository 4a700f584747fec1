"""The variables and functions that every template sees, by their names in templates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from har2rpc.model import (
    Action,
    Connection,
    Flow,
    Following,
    Input,
    Lines,
    Result,
    Run,
    Session,
    Step,
    Value,
)
from har2rpc.model.file_names import portable_name
from har2rpc.model.values import walk
from har2rpc.odoo.effects import effects
from har2rpc.rendering import (
    connections,
    descriptions,
    forms_asked,
    json2_calls,
    row_columns,
    run_arguments,
    run_order,
)
from har2rpc.rendering.formatting import Changes, Given, GivenCommands, is_optional
from har2rpc.rendering.json2_calls import Docs
from har2rpc.rendering.results import check_of, is_import, used_results
from har2rpc.rendering.think_times import think_times
from har2rpc.rendering.value_filters import mark_given, steps_within

_SHARED_KEYS = ("lang", "tz", "allowed_company_ids")


def template_variables(
    steps: Sequence[Action] | Flow,
    session: Session,
    docs: Docs,
    connection: Connection = "constants",
    *,
    rows: bool = False,
) -> dict[str, Any]:
    """The variables of a template; `har2rpc targets --show python` is the example of their use.

    `flow` is None without --flow; with it, `actions` are those of its steps, and `runs` is one run of the flow:
    what takes an action's name, inputs and runs takes a flow's, too.
    """
    flow = steps if isinstance(steps, Flow) else None
    actions = run_order.all_actions(steps)
    calls = [call for action in actions for call in steps_within(action)]
    runs = run_order.runs_in_order(actions)
    return {
        "flow": flow,
        **_row_variables(steps, rows=rows),
        "actions": actions,
        "runs": runs,
        "changing": [action for action in actions if action.changes],
        "with_custom_searches": run_order.with_custom_searches,
        **_missing_values(calls),
        **_form_variables(calls),
        "effects": lambda action: effects(action.method, action.args, action.model),
        **_session_variables(session, connection),
        **_context_variables(calls),
        **_description_variables(actions, flow, session, connection),
        **_argument_variables(actions, flow, session, docs, rows=rows),
        **_result_variables(actions, flow),
    }


def _row_variables(steps: Sequence[Action] | Flow, *, rows: bool) -> dict[str, Any]:
    """`rows`: what is done for each row of a CSV file, None where that is not asked for; `row_kinds`: what cells hold."""
    described = row_columns.row_variables(steps) if rows else None
    return {"rows": described, "row_kinds": described["kinds"] if described else []}


def _missing_values(actions: Sequence[Action]) -> dict[str, bool]:
    """`leaves_out`: whether the actions leave out values that are not given; `has_followers`: or that follow an input.

    `has_changes`: whether an update needs at least one value; `has_commands`: whether commands are left out; `has_lines`:
    whether an input is new lines; `needs_uid`: whether an input defaults to the caller.
    """
    sent = [
        mark_given(arguments, action.method)
        for action in actions
        for arguments in (action.args, {**action.kwargs, "context": action.context})
    ]
    parts = list(walk(sent))
    members = [item for part in parts if isinstance(part, Given) for item in part.values()]
    return {
        "leaves_out": any(map(is_optional, members)),
        "has_followers": any(isinstance(item, Following) for item in members),
        "has_changes": any(isinstance(part, Changes) for part in parts),
        "needs_uid": any(param.own_uid for action in actions for param in action.inputs),
        "has_commands": any(isinstance(part, GivenCommands) for part in parts),
        "has_lines": any(isinstance(part, Lines) for part in parts),
    }


def _form_variables(actions: Sequence[Action]) -> dict[str, Any]:
    """`forms`: the forms that are asked; `form_names`: the constants that hold them, by an action's name.

    `first_of_forms`: the actions above which each is written; `form_is_nested`: whether Odoo takes specifications.
    """
    forms = [action.form for action in actions if action.form]
    return {
        "forms": forms,
        "form_is_nested": all(form.is_nested for form in forms),
        "form_names": forms_asked.form_names(actions),
        "first_of_forms": forms_asked.first_of_forms(actions),
    }


def _session_variables(session: Session, connection: Connection) -> dict[str, Any]:
    """`known` are the facts by key, but for those that are none: no address, database or login has a NUL.

    `connection`: "constants", or "inputs": then nothing is known of one customer, and `asked` is asked for.
    """
    values = {key: fact.value for key, fact in session.facts.items()}
    return {
        "connection": connection,
        "asked": connections.ASKED if connection == "inputs" else (),
        "session": session,
        "known": {key: value for key, value in values.items() if "\0" not in str(value)},
        "major": session.major,
        **json2_calls.json2_facts(session),
        "identity": descriptions.identity(session),
        "unknown": descriptions.unknown_facts(session) if connection == "constants" else [],
    }


def _context_variables(actions: Sequence[Action]) -> dict[str, Any]:
    """`context` is what all actions have in common, `extra_context` gives what one has beside it."""
    shared = _shared_context(actions)
    return {
        "context": shared,
        "extra_context": lambda action: {
            key: value for key, value in action.context.items() if key not in shared
        },
    }


def _shared_context(actions: Sequence[Action]) -> dict[str, Value]:
    """The part of the context that all actions have in common: language, time zone, companies."""
    contexts = [action.context for action in actions]
    if not contexts or any(isinstance(context, Input) for context in contexts):
        return {}
    first = contexts[0]
    return {
        key: first[key]
        for key in _SHARED_KEYS
        if key in first and all(key in c and c[key] == first[key] for c in contexts)
    }


def _description_variables(
    actions: Sequence[Action], flow: Flow | None, session: Session, connection: Connection
) -> dict[str, Any]:
    names_user = connection == "constants"
    return {
        **descriptions.introduction(actions, session, names_user=names_user),
        **({"file_stem": portable_name(flow.name)} if flow else {}),
        "input_rows": descriptions.input_rows,
        "said": descriptions.input_description,
        "in_utc": descriptions.IN_UTC,
        "one_server": descriptions.ONE_SERVER,
        "write_warning": descriptions.write_warning(actions),
    }


def _argument_variables(
    actions: Sequence[Action], flow: Flow | None, session: Session, docs: Docs, *, rows: bool
) -> dict[str, Any]:
    return {
        "arguments": run_arguments.arguments,
        "paged_arguments": run_arguments.paged_arguments,
        "named_arguments": partial(json2_calls.named_arguments, major=session.major, docs=docs),
        "json2_path": json2_calls.json2_path,
        "secrets": run_arguments.secret_variables([flow] if flow else actions),
        "files": [] if rows else run_arguments.file_options([flow] if flow else actions),
    }


def _result_variables(actions: Sequence[Action], flow: Flow | None) -> dict[str, Any]:
    """`shown` are the variables that are printed, `used` those that go into later runs, `kept` both."""
    runs: list[tuple[Action, Run | Step]]
    if flow:
        runs = [(step.action, step) for step in flow.steps]
        printed = list(flow.returns)
    else:
        runs = [*run_order.runs_in_order(actions)]
        printed = run_order.printed_results(actions)
    results = used_results(run for _, run in runs)
    names = {result.name for result in results}
    checks = set(map(check_of, results))
    return {
        "shown": printed,
        "shown_results": {name: Result(name) for name in printed},
        "stretches": run_order.stretches(runs),
        "think_times": think_times(runs),
        "used": names,
        "kept": {*printed, *names},
        "results": results,
        "is_import": is_import,
        "has_imports": any(map(is_import, actions)),
        "picks": any(result.what != "id" for result in results),
        "checks_only": "only" in checks,
        "checks_opened": "opened" in checks,
    }
