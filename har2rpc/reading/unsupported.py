"""The error for what is not a capture: where, what it is instead, and the next step."""

from __future__ import annotations

from itertools import islice

from har2rpc.model import Har2rpcError
from har2rpc.reading.json_spans import Data, after_space, members

_EXPORT = "export it from the browser's Network tab (Save all as HAR)"
_PACKERS = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
}
_BLANK = b"\0 \t\r\n"


def unsupported_error(name: str, data: Data) -> Har2rpcError:
    """The error that says why this document cannot be read."""
    head = data[:256]
    if not head.strip(_BLANK) and not data[: 1 << 20].strip(_BLANK):
        return Har2rpcError(f"{name}: empty; {_EXPORT}")
    for magic, packer in _PACKERS.items():
        if head.startswith(magic):
            return Har2rpcError(
                f"{name}: packed with {packer}, which is not read here; unpack it first"
            )
    at = after_space(data, 3 if head.startswith(b"\xef\xbb\xbf") else 0, len(data))
    if data[at : at + 1] == b"{":
        return Har2rpcError(f"{name}: {_json_reason(data, at)}; {_EXPORT}")
    beginning = head[at:][:20].decode("utf-8", "replace").split("\n")[0].rstrip()
    return Har2rpcError(f'{name}: not a HAR: it begins with "{beginning}"; {_EXPORT}')


def _json_reason(data: Data, at: int) -> str:
    """Why the JSON object at `at` is not a HAR that can be read; its first keys tell."""
    keys: list[str] = []
    for key, value in islice(members(data, at, len(data)), 5):
        if key == "log":
            if _is_cut_before_entries(data, value):
                return f"cut at byte {len(data)}, before the first entry"
            return "JSON, but not a HAR: there is no log.entries"
        keys.append(key)
    names = f" (it has {', '.join(keys)})" if keys else ""
    return f"JSON, but not a HAR: there is no log.entries{names}"


def _is_cut_before_entries(data: Data, log: int) -> bool:
    """Whether the file ends without a bracket, and the value of `log`, at this position, has no entries yet."""
    keys = members(data, log, len(data)) if data[log : log + 1] == b"{" else iter(())
    has_entries = any(key == "entries" for key, _ in islice(keys, 9))
    return not has_entries and not data[-256:].rstrip(_BLANK).endswith(b"}")
