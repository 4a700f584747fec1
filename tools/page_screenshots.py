"""Pictures of the page for the README: both themes, wide and narrow, from samples of ours.

python tools/page_screenshots.py [FOLDER]     (default: docs/page; needs Chromium and the extras test and ui)
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from har2rpc import pipeline
from har2rpc.page.loopback import application
from har2rpc.page.uploads import OpenPages

ROOT = Path(__file__).resolve().parent.parent
ORDER = ROOT / "samples" / "odoo19-chrome-create_and_confirm_sale_order.har"
PHONE = ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"

# Name: theme, width and height, the capture ("" for the start), the target, whether a flow is shown.
PICTURES = {
    "start-light": ("light", (1280, 980), None, "python", False),
    "flow-light": ("light", (1440, 1060), ORDER, "python", True),
    "locoia-dark": ("dark", (1440, 1060), PHONE, "locoia", False),
    "narrow-light": ("light", (390, 844), PHONE, "python", False),
    "narrow-dark": ("dark", (390, 844), PHONE, "n8n", False),
}


def main() -> None:
    """The command."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "page"
    folder.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    pages = OpenPages()
    app, address = application(pages)
    with pipeline.serve(app) as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, (theme, (width, height), capture, target, as_flow) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=theme,
                device_scale_factor=1,
            )
            page = context.new_page()
            page.goto(f"{url}{address}#{target}")
            page.wait_for_selector("html[data-ready]", state="attached")
            if capture:
                _open(page, capture, as_flow)
            page.screenshot(path=folder / f"{name}.png")
            print(folder / f"{name}.png")
            context.close()
        browser.close()
    pages.close_all()


def _open(page: Page, capture: Path, as_flow: bool) -> None:
    page.set_input_files("#file-input", str(capture))
    page.wait_for_selector("#work:not([hidden])")
    page.wait_for_selector("html:not([data-busy])", state="attached")
    if as_flow:
        page.click("label[for=how-flow]")
        page.wait_for_selector("html:not([data-busy])", state="attached")
    page.wait_for_timeout(1500)  # for the colors, and what stands beside the code


if __name__ == "__main__":
    main()
