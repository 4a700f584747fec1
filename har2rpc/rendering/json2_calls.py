"""Translates a call into JSON-2 (Odoo 19 and later): its path, and all its arguments by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import quote

from har2rpc.model import Action, Session
from har2rpc.odoo import signatures, versions

Docs: TypeAlias = Mapping[str, Mapping[str, Any]]
"""A server's own descriptions of its models, by model."""


def json2_facts(session: Session) -> dict[str, Any]:
    """Whether every version that the recorded Odoo may be of has it (`has_json2`), or none of them (`lacks_json2`).

    `json2_doubt` is a sentence where it has none or that is not certain, and "" where nothing is known.
    """
    span = session.version
    has_it = versions.always(versions.has_json_2, span)
    doubt = ""
    lacks_it = not versions.ever(versions.has_json_2, span)
    if lacks_it:
        is_known = session.get("server_version") is not None
        odoo = f"Odoo {span}" if is_known or span.first != span.last else f"Odoo {span}, it seems"
        doubt = f"Captured from {odoo}, which has no JSON-2; Odoo 19 introduced it."
    elif not has_it and not versions.is_unknown(span):
        doubt = f"Captured from Odoo {span}, judging by its calls; Odoo 19 introduced JSON-2."
    return {"has_json2": has_it, "lacks_json2": lacks_it, "json2_doubt": doubt}


def named_arguments(action: Action, major: int | None, docs: Docs) -> dict[str, Any]:
    """A call in JSON-2: `by_name` (the arguments, with `ids`), and what prevents it.

    `docs` take precedence over our own signatures. A positional value whose name no signature tells
    keeps its place under a key that no server knows: it is refused loudly until somebody names it (`unnamed`).
    `supposed`: the method is called on records because nothing else was given.
    `private`: the method can no longer be called through the API.
    """
    version = versions.for_json_2(major)
    known = signatures.signature(action.model, action.method, version, docs.get(action.model))
    is_button = any(call.route == "/web/dataset/call_button" for call in action.calls)
    args = action.args
    if action.method == "has_group" and len(args) == 1 and known and not known.is_model:
        args = [[action.calls[0].uid], *args]  # up to 17 it asked about the caller
    by_name = signatures.name_arguments(
        action.model, action.method, args, action.kwargs, known=known, is_button=is_button
    )
    arguments = dict(by_name.arguments)
    if action.method == "create" and isinstance(arguments.get("vals_list"), dict):
        arguments["vals_list"] = [arguments["vals_list"]]
    unnamed = {f"TODO_{number}": value for number, value in enumerate(by_name.unnamed, 1)}
    ids = {} if by_name.ids is None else {"ids": by_name.ids}
    return {
        "by_name": {**ids, **arguments, **unnamed},
        "unnamed": list(by_name.unnamed),
        "supposed": by_name.supposed,
        "private": bool(known and known.private),
    }


def json2_path(action: Action) -> str:
    """Where JSON-2 takes an action's call. Whatever a model is called, it stays one part of the path."""
    return f"/json/2/{path_part(action.model)}/{path_part(action.method)}"


def path_part(name: str) -> str:
    """A name as one part of a URL's path: slashes, question marks and everything else that ends one are percent-escaped."""
    return quote(name, safe="", errors="surrogatepass")
