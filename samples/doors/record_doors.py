"""Copy one request, and all of them, through every entry of the browsers' "Copy" menus.

    python record_doors.py FOLDER        (ODOO_URL, ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD say where)

The text is made by the browsers' own code (Chrome: ``panels/network/network.js``; Firefox:
``RequestListContextMenu``); it only reads the demo database. What is secret in it (session id,
CSRF token) is blanked, as in the HARs: see ``../record/slim.py``.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "record"))
import browser
import slim

# What every quoting has to get right: quotes of both kinds, a backslash, what shells and cmd
# expand (% $ ! ` ^ &), letters beyond ASCII and beyond 16 bits.
NAME = 'O\'Hara "X" \\n 50%PATH% $HOME `id` ^& !é€😀'
CONTACTS = "/odoo/contacts?view_type=list"
ROWS = ".o_list_view .o_data_row"
SUGGESTION = (
    "xpath=//*[contains(@class,'o_searchview_autocomplete')]//*[contains(@class,'dropdown-item')]"
    "[contains(normalize-space(.),'Search Name')]"
)

# Both are what the "Copy" menu calls; "all" is what the panel shows, here filtered by the path.
CHROME_COPIES = """async () => {
    const {NetworkLogView, NetworkPanel} = await import("./panels/network/network.js");
    const Logs = await import("./models/logs/logs.js");
    const {StringUtilities} = await import("./core/platform/platform.js");
    const view = NetworkPanel.NetworkPanel.instance().networkLogView;
    const curl = NetworkLogView.NetworkLogView;
    const shown = Logs.NetworkLog.NetworkLog.instance().requests().filter(request =>
        request.url().includes("/web/dataset/") || request.url().includes("/web/action/"));
    const one = shown.findLast(request => request.url().includes("web_search_read"));
    const body = await one.requestFormData();
    // The Payload tab's menu entry (ui/legacy/components/object_ui).
    const asValue = value => StringUtilities.escapeUnicodeAsText(JSON.stringify(value, null, 2));
    const style = {fetch: 0, nodejs: 1};
    const headers = {commentForbiddenHeaders: true};
    return {
        copy_as_curl_bash: await curl.generateCurlCommand(one, "unix"),
        copy_as_curl_cmd: await curl.generateCurlCommand(one, "win"),
        copy_as_powershell: await view.generatePowerShellCommand(one),
        copy_as_fetch: await view.generateFetchCall(one, style.fetch),
        copy_as_fetch_commented: await view.generateFetchCall(one, style.fetch, headers),
        copy_as_fetch_nodejs: await view.generateFetchCall(one, style.nodejs),
        copy_all_as_curl_bash: await view.generateAllCurlCommand(shown, "unix"),
        copy_all_as_curl_cmd: await view.generateAllCurlCommand(shown, "win"),
        copy_all_as_powershell: await view.generateAllPowerShellCommand(shown),
        copy_all_as_fetch: await view.generateAllFetchCall(shown, style.fetch),
        copy_all_as_fetch_nodejs: await view.generateAllFetchCall(shown, style.nodejs),
        payload_view_source: body,
        payload_copy_value: asValue(JSON.parse(body)),
        payload_copy_value_params: asValue(JSON.parse(body).params),
    };
}"""

FIREFOX_COPIES = """const [resolve] = arguments;
    (async () => {
        const {gDevTools} = ChromeUtils.importESModule(
            "resource://devtools/shared/loader/Loader.sys.mjs"
        ).require("devtools/client/framework/devtools");
        const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab,
                                                          {toolId: "netmonitor"});
        const {connector, store} = await toolbox.getNetMonitorAPI();
        const require = toolbox.getCurrentPanel().panelWin.windowRequire;
        const Menu = require("devtools/client/netmonitor/src/widgets/RequestListContextMenu");
        const menu = new Menu({connector});
        const one = store.getState().requests.requests.findLast(
            request => request.url.includes("web_search_read"));
        const {id, url, method, httpVersion} = one;
        const headers = await connector.requestData(id, "requestHeaders");
        const post = await connector.requestData(id, "requestPostData");
        const answered = await connector.requestData(id, "responseHeaders");
        const {Curl} = require("devtools/client/shared/curl");
        const {PowerShell} = require("devtools/client/netmonitor/src/utils/powershell");
        const cookies = await connector.requestData(id, "requestCookies");
        const curl = platform => Curl.generateCommand({
            url, method, headers: headers.headers, responseHeaders: answered.headers, httpVersion,
            postDataText: post.postData.text}, platform);
        return {
            copy_as_curl_posix: curl("Linux"),
            copy_as_curl_windows: curl("WINNT"),
            copy_as_powershell: PowerShell.generateCommand(
                url, method, headers.headers, post.postData, cookies.cookies || cookies),
            copy_as_fetch: await menu.generateFetchString(id, url, method, headers, post),
        };
    })().then(made => resolve(JSON.stringify(made)), error => resolve("error: " + error));"""


def use(page, url):
    """Look for a name nobody has, in the list of contacts."""
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROWS)
    page.wait_for_timeout(1500)
    page.click(".o_searchview_input")
    page.type(".o_searchview_input", NAME, delay=20)
    page.wait_for_timeout(900)
    page.click(SUGGESTION)
    page.wait_for_timeout(2500)


def blank(text):
    """Without session ids, also where a quoting (^, `) or a name in a call of its own hides them."""
    text = re.sub(r"(session_id\^?=)[\w.-]+", r"\g<1>0000", slim.blank(text))
    return re.sub(r'(Cookie\("session_id", )"[^"]*"', r'\1"0000"', text)


def main(folder):
    url = os.environ["ODOO_URL"]
    made = {}
    with browser.Chrome() as chrome:
        chrome.start()
        use(chrome.page, url)
        for name, text in chrome.tools.evaluate(CHROME_COPIES).items():
            made[f"odoo19-chrome-{name}.txt"] = text
    with browser.Firefox() as firefox:
        firefox.start()
        use(firefox.page, url)
        with firefox.client.using_context("chrome"):
            text = firefox.client.execute_async_script(FIREFOX_COPIES, sandbox=None)
        assert not text.startswith("error"), text
        for name, copy in browser.json.loads(text).items():
            made[f"odoo19-firefox-{name}.txt"] = copy
    for name, text in made.items():
        with open(Path(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(blank(text))


if __name__ == "__main__":
    main(sys.argv[1])
