"""Tools of documents, and an Odoo on the stage that they call, in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generated.running import SECRET, Stage

from har2rpc.pipeline import tool_server
from har2rpc.serving.odoo_user import OdooUser
from har2rpc.serving.tool_calls import ToolBox


def box_of(
    document: Mapping[str, Any] | str, url: str, secrets: Mapping[str, str] | None = None
) -> ToolBox:
    """All tools of a document."""
    document = json.loads(document) if isinstance(document, str) else document
    from har2rpc.proving.live_server import post_json

    def post(message: Any) -> Any:
        return post_json(url, "/jsonrpc", message)

    odoo = OdooUser(post, "the_db_of_the_tests", "", 2, SECRET)
    return ToolBox(tool_server.tools_of([document]), odoo, (secrets or {}).get)


def examples(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments for a tool, from its schema alone: what was recorded."""
    properties = schema["properties"]
    return {name: one["examples"][0] for name, one in properties.items() if "examples" in one}


def sent(odoo: Any) -> list[Any]:
    """What arrived last, without what carried it."""
    return [odoo.received[-1][key] for key in ("model", "method", "args", "kwargs", "context")]


__all__ = ["Stage", "box_of", "examples", "sent"]
