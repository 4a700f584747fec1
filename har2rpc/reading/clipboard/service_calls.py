"""Reads calls of Odoo's services in a script, `execute_kw(db, uid, password, model, method, …)`, into JSON-RPC bodies."""

from __future__ import annotations

import re

from har2rpc.reading.clipboard.literals import Json, Unknown

_MODEL = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_METHOD = re.compile(r"[A-Za-z_]\w*")


def service_body(arguments: Json, *, is_kw: bool) -> dict[str, Json] | None:
    """The JSON-RPC body of `execute_kw(db, uid, password, model, method, …)`, or of one that begins with the model.

    The credential is left out. None where no model and method are named.
    """
    if not isinstance(arguments, list):
        return None
    for at in (3, 0, 2):
        names = arguments[at : at + 2]
        if len(names) < 2 or any(type(name) is not str for name in names):
            continue
        if _MODEL.fullmatch(names[0]) and _METHOD.fullmatch(names[1]):
            break
    else:
        return None
    db, uid = (arguments[0], arguments[1]) if at == 3 else (None, None)
    db = None if isinstance(db, Unknown) else db
    uid = None if isinstance(uid, Unknown) else uid
    rest = arguments[at + 2 :]
    args = [db, uid, None, *names, *rest]
    method = "execute_kw" if is_kw else "execute"
    return {"params": {"service": "object", "method": method, "args": args}}
