"""What running a method may change, judging by its name and arguments: hints for a person who decides about it."""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.model import Value
from har2rpc.model.values import walk
from har2rpc.odoo import contexts, methods
from har2rpc.odoo.schema.commands import creates_records

# Beside what creates: they add a message or a follower, and take nothing away.
_ADDING = frozenset({"message_post", "message_subscribe"})
# Done again with the same arguments, they leave the database as the first time did.
_REPEATABLE = frozenset("""
    write unlink web_save web_save_multi resequence web_resequence set_param
    action_archive action_unarchive message_subscribe message_unsubscribe
    """.split())


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of a method; what is not known to be harmless counts as harmful."""

    only_reads: bool
    only_adds: bool
    """It changes or deletes no existing data."""
    repeatable: bool
    """Doing it twice has the same effect as doing it once."""


def effects(method: str, args: Value, model: str = "") -> Effects:
    """The effects of a call."""
    reads = not methods.changes(method, model)
    creates = method in methods.CREATES and contexts.creates_something(method, args)
    same_again = method in _REPEATABLE and not creates and not creates_records(walk(args))
    return Effects(
        only_reads=reads,
        only_adds=reads or creates or method in _ADDING,
        repeatable=reads or same_again,
    )
