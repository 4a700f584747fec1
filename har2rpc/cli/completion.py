"""Shell completion: targets, files, and the calls, models and methods of the captures on the command line.

A shell asks while somebody types, so an unreadable file completes nothing and prints nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from har2rpc.cli.tables.console import clean

if TYPE_CHECKING:
    from har2rpc.model import Call

_LAST_NUMBER = re.compile(r"\d*\Z")


def complete_files(
    _ctx: click.Context, _param: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Files and folders, as the shell itself finds them."""
    return [CompletionItem(typed, type="file")]


def complete_targets(
    _ctx: click.Context, _param: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Targets with their summaries, or else files, for own templates."""
    from har2rpc.rendering.targets import list_targets

    near = [target for target in list_targets() if target.name.startswith(typed)]
    if not near:
        return [CompletionItem(typed, type="file")]
    return [CompletionItem(target.name, help=target.summary) for target in near]


def complete_numbers(
    ctx: click.Context, _param: click.Parameter, typed: str
) -> list[CompletionItem]:
    """The next number of a list like `1,3-5`, each with its model and method."""
    before = _LAST_NUMBER.sub("", typed)
    begun = typed.removeprefix(before)
    return [
        CompletionItem(f"{before}{call.n}", help=clean(f"{call.model}.{call.method}"))
        for call in _calls(ctx)
        if str(call.n).startswith(begun) and call.kind != "noise"
    ]


def complete_models(ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """The models of the capture's calls."""
    return _names((call.model for call in _calls(ctx)), typed)


def complete_methods(ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """The methods of the capture's calls."""
    return _names((call.method for call in _calls(ctx)), typed)


def _names(names: Iterable[str], typed: str) -> list[str]:
    return [clean(name) for name in dict.fromkeys(names) if name.startswith(typed)]


def _calls(ctx: click.Context) -> Iterable[Call]:
    """The calls of the captures that are named before the word that is completed."""
    from har2rpc import pipeline
    from har2rpc.model import Har2rpcError

    words = (
        ctx.params.get("captures") or ctx.args
    )  # the latter where the last option has no value yet
    files = [word for word in words if os.path.exists(word)]
    try:
        return pipeline.open_capture(files).calls if files else ()
    except Har2rpcError:
        return ()
