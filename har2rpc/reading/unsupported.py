"""The sentence for what is no capture: where, what it is instead, and the next step."""

from __future__ import annotations

from har2rpc.model import Har2rpcError
from har2rpc.reading.json_spans import Data, after_space, members

_EXPORT = "export it from the browser's Network tab (Save all as HAR)"
_PACKED = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
}


def unusable(name: str, data: Data) -> Har2rpcError:
    """Why this document cannot be read."""
    head = data[:256]
    if not head.strip(b"\0 \t\r\n") and not data[: 1 << 20].strip(b"\0 \t\r\n"):
        return Har2rpcError(f"{name}: empty; {_EXPORT}")
    for magic, packer in _PACKED.items():
        if head.startswith(magic):
            return Har2rpcError(
                f"{name}: packed with {packer}, which is not read here; unpack it first"
            )
    at = after_space(data, 3 if head.startswith(b"\xef\xbb\xbf") else 0, len(data))
    if data[at : at + 1] == b"{":
        keys = []
        for key, value in members(data, at, len(data)):
            keys.append(key)
            if key == "log" or len(keys) == 5:
                break
        if "log" in keys:
            inner = (
                [key for key, _ in zip(members(data, value, len(data)), range(9))]
                if data[value : value + 1] == b"{"
                else []
            )
            if "entries" not in [key for key, _ in inner] and not data[-256:].rstrip(
                b"\0 \r\n\t"
            ).endswith(b"}"):
                return Har2rpcError(
                    f"{name}: cut at byte {len(data)}, before the first entry; {_EXPORT}"
                )
        told = f" (it has {', '.join(keys)})" if keys and "log" not in keys else ""
        return Har2rpcError(
            f"{name}: JSON, but not a HAR: there is no log.entries{told}; {_EXPORT}"
        )
    begins = head[at:][:20].decode("utf-8", "replace").split("\n")[0].rstrip()
    return Har2rpcError(f'{name}: not a HAR: it begins with "{begins}"; {_EXPORT}')
