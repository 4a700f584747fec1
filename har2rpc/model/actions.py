"""What a conversion produces: inputs, actions, their runs, and flows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from har2rpc.model.capture import Call
from har2rpc.model.client_requests import ClientRoute
from har2rpc.model.exchanges import Json

Value: TypeAlias = Any  # Json, an Input, a Result, a Following, Lines, or a container of values


@dataclass(frozen=True, slots=True)
class Input:
    """A literal that became a parameter."""

    name: str
    label: str = ""
    type: str = "char"
    """Odoo's field type, `domain` for a whole search domain, or `lines` for new records of an x2many field."""
    required: bool = True
    default: Json = None
    """What is sent when an optional input is left out."""
    example: Json = None
    """The recorded value."""
    options: tuple[tuple[Json, str], ...] = ()
    relation: str = ""
    """For ids: the model they belong to."""
    multiple: bool = False
    help: str = ""
    guessed: bool = False
    """The label was made from the field's name: the capture has no metadata of it."""
    why: str = ""
    """Why it is an input: typed into the form, searched for, the record acted upon, …"""
    stale: bool = False
    """The client computed the recorded value from the day of the recording ("this month")."""
    own_uid: int = 0
    """The recorded user's id, where the value was theirs ("mine"): left out, it is the user that the code calls as."""
    file: Literal["", "base64", "text"] = ""
    """If the recorded value is too large to copy (an image or a file): how the code passes it. `example` is then None."""
    keys: tuple[Input, ...] = ()
    """For type `lines`: one input for each key that a line may have."""


@dataclass(frozen=True, slots=True)
class Following:
    """A recorded value that belongs to a recorded record: it is sent only while this input has its recorded value.

    Examples are a customer's delivery address and a product's price: for another record Odoo computes another value.
    """

    name: str
    """Unique among the inputs and followers of an action."""
    value: Json
    source: Value
    """The input that it follows, with the recorded value as `example`; in the steps of a flow, the value sent for it."""
    recorded: Json
    """What the input was when the value was recorded."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A command that creates a record, `[0, 0, values]`, for each line that an input holds.

    A line is a dict; values of None are not sent. A line whose `display_type` begins with `line_` (a section, a note)
    is sent unchanged.
    """

    source: Value
    """The input, of type `lines`."""
    fields: Mapping[str, str]
    """The keys that a line may have, and the field that each goes into."""
    always: Mapping[str, Json]
    """Values by field that each line has, as recorded, unless it brings its own."""
    following: tuple[tuple[str, Json, Mapping[str, Json]], ...] = ()
    """(key, recorded value, values by field): values that a line also has while its key (a product) has that value."""


