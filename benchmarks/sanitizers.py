#!/usr/bin/env python3
"""Secrets left and values lost: Cloudflare's har-sanitizer, Chrome's sanitized export, and `har2rpc redact`.

    npx esbuild har_sanitize.tsx --outfile=har_sanitize.mjs --format=esm    # of github.com/cloudflare/har-sanitizer
    python benchmarks/sanitizers.py --cloudflare har_sanitize.mjs

The capture is made of the planted secrets of tests/redacting, one entry for each, between harmless calls. Chrome's export
is done by its rule (Cookie, Set-Cookie and Authorization headers and all cookies go), not by a Chrome.
"""

from __future__ import annotations

import argparse
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from har_builder import har, page, search  # noqa: E402
from redacting.redacting import left_in  # noqa: E402
from redacting.test_places import HARMLESS, KINDS, SECRET, answer_of, call  # noqa: E402

RUN = """
import { readFileSync, writeFileSync } from "fs";
const { sanitize, defaultScrubItems } = await import(process.argv[1]);
console.log = () => {};
const har = readFileSync(process.argv[2], "utf8");
writeFileSync(process.argv[3], sanitize(har, { scrubWords: defaultScrubItems, allCookies: true, allHeaders: false }));
"""


def chrome_export(capture: dict[str, Any]) -> dict[str, Any]:
    """What Chrome leaves out since 130, unless one asks for sensitive data."""
    capture = copy.deepcopy(capture)
    for entry in capture["log"]["entries"]:
        for message in (entry["request"], entry["response"]):
            message["cookies"] = []
            message["headers"] = [
                header
                for header in message.get("headers", [])
                if header["name"].lower() not in ("cookie", "set-cookie", "authorization")
            ]
    return capture


def planted() -> list[dict[str, Any]]:
    """One entry for each kind, each with a secret of its own."""
    texts = [
        json.dumps(entry).replace(SECRET, f"Sx7-hunter{n:02}-Pl")
        for n, entry in enumerate(KINDS.values())
    ]
    harmless = call("x.y", "read", ([1],), result=[dict(HARMLESS)])
    complete = [page(), search(), harmless, *map(json.loads, texts)]
    for entry in complete:  # what har-sanitizer expects of every entry
        for message in (entry["request"], entry["response"]):
            message.setdefault("headers", [])
            message.setdefault("cookies", [])
        entry["request"].setdefault("queryString", [])
        entry["response"].setdefault("content", {"mimeType": ""})
    return complete


def figures(text: str) -> str:
    """Secrets left, harmless values lost, and whether it can still be converted."""
    secrets = [
        f"Sx7-hunter{n:02}-Pl"
        for n, kind in enumerate(KINDS)
        if kind not in ("base64", "gzip", "basic")
    ]
    left = left_in(text, secrets)
    try:
        kept = answer_of(json.loads(text)["log"]["entries"][2])["result"][0]
        lost = sum(kept.get(name) != value for name, value in HARMLESS.items())
    except (ValueError, LookupError, TypeError):
        lost = len(HARMLESS)
    with tempfile.NamedTemporaryFile("w", suffix=".har") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "har2rpc", "convert", file.name], capture_output=True
        )
    return f"{len(left)} of {len(secrets)} | {lost} of {len(HARMLESS)} | {'yes' if done.returncode == 0 else 'no'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--cloudflare", type=Path, help="har_sanitize of cloudflare/har-sanitizer, as a module"
    )
    options = parser.parse_args()
    capture = har(*planted())
    print("| tool | secrets left | harmless values lost | still converts |\n|---|---|---|---|")
    print(f"| nothing | {figures(json.dumps(capture))} |")
    print(
        f"| Chrome's sanitized export | {figures(json.dumps(chrome_export(capture), indent=2))} |"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "c.har", Path(folder) / "out.har"
        source.write_text(json.dumps(capture, indent=2))
        if options.cloudflare:
            module = str(options.cloudflare.resolve())
            command = ["node", "--input-type=module", "-e", RUN, module, str(source), str(target)]
            subprocess.run(command, check=True, timeout=300)
            print(f"| Cloudflare's har-sanitizer | {figures(target.read_text())} |")
        command = [
            sys.executable,
            "-m",
            "har2rpc",
            "redact",
            str(source),
            "-o",
            str(target),
            "--force",
        ]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        print(f"| `har2rpc redact` | {figures(target.read_text())} |")


if __name__ == "__main__":
    main()
