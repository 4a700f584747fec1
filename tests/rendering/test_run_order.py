"""What may be done without the right to change something, and what must wait for it."""

from __future__ import annotations

from typing import Any

from har2rpc.model import Action, Result, Run
from har2rpc.rendering.run_order import stretches


def done(n: int, *, changes: bool = False, **values: Any) -> tuple[Action, Run]:
    """One action and its one run; its answer is `r1`, `r2`, …"""
    run = Run(n, values, f"r{n}")
    return Action(f"a{n}", "", "", (), "m", "x", [], {}, {}, (), (run,), changes), run


def shape(*steps: tuple[Action, Run]) -> list[tuple[bool, list[int]]]:
    """The stretches, by numbers."""
    return [(needs, [run.n for _, run in group]) for needs, group in stretches(steps)]


def test_reads_alone_are_one_stretch() -> None:
    assert [(False, [1, 2])] == shape(done(1), done(2))
    assert [] == shape()


def test_what_changes_something_waits() -> None:
    steps = (done(1), done(2, changes=True), done(3, changes=True), done(4))
    assert [(False, [1]), (True, [2, 3]), (False, [4])] == shape(*steps)


def test_so_does_what_needs_its_answer_and_what_needs_that() -> None:
    made, read = Result("r1"), Result("r2", "field", field="x")
    steps = (done(1, changes=True), done(2, a=made), done(3, b=[7, read]), done(4, c=7))
    assert [(True, [1, 2, 3]), (False, [4])] == shape(*steps)
