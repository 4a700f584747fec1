"""Equal records in pairs, and what is read of them afterwards: asked of the server without anything that was generated."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from live.server import Server

Ids = list[int]
_NUMBERS = count(1)


def partners(server: Server, how_many: int = 2) -> Ids:
    values = [{"name": f"Twin {next(_NUMBERS)}", "comment": "old"} for _ in range(how_many)]
    return server.ask("res.partner", "create", values)


def one_partner(server: Server) -> Ids:
    return partners(server, 1)


def stages(server: Server) -> Ids:
    values = [{"name": f"Twin {next(_NUMBERS)}", "sequence": 5 * n} for n in (1, 2, 3)]
    return server.ask("crm.stage", "create", values)


def a_number(server: Server) -> Ids:
    """Instead of an id, what the name of a new record ends with."""
    return [next(_NUMBERS)]


def fields(model: str, *names: str) -> Callable[[Server, Ids], Any]:
    """Reads these fields of the twins, without their ids."""

    def back(server: Server, ids: Ids) -> Any:
        rows = server.ask(model, "read", ids, list(names))
        return [[row[name] for name in names] for row in rows]

    return back


def last_message(server: Server, ids: Ids) -> Any:
    """The newest message on a partner."""
    where = [["model", "=", "res.partner"], ["res_id", "=", ids[0]]]
    names = ["body", "author_id", "subtype_id", "message_type", "is_internal"]
    rows = server.ask("mail.message", "search_read", where, names, limit=1, order="id desc")
    return [[row[name] for name in names] for row in rows]


def followers(server: Server, ids: Ids) -> Any:
    where = [["res_model", "=", "res.partner"], ["res_id", "=", ids[0]]]
    rows = server.ask("mail.followers", "search_read", where, ["partner_id"])
    return sorted(row["partner_id"] for row in rows)


def named(model: str, word: str, *names: str) -> Callable[[Server, Ids], Any]:
    """What these fields hold in the records that were created under a name with the twin's number."""

    def back(server: Server, ids: Ids) -> Any:
        rows = server.ask(model, "search_read", [["name", "=", f"{word} {ids[0]}"]], list(names))
        return [[row[name] for name in names] for row in rows]

    return back


def copies(server: Server, ids: Ids) -> Any:
    """How often a partner was copied, and with what comment."""
    [row] = server.ask("res.partner", "read", ids, ["name"])
    where = [["name", "=", f"{row['name']} (copy)"]]
    rows = server.ask("res.partner", "search_read", where, ["comment"])
    return [row["comment"] for row in rows]


def how_many(server: Server, ids: Ids) -> Any:
    where = [["id", "in", ids], ["active", "in", [True, False]]]
    return server.ask("res.partner", "search_count", where)


def followed(server: Server) -> Ids:
    ids = one_partner(server)
    server.ask("res.partner", "message_subscribe", ids, partner_ids=[9])
    return ids


def with_action(server: Server) -> Ids:
    """A partner, and a server action that writes on the records it is run for."""
    [model] = server.ask("ir.model", "search", [["model", "=", "res.partner"]])
    code = "for one in records: one.write({'comment': 'run'})"
    values = {"name": "Twin", "model_id": model, "state": "code", "code": code}
    action = server.ask("ir.actions.server", "create", [values])
    return [*partners(server, 1), *action]
