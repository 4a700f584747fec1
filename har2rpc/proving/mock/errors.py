"""How Odoo refuses a call: the exception's name, its message, and the format in each protocol.

Sources: Odoo 12-19 `odoo/http.py` (serialize_exception, Json2Dispatcher), `odoo/exceptions.py`, and the RPC
controllers (`odoo/addons/base/controllers/rpc.py`; in 19 `addons/rpc/controllers`).
"""

from __future__ import annotations

import xmlrpc.client  # nosec B411 # a request is bounded, and expat limits what entities expand to

from har2rpc.model import Json
from har2rpc.odoo import versions

USER_ERROR = "odoo.exceptions.UserError"
VALIDATION_ERROR = "odoo.exceptions.ValidationError"
ACCESS_DENIED = "odoo.exceptions.AccessDenied"
ACCESS_ERROR = "odoo.exceptions.AccessError"
MISSING_ERROR = "odoo.exceptions.MissingError"
UNAUTHORIZED = "werkzeug.exceptions.Unauthorized"
NOT_FOUND = "werkzeug.exceptions.NotFound"
UNPROCESSABLE = "werkzeug.exceptions.UnprocessableEntity"
SESSION_EXPIRED = "odoo.http.SessionExpiredException"
NO_DATABASE = "psycopg2.OperationalError"

_STATUSES = {
    UNAUTHORIZED: "401 UNAUTHORIZED",
    ACCESS_DENIED: "403 FORBIDDEN",
    ACCESS_ERROR: "403 FORBIDDEN",
    NOT_FOUND: "404 NOT FOUND",
    MISSING_ERROR: "404 NOT FOUND",
    USER_ERROR: "422 UNPROCESSABLE ENTITY",
    VALIDATION_ERROR: "422 UNPROCESSABLE ENTITY",
    UNPROCESSABLE: "422 UNPROCESSABLE ENTITY",
}
_WARNINGS = frozenset({USER_ERROR, VALIDATION_ERROR, MISSING_ERROR})


class Refused(Exception):
    """An error that Odoo would answer with: the name of its exception, and its message."""

    @property
    def name(self) -> str:
        """The exception's full name (`odoo.exceptions.UserError`)."""
        return str(self.args[0])

    @property
    def message(self) -> str:
        """The sentence for people."""
        return str(self.args[1])


class BadRequest(Exception):
    """A request that Odoo refuses before looking at any call: the HTTP status, and the text of a page."""


def json_rpc_error(refusal: Refused, major: int) -> Json:
    """The `error` of a JSON-RPC answer, which comes with HTTP 200; its code is 0 from 19 on, 200 before."""
    if refusal.name == SESSION_EXPIRED:
        code, title = 100, "Odoo Session Expired"
    else:
        code, title = versions.json_rpc_error_code(major), "Odoo Server Error"
    data = {
        "name": refusal.name,
        "debug": f"{refusal.name}: {refusal.message}",
        "message": refusal.message,
        "arguments": [refusal.message],
        "context": {},
    }
    return {"code": code, "message": title, "data": data}


def json_2_error(refusal: Refused) -> tuple[str, Json]:
    """HTTP status and body of a refused JSON-2 request."""
    body = {
        "name": refusal.name,
        "message": refusal.message,
        "arguments": [refusal.message],
        "context": {},
        "debug": f"{refusal.name}: {refusal.message}",
    }
    return _STATUSES.get(refusal.name, "500 INTERNAL SERVER ERROR"), body


def xml_rpc_fault(refusal: Refused) -> xmlrpc.client.Fault:
    """The fault of /xmlrpc/2: warnings say their message alone, all other errors come as a traceback."""
    if refusal.name in _WARNINGS:
        return xmlrpc.client.Fault(2, refusal.message)
    if refusal.name == ACCESS_DENIED:
        return xmlrpc.client.Fault(3, refusal.message)
    if refusal.name == ACCESS_ERROR:
        return xmlrpc.client.Fault(4, refusal.message)
    return xmlrpc.client.Fault(1, traceback(f"{refusal.name}: {refusal.message}"))


def traceback(last_line: str, *, within: str = "dispatch") -> str:
    """A traceback in the form in which Odoo sends one, with nothing of anybody's machine in it."""
    return f'Traceback (most recent call last):\n  File "odoo.py", in {within}\n{last_line}\n'
