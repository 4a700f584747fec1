"""Write the captures that no web client of today makes: ``python synthetic.py FOLDER``.

Odoo has more routes than its newest web clients use. These files are invented, in the layout of
Chrome's export, with answers as a server gives them. Passwords and keys in them are made up too.
"""

import gzip
import json
import sys
import xmlrpc.client
from pathlib import Path

URL = "https://odoo.example.com"
PASSWORD = "not-a-real-password"
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels", "uid": 2}
PARTNERS = [
    {"id": 14, "name": "Azure Interior", "phone": "+58 212 681 0538"},
    {"id": 10, "name": "Café & Söhne", "phone": "+32 10 588 558"},
]


def entry(number, path, params, answer, method="call"):
    """One POST as Chrome writes it; ``answer`` is what stands beside id in the reply."""
    call = {"jsonrpc": "2.0", "method": method, "params": params, "id": number}
    reply = {"jsonrpc": "2.0", "id": number, **answer}
    body, text = json.dumps(call, separators=(",", ":")), json.dumps(reply)
    headers = [{"name": "Content-Type", "value": "application/json"}]
    return {
        "_priority": "High",
        "_resourceType": "xhr",
        "cache": {},
        "connection": "443",
        "pageref": "page_1",
        "request": {
            "method": "POST",
            "url": URL + path,
            "httpVersion": "HTTP/1.1",
            "headers": headers,
            "queryString": [],
            "cookies": [],
            "headersSize": 200,
            "bodySize": len(body.encode()),
            "postData": {"mimeType": "application/json", "text": body},
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "HTTP/1.1",
            "headers": headers,
            "cookies": [],
            "content": {"size": len(text), "mimeType": "application/json", "text": text},
            "redirectURL": "",
            "headersSize": 200,
            "bodySize": len(text),
            "_transferSize": len(text) + 200,
            "_error": None,
        },
        "serverIPAddress": "192.0.2.10",
        "startedDateTime": f"2026-11-23T09:00:{number:02d}.000Z",
        "time": 12.5,
        "timings": {
            "blocked": 0.5,
            "dns": -1,
            "ssl": -1,
            "connect": -1,
            "send": 0.25,
            "wait": 11.25,
            "receive": 0.5,
            "_blocked_queueing": 0.25,
        },
    }


def rpc(number, service, method, args, result):
    """The external API's JSON-RPC route; common and object are its services."""
    params = {"service": service, "method": method, "args": args}
    return entry(number, "/jsonrpc", params, {"result": result})


def jsonrpc():
    """Scripts and mobile apps use this one: every call carries database, uid and password."""
    who = ["demo", 2, PASSWORD]
    values = {"name": 'Café "L\'Été"', "phone": "+32 2 555 01 02"}
    fields = {"fields": ["name", "phone"], "limit": 80}
    version = {"server_version": "14.0", "server_version_info": [14, 0, 0, "final", 0, ""]}
    version |= {"server_serie": "14.0", "protocol_version": 1}
    domain = [["phone", "ilike", "8"]]
    return [
        rpc(1, "common", "version", [], version),
        rpc(2, "common", "login", ["demo", "admin", PASSWORD], 2),
        rpc(
            3,
            "object",
            "execute_kw",
            [*who, "res.partner", "search_read", [domain], fields],
            PARTNERS,
        ),
        rpc(4, "object", "execute", [*who, "res.partner", "create", values], 137),
        rpc(
            5,
            "object",
            "execute_kw",
            [*who, "res.partner", "write", [[137], {"city": "Ghent"}]],
            True,
        ),
        rpc(
            6,
            "object",
            "execute",
            [*who, "res.partner", "read", [137], ["name", "city"]],
            [{"id": 137, "name": values["name"], "city": "Ghent"}],
        ),
    ]


def dataset_call():
    """Odoo 12 to 16: like call_kw, but with no kwargs; a context stands beside the arguments."""
    path = "/web/dataset/call"
    read = {"model": "res.partner", "method": "read", "args": [[14, 10], ["name", "phone"]]}
    names = {"model": "res.partner", "method": "name_get", "args": [[14]], "context": CONTEXT}
    write = {"model": "res.partner", "method": "write"}
    write["args"] = [[14], {"phone": "+1 555 0199"}]
    return [
        entry(1, path, read, {"result": PARTNERS}),
        entry(2, path, names, {"result": [[14, "Azure Interior"]]}),
        entry(3, path, {**write, "domain_id": None, "context_id": None}, {"result": True}),
    ]


