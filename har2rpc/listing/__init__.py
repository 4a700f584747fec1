"""What people read in the terminal."""

from __future__ import annotations

from har2rpc.listing.calls import live_line, print_table
from har2rpc.listing.inputs import print_inputs
from har2rpc.listing.links import print_links
from har2rpc.listing.proofs import print_verdicts, progress, served_line
from har2rpc.listing.session import assignment, environment, print_session

__all__ = [
    "assignment",
    "environment",
    "live_line",
    "print_inputs",
    "print_links",
    "print_session",
    "print_table",
    "print_verdicts",
    "progress",
    "served_line",
]
