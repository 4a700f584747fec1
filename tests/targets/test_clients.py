"""What is special to one target: how it connects, what it refuses, what it says of its protocol."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import black
import pytest
from generated.recorded import SAMPLES, captures
from har_builder import call, page

from har2rpc import pipeline
from har2rpc.model import ConvertOptions, Har2rpcError
from targets.calls import CASES, HOSTILE
from targets.conftest import Stage
from targets.odoo_stub import Asked, Refused
from targets.running import JSON2, NEEDS, able, code, run, stub, variables


@pytest.mark.parametrize("target", able("odoolib", "odoolib-json2", "odoorpc"))
def test_a_path_that_the_library_cannot_reach(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    ran = run(text, target, variables(f"{stage.url}/odoo", target))
    assert (1, [], []) == (ran.status, odoo.asked, odoo.beside)
    assert "a host and a port, not to a path" in ran.said


@pytest.mark.parametrize("target", able(*NEEDS))
def test_https_is_spoken_where_it_is_asked_for(target: str, tmp_path: Path, stage: Stage) -> None:
    """The server speaks none: what fails is the handshake, and nothing arrives."""
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    with pytest.raises(AssertionError, match=r"(?i)ssl|tls|unexpected eof"):
        ran = run(text, target, variables(stage.url.replace("http:", "https:"), target))
        raise AssertionError(ran.said)  # a library's errors may have a sentence of ours
    assert [] == odoo.asked


@pytest.mark.parametrize("target", able("odoorpc"))
def test_the_captured_login_is_the_default(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, page(login="ann@example.com"), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    given = variables(stage.url, target)
    del given["ODOO_LOGIN"]
    # An empty variable is a set one: without it there is the captured login.
    assert 'LOGIN = os.environ.get("ODOO_LOGIN", "ann@example.com")' in text
    ran = run(text.replace('"ODOO_LOGIN"', '"ODOO_NOT_SET"'), target, given)
    assert (0, 1) == (ran.status, len(odoo.asked)), ran.said
    unknown = code(tmp_path, target, CASES[0].entry)
    assert "set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first" == run(unknown, target, given).said


@pytest.mark.parametrize("target", able("odoolib"))
def test_the_library_waits_five_seconds(target: str, tmp_path: Path, monkeypatch: Any) -> None:
    httpx = pytest.importorskip("httpx")

    def late(*args: Any, **kwargs: Any) -> None:
        raise httpx.ReadTimeout("timed out")

    monkeypatch.setattr("odoolib.tools.httpx.post", late)
    text = code(tmp_path, target, page(), CASES[0].entry)
    ran = run(text, target, variables("http://127.0.0.1:9", target))
    assert "no answer in 5 seconds" in ran.said


@pytest.mark.parametrize("target", able("odooly"))
@pytest.mark.parametrize("transport", ["requests", "urllib"])
def test_both_transports_of_odooly(
    target: str, transport: str, tmp_path: Path, stage: Stage, monkeypatch: Any
) -> None:
    """It chooses at import; with urllib where requests is not installed."""
    monkeypatch.delitem(sys.modules, "odooly", raising=False)
    if transport == "urllib":
        monkeypatch.setitem(sys.modules, "requests", None)
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    assert 0 == run(text, target, variables(stage.url, target)).status
    assert CASES[0].args == odoo.asked[0].args


@pytest.mark.parametrize("target", able("python-xmlrpc"))
class TestXmlRpc:
    """What XML-RPC cannot carry is said."""

    def test_a_none_inside_an_answer(self, target: str, tmp_path: Path, stage: Stage) -> None:
        text = code(tmp_path, target, page(), CASES[0].entry)
        stage.app = stub(target, [{"id": 7, "name": None}])
        ran = run(text, target, variables(stage.url, target))
        assert (1, True) == (ran.status, "XML-RPC cannot return the answer" in ran.said)

    def test_an_exception_of_several_lines(self, target: str, tmp_path: Path, stage: Stage) -> None:
        def refuse(asked: Asked) -> None:
            raise Refused("builtins.ValueError", "Invalid field\n  'x' on\nres.partner")

        text = code(tmp_path, target, page(), CASES[0].entry)
        stage.app = stub(target, refuse)
        ran = run(text, target, variables(stage.url, target))
        assert "builtins.ValueError: Invalid field\n  'x' on\nres.partner" == ran.said

    def test_a_large_number_that_is_no_limit(
        self, target: str, tmp_path: Path, stage: Stage
    ) -> None:
        entry = call("res.partner", "write", [[7], {"size": 2**40}])
        text = code(tmp_path, target, page(), entry, options=("--verbatim",))
        stage.app = odoo = stub(target, True)
        assert 0 == run(text, target, variables(stage.url, target), "--write").status
        assert [[7], {"size": float(2**40)}] == odoo.asked[0].args
        assert "any other number is sent as a float" in text


@pytest.mark.parametrize("target", able(*JSON2))
class TestJson2:
    """Named arguments, or a loud word."""

    @pytest.mark.parametrize("ids", [[], [False]])
    def test_no_ids_are_refused_before_they_are_sent(
        self, target: str, ids: list[Any], tmp_path: Path, stage: Stage
    ) -> None:
        entry = call("res.partner", "unlink", [ids])
        text = code(tmp_path, target, page(), entry, options=("--verbatim",))
        stage.app = odoo = stub(target, True)
        ran = run(text, target, variables(stage.url, target), "--write")
        assert (1, []) == (ran.status, odoo.asked)
        assert "res.partner.unlink: no ids" in ran.said

    def test_an_unknown_signature_keeps_its_values(
        self, target: str, tmp_path: Path, stage: Stage
    ) -> None:
        entry = call("x.thing", "frobnicate", [[7], HOSTILE], {"loud": True}, result=1)
        text = code(tmp_path, target, page(), entry, options=("--verbatim",))
        words = " ".join(line.strip(" #") for line in text.splitlines())
        assert "TODO: no signature of x.thing.frobnicate is known" in words
        stage.app = odoo = stub(target, 1)
        run(text, target, variables(stage.url, target), "--write")
        sent = {key: value for key, value in odoo.asked[0].kwargs.items() if key != "context"}
        assert {"TODO_1": [7], "TODO_2": HOSTILE, "loud": True} == sent

    def test_a_version_without_it_is_named(self, target: str, tmp_path: Path) -> None:
        told = "which has no JSON-2; Odoo 19 introduced it"
        assert told not in code(tmp_path, target, page(), CASES[0].entry)
        older = page(server_version="17.0")
        assert f"Captured from Odoo 17, {told}" in code(tmp_path, target, older, CASES[0].entry)

    def test_a_list_of_values_stays_one(self, target: str, tmp_path: Path, stage: Stage) -> None:
        values = [{"name": "a"}, {"name": "b"}]
        entry = call("res.partner", "create", [values], result=[7, 8])
        text = code(tmp_path, target, page(), entry, options=("--verbatim",))
        stage.app = odoo = stub(target, [7, 8])
        ran = run(text, target, variables(stage.url, target), "--write")
        assert (values, [7, 8]) == (odoo.asked[0].kwargs["vals_list"], ran.printed)

    def test_another_database(self, target: str, tmp_path: Path, stage: Stage) -> None:
        text = code(tmp_path, target, page(), CASES[0].entry)
        stage.app = odoo = stub(target, [])
        given = variables(stage.url, target, ODOO_DB="another")
        if target == "python-json2":
            with pytest.raises(AssertionError, match="404"):
                run(text, target, given)
        else:
            assert "404" in run(text, target, given).said
        assert [] == odoo.asked


@pytest.mark.parametrize("path", captures((SAMPLES,))[::9])  # some: black is slow
def test_black_leaves_calls_as_they_are(path: Path | None) -> None:
    """The two targets whose functions are not those of `python`."""
    assert path
    try:
        capture = pipeline.open_capture([path])
    except Har2rpcError:
        return
    for verbatim in (False, True) if capture.calls else ():
        steps = pipeline.actions(capture, capture.calls, ConvertOptions(verbatim=verbatim))
        for target in ("python-json2", "python-xmlrpc"):
            text = pipeline.render(capture, steps, target=target)
            assert text == black.format_str(text, mode=black.Mode()), target


@pytest.mark.parametrize("target", NEEDS)
@pytest.mark.parametrize("version", ["19.0", "17.0", None])
def test_black_leaves_files_as_they_are(target: str, version: str | None, tmp_path: Path) -> None:
    known = [page(server_version=version)] if version else []
    for entries in ([CASES[0].entry], [CASES[1].entry, CASES[2].entry]):
        text = code(tmp_path, target, *known, *entries)
        assert text == black.format_str(text, mode=black.Mode())
