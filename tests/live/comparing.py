"""A live answer beside the recorded one: which leaves are equal, and which may differ and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generated.recorded import Recorded, same

from live.rules import rule_for


@dataclass
class Comparison:
    """How two answers compare; a leaf is a scalar, or an empty list or object."""

    model: str
    total: int = 0
    compared: int = 0
    by_form: int = 0
    """Of the compared ones: those of which only the form counts (a date)."""
    differences: list[str] = field(default_factory=list)

    def look(self, recorded: Any, live: Any, path: str = "") -> None:
        """Compares a recorded value with a live one."""
        if isinstance(recorded, dict) and recorded:
            others = live if isinstance(live, dict) else {}
            for key in sorted(recorded.keys() | others.keys()):
                one, other = recorded.get(key, _NOTHING), others.get(key, _NOTHING)
                self.look(one, other, f"{path}.{key}")
        elif isinstance(recorded, list) and recorded:
            others = live if isinstance(live, list) else []
            if len(others) != len(recorded):
                self.differences.append(f"{path}: {len(others)} items, not {len(recorded)}")
            for number, item in enumerate(recorded):
                other = others[number] if number < len(others) else _NOTHING
                self.look(item, other, f"{path}[{number}]")
        else:
            self._leaf(recorded, live, path)

    def _leaf(self, recorded: Any, live: Any, path: str) -> None:
        self.total += 1
        is_there = recorded is not _NOTHING and live is not _NOTHING
        if is_there and same(recorded, live):
            self.compared += 1
            return
        rule = rule_for(self.model, path)
        if rule and rule.form is None:
            return
        self.compared += 1
        if rule and is_there and rule.form(live):
            self.by_form += 1
        else:
            self.differences.append(f"{path}: {live!r}, recorded {recorded!r}")


class _Nothing:
    def __repr__(self) -> str:
        return "nothing"


_NOTHING = _Nothing()


def compared(call: Recorded, live: Any) -> Comparison:
    """The client's own call: the answers have one shape."""
    made = Comparison(call.model)
    made.look(call.returned, live)
    return made


def compared_as_classic(call: Recorded, live: Any) -> Comparison:
    """A translated call: the answer of the recording, brought into the shape of the public method's."""
    made = Comparison(call.model)
    if call.method in _RECORDS:
        _rows(call, live, made)
    elif call.method in VIEWS:
        _fields(call, live, made)
    elif call.method == "web_read_group":
        groups = call.answer["groups"] if isinstance(call.answer, dict) else call.answer
        made.look([_group(one) for one in groups], [_group(one) for one in live])
    elif call.method == "web_name_search":
        made.look([[row["id"], row["display_name"]] for row in call.answer], live)
    else:
        made.look(call.returned, live)
    return made


_RECORDS = ("web_search_read", "web_read", "search_read", "read")
VIEWS = ("get_views", "load_views")


def _rows(call: Recorded, live: Any, made: Comparison) -> None:
    rows = live if isinstance(live, list) else []
    if len(rows) != len(call.rows):
        made.differences.append(f"{len(rows)} records, not {len(call.rows)}")
    for number, (recorded, row) in enumerate(zip(call.rows, rows, strict=False)):
        if extra := row.keys() - recorded.keys() - {"id"}:
            made.differences.append(f"[{number}]: fields nobody asked for: {sorted(extra)}")
        for name in sorted(row.keys() & recorded.keys()):
            value = classic(recorded[name], row[name])
            made.look(value, row[name], f"[{number}].{name}")


def _fields(call: Recorded, live: Any, made: Comparison) -> None:
    """Views come with their models' fields; fields_get tells those of one model, and more of them."""
    models = call.answer.get("models")
    of_model = models[call.model] if models else call.answer
    described = of_model.get(
        "fields", of_model
    )  # 16 and 17: the fields stand under the model itself
    for name, attributes in described.items():
        known = live.get(name, {})
        shared = {key: value for key, value in attributes.items() if key in known}
        made.look(
            {"type": attributes["type"], **shared},
            {key: known.get(key) for key in ("type", *shared)},
            f".{name}",
        )


# What the client has inside of a group (its records, smaller groups), and what the public method says beside.
_BESIDE_A_GROUP = ("__records", "__groups", "__offset", "__fold")


def _group(group: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in group.items() if key not in _BESIDE_A_GROUP}


def classic(recorded: Any, live: Any) -> Any:
    """A field's value of `web_read` as `read` gives it: pairs for many2one, ids for x2many.

    What the recording does not hold (the name behind a bare id) is taken from the live value; of
    a name that a specification's context had made longer, the beginning of the first line counts.
    """
    if isinstance(recorded, dict) and "id" in recorded:
        name = recorded.get("display_name")
        return pair(recorded["id"], name, live)
    if isinstance(recorded, int) and not isinstance(recorded, bool) and isinstance(live, list):
        return pair(recorded, None, live)
    if isinstance(recorded, list) and all(isinstance(item, dict) for item in recorded):
        return [item.get("id", item) for item in recorded]
    return recorded


def pair(identity: Any, name: Any, live: Any) -> Any:
    """`[id, name]`, where the live value is one."""
    if not (isinstance(live, list) and len(live) == 2):
        return identity
    longer = isinstance(name, str) and name.split("\n")[0].startswith(str(live[1]).split("\n")[0])
    return [identity, live[1] if name is None or longer else name]