def dataset_load():
    """One record by its id. The server gives back all fields, whatever ``fields`` says."""
    params = {"model": "res.country", "id": 20, "fields": ["name", "code"], "context": CONTEXT}
    belgium = {
        "id": 20,
        "name": "Belgium",
        "code": "BE",
        "address_format": "%(street)s\n%(street2)s\n%(zip)s %(city)s\n%(country_name)s",
        "address_view_id": False,
        "currency_id": [1, "EUR"],
        "phone_code": 32,
        "country_group_ids": [1, 3],
        "state_ids": [],
        "vat_label": "VAT",
        "display_name": "Belgium",
        "create_date": "2026-11-23 09:00:00",
    }
    missing = {**params, "id": 99999}
    return [
        entry(1, "/web/dataset/load", params, {"result": {"value": belgium}}),
        entry(2, "/web/dataset/load", missing, {"result": {"value": {}}}),
    ]


def session_authenticate():
    """A wrong password, the right one (the answer is the whole session), and a first call."""
    params = {"db": "demo", "login": "admin", "password": PASSWORD}
    session = {
        "uid": 2,
        "is_system": True,
        "is_admin": True,
        "user_context": CONTEXT,
        "db": "demo",
        "server_version": "14.0",
        "server_version_info": [14, 0, 0, "final", 0, ""],
        "name": "Mitchell Admin",
        "username": "admin",
        "partner_display_name": "YourCompany, Mitchell Admin",
        "company_id": 1,
        "partner_id": 3,
        "web.base.url": URL,
        "user_companies": {"current_company": [1, "YourCompany"]},
    }
    wrong = {**params, "password": PASSWORD + "-wrong"}
    denied = {
        "code": 200,
        "message": "Odoo Server Error",
        "data": {
            "name": "odoo.exceptions.AccessDenied",
            "debug": "Traceback (most recent call last):\nodoo.exceptions.AccessDenied",
            "message": "Access Denied",
            "arguments": ["Access Denied"],
            "context": {},
        },
    }
    count = {"model": "res.partner", "method": "search_count", "args": [[]]}
    count["kwargs"] = {"context": CONTEXT}
    return [
        entry(1, "/web/session/authenticate", wrong, {"error": denied}),
        entry(2, "/web/session/authenticate", params, {"result": session}),
        entry(3, "/web/dataset/call_kw/res.partner/search_count", count, {"result": 137}),
    ]


def other_routes():
    """What is no model call: a scanner, a cart, a check-in; beside them a till's order and a button."""
    path = "/web/dataset/call_kw/"
    scanned = [[1, 301, {"quantity": 3, "picked": True}]]
    saved = {"model": "stock.picking", "res_id": 88, "write_field": "move_line_ids"}
    validate = {"model": "stock.picking", "method": "button_validate", "args": [[88]]}
    line = {
        "product_id": 21,
        "qty": 2,
        "price_unit": 4.5,
        "uuid": "5c1f4a3e-6f0d-4d55-9a2b-0c7d1e8f9a01",
    }
    payment = {
        "payment_method_id": 1,
        "amount": 9.0,
        "uuid": "5c1f4a3e-6f0d-4d55-9a2b-0c7d1e8f9a02",
    }
    order = {
        "uuid": "5c1f4a3e-6f0d-4d55-9a2b-0c7d1e8f9a00",
        "access_token": "5c1f4a3e-6f0d-4d55-9a2b-0c7d1e8f9a03",
        "name": "Order 00001-001-0001",
        "session_id": 3,
        "partner_id": 14,
        "amount_total": 9.0,
        "amount_tax": 0.0,
        "amount_paid": 9.0,
        "amount_return": 0.0,
        "lines": [[0, 0, line]],
        "payment_ids": [[0, 0, payment]],
        "state": "paid",
    }
    till = {"model": "pos.order", "method": "sync_from_ui", "args": [[order]]}
    for params in (validate, till):
        params["kwargs"] = {"context": CONTEXT}
    info = {"server_version": "19.0", "server_version_info": [19, 0, 0, "final", 0, ""]}
    return [
        entry(1, "/web/webclient/version_info", {}, {"result": info}),
        entry(
            2,
            "/stock_barcode/get_barcode_data",
            {"model": "stock.picking", "res_id": 88},
            {"result": {"data": {"records": {}}}},
        ),
        entry(
            3,
            "/stock_barcode/save_barcode_data",
            {**saved, "write_vals": scanned},
            {"result": {"records": {}}},
        ),
        entry(4, path + "stock.picking/button_validate", validate, {"result": True}),
        entry(
            5,
            "/hr_attendance/systray_check_in_out",
            {"latitude": 51.05, "longitude": 3.72},
            {"result": {"id": 1, "attendance_state": "checked_in"}},
        ),
        entry(
            6,
            "/shop/cart/add",
            {"product_template_id": 12, "product_id": 21, "quantity": 2},
            {"result": {"cart_quantity": 2}},
        ),
        entry(7, path + "pos.order/sync_from_ui", till, {"result": {"pos.order": [{"id": 9}]}}),
    ]


