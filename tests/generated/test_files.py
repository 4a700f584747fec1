"""Uploads, scanned barcodes and a till's order: the samples of samples/files, their code, and what it sends.

What must arrive is known without har2rpc: it was written down from the recordings.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from generated.recorded import SAMPLES
from generated.running import AnsweringOdoo, Stage, converted, environment, run

SCANNED = {
    "model": "stock.picking",
    "method": "write",
    "args": [[88], {"move_line_ids": [[1, 301, {"quantity": 3, "picked": True}]]}],
}


def code_of(sample: str, *options: str) -> str:
    return converted(SAMPLES / "files" / f"{sample}.har.gz", *options)


@pytest.mark.parametrize("flow", [False, True], ids=["functions", "flow"])
@pytest.mark.parametrize(
    ("sample", "partner"),
    [
        ("odoo19-chrome-attach_file_to_partner", 15),
        ("odoo14-chrome-attach_file_to_partner", 15),
    ],
)
def test_the_file_arrives_and_goes_with_the_message(
    sample: str, partner: int, flow: bool, stage: Stage, tmp_path: Path
) -> None:
    offer = tmp_path / "offer.txt"
    offer.write_bytes("Zwölf Tische \N{TULIP}".encode())
    stage.app = AnsweringOdoo(
        lambda call: 4711 if call["model"] == "ir.attachment" else [{"id": partner}]
    )
    code = code_of(sample, *(["--flow"] if flow else []))
    run(code, environment(stage.url, 2), "--write", "--file", str(offer))
    attached, posted = (call for call in stage.app.received if "read" not in call["method"])
    values = {
        "name": "offer.txt",
        "datas": base64.b64encode(offer.read_bytes()).decode(),
        "res_model": "res.partner",
        "res_id": partner,
    }
    assert ("ir.attachment", "create", [values]) == tuple(
        attached[key] for key in ("model", "method", "args")
    )
    assert ("res.partner", "message_post") == (posted["model"], posted["method"])
    assert [4711] == posted["kwargs"]["attachment_ids"]
    assert "attachment_tokens" not in posted["kwargs"]


def test_without_the_file_nothing_is_sent(stage: Stage) -> None:
    stage.app = AnsweringOdoo(lambda call: True)
    code = code_of("odoo19-chrome-attach_file_to_partner")
    with pytest.raises(SystemExit, match="which file\\? --file FILE"):
        run(code, environment(stage.url, 2), "--write")
    assert [] == stage.app.received


def test_what_was_scanned_and_what_a_till_sold(stage: Stage) -> None:
    stage.app = AnsweringOdoo(lambda call: True)
    code = code_of("synthetic-other_routes")
    run(code, environment(stage.url, 2), "--write")
    scanned, validated, sold = stage.app.received
    assert SCANNED == {key: scanned[key] for key in SCANNED}
    assert "button_validate" == validated["method"]
    [[order]] = sold["args"]
    assert not {"uuid", "access_token"} & set(order) and "5c1f4a3e" not in json.dumps(order)
    assert (14, 9.0, 21) == (
        order["partner_id"],
        order["amount_total"],
        order["lines"][0][2]["product_id"],
    )
    for route in ("/hr_attendance/systray_check_in_out", "/shop/cart/add"):
        assert f"Not in this code: {route}" in " ".join(code.replace("\n# ", " ").split())
