"""The languages that targets are written in: what their templates print values with.

A writer is imported when a target of its language is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from har2rpc.model import Har2rpcError

Filters: TypeAlias = Mapping[str, Callable[..., Any]]


def filters_of(language: str) -> Filters:
    """The filters of a language (`py`, `json`, …), by their names in templates.

    Raises Har2rpcError for a language without a writer.
    """
    if language not in _LANGUAGES:
        known = ", ".join(sorted(_LANGUAGES))
        raise Har2rpcError(f".{language}.j2: no writer for .{language}; known: {known}")
    return _LANGUAGES[language]()


def _python() -> Filters:
    from har2rpc.rendering.python import comments, literals

    return {
        "lit": literals.literal,
        "name": literals.identifier,
        "comment": comments.comment,
        "doc": comments.doc,
        "docstring": comments.docstring,
        "assigned": literals.assigned,
        "returned": literals.returned,
        "call": literals.call,
        "signature": literals.signature,
    }


def _json() -> Filters:
    from har2rpc.rendering import input_kinds
    from har2rpc.rendering.javascript import functions as javascript_functions
    from har2rpc.rendering.javascript import literals as javascript
    from har2rpc.rendering.json_values import literals, n8n, postman, schema

    return {
        "lit": partial(literals.literal, step=2),
        # A body that is a string value: written in its own language first, then as a literal.
        "jinja_body": literals.jinja_body,
        "name": literals.name,
        "marked": literals.marked,
        "inputs_schema": schema.inputs_schema,
        "value_schema": schema.value_schema,
        "as_recorded": schema.as_recorded,
        "kind": input_kinds.kind_of,
        "postman_body": postman.body,
        "place": postman.place,
        "variable": postman.variable,
        "expression": n8n.expression,
        "constant": n8n.constant,
        "of_item": n8n.of_item,
        "field": n8n.field,
        "holds_big_numbers": javascript_functions.holds_big_numbers,
        # A script that is a string value.
        "javascript": javascript.literal,
        "javascript_name": javascript.variable,
    }


def _shell() -> Filters:
    from har2rpc.rendering.shell import function_options, words

    return {
        "lit": words.word,
        "json": words.json_word,
        "name": words.variable,
        "function": words.function,
        "comment": words.comment,
        "option_kinds": function_options.option_kinds,
        "usage": function_options.usage,
        "locals": function_options.locals_,
        "cases": function_options.cases,
        "flow_names": function_options.flow_names,
        "flow_results": function_options.flow_results,
        "flow_cases": function_options.flow_cases,
        "invoked": function_options.invoked,
        "paged": function_options.paged,
    }


def _javascript() -> Filters:
    from har2rpc.rendering.javascript import functions, literals

    return {
        "lit": literals.literal,
        "name": literals.variable,
        "function": literals.function,
        "comment": literals.comment,
        "docblock": functions.docblock,
        "call": functions.call,
        "signature": functions.signature,
        "paged": functions.paged,
        "holds_big_numbers": functions.holds_big_numbers,
    }


_LANGUAGES: dict[str, Callable[[], Filters]] = {
    "json": _json,
    "mjs": _javascript,
    "py": _python,
    "sh": _shell,
}