@dataclass(frozen=True, slots=True)
class RecordedValue:
    """A value that a form had set: its position in an action's args, and the sibling field whose onchange set it."""

    steps: tuple[str | int, ...]
    value: Json
    source: str


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form that sets more than the user typed: the code calls Odoo's `onchange` before it saves the record.

    It opens the form, then makes one call for each field, as the web client does; `create` alone would lack these values.
    """

    model: str
    reads: tuple[str, ...]
    """The fields that the form holds, invisible ones too: those of x2many fields behind a dot (`order_line.name`), where
    none of its fields are read the dot alone (`invoice_ids.`)."""
    saves: tuple[str, ...]
    """The fields that its recorded save sent."""
    typed: tuple[str, ...] = ()
    """The fields that had an onchange of their own, in the order of typing."""
    sets: tuple[str, ...] = ()
    """The fields that it set in addition to the user's values."""
    is_nested: bool = True
    """Whether `onchange` takes a specification (17 and later); else names alone count."""
    parent: str = ""
    """Of a line: the field under which it has the values of its record (`order_id`)."""
    lines: Mapping[str, FormSpec] = field(default_factory=dict)
    """By x2many field: the form of its lines."""
    recorded: tuple[RecordedValue, ...] = ()
    """For targets that call no onchange: the recorded values, each sent only while its source has its recorded value."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one value of a form that was saved, and why."""

    path: str
    """`vals.order_line[0].discount`, as in overrides, without the number of the call."""
    name: str
    """The field."""
    value: Json
    """As recorded."""
    becomes: Literal["input", "literal", "form", "nothing"]
    """Sent as an input, sent as recorded, asked from the form (`onchange`), or not sent."""
    origin: Literal["user", "form", "default", "computed", "usual", "empty", "line"]
    """Whose the value is: the user's, what the form alone sets, its default, computed from others, what such forms fill
    in (this one's opening is not in the file, so it is sent), nobody's, or part of a line that another field
    filled in."""
    reason: str
    follows: str = ""
    """For a literal: the field that it depends on. The literal is sent only while that field has its recorded value."""
    n: int = 0
    """The number of the call that proves it: the onchange that named the field, computed it, or opened the form. 0 if no
    single call does."""
    required: bool = False
    default: Json = None
    """What is sent if an optional input is left out."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an earlier action produced, described by *what* it is and never as a path.

    `create` returns an int or a list, depending on the API: each language writes the access in its own way.

    id      the answer itself is the id
    ids     number `record` of the ids that were answered (of the pair id and name: 0)
    field   the `field` of number `record` of the answered records
    only    the one record that a search found, and no other: its `field`, or itself if it is an id
    action  the record that the answered action opens (its `res_id`), with the field `active_ids` those it is about, or
            with `domain` those it lists: the ids of leaf number `record`
    """

    name: str
    """The variable that holds the answer."""
    what: Literal["id", "ids", "field", "only", "action"] = "id"
    record: int = 0
    item: int | None = None
    """Which of the ids in that field, or which half of a pair; None for the field itself."""
    example: Json = field(default=None, compare=False)
    """The recorded id."""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One occurrence of an action in the capture."""

    n: int
    """The number of its call: runs of several actions are done in this order."""
    values: Mapping[str, Value]
    """By input name: the recorded value, or the Result it came from."""
    result: str = ""
    """The variable for its result."""
    pages: int = 1
    """How many pages of one search it represents; the offset is that of the first page."""


@dataclass(frozen=True, slots=True)
class Action:
    """A named, parameterized step, ready to render."""

    name: str
    label: str
    description: str
    calls: tuple[Call, ...]
    model: str
    method: str
    args: Value
    kwargs: Value
    """Without `context`."""
    context: Value
    inputs: tuple[Input, ...]
    runs: tuple[Run, ...]
    changes: bool
    """Whether running it may change something (all but a closed list of methods)."""
    returns: Literal["records", "id", "ids", "value", "nothing"] = "value"
    notes: tuple[str, ...] = ()
    """What was translated, dropped or guessed: one sentence each."""
    custom: Action | None = None
    """For the first search of a model: the same search with the whole domain as its input."""
    before: tuple[Action, ...] = ()
    """For a wizard in one function: the steps before its final button, its creation first. The wizard's id is the Result
    `wizard_id`, in the args of the later steps."""
    parts: tuple[Action, ...] = ()
    """For such a function: the single actions that it consists of, with inputs and runs of their own."""
    form: FormSpec | None = None
    """For a save: the form to ask first, if it sets more than the user typed."""
    route: ClientRoute | None = None
    """For an action that calls no method: the route that it uses. `method` is then the route's name, `calls` may be empty."""
    lookups: tuple[Action, ...] = ()
    """Searches by name for the records that it takes. They are not calls of the capture, so they have no runs."""
    field_types: Mapping[str, str] = field(default_factory=dict)
    """Odoo's types of the fields that `read` and `search_read` return, by name; "" if the capture does not show the type."""


@dataclass(frozen=True, slots=True)
class Link:
    """A recorded id that is taken from an earlier call's answer."""

    n: int
    path: str
    """Its path: `35:ids[0]`, as `--input` and `--keep` take it."""
    model: str
    source: int
    """The number of the call whose answer held it."""
    result: Result
    """What it was there; `example` is the recorded id."""


@dataclass(frozen=True, slots=True)
class Step:
    """One run of an action inside a flow."""

    action: Action
    n: int
    """The number of its call in the capture."""
    values: Mapping[str, Value]
    """By the action's input names: an Input of the flow, the Result of an earlier step, a literal, or a list of these.

    An optional input that stays as it was recorded is a literal.
    """
    result: str
    """The variable for what it answers."""
    pages: Input | None = None
    """For one search read page after page: the flow's input for how many pages at most."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Several steps as one: its inputs are what a person chooses; what one step produces goes into the next."""

    name: str
    label: str
    description: str
    inputs: tuple[Input, ...]
    """What a person chooses in all steps together; `example` is the recorded value."""
    steps: tuple[Step, ...]
    """In recorded order."""
    returns: tuple[str, ...]
    """The variables to return: what was read or created."""
    notes: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its only occurrence in the capture, in the shape of an action's runs."""
        return (
            Run(self.steps[0].n, {param.name: param.example for param in self.inputs}, "results"),
        )
