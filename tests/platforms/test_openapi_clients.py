"""Three generators of clients take every document without a word, and their clients fetch records, typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from generated.goldens import Golden, goldens
from generated.running import SECRET

from har2rpc import pipeline
from platforms import PACKAGES, ran

pytestmark = [
    pytest.mark.platforms,
    pytest.mark.skipif(not PACKAGES, reason="NODE_PACKAGES names no folder of npm packages"),
]
DOCUMENTS: list[Golden] = [param.values[0] for param in goldens("openapi.json")]
[SEARCH] = [one for one in DOCUMENTS if "odoo19-chrome-search_partner_by_phone" in str(one.sample)]
HERE = Path(__file__).parent
STRICT = ["--strict", "--noEmit", "--skipLibCheck", "--allowImportingTsExtensions"]
MODULES = ["--module", "preserve", "--target", "es2023", "--types", "node"]


@pytest.fixture
def variables() -> Iterator[dict[str, str]]:
    """The mock's, and the recorded body of the search."""
    document = json.loads(SEARCH.text)
    [operation] = document["paths"].values()
    content = operation["post"]["requestBody"]["content"]["application/json"]
    body = content["examples"]["search_partners_by_phone"]["value"]
    with pipeline.mock(pipeline.open_capture([SEARCH.sample]), key=SECRET) as (_, told):
        yield {**told, "ODOO_API_KEY": SECRET, "BODY": json.dumps(body)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a program finds the packages of npm."""
    (tmp_path / "node_modules").symlink_to(Path(PACKAGES) / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "openapi.json").write_text(SEARCH.text, encoding="utf-8")
    return tmp_path


def program(name: str, folder: Path) -> Path:
    """A program of this folder, beside the client that it imports."""
    return Path(shutil.copy(HERE / name, folder))


@pytest.fixture
def recorded_answer() -> list[object]:
    """How many partners the browser got, and the name of the first; read from the file as it lies there."""
    entries = json.loads(SEARCH.sample.read_text(encoding="utf-8"))["log"]["entries"]
    for entry in reversed(entries):
        if entry["request"]["url"].endswith("/web_search_read"):
            records = json.loads(entry["response"]["content"]["text"])["result"]["records"]
            return [len(records), records[0]["complete_name"]]
    raise AssertionError("no search in the sample")


def test_openapi_python_client(
    folder: Path, variables: dict[str, str], recorded_answer: list[object]
) -> None:
    said = ran(*PYTHON_CLIENT, "openapi.json", "--output-path", "api", folder=folder)
    assert ["Generating api"] == said.strip().splitlines()
    text = program("fetch_with_python_client.py", folder)
    ran(
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--cache-dir",
        folder / "cache",
        text,
        folder=folder,
    )
    assert recorded_answer == json.loads(ran("python", text, folder=folder, variables=variables))


PYTHON_CLIENT = ("openapi-python-client", "generate", "--meta", "none", "--path")


def test_openapi_typescript(
    folder: Path, variables: dict[str, str], recorded_answer: list[object]
) -> None:
    ran("openapi-typescript", "openapi.json", "-o", "api.ts", folder=folder)
    assert recorded_answer == typed("fetch_with_openapi_fetch.ts", folder, variables)


def test_hey_api(folder: Path, variables: dict[str, str], recorded_answer: list[object]) -> None:
    said = ran("openapi-ts", "-i", "openapi.json", "-o", "api", folder=folder)
    assert "Done" in said and "warn" not in said.lower()
    assert recorded_answer == typed("fetch_with_hey_api.ts", folder, variables)


def typed(name: str, folder: Path, variables: dict[str, str]) -> object:
    """What a program of TypeScript prints, once it is found right by tsc."""
    text = program(name, folder)
    ran("tsc", *STRICT, *MODULES, text.name, folder=folder)
    ran(
        "esbuild",
        text.name,
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--outfile=run.mjs",
        folder=folder,
    )
    return json.loads(ran("node", "run.mjs", folder=folder, variables=variables))


def test_every_document_is_taken_without_a_warning(tmp_path: Path) -> None:
    for document in DOCUMENTS:
        made = tmp_path / document.sample.stem
        made.mkdir()
        (made / "openapi.json").write_text(document.text, encoding="utf-8")
        said = ran(*PYTHON_CLIENT, "openapi.json", "--output-path", "api", folder=made)
        assert ["Generating api"] == said.strip().splitlines(), document.sample
        ran("openapi-typescript", "openapi.json", "-o", "api.ts", folder=made)
