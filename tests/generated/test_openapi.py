"""OpenAPI: valid, and a client that knows the document alone makes the recorded calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, product, search, written
from jsonschema import Draft202012Validator, ValidationError

from generated.goldens import Golden, goldens
from generated.judging import JudgingOdoo, twins
from generated.openapi_client import Client, recorded_value
from generated.recorded import recorded, same
from generated.running import SECRET, Stage
from har2rpc import pipeline

HOSTILE = 'a "quote" \\ {{ 7*7 }} ${HOME} $ref\n\u2028 \'é🙂'

each = pytest.mark.parametrize("golden", goldens("openapi.json"))


def client(golden: Golden, stage: Stage) -> Client:
    """A client of the golden's document."""
    return Client(json.loads(golden.text), stage.url, SECRET)


def careless_client(golden: Golden, stage: Stage) -> Client:
    """One that takes any answer: a judge gives the recorded one, which is the browser's own form."""
    made = client(golden, stage)
    for item in made.document["paths"].values():
        item["post"]["responses"]["200"]["content"] = {"x": {"schema": {}}}
    return made


@each
def test_it_is_valid(golden: Golden, stage: Stage) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    document = json.loads(golden.text)
    assert [] == [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]
    made = client(golden, stage)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for item in document["paths"].values():
        content = item["post"]["requestBody"]["content"]["application/json"]
        assert content["examples"]
        for name, example in content["examples"].items():
            made.check({"$ref": f"#/components/schemas/{name}"}, example["value"])
            made.check(content["schema"], example["value"])


BREAKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no title": lambda doc: doc["info"].pop("title"),
    "no version": lambda doc: doc.pop("openapi"),
    "a path without its slash": lambda doc: doc["paths"].update(a=doc["paths"].popitem()[1]),
    "an unknown type": lambda doc: doc["components"]["schemas"].update(x={"type": "thing"}),
    "a response without a description": lambda doc: doc["components"]["responses"]["401"].pop(
        "description"
    ),
    "a reference to nothing": lambda doc: doc["paths"].update(
        {"/a": {"post": {"responses": {"200": {"$ref": "#/components/responses/7"}}}}}
    ),
    "a parameter that stands nowhere": lambda doc: doc["components"]["parameters"]["database"].pop(
        "in"
    ),
    "the name of an operation twice": lambda doc: doc["paths"].update(
        {"/b": next(iter(doc["paths"].values()))}
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_validator_objects(name: str) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator
    from referencing.exceptions import Unresolvable

    document = json.loads(goldens("openapi.json")[0].values[0].text)
    BREAKS[name](document)
    # For what is not there it has exceptions of its own.
    with pytest.raises((AssertionError, Unresolvable, KeyError)):
        assert not list(OpenAPIV31SpecValidator(document).iter_errors())


@each
def test_a_client_makes_the_recorded_calls(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    made = careless_client(golden, stage)
    for request in made.requests():
        body = made.body(request.schema, recorded_value)
        made.check(request.schema, body)
        made.send(request, body)
        made.check(request.schema, made.body(request.schema, recorded_value, whole=False))
    assert odoo.received and len(odoo.received) == len(list(made.requests()))


@pytest.mark.parametrize("golden", [one for one in goldens("openapi.json") if "odoo19" in one.id])
def test_answers_are_as_the_document_says(golden: Golden) -> None:
    """By the mock, which has JSON-2 for 19 alone, in the form of `read`; live/test_openapi.py asks a real Odoo 19."""
    with pipeline.mock(pipeline.open_capture([golden.sample]), key=SECRET) as (_, variables):
        made = Client(json.loads(golden.text), variables["ODOO_URL"], SECRET)
        header = made.document["components"]["parameters"]["database"]
        header["schema"]["default"] = variables["ODOO_DB"]
        for request in made.requests():
            try:
                answer = made.send(request, made.body(request.schema, recorded_value))
            except (
                PermissionError
            ) as refusal:  # what Odoo had refused, or has no answer in the file
                assert str(refusal).startswith(("no answer in the capture", "recorded as an error"))
                continue
            schema = request.operation["responses"]["200"]["content"]["application/json"]["schema"]
            for twin in other_forms(answer) if "properties" in schema.get("items", {}) else ():
                with pytest.raises(ValidationError):
                    made.check(schema, twin)


def other_forms(answer: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The same records, each without a field, or with an id that is a text."""
    for record in answer[:2]:
        yield [{name: value for name, value in record.items() if name != max(record)}]
        yield [{**record, "id": str(record["id"])}]


@each
def test_twins_are_refused(golden: Golden, stage: Stage) -> None:
    """One value of what is sent changed: by the server, and where it is a constant by the document, too."""
    stage.app = JudgingOdoo(recorded(golden.sample))
    made = client(golden, stage)
    for request in made.requests():
        body = made.body(request.schema, recorded_value)
        for name in set(body) - {"context", "offset", "fields"}:
            for twin in twins(body[name]):
                with pytest.raises(PermissionError, match="never recorded"):
                    made.send(request, {**body, name: twin})
        for name, told in made.resolved(request.schema).get("properties", {}).items():
            for twin in twins(body[name]) if "const" in told else ():
                with pytest.raises(ValidationError):
                    made.check(request.schema, {**body, name: twin})


@each
def test_hostile_texts_arrive_as_they_are(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: True)
    made = careless_client(golden, stage)
    texts: list[str] = []

    def choose(schema: Mapping[str, Any]) -> Any:
        if schema.get("type") != "string" or "format" in schema:
            return recorded_value(schema)
        texts.append(recorded_value(schema))
        return HOSTILE

    for request in made.requests():
        made.send(request, made.body(request.schema, recorded_value))
        plain = json.dumps([odoo.received[-1][key] for key in ("args", "kwargs", "context")])
        texts.clear()
        body = made.body(request.schema, choose)
        made.check(request.schema, body)
        made.send(request, body)
        evil = [odoo.received[-1][key] for key in ("args", "kwargs", "context")]
        for text in texts:
            plain = plain.replace(json.dumps(text), json.dumps(HOSTILE))
        assert same(json.loads(plain), evil), request.path


def document(folder: Path, *entries: dict[str, Any], version: str = "19.0") -> dict[str, Any]:
    """What is written for these calls."""
    return json.loads(
        product("convert", "-t", "openapi", written(folder, page(server_version=version), *entries))
    )


def test_a_method_that_nobody_knows_says_so(tmp_path: Path) -> None:
    made = document(tmp_path, call("x.thing", "ship", ([7], "Rome")))
    [schema] = [one for name, one in made["components"]["schemas"].items() if "Error" not in name]
    assert {"TODO_1", "TODO_2"} <= set(schema["properties"])
    assert "no signature of it is known" in schema["description"]


def test_an_older_odoo_has_no_json2(tmp_path: Path) -> None:
    made = document(tmp_path, search(), version="16.0")
    assert "which has no JSON-2; Odoo 19 introduced it" in made["info"]["description"]
    assert "introduced it" not in document(tmp_path, search())["info"]["description"]


def test_two_places_of_one_input_have_its_name(tmp_path: Path) -> None:
    domain = ["|", ["phone", "ilike", "5"], ["mobile", "ilike", "5"]]
    made = document(tmp_path, search(domain=domain))
    assert 2 == json.dumps(made).count('"x-input": "phone"')
