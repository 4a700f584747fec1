"""What is said of domains, on real servers: the refused are refused, the others taken, and each operator finds its dogs."""

from __future__ import annotations

from typing import Any

import pytest
from odoo.domain_cases import BY_VERSION, FINE, REFUSED, TAKEN

from har2rpc.odoo.domains.checking import check
from har2rpc.odoo.domains.operators import WORDS, examples, table
from har2rpc.odoo.versions import Version
from live.server import Server

pytestmark = pytest.mark.live

CASES = [case[0] for case in (*REFUSED, *TAKEN, *BY_VERSION)] + FINE


def test_19_refuses_what_is_said_to_be_refused(server: Server) -> None:
    _agrees(server, (19, 0))


def test_14_refuses_what_is_said_to_be_refused(server_14: Server) -> None:
    _agrees(server_14, (14, 0))


def test_each_operator_finds_its_dogs_in_19(server: Server) -> None:
    _finds_dogs(server, (19, 0))


def test_each_operator_finds_its_dogs_in_14(server_14: Server) -> None:
    _finds_dogs(server_14, (14, 0))


def _agrees(server: Server, version: Version) -> None:
    """The server's verdict is ours: of all cases some are refused, and some are not."""
    seen = {True: 0, False: 0}
    for domain in CASES:
        refused = _refuses(server, domain)
        mistakes = check(domain, version)
        assert refused == any(mistake.refused for mistake in mistakes), domain
        seen[refused] += 1
        for mistake in mistakes:
            assert mistake.instead is None or not _refuses(server, mistake.instead), mistake
    assert min(seen.values()) > 15


def _finds_dogs(server: Server, version: Version) -> None:
    """Four records are made, looked for by each operator, and removed."""
    server.reset()  # a database whose server was killed may count its ids from before
    server.is_clean = False  # ids are used up
    made = server.ask("res.partner", "create", [{"name": word} for word in WORDS])
    try:
        tried = 0
        for operator, since in table()["operators"].items():
            for value, expected in examples(operator).items():
                if since["from"] > version[0]:
                    continue
                domain = [["id", "in", made], ["name", operator, value]]
                rows = server.ask("res.partner", "search_read", domain, ["name"])
                assert sorted(expected) == sorted(row["name"] for row in rows), (operator, value)
                tried += 1
        assert tried >= 10
    finally:
        server.ask("res.partner", "unlink", made)


def _refuses(server: Server, domain: Any) -> bool:
    args = [server.db, server.uid, server.api_key, "res.partner", "search_count", [domain]]
    params = {"service": "object", "method": "execute_kw", "args": args}
    return "error" in server.post({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
