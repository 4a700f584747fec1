"""The name of a file in `Content-Disposition`, held against the parser of the standard library's `email`."""

from __future__ import annotations

from email.message import Message
from time import process_time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from har2rpc.reading.har.disposition import attachment_name

HEADERS = {
    'attachment; filename="Quotation - S00023.pdf"': "Quotation - S00023.pdf",
    "attachment; filename*=UTF-8''Caf%C3%A9%20%F0%9F%8C%B7.xlsx": "Café 🌷.xlsx",
    "ATTACHMENT; FileName=a.csv": "a.csv",
    'attachment; filename = "a \\"b\\" c.txt" ; size=3': 'a "b" c.txt',
    'attachment; filename="a;b.txt"': "a;b.txt",
    "attachment": "",
    "attachment; size=3": "",
}


def name_of(value: str) -> str | None:
    return attachment_name([{"name": "Content-Disposition", "value": value}])


@pytest.mark.parametrize("value, name", HEADERS.items())
def test_it_is_what_email_finds(value: str, name: str) -> None:
    message = Message()
    message["Content-Disposition"] = value
    assert name == name_of(value) == (message.get_filename("") or "")


def test_the_extended_name_counts_where_there_are_both() -> None:
    """RFC 6266, 4.3; Odoo 14 to 19 write the extended one alone (`content_disposition` of odoo/http.py)."""
    assert "é.pdf" == name_of("attachment; filename=e.pdf; filename*=UTF-8''%C3%A9.pdf")
    assert "e.pdf" == name_of("attachment; filename=e.pdf; filename*=nobody''%C3%A9.pdf")


@pytest.mark.parametrize("value", ["inline; filename=a.pdf", "", "form-data; name=x"])
def test_what_is_no_attachment_has_none(value: str) -> None:
    assert name_of(value) is None


@given(st.text(min_size=1, max_size=60))
def test_any_name_comes_back(name: str) -> None:
    assert name == name_of(f"attachment; filename*=UTF-8''{quote(name, safe='')}")


def test_a_hostile_header_takes_no_time() -> None:
    begin = process_time()
    for piece in (";filename=", ';filename="', "; " * 5, "\\\\", '"'):
        name_of("attachment" + piece * 200_000)
    assert process_time() - begin < 5
