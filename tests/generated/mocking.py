"""har2rpc's own mock, fed from the plain walk: its reading of the capture must not prove itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generated.recorded import Recorded, as_sent
from generated.running import DB, SECRET
from har2rpc.model import Call, Fact, Session, Where, answer_of
from har2rpc.proving.mock.app import RecordedOdoo


def mock(calls: Iterable[Recorded], uid: int) -> RecordedOdoo:
    """An Odoo that answers these calls: made from the plain walk, not from har2rpc's own reading."""
    facts = {"db": Fact(DB, "the test"), "uid": Fact(uid, "the test")}
    return RecordedOdoo(map(as_call, calls), Session(facts=facts), secret=SECRET)


def as_call(call: Recorded) -> Call:
    """The noun of the mock for a call that the plain walk found."""
    file, _, entry = call.where.rpartition("#")
    return Call(
        n=call.n,
        where=Where(file, int(entry)),
        url="",
        route=call.route,
        model=call.model,
        method=call.method,
        args=call.args,
        kwargs=call.kwargs,
        context=call.context,
        uid=call.uid,
        kind="action",
        outcome=call.outcome,
        started=call.started,
        ms=call.ms,
        fetch=answer_of(call.answer),
    )


def sent_as(received: Any) -> dict[str, Any]:
    """What the mock received, in the form that is compared."""
    model, method, args, kwargs = received
    return as_sent(model, method, args, kwargs, kwargs.get("context"))
