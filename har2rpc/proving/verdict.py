"""The verdict on a run of generated code: does its answer differ from the recorded one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from har2rpc.model import Action, Call, Field, Json
from har2rpc.odoo.secret_methods import masked_answer
from har2rpc.odoo.secret_values import mask_text
from har2rpc.proving.announced import set_announced_apart
from har2rpc.proving.compare import ANY_NAME, Difference, differences
from har2rpc.proving.expected import expected_answer
from har2rpc.proving.runner import RunResult
from har2rpc.proving.unsent import Sending, UnsentValue

Status: TypeAlias = Literal["same", "changed", "different", "refused", "skipped"]

_COUNTING = frozenset({"web_search_read", "unity_web_search_read"})
_CREATING = frozenset({"create", "copy", "name_create", "message_post", "load"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one call."""

    call: Call
    status: Status
    """`same`; `changed`: the same but for volatile fields; `different`; `refused`; `skipped`."""
    why: str = ""
    """Odoo's message for `refused`, the reason for `skipped`, the fields for `changed`."""
    differences: tuple[Difference, ...] = ()
    unsent: tuple[UnsentValue, ...] = ()
    """Of a save: the values that the client had saved and that were not sent."""

    @property
    def is_fine(self) -> bool:
        """Whether there is no problem with the code."""
        return self.status in ("same", "changed", "skipped")


def skip_reason(action: Action, *, writes: bool) -> str:
    """Why an action is not run; "" if it is."""
    if action.changes and not writes:
        return f"it would change Odoo ({action.method}); run it with --writes"
    if any(param.type == "secret" for param in action.inputs):
        return "it needs a secret, which the capture does not contain"
    if any(param.file for param in action.inputs):
        return "it needs a file, which is not copied from the capture"
    return ""


def verdict_on(
    call: Call,
    action: Action,
    result: RunResult,
    *,
    fields: Mapping[str, Field],
    sending: Sending | None = None,
) -> Verdict:
    """The verdict on a run of the action that `call` was converted to, and on what it sent.

    `fields` are those of the call's model. A secret that a live server answers is no part of it: recorded answers have
    theirs masked, and so has the live one before it is compared or shown.
    """
    answer = masked_answer(call.model, call.method, call.args, result.answer)
    result = result._replace(answer=answer, refusal=mask_text(result.refusal))
    verdict = _verdict_on_answer(call, action, result, fields)
    if sending is None or not (sending.unsent or sending.changed):
        return verdict
    status: Status = verdict.status
    about_answer = "same answer" if status == "same" else verdict.why
    if sending.differences and status != "refused":
        status = "different"
    return replace(
        verdict,
        status=status,
        why="; ".join(filter(None, [about_answer, str(sending)])),
        differences=(*verdict.differences, *sending.differences),
        unsent=tuple(sending.unsent),
    )


def _verdict_on_answer(
    call: Call, action: Action, result: RunResult, fields: Mapping[str, Field]
) -> Verdict:
    if call.outcome == "error":
        return _verdict_on_refused_call(call, result)
    if action.route and not result.refusal:
        return Verdict(
            call,
            "same",
            f"it returned a file, {result.answer}; the capture does not contain the recorded one",
        )
    if result.refusal:
        if _has_refused_rows(call, action):
            return Verdict(call, "same", f"refused, as recorded: {result.refusal}")
        return Verdict(call, "refused", result.refusal)
    if len(action.runs) > 1:
        return Verdict(call, "same", f"{len(action.runs)} calls for one, none of them refused")
    if call.outcome == "missing":
        return Verdict(call, "skipped", "run, but the capture has no answer to compare with")
    recorded, live = _comparable_answers(call, action, result.answer, fields)
    recorded, announced = set_announced_apart(call, recorded, live)
    differing = (*announced, *differences(call.model, recorded, live))
    if action.method in _CREATING:
        differing = tuple(map(_as_new_id, differing))
    if unexplained := tuple(difference for difference in differing if not difference.reason):
        return Verdict(call, "different", differences=unexplained)
    if differing:
        names = dict.fromkeys(f"{call.model} {_field(d.path)} ({d.reason})" for d in differing)
        return Verdict(call, "changed", "; ".join(names), differing)
    return Verdict(call, "same")


def _comparable_answers(
    call: Call, action: Action, live: Json, fields: Mapping[str, Field]
) -> tuple[Json, Json]:
    """The recorded answer in the shape of the public method's, and the live one without its protocol's peculiarities."""
    recorded = expected_answer(
        call,
        action.method,
        fields=fields,
        field_names=requested_fields(action.kwargs),
        name_of=lambda model, record_id: ANY_NAME,
    )
    is_button = call.route == "/web/dataset/call_button"
    if is_button and not isinstance(recorded, dict) and not isinstance(live, dict):
        # The browser received False for whatever was no action; the method's own answer is not in the file.
        recorded = live
    if recorded is None and live is False:  # some clients have no word for nothing
        recorded = False
    if isinstance(live, list) and len(live) == 1 and isinstance(recorded, int):
        live = live[0]  # Odoo 19 answers message_post, and JSON-2 every creation, with a list
    if action.method in _COUNTING and action.returns == "records" and isinstance(recorded, dict):
        recorded = recorded.get("records")
    if _is_import(action) and isinstance(recorded, dict):
        recorded = recorded.get("ids")  # the code gives these alone
    if action.method == "fields_get" and call.method != "fields_get":
        return _common_attributes(recorded, live)
    return recorded, live


def _is_import(action: Action) -> bool:
    return action.method == "load" and action.returns == "ids"


def _has_refused_rows(call: Call, action: Action) -> bool:
    """Whether Odoo refused rows of an import, which is an answer and no error."""
    answer = call.fetch() if _is_import(action) and call.outcome == "ok" else None
    return isinstance(answer, dict) and answer.get("ids") is False


def _common_attributes(recorded: Json, live: Json) -> tuple[Json, Json]:
    """Of two answers to fields_get: the fields of the first, and the attributes that both have."""
    if not isinstance(recorded, dict) or not isinstance(live, dict):
        return recorded, live
    common = {
        name: sorted(field.keys() & live[name].keys() if name in live else field)
        for name, field in recorded.items()
    }
    return (
        {name: {key: recorded[name][key] for key in keys} for name, keys in common.items()},
        {
            name: {key: live[name][key] for key in keys}
            for name, keys in common.items()
            if name in live
        },
    )


def requested_fields(kwargs: Mapping[str, Json]) -> Sequence[str]:
    """The fields that a read names; () for all."""
    fields = kwargs.get("fields") if isinstance(kwargs, Mapping) else None
    return fields if isinstance(fields, list) else ()


def _verdict_on_refused_call(call: Call, result: RunResult) -> Verdict:
    if result.refusal:
        return Verdict(call, "same", f"refused, as recorded: {result.refusal}")
    difference = Difference("", "refused by Odoo", result.answer)
    return Verdict(call, "different", differences=(difference,))


def _as_new_id(difference: Difference) -> Difference:
    """The same difference, explained if both values are ids."""
    is_id = all(
        isinstance(value, int) and not isinstance(value, bool)
        for value in (difference.recorded, difference.live)
    )
    return difference._replace(reason="a new record's id") if is_id else difference


def _field(path: str) -> str:
    last = path.rpartition(".")[2].partition("[")[0]
    return last or "answer"
