"""Every hostile text in n8n's own Odoo nodes: in what is saved, in conditions, in labels, in a flow and in no flow."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from har_builder import call, page, search, views, written

from har2rpc import pipeline
from har2rpc.model import ConvertOptions
from security.documents import differences_of_document
from security.expected_calls import expected
from security.hostile_texts import TEXTS

pytestmark = [
    pytest.mark.security,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not here"),
]


@pytest.mark.parametrize("version", ["14.0", "19.0"])
@pytest.mark.parametrize("mode", ["inputs", "no inputs", "flow"])
def test_each_text(mode: str, version: str, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        described = {"name": {"type": "char", "string": text}, "note": {"type": "json"}}
        entries = [
            page(server_version=version),
            views("res.partner", described),
            call("res.partner", "create", [{"name": text, "note": [text, {"x": text}]}], result=7),
            call("res.partner", "write", ([8], {"name": text, "note": text, "ref": text})),
            search(domain=[["name", "ilike", text], ["ref", "=", text]]),
            call("res.partner", "unlink", ([9],)),
        ]
        capture = pipeline.open_capture([written(tmp_path, *entries)])
        calls = [each for each in capture.calls if each.method != "get_views"]
        if mode == "flow":
            steps: object = pipeline.flow(capture, calls)
        else:
            options = ConvertOptions(inputs=mode == "inputs")
            steps = pipeline.actions(capture, calls, options)
        document = json.loads(pipeline.render(capture, steps, target="n8n"))  # type: ignore[arg-type]
        kinds = [node["type"] for node in document["nodes"]]
        searches = 0 if mode == "flow" else 1  # a flow leaves out what nobody uses
        assert 3 + searches == kinds.count("n8n-nodes-base.odoo"), name
        sent = expected(steps, int(version[:2]))  # type: ignore[arg-type]
        assert [] == list(differences_of_document("n8n", document, sent)), name
