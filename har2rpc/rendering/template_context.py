"""What templates say to people about actions and inputs: the same words in every target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from har2rpc.model import Action, Flow, Input, Result, Run, Session, Step
from har2rpc.odoo import signatures, versions
from har2rpc.odoo.english import listed
from har2rpc.rendering.formatting import Code, FromEnvironment, Keyword


def introduction(actions: Sequence[Action], session: Session) -> dict[str, str]:
    """The words of a file's head: `title`, `client`, `captured_in` and `file_stem`."""
    deeds = [action.label[:1] + action.label[1:].lower() for action in actions]
    calls = sorted((call for action in actions for call in action.calls), key=lambda call: call.n)
    places = listed(list(dict.fromkeys(str(call.where) for call in calls)), most=4)
    uid, url = session.get("uid"), session.get("url")
    is_told = session.major is not None and session.get("server_version") is not None
    who = f" as user {uid}" if uid is not None else ""
    title = " and ".join(deeds[:1] + [deed[:1].lower() + deed[1:] for deed in deeds[1:]])
    return {
        "title": title if len(actions) < 4 else f"{len(actions)} calls to Odoo",
        "client": f"Odoo {session.major}'s web client" if is_told else "Odoo's web client",
        "captured_in": f"{places}{who}" + (f" on {url}" if url else ""),
        "file_stem": actions[0].name if len(actions) == 1 else "odoo_calls",
    }


def json2_facts(session: Session) -> dict[str, bool]:
    """`has_json2` and `lacks_json2`: what is known of the recorded Odoo; neither where its version is not."""
    has_it = versions.has_json_2(session.major)
    return {"has_json2": bool(session.major) and has_it, "lacks_json2": not has_it}


def actions_of(steps: Sequence[Action] | Flow) -> list[Action]:
    """The actions themselves, each once, in the order in which they are first done; lookups stand in front."""
    if isinstance(steps, Flow):
        steps = list({step.action.name: step.action for step in steps.steps}.values())
    return [one for action in steps for one in (*action.lookups, action)]


def results_used(runs: Iterable[Run | Step]) -> list[Result]:
    """Every Result that goes into one of these runs."""
    found = []
    for run in runs:
        for value in run.values.values():
            found += value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, Result)]


IN_UTC = "YYYY-MM-DD HH:MM:SS, in UTC"
"""How Odoo takes a date and time (`odoo/fields.py`, Datetime)."""


def said(made: Input) -> str:
    """One line on an input: its label, whether it must be given, what it holds."""
    parts = [made.label or made.name]
    marks = ["required"] if made.required and made.type != "secret" else []
    marks += ["label guessed"] if made.guessed and not made.relation else []
    parts[0] += f" ({', '.join(marks)})" if marks else ""
    if made.options:
        choices = [
            str(value) if str(value) == text else f"{value} ({text})"
            for value, text in made.options
        ]
        parts.append("one of " + listed(choices, most=8).replace(" and ", ", "))
    elif made.help:
        parts.append(made.help[:1].lower() + made.help[1:])
    elif made.type == "datetime":
        parts.append(IN_UTC)
    return ": ".join(parts)


def identity(session: Session) -> dict[str, Any]:
    """Who calls, for targets without variables of their own: what is known, else an input; the secret."""
    db, uid = session.get("db"), session.get("uid")
    asked_db = Input(name="db", label="Database", help="Odoo shows it with ?debug=1")
    asked_uid = Input(name="uid", label="User ID", type="integer", help="Id of the user who calls")
    return {
        "db": asked_db if db is None else db,
        "uid": asked_uid if uid is None else uid,
        "secret": Input(name="secret", label="API key", type="secret"),
    }


def unknown(session: Session) -> list[str]:
    """What a capture does not tell of who calls whom, a sentence each, for targets that are no code."""
    told = {
        "url": "The server is not in the capture: its address is for you to know.",
        "db": "The database is not in the capture: Odoo shows it with ?debug=1.",
        "uid": "The user's id is not in the capture: a login answers it.",
    }
    return [said for key, said in told.items() if session.get(key) is None]


def with_custom_searches(actions: Sequence[Action]) -> list[Action]:
    """The actions, and behind the first search of each model the one that takes a whole domain."""
    return [step for action in actions for step in (action, action.custom) if step is not None]


def input_rows(action: Action | Flow) -> list[tuple[str, str]]:
    """Name and line for each input; none where there is nothing to tell beyond the names."""
    telling = [made for made in action.inputs if made.name not in ("limit", "offset", "order")]
    if all(made.guessed and not (made.relation or made.options) for made in telling):
        if isinstance(action, Action) and not action.changes:
            return []
    return [(made.name, said(made)) for made in action.inputs]


