"""Every entry that posted to the server, or downloaded something by a click, is a call, the client's own, or named.

The entries are taken out by a walk of its own, which shares no code with what it checks; which routes the client uses for
itself was written down from what the captures hold.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from har_builder import ROOT, call, exchange, form, page, product, rpc, run, written
from plain_walk import entries_of
from test_list_against_plain_walk import captures

PUBLIC_CASES = ROOT.parent / "shared" / "cases" / "public"
# What Odoo's client posts for itself, in the captures that there are.
CLIENTS_OWN = re.compile(
    r"/(?:mail/(?:data|init_messaging|load_message_failures|read_followers|get_suggested_recipients|action)"
    r"|mail/(?:inbox|thread)/(?:messages|data)|mail/thread/recipients.*"
    r"|discuss/channel/(?:messages|mark_as_read|members|info|fold|notify_typing)|longpolling/(?:poll|im_status)"
    r"|bus/.*|websocket/.*|calendar/notify(?:_ack)?|web/action/(?:load|run)|web/login|web/session/\w+|web/webclient/\w+.*"
    r"|web/export/(?:formats|get_fields|namelist)|report/check_wkhtmltopdf|hr/get_org_chart|sales/sale_quotation_onboarding_panel|onboarding/.*"
    r"|html_editor/get_ice_servers|web_editor/public_render_template|sale/product_configurator/get_values"
    r"|base_import/set_file|stock_barcode/get_barcode_data|hr_attendance/attendance_user_data|jsonrpc|xmlrpc/2/common)/?"
)


def entries_that_did(path: Path) -> dict[str, str]:
    """By `file#entry`: the path of each request that posted to an Odoo, or fetched a file as an attachment."""
    entries, _ = entries_of(path)
    urls = [urlsplit(entry["request"]["url"]) for entry in entries]
    odoo = {url.netloc for url in urls if re.search(r"/(?:web|odoo|jsonrpc|mail)(?:/|$)", url.path)}
    odoo = odoo or {url.netloc for url in urls}
    did = {}
    for number, (entry, url) in enumerate(zip(entries, urls, strict=True), start=1):
        headers = entry.get("response", {}).get("headers") or []
        is_file = any(
            header["name"].lower() == "content-disposition"
            and header["value"].lower().startswith("attachment")
            for header in headers
        )
        if url.netloc in odoo and (is_file or entry["request"]["method"] not in ("GET", "OPTIONS")):
            did[f"{path.name}#{number}"] = url.path
    return did


def cases() -> list[Any]:
    return [pytest.param(path, id=path.name) for path in sorted(PUBLIC_CASES.glob("F0[67]*.har"))]


@pytest.mark.parametrize("path", [*captures(), *cases()])
def test_each_entry_that_did_something_is_told(path: Path) -> None:
    did = entries_that_did(path)
    result = run("list", "--json", "--all", path)
    calls = {row["where"] for row in json.loads(result.stdout)} if result.stdout else set()
    result = run("list", "--json", "--requests", path)
    requests = {row["where"] for row in json.loads(result.stdout)} if result.stdout else set()
    told = calls | requests | {place for place in did if f"{place}:" in result.stderr}
    silent = {place: route for place, route in did.items() if place not in told}
    assert {} == {p: route for p, route in silent.items() if not CLIENTS_OWN.fullmatch(route)}
    assert not {place for place in requests if place not in did and "F0" not in place}


SESSION = "it needs a session of the web client (convert -t python-web)"
ROUTES = [
    (form("/report/download", {"data": '["/report/pdf/sale.report_saleorder/5,6","qweb-pdf"]'}, file_name="S.pdf"),
     "/report/download (small.har#3) downloaded a report: sale.report_saleorder of 5 and 6"),
    (exchange("/report/pdf/account.report_invoice/7"), "/report/pdf (small.har#3) showed a report: account.report_invoice of 7"),
    (exchange("/web/content/9?download=true"), "/web/content/<id> (small.har#3) downloaded a file: ir.attachment 9"),
    (exchange("/web/content/res.partner/9/vcf", file_name="a.vcf"), '/web/content/res.partner/<id>/vcf (small.har#3) downloaded a file: "a.vcf"'),
    (exchange("/web/image/5?download=true"), "/web/image/<id> (small.har#3) downloaded a file"),
    (exchange("/my/invoices/5?report_type=pdf&download=true", file_name="I.pdf"), '/my/invoices/<id> (small.har#3) downloaded a file: "I.pdf"'),
    (form("/web/pivot/export_xlsx", {"data": "{}"}, file_name="p.xlsx"), "/web/pivot/export_xlsx (small.har#3) exported a pivot table to a file"),
    (exchange("/custom/csv", file_name="x.csv"), '/custom/csv (small.har#3) downloaded a file: "x.csv"'),
    (form("/custom/upload", {"csrf_token": "s3cr3t"}, "scan.pdf"), '/custom/upload (small.har#3) sent a file: "scan.pdf"'),
    (form("/documents/upload_attachment", {"folder_id": "4"}, "a.pdf"), '/documents/upload_attachment (small.har#3) uploaded a document: "a.pdf"'),
    (rpc("/stock_barcode/save_barcode_data", {"model": "stock.picking", "res_id": False, "write_field": "x", "write_vals": []}),
     "/stock_barcode/save_barcode_data (small.har#3) saved what was scanned"),
    (rpc("/hr_attendance/systray_check_in_out", {"latitude": 1}), "/hr_attendance/systray_check_in_out (small.har#3) checked somebody in or out"),
    (rpc("/shop/cart/update_json", {"product_id": 3, "add_qty": 1}), "/shop/cart/update_json (small.har#3) changed the cart of a visitor"),
    (rpc("/fr/shop/cart/add", {"product_id": 3}), "/shop/cart/add (small.har#3) changed the cart of a visitor"),
    (exchange("/website/form/crm.lead", "name=Zo%C3%AB&phone=5"), "/website/form/crm.lead (small.har#3) sent a form of the website"),
    (rpc("/my/orders/12/accept", {"access_token": "s3cr3t", "signature": "aGk="}), "/my/orders/<id>/accept (small.har#3) signed a quotation, as the customer"),
    (rpc("/survey/submit/8f1c1b1e-2b1c-4d53-9d1c-0e8f6a1b2c3d/1f1c1b1e-2b1c-4d53-9d1c-0e8f6a1b2c3d", {"1": "yes"}),
     "/survey/submit/<token>/<token> (small.har#3) answered or led a survey"),
    (rpc("/im_livechat/get_session", {"channel_id": 1}), "/im_livechat/get_session (small.har#3) worked with the live chat"),
    (rpc("/mail/message/update_content", {"message_id": 5, "update_data": {}}), "/mail/message/update_content (small.har#3) changed or deleted a message"),
    (rpc("/pos-self-order/process-order/kiosk", {"order": {}}), "/pos-self-order/process-order/kiosk (small.har#3) worked with the point of sale"),
    (rpc("/product/catalog/update_order_line_info", {"res_model": "sale.order", "order_id": 5, "quantity": 2}),
     "/product/catalog/update_order_line_info (small.har#3) set a quantity in the catalog"),
    (rpc("/web/session/change_password", {"fields": [{"name": "old_pwd", "value": "s3cr3t"}]}),
     "/web/session/change_password (small.har#3) changed the user's password"),
    (rpc("/acme/do_it", {"x": 1}), "/acme/do_it (small.har#3) may have changed data: har2rpc does not know this route"),
    (rpc("/acme/rpc", {"model": "acme.job", "method": "start", "args": [[4]]}),
     "/acme/rpc (small.har#3) may have changed data: har2rpc does not know this route: acme.job.start"),
    (exchange("/acme/hook", '{"x": 1}'), "/acme/hook (small.har#3) may have changed data"),
    (exchange("/acme/form", "a=1"), "/acme/form (small.har#3) may have changed data"),
    (rpc("/acme/refused", {"x": 1}, error={"data": {}}), "/acme/refused (small.har#3) may have changed data: har2rpc does not know this route (refused)"),
]  # fmt: skip
CREATES = call("res.partner", "create", ([{"name": "Zoë"}],), result=[7])


@pytest.mark.parametrize(
    ("entry", "sentence"), ROUTES, ids=[row[1].split(" (")[0] for row in ROUTES]
)
def test_what_is_no_call_is_named_in_the_list_and_above_the_code(
    entry: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    file = written(tmp_path, page(), CREATES, entry)
    assert f"not in the code: {sentence}" in " ".join(product("list", file).split())
    result = run("list", "--json", file)
    assert (
        1 == len(json.loads(result.stdout))
        and sentence in result.stderr
        and SESSION in result.stderr
    )
    result = run("convert", file)
    assert 0 == result.exit_code and f"har2rpc: not in the code: {sentence}" in result.stderr
    comment = " ".join(result.stdout.replace("\n# ", " ").split())
    assert f"Not in this code: {sentence}" in comment and SESSION in comment
    for text in (
        product("list", file),
        product("list", "--json", "--requests", file),
        result.stdout,
    ):
        assert "s3cr3t" not in text


NO_SIGN_OF_ODOO = re.compile(r"/custom|/acme/(?:hook|form)|/my/invoices|/web/image")


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [row for row in ROUTES if not NO_SIGN_OF_ODOO.match(row[1])],
    ids=lambda each: each.split(" (")[0] if isinstance(each, str) else "",
)
def test_alone_in_a_capture_it_is_named_and_nobody_is_told_to_record_again(
    entry: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    file = written(tmp_path, entry)
    assert sentence.replace("#3", "#1") in product("list", file)
    alone = run("convert", file)
    assert (1, "") == (alone.exit_code, alone.stdout)
    assert sentence.replace("#3", "#1") in alone.stderr
    assert "no call of a model's method to convert" in alone.stderr and "repeat" not in alone.stderr


@pytest.mark.parametrize(
    "entry",
    [
        exchange("/web/image/res.partner/5/avatar_128", file_name="a.png"),
        exchange("/web/content/5-abc/web.assets_backend.js", file_name="a.js"),
        exchange("/report/barcode/?type=QR&value=x"),
        exchange("/web/content/5?unique=1"),
        exchange("/web/content/5?download=true", status=404),
        exchange("https://fonts.example.org/f", file_name="f.txt"),
        exchange("https://www.example.org/collect", "v=1&t=event"),
        exchange("https://rpc.example.org/", '{"jsonrpc": "2.0", "method": "eth_call", "params": [1]}'),
        form("/base_import/set_file", {"id": "1"}, "contacts.csv"),
        exchange("/web/login", "login=admin&password=s3cr3t"),
        rpc("/mail/data", {"fetch_params": []}),
        rpc("/web/action/load", {"action_id": 1}),
        rpc("/mail/inbox/messages", {}),
    ],
    ids=lambda entry: entry["request"]["url"],
)  # fmt: skip
def test_what_the_client_does_for_itself_is_not_named(
    entry: dict[str, Any], tmp_path: Path
) -> None:
    file = written(tmp_path, page(), CREATES, entry)
    assert [] == json.loads(product("list", "--json", "--requests", file))
    assert "not in the code" not in product("list", file)


def test_a_request_is_told_with_the_call_that_it_followed(tmp_path: Path) -> None:
    other = call("crm.lead", "create", ([{"name": "Big"}],), result=[8])
    file = written(tmp_path, page(), CREATES, rpc("/acme/do_it", {}), other, rpc("/acme/more", {}))
    code = product("convert", file)
    assert code.index("/acme/do_it") < code.index("def create_partner") < code.index("/acme/more")
    result = run("convert", "-n", "2", file)
    assert "/acme/more" in result.stderr and "/acme/do_it" not in result.stderr + result.stdout


def test_requests_as_data(tmp_path: Path) -> None:
    sent = {
        "data": '["/report/pdf/a.b/5","qweb-pdf"]',
        "csrf_token": "s3cr3t",
        "context": '{"lang": "fr_FR"}',
    }
    file = written(tmp_path, page(), CREATES, form("/report/download", sent, file_name="S5.pdf"))
    [row] = json.loads(product("list", "--json", "--requests", file))
    expected = {
        "where": "small.har#3",
        "http_method": "POST",
        "route": "/report/download",
        "path": "/report/download",
        "kind": "report",
        "report": "a.b",
        "ids": [5],
        "encoding": "multipart",
        "params": {"data": ["/report/pdf/a.b/5", "qweb-pdf"], "csrf_token": "***"},
        "context": {"lang": "fr_FR"},
        "files": [],
        "file_name": "S5.pdf",
        "outcome": "ok",
        "after": 1,
        "n": None,
    }
    assert expected == {key: row[key] for key in expected}
