"""What a browser asked of routes that are no model calls: files that came and went, forms, barcodes, carts."""

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
    """A request to a controller's own route that changed something or gave a file: no method of a model was named.

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
    """What a program does instead, or why nothing; "" where that is not known."""
    encoding: Encoding = ""
    """How `params` went: as the `params` of JSON-RPC, as a form's fields, as those of a form with parts, in the URL."""
    params: Mapping[str, Json] = field(default_factory=dict)
    """By name. A field that holds JSON (`data` and `context` of `/report/download`) is decoded."""
    context: Mapping[str, Json] = field(default_factory=dict)
    files: tuple[PostedFile, ...] = ()
    file_name: str | None = None
    """The name of the file that came as an answer: "" where it has none, None where no file came."""
    model: str = ""
    """Of the record that it is about, as far as the request says so."""
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
    """The number of the call that stands for it, where a public method does the same; None where nothing does."""
    server: str = ""
    """As in `Call.server`."""


@dataclass(frozen=True, slots=True)
class ClientRoute:
    """How an action goes that calls no method: by a route of the web client, in its session.

    By `way`, what the action's args and kwargs are: of a report its name and the ids; of an export, a form or JSON the
    parameters (kwargs); of a download the segments behind `path`; of an upload the file's name and its content (args),
    and the fields beside it (kwargs).
    """

    way: Way
    path: str
    suffix: str = ""
    """Of the file that comes: ".pdf"; "" where none comes."""
    file_field: str = ""
    """The form's field that the file is sent in."""
    entries: tuple[Where, ...] = ()
    """Where it was recorded."""
