"""Drive three real browsers and let each of them write its own HAR.

What a person does by hand (open the developer tools, use the page, "Save all as HAR") is done
here without one, but the file is still written by the browser's own code:

* ``Chrome``: DevTools is opened as a page in a second tab and its own HAR writer is called,
* ``Firefox``: the Network Monitor is opened through Marionette and asked for its HAR,
* ``Playwright``: ``record_har`` of playwright itself.

All three have ``page`` (with goto, click, fill, press, wait_for_selector), ``start()``, ``clear()``
and ``save(path)``. Logging in comes before ``start()``: no file holds the login's password.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# Images are switched off: a list of contacts would ask for eighty of them.
NO_IMAGES = "--blink-settings=imagesEnabled=false"
CHROME_OPTIONS = """--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync --lang=en-US
    --window-size=1500,950 --remote-allow-origins=*""".split()

# Logging in from inside the login page: the web client itself is not loaded yet, so that its
# caches are empty when the recording starts and get_views is really asked for.
LOG_IN = """async ([db, login, password]) => {
    const answer = await fetch("/web/session/authenticate", {
        method: "POST", headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", method: "call", params: {db, login, password}})});
    return (await answer.json()).result?.uid;
}"""

DEVTOOLS = """async () => {
    const [HAR, Logs, Common] = await Promise.all([
        import("./models/har/har.js"), import("./models/logs/logs.js"),
        import("./core/common/common.js")]);
    const setting = Common.Settings.Settings.instance();
    setting.moduleSetting("network-log.preserve-log").set(true);
    const log = Logs.NetworkLog.NetworkLog.instance();
    window.clearLog = () => log.reset(true);
    // As the Network panel chooses what to export; an unfinished request would never have a body.
    const requests = () => log.requests().filter(request =>
        ["http", "https", "ws", "wss"].includes(request.scheme) && request.finished);
    window.exportHar = async () => {
        const chunks = [], stream = {write: async chunk => void chunks.push(chunk)};
        const progress = new Common.Progress.Progress();
        await HAR.Writer.Writer.write(stream, requests(), {sanitize: true}, progress);
        return chunks.join("");
    };
    window.copyAllAsHar = async () => {
        const har = {log: await HAR.Log.Log.build(requests(), {sanitize: true})};
        return JSON.stringify(har, null, 2);
    };
}"""

FIREFOX_OPEN = """const [resolve] = arguments;
    (async () => {
        const {gDevTools} = ChromeUtils.importESModule(
            "resource://devtools/shared/loader/Loader.sys.mjs"
        ).require("devtools/client/framework/devtools");
        const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab,
                                                          {toolId: "netmonitor"});
        window.recorder = await toolbox.getNetMonitorAPI();
    })().then(() => resolve("open"), error => resolve(String(error)));"""
FIREFOX_SAVE = """const [resolve] = arguments;
    window.recorder.getHar().then(
        har => resolve(typeof har == "string" ? har : JSON.stringify(har, null, 2)),
        error => resolve("error: " + error));"""


def free_port():
    """A port nobody listens on: a browser left over would answer on the old one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server():
    """Address and login of the demo server, from the environment."""
    names = ["ODOO_URL", "ODOO_DB", "ODOO_LOGIN", "ODOO_PASSWORD"]
    return [os.environ[name] for name in names]


class Chrome:
    """Chromium and its DevTools; ``copy_all=True`` is the menu entry "Copy all as HAR"."""

    def __init__(self, copy_all=False):
        self.copy_all = copy_all

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.port = free_port()
        command = [CHROMIUM, *CHROME_OPTIONS, NO_IMAGES, f"--remote-debugging-port={self.port}"]
        command += [f"--user-data-dir={self.folder.name}", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, **quiet)
        self.playwright = sync_playwright().start()
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            except OSError:
                time.sleep(0.1)
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self.port}")
        self.page = self.browser.contexts[0].pages[0]
        return self

    def start(self):
        url, *login = server()
        self.page.goto(f"{url}/web/login")
        assert self.page.evaluate(LOG_IN, login), "the demo server refused the login"
        target = self.browser.contexts[0].new_cdp_session(self.page).send("Target.getTargetInfo")
        address = f"127.0.0.1:{self.port}"
        tools = f"ws={address}/devtools/page/{target['targetInfo']['targetId']}&panel=network"
        self.tools = self.browser.contexts[0].new_page()
        self.tools.goto(f"http://{address}/devtools/inspector.html?{tools}")
        self.tools.wait_for_timeout(2000)
        self.tools.evaluate(DEVTOOLS)
        self.page.bring_to_front()
        self.clear()

    def clear(self):
        self.tools.evaluate("clearLog()")

    def save(self, path):
        self.page.wait_for_timeout(2500)  # the last calls
        text = self.tools.evaluate("copyAllAsHar()" if self.copy_all else "exportHar()")
        Path(path).write_text(text, encoding="utf-8")

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


