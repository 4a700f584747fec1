"""Forms that set more than what is typed: recorded, converted, run with others, beside Odoo's own `Form`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from har_builder import har, page

from har2rpc import pipeline
from live import form_truth
from live.browser import Browser
from live.form_client import FormClient
from live.server import Server, configured

pytestmark = pytest.mark.live

Typed = list[tuple[str, Any]]


@dataclass(frozen=True)
class Case:
    """What is typed when it is recorded; `swaps` are the records with which it is run again, by those recorded."""

    name: str
    model: str
    typed: Callable[[dict[str, int]], Typed]
    swaps: dict[str, str]
    context: dict[str, Any] = field(default_factory=dict)
    edits: str = ""
    numbered: tuple[str, ...] = ("name",)
    majors: tuple[int, ...] = (19, 14)


def two_lines(ids: dict[str, int]) -> list[Typed]:
    return [[("product_id", ids["chair"]), ("product_qty", quantity)] for quantity in (6, 12)]


VENDOR = {"plain": "european"}
CASES = [
    Case(
        "two lines below and above a price step, taxes mapped",
        "purchase.order",
        lambda ids: [("partner_id", ids["plain"]), ("order_line", two_lines(ids))],
        VENDOR,
    ),
    Case(
        "a default that was emptied",
        "purchase.order",
        lambda ids: [
            ("partner_id", ids["plain"]),
            ("user_id", False),
            ("order_line", two_lines(ids)[:1]),
        ],
        VENDOR,
    ),
    Case(
        "another vendor of an order that exists",
        "purchase.order",
        lambda ids: [("partner_id", ids["european"])],
        {"european": "other"},
        edits="order",
    ),
    Case(
        "an activity of another type",
        "mail.activity",
        lambda ids: [("activity_type_id", ids["call"]), ("note", "<p>Ring</p>")],
        {"call": "upload"},
        {"default_res_model": "res.partner", "default_res_id": 3},
        numbered=(),
    ),
    Case(
        "a task of another project",
        "project.task",
        lambda ids: [("name", "Paint"), ("project_id", ids["house"])],
        {"house": "garden"},
        numbered=(),
    ),
    Case(
        "a quotation for another customer",
        "sale.order",
        lambda ids: [
            ("partner_id", ids["plain"]),
            ("order_line", [[("product_id", ids["chair"]), ("product_uom_qty", 4)]]),
        ],
        VENDOR,
        majors=(14,),
    ),
    Case(
        "a manufacturing order of another product",
        "mrp.production",
        lambda ids: [("product_id", ids["chair"]), ("product_qty", 3)],
        {"chair": "table"},
        numbered=("name", "production_group_id", "reference_ids", "origin", "reference"),
        majors=(19,),
    ),
]


@dataclass
class Stage:
    """A server of a version with the records that the cases are about, and what was made there."""

    server: Server
    browser: Browser
    ids: dict[str, int]
    made: dict[str, dict[str, Any]] = field(default_factory=dict)


def records(server: Server) -> dict[str, int]:
    """A vendor without anything, one with a currency, terms and a fiscal position; a product with steps of price."""
    ask = server.ask
    [euro] = ask("res.currency", "search", [["name", "=", "EUR"], ["active", "in", [True, False]]])
    ask("res.currency", "write", [euro], {"active": True})
    terms = ask("account.payment.term", "search", [["name", "ilike", "30 Days"]], limit=1)
    tax = {"amount": 15, "amount_type": "percent", "type_tax_use": "purchase"}
    now = time.time()  # names of taxes are unique
    taxed = ask("account.tax", "create", {"name": f"15 here {now}", **tax})
    abroad = {"name": f"0 abroad {now}", **tax, "amount": 0}
    if server.major >= 18:
        position = ask("account.fiscal.position", "create", {"name": "Abroad"})
        mapping = {
            "fiscal_position_ids": [[6, 0, [position]]],
            "original_tax_ids": [[6, 0, [taxed]]],
        }
        ask("account.tax", "create", {**abroad, **mapping})
    else:
        free = ask("account.tax", "create", abroad)
        mapped = [[0, 0, {"tax_src_id": taxed, "tax_dest_id": free}]]
        position = ask("account.fiscal.position", "create", {"name": "Abroad", "tax_ids": mapped})
    european = {
        "name": "European vendor",
        "property_purchase_currency_id": euro,
        "property_supplier_payment_term_id": terms[0],
        "property_payment_term_id": terms[0],
        "property_account_position_id": position,
    }
    ids = {
        "plain": ask("res.partner", "create", {"name": "Plain vendor"}),
        "european": ask("res.partner", "create", european),
    }
    other = {**european, "name": "Other vendor", "property_purchase_currency_id": False}
    ids["other"] = ask("res.partner", "create", other)
    seller = "partner_id" if server.major >= 16 else "name"
    steps = [
        [0, 0, {seller: ids["european"], "min_qty": 3, "price": 44.92, "currency_id": euro}],
        [0, 0, {seller: ids["european"], "min_qty": 10, "price": 40, "currency_id": euro}],
        [0, 0, {seller: ids["plain"], "min_qty": 1, "price": 51}],
    ]
    goods = {"supplier_taxes_id": [[6, 0, [taxed]]], "taxes_id": [[5]], "standard_price": 30}
    ids["chair"] = ask("product.product", "create", {"name": "Chair", "seller_ids": steps, **goods})
    ids["table"] = ask("product.product", "create", {"name": "Table", **goods})
    line = [[0, 0, {"product_id": ids["chair"], "product_qty": 2}]]
    for name in ("order", "order_run", "order_truth"):
        order = {"partner_id": ids["plain"], "order_line": line}
        ids[name] = ask("purchase.order", "create", order)
    activity = {"delay_count": 5, "delay_unit": "days", "summary": "Send it"}
    ids["call"] = ask("mail.activity.type", "create", {"name": "Ring up"})
    ids["upload"] = ask("mail.activity.type", "create", {"name": "Send", **activity})
    ids["house"] = ask("project.project", "create", {"name": "House", "partner_id": ids["plain"]})
    garden = {"name": "Garden", "partner_id": ids["european"]}
    ids["garden"] = ask("project.project", "create", garden)
    if server.major < 17:  # only for those who want warnings
        wanted = [["module", "=", "purchase"], ["name", "=", "group_warning_purchase"]]
        [group] = ask("ir.model.data", "search_read", wanted, ["res_id"])
        ask("res.users", "write", [server.uid], {"groups_id": [[4, group["res_id"]]]})
        warned = {"name": "Blocked vendor", "purchase_warn": "block", "purchase_warn_msg": "No."}
        ids["blocked"] = ask("res.partner", "create", warned)
    return ids


@pytest.fixture(scope="module", params=[19, 14])
def stage(request: pytest.FixtureRequest) -> Stage:
    major = request.param
    server = configured(major, "MORE")
    if server is None or not form_truth.is_here(major):
        pytest.skip(f"no live Odoo {major} with purchase, or none whose shell can be run")
    return Stage(server, Browser(server), records(server))


def recorded(stage: Stage, case: Case, path: Path) -> Path:
    """What a browser records of the case."""
    client = FormClient(stage.browser, stage.server.major, case.model, case.context)
    if case.edits:
        client.edit(stage.ids[case.edits])
    else:
        client.open()
    for name, value in case.typed(stage.ids):
        client.type(name, value)
    client.save()
    version = f"{stage.server.major}.0"
    head = page(db=stage.server.db, server_version=version)
    path.write_text(json.dumps(har(head, *client.entries)), "utf-8")
    return path


def swapped(value: Any, ids: dict[Any, Any]) -> Any:
    """The value with other records."""
    if isinstance(value, list):
        return [swapped(one, ids) for one in value]
    if isinstance(value, dict):
        return {name: swapped(one, ids) for name, one in value.items()}
    return ids.get(value, value) if type(value) is int else value


def run_again(stage: Stage, path: Path, ids: dict[Any, Any], target: str = "python") -> Any:
    """What the function answers when it is called with other records; raises CalledProcessError."""
    capture = pipeline.open_capture([path])
    [action] = [one for one in pipeline.actions(capture) if one.changes]
    text = pipeline.render(capture, [action], target=target)
    script = path.with_name(f"{path.stem}_run.py")
    script.write_text(text, "utf-8")
    values = {one.name: swapped(one.example, ids) for one in action.inputs}
    driver = (
        f"import json, sys; sys.path.insert(0, {str(path.parent)!r}); import {script.stem} as it\n"
        f"print(json.dumps(it.{action.name}(**json.loads(sys.argv[1]))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", driver, json.dumps(values)],
        env=stage.server.variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def test_generated_code_makes_what_the_form_makes(stage: Stage, tmp_path: Path) -> None:
    cases = [case for case in CASES if stage.server.major in case.majors]
    beside = []
    for number, case in enumerate(cases):
        ids = {stage.ids[one]: stage.ids[other] for one, other in case.swaps.items()}
        path = recorded(stage, case, tmp_path / f"case{number}.har")
        if case.edits:
            ids[stage.ids["order"]] = stage.ids["order_run"]
        answer = run_again(stage, path, ids)
        beside.append(
            {
                "name": case.name,
                "model": case.model,
                "context": case.context,
                "typed": swapped([list(each) for each in case.typed(stage.ids)], ids),
                "before": stage.ids["order_truth"] if case.edits else 0,
                "record": stage.ids["order_run"] if case.edits else answer,
                "numbered": case.numbered,
            }
        )
    truths = form_truth.truths(stage.server.major, beside)
    others = [
        f"{name}: {one}"
        for name, told in truths.items()
        for one in ([told["refused"]] if "refused" in told else told["differing"])
    ]
    assert not others, "\n".join(others)
    assert all(told["fields"] > 10 for told in truths.values())


def test_what_the_form_refuses_is_refused_with_its_warning(stage: Stage, tmp_path: Path) -> None:
    if "blocked" not in stage.ids:
        pytest.skip("no vendor can be blocked in this version")
    path = recorded(stage, CASES[0], tmp_path / "blocked.har")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_again(stage, path, {stage.ids["plain"]: stage.ids["blocked"]})
    assert "Blocked vendor" in refused.value.stderr and "No." in refused.value.stderr
