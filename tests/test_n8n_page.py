"""docs/n8n.md says what the workflows say; what it says of n8n itself, tests/platforms and tests/live run."""

from __future__ import annotations

import re

import pytest
from har_builder import ROOT, product

PAGE = (ROOT / "docs" / "n8n.md").read_text("utf-8")
SAMPLES = ROOT / "samples"


@pytest.mark.parametrize(
    "sample, options, nodes, credential",
    [
        ("synthetic-jsonrpc.har", (), "odoo", "Odoo API"),
        ("odoo19-chrome-search_partner_by_phone.har", (), "odoo", "Odoo API (API Key)"),
        ("odoo19-chrome-quotation_for_new_contact.har", (), "httpRequest", "Odoo API (API Key)"),
        ("odoo14-chrome-quotation_for_new_contact.har", (), "httpRequest", "odoo_api_key"),
        ("synthetic-jsonrpc.har", ("--connection", "inputs"), "httpRequest", "odoo_api_key"),
    ],
)
def test_which_nodes_and_which_credential(
    sample: str, options: tuple[str, ...], nodes: str, credential: str
) -> None:
    text = product("convert", "-t", "n8n", *options, SAMPLES / sample)
    found = set(re.findall(r'"n8n-nodes-base\.(odoo|httpRequest)"', text))
    assert {nodes} == found
    assert f"**{credential}**" in text or f"`{credential}`" in text
    assert f"*{credential}*" in PAGE or f"`{credential}`" in PAGE


def test_what_it_quotes_is_in_a_flow() -> None:
    path = SAMPLES / "odoo19-chrome-quotation_for_new_contact.har"
    text = product("convert", "-t", "n8n", "--flow", path).replace('\\"', '"')
    for quoted in (
        "activate 'Create Partner' first: nothing was sent to Odoo",
        '$("Answer of Create Partner").first().json.result',
    ):
        assert quoted in text and quoted in re.sub(r"\s+", " ", PAGE)


@pytest.mark.parametrize("page", ["n8n", "openapi", "mcp", "locust"])
def test_the_picture_of_a_platform_is_there_and_small(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    [picture] = re.findall(r"!\[.*?\]\((.*?)\)", text)
    assert 150_000 > (ROOT / "docs" / picture).stat().st_size
