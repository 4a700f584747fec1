"""docs/rows.md: its example, run from top to bottom, gives what stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from har_builder import ROOT, product

from targets.conftest import Stage
from targets.row_scripts import COUNTRIES, PartnerOdoo
from targets.running import variables

PAGE = (ROOT / "docs" / "rows.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- (file|run|has):? ?(\S*) -->\n```\w+\n(.*?)```", re.DOTALL)
SAMPLE = ROOT / "samples" / "odoo19-chrome-create_partner.har"


def ran(command: str, folder: Path, given: dict[str, str]) -> str:
    """What a command of the page prints, errors as well."""
    words = shlex.split(command)
    words = [sys.executable, *words[1:]] if words[0] == "python" else words
    done = subprocess.run(
        words,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    )
    return done.stdout


def test_the_example_is_what_happens(stage: Stage, tmp_path: Path) -> None:
    odoo = PartnerOdoo("python", first_id=1523)
    stage.app, given = odoo.app, variables(stage.url, "python")
    found = {"Netherlands": [[165, "Netherlands"]], "Germany": [[57, "Germany"]]}
    text = product("convert", "--rows", SAMPLE)
    (tmp_path / "create_partner.py").write_text(text, "utf-8")
    odoo.countries = {**COUNTRIES, **found}
    kinds = []
    for kind, name, block in BLOCK.findall(PAGE):
        kinds.append(kind)
        if kind == "file":
            (tmp_path / name).write_text(block, "utf-8-sig")
        elif kind == "has":
            assert block == (tmp_path / name).read_text("utf-8-sig")
        else:
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                assert printed == ran(command, tmp_path, given), command
    assert ["file", "run", "run", "has", "run"] == kinds and 5 == len(odoo.made)


def test_the_readme_leads_to_the_page() -> None:
    assert "docs/rows.md" in (ROOT / "README.md").read_text("utf-8")
