"""The template environment: values become text only through a filter that writes them.

A bare `{{ value }}` is always rejected, so template authors cannot forget to quote. Only the output of filters (`Code`) is
printed: literals, identifiers, comments. Blocks that print without a filter are rejected when a template is read, also in
templates that it extends or imports. Templates see the data of our objects, but no functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from har2rpc.model import Har2rpcError, Input
from har2rpc.rendering.formatting import Code
from har2rpc.rendering.languages import find_language
from har2rpc.rendering.value_filters import VALUE_FILTERS

# They would print text that no filter has written.
_UNSAFE_FILTERS = ("safe", "tojson", "pprint", "escape", "e", "forceescape", "urlize", "xmlattr")


# Types whose methods only read, or are rejected by the sandbox.
_PLAIN = (str, int, float, list, tuple, dict, set, frozenset)


class _GuardedEnvironment(ImmutableSandboxedEnvironment):
    """Joins what was printed as `Code`: every part of it has passed the guard."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parses a template, the user's own or one that it builds on. Raises TemplateSyntaxError for an unguarded block."""
        tree = super()._parse(source, name, filename)
        for block in tree.find_all((nodes.CallBlock, nodes.FilterBlock)):
            tag = "call" if isinstance(block, nodes.CallBlock) else "filter"
            raise jinja2.TemplateSyntaxError(
                f"{{% {tag} %}} prints text that no filter has written: use {{{{ value | lit }}}} and {{% macro %}}",
                block.lineno,
                name,
                filename,
            )
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allows data of our nouns, methods of plain data, and Jinja's own objects."""
        package = _package_of(type(obj).__module__)
        if not isinstance(obj, _PLAIN) and package != "jinja2":
            return package == "har2rpc" and not attr.startswith("_") and not callable(value)
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`format` of a text: of `Code`, too, it gives a text, whatever was put in."""
        if not callable(value):  # nearly all that a template reads
            return None
        formatted = super().wrap_str_format(value)
        return formatted and (lambda *args, **kwargs: str(formatted(*args, **kwargs)))

    @staticmethod
    def concat(parts: Iterable[str]) -> Code:
        """The text of a template, block or macro."""
        return Code("".join(parts))


@cache
def _package_of(module: str) -> str:
    return module.partition(".")[0]


class _BytecodeCache(jinja2.BytecodeCache):
    """Compiled templates, for as long as the process runs: compiling takes longer than filling in."""

    def __init__(self) -> None:
        self._bytecode: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Loads what is cached; Jinja itself compares the source's checksum."""
        if bucket.key in self._bytecode:
            bucket.bytecode_from_string(self._bytecode[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._bytecode[bucket.key] = bucket.bytecode_to_string()


_CACHE = _BytecodeCache()


def guarded_environment(language: str, loader: jinja2.BaseLoader) -> jinja2.Environment:
    """An environment that writes one language (`py`, `json`, …) and refuses bare values.

    Raises Har2rpcError for a language without a writer.
    """
    filters = find_language(language).filters
    environment = _GuardedEnvironment(
        loader=loader,
        bytecode_cache=_CACHE,
        autoescape=False,
        optimized=False,  # folding constants takes longer than filling in a template once
        auto_reload=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_require_code,
    )
    for name in _UNSAFE_FILTERS:
        environment.filters.pop(name, None)
    environment.tests["input"] = lambda value: isinstance(value, Input)
    environment.filters.update(VALUE_FILTERS)
    environment.filters.update({name: _require_defined(write) for name, write in filters.items()})
    return environment


def _require_code(value: Any) -> Code:
    if isinstance(value, Code):
        return value
    if isinstance(value, jinja2.Undefined):
        value._fail_with_undefined_error()
    raise Har2rpcError(
        f"the template prints a bare {type(value).__name__}: write {{{{ value | lit }}}} "
        "(or | name, | comment, | doc)"
    )


def _require_defined(write: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that fails on an undefined value instead of writing it."""

    def write_defined(value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, jinja2.Undefined):
            value._fail_with_undefined_error()
        return write(value, *args, **kwargs)

    return write_defined
