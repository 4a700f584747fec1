"""Files that a browser uploaded, what was scanned, and buttons that answer a report: what code does for them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, converted, form, page, rpc, run, written

PENDING = {
    "thread_id": "7",
    "thread_model": "res.partner",
    "is_pending": "true",
    "csrf_token": "s3cr3t",
}
UPLOAD = form(
    "/mail/attachment/upload",
    PENDING,
    "offer.pdf",
    answer={"data": {"store_data": {}, "attachment_id": 55}},
)
POST = rpc(
    "/mail/message/post",
    {
        "thread_model": "res.partner",
        "thread_id": 7,
        "post_data": {"body": "See", "attachment_ids": [55], "attachment_tokens": ["s3cr3t"]},
        "context": {"uid": 2},
    },
    {"message_id": 9},
)


def calls_in(code: str, method: str) -> list[list[Any]]:
    """The arguments of `execute_kw` of this method, as source."""
    return [
        [ast.unparse(one) for one in node.args]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "execute_kw"
        and len(node.args) > 1
        and ast.unparse(node.args[1]) == repr(method)
    ]


def test_an_upload_is_an_attachment_of_the_record_and_goes_with_the_message(tmp_path: Path) -> None:
    code = converted(tmp_path, page(), UPLOAD, POST)
    [(model, _, args, _)] = calls_in(code, "create")
    expected = "[{'name': name, 'datas': file, 'res_model': 'res.partner', 'res_id': partner_id}]"
    assert ("'ir.attachment'", expected) == (model, args)
    assert "def attach_file_to_partner(name, file, partner_id):" in code
    assert (
        'attach_file_to_partner(name="offer.pdf", file=from_file("--file"), partner_id=7)'
        in " ".join(code.split()).replace("( ", "(").replace(" )", ")")
    )
    assert "attachment_ids=[attachment_id]" in code
    assert "token" not in code.lower().replace("api_key", "") and "s3cr3t" not in code
    assert "not in the code" not in run("convert", written(tmp_path, page(), UPLOAD, POST)).stderr


def test_the_record_of_a_file_that_waits_is_that_of_its_message(tmp_path: Path) -> None:
    """Odoo 14 uploads several at once for a record without an id, and answers with a script."""
    answer = (
        '<script>win.jQuery(win).trigger("o_1", [{"filename": "a.pdf", "mimetype": "application/pdf", "id": 60, "size": 4},'
        ' {"filename": "b.pdf", "id": 61}]);</script>'
    )
    fields = {"model": "mail.compose.message", "id": "0", "callback": "o_1"}
    upload = form("/web/binary/upload_attachment", fields, "a.pdf", "b.pdf", answer=answer)
    post = call(
        "crm.lead", "message_post", ([4],), {"body": "hi", "attachment_ids": [60, 61]}, result=12
    )
    code = converted(tmp_path, page(), upload, post)
    assert 1 == len(calls_in(code, "create")), "two runs of one function"
    assert "'res_model': 'crm.lead', 'res_id': lead_id" in calls_in(code, "create")[0][2]
    assert "attachment_ids=[attachment_id, attachment_id_2]" in code
    alone = converted(tmp_path, page(), upload)
    assert "only its creator can read it" in " ".join(alone.replace("\n# ", " ").split())
    assert "res_model" not in alone.split("def ")[-1]


@pytest.mark.parametrize("option", ["--verbatim", "--no-inputs"])
def test_the_file_is_asked_for_whatever_else_stays(option: str, tmp_path: Path) -> None:
    code = converted(tmp_path, page(), UPLOAD, options=(option,))
    assert 'from_file("--file")' in code and "the uploaded file" not in code
    assert "'res_id': 7" in calls_in(code, "create")[0][2]


def test_what_was_scanned_is_written(tmp_path: Path) -> None:
    sent = {
        "model": "stock.picking",
        "res_id": 88,
        "write_field": "move_line_ids",
        "write_vals": [[1, 301, {"qty_done": 3}]],
    }
    counted = {
        "model": "stock.quant",
        "res_id": False,
        "write_field": False,
        "write_vals": [[0, 0, {"product_id": 5, "inventory_quantity": 3}]],
    }
    route = "/stock_barcode/save_barcode_data"
    code = converted(tmp_path, page(), rpc(route, sent), rpc(route, counted))
    [(model, _, args, _)] = calls_in(code, "write")
    expected = "[[picking_id], {'move_line_ids': [[1, move_line_id, {'qty_done': qty_done}]]}]"
    assert ("'stock.picking'", expected) == (model, args)
    [(model, _, args, _)] = calls_in(code, "barcode_write")
    assert "'stock.quant'" == model
    assert (
        "[[[0, 0, {'product_id': product_id, 'inventory_quantity': inventory_quantity}]]]" == args
    )


def test_a_button_that_answers_a_report_says_where_the_file_comes_from(tmp_path: Path) -> None:
    report = {
        "type": "ir.actions.report",
        "report_type": "qweb-pdf",
        "report_name": "sale.report_saleorder",
    }
    address = {
        "type": "ir.actions.act_url",
        "url": "/web/content/5?download=true",
        "target": "self",
    }
    code = converted(tmp_path, page(), call("sale.order", "print_quotation", ([5],), result=report))
    comment = " ".join(code.replace("\n# ", " ").split())
    assert "It returns the action of a report (sale.report_saleorder), not a file" in comment
    assert "/report/download" in comment
    code = converted(tmp_path, page(), call("x.wizard", "export", ([5],), result=address))
    assert "It returns an address, not a file" in code
    code = converted(
        tmp_path,
        page(),
        call(
            "x.wizard",
            "go",
            ([5],),
            result={"type": "ir.actions.act_url", "url": "https://www.odoo.com"},
        ),
    )
    assert "no file" not in code
