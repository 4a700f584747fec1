"""Describes saves: who a new record is for, how many lines it has, what was changed."""

from __future__ import annotations

from collections.abc import Mapping

from har2rpc.model import Call, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args, english
from har2rpc.odoo.display_names import first_line
from har2rpc.odoo.schema import relations
from har2rpc.odoo.schema.commands import (
    Command,
    Create,
    Delete,
    Unlink,
    Update,
    parse_commands,
)
from har2rpc.odoo.schema.wizards import known_as_wizard
from har2rpc.odoo.sentences.mentions import Mentions, noun_of
from har2rpc.odoo.sentences.phrase import Phrase
from har2rpc.odoo.sentences.values_in_words import field_word, linked_name, text_of

# What a person calls a new record by, best first.
_OWN_NAMES = ("name", "display_name", "complete_name", "subject", "summary", "x_name")
# Whom it is for.
_FOR = ("partner_id", "employee_id", "customer_id", "vendor_id")
_UNNAMED = frozenset({"", "/", "New", "Draft"})
_MOST_FIELDS = 4
_LONGEST_VALUE = 40  # characters


def say_create(call: Call, mentions: Mentions) -> Phrase:
    """`create partner Marta Nowak`, `create a sale order for Azure Interior, 1 line`, `create 3 partners`."""
    noun = noun_of(call, call.model)
    rows = _new_rows(call)
    if len(rows) != 1:
        many = english.plural(noun.replace(" ", "_")).replace("_", " ")
        names = [own_name(row) for row in rows]
        if names and all(names) and len(names) <= 3:
            return Phrase("create", f"{many} {english.listed(names)}")
        return Phrase("create", f"{len(rows)} {many}" if rows else english.with_article(noun))
    values = rows[0]
    name = own_name(values)
    what = f"{noun} {name}" if name else english.with_article(noun)
    whom = _whom(call, values, mentions)
    lines = ", ".join(_counts(call, values))
    if known_as_wizard(call.model):
        about = _opener(call, mentions)
        settings = _first_values(call, values, mentions)
        return Phrase("fill", f"in the {noun}{about}{f': {settings}' if settings else ''}")
    rest = f"{what}{f' for {whom}' if whom else ''}"
    if lines:
        rest += f", {lines}"
    elif not name and not whom:
        settings = _first_values(call, values, mentions)
        rest += f": {settings}" if settings else ""
    return Phrase("create", rest)


def say_write(call: Call, mentions: Mentions) -> Phrase:
    """`change phone and category of partner Azure Interior`, `archive it`, `change its stage to Qualified`."""
    whom = mentions.acted_upon(call) or english.with_article(noun_of(call, call.model))
    values = written_values(call)
    if list(values) == ["active"] and isinstance(values["active"], bool):
        return Phrase("unarchive" if values["active"] else "archive", whom)
    counts = [text for text in _counts(call, values) if text]
    fields = [
        field_word(name)
        for name, value in values.items()
        if not _has_line_commands(parse_commands(value))
    ]
    if counts and not fields:
        return Phrase("change", f"{whom}: {english.listed(counts, _MOST_FIELDS)}")
    if not fields:
        return Phrase("save", f"{whom}, with nothing changed" if not values else whom)
    names = english.listed([*dict.fromkeys(fields), *counts], _MOST_FIELDS)
    what = f"its {names}" if whom == "it" else f"{names} of {whom}"
    new = _new_value(call, values, mentions) if len(values) == 1 else ""
    return Phrase("change", f"{what} to {new}" if new else what)


def own_name(values: Mapping[str, Json]) -> str:
    """What a person called a new record; "" where nobody gave it a name."""
    texts = (values.get(key) for key in _OWN_NAMES)
    return next(
        (
            first_line(text)
            for text in texts
            if isinstance(text, str) and text.strip() not in _UNNAMED
        ),
        "",
    )


def written_values(call: Call) -> Mapping[str, Json]:
    """The values that a write sends; {} for none."""
    for value in (*call.args[1:2], call.kwargs.get("vals"), call.kwargs.get("values")):
        if isinstance(value, list) and len(value) == 1:  # web_save_multi, of several alike
            value = value[0]
        if isinstance(value, dict):
            return value
    return {}


