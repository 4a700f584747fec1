"""The public API: from capture files to calls, actions and text. It joins the rooms and knows no more.

capture = open_capture(["contacts.har"])
print(render(capture, actions(capture, numbers=[12]), target="python"))
"""

from __future__ import annotations

from har2rpc.pipeline.choosing import nothing_to_convert, select, without_refused
from har2rpc.pipeline.making import actions, flow, render
from har2rpc.pipeline.opening import open_capture
from har2rpc.pipeline.telling import as_known, as_listed

__all__ = [
    "actions",
    "as_known",
    "as_listed",
    "flow",
    "nothing_to_convert",
    "open_capture",
    "render",
    "select",
    "without_refused",
]
