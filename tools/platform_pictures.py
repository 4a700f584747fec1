"""Pictures of platforms with what har2rpc generates of samples, for docs/: docs/platforms/*.png.

    npm install --prefix /tmp/platforms swagger-ui-dist@5 @modelcontextprotocol/inspector@0
    NODE_PACKAGES=/tmp/platforms python tools/platform_pictures.py [NAME…]

Needs Chromium, Node.js and the extras test, load and mcp. Nothing here asks another server: the browser gets Swagger UI from
its npm package; Locust and MCP Inspector run on loopback against the mock.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright

from har2rpc import actions, flow, mock, open_capture, render, select

ROOT = Path(__file__).resolve().parent.parent
PARTNER = ROOT / "samples" / "odoo19-chrome-create_partner.har"
QUOTATION = ROOT / "samples" / "odoo19-chrome-quotation_for_new_contact.har"
FOLDER = ROOT / "docs" / "platforms"
SWAGGER_URL = "http://swagger.example/"
SWAGGER_PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="swagger-ui.css">
<div id="ui"></div><script src="swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({url: "contacts.openapi.json", dom_id: "#ui", docExpansion: "full",
defaultModelsExpandDepth: -1})</script>"""
LOCUST_PORT = 18089
INSPECTOR_PORTS = {"CLIENT_PORT": "18274", "SERVER_PORT": "18277"}


def main() -> None:
    """The command."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name in sys.argv[1:] or PICTURES:
            picture = FOLDER / f"{name}.png"
            PICTURES[name](browser, picture)
            print(f"{picture}: {picture.stat().st_size} bytes")
        browser.close()


def _picture_swagger_ui(browser: Browser, picture: Path) -> None:
    packages = Path(os.environ["NODE_PACKAGES"]) / "node_modules" / "swagger-ui-dist"
    capture = open_capture([PARTNER])
    document = render(capture, actions(capture, select(capture)), target="openapi")

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(SWAGGER_URL)
        if not name:
            route.fulfill(body=SWAGGER_PAGE, content_type="text/html")
        elif name == "contacts.openapi.json":
            route.fulfill(body=document, content_type="application/json")
        elif (packages / name).is_file():
            route.fulfill(path=packages / name)
        else:
            route.abort()

    page = browser.new_page(viewport={"width": 960, "height": 1390})
    page.route("**/*", answer)
    page.goto(SWAGGER_URL)
    page.click(".try-out__btn")
    page.wait_for_selector("textarea")
    page.wait_for_timeout(1000)  # the button to execute slides in
    page.screenshot(path=picture)


def _picture_locust(browser: Browser, picture: Path) -> None:
    capture = open_capture([QUOTATION])
    text = render(capture, flow(capture), target="locust")
    with tempfile.TemporaryDirectory() as folder, mock(capture) as (_, variables):
        (Path(folder) / "locustfile.py").write_text(text, "utf-8")
        words = ["--users", "5", "--spawn-rate", "5", "--think", "none", "--autostart"]
        more = {**variables, "ODOO_WRITE": "1"}
        with _running(["locust", "--web-port", str(LOCUST_PORT), *words], more, folder):
            page = browser.new_page(viewport={"width": 1200, "height": 530})
            page.wait_for_timeout(6000)  # it starts, and counts
            page.goto(f"http://127.0.0.1:{LOCUST_PORT}/")
            page.wait_for_timeout(6000)
            page.screenshot(path=picture)


def _picture_mcp_inspector(browser: Browser, picture: Path) -> None:
    program = Path(os.environ["NODE_PACKAGES"]) / "node_modules" / ".bin" / "mcp-inspector"
    server = ["har2rpc", "mcp", "--write", "--flow", "quotation.har"]
    with tempfile.TemporaryDirectory() as folder, mock(open_capture([QUOTATION])) as (_, odoo):
        shutil.copy(QUOTATION, Path(folder) / "quotation.har")
        settings = {"DANGEROUSLY_OMIT_AUTH": "true", "MCP_AUTO_OPEN_ENABLED": "false"}
        with _running([str(program), *server], {**odoo, **settings, **INSPECTOR_PORTS}, folder):
            page = browser.new_page(viewport={"width": 1450, "height": 920})
            page.wait_for_timeout(6000)  # it starts
            proxy = f"http://localhost:{INSPECTOR_PORTS['SERVER_PORT']}"
            page.goto(
                f"http://localhost:{INSPECTOR_PORTS['CLIENT_PORT']}/?MCP_PROXY_FULL_ADDRESS={proxy}"
            )
            page.get_by_role("button", name="Connect").click()
            page.get_by_role("tab", name="Tools").click()
            page.get_by_role("button", name="List Tools").click()
            page.get_by_text("create_partner_then").first.click()
            page.get_by_role("button", name="Clear").first.click()  # of the messages
            page.wait_for_timeout(1000)
            page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": 1450, "height": 619})


@contextmanager
def _running(words: list[str], variables: Mapping[str, str], folder: str) -> Iterator[None]:
    """A program that runs while the block does, with the programs that it starts."""
    process = subprocess.Popen(
        words,
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


PICTURES = {
    "swagger-ui": _picture_swagger_ui,
    "locust": _picture_locust,
    "mcp-inspector": _picture_mcp_inspector,
}

if __name__ == "__main__":
    main()