def write_warning(actions: Sequence[Action]) -> str:
    """What running would change, for the refusal without --write."""
    deeds = [action.label.lower() for action in actions if action.changes]
    if not deeds:
        return ""
    what = deeds[0] if len(deeds) == 1 else f"{deeds[0]}, and {len(deeds) - 1} more"
    return f"this would change Odoo ({what}): run it with --write"


def arguments(action: Action | Flow, run: Run | Step) -> list[Any]:
    """What a run passes: one required input by position, several by name, optional ones if not default."""
    required = [made for made in action.inputs if made.required]
    by_position = required if len(required) == 1 else []
    passed: list[Any] = [_given(made, run) for made in by_position]
    for made in action.inputs:
        if made in by_position:
            continue
        value = _given(made, run)
        if made.required or not _equal(value, made.default):
            passed.append(Keyword(made.name, value))
    return passed


def paged_arguments(step: Step, owner: str = "") -> list[Any]:
    """What a function that turns the pages takes: the search, how many pages, and the search's own values by name.

    `owner` stands before the search where it is a method (`self.`).
    """
    values = [
        Keyword(name, value) for name, value in step.values.items() if value or name != "offset"
    ]
    return [Code(f"{owner}{step.action.name}"), step.pages, *values]


def stretches(done: Iterable[tuple[Action, Run | Step]]) -> list[tuple[bool, list[Any]]]:
    """What is done, in order, in stretches that need the right to change something, and such that do not.

    Whatever takes a value from the answer of a change can only be done after it.
    """
    made: set[str] = set()
    found: list[tuple[bool, list[Any]]] = []
    for action, step in done:
        needs = action.changes or any(one.name in made for one in results_used([step]))
        made |= {step.result} if needs else set()
        if not found or found[-1][0] != needs:
            found.append((needs, []))
        found[-1][1].append((action, step))
    return found


def named_arguments(
    action: Action, major: int | None, docs: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """A call as JSON-2 takes it: `by_name` (ids beside the arguments), and what stands in the way of it.

    `docs` are a server's own descriptions by model: they speak first. A positional value whose name no signature tells
    keeps its place under a key that no server knows: it is refused loudly until somebody names it (`unnamed`).
    `supposed` says that the method is called on records because nothing else was given.
    `private` says that the method cannot be called from outside any more.
    """
    version = versions.for_json_2(major)
    known = signatures.signature(action.model, action.method, version, docs.get(action.model))
    is_button = any(call.route == "/web/dataset/call_button" for call in action.calls)
    args = action.args
    if action.method == "has_group" and len(args) == 1 and known and not known.is_model:
        args = [[action.calls[0].uid], *args]  # up to 17 it asked about the caller
    given = signatures.name_arguments(
        action.model, action.method, args, action.kwargs, known=known, is_button=is_button
    )
    arguments = dict(given.arguments)
    if action.method == "create" and isinstance(arguments.get("vals_list"), dict):
        arguments["vals_list"] = [arguments["vals_list"]]
    unnamed = {f"TODO_{number}": value for number, value in enumerate(given.unnamed, 1)}
    ids = {} if given.ids is None else {"ids": given.ids}
    return {
        "by_name": {**ids, **arguments, **unnamed},
        "unnamed": list(given.unnamed),
        "supposed": given.supposed,
        "private": bool(known and known.private),
    }


def json2_path(action: Action) -> str:
    """Where JSON-2 takes an action's call. Whatever a model is called, it stays one part of the path."""
    parts = (quote(name, safe="", errors="surrogatepass") for name in (action.model, action.method))
    return f"/json/2/{'/'.join(parts)}"


def shown(actions: Sequence[Action]) -> list[str]:
    """The variables whose values are printed: what was read or created; of mere deeds only if alone."""
    runs = sorted(
        ((action, run) for action in actions for run in action.runs), key=lambda pair: pair[1].n
    )
    telling = [
        run.result for action, run in runs if not action.changes or action.returns != "value"
    ]
    return telling or [run.result for _, run in runs]


def secret_variables(asking: Iterable[Action | Flow]) -> list[str]:
    """The environment variables that hold what no capture does: passwords that were typed."""
    secret = [made.name for one in asking for made in one.inputs if made.type == "secret"]
    return [f"SECRET_{name.upper()}" for name in dict.fromkeys(secret)]


def _given(made: Input, run: Run | Step) -> Any:
    value = run.values[made.name]
    if made.type == "secret" and not isinstance(value, Input):
        return FromEnvironment(f"SECRET_{made.name.upper()}")
    return value


def _equal(one: Any, other: Any) -> bool:
    return (type(one) is type(other) and bool(one == other)) or (
        one == other and not isinstance(one, bool)
    )
