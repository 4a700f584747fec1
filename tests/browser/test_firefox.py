"""The main path in Debian's Firefox, in both bodies: it is driven by Node, as Playwright cannot."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from har_builder import ROOT, product

from browser.bodies import SITE, Body, loopback_body
from browser.static_host import canary, serve_folder

SAMPLE = ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"
SCRIPT = Path(__file__).parent / "firefox.mjs"
# A worker that tries what the engine's must not.
REACH = """addEventListener("message", ({ data }) =>
  fetch(`${data}/worker`, { mode: "no-cors" }).then(() => postMessage("reached"), () => postMessage("blocked")));
"""


@pytest.fixture
def firefox() -> str:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    packages = os.environ.get("NODE_PACKAGES", "")
    if path is None or shutil.which("node") is None:
        pytest.skip("no Firefox or no Node.js is here: the page was not tried in Firefox")
    if not Path(packages, "node_modules", "puppeteer-core").is_dir() or not packages:
        pytest.skip("NODE_PACKAGES names no folder with puppeteer-core: Firefox was not tried")
    return path


def drive(
    firefox: str, body: Body, folder: Path, end_server: Callable[[], object] = lambda: None
) -> tuple[dict, list[str]]:
    """What the script saw, and who reached the second server. Before the page is loaded again the server may end."""
    with canary() as (url, hits):
        process = subprocess.Popen(
            ["node", str(SCRIPT), body.url, str(SAMPLE), url, firefox, str(folder / "sign")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOME": str(folder)},
        )
        assert process.stdout is not None
        try:
            if "waiting" in process.stdout.readline():
                end_server()
            (folder / "sign").touch()
            output, errors = process.communicate(timeout=120)
        finally:
            process.kill()
            process.wait()
    assert 0 == process.returncode and output, errors[-2000:]
    return json.loads(output.splitlines()[-1]), hits


def check(seen: dict, hits: list[str]) -> None:
    assert product("convert", "-n", "5", SAMPLE) == seen["code"]
    assert "2" == seen["uid"] and seen["colors"] > 0
    assert "Search Partners by Phone" in seen["boxes"]
    assert [] == hits and not seen["reached"] and [] == seen["errors"]


def test_the_main_path_on_loopback(firefox: str, tmp_path: Path) -> None:
    with loopback_body() as body:
        check(*drive(firefox, body, tmp_path))


def test_the_main_path_in_the_tab_whose_worker_reaches_nothing_and_again_without_a_server(
    firefox: str, tmp_path: Path
) -> None:
    if not (SITE / "index.html").is_file():
        pytest.skip("the site is not built (site/build): nothing was tried")
    folder = tmp_path / "dist"
    shutil.copytree(SITE, folder)
    add_file(folder, "reach.mjs", REACH)
    with ExitStack() as server:
        url = server.enter_context(serve_folder(folder, "/x/"))
        seen, hits = drive(firefox, Body("site", url), tmp_path, server.close)
    check(seen, hits)
    assert "blocked" == seen["worker"]
    assert seen["again"], "without its server the page did not come again"


def add_file(folder: Path, name: str, text: str) -> None:
    """A file more of the site: the service worker knows only those of its list."""
    (folder / name).write_text(text)
    worker = folder / "sw.js"
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    source = worker.read_text("utf-8")
    start = source.index("const FILES = {") + len("const FILES = {")
    worker.write_text(f'{source[:start]}"{name}": "{digest}",{source[start:]}', "utf-8")
