"""Make a recorded capture small and free of secrets, and leave everything else as it was written.

    python slim.py recorded.har slim.har        (or .zip, for playwright's attached bodies)

Gone: the bodies of scripts, styles, images and fonts, big bodies that are no calls (menus,
translations), and all but the first line of each call stack. View architectures become
``<stripped/>``; session ids, tokens and the cache's secret are blanked. Order, layout, sizes,
encodings and all other keys stay as the browser wrote them: the file is first written back
unchanged and compared with what was read.
"""

import base64
import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path

USELESS = ("javascript", "css", "image/", "font", "octet-stream", "wasm")
CALLS = ("/web/dataset/", "/jsonrpc", "/web/session/", "/web/action/")
BIG = 10_000
BLANK = [
    (r'("arch": ")(?:[^"\\]|\\.)*(")', r"\1<stripped/>\2"),
    (r'(csrf_token"?: ?")[^"]*(")', r"\g<1>0\2"),
    (r'(browser_cache_secret": ?")[^"]*(")', r"\g<1>0\2"),
    (r'((?:access|mention|signup|ownership)_token": ?")[^"]+(")', r"\g<1>0\2"),
    (r'(attachment_tokens": ?\[")[^"]+("\])', r"\g<1>0\2"),
    (r"(session_id=)[\w.-]+", r"\g<1>0000"),
]
BLANK = [(re.compile(pattern), replacement) for pattern, replacement in BLANK]


def blank(text):
    """The text without view architectures and secrets."""
    for pattern, replacement in BLANK:
        text = pattern.sub(replacement, text)
    return text


def dump(har, like):
    """Written as the browser wrote it: Firefox and DevTools indent by two, Playwright does not."""
    if like.lstrip().startswith("{\n"):
        return json.dumps(har, ensure_ascii=False, indent=2)
    return json.dumps(har, ensure_ascii=False, separators=(",", ":"))


def parse(text):
    """The capture, its broken numbers marked: 5e-7 must not be written back as 5e-07."""
    return json.loads(text, parse_float=lambda digits: f"\x00{digits}\x00")


def unmark(text):
    """Put the digits of broken numbers back."""
    return re.sub(r'"\\u0000([^"\\]*)\\u0000"', r"\1", text)


def is_useless(entry, body):
    """Whether nobody who reads calls would look at this body."""
    kind = entry["response"]["content"].get("mimeType", "")
    path = entry["request"]["url"].split("?")[0]
    if any(word in kind for word in USELESS) or path.endswith((".js", ".css")):
        return True
    return len(body) > BIG and "html" not in kind and not any(call in path for call in CALLS)


def slim_entry(entry):
    """Slim one request and its answer, in place."""
    stack = entry.get("_initiator", {}).get("stack")
    if stack:  # who called whom inside the web client: the first line of it is enough
        stack["callFrames"] = stack["callFrames"][:1]
        stack.pop("parent", None)
    content = entry["response"]["content"]
    if "text" in content:
        text = content["text"]
        if is_useless(entry, text):
            del content["text"]
            content.pop("encoding", None)
        elif content.get("encoding") == "base64":
            body = blank(base64.b64decode(text).decode("utf-8"))
            content["text"] = base64.b64encode(body.encode("utf-8")).decode("ascii")
        else:
            content["text"] = blank(text)
    posted = entry["request"].get("postData", {})
    if "text" in posted:
        posted["text"] = blank(posted["text"])
    tokens = [p["value"] for p in posted.get("params", ()) if p["name"] == "csrf_token"]
    for token in filter(None, tokens):  # a form: the token stands in its text, and in its params
        posted["text"] = posted["text"].replace(token, "0")
        next(p for p in posted["params"] if p["value"] == token)["value"] = "0"
    for message in (entry["request"], entry["response"]):
        for header in message["headers"]:
            header["value"] = blank(header["value"])
        for cookie in message["cookies"]:
            if cookie["name"] in ("session_id", "cids", "td_id"):
                cookie["value"] = "0000"


def slim_attached(entry, attached):
    """The names and bodies of the files beside the HAR that this entry still needs."""
    kept = {}
    for part in (entry["request"].get("postData", {}), entry["response"]["content"]):
        name = part.get("_file")
        if name not in attached:
            continue
        if part is entry["response"]["content"] and is_useless(entry, attached[name]):
            del part["_file"]
            continue
        body = blank(attached[name].decode("utf-8")).encode("utf-8")
        part["_file"] = hashlib.sha1(body).hexdigest() + Path(name).suffix
        kept[part["_file"]] = body
    return kept


def slim(text, attached=None):
    """The slimmed text of a HAR, and the bodies that stay beside it."""
    har, kept = parse(text), {}
    if unmark(dump(har, text)) != text.rstrip("\n"):
        raise SystemExit("the layout of this exporter is not understood")
    for entry in har["log"]["entries"]:
        slim_entry(entry)
        kept |= slim_attached(entry, attached or {})
    return unmark(dump(har, text)), kept


def main(source, target):
    """Read one capture, write the slim one."""
    if source.endswith(".zip"):
        with zipfile.ZipFile(source) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        har, files = slim(files.pop("har.har").decode("utf-8"), files)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in {"har.har": har.encode("utf-8"), **files}.items():
                archive.writestr(name, body)
    else:
        Path(target).write_text(slim(Path(source).read_text("utf-8"))[0], "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
