"""Plays the web client's form: asks its views, opens it, types field by field, saves; each request becomes an entry."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from typing import Any

from har_builder import rpc

from live.browser import Browser

KW = "/web/dataset/call_kw"
CONTEXT = {"lang": "en_US", "tz": "UTC", "uid": 2, "allowed_company_ids": [1]}


def bare(value: Any) -> Any:
    """A many2one of an answer as its id: `[id, name]` up to 16, an object from 17 on."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
        return value[0]
    return value["id"] if isinstance(value, dict) and "id" in value else value


def applied(before: Any, commands: list[Any]) -> list[Any]:
    """An answer's commands on top of what the form holds."""
    now = {command[1]: command for command in before or []}
    for command in commands:
        if command[0] == 5:
            now = {}
        elif command[0] == 6:
            now = {one: [4, one] for one in command[2]}
        elif command[0] == 4:
            now[command[1]] = [4, command[1]]
        elif command[0] in (2, 3):
            now.pop(command[1], None)
        else:
            old = now.get(command[1], [command[0], command[1], {}])
            is_linked = old[0] == 4  # a line of a record that exists, untouched by now
            line = {} if is_linked else dict(old[2])
            for name, value in command[2].items():
                line[name] = taken(line.get(name), value)
            now[command[1]] = [1 if is_linked else old[0], command[1], line]
    return list(now.values())


def taken(before: Any, value: Any) -> Any:
    is_many = isinstance(value, list) and (not value or isinstance(value[0], list))
    return applied(before, value) if is_many else bare(value)


@dataclass
class View:
    """What a form view (or the list of an x2many field in it) says of its fields."""

    attributes: dict[str, dict[str, str]]
    types: dict[str, dict[str, Any]]
    lines: dict[str, View]

    def spec(self, major: int) -> dict[str, Any]:
        if major < 17:
            inner = {
                f"{name}.{one}": line.attributes[one].get("on_change", "")
                for name, line in self.lines.items()
                for one in line.attributes
            }
            return {
                name: each.get("on_change", "") for name, each in self.attributes.items()
            } | inner
        return {name: self._spec_of(name, major) for name in self.attributes}

    def _spec_of(self, name: str, major: int) -> dict[str, Any]:
        kind = self.types[name]["type"]
        if kind.endswith("2many"):
            line = self.lines.get(name)
            return {"fields": line.spec(major) if line else {}}
        return {"fields": {"display_name": {}}} if kind == "many2one" else {}

    def is_saved(self, name: str) -> bool:
        each = self.attributes[name]
        if "modifiers" in each:  # up to 16 they say all; a domain is taken as "not in this state"
            is_readonly = json.loads(each["modifiers"]).get("readonly") is True
        else:
            is_readonly = each.get("readonly") in ("1", "True") or (
                "readonly" not in each and bool(self.types[name].get("readonly"))
            )
        return name != "id" and (not is_readonly or each.get("force_save") in ("1", "True"))


def parsed(arch: str, types: dict[str, Any], views: Any) -> View:
    """A view, and those inside it; `views` gives the fields of an inner one: by its comodel, or its field up to 15."""
    view = View({}, types, {})

    def walk(node: Any) -> None:
        for child in node:
            if child.tag != "field" or "name" not in child.attrib:
                walk(child)
                continue
            name = child.attrib["name"]
            view.attributes.setdefault(name, {}).update(child.attrib)
            inner = next((one for one in child if one.tag in ("list", "tree")), None)
            found = views(name, inner)
            if found:
                view.lines[name] = found

    walk(ElementTree.fromstring(arch))
    return view


