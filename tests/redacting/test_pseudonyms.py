"""`--pseudonyms` wherever a person stands: columns, XML-RPC, forms, what a websocket brings, and objects without a model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, exchange, form, har, page, rpc, run, search

NAME, MAIL, PHONE = "Quvadora Zelminsk", "quvadora@zelminsk.example", "+49 175 8300137"
WORDS = ("quvadora", "zelminsk", "8300137")
PARTNER = "res.partner"
PERSON = {"id": 3, "name": NAME, "email": MAIL}


def xml(method: str, *args: str) -> str:
    given = f"<array><data>{''.join(f'<value>{arg}</value>' for arg in args)}</data></array>"
    values = ("lab", "<int>2</int>", "K", PARTNER, method, given)
    params = "".join(f"<param><value>{value}</value></param>" for value in values)
    return f"<methodCall><methodName>execute_kw</methodName><params>{params}</params></methodCall>"


def service(*args: Any) -> dict[str, Any]:
    return {"service": "object", "method": "execute_kw", "args": ["lab", 2, "K", *args]}


RECORD = (
    f"<struct><member><name>name</name><value><string>{NAME}</string></value></member></struct>"
)
PAIRS = f"<methodResponse><params><param><value><array><data><value><array><data><value><int>7</int></value><value>{NAME}</value></data></array></value></data></array></value></param></params></methodResponse>"
FRAME = {"type": "receive", "data": json.dumps([{"message": {"payload": {"partner": PERSON}}}])}
ENTRIES: dict[str, dict[str, Any]] = {
    "load": call(PARTNER, "load", (["name", "email", "parent_id/name"], [[NAME, MAIL, NAME]]), result={"ids": [1]}),
    "export": call(PARTNER, "export_data", ([7], ["name", "phone"]), result={"datas": [[NAME, PHONE]]}),
    "web_name_search": call(PARTNER, "web_name_search", (), {"name": "Quva"}, result=[{"id": 7, "display_name": NAME}]),
    "service": rpc("/jsonrpc", service(PARTNER, "name_search", ["Quva"]), [[7, NAME]]),
    "service's record": rpc("/jsonrpc", service(PARTNER, "create", [{"name": NAME, "email": MAIL}]), 7),
    "JSON-2": exchange("/json/2/res.partner/name_search", {"name": "Quva"}, [[7, NAME]]),
    "XML-RPC": exchange("/xmlrpc/2/object", xml("create", RECORD), "<methodResponse/>"),
    "XML-RPC's answer": exchange("/xmlrpc/2/object", xml("name_search", "Quva"), PAIRS),
    "many2one": call("sale.order", "read", ([3],), result=[{"id": 3, "partner_invoice_id": [7, NAME]}]),
    "attendee": call("calendar.event", "read", ([3],), result=[{"attendee_ids": [{"id": 1, "common_name": NAME}]}]),
    "employee": call("hr.employee", "read", ([3],), result=[{"emergency_contact": NAME, "coach_id": [7, NAME]}]),
    "sender": call("mail.message", "read", ([3],), result=[{"email_from": f'"{NAME}" <{MAIL}>'}]),
    "store": rpc("/mail/data", {}, {"res.partner": [PERSON], "Persona": [{"id": 3, "name": NAME}], "partner_root": PERSON}),
    "member": call("discuss.channel", "channel_info", ([3],), result=[{"channelMembers": [["ADD", [{"persona": {"partner": PERSON}}]]]}]),
    "form": exchange("/website/form/crm.lead", f"contact_name={NAME.replace(' ', '+')}&email_from={MAIL}&phone=%2B49+175+8300137", "{}"),
    "form in parts": form("/website/form/crm.lead", {"contact_name": NAME, "email_from": MAIL}),
    "websocket": {**search(domain=[]), "_webSocketMessages": [FRAME]},
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_nobody_is_named(name: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.har", tmp_path / "b.har"
    source.write_text(json.dumps(har(page(), ENTRIES[name]), ensure_ascii=False), "utf-8")
    assert 0 == run("redact", "--pseudonyms", source, "-o", target).exit_code
    text = target.read_text("utf-8").lower()
    assert [] == [word for word in WORDS if word in text]
    assert "quva" not in text.replace("quvadora", "")
    rows = [
        json.loads(run("list", "--json", "--all", path).stdout or "[]") for path in (source, target)
    ]
    called = [[(row["model"], row["method"], len(str(row["args"]))) for row in one] for one in rows]
    assert called[0] == called[1]


def test_what_is_no_person_keeps_its_name(tmp_path: Path) -> None:
    entries = [
        call("mail.template", "read", ([3],), result=[{"name": "Quotation", "email_from": False}]),
        call("res.country", "read", ([3],), result=[{"name": "Belgium", "code": "BE"}]),
        call("sale.order", "read", ([3],), result=[{"pricelist_id": [1, "Default"], "name": "S0001"}]),
        exchange("/web/database/duplicate", "name=lab&new_name=lab2", "x"),
    ]  # fmt: skip
    source, target = tmp_path / "a.har", tmp_path / "b.har"
    source.write_text(json.dumps(har(*entries)), "utf-8")
    assert 0 == run("redact", "--pseudonyms", source, "-o", target).exit_code
    assert json.loads(source.read_text("utf-8")) == json.loads(target.read_text("utf-8"))


def test_what_was_typed_once_stays_one_text(tmp_path: Path) -> None:
    """A search bar looks for one text in several fields, and not all of them are a person's."""
    domain = ["|", "|", ["ref", "ilike", "Quva"], ["name", "ilike", "Quva"], ["email", "=", "Quva"]]
    answer = {"length": 1, "records": [{"id": 7, "name": NAME, "email": MAIL}]}
    source, target = tmp_path / "a.har", tmp_path / "b.har"
    source.write_text(json.dumps(har(page(), search(domain=domain, result=answer))), "utf-8")
    assert 0 == run("redact", "--pseudonyms", source, "-o", target).exit_code
    new = json.loads(run("list", "--json", target).stdout)[0]["kwargs"]["domain"]
    assert 1 == len({leaf[2] for leaf in new[2:]}) and "Quva" != new[2][2]
    rows = [run("convert", path).stdout.partition("def ")[2] for path in (source, target)]
    assert rows[0].partition(":")[0] == rows[1].partition(":")[0]
