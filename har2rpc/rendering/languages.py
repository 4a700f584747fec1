"""The languages of targets, and the filters with which their templates print values.

A new language is a folder with a `literals.py`, whose `literal`, `identifier` and `comment` return `Code`, and a function
below that maps the filters of its templates to these (`lit` and `name` exist in every language). Its name in `FAMILIES`
lets templates of any suffix choose its literals in their first comment. `literal` takes any JSON value, and, if the
language calls functions, the nouns of a call: `Input`, `Result`, and those of `formatting.py`, which has what all
languages share. To let `har2rpc verify` run it, add its interpreter to `proving/runner.py`. The module of a language is
imported when a target needs it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from har2rpc.model import Har2rpcError

Filters: TypeAlias = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: the filters of its templates, and how its finished files are checked."""

    filters: Filters
    """The filters by their names in templates."""
    parse: Callable[[str, str], object] | None = None
    """Checks a text, given with the template's name; raises SyntaxError or ValueError if it is not valid in the language."""
    format: Callable[[str, str], str] | None = None
    """Formats the output of a user's own template; takes the same."""


def find_language(suffix: str) -> Language:
    """The language of a suffix (`py`, `json`, …). Raises Har2rpcError for one without a writer."""
    if suffix not in _LANGUAGES:
        kind = f"no family of literals is known for .{suffix}" if suffix else "it has no suffix"
        raise Har2rpcError(
            f"{kind}; name one in the template's first comment, {{#- literals: text -#}}: {', '.join(FAMILIES)}"
        )
    return _LANGUAGES[suffix]()


def suffix_of_family(family: str) -> str:
    """The suffix of a family of literals (`php`, `markdown`, …). Raises Har2rpcError for one that is not there."""
    if family.lower() not in FAMILIES:
        raise Har2rpcError(f"{family!r} is not a family of literals; known: {', '.join(FAMILIES)}")
    return FAMILIES[family.lower()]


def usual_suffix(suffix: str) -> str:
    """The suffix under which a language is known here: `js` and `yaml` are `mjs` and `yml`."""
    return _OTHER_SUFFIXES.get(suffix.lower(), suffix)


def _python() -> Language:
    from har2rpc.rendering.python import definitions, literals, source

    filters: Filters = {
        "lit": literals.literal,
        "name": literals.identifier,
        "comment": literals.comment,
        "doc": definitions.docstring_text,
        "docstring": definitions.docstring,
        "form_constant": definitions.form_constant,
        "assigned": definitions.assignment,
        "returned": definitions.return_statement,
        "call": definitions.call,
        "signature": definitions.signature,
    }
    return Language(filters, parse=source.parse_source, format=source.format_source)


def _javascript() -> Language:
    from har2rpc.rendering.javascript import functions, identifiers, literals

    return Language(
        {
            "lit": literals.literal,
            "name": identifiers.identifier,
            "function": identifiers.function_name,
            "comment": literals.comment,
            "docblock": functions.docblock,
            "form_object": functions.form_object,
            "call": functions.call,
            "signature": functions.signature,
            "paged": functions.paged_call,
            "holds_big_numbers": functions.has_big_numbers,
        }
    )


def _php() -> Language:
    from har2rpc.rendering.php import declarations, literals

    return Language(
        {
            "lit": literals.literal,
            "name": literals.identifier,
            "variable": literals.variable,
            "function": literals.function_name,
            "studly": literals.studly,
            "comment": literals.comment,
            "doc_lines": declarations.doc_lines,
            "docblock": declarations.docblock,
            "form_object": declarations.form_object,
            "assigned": declarations.assignment,
            "call": declarations.call,
            "signature": declarations.signature,
            "paged": declarations.paged_call,
            "needs_exact_json": declarations.needs_exact_json,
        }
    )


