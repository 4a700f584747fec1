"""The tables of parameter names beside what a real Odoo 19 says of its own methods, model by model."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
import requests

from har2rpc.odoo import signatures
from live.server import Server
from live.tally import TALLY

pytestmark = pytest.mark.live
FEWEST_MODELS, FEWEST_METHODS = 300, 16_500
VERSION = 19


class Told(NamedTuple):
    """One side's word on a method: what may be given by position, and whether records are acted upon."""

    positional: tuple[str, ...]
    is_model: bool


def by_server(about: dict[str, Any]) -> Told:
    """From the server's own description."""
    names = []
    for name, parameter in about["parameters"].items():
        if parameter.get("kind", "POSITIONAL_OR_KEYWORD") != "POSITIONAL_OR_KEYWORD":
            break
        names.append(name)
    return Told(tuple(names), "model" in about.get("api", ()))


@pytest.fixture(scope="module")
def described(server: Server) -> dict[str, dict[str, Any]]:
    """What the server says of each of its models: the methods by name."""
    session = requests.Session()
    session.headers["Authorization"] = f"bearer {server.api_key}"
    session.headers["X-Odoo-Database"] = server.db

    def get(name: str) -> Any:
        answer = session.get(f"{server.url}/doc-bearer/{name}.json", timeout=120)
        answer.raise_for_status()
        return answer.json()

    models = [one["model"] for one in get("index")["models"]]
    return {model: get(model)["methods"] for model in models}


def test_names_of_parameters_are_those_of_the_server(
    described: dict[str, dict[str, Any]],
) -> None:
    wrong, compared, supposed, unknown = [], 0, 0, 0
    for model, methods in described.items():
        for method, about in methods.items():
            known = signatures.signature(model, method, VERSION)
            if known is None:
                unknown += 1
                continue
            compared += 1
            supposed += known.supposed
            told = by_server(about)
            if told != (known.positional, known.is_model):
                wrong.append(f"{model}.{method}: {known.positional} {known.is_model}, not {told}")
    TALLY.read_back.append(
        f"signatures: {compared} methods of {len(described)} models compared ({supposed} of them supposed to "
        f"have no parameters), {len(wrong)} otherwise, {unknown} not in the tables"
    )
    assert len(described) >= FEWEST_MODELS and compared >= FEWEST_METHODS
    assert not wrong, "\n".join(wrong)
