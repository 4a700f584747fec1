"""Keeps equal parts of calls only once: a long session repeats its searches and their specifications."""

from __future__ import annotations

from marshal import dumps

from har2rpc.model import Json

_SHORT = 300  # bytes; longer values are seldom equal, and their keys here would take memory, too
_MARSHAL_VERSION = 2  # the last version that writes equal values alike, whatever objects they share


class Interner:
    """Returns the same object for equal values. This is safe because recorded values are never changed."""

    def __init__(self) -> None:
        self._values: dict[bytes, Json] = {}
        self._names: dict[str, str] = {}

    def context(self, context: dict[str, Json]) -> dict[str, Json]:
        """The first context that was equal to this one."""
        first: dict[str, Json] = self._values.setdefault(dumps(context, _MARSHAL_VERSION), context)
        return first

    def kwargs(self, kwargs: dict[str, Json]) -> dict[str, Json]:
        """The same named arguments, with shared domains and shared fields of a specification."""
        return self._members(
            {
                name: self._members(value) if isinstance(value, dict) else value
                for name, value in kwargs.items()
            }
        )

    def _members(self, members: dict[str, Json]) -> dict[str, Json]:
        intern_name, intern_value = self._names.setdefault, self._values.setdefault
        interned = {}
        for name, value in members.items():
            if isinstance(value, (dict, list)):
                # The fastest key of all; it tells 1 from 1.0 and True.
                key = dumps(value, _MARSHAL_VERSION)
                value = intern_value(key, value) if len(key) <= _SHORT else value
            interned[intern_name(name, name)] = value
        return interned