def _shell() -> Language:
    from har2rpc.rendering.shell import function_options, literals

    return Language(
        {
            "lit": literals.literal,
            "json": literals.json_literal,
            "name": literals.identifier,
            "function": literals.function_name,
            "comment": literals.comment,
            "option_kinds": function_options.option_kinds,
            "usage": function_options.usage,
            "locals": function_options.local_variables,
            "cases": function_options.option_cases,
            "values_of": function_options.values_of,
            "flow_names": function_options.flow_variables,
            "flow_results": function_options.flow_results,
            "flow_cases": function_options.flow_option_cases,
            "invoked": function_options.call,
            "paged": function_options.paged_call,
        }
    )


def _json() -> Language:
    from har2rpc.rendering import tool_descriptions
    from har2rpc.rendering.input_kinds import kind_of
    from har2rpc.rendering.javascript import functions as javascript_functions
    from har2rpc.rendering.javascript import identifiers
    from har2rpc.rendering.javascript import literals as javascript_literals
    from har2rpc.rendering.json_values import (
        answer_schema,
        jinja,
        literals,
        n8n,
        n8n_own_node,
        postman,
        schema,
        tool_rows,
    )

    filters: Filters = {
        "lit": partial(literals.literal, step=2),
        "name": jinja.identifier,
        "marked": literals.with_marks,
        "kind": kind_of,
        "inputs_schema": schema.inputs_schema,
        "value_schema": schema.value_schema,
        "as_recorded": schema.as_recorded,
        "answer_schema": answer_schema.answer_schema,
        "tool_schema": tool_rows.tool_schema,
        "tool_name": tool_descriptions.tool_name,
        "tool_description": tool_descriptions.tool_description,
        "with_row_inputs": tool_rows.with_row_inputs,
        # A body that is a string value: written in its own language first, then as a literal.
        "jinja_body": jinja.jinja_body,
        "postman_body": postman.postman_body,
        "place": postman.placeholder,
        "variable": postman.variable,
        "expression": n8n.expression,
        "constant": n8n.constant,
        "of_item": n8n.item_value,
        "of_steps": n8n.step_values,
        "of_server": n8n.server_field,
        "note_height": n8n.note_height,
        "own_nodes": n8n_own_node.own_nodes,
        "own_parameters": n8n_own_node.own_parameters,
        # A script that is a string value.
        "javascript": javascript_literals.literal,
        "javascript_name": identifiers.identifier,
        "holds_big_numbers": javascript_functions.has_big_numbers,
    }
    return Language(filters, parse=lambda text, _: json.loads(text))


def _yaml() -> Language:
    from har2rpc.rendering.yaml_values import literals

    # Bodies and scripts are texts in it, written as those of a JSON document are.
    own: Filters = {
        "lit": literals.literal,
        "flow_lit": literals.flow_literal,
        "comment": literals.comment,
    }
    return Language({**_json().filters, **own})


def _markdown() -> Language:
    from har2rpc.rendering.json_values import jinja, literals
    from har2rpc.rendering.prose import markdown

    return Language(
        {
            "lit": markdown.literal,
            "code": markdown.code_span,
            "block": markdown.code_block,
            "name": jinja.identifier,
            "marked": literals.with_marks,
            "comment": markdown.comment,
        }
    )


def _text() -> Language:
    from har2rpc.rendering.json_values import jinja, literals
    from har2rpc.rendering.prose import plain

    return Language(
        {
            "lit": plain.literal,
            "json": plain.as_json,
            "name": jinja.identifier,
            "marked": literals.with_marks,
        }
    )


_LANGUAGES: Mapping[str, Callable[[], Language]] = {
    "json": _json,
    "md": _markdown,
    "mjs": _javascript,
    "php": _php,
    "py": _python,
    "sh": _shell,
    "txt": _text,
    "yml": _yaml,
}
FAMILIES: Mapping[str, str] = {
    "json": "json",
    "python": "py",
    "javascript": "mjs",
    "shell": "sh",
    "php": "php",
    "yaml": "yml",
    "markdown": "md",
    "text": "txt",
}
"""What a template's first comment may name, and the suffix of each."""
_OTHER_SUFFIXES = {"js": "mjs", "cjs": "mjs", "bash": "sh", "yaml": "yml", "markdown": "md"}
