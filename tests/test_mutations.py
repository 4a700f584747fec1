"""The corpora can fail: what each of them is there for is broken in a copy of the project, and the right ones turn red.

A mutation is a table entry: files with what is replaced in them, and the corpora that must notice. A new corpus is a row of
`CORPORA`, with a mutation of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from har_builder import ROOT

pytestmark = pytest.mark.security

CORPORA: Mapping[str, tuple[str, str]] = {
    "hostile": (
        "tests/security/test_hostile_corpus.py",
        "({}) and (names or suffix or json-19 or py-19 or sh-19 or mjs-19)",
    ),
    "canary": (
        "tests/security/test_canary_corpus.py",
        "odoo19 and (no_command or no_target_writes)",
    ),
    "addresses": ("tests/targets/test_addresses.py", "{}"),
    "guard": ("tests/test_cli_templates.py", "blocks or data or mistake"),
    "names": ("tests/odoo/test_routes.py", "no_odoo"),
}
"""What is run on a copy: a file, and which of its tests (`-k`); `{}` stands for the targets that a mutation is about."""


@dataclass(frozen=True)
class Mutation:
    """Texts replaced in files of the project, each (file, old, new), and the corpora that turn red."""

    targets: str
    """Whose tests can notice it, as pytest's `-k` takes it."""
    edits: tuple[tuple[str, str, str], ...]
    red: frozenset[str]


MUTATIONS: Mapping[str, Mutation] = {
    "a template prints a bare value": Mutation(
        "curl",
        (
            ("har2rpc/rendering/environment.py", "        finalize=_require_code,\n", ""),
            ("templates/curl.sh.j2", "ODOO_DB={{ known.db | lit }}", "ODOO_DB={{ known.db }}"),
        ),
        frozenset({"hostile", "guard"}),
    ),
    "a literal writer forgets a quote": Mutation(
        "curl",
        (
            (
                "har2rpc/rendering/shell/literals.py",
                """    return "'" + text.replace("'", "'\\\\''") + "'\"""",
                """    return "'" + text + "'\"""",
            ),
        ),
        frozenset({"hostile"}),
    ),
    "n8n takes captured braces for its own": Mutation(
        "n8n",
        (
            (
                "har2rpc/rendering/json_values/n8n.py",
                '_BRACES = re.compile(r"\\{(?=\\{)|\\}(?=\\})")',
                '_BRACES = re.compile(r"(?!)")',
            ),
        ),
        frozenset({"hostile"}),
    ),
    "a URL is not quoted in Python": Mutation(
        "python-json2",
        (
            (
                "templates/python-json2.py.j2",
                "/json/2/{quote(model, safe='')}/{quote(method, safe='')}",
                "/json/2/{model}/{method}",
            ),
        ),
        frozenset({"hostile"}),
    ),
    "a URL is not quoted in bash": Mutation(
        "curl-json2",
        (("templates/curl-json2.sh.j2", "sent.model | path_part", "sent.model"),),
        frozenset({"hostile"}),
    ),
    "a suffix has no evaluator": Mutation(
        "mjs",
        (("tests/security/evaluators.py", '    "mjs": _run_node,\n', ""),),
        frozenset({"hostile"}),
    ),
    "a redirect is followed": Mutation(
        "python",
        (("templates/python.py.j2", "        allow_redirects=False,\n", ""),),
        frozenset({"addresses"}),
    ),
    "plain http goes anywhere": Mutation(
        "curl",
        (("templates/curl.sh.j2", "^http://(localhost", "^http://(.+"),),
        frozenset({"addresses"}),
    ),
    "blocks print unguarded": Mutation(
        "python",
        (("har2rpc/rendering/environment.py", "(nodes.CallBlock, nodes.FilterBlock)", "()"),),
        frozenset({"guard"}),
    ),
    "a template reaches functions": Mutation(
        "python",
        (("har2rpc/rendering/environment.py", " and not callable(value)", ""),),
        frozenset({"guard"}),
    ),
    "a target prints a header": Mutation(
        "python",
        (  # where a call was found stands above all code: here it is the whole entry
            (
                "har2rpc/reading/har/entry.py",
                "where=span.where,\n        url=fields.url,",
                'where=type(span.where)(str(piece, "utf-8", "replace"), 1),\n        url=fields.url,',
            ),
        ),
        frozenset({"canary"}),
    ),
    "a masked name is taken from the table": Mutation(
        "python",
        (
            (
                "har2rpc/odoo/secret_fields.py",
                'frozenset(rows["everywhere"])',
                'frozenset(rows["everywhere"]) - {"payumoney_merchant_salt"}',
            ),
        ),
        frozenset({"canary"}),
    ),
    "any name is a model's": Mutation(
        "python-json2",
        (
            (
                "har2rpc/odoo/routes/request.py",
                '_MODEL = re.compile(r"[a-z0-9_]+(\\.[a-z0-9_]+)*")',
                '_MODEL = re.compile(r".+", re.DOTALL)',
            ),
        ),
        frozenset({"names"}),
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, without what is generated and recorded."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("har2rpc", "templates", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "golden", "expected")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "samples").symlink_to(ROOT / "samples")
    return folder


def red_in(folder: Path, targets: str) -> frozenset[str]:
    """The corpora that fail on this copy, as far as they are about these targets."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # most files stay as they are from run to run
    chosen = " or ".join(
        f"({Path(file).stem} and ({which.format(targets)}))" for file, which in CORPORA.values()
    )
    options = ["-q", "-rfE", "--tb", "no", "-p", "no:cacheprovider", "-k", chosen]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *(file for file, _ in CORPORA.values())],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr
    red = re.findall(r"^(?:FAILED|ERROR) (\S+?)(?:::|\s|$)", done.stdout, re.MULTILINE)
    return frozenset(name for name, (file, _) in CORPORA.items() if file in red)


def test_a_copy_is_what_is_tried(copy: Path) -> None:
    command = [sys.executable, "-c", "import har2rpc; print(har2rpc.__file__)"]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    assert Path(done.stdout.strip()).is_relative_to(copy)


def test_nothing_is_red_on_a_true_copy(copy: Path) -> None:
    assert frozenset() == red_in(copy, "python-json2 or curl or n8n")


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_is_noticed_by_its_corpora(name: str, copy: Path) -> None:
    originals = {file: (copy / file).read_text("utf-8") for file, _, _ in MUTATIONS[name].edits}
    try:
        for file, old, new in MUTATIONS[name].edits:
            text = (copy / file).read_text("utf-8")
            assert old in text, f"{file} has changed: what this mutation replaces is not there"
            (copy / file).write_text(text.replace(old, new), "utf-8")
        assert MUTATIONS[name].red == red_in(copy, MUTATIONS[name].targets)
    finally:
        for file, text in originals.items():
            (copy / file).write_text(text, "utf-8")


def test_every_corpus_has_a_mutation() -> None:
    assert set(CORPORA) == {name for each in MUTATIONS.values() for name in each.red}
