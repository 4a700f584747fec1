"""Turns each call into drafts: translates, parameterizes, correlates, overrides. Only this file knows the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.correlate.used_ids import parameterize_used_ids
from har2rpc.converting.draft import Draft, Inputs
from har2rpc.converting.overrides import OverrideTable, apply_overrides, override_table
from har2rpc.converting.parameterize.form_session import Forms
from har2rpc.converting.parameterize.menu_filters import MenuFilters
from har2rpc.converting.parameterize.method_args import parameterize_args
from har2rpc.converting.parameterize.record_values import parameterize_values
from har2rpc.converting.parameterize.secret_inputs import parameterize_secrets
from har2rpc.converting.translate import client_call, translate_call, verbatim_draft
from har2rpc.converting.translate.chosen_fields import models_with_fields, with_fields
from har2rpc.converting.translate.nested_reads import nested_reads
from har2rpc.model import Call, Capture, ConvertOptions
from har2rpc.odoo.display_names import DisplayNames


def build_drafts(
    capture: Capture,
    calls: Sequence[Call],
    options: ConvertOptions | None = None,
    *,
    in_flow: bool = False,
) -> list[Draft]:
    """The drafts of each call, usually a single one.

    Raises Har2rpcError for an override that names no value of these calls.
    """
    options = options or ConvertOptions()
    overrides = override_table(options, calls)
    names = DisplayNames(capture)
    fields = {} if options.verbatim else _chosen_fields(options, calls, capture)
    builder = _Builder(capture, options, overrides, Forms(capture.calls, names), fields)
    drafts = [draft for call in calls for draft in builder.drafts_of(call)]
    as_recorded = options.verbatim or not options.inputs
    if in_flow or not as_recorded:
        drafts = parameterize_used_ids(
            drafts, capture, names, open_selected=not as_recorded, in_flow=in_flow
        )
    return [builder.override(draft, drafts) for draft in drafts]


def _chosen_fields(
    options: ConvertOptions, calls: Sequence[Call], capture: Capture
) -> dict[int, Sequence[str]]:
    """The fields that reads return, by call number. Raises Har2rpcError for a field that none of their models has."""
    chosen: dict[int, Sequence[str]] = {}
    overrides = options.overrides
    if fields := options.fields or overrides.fields:
        models = models_with_fields(calls, fields, capture)
        chosen = {call.n: fields for call in calls if call.model in models}
    for call in calls:
        entry = overrides.calls.get(call.n)
        if entry and entry.fields and not options.fields:
            models_with_fields([call], entry.fields, capture)
            chosen[call.n] = entry.fields
    return chosen


class _Builder:
    """What the drafts of one conversion have in common."""

    def __init__(
        self,
        capture: Capture,
        options: ConvertOptions,
        overrides: OverrideTable,
        forms: Forms,
        fields: Mapping[int, Sequence[str]],
    ) -> None:
        self._capture, self._options = capture, options
        self._overrides, self._forms = overrides, forms
        self._menu = MenuFilters(capture)
        self._fields = fields  # by call number: the fields that somebody chose for it

    def drafts_of(self, call: Call) -> list[Draft]:
        """What a call becomes, with its inputs; nothing is correlated yet."""
        if self._options.verbatim:
            return [_without_secrets(verbatim_draft(call))]
        recorded = call
        if fields := self._fields.get(call.n):
            call = with_fields(call, fields)
        translate = client_call if self._options.client_calls else translate_call
        drafts = translate(call, self._capture)
        if self._options.deep:
            for read, note in nested_reads(call, self._forms.names):
                drafts += [
                    replace(draft, source_call=call, notes=(note, *draft.notes), was_added=True)
                    for draft in translate_call(read, self._capture)
                ]
        return [self._parameterize(replace(draft, source_call=recorded)) for draft in drafts]

    def _parameterize(self, draft: Draft) -> Draft:
        open_inputs = self._options.inputs
        if draft.method in ("create", "write"):
            draft = parameterize_values(
                draft,
                self._capture,
                self._forms,
                open_inputs=open_inputs,
                keep_all=self._options.keep_all,
                overridden=self._overrides.paths_of(draft.source_call),
            )
        with_inputs = parameterize_args(draft, self._capture, self._forms.names, self._menu)
        if open_inputs:
            return with_inputs
        # The name still says what was searched for.
        return _without_secrets(
            replace(draft, criteria=with_inputs.criteria, labels=with_inputs.labels)
        )

    def override(self, draft: Draft, drafts: Sequence[Draft]) -> Draft:
        """The draft with its overrides. No path leads into a step that was added."""
        if draft.was_added or not self._overrides.paths_of(draft.source_call):
            return draft
        n = draft.source_call.n
        siblings = [
            other
            for other in drafts
            if other is not draft and other.source_call.n == n and not other.was_added
        ]
        inputs = Inputs(draft.model, self._capture.fields().get(draft.model, {}))
        return apply_overrides(draft, self._overrides, inputs, siblings)


def _without_secrets(draft: Draft) -> Draft:
    """Makes credentials inputs even if all other values stay literals."""
    inputs = Inputs(draft.model, {})
    draft = parameterize_secrets(draft, inputs)
    return replace(draft, inputs=(*draft.inputs, *inputs.collected))