class Playwright:
    """``record_har`` in a browser context of its own; the log is written when it closes."""

    def __init__(self, suffix=".har"):
        self.suffix = suffix

    def __enter__(self):
        self.playwright = sync_playwright().start()
        options = ["--no-sandbox", "--disable-gpu"] + [NO_IMAGES] * (self.suffix == ".har")
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        self.folder = tempfile.TemporaryDirectory()
        return self

    def start(self):
        url, *login = server()
        before = self.browser.new_context()
        page = before.new_page()
        page.goto(f"{url}/web/login")
        assert page.evaluate(LOG_IN, login), "the demo server refused the login"
        state = before.storage_state()
        before.close()
        self.written = Path(self.folder.name, "record" + self.suffix)
        self.context = self.browser.new_context(
            storage_state=state,
            viewport={"width": 1500, "height": 950},
            record_har_path=self.written,
            record_har_mode="full",
            record_har_content="attach" if self.suffix == ".zip" else "embed",
        )
        self.page = self.context.new_page()

    def save(self, path):
        self.page.wait_for_timeout(2500)  # the last calls
        self.context.close()
        shutil.copy(self.written, path)

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()
        self.folder.cleanup()


class FirefoxPage:
    """The few methods of a playwright page that the flows need, through Marionette."""

    def __init__(self, client):
        self.client = client

    def goto(self, url):
        self.client.navigate(url)

    def find(self, selector):
        from marionette_driver import By

        if selector.startswith("xpath="):
            return self.client.find_element(By.XPATH, selector.removeprefix("xpath="))
        return self.client.find_element(By.CSS_SELECTOR, selector)

    wait_for_selector = find  # Marionette waits for an element by itself

    def click(self, selector):
        self.find(selector).click()

    def type(self, selector, text, delay=0):
        for letter in text:
            self.find(selector).send_keys(letter)
            time.sleep(delay / 1000)

    def wait_for_timeout(self, milliseconds):
        time.sleep(milliseconds / 1000)


class Firefox:
    """Firefox ESR and its Network Monitor, spoken to through Marionette."""

    def __enter__(self):
        from marionette_driver.marionette import Marionette

        self.client = Marionette(
            bin=shutil.which("firefox-esr") or shutil.which("firefox"),
            headless=True,
            app_args=["-remote-allow-system-access"],
            prefs={"devtools.netmonitor.persistlog": True, "intl.accept_languages": "en-US"},
            port=free_port(),
            gecko_log=str(Path(tempfile.gettempdir(), "gecko.log")),
        )
        self.client.start_session()
        self.client.timeout.implicit = self.client.timeout.script = 60
        self.page = FirefoxPage(self.client)
        return self

    def start(self):
        url, *login = server()
        self.page.goto(f"{url}/web/login")
        script = f"const [login, done] = arguments; ({LOG_IN})(login).then(done);"
        uid = self.client.execute_async_script(script, script_args=[login], sandbox=None)
        assert uid, "the demo server refused the login"
        with self.client.using_context("chrome"):
            answer = self.client.execute_async_script(FIREFOX_OPEN, sandbox=None)
        assert answer == "open", answer

    def save(self, path):
        self.page.wait_for_timeout(3000)
        with self.client.using_context("chrome"):
            text = self.client.execute_async_script(FIREFOX_SAVE, sandbox=None)
        json.loads(text)
        Path(path).write_text(text, encoding="utf-8")

    def __exit__(self, *_):
        self.client.quit()
        self.client.cleanup()
