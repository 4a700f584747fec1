"""The block to paste into the configuration of an AI client: this Python, absolute paths, variables to fill in."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from har2rpc.cli.output import as_json_text

if TYPE_CHECKING:
    from har2rpc.model import Json


def client_block(words: Sequence[str], session: Mapping[str, Json]) -> str:
    """The JSON of `mcpServers`, for `har2rpc mcp` with these options and files (absolute: a client starts it anywhere)."""
    from har2rpc import pipeline

    command = [sys.executable, "-m", "har2rpc", "mcp", *words]
    return as_json_text(
        pipeline.client_configuration(command, session, python_path=_checkout_path())
    )


def _checkout_path() -> str:
    """The folder of the checkout with the package, if it is not installed; else ""."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        version("har2rpc")
    except PackageNotFoundError:
        return str(Path(__file__).resolve().parents[2])
    return ""
