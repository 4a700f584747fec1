"""A real n8n takes every workflow and does what it says, on the mock and on an Odoo that notes what arrives."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import pytest
from generated.goldens import goldens
from generated.recorded import SAMPLES
from generated.running import SECRET
from har_builder import call, page, search
from targets.calls import HOSTILE
from targets.odoo_stub import DB, LOGIN, UID, Asked, Refused, StubOdoo
from targets.running import code
from targets.test_n8n import BRACES, TO_FRENCH, VERSIONS, key

from har2rpc import pipeline
from har2rpc.model import Capture
from har2rpc.proving.mock.server import serve
from platforms.n8n_process import (
    HOME,
    VERSION,
    Execution,
    N8n,
    fed,
    filled_in,
    ready,
    server_fields,
)

pytestmark = [
    pytest.mark.platforms,
    pytest.mark.xdist_group("n8n"),  # one server for all of them
    pytest.mark.skipif(not HOME, reason="N8N_HOME names no folder with n8n: see .ci/install_n8n"),
]
TEXTS = [
    HOSTILE,
    BRACES,
    "=1+1",
    "={{ $env.PATH }}",
    "'",
    '"',
    "\\",
    "$& $' $` $$",
    "\u2028",
    '"]]],{}]}}',
]
TAKEN = goldens("n8n.json", "n8n-flow.json")
MOST = 40
"""Workflows in one process."""


@pytest.fixture(scope="module")
def n8n(tmp_path_factory: pytest.TempPathFactory) -> Iterator[N8n]:
    folder = tmp_path_factory.mktemp("n8n")
    made = N8n(folder)
    package = Path(HOME, "node_modules", "n8n", "package.json").read_text(encoding="utf-8")
    assert VERSION == json.loads(package)["version"]
    (folder / "workflows").mkdir()
    for number, param in enumerate(TAKEN[:MOST]):
        workflow = {"id": f"golden{number}", **json.loads(param.values[0].text)}
        text = json.dumps(workflow)
        (folder / "workflows" / f"{number}.json").write_text(text, encoding="utf-8")
    made.command("import:workflow", "--separate", f"--input={folder / 'workflows'}")
    with made.serving():
        yield made


def test_the_command_line_has_taken_them(n8n: N8n) -> None:
    found = {one["id"]: one for one in n8n.public("GET", "workflows?limit=250")["data"]}
    for number, param in enumerate(TAKEN[:MOST]):
        sent, kept = json.loads(param.values[0].text), found[f"golden{number}"]
        assert sent["name"] == kept["name"] and len(sent["nodes"]) == len(kept["nodes"])


def test_what_the_readme_says_of_the_command_line(n8n: N8n) -> None:
    capture = pipeline.open_capture([SAMPLES / "odoo14-chrome-search_partner_by_name.har"])
    with pipeline.mock(capture, key=SECRET) as (_, told):
        made = rendered(capture, [call for call in capture.calls if call.kind == "read"][-1:])
        file = n8n.folder / "partners.json"
        file.write_text(
            json.dumps(filled_in(made, "Odoo", **server_fields(told))), encoding="utf-8"
        )
        if shutil.which("jq"):
            done = subprocess.run(["jq", '.id = "partners"', file], capture_output=True, check=True)
            file.write_bytes(done.stdout)
        else:
            file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "id": "partners"}))
        n8n.command("import:workflow", f"--input={file}")
        printed = n8n.command("execute", "--id=partners", "--rawOutput")
    data = json.loads(printed[printed.index("{") :])["data"]["resultData"]
    assert "error" not in data
    [answer] = [data["runData"][name] for name in data["runData"] if name.startswith("Answer")]
    assert 4 == len(answer[0]["data"]["main"][0])


def rendered(capture: Capture, calls: Any) -> Any:
    """The workflow of these calls."""
    return json.loads(pipeline.render(capture, pipeline.actions(capture, calls), target="n8n"))


def on_mock(n8n: N8n, name: str, flow: bool, methods: Container[str] = ()) -> Execution:
    """What n8n makes of a sample's calls on the mock, all of them switched on."""
    capture = pipeline.open_capture([SAMPLES / name])
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    calls = [each for each in calls if not methods or each.method in methods]
    steps = pipeline.flow(capture, calls) if flow else pipeline.actions(capture, calls)
    made = json.loads(pipeline.render(capture, steps, target="n8n"))
    with pipeline.mock(capture, key=SECRET) as (_, told):
        done = n8n.run(ready(n8n, made, told))
    assert ("success", "") == done[:2]
    held = [node for node in done.items if SECRET in json.dumps(done.items[node])]
    assert ["Odoo"] * ("odoo_api_key" in json.dumps(made)) == held, "a key goes through the items"
    return done


