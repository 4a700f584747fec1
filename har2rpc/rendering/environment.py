"""The template environment: values become text through a writer, or not at all.

A bare `{{ value }}` is refused whatever it holds: nobody has to remember to quote. Only what a filter made (`Code`)
is printed: literals, identifiers, comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from har2rpc.model import Har2rpcError, Input
from har2rpc.rendering.formatting import Code, Keyword, Spread, one_line
from har2rpc.rendering.languages import filters_of

_MAXINT = 2**31 - 1  # xmlrpc.client.MAXINT


class _GuardedEnvironment(ImmutableSandboxedEnvironment):
    """Joins what was printed as `Code`: every part of it has passed the guard."""

    @staticmethod
    def concat(parts: Iterable[str]) -> Code:  # type: ignore[override]
        """The text of a template, block or macro."""
        return Code("".join(parts))


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, for as long as the process runs: compiling takes longer than filling in."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was kept; Jinja itself compares the source's checksum."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def environment(language: str, loader: jinja2.BaseLoader) -> jinja2.Environment:
    """An environment that writes one language (`py`, `json`, …) and refuses bare values.

    Raises Har2rpcError for a language without a writer.
    """
    filters = filters_of(language)
    made = _GuardedEnvironment(
        loader=loader,
        bytecode_cache=_COMPILED,
        autoescape=False,
        optimized=False,  # folding constants takes longer than filling in a template once
        auto_reload=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_only_code,
    )
    for unsafe in ("safe", "tojson", "pprint", "escape", "e", "forceescape", "urlize", "xmlattr"):
        made.filters.pop(unsafe, None)
    made.tests["input"] = lambda value: isinstance(value, Input)
    made.filters.update(_SHARED)
    made.filters.update({name: _defined(write) for name, write in filters.items()})
    return made


def _only_code(value: Any) -> Any:
    if isinstance(value, Code):
        return value
    if isinstance(value, jinja2.Undefined):
        value._fail_with_undefined_error()
    raise Har2rpcError(
        f"the template prints a bare {type(value).__name__}: write {{{{ value | lit }}}} "
        "(or | name, | comment, | doc)"
    )


def _defined(write: Callable[..., Code]) -> Callable[..., Code]:
    """A filter that fails on an undefined value instead of writing it."""

    def checked(value: Any, *args: Any, **kwargs: Any) -> Code:
        if isinstance(value, jinja2.Undefined):
            value._fail_with_undefined_error()
        return write(value, *args, **kwargs)

    return checked


def _keyword(value: Any, name: str) -> Keyword:
    return Keyword(str(name), value)


def _spread(extra: dict[str, Any], name: str) -> Spread:
    return Spread(str(name), dict(extra))


def _with_context(kwargs: dict[str, Any], context: Any) -> dict[str, Any]:
    """The kwargs with their context; an empty one is left out."""
    is_empty = not (context.name if isinstance(context, Spread) else context)
    return {**kwargs} if is_empty else {**kwargs, "context": context}


def _without_inputs(value: Any, *names: str) -> Any:
    """The same value with these optional inputs put back to what they are when left out.

    A key whose input falls back to nothing at all (offset 0) is left out.
    """
    if isinstance(value, Input):
        return value.default if value.name in names else value
    if isinstance(value, dict):
        return {
            key: _without_inputs(item, *names)
            for key, item in value.items()
            if not (isinstance(item, Input) and item.name in names and not item.default)
        }
    if isinstance(value, list):
        return [_without_inputs(item, *names) for item in value]
    return value


def _with_values(value: Any, values: Mapping[str, Any]) -> Any:
    """The same value with these in the place of its inputs: what one step of a flow sends."""
    if isinstance(value, Input):
        return values.get(value.name, value)
    if isinstance(value, dict):
        return {key: _with_values(item, values) for key, item in value.items()}
    return [_with_values(item, values) for item in value] if isinstance(value, list) else value


def _for_xmlrpc(value: Any) -> Any:
    """The same without integers that XML-RPC cannot carry: a limit beyond it means none at all.

    Others become floats, as Odoo itself answers them (odoo/fields.py, Integer.convert_to_read).
    """
    if isinstance(value, dict):
        huge = [k for k, v in value.items() if k == "limit" and isinstance(v, int) and v > _MAXINT]
        return {key: _for_xmlrpc(item) for key, item in value.items() if key not in huge}
    if isinstance(value, list):
        return [_for_xmlrpc(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _MAXINT:
        return float(value)
    return value


def _present(value: dict[str, Any]) -> dict[str, Any]:
    """A dict without the keys that hold nothing (None or an empty text or list)."""
    return {key: item for key, item in value.items() if item is not None and item not in ("", [])}


@jinja2.pass_environment
def _attributes(made_with: jinja2.Environment, value: Any, *names: str) -> dict[str, Any]:
    """These attributes of a noun, as a dict."""
    return {name: made_with.getattr(value, name) for name in names}


def _merged(value: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {**value, **other}


def _as_json(value: Any) -> str:
    """A value's JSON text, to be written as a literal: it is not printed by itself."""
    return json.dumps(value, ensure_ascii=False)


def _plain_words(value: Any) -> str:
    """A description without the backticks of code, and without its full stop."""
    return re.sub(r"`(\w+?)_?`", r"the given \1", one_line(value)).rstrip(".")


def _raw(value: Any) -> str:
    """Text for further filters (not for printing): one line, no control characters."""
    return one_line(value)


_SHARED: dict[str, Callable[..., Any]] = {
    "keyword": _keyword,
    "spread": _spread,
    "with_context": _with_context,
    "without_inputs": _without_inputs,
    "one_line": _raw,
    "with_values": _with_values,
    "for_xmlrpc": _for_xmlrpc,
    "present": _present,
    "merged": _merged,
    "attributes": _attributes,
    "as_json": _as_json,
    "plain_words": _plain_words,
}
