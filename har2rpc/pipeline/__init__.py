"""From capture files to calls, actions and text: this room connects the others and has no knowledge of its own.

`har2rpc/__init__.py` has the public part of it. A module is imported when one of its names is first used, because `list`
needs neither conversion nor verification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from har2rpc.odoo.sentences import sentences
    from har2rpc.pipeline.conversion import (
        actions,
        calls_of,
        find_decisions,
        find_inputs,
        find_links,
        flow,
        has_session,
        has_sheet,
        knows_flows,
        language_of,
        paste_boxes,
        paste_sheet,
        prepare,
        render,
        rendered_box,
    )
    from har2rpc.pipeline.display import as_answered, as_facts, as_rows, as_targets, as_values
    from har2rpc.pipeline.domain_explanation import as_explained, explain, odoo_version
    from har2rpc.pipeline.loading import open_capture
    from har2rpc.pipeline.override_file import (
        as_overrides,
        overrides_from,
        read_overrides,
        with_names,
    )
    from har2rpc.pipeline.parts import one_server, part_for, part_of, users_note
    from har2rpc.pipeline.recorded_server import mock, recorded_odoo
    from har2rpc.pipeline.redaction import redact
    from har2rpc.pipeline.selection import (
        holds_noise_alone,
        noise_alone_note,
        nothing_chosen,
        nothing_to_convert,
        select,
        without_refused,
    )
    from har2rpc.pipeline.serialization import (
        as_decided,
        as_inputs,
        as_known,
        as_linked,
        as_listed,
        as_redacted,
        as_verified,
    )
    from har2rpc.pipeline.tool_server import (
        as_tool_document,
        client_configuration,
        is_tool_document,
        offered_tools,
        read_tool_document,
        serve_tools,
        tool_connection,
        tool_session,
        tools_of,
    )
    from har2rpc.pipeline.unconverted import (
        as_request,
        has_session_requests,
        unconverted_notes,
        unconverted_requests,
    )
    from har2rpc.pipeline.verification import probe_server, verify, would_change
    from har2rpc.proving.mock.server import serve

__all__ = [
    "actions",
    "as_answered",
    "as_decided",
    "as_explained",
    "as_facts",
    "as_inputs",
    "as_known",
    "as_linked",
    "as_listed",
    "as_overrides",
    "as_redacted",
    "as_request",
    "as_rows",
    "as_targets",
    "as_tool_document",
    "as_values",
    "as_verified",
    "calls_of",
    "client_configuration",
    "explain",
    "find_decisions",
    "find_inputs",
    "find_links",
    "flow",
    "has_session",
    "has_session_requests",
    "has_sheet",
    "holds_noise_alone",
    "is_tool_document",
    "knows_flows",
    "language_of",
    "mock",
    "noise_alone_note",
    "nothing_chosen",
    "nothing_to_convert",
    "odoo_version",
    "offered_tools",
    "one_server",
    "open_capture",
    "overrides_from",
    "part_for",
    "part_of",
    "paste_boxes",
    "paste_sheet",
    "prepare",
    "probe_server",
    "read_overrides",
    "read_tool_document",
    "recorded_odoo",
    "redact",
    "render",
    "rendered_box",
    "select",
    "sentences",
    "serve",
    "serve_tools",
    "tool_connection",
    "tool_session",
    "tools_of",
    "unconverted_notes",
    "unconverted_requests",
    "users_note",
    "verify",
    "with_names",
    "without_refused",
    "would_change",
]


_DISPLAY = frozenset({"as_answered", "as_facts", "as_rows", "as_targets", "as_values"})
_OVERRIDES = frozenset({"as_overrides", "overrides_from", "read_overrides", "with_names"})
_SELECTION = frozenset(
    "holds_noise_alone noise_alone_note nothing_chosen nothing_to_convert select"
    " without_refused".split()
)
_TOOLS = frozenset(
    {
        "as_tool_document",
        "client_configuration",
        "is_tool_document",
        "offered_tools",
        "read_tool_document",
        "serve_tools",
        "tool_connection",
        "tool_session",
        "tools_of",
    }
)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _DISPLAY:
        from har2rpc.pipeline import display

        return getattr(display, name)
    if name in _TOOLS:
        from har2rpc.pipeline import tool_server

        return getattr(tool_server, name)
    if name in _OVERRIDES:
        from har2rpc.pipeline import override_file

        return getattr(override_file, name)
    if name in (
        "as_request",
        "has_session_requests",
        "unconverted_notes",
        "unconverted_requests",
    ):
        from har2rpc.pipeline import unconverted

        return getattr(unconverted, name)
    if name.startswith("as_") and name != "as_explained":
        from har2rpc.pipeline import serialization

        return getattr(serialization, name)
    if name in ("as_explained", "explain", "odoo_version"):
        from har2rpc.pipeline import domain_explanation

        return getattr(domain_explanation, name)
    if name == "open_capture":
        from har2rpc.pipeline import loading

        return getattr(loading, name)
    if name == "sentences":
        from har2rpc.odoo import sentences

        return sentences.sentences
    if name in ("one_server", "part_for", "part_of", "users_note"):
        from har2rpc.pipeline import parts

        return getattr(parts, name)
    if name == "redact":
        from har2rpc.pipeline import redaction

        return getattr(redaction, name)
    if name in _SELECTION:
        from har2rpc.pipeline import selection

        return getattr(selection, name)
    if name in ("mock", "recorded_odoo"):
        from har2rpc.pipeline import recorded_server

        return getattr(recorded_server, name)
    if name in ("probe_server", "verify", "would_change"):
        from har2rpc.pipeline import verification

        return getattr(verification, name)
    if name == "serve":
        from har2rpc.proving.mock import server

        return server.serve
    from har2rpc.pipeline import conversion

    return getattr(conversion, name)
