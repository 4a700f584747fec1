"""A picture of Swagger UI for docs/openapi.md: what `-t openapi` writes of a sample, after *Try it out*.

    npm install --prefix /tmp/swagger swagger-ui-dist@5
    NODE_PACKAGES=/tmp/swagger python tools/openapi_picture.py     (needs Chromium and the extra test)

The browser gets every file from here: it asks no server.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Route, sync_playwright

from har2rpc import actions, open_capture, render, select

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "odoo19-chrome-create_partner.har"
PICTURE = ROOT / "docs" / "openapi" / "swagger-ui.png"
URL = "http://swagger.example/"
HTML = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="swagger-ui.css">
<div id="ui"></div><script src="swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({url: "contacts.openapi.json", dom_id: "#ui", docExpansion: "full",
defaultModelsExpandDepth: -1})</script>"""


def main() -> None:
    """The command."""
    packages = Path(os.environ["NODE_PACKAGES"]) / "node_modules" / "swagger-ui-dist"
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 960, "height": 1390})
        page.route("**/*", lambda route: _answer(route, packages))
        page.goto(URL)
        page.click(".try-out__btn")
        page.wait_for_selector("textarea")
        page.wait_for_timeout(1000)  # the button to execute slides in
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE}: {PICTURE.stat().st_size} bytes")


def _answer(route: Route, packages: Path) -> None:
    name = route.request.url.removeprefix(URL)
    if not name:
        route.fulfill(body=HTML, content_type="text/html")
    elif name == "contacts.openapi.json":
        capture = open_capture([SAMPLE])
        text = render(capture, actions(capture, select(capture)), target="openapi")
        route.fulfill(body=text, content_type="application/json")
    elif (packages / name).is_file():
        route.fulfill(path=packages / name)
    else:
        route.abort()


if __name__ == "__main__":
    main()
