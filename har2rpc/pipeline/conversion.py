"""From calls to actions or a flow of them, and from these to text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from har2rpc.model import Action, Call, Capture, Flow, Har2rpcError, Input, Json, Link


def actions(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    inputs: bool = True,
    keep_all: bool = False,
    deep: bool = False,
    lookups: bool = False,
    named: Mapping[str, str] | None = None,
    kept: Iterable[str] = (),
) -> list[Action]:
    """The steps that do what these calls did: translated, with inputs, linked and named.

    `lookups` adds searches by name for the records that the steps take. `named` makes single values inputs of your naming (`{"5:domain[0][2]": "phone"}`), `kept` leaves them as recorded
    (`["5:limit"]`); `input_places` tells the paths. Raises Har2rpcError for a path that is not there.
    """
    from har2rpc.converting import shape

    made = shape(
        capture,
        calls,
        verbatim=verbatim,
        inputs=inputs,
        keep_all=keep_all,
        deep=deep,
        named=named,
        kept=kept,
    )
    return _with_lookups(made, capture) if lookups else made


def flow(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    inputs: bool = True,
    keep_all: bool = False,
    deep: bool = False,
    lookups: bool = False,
    named: Mapping[str, str] | None = None,
    kept: Iterable[str] = (),
) -> Flow:
    """All that these calls did as one flow: its steps in recorded order, one's result in the next."""
    from har2rpc.converting import shape
    from har2rpc.converting.flow import flow_of

    steps = shape(
        capture,
        calls,
        verbatim=verbatim,
        inputs=inputs,
        keep_all=keep_all,
        deep=deep,
        in_flow=True,
        named=named,
        kept=kept,
    )
    return flow_of(_with_lookups(steps, capture) if lookups else steps)


def _with_lookups(made: Sequence[Action], capture: Capture) -> list[Action]:
    from har2rpc.converting.lookups import with_lookups

    return with_lookups(made, capture)


def input_places(capture: Capture, calls: Sequence[Call]) -> Mapping[int, list[tuple[str, Input]]]:
    """For each call, by its number: the inputs that it is opened to, each with its path (`5:domain[0][2]`)."""
    from har2rpc.converting import input_places as found

    return found(capture, calls)


def knows_flows(target: str) -> bool:
    """Whether a target writes a flow as one; one that does not writes its single actions."""
    from har2rpc.rendering import find_target

    return find_target(target).knows_flows


def links(capture: Capture, calls: Sequence[Call]) -> list[Link]:
    """Where the values come from that a flow of these calls takes from the answers of earlier ones."""
    from har2rpc.converting import links as found

    return found(capture, calls)


def render(
    capture: Capture,
    steps: Sequence[Action] | Flow,
    *,
    target: str = "python",
    docs: Iterable[tuple[str, str]] = (),
) -> str:
    """The text of a target (a name, or the path of a template) for these actions, or for a flow.

    `docs` are (name, text) of what a server's `/doc-bearer/<model>.json` answers: they name arguments for JSON-2.
    Raises Har2rpcError for a text that is none.
    """
    from har2rpc.rendering import render_target

    return render_target(target, steps, capture.session, _by_model(docs))


def _by_model(docs: Iterable[tuple[str, str]]) -> dict[str, Mapping[str, Json]]:
    from har2rpc.odoo import signatures

    found = {}
    for name, text in docs:
        try:
            described = signatures.parse_doc(text)
        except (ValueError, RecursionError) as error:
            raise Har2rpcError(
                f"{name}: is not what /doc-bearer/<model>.json answers ({error}); save that answer as it is"
            ) from None
        found[described["model"]] = described
    return found
