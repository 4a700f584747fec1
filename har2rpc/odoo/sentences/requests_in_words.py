"""Describes a request that is not a call: its entries, its route, what was sent or received, and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

from har2rpc.model import ClientRequest
from har2rpc.odoo.english import listed

_MOST = 8  # entries that one sentence names
_LONGEST = 120  # characters of a name or an address
_SESSION = "it needs a session of the web client (convert -t python-web)"
_NO_METHOD = "no method of a model does it"


def not_in_code(requests: Sequence[ClientRequest]) -> list[str]:
    """A line for each route of the requests that no call stands for: what code does not do."""
    unconverted = [request for request in requests if request.n is None]
    return [f"not in the code: {sentence}" for sentence in request_sentences(unconverted)]


def request_sentences(requests: Sequence[ClientRequest]) -> list[str]:
    """A sentence for each route, in order of the first request: `/report/download (c.har#5) downloaded a report: …`."""
    groups: dict[tuple[str, str, str], list[ClientRequest]] = {}
    for request in requests:
        groups.setdefault((request.server, request.route, request.does), []).append(request)
    return [_sentence(group) for group in groups.values()]


def _sentence(requests: Sequence[ClientRequest]) -> str:
    first = requests[0]
    entries = [str(one.where) for one in requests]
    about = list(dict.fromkeys(filter(None, map(_about, requests))))
    subject = f": {listed(about, most=3)}" if about else ""
    refused = sum(request.outcome == "error" for request in requests)
    outcome = ""
    if refused:
        outcome = " (refused)" if refused == len(requests) else f" ({refused} of them refused)"
    places = listed(entries, most=_MOST)
    why = f"{_SESSION}; {first.instead or _NO_METHOD}"
    return f"{first.route} ({places}) {first.does}{outcome}{subject}; {why}"


def _about(request: ClientRequest) -> str:
    """`sale.report_saleorder of 5`, `"contract.pdf" for res.partner 7`; "" where the request says nothing of it."""
    ids = listed([str(one) for one in request.ids], most=3)
    names = [one.name for one in request.files if one.name]
    if request.report:
        return _cut(request.report) + (f" of {ids}" if ids else "")
    name = names[0] if names else request.file_name or ""
    record = f"{request.model} {ids}".strip() if request.model else ""
    if name:
        return f'"{_cut(name)}"' + (f" for {record}" if record else "")
    method = request.params.get("method")
    if request.kind == "other" and request.model and isinstance(method, str):
        return _cut(f"{request.model}.{method}")
    return record


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
