"""Selects the calls of a capture, and explains an empty selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from har2rpc.model import Call, Capture, Har2rpcError
from har2rpc.model.near_names import did_you_mean
from har2rpc.pipeline.parts import part_for
from har2rpc.pipeline.serialization import named_files
from har2rpc.pipeline.unconverted import unconverted_notes


def select(
    capture: Capture,
    *,
    numbers: Iterable[int] | None = None,
    model: str | None = None,
    method: str | None = None,
    everything: bool = False,
    server: str | None = None,
    user: str | int | None = None,
) -> list[Call]:
    """Selects calls by number, by globs of model and method, by server and by user; in recorded order.

    `server` is a URL, URL/database, or a unique part of it; `user` is a uid or a login. Without numbers, noise is left
    out unless `everything` is set or the capture has nothing else. Raises Har2rpcError if the capture has no such
    number, server or user.
    """
    capture = part_for(capture, server=server, user=user)
    selected = None if numbers is None else set(numbers)
    if selected and (unknown := sorted(selected - {call.n for call in capture.calls})):
        has = f"it has {_counted_calls(capture)}"
        if capture.calls and capture.calls[-1].n != len(capture.calls):
            has = f"of this server and user it has {_counted_calls(capture)}"
        raise Har2rpcError(
            f"{named_files(capture.files)}: no call {unknown[0]}; {has}, see har2rpc list --all"
        )
    everything = everything or holds_noise_alone(capture)
    return [
        call
        for call in capture.calls
        if (selected is None or call.n in selected)
        and (everything or selected is not None or call.kind != "noise")
        and (model is None or fnmatchcase(call.model, model))
        and (method is None or fnmatchcase(call.method, method))
    ]


_MOST_NOISE_ALONE = 5  # calls: with more of them, nobody recorded the file for its noise


def holds_noise_alone(capture: Capture) -> bool:
    """Whether a capture has only a few calls, all of them noise: then the user cares about these."""
    is_small = 0 < len(capture.calls) <= _MOST_NOISE_ALONE
    return is_small and all(call.kind == "noise" for call in capture.calls)


def noise_alone_note(capture: Capture) -> str:
    """The note for such a capture in `list` and `convert`."""
    count = len(capture.calls)
    calls = "its one call is" if count == 1 else f"all {count} calls are"
    return f"{named_files(capture.files)}: {calls} noise (the client's own); used anyway, as there is nothing else"


def _counted_calls(capture: Capture) -> str:
    """`1 call`, `2 calls`."""
    return f"{len(capture.calls)} call{'' if len(capture.calls) == 1 else 's'}"


def without_refused(calls: Sequence[Call]) -> tuple[list[Call], list[str]]:
    """The calls that Odoo accepted, and one sentence on the refused ones; all calls, if Odoo refused all."""
    refused = [call for call in calls if call.outcome == "error"]
    if not refused or len(refused) == len(calls):
        return list(calls), []
    numbers = ",".join(str(call.n) for call in refused)
    count, them = ("1 call", "it") if len(refused) == 1 else (f"{len(refused)} calls", "them")
    note = f"skipped {count} that Odoo rejected; use -n {numbers} to convert {them} anyway"
    return [call for call in calls if call.outcome != "error"], [note]


def nothing_chosen(capture: Capture, *, model: str | None = None, method: str | None = None) -> str:
    """Why a list of calls is empty, and what to do."""
    files = named_files(capture.files)
    for what, glob, known in (
        ("model", model, {call.model for call in capture.calls}),
        ("method", method, {call.method for call in capture.calls}),
    ):
        if glob is not None and not any(fnmatchcase(name, glob) for name in known):
            near = did_you_mean(glob, sorted(known)) or "see har2rpc list --all"
            return f"{files}: no call of a {what} {glob!r}; {near}"
    if all(call.kind == "noise" for call in capture.calls):
        what = f"all of its {len(capture.calls)} calls are noise (the client's own)"
        return f"{files}: {what}; see har2rpc list --all, and choose with -n"
    return f"{files}: you selected none of its {_counted_calls(capture)}; see har2rpc list --all"


def nothing_to_convert(
    capture: Capture, *, model: str | None = None, method: str | None = None
) -> str:
    """Why a selection is empty, and what to do."""
    files = named_files(capture.files)
    if not capture.calls and (notes := unconverted_notes(capture)):
        return f"{files}: no call of a model's method to convert; {'; '.join(notes)}"
    if not capture.calls:
        first_skipped = f"; {capture.skipped[0]}" if capture.skipped else ""
        return f"{files}: a session, but no Odoo call; do something in Odoo while recording{first_skipped}"
    return nothing_chosen(capture, model=model, method=method)


def nothing_found(
    names: Sequence[str],
    entry_counts: Mapping[str, int],
    other_routes: Mapping[str, int],
    skipped: Sequence[str],
    *,
    is_copied: bool = False,
) -> str:
    """Why these files, or copied texts, have no capture in them, and what to do."""
    total = sum(entry_counts.values())
    if skipped and not total:
        return skipped[0]
    if not total:
        return f"{named_files(names)}: no entries; open the Network tab first, then load the page and export"
    counts = f"{entry_counts.get('static', 0)} static files, {entry_counts.get('other', 0)} other"
    if other_routes:
        posts = sum(other_routes.values())
        named = ", ".join(f"{route} {count}" for route, count in [*other_routes.items()][:8])
        counts += f", among them {posts} JSON-RPC posts that are not model calls: {named}"
    first_skipped = f"; {skipped[0]}" if skipped else ""
    if is_copied:
        return f"{named_files(names)}: no Odoo call among the {total} requests of this text{first_skipped}"
    return (
        f"{named_files(names)}: no Odoo call among {total} entries ({counts}); "
        f"open the Network tab first, then repeat the action and export{first_skipped}"
    )
