"""Postman collections for the samples: held against the format, and run by Newman with recorded and hostile values."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from node import asked, needs_packages

from generated.by_name import named
from generated.connector import leaves, put
from generated.goldens import Golden, goldens
from generated.mocking import mock, sent_as
from generated.recorded import recorded, same, samples
from generated.running import DB, SECRET, AnsweringOdoo, Stage
from generated.translation import classic_answer, problems
from har2rpc import pipeline
from har2rpc.model import ConvertOptions

SCHEMA = json.loads(Path(__file__).with_name("postman_schema.json").read_text("utf-8"))
COLLECTIONS = goldens("postman.json", "postman-flow.json")
TELL_NO_VERSION = {"odoo19-chrome-two_files-2.har", "odoo19-chromecopy-open_partner.har"}
OURS = {"odoo_url", "odoo_db", "odoo_uid", "odoo_api_key"}
PLACE = re.compile(r"\{\{(.*?)\}\}")
HOSTILE = [
    'a "quote", a \\ and a \' \r\n\t\0\x1f',
    "{{odoo_api_key}} {{$guid}} {{{odoo_db}}} {",
    "`${pm}` $& $1 $` </script> \u2028 🙂",
    "], [",
    "0",
]


def errors(collection: Any) -> list[str]:
    """What speaks against a collection: its shape, and places for variables that it does not declare."""
    found = [
        error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(collection)
    ]
    if found:
        return found
    keys = [variable["key"] for variable in collection["variable"]]
    found += [f"twice: {key}" for key in set(keys) if keys.count(key) > 1]
    requests = [item["request"] for item in collection["item"]]
    raws = [request[part]["raw"] for request in requests for part in ("body", "url")]
    raws += [header["value"] for request in requests for header in request["header"]]
    raws += [one["value"] for one in collection.get("auth", {}).get("bearer", [])]
    used = {name for raw in raws for name in PLACE.findall(raw)}
    found += [f"not declared: {name}" for name in used - set(keys)]
    return found + [f"not used: {name}" for name in set(keys) - used]


@pytest.mark.parametrize("golden", COLLECTIONS)
def test_it_is_a_collection(golden: Golden) -> None:
    collection = json.loads(golden.text)
    assert [] == errors(collection)
    values = {one["key"]: one["value"] for one in collection["variable"]}
    assert "" == values["odoo_api_key"]
    is_json2 = golden.sample.name.startswith("odoo19") and golden.sample.name not in TELL_NO_VERSION
    paths = {item["request"]["url"]["path"][0] for item in collection["item"]}
    assert {"json" if is_json2 else "jsonrpc"} == paths
    assert len(recorded(golden.sample)) >= len(collection["item"]) > 0


@pytest.mark.parametrize(
    "path, value",
    [
        (
            ("info", "schema"),
            "https://schema.getpostman.com/json/collection/v2.0.0/collection.json",
        ),
        (("item", 0, "request", "method"), "POSTT"),
        (("item", 0, "request", "body", "raw"), None),
        (("item", 0, "request", "body", "raw"), "{{nobody}}"),
        (("item", 0, "request", "url"), "{{odoo_url}}"),
        (("event", 0, "listen"), "before"),
        (("event", 0, "script", "exec"), ["a\nb"]),
        (("variable", 0, "value"), 7),
        (("variable", 0, "key"), "a b"),
        (("variable", 1, "key"), "odoo_url"),
    ],
)
def test_a_wrong_one_is_found_out(path: tuple[Any, ...], value: Any) -> None:
    collection = json.loads(COLLECTIONS[0].values[0].text)
    put(collection, path, value)
    assert errors(collection)


def variables(url: str, uid: int | None = 2) -> dict[str, str]:
    """What a user fills in once."""
    return {"odoo_url": url, "odoo_db": DB, "odoo_uid": str(uid or 2), "odoo_api_key": SECRET}


def ran(collection: Any, *given: dict[str, str]) -> list[list[str]]:
    """What failed in each run of a collection."""
    return asked("newman.mjs", [{"collection": collection, "variables": one} for one in given])


class TestInNewman:
    """Run as people run it."""

    pytestmark = needs_packages

    @pytest.mark.parametrize("golden", COLLECTIONS)
    def test_it_sends_what_was_recorded(self, golden: Golden, stage: Stage) -> None:
        calls, collection = recorded(golden.sample), json.loads(golden.text)
        unlike: list[Any] = []

        def answer(arrived: dict[str, Any]) -> Any:
            for call in calls:
                if not problems(call, arrived):
                    return classic_answer(call, arrived["method"])
            unlike.append(arrived)
            return None

        stage.app = AnsweringOdoo(answer)
        assert [[]] == ran(collection, variables(stage.url))
        assert [] == unlike
        assert len(collection["item"]) == len(stage.app.received)

    @pytest.mark.parametrize("golden", goldens("postman.json"))
    def test_hostile_values_arrive_as_they_are_and_change_nothing_else(
        self, golden: Golden, stage: Stage
    ) -> None:
        """With a mark for every variable, then with hostile values: these stand where the marks stood."""
        collection = json.loads(golden.text)
        script = "\n".join(collection["event"][0]["script"]["exec"])
        texts = set(re.findall(r'"([\w.]+)"', script.partition("new Set(")[2].partition(");")[0]))
        keys = [one["key"] for one in collection["variable"] if one["key"] not in OURS]

        def filled(values: dict[str, Any]) -> dict[str, str]:
            typed = {k: v if k in texts else json.dumps(v) for k, v in values.items()}
            return {**variables(stage.url), **typed}

        marks = {key: f"mark of {key}" for key in keys}
        runs = [marks] + [dict.fromkeys(keys, evil) for evil in HOSTILE]
        stage.app = AnsweringOdoo(lambda arrived: True)
        assert [[]] * len(runs) == ran(collection, *map(filled, runs))
        count = len(collection["item"])
        arrived = iter(stage.app.received[count:])
        for evil in HOSTILE:
            for plain in stage.app.received[:count]:
                expected = copy.deepcopy(plain)
                for path in [path for path, leaf in leaves(plain) if leaf in marks.values()]:
                    put(expected, path, evil)
                assert same(expected, next(arrived))
        found = {leaf for plain in stage.app.received[:count] for _, leaf in leaves(plain)}
        assert set(marks.values()) <= found

    @pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
    def test_each_call_arrives_as_recorded_and_its_twin_is_refused(
        self, path: Path, stage: Stage
    ) -> None:
        capture, calls = pipeline.open_capture([path]), recorded(path)
        pairs = [
            (call, json.loads(pipeline.render(capture, actions, target="postman")))
            for call, read in zip(calls, capture.calls, strict=True)
            if call.outcome in ("ok", "none") and read.kind != "noise"
            for actions in [pipeline.actions(capture, [read], ConvertOptions(verbatim=True))]
        ]
        given = variables(stage.url, calls[0].uid)
        stage.app = mock(calls, calls[0].uid or 2)
        failed = asked(
            "newman.mjs",
            [
                {"collection": collection, "variables": given}
                for call, made in pairs
                for collection in (made, twin(made, call.n))
            ],
        )
        arrived = [sent_as(received) for received in stage.app.received]
        assert 2 * len(pairs) == len(failed) == len(arrived)
        for number, (call, _) in enumerate(pairs):
            assert [] == failed[2 * number], call
            assert same(as_named(call.sent), as_named(arrived[2 * number])), call
            assert ["never recorded" in said for said in failed[2 * number + 1]] == [True], call


def as_named(sent: dict[str, Any]) -> dict[str, Any]:
    """One call with its arguments by name: JSON-2 takes them so."""
    by_name = named(sent["method"], sent["args"], sent["kwargs"])
    return {**sent, "args": [], "kwargs": by_name}


def twin(collection: Any, n: int) -> Any:
    """The collection with one text of its call changed; which one, the call's number decides."""
    changed = copy.deepcopy(collection)
    body = changed["item"][0]["request"]["body"]
    before, mark, _ = body["raw"].partition('"execute_kw",')
    start = len(before + mark) if mark else 0
    found = re.finditer(r'"(?:[^"\\]|\\.)*"(:?)', body["raw"][start:])
    texts = [text for text in found if not text[1]]
    chosen = texts[n % len(texts)].end() - 1 + start
    body["raw"] = f"{body['raw'][:chosen]}≠{body['raw'][chosen:]}"
    return changed
