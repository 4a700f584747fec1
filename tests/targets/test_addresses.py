"""The key goes to one server, and there unreadable: redirects are errors, plain http stays on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from har_builder import TEMPLATES, page, targets

from har2rpc.model.values import walk
from har2rpc.rendering.descriptions import ONE_SERVER
from targets.calls import CASES
from targets.conftest import Stage
from targets.elsewhere import Elsewhere, elsewhere
from targets.running import ALL, able, code, run, stub, variables

PROGRAMS = {"py", "sh", "mjs", "php"}
NOT_LOOPBACK = (
    "http://odoo.example",
    "http://localhost.odoo.example",
    "http://127.0.0.1.odoo.example:8069",
    "http://127.0.0.1@odoo.example",
    "http://localhost:8069@odoo.example/",
    "http://127.0.0.1\\@odoo.example",
    "http://odoo.example/http://localhost",
    "http://[::1].odoo.example",
    "ftp://localhost",
    "localhost:8069",
)


@pytest.fixture
def other() -> Iterator[Elsewhere]:
    with elsewhere() as server:
        yield server


def test_every_program_is_tried() -> None:
    """Locust's scenario is in tests/generated/test_locust.py: it takes a process of its own."""
    stems = [path.name.removesuffix(".j2").rpartition(".") for path in TEMPLATES.glob("*.j2")]
    assert {name for name, _, suffix in stems if suffix in PROGRAMS} == {*ALL, "locust"}


@pytest.mark.parametrize("target", sorted(set(targets()) - {*ALL, "locust", "json"}))
def test_connectors_say_it(target: str, tmp_path: Path) -> None:
    button = CASES[3].entry  # so that n8n makes the requests itself
    # JSON is YAML, too
    text = yaml.safe_load(code(tmp_path, target, page(), CASES[0].entry, button))
    assert ONE_SERVER in "\n".join(map(str, walk(text)))


def test_n8n_says_that_its_own_node_follows_redirects(tmp_path: Path) -> None:
    text = code(tmp_path, "n8n", page(), CASES[0].entry)
    assert "n8n-nodes-base.odoo" in text and ONE_SERVER not in text
    assert "follows redirects and sends the key there" in text


def redirect(status: int, url: str) -> Callable[..., list[bytes]]:
    """A server that sends every request on to another one."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        place = url + environ["PATH_INFO"]
        start_response(f"{status} Elsewhere", [("Location", place), ("Content-Length", "0")])
        return [b""]

    return answer


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", able())
def test_no_redirect_is_followed(
    target: str, status: int, tmp_path: Path, stage: Stage, other: Elsewhere
) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = redirect(status, other.url)
    ran = run(text, target, variables(stage.url, target, ODOO_ALLOW_HTTP="1"))
    assert [] == other.received
    assert ran.status != 0 and ran.said


@pytest.mark.parametrize("target", able("odooly"))
def test_odooly_follows_none_with_the_standard_library_either(
    target: str, tmp_path: Path, stage: Stage, other: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    import odooly

    class Session(odooly.HTTPSession):
        def __init__(self) -> None:
            import urllib.request

            self._session = urllib.request.build_opener()

        def _request(self, url: str, method: str, data: Any, json: Any, headers: Any) -> Any:
            return self._session.open(url, data=b"{}")

        def _parse_error(self, error: Exception) -> tuple[int, int]:
            return (0, 0)

    monkeypatch.setattr(odooly, "HTTPSession", Session)
    text = code(tmp_path, target, page(), CASES[0].entry)
    for status in (302, 307):
        stage.app = redirect(status, other.url)
        assert f"HTTP Error {status}" in run(text, target, variables(stage.url, target)).said
    assert [] == other.received


@pytest.mark.parametrize("target", able())
def test_plain_http_leaves_this_machine_only_where_it_is_allowed(
    target: str, tmp_path: Path, other: Elsewhere
) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    ran = run(text, target, variables(other.url, target))
    assert ran.status != 0 and "ODOO_ALLOW_HTTP" in ran.said
    assert [] == other.received
    with suppress(AssertionError):  # it answers 404, for which not every target has a sentence
        run(text, target, variables(other.url, target, ODOO_ALLOW_HTTP="1"))
    assert other.received


@pytest.mark.parametrize("target", able())
def test_what_only_looks_like_this_machine_is_refused(target: str, tmp_path: Path) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    for url in NOT_LOOPBACK:
        ran = run(text, target, variables(url, target))
        assert ran.status != 0 and "ODOO_ALLOW_HTTP" in ran.said, url


@pytest.mark.parametrize("target", able())
def test_loopback_has_more_names_than_one(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    for url in (stage.url, stage.url.replace("127.0.0.1", "localhost"), f"{stage.url}/"):
        assert 0 == run(text, target, variables(url, target)).status, url
    assert 3 == len(odoo.asked)
