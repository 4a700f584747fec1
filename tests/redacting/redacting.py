"""What the tests of `redact` share: a capture redacted, and the secrets that are left in its bytes."""

from __future__ import annotations

import base64
import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from har_builder import har, run


def redacted(
    folder: Path, *entries: dict[str, Any], options: tuple[str, ...] = (), **log: Any
) -> str:
    """The text of a HAR of these entries, redacted."""
    capture = har(*entries)
    capture["log"].update(log)
    return redacted_text(folder, json.dumps(capture, indent=2), options)


def redacted_text(folder: Path, text: str, options: tuple[str, ...] = ()) -> str:
    source, target = folder / "c.har", folder / "out" / "c.har"
    target.parent.mkdir(exist_ok=True)
    source.write_text(text, "utf-8")
    result = run("redact", source, "-o", target, "--force", *options)
    assert 0 == result.exit_code, result.stderr
    return target.read_text("utf-8")


def entries_of(text: str) -> list[dict[str, Any]]:
    return json.loads(text)["log"]["entries"]


def body_of(entry: dict[str, Any]) -> Any:
    return json.loads(entry["request"]["postData"]["text"])


def answer_of(entry: dict[str, Any]) -> Any:
    return json.loads(entry["response"]["content"]["text"])


def spelled(secret: str) -> set[str]:
    """A secret in the encodings in which it could be left."""
    once = {secret, quote(secret, safe=""), quote_plus(secret), html.escape(secret)}
    once |= {base64.b64encode(secret.encode()).decode().rstrip("=")}
    twice = once | {json.dumps(one)[1:-1] for one in once}
    return twice | {json.dumps(one)[1:-1] for one in twice}


def left_in(text: str, secrets: list[str]) -> list[str]:
    text = re.sub(r"redacted-[0-9a-f]{10}", "redacted", text)  # whose digits may be those of a PIN
    return [secret for secret in secrets if any(one in text for one in spelled(secret))]
