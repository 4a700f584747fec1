"""TypeScript takes generated JavaScript with the strictest checks, and refuses a caller with a wrong type."""

from __future__ import annotations

from pathlib import Path

import pytest
from generated.goldens import goldens

from platforms import PACKAGES, ran

pytestmark = [
    pytest.mark.platforms,
    pytest.mark.skipif(not PACKAGES, reason="NODE_PACKAGES names no folder of npm packages"),
]
MODULES = goldens("javascript.mjs", "javascript-json2.mjs", "javascript-flow.mjs")
STRICT = ("--allowJs", "--checkJs", "--strict", "--noEmit", "--types", "node")
MODERN = ("--module", "nodenext", "--target", "es2023")
CALLER = """import { searchPartnersByPhone } from "./search.mjs";
const found: unknown = await searchPartnersByPhone(%s, { limit: 3 });
console.log(found);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where TypeScript finds the types of Node."""
    (tmp_path / "node_modules").symlink_to(Path(PACKAGES) / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return tmp_path


def test_every_module_is_right(folder: Path) -> None:
    names = []
    for number, param in enumerate(MODULES):
        names.append(f"{number}.mjs")
        (folder / names[-1]).write_text(param.values[0].text, encoding="utf-8")
    assert "" == ran("tsc", *STRICT, *MODERN, *names, folder=folder)


def test_a_caller_is_checked(folder: Path) -> None:
    [module] = [
        param.values[0].text
        for param in MODULES
        if param.id == "odoo19-chrome-search_partner_by_phone-javascript.mjs"
    ]
    (folder / "search.mjs").write_text(module, encoding="utf-8")
    (folder / "right.ts").write_text(CALLER % '"555"', encoding="utf-8")
    ran("tsc", *STRICT, *MODERN, "right.ts", folder=folder)
    (folder / "wrong.ts").write_text(CALLER % "555", encoding="utf-8")
    with pytest.raises(AssertionError, match="TS2345"):
        ran("tsc", *STRICT, *MODERN, "wrong.ts", folder=folder)
