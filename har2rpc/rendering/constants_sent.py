"""The recorded constants in actions and flows: a language may need more than its own JSON functions for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from har2rpc.model import Action, Flow, Following, Input, Lines, Run, Step
from har2rpc.model.values import WHOLE


def constants_in(steps: Iterable[Any]) -> Iterator[Any]:
    """Every number, text, key and name in actions, flows and values; without recursion, because captures are hostile."""
    todo: list[Any] = list(steps)
    while todo:
        item = todo.pop()
        if type(item) in WHOLE:
            yield item
        elif isinstance(item, dict):
            todo += [*item, *item.values()]
        elif isinstance(item, (list, tuple)):
            todo += item
        elif isinstance(item, (Action, Flow, Run, Step, Input, Following, Lines)):
            todo += _parts_of(item)
        else:
            yield item


def _parts_of(item: Action | Flow | Run | Step | Input | Following | Lines) -> list[Any]:
    if isinstance(item, Action):
        names = [item.model, item.method]
        return [*names, item.args, item.kwargs, item.context, item.inputs, item.runs, item.before]
    if isinstance(item, Flow):
        return [item.inputs, item.steps]
    if isinstance(item, Input):
        return [item.default, item.example]
    if isinstance(item, Following):
        return [item.value, item.source, item.recorded]
    if isinstance(item, Lines):
        return [item.fields, item.always, item.following]
    return [item.values, *([item.action] if isinstance(item, Step) else [])]
