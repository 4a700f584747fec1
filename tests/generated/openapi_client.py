"""A client that knows OpenAPI and JSON Schema, and nothing of Odoo or har2rpc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import requests
from jsonschema import Draft202012Validator

Choose = Callable[[Mapping[str, Any]], Any]


class Request(NamedTuple):
    """One thing that a document lets a client send."""

    path: str
    operation: Mapping[str, Any]
    schema: Mapping[str, Any]


class Client:
    """Fills requests from a document and sends them."""

    def __init__(
        self, document: Mapping[str, Any], url: str, key: str, database: str = "a_database"
    ) -> None:
        self.document, self.url, self.key, self.database = document, url, key, database

    def requests(self) -> Iterator[Request]:
        """Every body that an operation takes: each of `anyOf` by itself."""
        for path, item in self.document["paths"].items():
            body = item["post"]["requestBody"]["content"]["application/json"]["schema"]
            for schema in body.get("anyOf", [body]):
                yield Request(path, item["post"], schema)

    def body(self, schema: Mapping[str, Any], choose: Choose, whole: bool = True) -> Any:
        """A value that the schema takes; `whole` with what may be missing."""
        schema = self.resolved(schema)
        if "const" in schema:
            return schema["const"]
        if (
            "default" in schema and "examples" not in schema
        ):  # a constant that is a list or an object
            return schema["default"]
        if "properties" in schema:
            least = list(schema["properties"])[: schema.get("minProperties", 0)]
            named = schema["properties"] if whole else schema["required"] or least
            return {name: self.body(schema["properties"][name], choose, whole) for name in named}
        if "prefixItems" in schema:
            return [self.body(item, choose, whole) for item in schema["prefixItems"]]
        return choose(schema)

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a `$ref` into the document points to."""
        while "$ref" in schema:
            found: Any = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def check(self, schema: Mapping[str, Any], body: Any) -> None:
        """Raises what jsonschema raises for a body that the document does not take."""
        whole = {**schema, "components": self.document["components"]}
        Draft202012Validator(whole).validate(body)

    def send(self, request: Request, body: Any) -> Any:
        """The answer to a request. Raises PermissionError with what the server said of a refusal."""
        [[scheme]] = self.document["security"]
        bearer = self.document["components"]["securitySchemes"][scheme]
        assert ("http", "bearer") == (bearer["type"], bearer["scheme"])
        headers = {"Authorization": f"Bearer {self.key}"}
        for parameter in map(self.resolved, request.operation["parameters"]):
            assert "header" == parameter["in"]
            headers[parameter["name"]] = parameter["schema"].get("default", self.database)
        answer = requests.post(self.url + request.path, json=body, headers=headers, timeout=60)
        with answer:
            told = answer.json()
        assert str(answer.status_code) in request.operation["responses"]
        found = request.operation["responses"][str(answer.status_code)]
        [schema] = [media["schema"] for media in self.resolved(found)["content"].values()]
        self.check(schema, told)
        if not answer.ok:
            raise PermissionError(told["message"])
        return told


def recorded_value(schema: Mapping[str, Any]) -> Any:
    """The example that a document gives."""
    return schema["examples"][0]
