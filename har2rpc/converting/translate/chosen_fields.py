"""`--fields`: replaces the fields that reads return, which are those of the screen otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Call, Capture, Har2rpcError, Json
from har2rpc.model.near_names import did_you_mean

_READS = frozenset(
    {"read", "search_read", "web_read", "web_search_read", "unity_read", "unity_web_search_read"}
)
_ALWAYS = frozenset({"id", "display_name"})


def models_with_fields(
    calls: Sequence[Call], fields: Sequence[str], capture: Capture
) -> frozenset[str]:
    """The models that these calls read and that have these fields, according to the capture.

    Raises Har2rpcError if no model has them, with close matches, and if no call reads.
    """
    models = list(dict.fromkeys(call.model for call in calls if call.method in _READS))
    if not models:
        raise Har2rpcError("--fields: none of these calls reads records")
    known = {model: capture.fields().get(model, {}) for model in models}
    unknown = {
        model: [name for name in fields if known[model] and name not in {*known[model], *_ALWAYS}]
        for model in models
    }
    model = models[0]
    if all(unknown.values()):
        name = unknown[model][0]
        near = did_you_mean(name, known[model])
        hint = f"; {near}" if near else ""
        raise Har2rpcError(f"--fields: {model} has no field {name!r}{hint}")
    return frozenset(model for model in models if not unknown[model])


def with_fields(call: Call, fields: Sequence[str]) -> Call:
    """The call as if the screen had shown these fields; what it nested in them is kept."""
    if call.method not in _READS:
        return call
    is_specification = call.method not in ("read", "search_read") and "fields" not in call.kwargs
    key = "specification" if is_specification else "fields"
    recorded = call.args[1] if len(call.args) > 1 else call.kwargs.get(key)
    chosen: Json = list(fields)
    if isinstance(recorded, dict) or (is_specification and recorded is None):
        chosen = {name: (recorded or {}).get(name, {}) for name in fields}
    # A size is not what was chosen: without this key an image is read as it is.
    context = {name: value for name, value in call.context.items() if name != "bin_size"}
    if len(call.args) > 1:
        return replace(call, args=[call.args[0], chosen, *call.args[2:]], context=context)
    return replace(call, kwargs={**call.kwargs, key: chosen}, context=context)