@dataclass
class FormClient:
    """One form of a browser's session."""

    browser: Browser
    major: int
    model: str
    context: dict[str, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def open(self) -> None:
        """A new record's form."""
        self.view = self._view()
        self._onchange(self.model, self.view, self.values, [], self.ids)

    def edit(self, record: int) -> None:
        """The form of a record that exists."""
        self.view, self.ids = self._view(), [record]
        names = [name for name in self.view.attributes if name != "id"]
        [row] = self._ask(self.model, "read", [[record], names])
        plain = {name: bare(value) for name, value in row.items() if name != "id"}
        self.values = {
            name: [[4, one, False] for one in value] if isinstance(value, list) else value
            for name, value in plain.items()
        }

    def type(self, name: str, value: Any) -> None:
        """Fills in a field; of an x2many field each line is one of pairs of field and value."""
        if name in self.view.lines and isinstance(value, list) and isinstance(value[0], list):
            for pairs in value:
                self._line(name, pairs)
            return
        self.values[name] = value
        self.changed.add(name)
        self._changed(name)

    def save(self) -> int:
        """The id of the record."""
        sent = self._saved(self.view, self.values)
        if self.ids:
            sent = {name: value for name, value in sent.items() if name in self.changed}
        if self.major < 17:
            args = [self.ids, sent] if self.ids else [sent]
            made = self._ask(self.model, "write" if self.ids else "create", args)
            return self.ids[0] if self.ids else made
        spec = self.view.spec(self.major)
        [row] = self._ask(self.model, "web_save", [self.ids, sent], specification=spec)
        return row["id"]

    def _line(self, name: str, pairs: list[tuple[str, Any]]) -> None:
        line = self.view.lines[name]
        comodel = self.view.types[name]["relation"]
        parent = self.view.types[name].get("relation_field") or f"{self.model.split('.')[-1]}_id"
        values: dict[str, Any] = {}

        def record() -> dict[str, Any]:
            return {parent: self._saved(self.view, self.values, by_line=False)}

        self._onchange(comodel, line, values, [], [], record())
        ref = f"virtual_{100 + len(self.values.get(name) or [])}"
        for field_name, value in pairs:
            values[field_name] = value
            if line.attributes[field_name].get("on_change"):
                self._onchange(comodel, line, values, [field_name], [], record())
            others = [one for one in self.values.get(name) or [] if one[1] != ref]
            self.values[name] = [*others, [0, ref, values]]
            self.changed.add(name)
            self._changed(name)
            values = next(one[2] for one in self.values[name] if one[1] == ref)

    def _changed(self, name: str) -> None:
        if self.view.attributes[name].get("on_change"):
            self._onchange(self.model, self.view, self.values, [name], self.ids)

    def _onchange(
        self,
        model: str,
        view: View,
        values: dict[str, Any],
        names: list[str],
        ids: list[int],
        parent: dict[str, Any] | None = None,
    ) -> None:
        sent = {**values, **(parent or {})}
        answer = self._ask(model, "onchange", [ids, sent, names, view.spec(self.major)])
        for name, value in (answer.get("value") or {}).items():
            values[name] = taken(values.get(name), value)
            if values is self.values:
                self.changed.add(name)

    def _saved(self, view: View, values: dict[str, Any], *, by_line: bool = True) -> dict[str, Any]:
        sent = {}
        for name in view.attributes:
            if name not in values or not view.is_saved(name):
                continue
            value = values[name]
            line = view.lines.get(name)
            if line and isinstance(value, list):
                value = [
                    [one[0], one[1], self._saved(line, one[2])] if one[0] in (0, 1) else one
                    for one in value
                ]
            elif self.major < 17 and view.types[name]["type"] == "many2many" and value:
                value = [[6, False, [one[1] for one in value]]]
            sent[name] = value
        return sent

    def _ask(self, model: str, method: str, args: list[Any], **kwargs: Any) -> Any:
        named = {**kwargs, "context": {**CONTEXT, **self.context}}
        params = {"model": model, "method": method, "args": args, "kwargs": named}
        result = self.browser.post(KW, params)
        self.entries.append(rpc(KW, params, result))
        return result

    def _view(self) -> View:
        if self.major < 17:
            answer = self._ask(self.model, "load_views", [], views=[[False, "form"]], options={})
            return _nested(answer["fields_views"]["form"], self.model)
        answer = self._ask(self.model, "get_views", [], views=[[False, "form"]], options={})
        models = {name: each["fields"] for name, each in answer["models"].items()}
        types = models[self.model]

        def inner(name: str, node: Any) -> View | None:
            if node is None:
                return None
            text = ElementTree.tostring(node, encoding="unicode")
            return parsed(text, models[types[name]["relation"]], lambda *_: None)

        return parsed(answer["views"]["form"]["arch"], types, inner)


def _nested(view: dict[str, Any], model: str) -> View:
    fields = view["fields"]

    def inner(name: str, node: Any) -> View | None:
        views = fields[name].get("views") or {}
        return _nested(views["tree"], fields[name]["relation"]) if "tree" in views else None

    return parsed(view["arch"], fields, inner)
