"""Runs the code that the page shows, against the capture itself or on the user's Odoo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from har2rpc import pipeline
from har2rpc.model import Call, Capture, Har2rpcError, Json
from har2rpc.page.conversion_view import overrides_in

_VARIABLES = {
    "url": "ODOO_URL",
    "db": "ODOO_DB",
    "login": "ODOO_LOGIN",
    "uid": "ODOO_UID",
    "key": "ODOO_API_KEY",
}


def verify(capture: Capture, calls: Sequence[Call], message: Mapping[str, Json]) -> Json:
    """Runs the code of each call and compares: `{"verdicts"}`, as in `verify --json`.

    With a `server` (`{"url", "db", "login", "uid", "key"}`) on that one, and there what changes something only with
    `writes`. Raises Har2rpcError if the server is not named, and as `pipeline.verify` does.
    """
    overrides, _ = overrides_in(message)
    server = _server(message["server"]) if message.get("server") else None
    verdicts = pipeline.verify(
        capture,
        calls,
        target=str(message["target"]),
        overrides=overrides,
        server=server,
        writes=server is None or message.get("writes") is True,
    )
    return {"verdicts": [pipeline.as_verified(verdict) for verdict in verdicts]}


def _server(fields: Mapping[str, Json]) -> dict[str, str]:
    """The variables that generated code reads."""
    variables = {name: str(fields.get(key) or "").strip() for key, name in _VARIABLES.items()}
    for key, what in (("url", "address"), ("db", "database"), ("key", "API key")):
        if not variables[_VARIABLES[key]]:
            raise Har2rpcError(f"fill in the {what} of your Odoo")
    # What is typed in as the key may be a password: then a session takes it.
    secret = variables["ODOO_API_KEY"]
    return {**variables, "ODOO_URL": variables["ODOO_URL"].rstrip("/"), "ODOO_PASSWORD": secret}