def answers(done: Execution) -> list[Any]:
    """How many items each action answered, or what."""
    found = [done.items[name] for name in done.items if name.startswith("Answer of")]
    return [len(each) if "result" not in each[0] else each[0]["result"] for each in found]


@pytest.mark.parametrize(
    "name, flow, expected",
    [
        ("synthetic-jsonrpc.har", False, [2, 137, True, 1]),  # n8n's own node, by /jsonrpc
        ("doors/synthetic-json2.har", False, [2, [137], True, True]),
        ("odoo19-chrome-create_and_confirm_sale_order.har", False, [9, [23], False]),
        ("odoo14-chrome-search_partner_by_name.har", False, [80, 4]),
        ("odoo19-chrome-quotation_for_new_contact.har", True, [144, 23, False]),
        ("odoo14-chrome-quotation_for_new_contact.har", True, [142, 21, False]),
    ],
)
def test_what_was_recorded_is_done(name: str, flow: bool, expected: Any, n8n: N8n) -> None:
    assert expected == answers(on_mock(n8n, name, flow))


def test_its_own_node_over_json_2(n8n: N8n) -> None:
    done = on_mock(n8n, "doors/synthetic-json2.har", False, ("search_read", "create", "write"))
    assert not [name for name in done.items if name == "Odoo"], "all is in the credential"
    assert [2, 137, True] == answers(done)


OWN, REQUEST = False, True
"""Whether the recorded user works in French: n8n's own node has no context, so that it takes HTTP Requests."""
WAYS = [(door, way) for door in VERSIONS for way in (OWN, REQUEST)]


def recorded_by(folder: Path, door: str, way: bool, *entries: Any, options: Any = ()) -> Any:
    """The workflow for these entries, through a door, by n8n's own node or HTTP Requests."""
    french = json.loads(json.dumps(entries).replace(*TO_FRENCH)) if way is REQUEST else entries
    made = json.loads(
        code(folder, "n8n", page(server_version=VERSIONS[door]), *french, options=options)
    )
    kinds = {node["type"].rpartition(".")[2] for node in made["nodes"]}
    assert ("httpRequest" if way is REQUEST else "odoo") in kinds
    return made


def told_of(url: str, door: str) -> dict[str, str]:
    return {
        "ODOO_URL": url,
        "ODOO_DB": DB,
        "ODOO_UID": str(UID),
        "ODOO_LOGIN": LOGIN,
        "ODOO_API_KEY": key(door),
    }


@pytest.mark.parametrize("options", [(), ("--no-inputs",)], ids=["inputs", "constants"])
@pytest.mark.parametrize("door, way", WAYS)
def test_hostile_texts_arrive(door: str, way: bool, options: Any, n8n: N8n, tmp_path: Path) -> None:
    values: dict[str, Any] = {f"x_{number}": text for number, text in enumerate(TEXTS)}
    values["x_all"] = [*TEXTS, {text: text for text in TEXTS}]
    made = recorded_by(
        tmp_path, door, way, call("x.y", "create", [values], result=7), options=options
    )
    odoo = StubOdoo(lambda asked: 7, key(door))
    with serve(odoo) as url:
        done = n8n.run(ready(n8n, made, told_of(url, door)))
    assert ("success", "") == done[:2]
    [asked] = odoo.asked
    sent = asked.kwargs["vals_list"] if door == "json2" else asked.args
    assert [values] == sent


@pytest.mark.parametrize("door, way", WAYS)
def test_hostile_texts_are_searched_for(door: str, way: bool, n8n: N8n, tmp_path: Path) -> None:
    domain = [[f"x_{number}", "ilike", text] for number, text in enumerate(TEXTS)]
    made = recorded_by(tmp_path, door, way, search(domain=domain))
    odoo = StubOdoo(lambda asked: [{"id": 7}], key(door))
    with serve(odoo) as url:
        assert [{"id": 7}] == last(n8n.run(ready(n8n, made, told_of(url, door))))
    [asked] = odoo.asked
    assert domain == (asked.kwargs["domain"] if door == "json2" else asked.args[0])


