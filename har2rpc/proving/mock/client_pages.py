"""The web client's routes that name no method, for a logged-in browser: pages, reports, exports, files, forms.

A capture has no content of files, so the mock serves files of the same format without content. It answers only recorded
requests. Source: Odoo 14 and 19 `addons/web/controllers/{report,export,binary}.py`, `odoo/http.py`
(`validate_csrf`).
"""

from __future__ import annotations

import hmac
import io
import json
import zipfile
from collections.abc import Iterable
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple
from urllib.parse import parse_qsl

from har2rpc.model import ClientRequest, Json
from har2rpc.proving.mock.errors import BadRequest

PDF = b"%PDF-1.4\n%%EOF\n"
_FILE = b"the content of this file is not in the capture\n"


class Page(NamedTuple):
    """What is answered: the content type, the body, and whether it is a file to keep."""

    content_type: str
    body: bytes
    is_file: bool = False


class ClientPages:
    """Answers the recorded requests of a capture; a form must hold the token of its session."""

    def __init__(self, requests: Iterable[ClientRequest], secret: str) -> None:
        requests = list(requests)
        self._posted = {
            one.path.partition("?")[0]: one for one in requests if one.http_method != "GET"
        }
        self._reports = {one.report for one in requests if one.report}
        self._contents = {one.ids for one in requests if one.http_method == "GET" and one.ids}
        self._secret = secret.encode()

    def is_json_route(self, path: str) -> bool:
        """Whether JSON-RPC was posted there."""
        return path in self._posted and self._posted[path].encoding == "json"

    def token(self, session_id: str) -> str:
        """The CSRF token of a session, which the page of the client holds."""
        return hmac.new(self._secret, session_id.encode(), "sha1").hexdigest()

    def page(self, path: str, session_id: str) -> Page | None:
        """The answer to a GET of a browser that is logged in; None for a path that is not served."""
        if path == "/web":
            script = f'<script>var odoo = {{csrf_token: "{self.token(session_id)}"}};</script>'
            return Page("text/html; charset=utf-8", script.encode())
        numbers = tuple(int(part) for part in path.split("/") if part.isdecimal())
        if path.startswith("/web/content/") and numbers in self._contents:
            return Page("application/octet-stream", _FILE, is_file=True)
        return None

    def posted(self, path: str, content_type: str, body: bytes, session_id: str) -> Page | None:
        """The answer to a form of a browser that is logged in; None for a path that is not served.

        Raises BadRequest if the form lacks the token of the session.
        """
        request = self._posted.get(path)
        if request is None or request.encoding == "json":
            return None
        fields, file_names = _form(content_type, body)
        if not hmac.compare_digest(
            fields.get("csrf_token", "").encode(), self.token(session_id).encode()
        ):
            raise BadRequest("400 BAD REQUEST", "Session expired (invalid CSRF token)")
        if request.kind == "report":
            return self._report(fields)
        if request.kind == "export":
            return Page("application/octet-stream", _workbook(), is_file=True)
        files = [{"id": number, "filename": name} for number, name in enumerate(file_names, 1)]
        return Page("application/json; charset=utf-8", json.dumps(files or {"id": 1}).encode())

    def _report(self, fields: dict[str, str]) -> Page:
        try:
            url, kind = json.loads(fields["data"])
            name = url.split("/")[3].partition("?")[0]
        except (ValueError, KeyError, IndexError, AttributeError):
            name, kind = "", ""
        if name not in self._reports:
            raise BadRequest("500 INTERNAL SERVER ERROR", json.dumps(_refused(name)))
        content = PDF if kind == "qweb-pdf" else _workbook() if kind == "xlsx" else _FILE
        return Page(
            "application/pdf" if content == PDF else "application/octet-stream", content, True
        )


def _refused(name: str) -> Json:
    message = f"This report was never recorded: {name}"
    data = {"name": "odoo.exceptions.UserError", "message": message, "arguments": [message]}
    return {"code": 0, "message": "Odoo Server Error", "data": data}


def _form(content_type: str, body: bytes) -> tuple[dict[str, str], list[str]]:
    """The fields of a form, and the names of its files."""
    if not content_type.startswith("multipart/form-data"):
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), []
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    fields, files = {}, []
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        if file_name := part.get_filename():
            files.append(file_name)
        elif isinstance(name, str):
            content = part.get_payload(decode=True)
            fields[name] = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return fields, files


def _workbook() -> bytes:
    """A zip with the part by which a workbook is known."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()
