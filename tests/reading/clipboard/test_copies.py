"""What "Copy as …" and the Payload tab put on the clipboard, read back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from har_builder import run

from .copies import CALL, DOORS, URL, reading

NAME = 'O\'Hara "X" \\n 50%PATH% $HOME `id` ^& !é€😀'
ASCII = 'O\'Hara "X" \\n 50%PATH% $HOME `id` ^& !    '  # what Chrome gives to cmd: é, € and the two halves of 😀
FIELDS = ["complete_name", "ref", "email", "vat", "company_registry"]
CONTEXT = {"lang": "en_US", "tz": "UTC", "uid": 2, "allowed_company_ids": [1]}

ONE = """chrome-copy_as_curl_bash chrome-copy_as_curl_cmd chrome-copy_as_powershell chrome-copy_as_fetch
    chrome-copy_as_fetch_commented chrome-copy_as_fetch_nodejs chrome-payload_view_source chrome-payload_copy_value
    chrome-payload_copy_value_params firefox-copy_as_curl_posix firefox-copy_as_curl_windows
    firefox-copy_as_powershell firefox-copy_as_fetch""".split()
WRITTEN = """written-bash_here_document written-bash_script written-devtools_headers written-fetch_relative
    written-fetch_stringify written-javascript_object written-markdown written-notes written-postman_collection
    written-powershell_variable written-python_dict written-python_requests written-raw_http""".split()
ALL = """curl_bash curl_cmd powershell fetch fetch_nodejs""".split()


def test_every_sample_is_looked_at() -> None:
    names = {f"odoo19-{name}.txt" for name in ONE}
    names |= {f"odoo19-chrome-copy_all_as_{name}.txt" for name in ALL}
    names |= {f"odoo19-{name}.txt" for name in WRITTEN}
    assert names == {path.name for path in DOORS.glob("*.txt")}


def test_no_sample_holds_a_session() -> None:
    for path in DOORS.glob("*.txt"):
        ids = re.findall(r"session_id\W+(\w{4,})", path.read_text("utf-8"))
        assert set(ids) <= {"0000"}, path.name


@pytest.mark.parametrize("name", ONE + WRITTEN)
def test_one_request(name: str) -> None:
    path = DOORS / f"odoo19-{name}.txt"
    (listed,) = json.loads(run("list", "--all", "--json", path).stdout)
    text = ASCII if name == "chrome-copy_as_curl_cmd" else NAME
    kwargs = listed["kwargs"]
    assert ["|"] * 4 + [[field, "ilike", text] for field in FIELDS] == kwargs["domain"]
    assert 80 == kwargs["limit"] and "" == kwargs["order"] and 10001 == kwargs["count_limit"]
    assert {"fields": {"display_name": {}, "color": {}}} == kwargs["specification"]["category_id"]
    assert CONTEXT.items() <= listed["context"].items()
    rest = {key: listed[key] for key in "n where route model method kind args uid outcome".split()}
    assert rest == {
        "n": 1,
        "where": f"{path.name}#1",
        "route": "/web/dataset/call_kw",
        "model": "res.partner",
        "method": "web_search_read",
        "kind": "read",
        "args": [],
        "uid": 2,
        "outcome": "missing",
    }


@pytest.mark.parametrize("name", ALL)
def test_all_requests(name: str) -> None:
    path = DOORS / f"odoo19-chrome-copy_all_as_{name}.txt"
    listed = json.loads(run("list", "--all", "--json", path).stdout)
    calls = [(call["where"].partition("#")[2], call["model"], call["method"]) for call in listed]
    assert calls == [
        ("2", "res.partner", "get_views"),
        ("3", "res.partner", "web_search_read"),
        ("4", "discuss.channel", "channel_fetched"),
        ("5", "res.partner", "web_search_read"),
    ]
    assert ["complete_name", "ilike"] == listed[3]["kwargs"]["domain"][4][:2]
    assert (ASCII if name == "curl_cmd" else NAME) == listed[3]["kwargs"]["domain"][4][2]
    known = json.loads(run("whoami", "--json", path).stdout)
    assert (URL, 2, None) == (known["url"], known["uid"], known["db"])


@pytest.mark.parametrize("name", ["chrome-copy_as_curl_cmd", "chrome-copy_all_as_curl_cmd"])
def test_what_chrome_takes_from_a_cmd_copy_is_reported(name: str) -> None:
    assert "Copy as cURL (bash)" in run("list", "--all", DOORS / f"odoo19-{name}.txt").stderr


def test_firefox_keeps_letters_for_cmd() -> None:
    done = run("list", "--all", DOORS / "odoo19-firefox-copy_as_curl_windows.txt")
    assert "" == done.stderr


def test_a_payload_converts_and_says_that_the_server_is_unknown() -> None:
    path = DOORS / "odoo19-chrome-payload_copy_value_params.txt"
    known = run("whoami", "--json", path)
    assert None is json.loads(known.stdout)["url"] and 2 == json.loads(known.stdout)["uid"]
    assert "does not tell the server" in known.stderr
    assert "unknown: the address bar" in run("whoami", path).stdout
    for target in json.loads(run("targets", "--json").stdout):
        done = run("convert", "-t", target["name"], path)
        assert 0 == done.exit_code, done.stderr
        assert "not in the capture" in done.stdout and "does not tell the server" in done.stderr


# ---- other ways to write the same

PARAMS = {"model": "res.partner", "method": "name_search", "args": ["a"], "kwargs": {"limit": 8}}
BODY = json.dumps({"id": 5, "jsonrpc": "2.0", "method": "call", "params": PARAMS})

TYPED = [
    f"curl {CALL} -d '{BODY}'",
    f"curl.exe {CALL} -d '{BODY}'",
    f"$ curl -sSL -XPOST '{CALL}' --json '{BODY}' | jq .result",
    f"# why\n\ncurl -s \\\n --data-binary '{BODY}' \\\n --url {CALL} -o /tmp/x/y 2>/dev/null &",
    f"curl '{CALL}' \\\r\n  -H 'Cookie: session_id=s3cr3t' \\\r\n  --data '{BODY}'\r\n",
    f"curl -u admin:s3cr3t --max-time 5 -H 'X: --url http://no.example' -d '{BODY}' {CALL}",
    f"curl -d '{BODY}' --new-option /tmp/a 127.0.0.1:18019/web/dataset/call_kw",
    f"curl -d'{BODY}' http://admin:s3cr3t@127.0.0.1:18019/web/dataset/call_kw",
    'curl "{}" -d "{}"'.format(CALL, BODY.replace('"', '\\"')),
    'curl -X POST "{}" ^\r\n  -d "{}"\r\n'.format(CALL, BODY.replace('"', '\\"')),
    'curl.exe ^"{}^" --data-raw ^"{}^"'.format(CALL, BODY.replace('"', '""')),
    # Chrome up to 2023, for cmd: carets inside of plain quotes.
    'curl "{}" ^\n  --data-raw "{}" ^\n  --compressed'.format(
        CALL, re.sub(r'[{}"\[\]]', lambda c: "^" + c[0].replace('"', '\\^"'), BODY)
    ),
    f"Invoke-RestMethod -Uri '{CALL}' -Method Post -Body '{BODY}'",
    f"$h = @{{\n 'a' = 'b'\n}}\nInvoke-WebRequest '{CALL}' -Method POST -Headers $h -Body @'\n{BODY}\n'@",
    f"fetch({json.dumps(CALL)}, {{method: 1}})".replace(
        "{method: 1}", json.dumps({"method": "POST", "body": BODY})
    ),
    f"const r = await fetch({json.dumps(CALL)}, {json.dumps({'method': 'post', 'body': BODY})}).then(a => a);",
    BODY,
    f"\ufeff  {BODY} \r\n\0\0",
    f"[{BODY}]",
    json.dumps(PARAMS, indent=4),
]


@pytest.mark.parametrize("text", TYPED, ids=range(len(TYPED)))
def test_typed(text: str) -> None:
    exchanges, sentences = reading(text.encode(), name="c.txt")
    (exchange,) = exchanges
    assert "POST" == exchange.http_method and "" == exchange.note
    assert PARAMS == json.loads(exchange.body)["params"]
    assert exchange.url.endswith(
        ("/web/dataset/call_kw", "/web/dataset/call_kw/res.partner/name_search")
    )
    assert "s3cr3t" not in repr(exchange) + repr(sentences)
    assert [] == [sentence for sentence in sentences if "payload alone" not in sentence]


@pytest.mark.parametrize(
    "params, route",
    [
        ({"model": "m", "method": "read", "args": [[1]], "kwargs": {}}, "/web/dataset/call_kw"),
        ({"model": "m", "method": "read", "args": [[1]]}, "/web/dataset/call"),
        ({"model": "m", "method": "go", "args": [[1], {"lang": "de"}]}, "/web/dataset/call_button"),
        ({"model": "m", "domain": [], "fields": ["name"]}, "/web/dataset/search_read"),
        ({"model": "m", "id": 3, "fields": ["name"]}, "/web/dataset/load"),
        ({"model": "m", "ids": [3, 1]}, "/web/dataset/resequence"),
        ({"service": "object", "method": "execute_kw", "args": []}, "/jsonrpc"),
    ],
)
def test_the_route_of_a_payload(params: dict, route: str) -> None:
    for text in (json.dumps(params), json.dumps({"jsonrpc": "2.0", "params": params})):
        # service: recognized by "jsonrpc" or "params", which bare params of it lack
        if '"model"' in text or '"jsonrpc"' in text:
            assert [route] == [exchange.url for exchange in reading(text.encode())[0]]


def test_several_payloads_and_something_between_them() -> None:
    text = f"{BODY}\n{json.dumps(PARAMS)}\n{{broken\n{BODY}{BODY},\n" + '{"lang": "en_US"}'
    exchanges, sentences = reading(text.encode(), name="p.txt")
    assert 4 == len(exchanges)
    assert 3 == len(sentences) and "p.txt: line 3: not JSON" in sentences[0]
    assert "line 5: no call of a model (it has lang)" in sentences[1]


def test_commands_and_something_between_them() -> None:
    one = f"curl '{CALL}' -d '{BODY}'"
    text = f"{one} ;\nhello\x01\n{one} && {one}\ncurl --compressed\ncurl 'not closed\n{one} # end"
    exchanges, sentences = reading(text.encode(), name="c.txt")
    assert [1, 2, 3, 6] == [exchange.where.entry for exchange in exchanges]
    assert (
        sentences
        == [
            "c.txt: line 2: 7 characters skipped that are not a curl command",
            "c.txt#4: a curl command without a URL; left out",
            "c.txt#5: line 5: the quote ' is not closed; left out",
        ]
        or "passed over" in sentences[0]
    )


def test_next_and_two_urls_are_requests_of_their_own() -> None:
    text = f"curl {URL}/a {URL}/b -d x --next {URL}/c -I -: -d @body.json {URL}/d"
    exchanges, _ = reading(text.encode())
    assert [("POST", "a"), ("POST", "b"), ("HEAD", "c"), ("POST", "d")] == [
        (exchange.http_method, exchange.url[-1]) for exchange in exchanges
    ]
    assert exchanges[3].body is None and "is in a file" in exchanges[3].note


# ---- what cannot be used


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("curl", "not a HAR"),
        ("curl -H", "without a URL"),
        (f"curl '{CALL}' -d '{{\"id\"", "the quote ' is not closed"),
        (f'curl ^"{CALL}^" -d ^"{{^\\^"id', 'the quote " is not closed'),
        (f'Invoke-WebRequest -Uri "{CALL}" -Body "{{`"', 'the quote " is not closed'),
        ("Invoke-WebRequest -Uri $url -Body $body", "$url"),
        ("fetch('http://a/', {})", "no Odoo call"),
        (f'fetch("{CALL}", {{"body": "', "no JSON"),
        ("fetch(url)", "not the URL of a web server"),
        ("curl 'http://[x/web' -d x", "not the URL of a web server"),
        ("curl 'http://x:port/' -d x", "not the URL of a web server"),
        ("curl file:///etc/passwd", "not the URL of a web server"),
        ("{“id”:5,“jsonrpc”:“2.0”}", "typographic"),
        ("{“id”:5,jsonrpc:“2.0”", "typographic"),
        ('{id: 5, jsonrpc: "2.0", method: "call",…}', "view source"),
        ('{"jsonrpc": "2.0", "id": 3, "result": []}', "an answer, not a request"),
        ('{"model": "res.partner"}', "no call of a model"),
        ('{"jsonrpc": "2.0", "params": ' + "[" * 100_000, "nested too deep"),
    ],
)
def test_unusable(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text(text, encoding="utf-8")
    done = run("list", path)
    assert 1 == done.exit_code
    assert re.match(r"har2rpc: c\.txt", done.stderr) and sentence in done.stderr, done.stderr
    assert 1 == done.stderr.count("\n")
