"""Who may ask the mock: a program on this machine that has the key of this start, and no page of a browser."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, page, run, search, written

from har2rpc import mock, open_capture
from har2rpc.model import Har2rpcError
from har2rpc.proving.mock.gate import host_name

VERSION = json.dumps({"params": {"service": "common", "method": "version", "args": []}}).encode()


@pytest.fixture
def capture(tmp_path: Path) -> Any:
    return open_capture([written(tmp_path, page(), search())])


def status(url: str, headers: Mapping[str, str]) -> int:
    request = urllib.request.Request(
        f"{url}/jsonrpc", VERSION, {"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


LOCAL = ["127.0.0.1", "127.0.0.1:8069", "localhost", "LOCALHOST:1", "localhost.", "[::1]:8069"]
FOREIGN = [
    "evil.example",
    "evil.example:8069",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "evil.example#127.0.0.1",
    "odoo",
    "127.0.0.2",
    "",
    "[::2]",
    "localhost, evil.example",
]


@pytest.mark.parametrize("host", LOCAL)
def test_this_machine_is_let_in(host: str, capture: Any) -> None:
    with mock(capture) as (_, variables):
        url = variables["ODOO_URL"]
        assert 200 == status(url, {"Host": host})
        assert 200 == status(url, {"Origin": f"http://{host}"})


@pytest.mark.parametrize("host", FOREIGN)
def test_a_name_of_somebody_else_is_not(host: str, capture: Any) -> None:
    """A page whose own name points to loopback (DNS rebinding), and a page that posts to loopback."""
    with mock(capture) as (odoo, variables):
        url = variables["ODOO_URL"]
        assert 403 == status(url, {"Host": host})
        assert 403 == status(url, {"Origin": f"https://{host}"})
        assert [] == odoo.received


@pytest.mark.parametrize("origin", ["null", "", "file://", "chrome-extension://abc", "localhost"])
def test_an_origin_without_a_name_is_not(origin: str, capture: Any) -> None:
    with mock(capture) as (_, variables):
        assert 403 == status(variables["ODOO_URL"], {"Origin": origin})


def test_names_that_are_given_are_let_in_and_no_others(capture: Any) -> None:
    with mock(capture, hosts=["odoo", "Host.Docker.Internal:8069"]) as (_, variables):
        url = variables["ODOO_URL"]
        for host in ("odoo:8069", "host.docker.internal", "127.0.0.1"):
            assert 200 == status(url, {"Host": host})
        assert 403 == status(url, {"Host": "odoo.evil.example"})


@pytest.mark.parametrize("name", ["", "*", "a b", "http://odoo", "a/b", "ö", "[", "a@b"])
def test_a_host_that_is_no_name_is_refused(name: str, capture: Any) -> None:
    with (
        pytest.raises(Har2rpcError, match="is not the name of a host"),
        mock(capture, hosts=[name]),
    ):
        pass


@pytest.mark.parametrize(
    "text, name",
    [("odoo", "odoo"), ("ODOO:80", "odoo"), ("a-b.c_d", "a-b.c_d"), ("[::1]:80", "[::1]")],
)
def test_names_are_compared_without_port_and_case(text: str, name: str) -> None:
    assert name == host_name(text)


def test_the_key_is_another_one_at_each_start(capture: Any) -> None:
    keys = set()
    for _ in range(3):
        with mock(capture) as (_, variables):
            keys.add(variables["ODOO_API_KEY"])
    assert 3 == len(keys) and all(len(key) == 40 for key in keys)


def test_only_the_key_of_this_start_opens(capture: Any) -> None:
    def login(url: str, key: object) -> Any:
        params = {"service": "common", "method": "login", "args": ["lab", "admin", key]}
        request = urllib.request.Request(
            f"{url}/jsonrpc",
            json.dumps({"params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["result"]

    with mock(capture) as (_, variables):
        key, url = variables["ODOO_API_KEY"], variables["ODOO_URL"]
        assert 2 == login(url, key)
        for wrong in ("", key[:-1], key + "x", None, 0, True, [key], {"a": key}, "\ud83d", "ü"):
            assert False is login(url, wrong), wrong
    with mock(capture, key="mine") as (_, variables):
        assert "mine" == variables["ODOO_API_KEY"]
        assert False is login(variables["ODOO_URL"], key)


def test_an_empty_key_is_a_wrong_use(tmp_path: Path) -> None:
    result = run("mock", "--key", "", written(tmp_path, search()))
    assert 2 == result.exit_code and "an empty key would let everybody in" in result.stderr


def test_the_command_takes_key_and_hosts_and_tells_who_was_refused(tmp_path: Path) -> None:
    command = ["mock", "--key", "mine", "--host", "odoo", written(tmp_path, page(), search())]
    with subprocess.Popen(
        [sys.executable, "-m", "har2rpc", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONUNBUFFERED": "1", "PATH": ""},
    ) as process:
        assert process.stdout and process.stderr
        lines = [process.stdout.readline() for _ in range(5)]
        url = lines[0].rpartition("=")[2].strip()
        assert "export ODOO_API_KEY=mine\n" == lines[-1]
        assert "serving; Ctrl-C ends it\n" == process.stderr.readline()
        assert 200 == status(url, {"Host": "odoo:80"}) and 403 == status(url, {"Host": "evil"})
        told = [process.stderr.readline() for _ in range(2)]
        process.terminate()
    assert "POST /jsonrpc  ok\n" == told[0]
    assert (
        "POST /jsonrpc  403 FORBIDDEN: the host 'evil' is not known here; see --host\n" == told[1]
    )
