"""Recorded calls, and what must arrive for them, said by hand: positionally, and by name for JSON-2."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from har_builder import call

# Everything that means something to a shell, to Python, to JSON, to Jinja or to XML.
HOSTILE = (
    'it\'s "quoted" \\ \\n %s $(touch x) `touch y` ${HOME} $HOME !! & && ; | > < # ~ * ? [a] {b}'
    " {{ 7 * 7 }} {% raw %} {# c #} ]]> &amp; </value> \t tab\nline '''\"\"\" \\u0041 é 漢 😀 \u202e end"
)
CONTEXT = {"lang": "en_US"}
LARGE = 9007199254740991


@dataclass(frozen=True)
class Case:
    """One recorded call; what is sent for it as it was, translated, and by name."""

    name: str
    entry: dict[str, Any]
    answer: Any
    method: str
    args: list[Any]
    kwargs: dict[str, Any] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    """Translated, through JSON-2; the same call."""
    json2_answer: Any = None
    model: str = "res.partner"
    options: tuple[str, ...] = ()
    verbatim: tuple[str, list[Any], dict[str, Any]] | None = None
    """What is sent with --verbatim, where that is another call."""


def _web(method: str, args: list[Any], kwargs: dict[str, Any] | None = None, **more: Any) -> Any:
    return call("res.partner", method, args, kwargs, **more)


_SPECIFICATION = {"name": {}, "phone": {}}
_VALUES = {"name": HOSTILE, "active": False, "color": 0}

CASES = (
    Case(
        "search",
        _web(
            "web_search_read",
            [],
            {
                "domain": [["name", "ilike", HOSTILE]],
                "specification": _SPECIFICATION,
                "limit": 80,
                "offset": 0,
            },
            result={"length": 0, "records": []},
        ),
        [{"id": 7, "name": HOSTILE, "phone": False}],
        "search_read",
        [[["name", "ilike", HOSTILE]]],
        {"fields": ["name", "phone"], "limit": 80, "offset": 0, "context": CONTEXT},
        {"domain": [["name", "ilike", HOSTILE]], "fields": ["name", "phone"], "limit": 80}
        | {"offset": 0, "context": CONTEXT},
        verbatim=(
            "web_search_read",
            [],
            {
                "domain": [["name", "ilike", HOSTILE]],
                "specification": _SPECIFICATION,
                "limit": 80,
                "offset": 0,
                "context": CONTEXT,
            },
        ),
    ),
    Case(
        "create",
        _web("web_save", [[], {"name": HOSTILE}], {"specification": {}}, result=[{"id": 7}]),
        7,
        "create",
        [{"name": HOSTILE}],
        {"context": CONTEXT},
        {"vals_list": [{"name": HOSTILE}], "context": CONTEXT},
        json2_answer=[7],
        verbatim=(
            "web_save",
            [[], {"name": HOSTILE}],
            {"specification": {}, "context": CONTEXT},
        ),
    ),
    Case(
        "write: false is not 0",
        _web("write", [[7], _VALUES]),
        True,
        "write",
        [[7], _VALUES],
        {"context": CONTEXT},
        {"ids": [7], "vals": _VALUES, "context": CONTEXT},
        options=("--verbatim",),
    ),
    Case(
        "button without an answer",
        _web("action_archive", [[7]], route="/web/dataset/call_button"),
        None,
        "action_archive",
        [[7]],
        {"context": CONTEXT},
        {"ids": [7], "context": CONTEXT},
    ),
    Case(
        "list of ids",
        _web("read", [[7, 3, 7], ["name"]], result=[]),
        [{"id": 7, "name": "b"}, {"id": 3, "name": "a"}],
        "read",
        [[7, 3, 7]],
        {"fields": ["name"], "context": CONTEXT},
        {"ids": [7, 3, 7], "fields": ["name"], "context": CONTEXT},
        verbatim=("read", [[7, 3, 7], ["name"]], {"context": CONTEXT}),
    ),
    Case(
        "no ids at all: a list input in a domain",
        _web("search_count", [[["id", "in", [4, 5]]]], result=2),
        2,
        "search_count",
        [[["id", "in", [4, 5]]]],
        {"context": CONTEXT},
        {"domain": [["id", "in", [4, 5]]], "context": CONTEXT},
    ),
)
