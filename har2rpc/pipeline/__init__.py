"""The public API: from capture files to calls, actions and text. It joins the rooms and knows no more.

capture = open_capture(["contacts.har"])
print(render(capture, actions(capture, numbers=[12]), target="python"))
"""

from __future__ import annotations

from har2rpc.pipeline.conversion import (
    actions,
    flow,
    input_places,
    knows_flows,
    links,
    render,
)
from har2rpc.pipeline.explanation import as_explained, explain, odoo_version
from har2rpc.pipeline.loading import open_capture
from har2rpc.pipeline.selection import nothing_to_convert, select, without_refused
from har2rpc.pipeline.serialization import (
    as_known,
    as_linked,
    as_listed,
    as_opened,
    as_verified,
)
from har2rpc.pipeline.verification import mock, probe_server, recorded_odoo, verify, would_change

__all__ = [
    "actions",
    "as_explained",
    "as_known",
    "as_linked",
    "as_listed",
    "as_opened",
    "as_verified",
    "explain",
    "flow",
    "input_places",
    "knows_flows",
    "links",
    "mock",
    "nothing_to_convert",
    "odoo_version",
    "open_capture",
    "probe_server",
    "recorded_odoo",
    "render",
    "select",
    "verify",
    "without_refused",
    "would_change",
]
