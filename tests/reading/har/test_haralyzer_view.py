"""haralyzer's view is of HAR entries alone; `test_captures.py` compares it with the file."""

from __future__ import annotations

import pytest

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.reading import har_entry

from ..hars import entry, har, reading


def test_har_entry_needs_a_har() -> None:
    exchange = reading(har(entry(1)))[0][0]
    elsewhere = Exchange(exchange.where, exchange.url)
    with pytest.raises(Har2rpcError, match="not from a HAR"):
        har_entry(elsewhere)
