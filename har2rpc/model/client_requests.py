"""Requests to routes that are not model calls: downloads and uploads, forms, barcodes, carts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from har2rpc.model.exchanges import Json, Outcome, Where

RequestKind: TypeAlias = Literal[
    "report",
    "export",
    "download",
    "upload",
    "barcode",
    "attendance",
    "pos",
    "shop",
    "sale",
    "portal",
    "website",
    "survey",
    "livechat",
    "chatter",
    "documents",
    "settings",
    "other",
]

Way: TypeAlias = Literal["report", "export", "download", "upload", "json", "form"]
Encoding: TypeAlias = Literal["json", "form", "multipart", ""]


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file that was sent with a form. Its content is not held: a browser leaves it out of most captures."""

    field: str
    """The form's field that it stands in (`ufile`)."""
    name: str
    mimetype: str = ""


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """A request to a controller's own route that changed something or returned a file, without naming a model's method.

    The counterpart of `Call`. Secrets are masked in all of it.
    """

    where: Where
    url: str
    """The server it went to, as in `Call.url`."""
    http_method: str
    route: str
    """The path without what belongs to this one request: `/report/pdf`, `/my/orders/<id>/accept`."""
    path: str
    """The path as requested, behind the server's own; a token in it is `***`."""
    kind: RequestKind
    does: str = ""
    """What it did, as words behind the route ("downloaded a report")."""
    instead: str = ""
    """What a program can do instead, or why it cannot; "" if that is not known."""
    encoding: Encoding = ""
    """How `params` were sent: as the `params` of JSON-RPC, as form fields, as multipart form fields, or ("") in the URL."""
    params: Mapping[str, Json] = field(default_factory=dict)
    """By name. A field that holds JSON (`data` and `context` of `/report/download`) is decoded."""
    context: Mapping[str, Json] = field(default_factory=dict)
    files: tuple[PostedFile, ...] = ()
    file_name: str | None = None
    """The name of the file that came as an answer: "" where it has none, None where no file came."""
    model: str = ""
    """The model of the record that it is about, if the request names it."""
    ids: tuple[int, ...] = ()
    report: str = ""
    """The report's technical name (`sale.report_saleorder`)."""
    outcome: Outcome = "ok"
    status: int = 0
    """The HTTP status; 0 where no answer arrived."""
    started: str = ""
    ms: float | None = None
    after: int = 0
    """The number of the last call before it; 0 where it came first."""
    n: int | None = None
    """The number of the call that replaces it, if a public method does the same; else None."""
    server: str = ""
    """As in `Call.server`."""


@dataclass(frozen=True, slots=True)
class ClientRoute:
    """How to do an action that calls no method: by a route of the web client, in its session.

    `way` decides what the action's args and kwargs are. A report: its name and the ids. An export, a form, JSON: the
    parameters (kwargs). A download: the segments after `path`. An upload: the file's name and content (args) and the
    other fields (kwargs).
    """

    way: Way
    path: str
    suffix: str = ""
    """The suffix of the returned file (".pdf"); "" if none is returned."""
    file_field: str = ""
    """The form's field that the file is sent in."""
    entries: tuple[Where, ...] = ()
    """Where it was recorded."""
