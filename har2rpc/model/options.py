"""What a person can set: how calls are converted, and overrides of what the rules decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from har2rpc.model.exchanges import Json

Connection: TypeAlias = Literal["constants", "inputs"]
"""Whether address, database and user are constants from the capture, or inputs of the code."""


@dataclass(frozen=True, slots=True)
class InputOverride:
    """The override of one value of a call. What is None is left to the rules."""

    keep: bool = False
    """The value stays as recorded; nothing else may be set then."""
    name: str | None = None
    label: str | None = None
    required: bool | None = None
    default: tuple[Json, ...] = ()
    """The value that is sent if the input is left out, as a tuple of one; () if the file has none."""
    help: str | None = None


@dataclass(frozen=True, slots=True)
class CallOverride:
    """The overrides of one call."""

    of: str = ""
    """`res.partner.web_save`: the call that this was set for, if the file has it. It is an error if the call is another one."""
    name: str | None = None
    """The name of its action."""
    label: str | None = None
    fields: tuple[str, ...] = ()
    """For a read: the fields that it returns."""
    inputs: Mapping[str, InputOverride] = field(default_factory=dict)
    """By path in the call (`domain[0][2]`); a literal there becomes an input."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """Everything that a file for `convert --overrides` can set (docs/overrides.md)."""

    calls: Mapping[int, CallOverride] = field(default_factory=dict)
    """By call number. Entries for calls that are not converted have no effect."""
    fields: tuple[str, ...] = ()
    """As `ConvertOptions.fields`."""
    custom_domain: bool | None = None
    """As `ConvertOptions.custom_domain`."""
    connection: Connection | None = None
    """As `render` takes it."""


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """How calls are converted. By default what the user did is sent, with inputs for what was entered."""

    verbatim: bool = False
    """The web client's own calls, untouched but for `uid` in the context."""
    client_calls: bool = False
    """The web client's own reads, with inputs: for a target that has its session (`pipeline.has_session`)."""
    inputs: bool = True
    """Whether literals become inputs; credentials do in any case."""
    keep_all: bool = False
    """A form's defaults and computed values are sent as well, as recorded."""
    deep: bool = False
    """Linked records that a specification nests are read by actions of their own."""
    lookups: bool = False
    """Each action that takes a record is preceded by a search by name for such records."""
    fields: tuple[str, ...] = ()
    """The fields that `read` and `search_read` return, for models that have them; empty: the fields that the screen showed."""
    reads: bool = False
    """A flow that changes something keeps the reads that no later step uses."""
    input_names: Mapping[str, str] = field(default_factory=dict)
    """Overrides: values that become inputs of these names, by path (`{"5:domain[0][2]": "phone"}`)."""
    keep: tuple[str, ...] = ()
    """Overrides: paths of values that stay as recorded (`("5:limit",)`)."""
    overrides: Overrides = field(default_factory=Overrides)
    """The content of an overrides file; the options above take precedence."""
    custom_domain: bool | None = None
    """Whether the first search of each model gets a second action that takes a whole domain. None: if the target has such
    actions by default."""
