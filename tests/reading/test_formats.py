"""What reading costs before it begins: only the packages and the formats that a capture needs are imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .hars import SAMPLES, asset, entry, har


def test_importing_and_reading_small_captures_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "c.har").write_bytes(har(entry(1), asset(2), entry(3)))
    script = (
        "import sys; from har2rpc.reading import read;"
        f"list(read({str(tmp_path / 'c.har')!r}, lambda u, m: True, report_damage=print));"
        "print(*sorted({'msgspec', 'haralyzer', 'zipfile', 'gzip', 'tempfile', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "\n" == done.stdout


def test_a_har_loads_no_reader_of_copies() -> None:
    script = (
        "import sys; from har2rpc.pipeline import open_capture;"
        f"open_capture([{str(SAMPLES / 'odoo19-chrome-search_partner_by_phone.har')!r}]);"
        "print(*[name for name in sys.modules if 'copied_' in name or 'shell_words' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "\n" == done.stdout
