"""From calls to actions or a flow of them, and from these to text."""

from __future__ import annotations

from collections.abc import Sequence

from har2rpc.model import Action, Call, Capture, Flow


def actions(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    inputs: bool = True,
    keep_all: bool = False,
) -> list[Action]:
    """The steps that do what these calls did: translated, with inputs, linked and named."""
    from har2rpc.shaping import shape

    return shape(capture, calls, verbatim=verbatim, inputs=inputs, keep_all=keep_all)


def flow(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    inputs: bool = True,
    keep_all: bool = False,
) -> Flow:
    """All that these calls did as one flow: its steps in recorded order, one's result in the next."""
    from har2rpc.shaping import shape
    from har2rpc.shaping.flowing import flow_of

    steps = shape(capture, calls, verbatim=verbatim, inputs=inputs, keep_all=keep_all, in_flow=True)
    return flow_of(steps)


def render(capture: Capture, steps: Sequence[Action] | Flow, *, target: str = "python") -> str:
    """The text of a target (a name, or the path of a template) for these actions, or for a flow."""
    from har2rpc.rendering import render_target

    return render_target(target, steps, capture.session)
