"""Texts that people have: notes, scripts, Markdown, raw requests; each with the calls that are right for it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from har2rpc.model import Har2rpcError
from har2rpc.pipeline import open_capture

# name → the text, and its calls: server, model, method, args, kwargs
TEXTS: dict[str, tuple[str, list[tuple[str, str, str, list[Any], dict[str, Any]]]]] = {
    'german notes': ('Hallo,\r\n\r\nbitte erst das hier:\r\n/web/dataset/call_kw/res.partner/write\r\nmit dem Payload\r\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\r\n\r\ndann:\r\n\t{"jsonrpc": "2.0", "params": {"model": "sale.order", "method": "action_confirm", "args": [[9]], "kwargs": {}}}\r\n\r\nDanke!\r\n', [('', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {}), ('', 'sale.order', 'action_confirm', [[9]], {})]),
    'js': ('export const payload = {\n  jsonrpc: \'2.0\', // version\n  params: { model: \'res.partner\', method: "search_read", args: [], kwargs: { domain: [[\'name\', \'ilike\', \'O\\\'Neil\']], fields: ["name",], limit: 5 }, },\n};', [('', 'res.partner', 'search_read', [], {'domain': [['name', 'ilike', "O'Neil"]], 'fields': ['name'], 'limit': 5})]),
    'stringify': ('fetch("https://x.example.com/web/dataset/call_kw", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({jsonrpc: "2.0", method: "call", params: {model: "res.partner", method: "search_read", args: [], kwargs: {domain: [["is_company","=",true]], fields: ["name"]}}})}).then(r => r.json())', [('https://x.example.com', 'res.partner', 'search_read', [], {'domain': [['is_company', '=', True]], 'fields': ['name']})]),
    'node fetch': ("const fetch = require('node-fetch');\nconst BASE = 'https://x.example.com';\nasync function main() {\n  const res = await fetch(`${BASE}/web/dataset/call_kw`, {\n    method: 'POST',\n    body: JSON.stringify({\n      jsonrpc: '2.0', params: {model: 'res.partner', method: 'read', args: [[1, 2], ['name']], kwargs: {}},\n    }),\n  });\n}\n", [('https://x.example.com', 'res.partner', 'read', [[1, 2], ['name']], {})]),
    'md': ('# How to\n\nSome `code`.\n\n```json\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\n```\n\nand then\n\n```bash\ncurl \'https://x.example.com/web/dataset/call_kw\' -H \'Content-Type: application/json\' --data-raw \'{"jsonrpc": "2.0", "params": {"model": "sale.order", "method": "action_confirm", "args": [[9]], "kwargs": {}}}\'\n```\n', [('', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {}), ('https://x.example.com', 'sale.order', 'action_confirm', [[9]], {})]),
    'raw burp': ('POST /web/dataset/call_kw/res.partner/write HTTP/2\r\nHost: x.example.com\r\nCookie: session_id=s3cr3t\r\nContent-Length: 3\r\nOrigin: https://x.example.com\r\n\r\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\r\n', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'raw with answer': ('POST /erp/web/dataset/call_kw HTTP/1.1\nHost: x.example.com\n\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\n\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{"jsonrpc": "2.0", "id": 3, "result": true}\n', [('https://x.example.com/erp', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'devtools headers': ('Request URL\nhttps://x.example.com/web/dataset/call_kw/res.partner/write\nRequest Method\nPOST\nStatus Code\n200 OK\n:authority\nx.example.com\n:path\n/web/dataset/call_kw/res.partner/write\ncookie\nsession_id=abc\n\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'pseudo': (':authority: x.example.com\n:method: POST\n:path: /web/dataset/call_kw/res.partner/write\n:scheme: https\ncontent-type: application/json\n\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'heredoc': ('curl -s -X POST https://x.example.com/web/dataset/call_kw -H \'Content-Type: application/json\' --data-binary @- <<\'EOF\'\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\nEOF\n', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'substitution': ('#!/bin/sh\nset -e\nRESP=$(curl -s \'https://x.example.com/web/dataset/call_kw\' -d \'{"jsonrpc": "2.0", "params": {"model": "sale.order", "method": "action_confirm", "args": [[9]], "kwargs": {}}}\')\necho "$RESP"\n', [('https://x.example.com', 'sale.order', 'action_confirm', [[9]], {})]),
    'requests': ('import requests\nurl = "https://x.example.com"\ndb = "mydb"\npassword = "s3cr3t-pw"\ns = requests.Session()\ns.post(f"{url}/web/session/authenticate", json={"jsonrpc": "2.0", "params": {"db": db, "login": "admin", "password": password}})\npayload = {\n    "jsonrpc": "2.0", "method": "call",\n    "params": {"model": "res.partner", "method": "search_read", "args": [], "kwargs": {"domain": [("name", "ilike", "x"), ("active", "=", True)], "fields": ["name"], "limit": None}},\n}\nr = s.post(url + "/web/dataset/call_kw", json=payload)\n', [('https://x.example.com', 'res.partner', 'search_read', [], {'domain': [['name', 'ilike', 'x'], ['active', '=', True]], 'fields': ['name'], 'limit': None})]),
    'xmlrpc docs': ('import xmlrpc.client\nurl = \'https://x.example.com\'\ndb = \'mydb\'\nusername = \'admin\'\npassword = \'s3cr3t-pw\'\ncommon = xmlrpc.client.ServerProxy(\'{}/xmlrpc/2/common\'.format(url))\nuid = common.authenticate(db, username, password, {})\nmodels = xmlrpc.client.ServerProxy(\'{}/xmlrpc/2/object\'.format(url))\nmodels.execute_kw(db, uid, password, \'res.partner\', \'search_read\', [[[\'is_company\', \'=\', True]]], {\'fields\': [\'name\', \'country_id\'], \'limit\': 5})\nid = models.execute_kw(db, uid, password, \'res.partner\', \'create\', [{\'name\': "New Partner"}])\nmodels.execute_kw(db, uid, password, \'res.partner\', \'write\', [[id], {\'name\': "Newer partner"}])\n', [('https://x.example.com', 'res.partner', 'search_read', [[['is_company', '=', True]]], {'fields': ['name', 'country_id'], 'limit': 5}), ('https://x.example.com', 'res.partner', 'create', [{'name': 'New Partner'}], {}), ('https://x.example.com', 'res.partner', 'write', [['id'], {'name': 'Newer partner'}], {})]),
    'php docs': ('$url = "https://x.example.com"; $db="mydb";\n$models->execute_kw($db, $uid, $password, \'res.partner\', \'search_read\', array(array(array(\'is_company\', \'=\', true))), array(\'fields\'=>array(\'name\', \'country_id\'), \'limit\'=>5));', [('https://x.example.com', 'res.partner', 'search_read', [[['is_company', '=', True]]], {'fields': ['name', 'country_id'], 'limit': 5})]),
    'ruby docs': ("models.execute_kw(db, uid, password, 'res.partner', 'search_read', [[['is_company', '=', true]]], {fields: %w(name country_id comment), limit: 5})", [('', 'res.partner', 'search_read', [[['is_company', '=', True]]], {'fields': ['name', 'country_id', 'comment'], 'limit': 5})]),
    'orm.call': ('const r = await this.orm.call("res.partner", "name_search", ["a"], { limit: 8 });', [('', 'res.partner', 'name_search', ['a'], {'limit': 8})]),
    'rpc.query': ("rpc.query({model: 'res.partner', method: 'search_read', args: [[['id','=',3]], ['name']]}).then(function (r) {});", [('', 'res.partner', 'search_read', [[['id', '=', 3]], ['name']], {})]),
    'html': ('{&quot;id&quot;: 3, &quot;jsonrpc&quot;: &quot;2.0&quot;, &quot;method&quot;: &quot;call&quot;, &quot;params&quot;: {&quot;model&quot;: &quot;res.partner&quot;, &quot;method&quot;: &quot;write&quot;, &quot;args&quot;: [[5], {&quot;name&quot;: &quot;Müller €&quot;}], &quot;kwargs&quot;: {&quot;context&quot;: {&quot;lang&quot;: &quot;de_DE&quot;, &quot;uid&quot;: 2}}}}', [('', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'smart': ('{“id”: 3, “jsonrpc”: “2.0”, “params”: {“model”: “res.partner”, “method”: “read”, “args”: [[1]], “kwargs”: {}}}', [('', 'res.partner', 'read', [[1]], {})]),
    'json2 curl': ('curl -X POST https://x.example.com/json/2/res.partner/search_read -H \'Authorization: bearer 0123456789abcdef0123456789abcdef01234567\' -H \'X-Odoo-Database: mydb\' -d \'{"domain": [], "fields": ["name"]}\'', [('https://x.example.com', 'res.partner', 'search_read', [], {'domain': [], 'fields': ['name']})]),
    'json2 python': ('import requests\nres = requests.post("https://x.example.com/json/2/res.partner/search_read", headers={"Authorization": f"bearer {API_KEY}", "X-Odoo-Database": "d"}, json={"domain": [["name", "ilike", "a"]], "fields": ["name"]})', [('https://x.example.com', 'res.partner', 'search_read', [], {'domain': [['name', 'ilike', 'a']], 'fields': ['name']})]),
    'ajax': ('$.ajax({ url: "/web/dataset/call_kw", type: "POST", data: JSON.stringify({ jsonrpc: "2.0", params: { model: "res.partner", method: "read", args: [[1]], kwargs: {} } }) });', [('', 'res.partner', 'read', [[1]], {})]),
    'n8n': ('{"nodes": [{"parameters": {"method": "POST", "url": "https://x.example.com/jsonrpc", "jsonBody": "={\\"jsonrpc\\": \\"2.0\\", \\"params\\": {\\"service\\": \\"object\\", \\"method\\": \\"execute_kw\\", \\"args\\": [\\"db\\", 2, \\"key\\", \\"res.partner\\", \\"search_read\\", [[]], {\\"limit\\": 5}]}}"}, "name": "HTTP"}], "connections": {}}', [('https://x.example.com', 'res.partner', 'search_read', [[]], {'limit': 5})]),
    'java': ('String body = "{\\"jsonrpc\\": \\"2.0\\", \\"params\\": {\\"model\\": \\"res.partner\\", \\"method\\": \\"read\\", \\"args\\": [[1]], \\"kwargs\\": {}}}";', [('', 'res.partner', 'read', [[1]], {})]),
    'ps session': ('$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.Cookies.Add((New-Object System.Net.Cookie("session_id", "abc", "/", "x.example.com")))\nInvoke-WebRequest -UseBasicParsing -Uri "https://x.example.com/web/dataset/call_kw/res.partner/write" `\n-Method "POST" `\n-WebSession $session `\n-ContentType "application/json" `\n-Body ([System.Text.Encoding]::UTF8.GetBytes("{`"id`":1,`"jsonrpc`":`"2.0`",`"params`":{`"model`":`"res.partner`",`"method`":`"write`",`"args`":[[5],{`"name`":`"M$([char]252)`"}],`"kwargs`":{}}}"))', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Mü'}], {})]),
    'ps hashtable': ('$body = @{ jsonrpc = "2.0"; params = @{ model = "res.partner"; method = "read"; args = @(,@(1)); kwargs = @{} } } | ConvertTo-Json -Depth 9\nInvoke-RestMethod -Uri "https://x.example.com/web/dataset/call_kw" -Method Post -Body $body', [('https://x.example.com', 'res.partner', 'read', [[1]], {})]),
    'ps here': ('$body = @\'\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\n\'@\nInvoke-RestMethod -Uri "https://x.example.com/web/dataset/call_kw" -Method Post -Body $body -ContentType \'application/json\'\n', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'xml text': ("POST /xmlrpc/2/object HTTP/1.1\nHost: x.example.com\nContent-Type: text/xml\n\n<?xml version='1.0'?>\n<methodCall>\n<methodName>execute_kw</methodName>\n<params>\n<param><value><string>mydb</string></value></param><param><value><int>2</int></value></param><param><value><string>pw-s3cr3t</string></value></param><param><value><string>res.partner</string></value></param><param><value><string>search</string></value></param><param><value><array><data><value><array><data></data></array></value></data></array></value></param></params></methodCall>", [('https://x.example.com', 'res.partner', 'search', [[]], {})]),
    'cmd': ('curl "https://x.example.com/web/dataset/call_kw" ^\r\n  -H "Content-Type: application/json" ^\r\n  -d "{\\"jsonrpc\\":\\"2.0\\",\\"params\\":{\\"model\\":\\"res.partner\\",\\"method\\":\\"read\\",\\"args\\":[[1]],\\"kwargs\\":{}}}"\r\n', [('https://x.example.com', 'res.partner', 'read', [[1]], {})]),
    'vars json': ('{"jsonrpc": "2.0", "params": {"model": "res.partner", "method": "write", "args": [[partner_id], {"name": name}], "kwargs": {}}}', [('', 'res.partner', 'write', [['partner_id'], {'name': 'name'}], {})]),
    'python dict json.dumps': ("data = json.dumps({'params': {'model': 'res.partner', 'method': 'read', 'args': [[1], ['name']], 'kwargs': {}}})", [('', 'res.partner', 'read', [[1], ['name']], {})]),
    'bash vars': ('URL=https://x.example.com\nID=7\ncurl -s "$URL/web/dataset/call_kw" -d "{\\"jsonrpc\\": \\"2.0\\", \\"params\\": {\\"model\\": \\"res.partner\\", \\"method\\": \\"read\\", \\"args\\": [[$ID]], \\"kwargs\\": {}}}"\n', [('https://x.example.com', 'res.partner', 'read', [[7]], {})]),
    'quoted mail': ('> POST https://x.example.com/web/dataset/call_kw\n> {"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\n\nOn Monday Bob wrote:\n', [('https://x.example.com', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'python str json': ('payload = \'\'\'{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}\'\'\'', [('', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'curl in prose': ('Run `curl -d \'{"jsonrpc": "2.0", "params": {"model": "sale.order", "method": "action_confirm", "args": [[9]], "kwargs": {}}}\' https://x.example.com/web/dataset/call_kw` and wait.', [('https://x.example.com', 'sale.order', 'action_confirm', [[9]], {})]),
    'origin prefix': ('POST /web/dataset/call_kw HTTP/1.1\nHost: x.example.com\nOrigin: https://x.example.com/erp\n\n{"id": 3, "jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "write", "args": [[5], {"name": "Müller €"}], "kwargs": {"context": {"lang": "de_DE", "uid": 2}}}}', [('https://x.example.com/erp', 'res.partner', 'write', [[5], {'name': 'Müller €'}], {})]),
    'button12': ('{"params": {"model": "sale.order", "method": "action_confirm", "args": [[7], {"lang": "de_DE", "uid": 2}]}}', [('', 'sale.order', 'action_confirm', [[7]], {})]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_calls_of_a_text(name: str, newline: str) -> None:
    text, calls = TEXTS[name]
    text = text.replace("\r\n", "\n").replace("\n", newline)
    capture = open_capture([io.BytesIO(text.encode())])
    assert calls == [
        (call.url, call.model, call.method, call.args, call.kwargs) for call in capture.calls
    ]
    assert not any(call.kind == "noise" for call in capture.calls)
    assert "s3cr3t" not in repr(capture)


@pytest.mark.parametrize(
    "text, sentence",
    [
        ('{"jsonrpc": "2.0", "id": 3, "result": []}', "an answer, not a request"),
        ("use curl to fetch the model: data", "a text without a request"),
        ("see /web/dataset/call_kw of Odoo", "a text without a request"),
    ],
)
def test_a_text_without_a_call_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Har2rpcError, match=sentence):
        open_capture([io.BytesIO(text.encode())])


def test_values_that_the_text_does_not_hold_are_named() -> None:
    text = '{"params": {"model": "a.b", "method": "go", "args": [[my_id, f(1)]], "kwargs": {}}}'
    capture = open_capture([io.BytesIO(text.encode())])
    assert "does not hold the values of my_id, f(1)" in " ".join(capture.skipped)


def test_an_answer_kept_behind_its_request_is_its_answer() -> None:
    text, _ = TEXTS["raw with answer"]
    (call,) = open_capture([io.BytesIO(text.encode())]).calls
    assert ("ok", True) == (call.outcome, call.fetch())
    error = '"error": {"data": {"name": "odoo.exceptions.UserError", "message": "no"}}'
    other = text.replace('"result": true', error)
    (call,) = open_capture([io.BytesIO(other.encode())]).calls
    assert ("error", "no") == (call.outcome, call.refusal_words)


def test_the_credential_of_a_script_goes_nowhere() -> None:
    text = TEXTS["xmlrpc docs"][0].replace("uid, password,", "uid, 's3cr3t-literal',")
    capture = open_capture([io.BytesIO(text.encode())])
    assert 3 == len(capture.calls) and "s3cr3t" not in json.dumps([c.args for c in capture.calls])
