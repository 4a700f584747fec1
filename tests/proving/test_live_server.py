"""Servers that are no Odoo, or want to keep us: what is read of them is bounded, and each is told in one sentence."""

from __future__ import annotations

import json
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from har_builder import page, run, search, written

from har2rpc.model import Har2rpcError
from har2rpc.proving import limited_process, live_server, probe
from har2rpc.proving.live_server import check_encryption, server_address
from har2rpc.proving.runner import RunResult, run_code

DEEP = b'{"jsonrpc": "2.0", "result": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


Behavior = Callable[[socket.socket, bytes], None]


def whole_request(client: socket.socket) -> bytes:
    """What a client sends; to one that is not answered before it has sent all of it."""
    request = b""
    while not (head := re.search(rb"(?is)content-length: (\d+).*?\r\n\r\n", request)) or (
        len(request) < head.end() + int(head[1])
    ):
        piece = client.recv(65536)
        if not piece:
            break
        request += piece
    return request


@contextmanager
def server(behave: Behavior) -> Iterator[str]:
    """A server on loopback that does this with each connection, after it has read the request."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)

        def answer(client: socket.socket) -> None:
            with client:
                try:
                    client.settimeout(60)
                    behave(client, whole_request(client))
                except OSError:  # who asked has gone
                    pass

        def accept() -> None:
            try:
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=answer, args=(client,), daemon=True).start()
            except OSError:
                pass

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def endless(client: socket.socket, request: bytes) -> None:
    client.sendall(OK + b'\r\n{"jsonrpc": "2.0", "id": 1, "result": ["')
    while True:
        client.sendall(b"x" * (1 << 20))


def drip(client: socket.socket, request: bytes) -> None:
    client.sendall(OK + b"\r\n")
    while True:
        time.sleep(0.05)
        client.sendall(b" ")


def drip_of_headers(client: socket.socket, request: bytes) -> None:
    client.sendall(OK)
    while True:
        time.sleep(0.05)
        client.sendall(b"X: x\r\n" if time.time() % 1 < 0.1 else b"")
        client.sendall(b"X")


def silent(client: socket.socket, request: bytes) -> None:
    time.sleep(30)


def whole(body: bytes, head: bytes = OK) -> Behavior:
    def answer(client: socket.socket, request: bytes) -> None:
        client.sendall(head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)

    return answer


def result(value: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "result": value}).encode()


def error(**data: Any) -> bytes:
    return json.dumps({"error": {"message": "Odoo Server Error", "data": data}}).encode()


UNUSABLE = {
    "endless": (endless, "its answer is larger than 1 MB"),
    "a drip": (drip, "no complete answer within 1 seconds"),
    "a drip of headers": (drip_of_headers, "no complete answer within 1 seconds"),
    "silence": (silent, "no complete answer within 1 seconds"),
    "deep JSON": (whole(DEEP), "not an Odoo response"),
    "a deep result": (
        whole(b'{"result": ' + b"[" * 900 + b"]" * 900 + b"}"),
        "not an Odoo response",
    ),
    "no JSON": (whole(b"\0\xff"), "not an Odoo response"),
    "a list": (whole(b"[]"), "not an Odoo response"),
    "a huge number": (whole(b"9" * 10_000), "not an Odoo response"),
    "a long version": (whole(result({"server_version": "1" * 100_000})), "not an Odoo response"),
    "a long error": (whole(error(name="x", message="y" * 500_000)), "but not with a version"),
    "an error without words": (whole(error(name=["x"], message={"a": 1})), "not with a version"),
    "no HTTP": (lambda client, request: client.sendall(b"\x16\x03\x01hello"), "no answer"),
    "a reset": (lambda client, request: client.close(), "no answer"),
    "a cut answer": (whole(b"{"), "not an Odoo response"),
    "a long reason": (whole(b"", b"HTTP/1.1 500 " + b"x" * 60_000 + b"\r\n"), "HTTP 500 xxx"),
    "a redirect": (
        whole(b"", b"HTTP/1.1 307 Go\r\nLocation: http://h.example/x\r\n"),
        "http://h.example",
    ),
    "a strange redirect": (
        whole(b"", b"HTTP/1.1 308 Go\r\nLocation: http://[x\r\n"),
        "another page",
    ),
    "a redirect without a place": (whole(b"", b"HTTP/1.1 300 Go\r\n"), "another page"),
    "a redirect to a file": (
        whole(b"", b"HTTP/1.1 302 Go\r\nLocation: file:///etc/x\r\n"),
        "file://",
    ),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_whoami_says_what_a_server_is_not(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    behave, words = UNUSABLE[what]
    monkeypatch.setenv("ODOO_API_KEY", "the-secret-key")
    monkeypatch.setattr(probe, "_SECONDS", 1.0 if "within 1" in words else 45.0)
    with server(behave) as url:
        begin = time.monotonic()
        told = run("whoami", "--url", url, "--db", "lab", "--login", "admin")
    assert (1, "") == (told.exit_code, told.stdout)
    assert 1 == told.stderr.count("\n") and words in told.stderr and len(told.stderr) < 600
    assert "the-secret-key" not in told.stderr
    assert time.monotonic() - begin < 20


def test_a_login_that_is_wrong_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(client: socket.socket, request: bytes) -> None:
        is_login = b'"login"' in request
        whole(result(False if is_login else {"server_version": "19.0"}))(client, request)

    monkeypatch.setenv("ODOO_API_KEY", "the-secret-key")
    with server(refuse) as url:
        told = run("whoami", "--url", url, "--db", "lab", "--login", "admin")
    assert (1, "") == (told.exit_code, told.stdout)
    assert f"{url}: database lab: admin was refused" in told.stderr
    assert (
        "was refused: wrong login, or wrong password or API key; with two-factor login only an API key works "
        "(Preferences > Security > New API Key)"
    ) in told.stderr


def test_a_refused_login_names_few_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODOO_API_KEY", "k")
    answers = {
        b'"version"': result({"server_version": "19.0"}),
        b'"list"': result([f"db{n}" + "x" * 100 for n in range(5000)]),
        b'"login"': error(name="OperationalError", message='database "lab" does not exist' * 9999),
    }

    def behave(client: socket.socket, request: bytes) -> None:
        whole(next(text for word, text in answers.items() if word in request))(client, request)

    with server(behave) as url:
        told = run("whoami", "--url", url, "--db", "lab", "--login", "admin")
    assert 1 == told.exit_code and "and 4990 more" in told.stderr and len(told.stderr) < 3000


@pytest.mark.parametrize(
    "url",
    [
        "http://my.odoo.com",
        "http://127.evil.example",
        "http://localhost.evil.example",
        "http://10.0.0.1",
    ],
)
def test_a_key_is_not_sent_in_the_clear(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODOO_API_KEY", "k")
    monkeypatch.setattr(live_server, "_opener", None)  # whoever asks fails here
    told = run("whoami", "--url", url, "--db", "lab", "--login", "admin")
    assert 1 == told.exit_code and "would be sent unencrypted" in told.stderr
    with pytest.raises(Har2rpcError):
        check_encryption(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:8069", "http://127.0.0.7", "http://[::1]", "https://x"]
)
def test_on_this_machine_it_may(url: str) -> None:
    check_encryption(url)


@pytest.mark.parametrize(
    "url", ["http://[", "https://", "ftp://x", "http://x:y", "http://x:99999", "//x", "", "\0"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(Har2rpcError):
        server_address(url)


LANGUAGES = [
    pytest.param(
        target, marks=pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not here")
    )
    for target, tool in (
        ("python", "python3"),
        ("curl", "jq"),
        ("javascript", "node"),
        ("php", "php"),
    )
]


@pytest.mark.parametrize("target", LANGUAGES)
def test_verify_reads_no_answer_without_end(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ODOO_API_KEY", "k")
    monkeypatch.setattr(limited_process, "MEMORY", 300 << 20)
    with server(endless) as url:
        told = run(
            "verify", "-t", target, "--json", "--url", url, written(tmp_path, page(), search())
        )
    (verdict,) = json.loads(told.stdout)
    assert (1, "refused") == (told.exit_code, verdict["status"])
    assert "its answer takes more than 1 GiB of memory" in verdict["why"]


@pytest.mark.parametrize("target", LANGUAGES)
def test_verify_waits_for_nobody_for_ever(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After two that had no answer in time the others are not run."""
    monkeypatch.setenv("ODOO_API_KEY", "k")
    monkeypatch.setattr(limited_process, "SECONDS", 1.5)
    searches = [search(domain=[["name", "=", str(n)]], model=f"res.{n}") for n in range(5)]
    with server(drip) as url:
        begin = time.monotonic()
        told = run(
            "verify", "-t", target, "--json", "--url", url, written(tmp_path, page(), *searches)
        )
        assert time.monotonic() - begin < 30
    verdicts = json.loads(told.stdout)
    assert ["refused"] * 2 + ["skipped"] * 3 == [each["status"] for each in verdicts]
    assert "no answer within 1.5 seconds" == verdicts[0]["why"]
    assert "not run: the server did not answer in time before" == verdicts[2]["why"]


