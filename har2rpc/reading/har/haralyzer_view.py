"""haralyzer's view of one entry, for those who know its API.

Only `HarEntry`, never `HarParser` and its pages: an entry whose `pageref` names a page absent from `log.pages` is in
none of them, and silently gone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.reading.har.entry import EntrySpan

if TYPE_CHECKING:
    from haralyzer import HarEntry


def har_entry(exchange: Exchange) -> HarEntry:
    """`haralyzer.HarEntry` of the entry that an Exchange was read from; it is read again, headers and all.

    Raises Har2rpcError if the exchange does not come from a HAR, or its entry is damaged.
    """
    # Here, because the import costs as much as all the rest.
    from haralyzer import HarEntry

    if not isinstance(exchange.again, EntrySpan):
        raise Har2rpcError(f"{exchange.where}: not from a HAR; haralyzer reads only HAR entries")
    text = exchange.again.piece().decode("utf-8", "replace")
    try:
        return HarEntry(json.loads(text, strict=False))
    except (ValueError, RecursionError) as error:
        raise Har2rpcError(
            f"{exchange.where}: haralyzer cannot take this entry ({error}); use the exchange itself"
        ) from error
