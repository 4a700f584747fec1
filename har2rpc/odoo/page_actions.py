"""The actions that open pages (`ir.actions.act_window`): their models and domains (Odoo 12-19, `addons/web`).

The action of a menu comes from `/web/action/load`, a computed one from `/web/action/run`, that of a button from its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from har2rpc.model import Call, Exchange, Json
from har2rpc.odoo import answers, methods

_MOST = 50  # answers of buttons that are read again: a day has thousands
_TELLING = ("type", "res_model")
ROUTES = ("/web/action/load", "/web/action/run")


def action_domains(
    loaded: Iterable[Callable[[], Exchange]], calls: Iterable[Call]
) -> Iterator[tuple[str, Json]]:
    """Model and domain of each action: of those that were loaded, and of those that calls answered."""
    for reread in loaded:
        yield from _domain_of(answers.result_of(reread()))
    buttons = (
        call
        for call in calls
        if call.outcome == "ok" and call.kind == "action" and call.method not in methods.READS
    )
    for call in islice(buttons, _MOST):
        yield from _domain_of(call.fetch(as_action))


def as_action(answer: Json) -> Json:
    """An answer that is an action for the client, as a Part; None for anything else."""
    is_action = isinstance(answer, dict) and any(
        isinstance(answer.get(name), str) for name in _TELLING
    )
    return answer if is_action else None


def _domain_of(action: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(action, dict) and isinstance(action.get("res_model"), str):
        domain = action.get("domain")
        if domain and isinstance(domain, (str, list)):
            yield action["res_model"], domain
