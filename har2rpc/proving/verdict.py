"""Whether generated code does what the browser did: it is run, and its answer compared with the recorded one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from har2rpc.model import Action, Call, Field, Json
from har2rpc.proving.compare import NAME, Difference, differences
from har2rpc.proving.expected import classic
from har2rpc.proving.runner import Ran

Status: TypeAlias = Literal["same", "changed", "different", "refused", "skipped"]


_MAKING = frozenset({"create", "copy", "name_create", "message_post"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one call fared."""

    call: Call
    status: Status
    """`same`; `changed`: the same but for what changes by itself; `different`; `refused`; `skipped`."""
    why: str = ""
    """Odoo's own words for `refused`, the reason for `skipped`, which fields for `changed`."""
    differences: tuple[Difference, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether nothing was found that speaks against the code."""
        return self.status in ("same", "changed", "skipped")


def why_skipped(action: Action, *, writes: bool) -> str:
    """Why an action is not run; "" if it is."""
    if action.changes and not writes:
        return f"it would change Odoo ({action.method}); --writes runs it"
    if any(made.type == "secret" for made in action.inputs):
        return "it needs a secret, which the capture does not hold"
    return ""


def judged(call: Call, action: Action, ran: Ran, *, fields: Mapping[str, Field]) -> Verdict:
    """The verdict on a run. `fields` are those of the call's model."""
    if call.outcome == "error":
        return _judged_refusal(call, ran)
    if ran.refused:
        return Verdict(call, "refused", ran.refused)
    if len(action.runs) > 1:
        return Verdict(call, "same", f"{len(action.runs)} calls for one, none of them refused")
    if call.outcome == "missing":
        return Verdict(call, "skipped", "run, but the capture holds no answer to compare with")
    recorded = classic(
        call,
        action.method,
        fields=fields,
        asked=asked_fields(action.kwargs),
        unnamed=lambda model, identity: NAME,
    )
    if call.route == "/web/dataset/call_button" and not isinstance(recorded, dict):
        # The browser got False for whatever was no action; the method's own answer is not in the file.
        recorded = ran.result if not isinstance(ran.result, dict) else recorded
    live = ran.result
    if recorded is None and live is False:  # some clients have no word for nothing
        recorded = False
    if isinstance(live, list) and len(live) == 1 and isinstance(recorded, int):
        live = live[0]  # Odoo 19 answers message_post, and JSON-2 every creation, with a list
    if action.method == "fields_get" and call.method != "fields_get":
        recorded, live = _common(recorded, live)
    found = tuple(differences(call.model, recorded, live))
    if action.method in _MAKING:
        found = tuple(_a_new_id(difference) for difference in found)
    if real := tuple(difference for difference in found if not difference.reason):
        return Verdict(call, "different", differences=real)
    if found:
        names = dict.fromkeys(f"{call.model} {_field(d.path)} ({d.reason})" for d in found)
        return Verdict(call, "changed", "; ".join(names), found)
    return Verdict(call, "same")


def _common(recorded: Json, live: Json) -> tuple[Json, Json]:
    """Of two descriptions of fields: the fields of the first, and the attributes that both have."""
    if not isinstance(recorded, dict) or not isinstance(live, dict):
        return recorded, live
    both = {
        name: recorded[name].keys() & live.get(name, recorded[name]).keys() for name in recorded
    }
    return (
        {name: {key: recorded[name][key] for key in sorted(both[name])} for name in recorded},
        {
            name: {key: live[name][key] for key in sorted(both[name])}
            for name in recorded
            if name in live
        },
    )


def asked_fields(kwargs: Mapping[str, Json]) -> Sequence[str]:
    """The fields that a read asks for by name; () for all."""
    fields = kwargs.get("fields") if isinstance(kwargs, Mapping) else None
    return fields if isinstance(fields, list) else ()


def _judged_refusal(call: Call, ran: Ran) -> Verdict:
    if ran.refused:
        return Verdict(call, "same", f"refused as it was recorded: {ran.refused}")
    told = Difference("", "refused by Odoo", ran.result)
    return Verdict(call, "different", differences=(told,))


def _a_new_id(difference: Difference) -> Difference:
    is_id = all(
        isinstance(value, int) and not isinstance(value, bool)
        for value in (difference.recorded, difference.live)
    )
    return difference._replace(reason="a new record's id") if is_id else difference


def _field(path: str) -> str:
    last = path.rpartition(".")[2].partition("[")[0]
    return last or "answer"
