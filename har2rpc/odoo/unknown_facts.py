"""How to find a fact of the session that is missing in the capture, by its key."""

from __future__ import annotations

from collections.abc import Mapping

HOW_TO_FIND: Mapping[str, str] = {
    "url": "the address bar, up to the first single slash",
    "db": "open /web?debug=1: the menu of the user shows it; or record again with the page load",
    "uid": "open Preferences while recording, or har2rpc whoami on a file with the page load",
    "login": "the name typed into the login page; or record again with the page load",
    "server_version": "Settings, at the bottom; or record again with the page load",
}
