"""Copies of requests, as texts."""

from __future__ import annotations

from io import BytesIO

from har2rpc.model import Exchange
from har2rpc.reading import read

from ..hars import SAMPLES, everything

DOORS = SAMPLES / "doors"
URL = "http://127.0.0.1:18019"
CALL = f"{URL}/web/dataset/call_kw/res.partner/name_search"


def reading(data: bytes, name: str = "c.txt") -> tuple[list[Exchange], list[str]]:
    """What is read of a copy, and the sentences on what is lost."""
    sentences: list[str] = []
    return (
        list(read(BytesIO(data), everything, name=name, report_damage=sentences.append)),
        sentences,
    )
