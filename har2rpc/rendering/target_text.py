"""Renders actions, or a flow of them, with the template of a target, and parses the output."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from har2rpc.model import Action, Connection, Flow, Har2rpcError, Session
from har2rpc.rendering.adapted_steps import adapted
from har2rpc.rendering.connections import session_without_customer
from har2rpc.rendering.environment import guarded_environment
from har2rpc.rendering.formatting import one_line
from har2rpc.rendering.json2_calls import Docs
from har2rpc.rendering.languages import find_language
from har2rpc.rendering.row_columns import steps_for_rows
from har2rpc.rendering.targets import Target, find_target, list_targets, templates_folder
from har2rpc.rendering.template_context import template_variables


def render_target(
    name: str,
    steps: Sequence[Action] | Flow,
    session: Session,
    docs: Docs | None = None,
    connection: Connection = "constants",
    *,
    rows: bool = False,
) -> str:
    """The text of a target for these actions (or this flow of them), parsed before it is returned.

    `docs` are a server's own descriptions of its models, by model: they name the arguments for JSON-2. `connection`:
    whether the address, the database and the user are those of the session, or are asked for. `rows`: it is done for
    each row of a CSV file.
    Raises Har2rpcError, with name, line and what to do, if a template is wrong, and if it does not support rows.
    """
    return render_template(find_target(name), steps, session, docs, connection, rows=rows)


def render_template(
    target: Target,
    steps: Sequence[Action] | Flow,
    session: Session,
    docs: Docs | None = None,
    connection: Connection = "constants",
    *,
    rows: bool = False,
) -> str:
    """The same for a target that is already found."""
    if rows and not target.knows_rows:
        able = ", ".join(each.name for each in list_targets() if each.knows_rows)
        raise Har2rpcError(
            f"{target.name} does not support rows of a CSV file: --rows is for {able}"
        )
    steps = adapted(steps, target, connection)
    if connection == "inputs":
        session = session_without_customer(session)
    if isinstance(steps, Flow) and len(steps.steps) == 1 and not steps.steps[0].pages:
        # A single step needs no function around it; a template of the user's own may count on one.
        steps = steps if target.is_own else [steps.steps[0].action]
    steps = steps_for_rows(steps) if rows else steps
    variables = template_variables(steps, session, docs or {}, connection, rows=rows)
    text = _fill_in(target, variables)
    language = find_language(target.language)
    if target.is_own and language.format:
        text = language.format(text, target.path.name)
    try:
        if language.parse:
            language.parse(text, target.path.name)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Har2rpcError(
            f"{target.path.name}: its output is not valid {target.language}: {error}"
        ) from error
    return text


def compile_template(target: Target) -> None:
    """Compiles the template early, which takes most of the time of a first rendering."""
    _template(target.path.name, target.language, target.source)


def _fill_in(target: Target, variables: dict[str, Any]) -> str:
    try:
        return _template(target.path.name, target.language, target.source).render(variables)
    except jinja2.TemplateSyntaxError as error:
        raise Har2rpcError(f"{error.name}:{error.lineno}: {error.message}") from error
    except jinja2.TemplateNotFound as error:
        reason = f"there is no template {error.name!r} to extend or include; har2rpc targets lists the existing ones"
        raise Har2rpcError(f"{_place(error, target)}: {reason}") from error
    except (jinja2.TemplateError, Har2rpcError) as error:
        raise Har2rpcError(f"{_place(error, target)}: {error}") from error
    except Exception as error:  # a template is a program and may raise anything
        reason = one_line(f"{type(error).__name__}: {error}")
        raise Har2rpcError(f"{_place(error, target)}: {reason}") from error


@lru_cache(maxsize=32)
def _template(name: str, language: str, source: str) -> jinja2.Template:
    """A compiled template: compiling costs forty times what rendering does."""
    # It may build on those that come with har2rpc: {% extends "python.py.j2" %}.
    own = jinja2.FunctionLoader(lambda other: (source, name, None) if other == name else None)
    loader = jinja2.ChoiceLoader([own, jinja2.FileSystemLoader(templates_folder())])
    return guarded_environment(language, loader).get_template(name)


def _place(error: BaseException, target: Target) -> str:
    """The template and line of an error, which Jinja puts into the traceback."""
    place, trace = target.path.name, error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename).name
        if file.endswith(".j2"):
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
