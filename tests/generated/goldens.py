"""Every sample with every target: what is generated, and the file that it must equal."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from generated.recorded import ROOT, SAMPLES, recorded, samples
from generated.running import converted
from har2rpc.cli import cli

GOLDENS = ROOT / "tests" / "golden"


class Golden(NamedTuple):
    """One target's text for one sample."""

    sample: Path
    file: str
    options: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Where the expected text stands."""
        return GOLDENS / self.sample.name.partition(".")[0] / self.file

    @property
    def text(self) -> str:
        """The expected text: what is executed, validated and searched; "" where it was not written yet."""
        return self.path.read_text(encoding="utf-8") if self.path.is_file() else ""

    @property
    def made(self) -> str:
        """What is generated now."""
        return generated(self.sample, self.options)


TARGETS = {
    "python.py": (),
    "python-verbatim.py": ("--verbatim",),
    "locoia.json": ("-t", "locoia"),
    "locoia-sheet.md": ("-t", "locoia", "--sheet"),
    "python-json2.py": ("-t", "python-json2"),
    "python-xmlrpc.py": ("-t", "python-xmlrpc"),
    "python-web.py": ("-t", "python-web"),
    "odoolib.py": ("-t", "odoolib"),
    "odoolib-json2.py": ("-t", "odoolib-json2"),
    "odooly.py": ("-t", "odooly"),
    "odoorpc.py": ("-t", "odoorpc"),
    "curl.sh": ("-t", "curl"),
    "curl-json2.sh": ("-t", "curl-json2"),
    "python-flow.py": ("--flow",),
    "curl-flow.sh": ("--flow", "-t", "curl"),
    "actions.json": ("-t", "json"),
    "actions-flow.json": ("--flow", "-t", "json"),
    "mcp.json": ("-t", "mcp"),
    "mcp-flow.json": ("--flow", "-t", "mcp"),
    "javascript.mjs": ("-t", "javascript"),
    "javascript-verbatim.mjs": ("-t", "javascript", "--verbatim"),
    "javascript-json2.mjs": ("-t", "javascript-json2"),
    "javascript-flow.mjs": ("--flow", "-t", "javascript"),
    "php.php": ("-t", "php"),
    "php-verbatim.php": ("-t", "php", "--verbatim"),
    "php-flow.php": ("--flow", "-t", "php"),
    "n8n.json": ("-t", "n8n"),
    "n8n-verbatim.json": ("-t", "n8n", "--verbatim"),
    "n8n-flow.json": ("--flow", "-t", "n8n"),
    "postman.json": ("-t", "postman"),
    "postman-flow.json": ("--flow", "-t", "postman"),
    "bruno.yml": ("-t", "bruno"),
    "bruno-flow.yml": ("--flow", "-t", "bruno"),
    "parts.json": ("-t", "parts"),
    "parts-sheet.md": ("-t", "parts", "--sheet"),
    "openapi.json": ("-t", "openapi"),
    "python-web-flow.py": ("--flow", "-t", "python-web"),
    "locust.py": ("-t", "locust"),
    "locust-flow.py": ("--flow", "-t", "locust"),
}


def goldens(*files: str) -> list[Any]:
    """One pytest parameter for each sample and each of these files."""
    return [
        pytest.param(Golden(sample, file, TARGETS[file]), id=f"{sample.stem}-{file}")
        for sample in samples()
        if recorded(sample)
        for file in files or TARGETS
        if "--flow" not in TARGETS[file] or has_several_actions(sample)
    ]


def door_goldens() -> list[Any]:
    """The same for what browsers copy: one target is enough to tell what was read."""
    doors = sorted((SAMPLES / "doors").glob("*.txt"))
    assert doors, "no sample in samples/doors"
    return [pytest.param(Golden(door, "python.py", ()), id=door.stem) for door in doors]


FILE_TARGETS = (
    "python.py python-verbatim.py python-flow.py python-json2.py javascript.mjs curl.sh n8n.json locoia.json actions.json"
).split()


def file_goldens() -> list[Any]:
    """The same for uploads and what else is no call of a model's method, in the targets that differ most."""
    found = sorted((SAMPLES / "files").glob("*.har.gz"))
    assert found, "no sample in samples/files"
    return [
        pytest.param(Golden(sample, file, TARGETS[file]), id=f"{sample.stem}-{file}")
        for sample in found
        for file in FILE_TARGETS
    ]


def protocol_goldens() -> list[Any]:
    """The same for traffic of programs in Odoo's other protocols, in each protocol's own target and in JSON-2's.

    tests/proving/test_programs.py runs what is generated.
    """
    found = sorted((SAMPLES / "doors").glob("*.har"))
    assert found, "no capture in samples/doors"
    return [
        pytest.param(Golden(sample, file, TARGETS[file]), id=f"{sample.stem}-{file}")
        for sample in found
        for file in ("python.py", "python-json2.py", "python-xmlrpc.py", "python-flow.py")
    ]


# What is done for each row of a CSV file: samples, options, and in which targets.
ROWS = {
    "odoo14-chrome-create_partner": ((), "python"),
    "odoo14-chrome-quotation_for_new_contact": (("--flow",), "python"),
    "odoo19-chrome-create_partner": ((), "python python-json2"),
    "odoo19-chrome-edit_partner": ((), "python"),
    "odoo19-chrome-quotation_for_new_contact": (("--flow",), "python python-json2"),
    "odoo19-chrome-search_partner_by_phone": (("-n", "5"), "python-json2"),
}


def row_goldens() -> list[Any]:
    """The same for scripts of `--rows`; tests/generated/test_row_scripts.py runs them."""
    return [
        pytest.param(
            Golden(
                SAMPLES / f"{sample}.har", f"{target}-rows.py", ("-t", target, "--rows", *options)
            ),
            id=f"{sample}-{target}-rows",
        )
        for sample, (options, wanted) in ROWS.items()
        for target in wanted.split()
    ]


@cache
def listed(sample: Path) -> list[dict[str, Any]]:
    """The calls that `list` shows."""
    ran = CliRunner().invoke(cli, ["list", "--json", str(sample)])
    return json.loads(ran.stdout) if ran.exit_code == 0 else []


def has_several_actions(sample: Path) -> bool:
    """Whether a person did more than one thing in it: that is a flow."""
    return sum(call["kind"] in ("write", "action") for call in listed(sample)) > 1


@cache
def generated(sample: Path, options: tuple[str, ...]) -> str:
    """What convert gives; everything (--all) where the sample holds nothing but the client's own calls."""
    everything = () if listed(sample) else ("--all",)
    return converted(sample, *options, *everything)