def posted(number, path, body, text, mime):
    """The same for a protocol that is not JSON-RPC: its body and its answer as they went over the wire."""
    made = entry(number, path, {}, {})
    request, response = made["request"], made["response"]
    request["postData"] = {"mimeType": mime, "text": body}
    request["headers"] = [{"name": "Content-Type", "value": mime}]
    request["bodySize"] = len(body.encode())
    response["content"] = {"size": len(text.encode()), "mimeType": mime, "text": text}
    return made


def json2():
    """Odoo 19: arguments by name, the answer alone, the credential in a header (which is not here)."""
    calls = [
        ("res.partner/search_read", {"domain": [["phone", "ilike", "8"]], "fields": ["name", "phone"], "limit": 80}, PARTNERS),
        ("res.partner/create", {"vals_list": [{"name": 'Café "L\'Été"', "phone": "+32 2 555 01 02"}]}, [137]),
        ("res.partner/write", {"ids": [137], "vals": {"phone": "+32 2 555 01 03"}}, True),
        ("sale.order/action_confirm", {"ids": [7], "context": {"lang": "en_US"}}, True),
        ("res.partner/unlink", {"ids": [14]}, {"name": "odoo.exceptions.UserError", "message": "Orders refer to it.", "arguments": ["Orders refer to it."], "context": {}, "debug": ""}),
    ]  # fmt: skip
    entries = [
        posted(number, f"/json/2/{path}", json.dumps(body), json.dumps(answer), "application/json")
        for number, (path, body, answer) in enumerate(calls, 1)
    ]
    entries[-1]["response"] |= {"status": 422, "statusText": "UNPROCESSABLE ENTITY"}
    return entries


def xml_rpc():
    """An integration of many years: every call carries database, uid and password, and a fault is an answer."""
    who = ("demo", 2, PASSWORD)
    values = {"name": 'Café "L\'Été"', "phone": "+32 2 555 01 02"}
    domain = [["phone", "ilike", "8"]]
    fields = {"fields": ["name", "phone"], "limit": 80}
    calls = [
        ("/xmlrpc/2/common", "authenticate", ("demo", "admin", PASSWORD, {}), 2),
        ("/xmlrpc/2/object", "execute_kw", (*who, "res.partner", "search_read", [domain], fields), PARTNERS),
        ("/xmlrpc/2/object", "execute_kw", (*who, "res.partner", "create", [values]), 137),
        ("/xmlrpc/object", "execute", (*who, "res.partner", "write", [137], {"phone": "+32 2 555 01 03"}), True),
        ("/xmlrpc/2/object", "execute_kw", (*who, "res.partner", "unlink", [[14]]), xmlrpc.client.Fault(2, "Orders refer to it.")),
    ]  # fmt: skip
    entries = []
    for number, (path, method, args, result) in enumerate(calls, 1):
        answer = result if isinstance(result, xmlrpc.client.Fault) else (result,)
        text = xmlrpc.client.dumps(answer, methodresponse=True)
        entries.append(posted(number, path, xmlrpc.client.dumps(args, method), text, "text/xml"))
    return entries


def capture(entries):
    """Entries in the frame that Chrome's export puts around them."""
    timings = {"onContentLoad": 400.5, "onLoad": 410.25}
    page = {"startedDateTime": "2026-11-23T09:00:00.000Z", "id": "page_1", "title": URL + "/web"}
    log = {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}}
    return {"log": {**log, "pages": [{**page, "pageTimings": timings}], "entries": entries}}


if __name__ == "__main__":
    for make in (jsonrpc, dataset_call, dataset_load, session_authenticate, json2, xml_rpc):
        folder = "doors" if make in (json2, xml_rpc) else "."
        target = Path(sys.argv[1], folder, f"synthetic-{make.__name__}.har")
        text = json.dumps(capture(make()), ensure_ascii=False, indent=2)
        target.write_text(text, encoding="utf-8")
    packed = Path(sys.argv[1], "files", "synthetic-other_routes.har.gz")
    text = json.dumps(capture(other_routes()), ensure_ascii=False, indent=2)
    packed.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
