"""XML-RPC, `/xmlrpc/2/<service>`: the same services, and the values that the protocol cannot carry.

Source: Odoo 12-19, the RPC controllers: answers are marshalled without None, after the call has been done.
"""

from __future__ import annotations

import xmlrpc.client  # nosec B411 # a request is bounded, and expat limits what entities expand to
from xml.parsers.expat import ExpatError

from har2rpc.model import Json
from har2rpc.proving.mock.errors import BadRequest, Refused, traceback, xml_rpc_fault
from har2rpc.proving.mock.services import Services

PREFIX = "/xmlrpc/2/"


def respond(services: Services, path: str, body: bytes) -> str:
    """The XML of the answer, which may be a fault. Raises BadRequest for a body that is not XML-RPC."""
    try:
        args, method = xmlrpc.client.loads(body)
    except (ExpatError, xmlrpc.client.Error, ValueError, LookupError, TypeError):
        raise BadRequest("400 BAD REQUEST", "no XML-RPC request") from None
    try:
        result = services.call(path[len(PREFIX) :].strip("/"), method, list(args))
    except Refused as refusal:
        return xmlrpc.client.dumps(xml_rpc_fault(refusal))
    return _marshal(result)


def _marshal(result: Json) -> str:
    try:
        return xmlrpc.client.dumps((result,), methodresponse=True)
    except (TypeError, OverflowError) as error:  # the call was done: only its answer is lost
        within = "dump_nil" if result is None else "dump_struct"
        text = traceback(f"builtins.{type(error).__name__}: {error}", within=within)
        return xmlrpc.client.dumps(xmlrpc.client.Fault(1, text))
