"""Reads captures into exchanges: HAR files of any exporter, plain or compressed, intact or damaged, and copied text."""

from har2rpc.reading.folders import CaptureFile, files_of, notes_on_other_files
from har2rpc.reading.formats import read
from har2rpc.reading.har.haralyzer_view import har_entry
from har2rpc.reading.har.raw_entries import RawHar, open_raw_har

__all__ = [
    "CaptureFile",
    "RawHar",
    "files_of",
    "har_entry",
    "notes_on_other_files",
    "open_raw_har",
    "read",
]
