"""Small captures made of calls, and the command line run over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click.testing import CliRunner, Result

from har2rpc.cli import cli

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
CAPTURES = ROOT.parent / "shared" / "captures"
NO_CAPTURES = "the collection of captures is not here: nothing was looked at"
ODOO = "https://odoo.example"
MOCK_KEY = "the-key-of-our-own-tests"


def exchange(path: str, body: Any = None, answer: Any = None, **more: Any) -> dict[str, Any]:
    """One entry. `body` and `answer` are JSON values, or texts as they are; `more` are entry members."""
    url = path if urlsplit(path).scheme else ODOO + path
    request: dict[str, Any] = {"method": "POST" if body is not None else "GET", "url": url}
    request["headers"] = more.pop("headers", [])
    if body is not None:
        text = body if isinstance(body, str) else json.dumps(body)
        request["postData"] = {"mimeType": "application/json", "text": text}
    content: dict[str, Any] = {"size": 0, "mimeType": "application/json"}
    if answer is not None:
        content["text"] = answer if isinstance(answer, str) else json.dumps(answer)
    file_name = more.pop("file_name", None)
    disposition = {"name": "Content-Disposition", "value": f'attachment; filename="{file_name}"'}
    headers = [] if file_name is None else [disposition]
    response = {"status": more.pop("status", 200), "headers": headers, "content": content}
    return {"request": request, "response": response, "time": 12, **more}


def form(path: str, fields: dict[str, str], *files: str, **more: Any) -> dict[str, Any]:
    """A posted form in parts; each file, by its name, stands in the field `ufile` without its content, as Chrome has it."""
    heads = [f'name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    heads += [
        f'name="ufile"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
        for name in files
    ]
    parts = [f"------b\r\nContent-Disposition: form-data; {head}\r\n" for head in heads]
    return exchange(path, "".join([*parts, "------b--\r\n"]), **more)


def rpc(path: str, params: Any, result: Any = True, *, error: Any = None) -> dict[str, Any]:
    """A JSON-RPC post and its answer."""
    answer: dict[str, Any] = {"jsonrpc": "2.0", "id": 1}
    answer |= {"error": error} if error else {"result": result}
    body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
    return exchange(path, body, answer)


def call(
    model: Any,
    method: Any,
    args: Any = (),
    kwargs: Any = None,
    *,
    result: Any = True,
    error: Any = None,
    uid: Any = 2,
    route: str = "/web/dataset/call_kw",
) -> dict[str, Any]:
    """A call of the web client; a context with the uid goes along unless kwargs bring their own."""
    args = list(args) if isinstance(args, tuple) else args
    kwargs = {"context": {"lang": "en_US", "uid": uid}, **(kwargs or {})}
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    return rpc(route, params, result, error=error)


def search(model: str = "res.partner", domain: Any = None, **more: Any) -> dict[str, Any]:
    """A search as Odoo 17 and later make it."""
    domain = [["phone", "ilike", "555"]] if domain is None else domain
    kwargs = {
        "domain": domain,
        "specification": {"name": {}, "phone": {}},
        "limit": 80,
        "offset": 0,
    }
    answer = {"length": 1, "records": [{"id": 7, "name": "Azure", "phone": "555"}]}
    return call(model, "web_search_read", (), {**kwargs, **more}, result=answer)


def page(db: str = "lab", uid: int = 2, login: str = "admin", **more: Any) -> dict[str, Any]:
    """The page load, with the session info in its HTML."""
    info = {
        "uid": uid,
        "db": db,
        "username": login,
        "name": "Mitchell",
        "server_version": "19.0",
        "user_context": {"lang": "en_US", "tz": "Europe/Brussels"},
        "user_companies": {"current_company": 1},
        **more,
    }
    html = f"<script>odoo.__session_info__ = {json.dumps(info)};</script>"
    return exchange("/odoo", answer=html)


def views(model: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The answer of get_views that describes these fields."""
    described = {name: {"name": name, **attributes} for name, attributes in fields.items()}
    result = {"views": {}, "models": {model: {"fields": described}}}
    return call(model, "get_views", (), result=result)


def har(*entries: dict[str, Any]) -> dict[str, Any]:
    """A HAR of these entries, one second apart."""
    stamped = [
        {"startedDateTime": f"2026-01-01T00:{n // 60 % 60:02}:{n % 60:02}.000Z", **entry}
        for n, entry in enumerate(entries)
    ]
    return {"log": {"version": "1.2", "creator": {"name": "t"}, "entries": stamped}}


def written(folder: Path, *entries: dict[str, Any], name: str = "small.har") -> str:
    """The path of a HAR file with these entries."""
    path = folder / name
    path.write_text(json.dumps(har(*entries), indent=2), "utf-8")
    return str(path)


def run(*args: Any, stdin: bytes | str | None = None) -> Result:
    """`har2rpc` with these arguments; what was not raised on purpose fails the test."""
    result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def product(*args: Any) -> str:
    """What goes to standard output; the command must have worked."""
    result = run(*args)
    assert 0 == result.exit_code, result.stderr
    return result.stdout


def converted(folder: Path, *entries: dict[str, Any], options: tuple[str, ...] = ()) -> str:
    """The code for a HAR of these entries."""
    return product("convert", *options, written(folder, *entries))


def targets() -> list[str]:
    """The names of the targets that come with har2rpc."""
    return sorted(p.name.removesuffix(".j2").rpartition(".")[0] for p in TEMPLATES.glob("*.j2"))


def captures() -> list[Path]:
    """Every file of the collection; [] where it is not there."""
    return sorted(p for p in CAPTURES.rglob("*") if p.suffix in (".har", ".zip"))
