"""The error for a file that is not a capture: its name, what it is instead, and the next step."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
# How the files of other recorders begin, and what writes a HAR of them.
_RECORDERS = {
    re.compile(rb"\d{1,12}:(?:\d+:[a-z_]+[;,#]|.{0,400}?7:version;)", re.DOTALL): (
        "a mitmproxy flow file; `mitmdump -nr FILE --set hardump=out.har` writes a HAR of it"
    ),
    re.compile(rb"\xac\xed\x00\x05.{0,40}com\.xk72\.charles|.{0,8}com\.xk72\.charles", re.DOTALL): (
        "a Charles session; in Charles, File > Export Session... writes a HAR (HTTP Archive) of it"
    ),
    re.compile(
        rb'\s*\[\s*\{[^\[\]]{0,400}"(?:status|method|protocolVersion|scheme|host)".{0,4000}"actualPort"',
        re.DOTALL,
    ): (
        "a Charles session; in Charles, File > Export Session... writes a HAR (HTTP Archive) of it"
    ),
    re.compile(
        rb'(?s)\s*\{.{0,400}"_type"\s*:\s*"export".{0,400}"__export_format"|\s*type:\s*collection\.insomnia\.rest'
    ): (
        "an Insomnia export; in Insomnia, Preferences > Data > Export, choose HAR (HTTP Archive Format)"
    ),
    re.compile(rb"\s*meta \{[\s\S]{0,400}\btype:\s*(?:http|http-request|graphql)\b"): (
        "a Bruno request; Bruno writes no HAR: its collection's menu, Share > Postman Collection, writes a format "
        "that har2rpc reads"
    ),
    re.compile(
        rb'\s*\{[\s\S]{0,400}"version"\s*:\s*"1"[\s\S]{0,400}"type"\s*:\s*"collection"[\s\S]{0,400}"ignore"'
    ): (
        "a Bruno collection's settings; its menu, Share > Postman Collection, writes a format that har2rpc reads"
    ),
    re.compile(rb"\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x0a\x0d\x0d\x0a"): (
        "packets as Wireshark and tcpdump record them, which are encrypted; record a HAR in the browser's Network tab instead"
    ),
}
_FIDDLER = "a Fiddler archive; in Fiddler, File > Export Sessions > All Sessions, choose HTTPArchive v1.2: that is a HAR"
_BLANK = b"\0 \t\r\n"


def unsupported_error(name: str, data: Data) -> Har2rpcError:
    """The error that says why this document cannot be read."""
    head = data[:256]
    if not head.strip(_BLANK) and not data[: 1 << 20].strip(_BLANK):
        return Har2rpcError(f"{name}: empty; {_EXPORT}")
    for magic, packer in _PACKERS.items():
        if head.startswith(magic):
            return Har2rpcError(
                f"{name}: packed with {packer}, which har2rpc does not read; unpack it first"
            )
    at = after_space(data, 3 if head.startswith(b"\xef\xbb\xbf") else 0, len(data))
    if data[at : at + 1] == b"{":
        return Har2rpcError(f"{name}: {_json_reason(data, at)}; {_EXPORT}")
    beginning = head[at:][:20].decode("utf-8", "replace").split("\n")[0].rstrip()
    return Har2rpcError(f'{name}: not a HAR: it begins with "{beginning}"; {_EXPORT}')


def recorder_of(data: Data) -> str:
    """What another recorder wrote, and the command or menu that writes a HAR of it; "" for anything else."""
    head = bytes(data[:8192])
    return next((text for begin, text in _RECORDERS.items() if begin.match(head)), "")


def archive_of(names: Iterable[str]) -> str:
    """The same for the members of a zip."""
    is_fiddler = any(re.fullmatch(r"raw[/\\]\d+_[csm]\.(?:txt|xml)", name) for name in names)
    return _FIDDLER if is_fiddler else ""


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
