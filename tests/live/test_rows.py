"""`--rows` on real servers: each row of a CSV file is there once, whatever stops or kills the script."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from har_builder import ROOT, product

from live.server import Server

pytestmark = pytest.mark.live

BROKEN = {50: ("", ""), 111: ("Nobody of row 111", "Atlantis"), 165: ("Nobody\0 of row 165", "")}


WAYS = [(19, "python"), (19, "python-json2"), (14, "python")]


@pytest.fixture(params=WAYS, ids=lambda each: f"{each[0]}-{each[1]}")
def way(request: pytest.FixtureRequest) -> tuple[Server, str]:
    """Each server, and each target that it takes."""
    major, target = request.param
    odoo: Server = request.getfixturevalue("server" if major == 19 else "server_14")
    odoo.is_clean = False
    return odoo, target


class Relay(ThreadingHTTPServer):
    """Stands in front of a server: tells of each create, and can keep its answer to itself."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind, self.creates = behind, threading.Semaphore(0)
        self.holds = 0
        """From this create on answers are held."""
        self.count = 0


class _Handler(BaseHTTPRequestHandler):
    server: Relay

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        names = ("Content-Type", "Authorization", "X-Odoo-Database")
        headers = {name: self.headers[name] for name in names if self.headers[name]}
        answer = requests.post(self.server.behind + self.path, body, headers=headers, timeout=60)
        if b'"create"' in body or self.path.endswith("/create"):
            self.server.count += 1
            self.server.creates.release()
            if self.server.holds and self.server.count >= self.server.holds:
                return
        self.send_response(answer.status_code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def relay(way: tuple[Server, str]) -> Iterator[Relay]:
    with Relay(way[0].url) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


class Import:
    """A script of a sample, and a CSV file of 200 partners of which three are broken."""

    def __init__(self, folder: Path, odoo: Server, relay: Relay, target: str, mark: str) -> None:
        self.folder, self.odoo, self.mark = folder, odoo, mark
        self.variables = {**odoo.variables, "ODOO_URL": f"http://127.0.0.1:{relay.server_port}"}
        sample = ROOT / f"samples/odoo{odoo.major}-chrome-create_partner.har"
        folder.joinpath("create.py").write_text(
            product("convert", "-t", target, "--rows", sample), "utf-8"
        )
        with folder.joinpath("partners.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["Name", "Country", "Phone"])
            for number in range(1, 201):
                name, country = BROKEN.get(number, (f"{mark} {number:03}", "Belgium"))
                writer.writerow([name, country, f"+32 2 555 {number:04}"])

    def start(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-I", "create.py", "--csv", "partners.csv", *options],
            cwd=self.folder,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        _, said = process.communicate(timeout=120)
        return process.returncode, said

    def found(self) -> list[str]:
        domain = [["name", "like", f"{self.mark} %"]]
        rows = self.odoo.ask("res.partner", "search_read", domain, fields=["name", "country_id"])
        assert {"Belgium"} == {row["country_id"][1] for row in rows}
        return sorted(row["name"] for row in rows)

    def wanted(self) -> list[str]:
        return [f"{self.mark} {number:03}" for number in range(1, 201) if number not in BROKEN]


def test_stopped_between_rows_and_gone_on_with_197_are_there_once(
    way: tuple[Server, str], relay: Relay, tmp_path: Path
) -> None:
    odoo, target = way
    done = Import(tmp_path, odoo, relay, target, f"Row by {target} {uuid4().hex[:8]}")
    status, said = done.finish(done.start())
    assert 1 == status and "198 rows to send, 2 with mistakes" in said
    assert "row 51, name: is required" in said and "row 112, country_id: no res.country" in said
    assert [] == odoo.ask("res.partner", "search", [["name", "like", f"{done.mark} %"]])

    process = done.start("--write", "--batch", "20")
    for _ in range(3):
        assert relay.creates.acquire(timeout=60)
    process.send_signal(signal.SIGINT)
    status, said = done.finish(process)
    assert 1 == status and "stopped; run it again to go on" in said and " 0 unknown, " in said
    assert 60 <= len(done.found()) < 150
    _, said = done.finish(done.start("--write"))
    assert "197 done, 3 refused, 0 unknown, 0 left" in said, said
    assert done.wanted() == done.found()


def test_killed_within_a_request_nothing_is_there_twice(
    way: tuple[Server, str], relay: Relay, tmp_path: Path
) -> None:
    odoo, target = way
    done = Import(tmp_path, odoo, relay, target, f"Killed {target} {uuid4().hex[:8]}")
    relay.holds = 3
    process = done.start("--write", "--batch", "20")
    for _ in range(3):
        assert relay.creates.acquire(timeout=60)
    process.kill()
    done.finish(process)
    relay.holds = 0
    _, said = done.finish(done.start("--write"))
    assert "177 done, 3 refused, 20 unknown, 0 left" in said, said
    assert done.wanted() == done.found(), "Odoo had done what was not answered"


def test_a_flow_for_each_row_makes_each_order_with_its_lines(
    way: tuple[Server, str], tmp_path: Path
) -> None:
    odoo, target = way
    sample = ROOT / f"samples/odoo{odoo.major}-chrome-quotation_for_new_contact.har"
    text = product("convert", "-t", target, "--flow", "--rows", sample)
    tmp_path.joinpath("flow.py").write_text(text, "utf-8")
    mark = f"Flow by {target} {uuid4().hex[:8]}"
    lines = [f"{mark} A;FURN_8888;1,5", ";Office Lamp;2", f"{mark} B;[FURN_8888] Office Lamp;"]
    titles = "name;Order Lines/Product;lines.quantity"
    tmp_path.joinpath("rows.csv").write_text("\n".join([titles, *lines]), "utf-8-sig")
    done = subprocess.run(
        [sys.executable, "-I", "flow.py", "--csv", "rows.csv", "--write"],
        cwd=tmp_path,
        env=odoo.variables,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (0, "2 done, 0 refused, 0 unknown, 0 left\n") == (done.returncode, done.stderr)
    domain = [["order_id.partner_id.name", "like", f"{mark} %"]]
    fields = ["product_uom_qty", "state", "order_partner_id"]
    rows = odoo.ask("sale.order.line", "search_read", domain, fields=fields, order="id")
    made = [(row["order_partner_id"][1][-1], row["product_uom_qty"], row["state"]) for row in rows]
    assert [("A", 1.5, "sale"), ("A", 2, "sale"), ("B", 1, "sale")] == made
