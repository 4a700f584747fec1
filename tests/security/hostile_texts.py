"""Texts that mean something to a language, a terminal or a URL, and captures that hold them wherever text can stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from har_builder import call, exchange, page, views

MARKER = "hostile-was-here"
"""The name of the file that a text makes, should it ever be run."""
VERSIONS = (14, 15, 16, 17, 18, 19)
_TOUCH = f"touch {MARKER}"
_PYTHON = f"__import__('os').system('{_TOUCH}')"
_NODE = f"process.getBuiltinModule('fs').writeFileSync('{MARKER}', '')"
_PHP = f"touch('{MARKER}')"

TEXTS: Mapping[str, str] = {
    "double quote": f'x" + {_PYTHON} + "',
    "single quote": f"x'; {_TOUCH}; '",
    "three quotes": f'"""\n{_PYTHON}\n"""',
    "single three quotes": f"'''\n{_PYTHON}\n'''",
    "backslash": "\\",
    "backslash and quote": f"\\\"; {_TOUCH}; \\'",
    "line break": f"\n{_PYTHON}\n{_TOUCH}\n{_NODE};\n",
    "carriage return": f"# a\r{_PYTHON}\r\n{_TOUCH}",
    "Unicode line breaks": f"// \u2028{_NODE}\u2029x\x85{_PYTHON}\x0b\x0c",
    "NUL": f"a\0; {_TOUCH}",
    "all control characters": "".join(map(chr, range(1, 32))) + "\x7f",
    "C1": "".join(map(chr, range(0x80, 0xA0))),
    "bidi": "\u202eabc\u202c\u2066\u2067\u2069\u200f\u061c",
    "no width": "a\u200b\u2060\ufeff\xad\U000e0041",
    "ANSI": "\x1b[31m\x1b[2K\r\x1b[1A\x1b[8m",
    "OSC": "\x1b]0;title\x07\x1b]52;c;cm0=\x1b\\\x9d0;x\x9c",
    "half an emoji": "\ud83d",
    "emoji and wide": "😀名前é",
    "Jinja expression": "{{ 7 * 7 }} {{ cycler.__init__.__globals__ }}",
    "Jinja block": "{% raw %}{% for x in y %}{# x #} %} }}",
    "JavaScript template": f"`${{{_NODE}}}` ${{HOME}}",
    "bash": f"$({_TOUCH}) `{_TOUCH}` $HOME ${{HOME}} !! & && ; | > {MARKER} < # ~ * ? [a] {{b,c}}",
    "bash arithmetic": f"a[$({_TOUCH})]",
    "end of a word": f"'\\'' ; {_TOUCH} ; '",
    "end of a document": f"EOF\n{_TOUCH}\n",
    "script": f"</script><script>{_NODE}</script><!-- ]]> &amp; </value>",
    "n8n": f"={{{{ {_NODE} }}}}",
    "end of an n8n expression": f"}}}} {{{{ {_NODE} }}}} }}",
    "Postman variable": "{{odoo_api_key}} {{$guid}}",
    "PHP": f"?><?php {_PHP}; ?> <?= 7 ?>",
    "PHP string": f"{{${{{_PHP}}}}} ${{{_PHP}}} $GLOBALS[argv] ' . {_PHP} . '",
    "half an emoji and PHP": f'\ud83d" . {_PHP} . "',
    "list": "0",
    "end of a call": f'"), {_PYTHON}, ("',
    "f-string": "{os.environ} {0} %s %(x)s",
    "type comment": "# type: ignore\n# fmt: off\n# -*- coding: utf-16 -*-",
    "escape": "\\N{DASH}\\x00\\u0041\\n\\",
    "path": "../../x/%2e%2e/%00/./",
    "query": "?x=1&y=2#z;a=b%20",
    "URL": "http://odoo.example@evil.example:80\\@x/",
    "option": "--write",
    "short option": "-e",
    "prototype": "__proto__",
    "constructor": "constructor",
    "dunder": "__class__",
    "our own name": "execute_kw",
    "mark": "$input",
    "empty": "",
    "space": " ",
    "long": "x'\"" * 400,
}
EVERYTHING = "\n".join(text for text in TEXTS.values() if "\0" not in text and "\ud83d" not in text)


def planted(text: str, version: int, url: str, number: int = 0) -> list[dict[str, Any]]:
    """Calls with the text as a value, a key, a label, in a domain and in a context; `number` tells their records apart."""
    described = {"type": "char", "string": text, "help": text}
    options = {"type": "selection", "string": text, "selection": [[text, text], ["a", text]]}
    many2one = {"type": "many2one", "relation": "res.country", "string": text, "help": text}
    ids = [100 + number]
    calls = [
        views("res.partner", {"name": described, text: options, "country_id": many2one}),
        call("res.partner", "write", (ids, {"name": text, text: text, "country_id": 7})),
        call("res.partner", "create", ({"name": text, "line_ids": [[0, text, {text: [text]}]]},), result=500 + number),
        call("x.y", "frobnicate", (ids, text, [{text: {text: [text]}}]), {"context": {text: text, "uid": 2}}),
        call("res.partner", "message_post", (ids,), {"body": text}),
        searched(text, version),
    ]  # fmt: skip
    return [at(url, entry) for entry in calls]


def searched(text: str, version: int) -> dict[str, Any]:
    """A search with the text among its conditions, as this version makes it."""
    domain = ["|", ["name", "ilike", text], [text, "=", [text]]]
    if version > 16:
        named = {"domain": domain, "specification": {"name": {}}, "limit": 80, "offset": 0}
        answer: Any = {"length": 0, "records": []}
        return call("res.partner", "web_search_read", (), {**named, "order": text}, result=answer)
    named = {
        "model": "res.partner",
        "domain": domain,
        "fields": ["name"],
        "limit": 80,
        "sort": text,
    }
    body = {"jsonrpc": "2.0", "method": "call", "params": named, "id": 1}
    answer = {"jsonrpc": "2.0", "id": 1, "result": {"length": 0, "records": []}}
    return exchange("/web/dataset/search_read", body, answer)


def opened_page(version: int, url: str, *, db: str = "lab", login: str = "admin") -> dict[str, Any]:
    """The page load: who works in which database."""
    who = {"user_context": {"lang": "en_US", "tz": "UTC"}, "server_version": f"{version}.0"}
    return at(url, page(db=db, login=login, name=login, **who))


def at(url: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The same entry, recorded on another server."""
    there = entry["request"]["url"].replace("https://odoo.example", url, 1)
    return {**entry, "request": {**entry["request"], "url": there}}
