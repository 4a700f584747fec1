"""All that a server keeps of some models, before and after something was done."""

from __future__ import annotations

from typing import Any

from live.server import Server

_NOT_READ = ("binary", "properties_definition")


def put_back(server: Server, models: list[str]) -> dict[str, Any]:
    """The database of the recordings, about to be changed."""
    server.is_clean = False
    server.reset()
    server.is_clean = False
    return {model: records(server, model) for model in models}


def records(server: Server, model: str) -> dict[str, Any]:
    """Every record of a model, archived ones too, with all that can be read of it as text."""
    described = server.ask(model, "fields_get", attributes=["type", "store"])
    names = [
        name
        for name, about in described.items()
        if about["type"] not in _NOT_READ and about.get("store")
    ]
    domain = [["active", "in", [True, False]]] if "active" in described else []
    ids = server.ask(model, "search", domain, order="id")
    return {str(row["id"]): row for row in server.ask(model, "read", ids, names)}
