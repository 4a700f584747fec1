"""From calls to actions, and from actions to text."""

from __future__ import annotations

from collections.abc import Sequence

from har2rpc.model import Action, Call, Capture


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


def render(capture: Capture, steps: Sequence[Action], *, target: str = "python") -> str:
    """The text of a target (a name, or the path of a template) for these actions."""
    from har2rpc.rendering import render_target

    return render_target(target, steps, capture.session)
