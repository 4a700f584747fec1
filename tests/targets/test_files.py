"""An image or a file is asked for: base64 in a function, the path of a file in a script; never what was recorded."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, converted, page, views

from targets.conftest import Stage
from targets.running import able, code, run, stub, variables
from targets.test_flows import answer, values

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100
RECORDED = base64.b64encode(PNG).decode()
OWN = b"another picture\n"
DESCRIBED = views("res.partner", {"image_1920": {"type": "binary", "string": "Image"}})


def saved(**more: Any) -> dict[str, Any]:
    form = {"name": "Ada", "phone": False, "image_1920": RECORDED, **more}
    return call("res.partner", "web_save", ([], form), result=[{"id": 7}])


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize("options", [(), ("--flow",)], ids=["actions", "flow"])
def test_a_script_sends_the_file_that_an_option_names(
    target: str, options: tuple[str, ...], tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    update = call("res.partner", "write", ([7], {"image_1920": RECORDED}))
    text = code(tmp_path, target, page(), DESCRIBED, saved(), update, options=options)
    assert RECORDED[:60] not in text
    path = tmp_path / "photo of me.png"
    path.write_bytes(OWN)
    names = ["image", "new_image"] if options else ["image"]
    chosen = [word for name in names if f"--{name}" in text for word in (f"--{name}", str(path))]
    chosen += [word for word in ("--image_2", str(path)) if "--image_2" in text]
    ran = run(text, target, variables(stage.url, target), "--write", *chosen)
    assert 0 == ran.status, ran.said
    sent = [values(asked)["image_1920"] for asked in odoo.asked]
    assert [base64.b64encode(OWN).decode()] * 2 == sent


@pytest.mark.parametrize("target", able())
def test_a_script_without_its_file_sends_nothing(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, page(), DESCRIBED, saved())
    ran = run(text, target, variables(stage.url, target), "--write")
    assert ran.status != 0 and "--image FILE" in ran.said and "Traceback" not in ran.said
    assert [] == odoo.asked


TARGETS = ["postman", "bruno", "parts", "n8n", "locoia", "mcp", "json", "locust", "openapi"]


@pytest.mark.parametrize("target", TARGETS)
def test_no_target_holds_the_recorded_file(target: str, tmp_path: Path) -> None:
    attachment = {"name": "a.png", "datas": RECORDED, "res_model": "res.partner", "res_id": 7}
    line = [[0, "virtual_1", {"name": "Bob", "image_1920": RECORDED}]]
    entries = [
        page(),
        DESCRIBED,
        saved(child_ids=line),
        call("res.partner", "write", ([7], {"image_1920": RECORDED})),
        call("ir.attachment", "create", (attachment,), result=9),
        call("ir.attachment", "create", ([attachment],), result=[9]),
    ]
    for options in [(), ("--no-inputs",)]:
        text = converted(tmp_path, *entries, options=("-t", target, *options))
        assert RECORDED[:60] not in text


def test_a_file_is_required_wherever_it_stands(tmp_path: Path) -> None:
    line = [[0, "virtual_1", {"name": "Bob", "image_1920": RECORDED}]]
    update = {"phone": "1", "image_1920": RECORDED}
    entries = [
        page(),
        DESCRIBED,
        saved(child_ids=line),
        call("res.partner", "write", ([7], update)),
    ]
    create, write = json.loads(converted(tmp_path, *entries, options=("-t", "json")))["actions"]
    image, of_line = [made for made in create["inputs"] if made["type"] == "binary"]
    for made in (image, of_line, write["inputs"][-1]):
        assert (True, "base64", None, None) == (
            made["required"],
            made["file"],
            made["default"],
            made["example"],
        )
        assert "25608 bytes" in made["help"]
    assert {"$input": of_line["name"]} == create["args"][0]["child_ids"][0][2]["image_1920"]


def test_an_image_that_is_taken_out_is_no_file(tmp_path: Path) -> None:
    update = call("res.partner", "write", ([7], {"image_1920": False}))
    (write,) = json.loads(converted(tmp_path, page(), DESCRIBED, update, options=("-t", "json")))[
        "actions"
    ]
    assert "" == write["inputs"][-1]["file"]


def test_a_long_text_is_asked_for_as_a_file_of_text(tmp_path: Path) -> None:
    text = "<p>" + "long " * 5000 + "</p>"
    update = call("res.partner", "write", ([7], {"comment": text}))
    code_ = converted(tmp_path, page(), update)
    assert 'from_file("--comment", is_text=True)' in code_ and "long long" not in code_
