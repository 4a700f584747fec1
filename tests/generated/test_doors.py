"""What browsers copy becomes code that sends what was copied: every door of samples/doors is run.

What was copied is known without har2rpc: the Payload tab's "view source" is the body as it was sent, plain JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generated.goldens import Golden, door_goldens
from generated.recorded import SAMPLES, as_sent, same
from generated.running import AnsweringOdoo, Stage, converted, environment, run

SOURCE = SAMPLES / "doors" / "odoo19-chrome-payload_view_source.txt"
ROW = {"id": 7, "complete_name": "O'Hara"}

each_door = pytest.mark.parametrize("golden", door_goldens())


def copied(door: Path) -> dict[str, Any]:
    """The call that was copied, as it must arrive. Chrome gives cmd a space for each letter beyond ASCII."""
    text = SOURCE.read_text(encoding="utf-8")
    if "chrome" in door.stem and door.stem.endswith("_cmd"):
        units = [" " * (len(letter.encode("utf-16-le")) // 2) for letter in text]
        text = "".join(a if a.isascii() else blank for a, blank in zip(text, units, strict=True))
    params = json.loads(text)["params"]
    context = {key: value for key, value in params["kwargs"]["context"].items() if key != "uid"}
    return as_sent(params["model"], params["method"], params["args"], params["kwargs"], context)


def arrived(code: str, stage: Stage) -> dict[str, Any]:
    """The last call that a script makes: where all requests were copied, others come before it."""
    stage.app = AnsweringOdoo(lambda call: [ROW] if call["method"] == "search_read" else {})
    run(code, environment(stage.url, 2))
    return stage.app.received[-1]


@each_door
def test_verbatim_it_sends_what_was_copied(golden: Golden, stage: Stage) -> None:
    code = converted(golden.sample, "--verbatim", "--model", "res.partner")
    assert same(copied(golden.sample), arrived(code, stage))


@each_door
def test_a_twin_with_one_argument_changed_is_told(
    golden: Golden, stage: Stage, tmp_path: Path
) -> None:
    text = golden.sample.read_text(encoding="utf-8")
    twin = tmp_path / golden.sample.name
    twin.write_text(text.replace("10001", "10002"), encoding="utf-8")
    code = converted(twin, "--verbatim", "--model", "res.partner")
    assert not same(copied(golden.sample), arrived(code, stage))


@each_door
def test_translated_it_searches_for_the_same(golden: Golden, stage: Stage) -> None:
    sent, wanted = arrived(golden.text, stage), copied(golden.sample)["kwargs"]
    assert "search_read" == sent["method"]
    named = dict(zip(("domain", "fields", "offset", "limit", "order"), sent["args"], strict=False))
    named.update(sent["kwargs"])
    assert same(
        [wanted["domain"], wanted["limit"], wanted["offset"]],
        [named["domain"], named["limit"], named.get("offset", 0)],
    )
    assert set(named["fields"]) <= set(wanted["specification"])


@each_door
def test_no_header_and_no_cookie_comes_along(golden: Golden) -> None:
    assert not [word for word in ("session_id", "Mozilla", "Cookie") if word in golden.text]
