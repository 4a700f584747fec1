"""Equal parts of calls, held once: the searches of a long session are alike, and so is what they ask for."""

from __future__ import annotations

from marshal import dumps

from har2rpc.model import Json

_SHORT = 300  # bytes; longer values are seldom equal, and what they are known by would be held, too
_PLAINLY = 2  # marshal's last version in which equal values are written alike, whatever they share


class Shared:
    """What calls have in common. Nobody changes a recorded value, so nobody sees that it is one."""

    def __init__(self) -> None:
        self._held: dict[bytes, Json] = {}
        self._names: dict[str, str] = {}

    def context(self, context: dict[str, Json]) -> dict[str, Json]:
        """The first context that was equal to this one."""
        return self._held.setdefault(dumps(context, _PLAINLY), context)

    def kwargs(self, kwargs: dict[str, Json]) -> dict[str, Json]:
        """The same named arguments: domains, and what is asked of a field in a specification, are held once."""
        return self._members(
            {
                name: self._members(value) if isinstance(value, dict) else value
                for name, value in kwargs.items()
            }
        )

    def _members(self, of: dict[str, Json]) -> dict[str, Json]:
        known, held = self._names.setdefault, self._held.setdefault
        found = {}
        for key, value in of.items():
            if isinstance(value, (dict, list)):
                written = dumps(value, _PLAINLY)  # of all the fastest; tells 1 from 1.0 and True
                value = held(written, value) if len(written) <= _SHORT else value
            found[known(key, key)] = value
        return found
