"""Draws what a terminal shows, for the README: docs/pictures/*.svg.

    python tools/terminal_pictures.py

rich draws it (`Console.export_svg`) from the command's own output. The fonts that rich's drawing loads from a server are left
out: a picture in a README asks nobody for anything.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from click.testing import CliRunner  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.terminal_theme import MONOKAI  # noqa: E402
from rich.text import Text  # noqa: E402

from har2rpc.cli import cli  # noqa: E402

WIDTH = 110  # columns
PICTURES = {
    "list": [
        ["list", "samples/odoo19-chrome-create_and_confirm_sale_order.har"],
        ["list", "samples/odoo19-chrome-search_partner_by_phone.har"],
    ],
}


def drawn(commands: list[list[str]]) -> str:
    """The SVG of these commands and what each of them prints."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for words in commands:
        console.print(Text(f"$ har2rpc {' '.join(words)}", "bold"))
        with patch.dict("os.environ", {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}):
            result = CliRunner().invoke(cli, words)
        console.print(Text.from_ansi(result.stdout), end="")
        console.print()
    svg = console.export_svg(title="har2rpc", theme=MONOKAI, unique_id="har2rpc")
    return re.sub(r"\s*@font-face \{.*?\}|\s*<!-- .*? -->", "", svg, flags=re.DOTALL)


def main() -> None:
    """Writes all pictures."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    for name, commands in PICTURES.items():
        (folder / f"{name}.svg").write_text(drawn(commands), encoding="utf-8")
        print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
