"""What people read in the terminal."""

from __future__ import annotations

from har2rpc.cli.tables.calls import live_line, print_table
from har2rpc.cli.tables.inputs import print_decisions, print_inputs, print_links
from har2rpc.cli.tables.session import assignment, environment, print_session
from har2rpc.cli.tables.verdicts import print_request, print_verdicts, progress

__all__ = [
    "assignment",
    "environment",
    "live_line",
    "print_decisions",
    "print_inputs",
    "print_links",
    "print_request",
    "print_session",
    "print_table",
    "print_verdicts",
    "progress",
]
