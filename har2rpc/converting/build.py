"""From each call to its draft: translate, open up, link back, decide. In this order, written here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.correlate.used_ids import with_ids_back
from har2rpc.converting.display_names import Names
from har2rpc.converting.draft import Draft, Inputs
from har2rpc.converting.overrides import Choices, choices, decided
from har2rpc.converting.parameterize.form_session import Forms
from har2rpc.converting.parameterize.method_args import opened, without_secrets
from har2rpc.converting.parameterize.record_values import valued
from har2rpc.converting.translate import translated
from har2rpc.converting.translate import verbatim as verbatim_draft
from har2rpc.converting.translate.nested_reads import deepened
from har2rpc.model import Call, Capture


def drafts(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    inputs: bool = True,
    keep_all: bool = False,
    deep: bool = False,
    in_flow: bool = False,
    named: Mapping[str, str] | None = None,
    kept: Iterable[str] = (),
) -> list[Draft]:
    """The drafts of each call: mostly one.

    `deep` adds reads of the linked records that a specification had nested. `named` and `kept` are single decisions:
    `{"5:domain[0][2]": "phone"}`, `["5:limit"]`.
    """
    names = Names(capture)
    forms = Forms(capture.calls, names)
    wanted = choices(named or {}, kept, calls)
    drafted = [
        pair
        for call in calls
        for pair in _drafted(call, capture, forms, wanted, verbatim, inputs, keep_all, deep)
    ]
    found = [draft for _, draft in drafted]
    as_recorded = verbatim or not inputs
    if in_flow or not as_recorded:
        found = with_ids_back(found, capture, names, open_selected=not as_recorded, in_flow=in_flow)
    # A step that was added reads what another one made or nested: nobody decides about it.
    whole = iter([before for before, draft in drafted if not draft.was_added])
    made = [draft for draft in found if not draft.was_added]
    return [
        (
            draft
            if draft.was_added
            else decided(
                draft, next(whole), wanted, _asked(draft, capture), _beside(draft, made, wanted)
            )
        )
        for draft in found
    ]


def _beside(draft: Draft, made: Sequence[Draft], wanted: Choices) -> list[Draft]:
    """The other drafts of a call that somebody decided about."""
    if not wanted.of(draft.call):
        return []
    return [other for other in made if other is not draft and other.call.n == draft.call.n]


def _asked(draft: Draft, capture: Capture) -> Inputs:
    return Inputs(draft.model, capture.fields().get(draft.model, {}))


def _drafted(
    call: Call,
    capture: Capture,
    forms: Forms,
    wanted: Choices,
    untouched: bool,
    inputs: bool,
    keep_all: bool,
    deep: bool,
) -> list[tuple[Draft, Draft]]:
    """What a call becomes: each draft with all its values, and what is sent of them."""
    if untouched:
        draft = verbatim_draft(call)
        return [(draft, _with_secrets_out(draft))]
    translations = translated(call, capture)
    for reading, told in deepened(call, forms.names) if deep else ():
        translations += [
            replace(draft, notes=(told, *draft.notes), was_added=True)
            for draft in translated(reading, capture)
        ]
    made = []
    for before in translations:
        draft = before
        if draft.method in ("create", "write"):
            places = wanted.of(call)
            draft = valued(draft, capture, forms, inputs=inputs, keep_all=keep_all, wanted=places)
        with_inputs = opened(draft, capture, forms.names)
        if not inputs:
            told = replace(draft, by=with_inputs.by, labels=with_inputs.labels)
            with_inputs = _with_secrets_out(told)
        made.append((before, with_inputs))
    return made


def _with_secrets_out(draft: Draft) -> Draft:
    """Whatever else stays a literal: a credential never does."""
    found = Inputs(draft.model, {})
    args, kwargs = without_secrets(draft.args, found), without_secrets(draft.kwargs, found)
    return replace(draft, args=args, kwargs=kwargs, inputs=(*draft.inputs, *found.found))