def _new_rows(call: Call) -> list[Mapping[str, Json]]:
    """The values of each record that a call creates."""
    position = 0 if call.method == "create" else 1
    value = (
        call.args[position]
        if len(call.args) > position
        else call.kwargs.get("vals_list", call.kwargs.get("vals"))
    )
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]


def _whom(call: Call, values: Mapping[str, Json], mentions: Mentions) -> str:
    """Whom a new record is for, by name."""
    for field in _FOR:
        if is_id(value := values.get(field)):
            name = linked_name(mentions, call, field, value)
            comodel = relations.usual_model(field, call.model)
            return (
                name
                if isinstance(name, str)
                else f"{english.model_noun(comodel)} {value}".replace("_", " ")
            )
    return ""


def _opener(call: Call, mentions: Mentions) -> str:
    """` for sale order S00023`: what a dialog was opened for."""
    model, ids = call.context.get("active_model"), call.context.get("active_ids") or [
        call.context.get("active_id")
    ]
    if not isinstance(model, str) or not isinstance(ids, list) or not all(map(is_id, ids)):
        return ""
    return f" for {mentions.records(call, model, tuple(ids))}"


def _counts(call: Call, values: Mapping[str, Json]) -> list[str]:
    """`1 line`, `2 lines added`, `1 line removed`: the commands of x2many fields that make, change or remove records."""
    counts = []
    exists = bool(call_args.record_ids(call)) and call.method != "create"
    for name, value in values.items():
        commands = parse_commands(value)
        if commands and _has_line_commands(commands):
            ways = (
                ("added" if exists else "", Create),
                ("changed", Update),
                ("removed", (Delete, Unlink)),
            )
            for way, kinds in ways:
                number = sum(isinstance(command, kinds) for command in commands)
                if number:
                    counts.append(
                        f"{_counted(number, _line_noun(call.model, name))} {way}".rstrip()
                    )
    return counts


def _has_line_commands(commands: list[Command] | tuple[Command, ...] | None) -> bool:
    """Whether records are made, changed or deleted, and not only linked (tags)."""
    return any(isinstance(command, (Create, Update, Delete)) for command in commands or ())


def _line_noun(model: str, field: str) -> str:
    """`line` for order_line and invoice_line_ids, `contact` for child_ids of a partner."""
    word = english.field_noun(field)
    if word.rpartition("_")[2] in ("line", "lines"):
        return "line"
    comodel = relations.usual_model(field, model)
    return english.model_noun(comodel).replace("_", " ") if comodel else word.replace("_", " ")


def _counted(number: int, noun: str) -> str:
    many = english.plural(noun.replace(" ", "_")).replace("_", " ")
    return f"{number} {noun if number == 1 else many}"


def _first_values(call: Call, values: Mapping[str, Json], mentions: Mentions) -> str:
    """`advance payment method delivered and 2 more values`: what a record without a name is known by."""
    filled = {name: value for name, value in values.items() if value not in (False, None, "", [])}
    telling = [name for name, value in filled.items() if not isinstance(value, (list, dict, bool))]
    for name in [*telling]:
        text = _short(linked_name(mentions, call, name, filled[name]))
        if text:
            rest = len(filled) - 1
            more = f" and {_counted(rest, 'more_value')}".replace("_", " ") if rest else ""
            return f"{field_word(name)} {text}{more}"
    return ""


def _new_value(call: Call, values: Mapping[str, Json], mentions: Mentions) -> str:
    """What the one field that was changed is now; "" where that is long, or an id without a name."""
    ((name, value),) = values.items()
    if value in (False, None, ""):
        return "nothing"
    named = linked_name(mentions, call, name, value)
    return "" if named is value and name.endswith("_id") else _short(named)


def _short(value: Json) -> str:
    """A value on one line; "" for one that is long."""
    if isinstance(value, (list, dict)) or value is True:
        return "" if value is not True else "true"
    text = text_of(value)
    return text if len(text) <= _LONGEST_VALUE else ""
