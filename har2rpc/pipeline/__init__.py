"""From capture files to calls, actions and text: it joins the rooms and knows no more.

What is public of it stands in `har2rpc/__init__.py`.
"""

from __future__ import annotations

from har2rpc.pipeline.conversion import (
    actions,
    find_decisions,
    find_inputs,
    find_links,
    flow,
    knows_flows,
    render,
)
from har2rpc.pipeline.explanation import as_explained, explain, odoo_version
from har2rpc.pipeline.loading import open_capture
from har2rpc.pipeline.selection import nothing_to_convert, select, without_refused
from har2rpc.pipeline.serialization import (
    as_decided,
    as_inputs,
    as_known,
    as_linked,
    as_listed,
    as_verified,
)
from har2rpc.pipeline.verification import mock, probe_server, recorded_odoo, verify, would_change

__all__ = [
    "actions",
    "as_decided",
    "as_explained",
    "as_inputs",
    "as_known",
    "as_linked",
    "as_listed",
    "as_verified",
    "explain",
    "find_decisions",
    "find_inputs",
    "find_links",
    "flow",
    "knows_flows",
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
