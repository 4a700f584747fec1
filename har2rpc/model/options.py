"""What a person chooses: how calls are converted, and what is decided otherwise than the rules decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from har2rpc.model.exchanges import Json

Connection: TypeAlias = Literal["constants", "inputs"]
"""Whether the address, the database and the user are those of the capture, or are asked for."""


@dataclass(frozen=True, slots=True)
class InputOverride:
    """What is decided otherwise of one value of a call. What is None stays as the rules have it."""

    keep: bool = False
    """It stays as recorded; nothing else is set then."""
    name: str | None = None
    label: str | None = None
    required: bool | None = None
    default: tuple[Json, ...] = ()
    """The one value that is sent where the input is left out; () where the file has none."""
    help: str | None = None


@dataclass(frozen=True, slots=True)
class CallOverride:
    """What is decided otherwise of one call."""

    of: str = ""
    """`res.partner.web_save`: the call that this was set for, where the file says so; another one is an error."""
    name: str | None = None
    """Of its action."""
    label: str | None = None
    fields: tuple[str, ...] = ()
    """What it returns, of a read."""
    inputs: Mapping[str, InputOverride] = field(default_factory=dict)
    """By path in the call (`domain[0][2]`); what is a literal there becomes an input."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """Everything that can be set; the content of a file for `convert --overrides` (docs/overrides.md)."""

    calls: Mapping[int, CallOverride] = field(default_factory=dict)
    """By number. Those of calls that are not converted now wait."""
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
    """What a specification nested is read by itself, from the linked records."""
    lookups: bool = False
    """In front of an action that takes a record stands a search by name for such records."""
    fields: tuple[str, ...] = ()
    """What `read` and `search_read` return, of the models that have these fields; none: those that the screen showed."""
    reads: bool = False
    """A flow that changes something keeps the reads that no later step uses."""
    input_names: Mapping[str, str] = field(default_factory=dict)
    """Overrides: values that become inputs of these names, by path (`{"5:domain[0][2]": "phone"}`)."""
    keep: tuple[str, ...] = ()
    """Overrides: paths of values that stay as recorded (`("5:limit",)`)."""
    overrides: Overrides = field(default_factory=Overrides)
    """What a file of overrides holds; the options above count more."""
    custom_domain: bool | None = None
    """Whether the first search of each model has a second action, which takes a whole domain; None: where the target
    has such actions by itself."""
