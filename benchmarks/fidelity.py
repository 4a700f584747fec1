"""How far generated code is answered what the browser is: every read of every recording, by every target, on real servers.

    export ODOO19_URL=… ODOO19_DB=… ODOO19_API_KEY=… ODOO14_URL=…   # as .ci/run sets them
    python benchmarks/fidelity.py [19] [14]

The servers are demo servers that are put back as they were (`ODOO19_SCRIPT reset 19`) after what changes something.
It prints the table, then every exception with its reason and every difference. The tests do the same: tests/live.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from live.fidelity import REPORT, Asking
from live.replaying import recordings
from live.server import configured, needed


def main() -> None:
    """The report of the versions that are asked for, or of both."""
    for major in [int(word) for word in sys.argv[1:]] or [19, 14]:
        server, seen = configured(major), set[str]()
        if server is None:
            sys.exit(f"no Odoo {major}: set {', '.join(needed(major))}")
        for path in recordings(major):
            print(f"{major} {path.name}", file=sys.stderr)
            Asking(server, REPORT, seen).recording(path)
    print(REPORT.markdown())


if __name__ == "__main__":
    main()
