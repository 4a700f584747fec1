"""A running Odoo, asked for what its sources do not tell: its models, its own descriptions, which operators it takes."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from har2rpc.odoo.versions import Version, parse_version

_SECONDS = 120
_KINDS = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}


class ServerError(Exception):
    """The server refused, with what it says."""


@dataclass
class Server:
    """A database of a server, and who asks: a password will do, but the descriptions want an API key."""

    url: str
    db: str
    uid: int
    secret: str = field(repr=False)

    def version(self) -> Version | None:
        """The version that the server reports."""
        return parse_version(self._service("common", "version", [])["server_version"])

    def ask(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """The result of a method. Raises ServerError."""
        call = [self.db, self.uid, self.secret, model, method, list(args), kwargs]
        return self._service("object", "execute_kw", call)

    def refuses(self, domain: Any) -> bool:
        """Whether a search of contacts by this domain is an error."""
        try:
            self.ask("res.partner", "search_count", domain)
        except ServerError:
            return True
        return False

    @cached_property
    def models(self) -> dict[str, bool]:
        """Each model, and whether its records vanish by themselves (transient: a wizard)."""
        rows = self.ask("ir.model", "search_read", [], ["model", "transient"])
        return {row["model"]: row["transient"] for row in rows}

    @cached_property
    def descriptions(self) -> dict[str, dict[str, Any]]:
        """What an Odoo with JSON-2 says of the methods of each of its models (`/doc-bearer/<model>.json`)."""
        models = [entry["model"] for entry in self._description("index")["models"]]
        return {model: self._description(model)["methods"] for model in models}

    def _description(self, name: str) -> Any:
        headers = {"Authorization": f"bearer {self.secret}", "X-Odoo-Database": self.db}
        return self._opened_json(
            urllib.request.Request(f"{self.url}/doc-bearer/{name}.json", None, headers)
        )

    def _service(self, service: str, method: str, args: list[Any]) -> Any:
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self._opened_json(
            urllib.request.Request(
                f"{self.url}/jsonrpc",
                json.dumps(body).encode(),
                {"Content-Type": "application/json"},
            )
        )
        if "error" in answer:
            raise ServerError(answer["error"].get("data", {}).get("message") or "refused")
        return answer.get("result")

    @staticmethod
    def _opened_json(request: urllib.request.Request) -> Any:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:
            return json.load(response)


def log_in(url: str, db: str, login: str, secret: str) -> Server:
    """The server with the id of a user. Raises ServerError for a login that is refused."""
    server = Server(url.rstrip("/"), db, 0, secret)
    uid = server._service("common", "login", [db, login, secret])
    if not uid:
        raise ServerError(f"{url}: {login} was refused in {db}")
    return Server(server.url, db, int(uid), secret)


def row_of(description: dict[str, Any]) -> dict[str, Any]:
    """A described method as a row of a table, without its versions."""
    names: list[str] = []
    for name, parameter in description["parameters"].items():
        kind = parameter.get("kind", "")
        if kind == "KEYWORD_ONLY" and not any(known.startswith("*") for known in names):
            names.append("*")
        names.append(f"{_KINDS.get(kind, '')}{name}{'=' if 'default' in parameter else ''}")
    is_model = "model" in description.get("api", ())
    return {"params": names, **({"model": True} if is_model else {})}
