"""Actions in, text out: the one place that knows templates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2

from har2rpc.model import Action, Flow, Har2rpcError, Input, Result, Run, Session, Value
from har2rpc.odoo.effects import effects
from har2rpc.rendering import template_context
from har2rpc.rendering.environment import environment
from har2rpc.rendering.formatting import one_line, opens_one
from har2rpc.rendering.targets import Target, find_target, targets, templates_folder

__all__ = ["find_target", "render_target", "targets"]

Docs = Mapping[str, Mapping[str, Any]]
_SHARED_KEYS = ("lang", "tz", "allowed_company_ids")


def render_target(
    name: str, steps: Sequence[Action] | Flow, session: Session, docs: Docs | None = None
) -> str:
    """The text of a target for these actions (or this flow of them), parsed before it is given out.

    `docs` are a server's own descriptions of its models, by model: they name the arguments for JSON-2.
    Raises Har2rpcError where a template is wrong: with its name, line and what to do.
    """
    target = find_target(name)
    text = _rendered(target, _variables(steps, session, docs or {}))
    if target.is_own and target.language == "py":
        text = _formatted(text, target)
    _parsed(text, target)
    return text


def _rendered(target: Target, variables: dict[str, Any]) -> str:
    try:
        return _template(target.path.name, target.language, target.source).render(variables)
    except jinja2.TemplateSyntaxError as error:
        raise Har2rpcError(f"{error.name}:{error.lineno}: {error.message}") from error
    except jinja2.TemplateNotFound as error:
        told = f"no template {error.name!r} to build on; har2rpc targets lists those there are"
        raise Har2rpcError(f"{_place(error, target)}: {told}") from error
    except (jinja2.TemplateError, Har2rpcError) as error:
        raise Har2rpcError(f"{_place(error, target)}: {error}") from error
    except Exception as error:  # a template is a program: it may fail in every way
        told = f"{type(error).__name__}: {error}"
        raise Har2rpcError(f"{_place(error, target)}: {one_line(told)}") from error


@lru_cache(maxsize=32)
def _template(name: str, language: str, source: str) -> jinja2.Template:
    """A compiled template: compiling costs forty times what rendering does."""
    # It may build on those that come with har2rpc: {% extends "python.py.j2" %}.
    own = jinja2.FunctionLoader(lambda asked: (source, name, None) if asked == name else None)
    loader = jinja2.ChoiceLoader([own, jinja2.FileSystemLoader(templates_folder())])
    return environment(language, loader).get_template(name)


def _place(error: BaseException, target: Target) -> str:
    """Template and line that an error came from: Jinja puts them into the traceback."""
    place, trace = target.path.name, error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename).name
        if file.endswith(".j2"):
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _variables(steps: Sequence[Action] | Flow, session: Session, docs: Docs) -> dict[str, Any]:
    """What every template sees; `har2rpc targets --show python` is the example of their use.

    `flow` is None without --flow; with it, `actions` are those of its steps, and `runs` is one run of the flow:
    what takes an action's name, inputs and runs takes a flow's, too.
    """
    flow = steps if isinstance(steps, Flow) else None
    actions = template_context.actions_of(steps)
    shared = _shared_context(actions)
    shown = list(flow.returns) if flow else template_context.shown(actions)
    done = [(step.action, step) for step in flow.steps] if flow else _in_order(actions)
    used = template_context.results_used(step for _, step in done)
    return {
        "flow": flow,
        "actions": actions,
        "runs": _in_order(actions),
        "session": session,
        "known": {key: fact.value for key, fact in session.facts.items()},
        "major": session.major,
        "context": shared,
        "extra_context": lambda action: _extra(action.context, shared),
        "identity": template_context.identity(session),
        "unknown": template_context.unknown(session),
        "with_custom_searches": template_context.with_custom_searches,
        "changing": [action for action in actions if action.changes],
        **template_context.introduction(actions, session),
        **template_context.json2_facts(session),
        **({"file_stem": flow.name} if flow else {}),
        "effects": lambda action: effects(action.method, action.args),
        "arguments": template_context.arguments,
        "paged_arguments": template_context.paged_arguments,
        "named_arguments": partial(
            template_context.named_arguments, major=session.major, docs=docs
        ),
        "json2_path": template_context.json2_path,
        "input_rows": template_context.input_rows,
        "said": template_context.said,
        "in_utc": template_context.IN_UTC,
        "shown": shown,
        "shown_results": {name: Result(name) for name in shown},
        "stretches": template_context.stretches(done),
        "used": {result.name for result in used},
        "kept": {*shown, *(result.name for result in used)},
        "results": used,
        "secrets": template_context.secret_variables([flow] if flow else actions),
        "picks": any(result.what != "id" for result in used),
        "checks_only": any(result.what == "only" for result in used),
        "checks_opened": any(map(opens_one, used)),
        "write_warning": template_context.write_warning(actions),
    }


def _in_order(actions: Sequence[Action]) -> list[tuple[Action, Run]]:
    """Every run of every action, as they were done."""
    runs = [(action, run) for action in actions for run in action.runs]
    return sorted(runs, key=lambda pair: pair[1].n)


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


def _extra(context: Value, shared: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in context.items() if key not in shared}


def _formatted(text: str, target: Target) -> str:
    try:
        import black
    except ImportError as error:
        raise Har2rpcError(
            f"{target.path.name}: formatting needs black: pip install 'har2rpc[black]'"
        ) from error
    try:
        return black.format_file_contents(text, fast=True, mode=black.Mode())
    except black.NothingChanged:
        return text
    except black.InvalidInput as error:
        told = one_line(error)
        raise Har2rpcError(f"{target.path.name}: what it wrote is no Python: {told}") from error


def _parsed(text: str, target: Target) -> None:
    """What was generated is parsed before it is shown."""
    try:
        if target.language == "py":
            compile(text, target.path.name, "exec", dont_inherit=True)  # twice as fast as ast
        elif target.language == "json":
            json.loads(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Har2rpcError(
            f"{target.path.name}: what it wrote is no {target.language}: {error}"
        ) from error