def last(done: Execution) -> Any:
    """What came out at the end of what must have worked."""
    assert ("success", "") == done[:2]
    return done.items[next(reversed(done.items))]


@pytest.mark.parametrize("door, way", WAYS)
def test_three_items_are_three_calls_and_a_refused_one_is_named(
    door: str, way: bool, n8n: N8n, tmp_path: Path
) -> None:
    texts = ["555", "556", "557"]
    made = recorded_by(tmp_path, door, way, search())
    made = fed(made, "Inputs of Search Partners by Phone", [{"row": text} for text in texts])
    made = filled_in(made, "Inputs of Search Partners by Phone", phone="={{ $json.row }}")
    refuses = False

    def answer(asked: Asked) -> Any:
        found = json.dumps(asked)
        if refuses and "556" in found:
            raise Refused("odoo.exceptions.UserError", "Not this one")
        return [{"id": int(text)} for text in texts if text in found] * 2

    odoo = StubOdoo(answer, key(door))
    with serve(odoo) as url:
        workflow = ready(n8n, made, told_of(url, door))
        ids = [record["id"] for record in last(n8n.run(workflow))]
        refuses = True
        done = n8n.run(workflow)
    assert [555, 555, 556, 556, 557, 557] == ids
    assert "error" == done.status
    if (door, way) == ("json2", OWN):  # n8n itself stops
        assert "Not this one" == done.description
    else:
        assert done.error.startswith("item 1: ") and "Not this one" in done.error


@pytest.mark.parametrize("door, way", WAYS)
def test_what_is_switched_off_fails(door: str, way: bool, n8n: N8n, tmp_path: Path) -> None:
    entry = call("res.partner", "write", ([7], {"name": "x"}))
    made = recorded_by(tmp_path, door, way, entry)
    odoo = StubOdoo(lambda asked: True, key(door))
    with serve(odoo) as url:
        on = ready(n8n, made, told_of(url, door))
        off = [
            {**node, "disabled": one.get("disabled", False)}
            for node, one in zip(on["nodes"], made["nodes"], strict=True)
        ]
        done = n8n.run({**on, "nodes": off})
        assert "error" == done.status and "activate 'Update Partner Name' first" in done.error
        assert [] == odoo.asked
        assert [{"result": True}] == last(n8n.run(on))


@pytest.mark.parametrize("door", VERSIONS)
def test_an_http_request_takes_the_key_to_no_other_server(
    door: str, n8n: N8n, tmp_path: Path
) -> None:
    arrived: list[str] = []

    def other(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        arrived.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b"{}"]

    with serve(other) as elsewhere:

        def moved(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            there = elsewhere.replace("127.0.0.1", "localhost") + environ["PATH_INFO"]
            start_response("307 Temporary Redirect", [("Location", there), ("Content-Length", "0")])
            return []

        made = recorded_by(tmp_path, door, REQUEST, search())
        with serve(moved) as url:
            done = n8n.run(ready(n8n, made, told_of(url, door)))
    assert ("error", []) == (done.status, arrived), done.error


@pytest.mark.parametrize("door", VERSIONS)
def test_a_flow_of_its_own_nodes_hands_on_what_it_made(door: str, n8n: N8n, tmp_path: Path) -> None:
    entries = [
        call("res.partner", "create", ({"name": "Ada"},), result=7),
        search("res.users", [["login", "=", "ann"]]),
        call("sale.order", "create", ({"partner_id": 7, "user_id": 7},), result=8),
        call("sale.order", "write", ([8], {"note": "x"})),
    ]
    made = recorded_by(tmp_path, door, OWN, *entries, options=("--flow",))

    def answer(asked: Asked) -> Any:
        if asked.method == "search_read":
            return [{"id": 70}]
        made = {"res.partner": 91, "sale.order": 92}[asked.model]
        return made if asked.method == "create" else True

    odoo = StubOdoo(answer, key(door))
    with serve(odoo) as url:
        assert [{"result": True}] == last(n8n.run(ready(n8n, made, told_of(url, door))))
    sent = [asked.kwargs if door == "json2" else asked.args for asked in odoo.asked]
    assert ["create", "search_read", "create", "write"] == [one.method for one in odoo.asked]
    assert [{"partner_id": 91, "user_id": 70}] == (
        sent[2]["vals_list"] if door == "json2" else sent[2]
    )
    assert [92] == (sent[3]["ids"] if door == "json2" else sent[3][0])
