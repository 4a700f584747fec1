"""Decides which requests the mock accepts: those of programs on this machine, but not those of web pages.

A web page can reach loopback under a name of its own that its server points there (DNS rebinding); the browser then sends
that name as the Host. Requests from a page's own site have that site as Origin (Fetch, "Origin header").
"""

from __future__ import annotations

import re
from collections.abc import Set
from wsgiref.types import WSGIEnvironment

from har2rpc.model import Har2rpcError
from har2rpc.proving.mock.errors import BadRequest

_HOST = re.compile(r"([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?", re.ASCII)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def check_sender(environ: WSGIEnvironment, hosts: Set[str]) -> None:
    """Raises BadRequest if a request names a host other than these, or comes from a web page of another site."""
    host = environ.get("HTTP_HOST", "")
    if _name(host) not in hosts:
        raise BadRequest("403 FORBIDDEN", f"the host {host!r} is not known here; see --host")
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and _name(origin.partition("://")[2]) not in hosts:
        raise BadRequest(
            "403 FORBIDDEN", f"this request comes from a web page of {origin!r}; see --host"
        )


def host_name(text: str) -> str:
    """A name that a person lets in, as it is compared: without a port, in lower case.

    Raises Har2rpcError for a text that cannot be one.
    """
    if not _HOST.fullmatch(text):
        raise Har2rpcError(
            f"{text!r} is not the name of a host; give one like odoo or host.docker.internal"
        )
    return _name(text)


def _name(address: str) -> str:
    """The host of `HOST` or `HOST:PORT`, of which an IPv6 address stands in brackets."""
    if address.startswith("["):
        return address[: address.find("]") + 1].lower()
    return address.partition(":")[0].lower().removesuffix(".")
