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
    from har2rpc.rendering import python_comments, python_writer

    return {
        "lit": python_writer.literal,
        "name": python_writer.identifier,
        "comment": python_comments.comment,
        "doc": python_comments.doc,
        "docstring": python_comments.docstring,
        "assigned": python_writer.assigned,
        "returned": python_writer.returned,
        "call": python_writer.call,
        "signature": python_writer.signature,
    }


def _json() -> Filters:
    from har2rpc.rendering import (
        input_kinds,
        javascript_functions,
        javascript_writer,
        json_schema,
        json_writer,
        n8n_writer,
        postman_writer,
    )

    return {
        "lit": partial(json_writer.literal, step=2),
        # A body that is a string value: written in its own language first, then as a literal.
        "jinja_body": json_writer.jinja_body,
        "name": json_writer.name,
        "marked": json_writer.marked,
        "inputs_schema": json_schema.inputs_schema,
        "value_schema": json_schema.value_schema,
        "as_recorded": json_schema.as_recorded,
        "kind": input_kinds.kind_of,
        "postman_body": postman_writer.body,
        "place": postman_writer.place,
        "variable": postman_writer.variable,
        "expression": n8n_writer.expression,
        "constant": n8n_writer.constant,
        "of_item": n8n_writer.of_item,
        "field": n8n_writer.field,
        "holds_big_numbers": javascript_functions.holds_big_numbers,
        # A script that is a string value.
        "javascript": javascript_writer.literal,
        "javascript_name": javascript_writer.variable,
    }


def _shell() -> Filters:
    from har2rpc.rendering import shell_options, shell_writer

    return {
        "lit": shell_writer.word,
        "json": shell_writer.json_word,
        "name": shell_writer.variable,
        "function": shell_writer.function,
        "comment": shell_writer.comment,
        "option_kinds": shell_options.option_kinds,
        "usage": shell_options.usage,
        "locals": shell_options.locals_,
        "cases": shell_options.cases,
        "flow_names": shell_options.flow_names,
        "flow_results": shell_options.flow_results,
        "flow_cases": shell_options.flow_cases,
        "invoked": shell_options.invoked,
        "paged": shell_options.paged,
    }


def _javascript() -> Filters:
    from har2rpc.rendering import javascript_functions, javascript_writer

    return {
        "lit": javascript_writer.literal,
        "name": javascript_writer.variable,
        "function": javascript_writer.function,
        "comment": javascript_writer.comment,
        "docblock": javascript_functions.docblock,
        "call": javascript_functions.call,
        "signature": javascript_functions.signature,
        "paged": javascript_functions.paged,
        "holds_big_numbers": javascript_functions.holds_big_numbers,
    }


_LANGUAGES: dict[str, Callable[[], Filters]] = {
    "json": _json,
    "mjs": _javascript,
    "py": _python,
    "sh": _shell,
}
