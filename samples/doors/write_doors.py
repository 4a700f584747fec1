"""Writes the `written-…` samples: one payload as people keep it in notes, scripts and other tools.

`python write_doors.py` makes them all again from `odoo19-chrome-payload_view_source.txt`, with nothing but the standard library.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

HERE = Path(__file__).parent
PAYLOAD = (HERE / "odoo19-chrome-payload_view_source.txt").read_text("utf-8").strip()
VALUE = json.loads(PAYLOAD)
HOST = "127.0.0.1:18019"
ROUTE = "/web/dataset/call_kw/res.partner/web_search_read"
URL = f"http://{HOST}{ROUTE}"
PRETTY = json.dumps(VALUE, ensure_ascii=False, indent=2)
# JavaScript as people type it: keys without quotes, a comma too many, a comment.
SCRIPT = re.sub(r'^( *)"(\w+)":', r"\1\2:", PRETTY, flags=re.MULTILINE)
SCRIPT = re.sub(r"^( *[}\]])$", r"\1,", SCRIPT, count=1, flags=re.MULTILINE)
POSTMAN = {
    "info": {
        "name": "Odoo",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "variable": [
        {"key": "base", "value": f"http://{HOST}"},
        {"key": "model", "value": "res.partner"},
    ],
    "item": [
        {
            "name": "Contacts",
            "item": [
                {
                    "name": "Search",
                    "request": {
                        "method": "POST",
                        "header": [{"key": "Content-Type", "value": "application/json"}],
                        "url": {"raw": "{{base}}/web/dataset/call_kw/{{model}}/web_search_read"},
                        "body": {"mode": "raw", "raw": PAYLOAD},
                    },
                }
            ],
        }
    ],
}
DOORS = {
    "notes": f"Hallo,\r\n\r\nsuch bitte die Kontakte, mit\r\n{ROUTE}\r\nund diesem Payload:\r\n\t{PAYLOAD}\r\n\r\nDanke!\r\n",
    "markdown": f"# Contacts\n\nThe `payload` is:\n\n```json\n{PRETTY}\n```\n\nIt goes to `{URL}`.\n",
    "javascript_object": f"// what the list asks\nexport const payload = {SCRIPT};\n",
    "python_dict": f"payload = {VALUE!r}\n",
    "python_requests": f'import requests\n\nurl = "http://{HOST}"\nsession = requests.Session()\n'
    f'answer = session.post(url + "{ROUTE}", json={VALUE!r})\nprint(answer.json()["result"])\n',
    "fetch_stringify": f"const r = await fetch('{URL}', {{\n  method: 'POST',\n  headers: {{'Content-Type': 'application/json'}},\n"
    f"  body: JSON.stringify({SCRIPT}),\n}});\n",
    "fetch_relative": f'await fetch("{ROUTE}", {{"method": "POST", "body": {json.dumps(PAYLOAD)}}});\n',
    "raw_http": f"POST {ROUTE} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nOrigin: http://{HOST}\r\n\r\n{PAYLOAD}",
    "devtools_headers": f"Request URL\n{URL}\nRequest Method\nPOST\nStatus Code\n200 OK\n\n{PAYLOAD}\n",
    "bash_script": f'#!/bin/bash\nset -e\nHOST=http://{HOST}\ncurl -s -b cookies.txt "$HOST{ROUTE}" \\\n'
    f"  -H 'Content-Type: application/json' --data-raw {shlex.quote(PAYLOAD)} | jq .result\n",
    "bash_here_document": f"curl -s '{URL}' -H 'Content-Type: application/json' --data-binary @- <<'EOF'\n{PRETTY}\nEOF\n",
    "powershell_variable": f"$body = @'\n{PAYLOAD}\n'@\nInvoke-RestMethod -Uri '{URL}' -Method Post -Body $body\n",
    "postman_collection": json.dumps(POSTMAN, ensure_ascii=False, indent=2) + "\n",
}


if __name__ == "__main__":
    for name, text in DOORS.items():
        (HERE / f"odoo19-written-{name}.txt").write_bytes(text.encode())
