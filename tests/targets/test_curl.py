"""The bash targets: inputs of every kind, the key out of sight, answers of every shape, a clean script."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from generated.recorded import SAMPLES, captures
from har_builder import call, page, views

from har2rpc import pipeline
from har2rpc.model import ConvertOptions, Har2rpcError
from har2rpc.rendering.shell import literals
from targets.calls import CASES, HOSTILE
from targets.conftest import Stage
from targets.odoo_stub import PLAIN_KEY
from targets.running import BASH, able, code, run, stub, variables

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
CONTROLS = "".join(map(chr, range(1, 32))) + "\x7f"


def searching(folder: Path, target: str) -> str:
    """A script with one function, search_partners_by_name --name [--limit] [--offset]."""
    return code(folder, target, page(), CASES[0].entry)


def writing(folder: Path, values: dict[str, Any]) -> str:
    """A script that creates a partner from values of many types."""
    made = call("res.partner", "create", [values], result=7)
    return code(folder, "curl", page(), made, options=("--keep-all",))


@pytest.mark.parametrize("text", [HOSTILE, CONTROLS, "", "-n", "\\", "é" * 50_000, "&\\&/"])
def test_every_text_is_sent_as_it_is(text: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("curl", [])
    given = variables(stage.url, "curl", TOLD=text)
    ran = run(
        searching(tmp_path, "curl"), "curl", given, then='search_partners_by_name --name "$TOLD"'
    )
    assert 0 == ran.status, ran.said
    assert [[["name", "ilike", text]]] == odoo.asked[0].args


@pytest.mark.parametrize(
    "text", [HOSTILE, CONTROLS, "", "-n", "x\n", "'", "\\'", "\u202e$x", "a" * 9]
)
def test_a_word_is_what_it_says(text: str) -> None:
    for locale in ("C", "C.UTF-8"):
        done = subprocess.run(
            ["bash", "-c", f"set -u; printf '%s' {literals.literal(text)}"],
            env={"PATH": os.environ["PATH"], "LC_ALL": locale},
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert text == done.stdout.decode("utf-8")


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_bash_cannot_hold_is_given_as_json(text: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("curl", 7)
    ran = run(writing(tmp_path, {"name": text}), "curl", variables(stage.url, "curl"), "--write")
    assert (0, {"name": text}) == (ran.status, odoo.asked[0].args[0]), ran.said


@pytest.mark.parametrize("target", able(*BASH))
def test_where_bash_would_end_a_word_there_is_none(target: str, tmp_path: Path) -> None:
    read = call("res.partner", "read", ([7],))
    read["request"]["url"] = "https://a\0b.example/web/dataset/call_kw"
    text = code(tmp_path, target, page(db="lab\0x"), read)
    given = variables("", target)
    assert "set ODOO_URL first" in run(text, target, given).said
    given |= {"ODOO_URL": "https://odoo.example", "ODOO_DB": ""}
    assert "set ODOO_DB" in run(text, target, given).said
    with pytest.raises(Har2rpcError, match="bash cannot hold the NUL"):
        literals.literal("a\0b")


def test_a_label_with_a_nul_is_a_label(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("curl", True)
    label = views("res.partner", {"phone": {"type": "char", "string": "Pho\0ne\x1b[2K"}})
    write = call("res.partner", "write", ([7], {"phone": "1"}))
    text = code(tmp_path, "curl", page(), label, write)
    assert 0 == run(text, "curl", variables(stage.url, "curl"), "--write").status
    assert [[7], {"phone": "1"}] == odoo.asked[0].args


@pytest.mark.parametrize("target", able(*BASH))
def test_the_one_id_of_a_list(target: str, tmp_path: Path, stage: Stage) -> None:
    copied = call("res.partner", "copy", [[7]], result=[8])
    archived = call("res.partner", "action_archive", [[8]], route="/web/dataset/call_button")
    text = code(tmp_path, target, page(), copied, archived)
    stage.app = odoo = stub(target, lambda asked: [9] if asked.method == "copy" else None)
    ran = run(text, target, variables(stage.url, target), "--write")
    assert 0 == ran.status, ran.said
    sent = odoo.asked[1]
    assert [9] == (sent.kwargs["ids"] if target == "curl-json2" else sent.args[0])


def test_it_runs_nothing_that_was_captured(tmp_path: Path, stage: Stage) -> None:
    evil = f"'$(touch {tmp_path}/ran)`touch {tmp_path}/ran`';touch {tmp_path}/ran #"
    entry = call("res.partner", "frobnicate", [[7], evil], {evil: evil}, result=evil)
    text = code(tmp_path, "curl", page(db=evil, login=evil), entry, options=("--verbatim",))
    stage.app = odoo = stub("curl", evil)
    ran = run(text, "curl", variables(stage.url, "curl"), "--write")
    assert (0, evil) == (ran.status, ran.printed), ran.said
    sent = (*odoo.asked[0][2:4], odoo.asked[0].kwargs[evil])
    assert ("frobnicate", [[7], evil], evil) == sent
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("target", able(*BASH))
def test_nobody_sees_the_key(target: str, tmp_path: Path, stage: Stage) -> None:
    spy = tmp_path / "curl"
    spy.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >>{tmp_path}/seen\nexec {shutil.which("curl")} "$@"\n'
    )
    spy.chmod(spy.stat().st_mode | stat.S_IXUSR)
    stage.app = stub(target, [])
    given = variables(stage.url, target, PATH=f"{tmp_path}:{os.environ['PATH']}")
    ran = run(searching(tmp_path, target), target, given)
    assert 0 == ran.status, ran.said
    seen = (tmp_path / "seen").read_text("utf-8")
    assert stage.url in seen
    assert given["ODOO_API_KEY"] not in seen
    assert "ilike" not in seen


@pytest.mark.parametrize(
    "options, said",
    [
        ("", "search_partners_by_name: --name is missing"),
        ("--name", "search_partners_by_name: --name needs a value"),
        ("--name x --color 3", "search_partners_by_name: --color: no such option"),
        ("--name x --limit many", "many: not a number"),
        ("--name x --limit 08", "08: not a number"),
        ("--name x --limit '1, 2'", "1, 2: not a number"),
        ("--name x --limit '1]], [1'", "1]], [1: not a number"),
    ],
)
def test_wrong_options_are_refused(options: str, said: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("curl", [])
    text = searching(tmp_path, "curl")
    for then in (f"search_partners_by_name {options}", f"x=$(search_partners_by_name {options})"):
        # The second time as in a condition, where `set -e` means nothing.
        for line in (then, f"if {then}; then echo true; else exit 1; fi"):
            ran = run(text, "curl", variables(stage.url, "curl"), then=line)
            assert (1, said) == (ran.status, ran.said)
    assert [] == odoo.asked


def test_each_type_of_input(tmp_path: Path, stage: Stage) -> None:
    values = {
        "name": "x",
        "color": 3,
        "is_company": True,
        "partner_latitude": 1.5,
        "category_id": [[6, 0, [4, 5]]],
    }
    text = writing(tmp_path, values)
    stage.app = odoo = stub("curl", 7)
    given = variables(stage.url, "curl")
    assert 7 == run(text, "curl", given, "--write").printed
    then = (
        "create_partner --name false --color 0 --is_company false --partner_latitude 2e3"
        " --category_ids '[ 7, 8 ]'"
    )
    ran = run(text, "curl", given, then=then)
    assert 0 == ran.status, ran.said
    told = {"name": "false", "color": 0, "is_company": False, "partner_latitude": 2e3}
    told["category_id"] = [[6, 0, [7, 8]]]
    assert json.dumps([values, told]) == json.dumps([asked.args[0] for asked in odoo.asked])
    for wrong in (
        "--is_company yes",
        "--category_ids 7",
        "--category_ids '[7], [8]'",
        "--color ''",
    ):
        ran = run(text, "curl", given, then=f"create_partner --name x {wrong}")
        assert (1, 2) == (ran.status, len(odoo.asked)), wrong


@pytest.mark.parametrize("target", able(*BASH))
@pytest.mark.parametrize(
    "answer",
    [None, False, 0, "", "}", '"}]', [], {}, {"error": "x", "result": 1}, [[{"a": "\n}"}]]],
)
def test_answers_of_every_shape(target: str, answer: Any, tmp_path: Path, stage: Stage) -> None:
    stage.app = stub(target, answer)
    ran = run(searching(tmp_path, target), target, variables(stage.url, target))
    assert (0, json.dumps(answer)) == (ran.status, json.dumps(ran.printed)), ran.said


def test_a_large_answer(tmp_path: Path, stage: Stage) -> None:
    answer = [{"id": n, "image": "é" * 20_000} for n in range(50)]
    stage.app = stub("curl", answer)
    ran = run(searching(tmp_path, "curl"), "curl", variables(stage.url, "curl"))
    assert answer == ran.printed


@pytest.mark.parametrize("target", able(*BASH))
def test_what_is_no_odoo(target: str, tmp_path: Path, stage: Stage) -> None:
    text = searching(tmp_path, target)
    stage.app = stub(target, [])
    ran = run(text, target, variables(f"{stage.url}/elsewhere", target))
    assert 1 == ran.status
    assert "HTTP 404" in ran.said
    ran = run(text, target, variables("http://127.0.0.1:9", target))
    assert ran.status
    assert "curl: (7)" in ran.said


def test_a_key_that_would_be_two_lines_is_refused(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("curl-json2", [])
    given = variables(stage.url, "curl-json2", ODOO_API_KEY=f'{PLAIN_KEY}"\nurl = "x')
    ran = run(searching(tmp_path, "curl-json2"), "curl-json2", given)
    assert (1, []) == (ran.status, odoo.asked)


def test_names_of_bash_are_left_alone(tmp_path: Path, stage: Stage) -> None:
    text = writing(tmp_path, {"UID": "1", "IFS": "a", "PATH": "/nowhere", "BASH_ENV": "x"})
    stage.app = odoo = stub("curl", 7)
    ran = run(text, "curl", variables(stage.url, "curl"), "--write")
    assert (0, 7) == (ran.status, ran.printed), ran.said
    assert {"UID": "1", "IFS": "a", "PATH": "/nowhere", "BASH_ENV": "x"} == odoo.asked[0].args[0]


def test_functions_do_not_take_commands_away(tmp_path: Path, stage: Stage) -> None:
    entries = [
        call(f"x.{name}", name, [[1]], result=1) for name in ("curl", "printf", "die", "local")
    ]
    text = code(tmp_path, "curl", page(), *entries, options=("--all",))
    stage.app = odoo = stub("curl", 1)
    ran = run(text, "curl", variables(stage.url, "curl"), "--write")
    assert 0 == ran.status, ran.said
    assert ["curl", "printf", "die", "local"] == [asked.method for asked in odoo.asked]


@pytest.mark.slow
@pytest.mark.parametrize("path", captures((SAMPLES,)))
def test_scripts_of_captures_are_clean(path: Path | None, tmp_path: Path) -> None:
    """Everything that a capture becomes, as shellcheck sees it: the same text on every Python, so one look is enough."""
    assert path
    try:
        capture, scripts = pipeline.open_capture([path]), []
    except Har2rpcError:
        return
    for verbatim in (False, True) if capture.calls else ():
        steps = pipeline.actions(capture, capture.calls, ConvertOptions(verbatim=verbatim))
        for target in BASH:
            scripts.append(tmp_path / f"{target}-{verbatim}.sh")
            scripts[-1].write_text(pipeline.render(capture, steps, target=target), "utf-8")
    if scripts:
        shellcheck = Path(sys.executable).with_name("shellcheck")  # of the extra `test`
        done = subprocess.run([shellcheck, *scripts], capture_output=True, text=True, check=False)
        assert 0 == done.returncode, done.stdout[:3000]


def test_bodies_are_json_whatever_the_values(tmp_path: Path, stage: Stage) -> None:
    nested: Any = {"a": [1, 2.5, None, True, HOSTILE, {HOSTILE: CONTROLS}], "b": {}, "c": []}
    for _ in range(60):
        nested = [nested]
    entry = call("res.partner", "frobnicate", [[7], nested], {"more": nested}, result=1)
    stage.app = stub("curl", lambda asked: asked.args[1])
    text = code(tmp_path, "curl", page(), entry, options=("--verbatim",))
    ran = run(text, "curl", variables(stage.url, "curl"), "--write")
    assert (0, nested) == (ran.status, ran.printed), ran.said
