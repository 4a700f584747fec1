"""`--fields`: what reads and searches return, and what is said of a field that nobody has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, run, search, views, written

from har2rpc import Har2rpcError, pipeline
from har2rpc.model import ConvertOptions, Result

from .actions_of import actions, capture_of

PARTNER = views("res.partner", {name: {"type": "char"} for name in ("name", "phone", "mobile")})
CHOSEN = ("id", "name", "mobile")
READS = {
    "web_search_read": search(),
    "web_search_read of 14": call(
        "res.partner", "web_search_read", (), {"domain": [], "fields": ["phone"], "limit": 80}
    ),
    "web_read": call("res.partner", "web_read", ([7],), {"specification": {"phone": {}}}),
    "web_read by position": call("res.partner", "web_read", ([7], {"phone": {}})),
    "search_read": call("res.partner", "search_read", ([], ["phone"]), {"limit": 3}),
    "search_read of all": call("res.partner", "search_read", ([],)),
    "read": call("res.partner", "read", ([7], ["phone"])),
    "read by name": call("res.partner", "read", ([7],), {"fields": ["phone"]}),
    "read of all": call("res.partner", "read", ([7],)),
}


def fields_of(action: Any) -> Any:
    return action.kwargs["fields"]


@pytest.mark.parametrize("name", READS)
def test_a_read_returns_what_was_chosen(name: str) -> None:
    action = actions(PARTNER, READS[name], fields=CHOSEN)[-1]
    assert action.method in ("read", "search_read")
    assert list(CHOSEN) == fields_of(action)
    assert action.calls[0].kwargs == actions(PARTNER, READS[name])[-1].calls[0].kwargs


def test_without_it_a_read_returns_what_the_screen_showed() -> None:
    assert ["name", "phone"] == fields_of(actions(PARTNER, search())[-1])


def test_the_notes_tell_of_the_chosen_fields_alone() -> None:
    nested = {"phone": {}, "country_id": {"fields": {"code": {}}}}
    entry = search(specification=nested)
    assert "many2one comes as" in " ".join(actions(entry)[-1].notes)
    assert "many2one" not in " ".join(actions(entry, fields=CHOSEN)[-1].notes)


def test_an_image_that_is_chosen_is_read() -> None:
    context = {"context": {"bin_size": True}}
    entry = search(specification={"avatar_128": {}}, **context)
    assert "avatar_128" not in fields_of(actions(entry)[-1])
    assert ["avatar_128"] == fields_of(actions(entry, fields=("avatar_128",))[-1])


@pytest.mark.parametrize("name, said", [
    ("phon", "res.partner has no field 'phon'; did you mean phone?"),
    ("qqqq", "res.partner has no field 'qqqq'"),
])  # fmt: skip
def test_a_field_that_the_model_does_not_have_is_an_error(name: str, said: str) -> None:
    with pytest.raises(Har2rpcError, match=re.escape(said)):
        actions(PARTNER, search(), fields=("id", name))


def test_where_the_capture_does_not_know_the_model_any_field_goes() -> None:
    assert ["qqqq"] == fields_of(actions(search(), fields=("qqqq",))[-1])


def test_of_two_models_the_one_that_has_the_fields_returns_them() -> None:
    lead = views("crm.lead", {"stage_id": {"type": "many2one"}})
    of_lead = call("crm.lead", "web_search_read", (), {"specification": {"stage_id": {}}})
    partner, other = actions(PARTNER, lead, search(), of_lead, fields=("mobile",))[-2:]
    assert (["mobile"], ["stage_id"]) == (fields_of(partner), fields_of(other))


def test_a_capture_without_a_read_says_so() -> None:
    with pytest.raises(Har2rpcError, match="none of these calls reads"):
        actions(call("res.partner", "unlink", ([7],)), fields=("name",))


def test_a_link_of_a_flow_still_finds_its_record() -> None:
    entries = [search(), call("res.partner", "write", ([7], {"name": "x"}))]
    capture = capture_of(*entries)
    flow = pipeline.flow(capture, options=ConvertOptions(fields=("name",)))
    found, write = flow.steps
    assert ["name"] == fields_of(found.action)
    assert Result(found.result, "only", field="id") in write.values.values()


def test_the_command_line_takes_it(tmp_path: Path) -> None:
    file = written(tmp_path, page(), PARTNER, search())
    made = run("convert", "--fields", "id, name,id", file)
    assert '"fields": ["id", "name"]' in made.stdout
    assert 2 == run("convert", "--fields", "id;name", file).exit_code
    assert 2 == run("convert", "--fields", "id", "--verbatim", file).exit_code
    assert 1 == run("convert", "--fields", "phon", file).exit_code
