"""Bruno's own command line runs the collections, imported as its app imports them, against the mock."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from generated.goldens import Golden, goldens
from generated.running import SECRET, AnsweringOdoo, Stage

from har2rpc import pipeline
from har2rpc.proving.mock.server import serve
from platforms import PACKAGES, ran

pytestmark = [
    pytest.mark.platforms,
    pytest.mark.skipif(not PACKAGES, reason="NODE_PACKAGES names no folder of npm packages"),
]
NAMES = (
    "odoo14-chrome-search_partner_by_name-bruno.yml",
    "odoo14-chrome-create_partner-bruno.yml",
    "odoo19-chrome-search_partner_by_phone-bruno.yml",
    "odoo19-chrome-quotation_for_new_contact-bruno-flow.yml",
)
CHOSEN = [param for param in goldens("bruno.yml", "bruno-flow.yml") if param.id in NAMES]
HOSTILE = 'a "quote" {{odoo_api_key}} {{$guid}} {{{odoo_db}}} \\ \' `${bru}` $& 🙂'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty one, for a collection."""
    return tmp_path


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A running server without an application."""
    made = Stage()
    with serve(made) as made.url:
        yield made


def put_into(folder: Path, text: str) -> None:
    """What Bruno's import makes of the file: a folder, with a file for each request."""
    program = Path(__file__).with_name("import_into_bruno.mjs")
    subprocess.run(
        ["node", program],
        input=json.dumps({"text": text, "folder": str(folder)}),
        check=True,
        text=True,
    )


def run(folder: Path, **variables: str) -> str:
    """What `bru run` says of the whole collection; it must succeed."""
    chosen = [
        word for name, value in variables.items() for word in ("--env-var", f"{name}={value}")
    ]
    return ran("bru", "run", "--env", "Odoo", *chosen, folder=folder)


def test_there_are_as_many_as_are_named() -> None:
    assert len(NAMES) == len(CHOSEN)


@pytest.mark.parametrize("golden", CHOSEN)
def test_it_does_what_was_recorded(golden: Golden, folder: Path) -> None:
    put_into(folder, golden.text)
    count = len(yaml.safe_load(golden.text)["items"])
    with pipeline.mock(pipeline.open_capture([golden.sample]), key=SECRET) as (mock, told):
        said = run(folder, odoo_url=told["ODOO_URL"], odoo_db=told["ODOO_DB"], odoo_api_key=SECRET)
        assert count == len(mock.received)
    assert count == said.count("✓ Odoo accepted the request") and f"{count} Passed" in said


def test_a_refusal_ends_the_run_in_odoos_words(folder: Path) -> None:
    golden = CHOSEN[-1].values[0]
    put_into(folder, golden.text)
    with pipeline.mock(pipeline.open_capture([golden.sample]), key=SECRET) as (mock, told):
        with pytest.raises(AssertionError, match="Invalid apikey"):
            run(folder, odoo_url=told["ODOO_URL"], odoo_db=told["ODOO_DB"], odoo_api_key="another")
        assert [] == mock.received


def test_hostile_values_arrive_as_they_are(folder: Path, stage: Stage) -> None:
    [golden] = [param.values[0] for param in CHOSEN if "by_phone" in param.id]
    put_into(folder, golden.text)
    stage.app = AnsweringOdoo(lambda arrived: [])
    given = {"odoo_url": stage.url, "odoo_db": "the_db_of_the_tests", "odoo_api_key": SECRET}
    run(folder, **given, **{"search_partners_by_phone.phone": HOSTILE})
    [_, searched] = [arrived["args"][0] for arrived in stage.app.received]
    assert [["phone_mobile_search", "ilike", HOSTILE]] == searched


def test_what_is_missing_is_not_asked(folder: Path, stage: Stage) -> None:
    [golden] = [param.values[0] for param in CHOSEN if "by_phone" in param.id]
    put_into(folder, golden.text)
    stage.app = AnsweringOdoo(lambda arrived: [])
    with pytest.raises(AssertionError, match="odoo_api_key is empty: fill in this variable"):
        run(folder, odoo_url=stage.url, odoo_db="the_db_of_the_tests")
    assert [] == stage.app.received
