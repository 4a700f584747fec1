"""The options of a generated bash function: their kinds, their help, and how they are given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from har2rpc.model import Action, Flow, Har2rpcError, Input, Run, Step
from har2rpc.rendering.formatting import Code, one_line
from har2rpc.rendering.input_kinds import Kind, equal, has_result, kind_of
from har2rpc.rendering.shell.words import (
    WIDTH,
    as_json,
    function,
    json_word,
    variable,
    word,
)

# What an option of each kind is called in the help, and the function that makes it JSON.
_KINDS: dict[Kind, tuple[str, str]] = {
    "text": ("TEXT", "json_string"),
    "number": ("NUMBER", "json_number"),
    "boolean": ("true|false", "json_boolean"),
    "numbers": ("[NUMBER, …]", "json_numbers"),
    "json": ("JSON", ""),
}
_PAGING = ("limit", "offset")


def option_kinds(actions: Sequence[Action]) -> set[str]:
    """The kinds of all options: a script holds no function that it does not use."""
    return {kind_of(made, action) for action in actions for made in action.inputs}


def usage(action: Action | Flow, said: Callable[[Input], str]) -> Code:
    """The comment that tells a function's options, one line each."""
    rows = [
        (f"--{variable(made.name)} {_KINDS[kind_of(made, action)][0]}", said(made))
        for made in action.inputs
    ]
    width = max((len(name) for name, _ in rows), default=0) + 2
    return Code("\n".join(f"#   {name.ljust(width)}{one_line(text)}" for name, text in rows))


def locals_(action: Action) -> Code:
    """`phone limit=80`: required inputs begin empty, which no JSON is; others with their default."""
    return Code(
        " ".join(
            variable(made.name) + "=" + ("''" if made.required else word(as_json(made.default)))
            for made in action.inputs
        )
    )


def cases(action: Action, indent: int) -> Code:
    """The branches that take an option's value and make it JSON."""
    lines = []
    for made in action.inputs:
        name, converter = variable(made.name), _KINDS[kind_of(made, action)][1]
        taken = f'$({converter} "$2") || return' if converter else "$2"
        lines.append(f"--{name}) {name}={taken} ;;")
    return Code(("\n" + " " * indent).join(lines))


def flow_names(flow: Flow) -> Code:
    """The variables that hold a flow's options as they were given."""
    return Code(" ".join(variable(made.name) for made in flow.inputs))


def flow_results(flow: Flow, kept: Collection[str]) -> Code:
    """The variables that hold what a flow's steps answer, as far as anybody looks at it."""
    return Code(" ".join(variable(step.result) for step in flow.steps if step.result in kept))


def flow_cases(flow: Flow, indent: int) -> Code:
    """The branches that take a flow's options: what they hold is checked by the steps that get them."""
    names = [variable(made.name) for made in flow.inputs]
    return Code(("\n" + " " * indent).join(f"--{name}) {name}=$2 ;;" for name in names))


def invoked(action: Action | Flow, run: Run | Step, indent: int = 0) -> Code:
    """The function with the options of one run, over several lines where it is long."""
    return _over_lines([str(function(action.name)), *options(action, run)], indent)


def _over_lines(words: Sequence[str], indent: int) -> Code:
    flat = " ".join(words)
    if len(flat) + indent <= WIDTH - 20:
        return Code(flat)
    return Code((" \\\n" + " " * (indent + 2)).join(words))


def options(action: Action | Flow, run: Run | Step, without: Sequence[str] = ()) -> list[str]:
    """The options of one run, each with its value."""
    words = []
    for made in action.inputs:
        if made.name in without:
            continue
        value, option = run.values.get(made.name), f"--{variable(made.name)}"
        if isinstance(value, Input):  # a flow passes on what it was given, if it was given
            given = f'{option} "${variable(value.name)}"'
            words.append(given if value.required else f"${{{variable(value.name)}+{given}}}")
        elif made.type == "secret":
            words.append(f'{option} "$SECRET_{made.name.upper()}"')
        elif has_result(value):
            words.append(f"{option} {json_word(value)}")
        elif made.required or not equal(value, made.default):
            is_text = kind_of(made, action) == "text"
            words.append(f"{option} {word(value if is_text else as_json(value))}")
    return words


def paged(step: Step, indent: int = 0) -> Code:
    """The function that turns the pages of a step's search: how many at most, limit, offset, the search, its options."""
    if step.pages is None:
        raise Har2rpcError(f"{step.result} is no search of several pages")
    most = f'"${{{variable(step.pages.name)}-{as_json(step.pages.default)}}}"'
    paging = [word(as_json(step.values[name])) for name in _PAGING]
    words = ["paged", most, *paging, function(step.action.name)]
    words += options(step.action, step, without=_PAGING)
    return _over_lines(words, indent)
