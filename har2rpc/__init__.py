"""har2rpc: what Odoo's web client did in a browser, as code and connector actions that do the same.

    from har2rpc import actions, open_capture, render

    capture = open_capture(["contacts.har"])
    print(render(capture, actions(capture), target="python"))

These names are the public API; everything else may move. Each is imported when it is first asked for, so that
`import har2rpc` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from har2rpc.version import __version__

if TYPE_CHECKING:
    from har2rpc.model import (
        Action,
        Call,
        Capture,
        ConvertOptions,
        Flow,
        Har2rpcError,
        RedactionReport,
    )
    from har2rpc.pipeline import actions, flow, mock, open_capture, redact, render, select, verify

__all__ = [
    "Action",
    "Call",
    "Capture",
    "ConvertOptions",
    "Flow",
    "Har2rpcError",
    "RedactionReport",
    "__version__",
    "actions",
    "flow",
    "mock",
    "open_capture",
    "redact",
    "render",
    "select",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from har2rpc import model, pipeline

    return getattr(pipeline, name, None) or getattr(model, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
