"""The nouns: the frozen dataclasses that one room passes to the next. They use only the standard library and do nothing.

Names follow Odoo (`model`, `domain`, `context`, `ids`, `uid`) and HAR 1.2 (`entry`, `postData`, `content`).
"""

from __future__ import annotations

from har2rpc.model.actions import (
    Action,
    Decision,
    Flow,
    Following,
    FormSpec,
    Input,
    Lines,
    Link,
    RecordedValue,
    Result,
    Run,
    Step,
    Value,
)
from har2rpc.model.capture import (
    Call,
    Capture,
    Fact,
    Fetch,
    Field,
    Part,
    Session,
    VersionRange,
    answer_of,
    whole,
)
from har2rpc.model.client_requests import (
    ClientRequest,
    ClientRoute,
    Encoding,
    PostedFile,
    RequestKind,
)
from har2rpc.model.exchanges import Exchange, Interest, Json, Kind, Outcome, Where
from har2rpc.model.options import (
    CallOverride,
    Connection,
    ConvertOptions,
    InputOverride,
    Overrides,
)
from har2rpc.model.tallies import RedactionReport, Tally

__all__ = [
    "Action",
    "Call",
    "CallOverride",
    "Capture",
    "ClientRequest",
    "ClientRoute",
    "Connection",
    "ConvertOptions",
    "Decision",
    "Encoding",
    "Exchange",
    "Fact",
    "Fetch",
    "Field",
    "Flow",
    "Following",
    "FormSpec",
    "Har2rpcError",
    "Input",
    "InputOverride",
    "Interest",
    "Json",
    "Kind",
    "Lines",
    "Link",
    "Outcome",
    "Overrides",
    "Part",
    "PostedFile",
    "RecordedValue",
    "RedactionReport",
    "RequestKind",
    "Result",
    "Run",
    "Session",
    "Step",
    "Tally",
    "Value",
    "VersionRange",
    "Where",
    "answer_of",
    "whole",
]


class Har2rpcError(Exception):
    """The one exception raised on purpose: where, what, and the next step, in one sentence."""
