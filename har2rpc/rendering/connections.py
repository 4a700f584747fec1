"""The connection as inputs: one connector for many customers, with nothing of the recorded one in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Action, Flow, Input, Session

ASKED = (
    Input(name="odoo_url", label="Address", help="The address of the server"),
    Input(name="odoo_db", label="Database", help="Odoo shows it with ?debug=1"),
    Input(name="odoo_uid", label="User ID", type="integer", help="Id of the user who owns the key"),
)
"""The inputs that replace constants, for targets without variables of their own."""
_OF_CUSTOMER = frozenset({"url", "db", "uid", "login", "name", "company_ids"})
# The companies chosen on screen: another customer has others, and Odoo uses those of the user.
_COMPANIES = "allowed_company_ids"
_NOTE = f"Left out: {_COMPANIES}, the companies of the recorded user; Odoo uses those of the user who calls."


def session_without_customer(session: Session) -> Session:
    """The session without facts about one customer; its version and language are kept."""
    facts = {key: fact for key, fact in session.facts.items() if key not in _OF_CUSTOMER}
    guesses = {key: fact for key, fact in session.guesses.items() if key not in _OF_CUSTOMER}
    return replace(session, facts=facts, guesses=guesses, users={}, personal={}, server="")


def steps_without_customer(steps: Sequence[Action] | Flow) -> Sequence[Action] | Flow:
    """The same steps without the companies of one customer."""
    if not isinstance(steps, Flow):
        return list(map(_without_companies, steps))
    actions = {id(step.action): _without_companies(step.action) for step in steps.steps}
    return replace(
        steps, steps=tuple(replace(step, action=actions[id(step.action)]) for step in steps.steps)
    )


def _without_companies(action: Action) -> Action:
    def all_of(actions: Sequence[Action]) -> tuple[Action, ...]:
        return tuple(map(_without_companies, actions))

    has_companies = isinstance(action.context, dict) and _COMPANIES in action.context
    context = action.context
    if has_companies:
        context = {key: value for key, value in context.items() if key != _COMPANIES}
    return replace(
        action,
        context=context,
        notes=(*action.notes, _NOTE) if has_companies else action.notes,
        custom=action.custom and _without_companies(action.custom),
        before=all_of(action.before),
        parts=all_of(action.parts),
        lookups=all_of(action.lookups),
    )