@pytest.mark.parametrize("target", LANGUAGES)
def test_verify_of_deep_json_is_a_sentence(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ODOO_API_KEY", "k")
    for levels in (300, 900, 200_000):
        deep = b'{"jsonrpc": "2.0", "result": ' + b"[" * levels + b"]" * levels + b"}"
        with server(whole(deep)) as url:
            told = run(
                "verify", "-t", target, "--json", "--url", url, written(tmp_path, page(), search())
            )
        (verdict,) = json.loads(told.stdout)
        assert (1, "refused", "") == (told.exit_code, verdict["status"], told.stderr)
        assert "Traceback" not in verdict["why"] and len(verdict["why"]) < 2500


def test_what_code_prints_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "_LARGEST_OUTPUT", 1 << 20)
    for stream in ("stdout", "stderr"):
        code = f"import sys\nwhile True: sys.{stream}.write('x' * 1000)"
        assert "it printed more than 1 MiB" == run_code(code, "py", {}).refusal


def test_what_code_started_ends_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limited_process, "SECONDS", 0.5)
    alive = tmp_path / "alive"
    code = f"(sleep 2; touch '{alive}') &\nsleep 60"
    begin = time.monotonic()
    assert RunResult(None, "no answer within 0.5 seconds", True) == run_code(code, "sh", {})
    assert time.monotonic() - begin < 20
    time.sleep(2.5)
    assert not alive.exists()


def test_last_words_are_short() -> None:
    code = "raise SystemExit('x' * 1_000_000)"
    assert 2000 == len(run_code(code, "py", {}).refusal)
