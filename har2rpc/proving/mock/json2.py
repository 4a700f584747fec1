"""JSON-2, `POST /json/2/<model>/<method>`, as Odoo 19 serves it: an API key, arguments by name, HTTP's own statuses.

Sources: Odoo 19 `addons/rpc/controllers/json2.py`, `odoo/http.py` (Json2Dispatcher), `test_http/tests/test_webjson2.py`.
"""

from __future__ import annotations

import json
from wsgiref.types import WSGIEnvironment

from har2rpc.model import Json
from har2rpc.odoo import signatures, versions
from har2rpc.proving.mock.errors import (
    ACCESS_ERROR,
    NOT_FOUND,
    UNAUTHORIZED,
    BadRequest,
    Refused,
    json_2_error,
)
from har2rpc.proving.mock.recordings import CallRequest
from har2rpc.proving.mock.services import Services

PREFIX = "/json/2/"


def respond(services: Services, environ: WSGIEnvironment, body: bytes) -> tuple[str, str]:
    """HTTP status and JSON body. Raises BadRequest for what Odoo answers with a page."""
    if not versions.has_json_2(services.major):
        raise BadRequest("404 NOT FOUND", "Not Found")
    try:
        return "200 OK", json.dumps(_result(services, environ, body))
    except Refused as refusal:
        status, error = json_2_error(refusal)
        return status, json.dumps(error)


def _result(services: Services, environ: WSGIEnvironment, body: bytes) -> Json:
    model, _, method = environ.get("PATH_INFO", "")[len(PREFIX) :].partition("/")
    if not (model and method) or "/" in method or environ["REQUEST_METHOD"] != "POST":
        raise Refused(NOT_FOUND, "Did you mean POST /json/2/<model>/<method>?")
    if body and environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != "application/json":
        raise BadRequest("415 UNSUPPORTED MEDIA TYPE", "Unsupported Media Type")
    _check_access(services, environ)
    try:
        named = json.loads(body or b"null")
    except ValueError as error:
        raise BadRequest("400 BAD REQUEST", f"could not parse the body as json: {error}") from None
    named = named if isinstance(named, dict) else {}  # an array is silently no arguments at all
    ids = [named["ids"]] if "ids" in named else []
    kwargs = {name: value for name, value in named.items() if name != "ids"}
    services.received.append(CallRequest(model, method, ids, kwargs))
    if not isinstance(named.get("context") or {}, dict):
        raise Refused("builtins.TypeError", f"{model}.{method}: the context is not an object")
    known = signatures.signature(model, method, services.major)
    if known and known.private:
        raise Refused(ACCESS_ERROR, f"Private methods (such as '{model}.{method}')")
    if (model, method) == ("res.users", "context_get") and not kwargs.get("context"):
        return services.user_context()
    answer = services.recordings.answer_named(model, method, named)
    # A method that creates a record answers with a list of ids, also for one (odoo/orm/models.py, create).
    return [answer] if method in ("create", "copy") and isinstance(answer, int) else answer


def _check_access(services: Services, environ: WSGIEnvironment) -> None:
    """Raises BadRequest for another database, and Refused for another key."""
    db = environ.get("HTTP_X_ODOO_DATABASE")
    try:
        services.check_db(db or None)
    except Refused:
        if db:  # without one: a server of one database needs no name
            raise BadRequest("404 NOT FOUND", "No database is selected") from None
    scheme, _, key = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer":
        message = "User not authenticated, use an API Key with a Bearer Authorization header."
        raise Refused(UNAUTHORIZED, message)
    if not services.is_secret(key.strip().encode("latin-1").decode("utf-8", "replace")):
        raise Refused(UNAUTHORIZED, "Invalid apikey")
