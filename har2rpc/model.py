"""The nouns: what one room hands to the next. Standard library alone, and nothing that does anything.

Names follow Odoo (`model`, `domain`, `context`, `ids`, `uid`) and HAR 1.2 (`entry`, `postData`, `content`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Json: TypeAlias = Any  # None, bool, int, float, str, list of Json, dict of str to Json
Kind: TypeAlias = Literal["read", "write", "action", "noise"]
Outcome: TypeAlias = Literal["ok", "error", "none", "missing"]
Worth: TypeAlias = (
    bool | Literal["glance"]
)  # reading an entry: no, all of it, of a long answer the head


class Har2rpcError(Exception):
    """The one exception raised on purpose: where, what, and the next step, in one sentence."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an entry: the file as the user named it (its last part), and the entry, from 1."""

    file: str
    entry: int

    def __str__(self) -> str:
        return f"{self.file}#{self.entry}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its answer, from whatever input format.

    No headers and no cookies: what has no place here cannot leak.
    """

    where: Where
    url: str
    http_method: str = "GET"
    body: str | None = None
    """The request's body as text (`postData.text`, decoded); None where the file has none."""
    status: int = 0
    """The HTTP status; 0 (or less) where no answer arrived."""
    answer: str | None = None
    """The answer's body as text (`content.text`, decoded); None where the file has none."""
    abridged: bool = False
    """`answer` is but the beginning of a long one that is whole in the file; `again` reads all of it."""
    started: str = ""
    """`startedDateTime` as written: ISO 8601, with whatever offset the exporter used."""
    ms: float | None = None
    """How long it took, in milliseconds."""
    note: str = ""
    """What is wrong with this entry, as a sentence ("the answer was cut by the browser at 786432 of …")."""
    again: Callable[[], Exchange] | None = field(default=None, compare=False, repr=False)
    """Reads the same entry once more: a list of a gigabyte holds no answers."""


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded Odoo call, as recorded."""

    n: int
    """Its number among all calls of the capture, from 1; it never depends on a filter."""
    where: Where
    url: str
    """The server it went to: scheme, host, port and what stands before Odoo's own path."""
    route: str
    model: str
    method: str
    args: list[Json]
    kwargs: dict[str, Json]
    """Without `context`, which stands beside it."""
    context: dict[str, Json]
    uid: int | None
    kind: Kind
    outcome: Outcome
    started: str
    ms: float | None
    result_ids: tuple[int, ...] = ()
    """The ids that a creating call answered with."""
    note: str = ""
    fetch: Callable[[], Json] = field(default=lambda: None, compare=False, repr=False)
    """Gives the recorded `result` (None where there is none); reads the file again, so ask once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about the session, and where it was read (`home.har#3, session info in the page`)."""

    value: Json
    found_in: str


@dataclass(frozen=True, slots=True)
class Session:
    """Who was logged in where. A key that is missing from `facts` is unknown."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    """By key: url, db, uid, login, name, server_version, lang, tz, company_ids."""
    perhaps: Mapping[str, Fact] = field(default_factory=dict)
    """Guesses, kept apart from facts."""
    users: Mapping[int, int] = field(default_factory=dict)
    """How many calls each uid made."""

    def get(self, key: str) -> Json:
        """The value of a fact, or None."""
        fact = self.facts.get(key)
        return fact.value if fact else None

    @property
    def major(self) -> int | None:
        """Odoo's major version (19), from the facts or else the guesses; None where nothing tells."""
        fact = self.facts.get("server_version") or self.perhaps.get("server_version")
        digits = "".join(c if c.isdigit() else " " for c in str(fact.value)) if fact else ""
        return int(digits.split()[0]) if digits.split() else None


@dataclass(frozen=True, slots=True)
class Field:
    """What the capture itself says of a model's field."""

    name: str
    label: str = ""
    type: str = ""
    """Odoo's: char, text, html, integer, float, monetary, boolean, date, datetime, selection, many2one, …"""
    required: bool = False
    help: str = ""
    selection: tuple[tuple[Json, str], ...] = ()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """Everything that was read: calls in recorded order, session and field metadata shared by all files."""

    calls: tuple[Call, ...]
    session: Session
    fields: Callable[[], Mapping[str, Mapping[str, Field]]] = field(repr=False)
    """By model, then by field name; a function, because only `convert` needs the answers it reads."""
    skipped: tuple[str, ...] = ()
    """One sentence for every entry that looked like ours and could not be used, or was damaged."""
    other_routes: Mapping[str, int] = field(default_factory=dict)
    """JSON-RPC posts to routes that are no model calls, by route."""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A literal that became a parameter."""

    name: str
    label: str = ""
    type: str = "char"
    """Odoo's field type, or `domain` for a whole search domain."""
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
    """Why it is one: typed into the form, searched for, the record acted upon, …"""
    stale: bool = False
    """The client computed the recorded value from the day of the recording ("this month")."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an earlier action produced, said as *what* it is and never as a path.

    `create` answers an int here and a list there: each language spells that.

    id      the answer itself is the id
    ids     number `record` of the ids that were answered (of the pair id and name: 0)
    field   the `field` of number `record` of the answered records
    only    the one record that a search found, and no other: its `field`, or itself if it is an id
    action  the record that the answered action opens (its `res_id`), or with the field `active_ids` those it is about
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


Value: TypeAlias = Any  # Json, an Input, a Result, or a container of values


@dataclass(frozen=True, slots=True)
class Run:
    """One time that an action was done in the capture."""

    n: int
    """The number of its call: runs of several actions are done in this order."""
    values: Mapping[str, Value]
    """By input name: the recorded value, or the Result it came from."""
    result: str = ""
    """The variable for what it answers."""
    pages: int = 1
    """How many pages of one search it stands for; the offset is that of the first."""


@dataclass(frozen=True, slots=True)
class Action:
    """A named, parameterised step, ready to render."""

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
    lookups: tuple[Action, ...] = ()
    """Searches by name for the records that it takes; no call of the capture, and so without runs."""


@dataclass(frozen=True, slots=True)
class Link:
    """A recorded id that is taken from an earlier call's answer."""

    n: int
    path: str
    """Where it stands: `35:ids[0]`, as `--input` and `--keep` take it."""
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
    """Several steps as one: what a person chooses is its inputs, what one step makes goes into the next."""

    name: str
    label: str
    description: str
    inputs: tuple[Input, ...]
    """What a person chooses in all steps together; `example` is the recorded value."""
    steps: tuple[Step, ...]
    """In recorded order."""
    returns: tuple[str, ...]
    """The variables that are given back: what was read or made."""
    notes: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """The one time that it was done in the capture, in the shape of an action's runs."""
        return (Run(self.steps[0].n, {made.name: made.example for made in self.inputs}, "results"),)
