"""A connection of the mock's that leaves nothing to be written when it is closed."""

from __future__ import annotations

from contextlib import suppress

from cheroot.server import HTTPConnection


class Connection(HTTPConnection):
    """Closes what it writes to as well: else Python 3.13 complains on stderr of an answer that nobody took."""

    def close(self) -> None:
        """Closes both ends; what was not sent by now is dropped."""
        super().close()
        if not self.linger:
            with suppress(OSError):
                self.wfile.close()
