"""The requests of a Postman collection (v2.0, v2.1): folders in folders, variables filled in, saved answers kept.

Source: schema.getpostman.com, collection v2.0.0 and v2.1.0. Headers, authorizations and scripts are not looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from har2rpc.reading.clipboard.copied_text import Request, RequestOrNote
from har2rpc.reading.clipboard.literals import NotALiteral, read_literal, unknown_names

Json = Any
_VARIABLE = re.compile(r"\{\{\s*([^{}\s]{1,80})\s*\}\}")
_SECRET = re.compile(r"pass|pwd|key|secret|token|auth", re.IGNORECASE)
_ROUNDS = 4  # variables in variables


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of a collection, in its order, and a sentence for what cannot be read."""
    try:
        collection = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        yield f"a Postman collection that cannot be read ({error}); export it again (v2.1)"
        return
    collection = collection.get("collection", collection)  # as Postman's own API gives one
    unknown: dict[str, None] = {}
    todo: list[tuple[Json, dict[str, str]]] = [(collection, {})]
    while todo:
        item, variables = todo.pop()
        if not isinstance(item, dict):
            continue
        variables = variables | _variables(item.get("variable"))
        items = item.get("item")
        if isinstance(items, list):
            todo += [(inner, variables) for inner in reversed(items)]
        if "request" in item:
            yield _request(item, variables, unknown)
    if unknown:
        names = ", ".join(list(unknown)[:6])
        yield f"the collection does not hold the values of {names}; these names stand for them"


def _variables(listed: Json) -> dict[str, str]:
    """The variables of a collection or a folder; what is a secret by its name is not taken."""
    members = listed if isinstance(listed, list) else []
    pairs = [
        (one.get("key") or one.get("id"), one.get("value"))
        for one in members
        if isinstance(one, dict) and not one.get("disabled")
    ]
    return {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in pairs
        if isinstance(key, str) and value not in (None, "") and not _SECRET.search(key)
    }


def _request(item: dict[str, Json], variables: dict[str, str], unknown: dict[str, None]) -> Request:
    request = item["request"]
    request = {"url": request} if isinstance(request, str) else request
    request = request if isinstance(request, dict) else {}
    url = request.get("url")
    path_variables = _variables(url.get("variable")) if isinstance(url, dict) else {}
    url = url.get("raw") if isinstance(url, dict) else url
    url = _filled_in(url if isinstance(url, str) else "", variables)
    for name, value in path_variables.items():
        url = url.replace(f"/:{name}", f"/{value}")
    if url and "://" not in url and url[:1] not in "/{":
        url = f"https://{url}"
    body = _body(request.get("body"), variables, unknown)
    method = request.get("method")
    method = method.upper() if isinstance(method, str) else "GET"
    answer, status = _answer(item.get("response"))
    return Request(url, method, body, answer=answer, status=status)


def _body(body: Json, variables: dict[str, str], unknown: dict[str, None]) -> str | None:
    if not isinstance(body, dict) or body.get("disabled"):
        return None
    form = body.get("urlencoded")
    if body.get("mode") == "urlencoded" and isinstance(form, list):
        pairs = [
            (str(one.get("key")), str(one.get("value"))) for one in form if isinstance(one, dict)
        ]
        return urlencode(pairs)
    raw = body.get("raw")
    if not isinstance(raw, str) or not raw:
        return None
    text = _filled_in(raw, variables)
    try:
        json.loads(text, strict=False)
    except RecursionError:
        return text
    except ValueError:
        try:  # {{variables}} that are not filled in, comments, which Postman takes out
            value, _ = read_literal(text, max(0, text.find("{")))
        except NotALiteral:
            return text
        unknown |= dict.fromkeys(unknown_names(value))
        return json.dumps(value)
    return text


def _answer(saved: Json) -> tuple[str | None, int]:
    """The first saved example of an answer, and its status."""
    first = (
        next((one for one in saved if isinstance(one, dict)), {}) if isinstance(saved, list) else {}
    )
    body, code = first.get("body"), first.get("code")
    if not isinstance(body, str) or not body:
        return None, 0
    return body, code if isinstance(code, int) else 200


def _filled_in(text: str, variables: dict[str, str]) -> str:
    for _ in range(_ROUNDS):
        filled = _VARIABLE.sub(lambda place: variables.get(place[1], place[0]), text)
        if filled == text or len(filled) > (len(text) + 1000) * 10:
            break
        text = filled
    return text
