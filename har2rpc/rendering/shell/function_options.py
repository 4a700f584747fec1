"""Functions of generated bash: their options, how these are described, and how a function is called with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from har2rpc.model import Action, Flow, Har2rpcError, Input, Run, Step
from har2rpc.rendering.formatting import Code, one_line
from har2rpc.rendering.input_kinds import Kind, is_same, kind_of
from har2rpc.rendering.results import has_result
from har2rpc.rendering.shell.literals import (
    STEP,
    WIDTH,
    function_name,
    identifier,
    json_literal,
    json_text,
    literal,
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
    return {kind_of(param, action) for action in actions for param in action.inputs}


def usage(action: Action | Flow, describe: Callable[[Input], str]) -> Code:
    """The comment that describes a function's options, one line each."""
    rows = [
        (f"--{identifier(param.name)} {_KINDS[kind_of(param, action)][0]}", describe(param))
        for param in action.inputs
    ]
    width = max((len(name) for name, _ in rows), default=0) + 2
    return Code("\n".join(f"#   {name.ljust(width)}{one_line(text)}" for name, text in rows))


def local_variables(action: Action) -> Code:
    """`phone='' limit=80`: what has no default begins empty, which is not JSON."""
    words = []
    for param in action.inputs:
        is_nothing = param.required or param.default is None
        default = "''" if is_nothing else literal(json_text(param.default))
        words.append(f"{identifier(param.name)}={default}")
    return Code(" ".join(words))


def option_cases(action: Action, indent: int) -> Code:
    """The branches that take an option's value and make it JSON."""
    lines = []
    for param in action.inputs:
        name, converter = identifier(param.name), _KINDS[kind_of(param, action)][1]
        value = f'$({converter} "$2") || return' if converter else "$2"
        lines.append(f"--{name}) {name}={value} ;;")
    return _branches(lines, indent)


def values_of(inputs: Sequence[Input], may_be_unset: bool = False) -> Code:
    """The values of these options side by side: nothing where none of them is given."""
    names = [identifier(param.name) for param in inputs]
    return Code("".join(f"${{{name}+given}}" if may_be_unset else f"${name}" for name in names))


def flow_variables(flow: Flow) -> Code:
    """The variables that hold a flow's options as they were given."""
    return Code(" ".join(identifier(param.name) for param in flow.inputs))


def flow_results(flow: Flow, kept: Collection[str]) -> Code:
    """The variables that hold the results of a flow's steps, if something uses them."""
    return Code(" ".join(identifier(step.result) for step in flow.steps if step.result in kept))


def flow_option_cases(flow: Flow, indent: int) -> Code:
    """The branches that take a flow's options: what they hold is checked by the steps that get them."""
    names = [identifier(param.name) for param in flow.inputs]
    return _branches([f"--{name}) {name}=$2 ;;" for name in names], indent)


def _branches(lines: Sequence[str], indent: int) -> Code:
    return Code(("\n" + " " * indent).join(lines))


def call(action: Action | Flow, run: Run | Step, indent: int = 0) -> Code:
    """The function with the options of one run, over several lines where it is long."""
    return _command([function_name(action.name), *_run_options(action, run)], indent)


def paged_call(step: Step, indent: int = 0) -> Code:
    """The function that turns the pages of a step's search: how many at most, limit, offset, the search, its options."""
    if step.pages is None:
        raise Har2rpcError(f"{step.result} is not a search of several pages")
    most = f'"${{{identifier(step.pages.name)}-{json_text(step.pages.default)}}}"'
    paging = [literal(json_text(step.values[name])) for name in _PAGING]
    words = ["paged", most, *paging, function_name(step.action.name)]
    return _command([*words, *_run_options(step.action, step, without=_PAGING)], indent)


def _command(words: Sequence[str], indent: int) -> Code:
    line = " ".join(words)
    if len(line) + indent <= WIDTH - 20:
        return Code(line)
    return Code((" \\\n" + " " * (indent + STEP)).join(words))


def _run_options(action: Action | Flow, run: Run | Step, without: Sequence[str] = ()) -> list[str]:
    """The options of one run, each with its value."""
    words = []
    for param in action.inputs:
        if param.name in without:
            continue
        value, option = run.values.get(param.name), f"--{identifier(param.name)}"
        if isinstance(value, Input):  # a flow passes on what it was given, if it was given
            word = f'{option} "${identifier(value.name)}"'
            words.append(word if value.required else f"${{{identifier(value.name)}+{word}}}")
        elif param.type == "secret":
            words.append(f'{option} "$SECRET_{param.name.upper()}"')
        elif param.file:
            encoder = "cat" if param.file == "text" else "base64"
            words.append(f'{option} "$(from_file {option} {encoder} "$@")"')
        elif has_result(value):
            words.append(f"{option} {json_literal(value)}")
        elif param.own_uid and is_same(value, param.own_uid):
            continue
        elif param.required or not is_same(value, param.default):
            is_text = kind_of(param, action) == "text"
            words.append(f"{option} {literal(value if is_text else json_text(value))}")
    return words
