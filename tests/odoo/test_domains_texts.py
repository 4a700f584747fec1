"""Domains as text: JSON and Python in, JSON and Python out, and one sentence for everything else."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from har2rpc.model import Har2rpcError
from har2rpc.odoo.domains.texts import DEEPEST, as_json, as_python, read

READ: list[tuple[str, Any, list[str]]] = [
    ('[["name", "=", "x"]]', [["name", "=", "x"]], []),
    ("[('name', '=', 'x')]", [["name", "=", "x"]], []),
    ("[('a', '=', -1), ('b', '=', None), ('c', '=', False)]", None, []),
    ("[\n  ('a', '=', 1),  # a comment\n]", [["a", "=", 1]], []),
    ("[('a', '=', true)]", [["a", "=", True]], ["tuples in JSON"]),
    ("[['a', '=', null]]", [["a", "=", None]], ["JSON in Python"]),
    ("\ufeff[]", [], []),
]


@pytest.mark.parametrize("text, value, names", READ, ids=[row[0][:30] for row in READ])
def test_json_and_python_are_read(text: str, value: Any, names: list[str]) -> None:
    found, mistakes = read(text)
    assert value is None or value == found
    assert names == [mistake.name for mistake in mistakes]
    assert not any(mistake.refused for mistake in mistakes)


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "there is no domain"),
        ("[('user_id', '=', uid)]", "uid is code"),
        ("[('date', '>', context_today().strftime('%Y'))]", "is code"),
        ("__import__('os').getcwd()", "is code"),
        ("[x for x in ()]", "is code"),
        ("{**{}}", "is code"),
        ("f'{1}'", "is code"),
        ("1j", "is code"),
        ("[['a', '=', 'x'", "neither JSON nor Python"),
        ('[["a", "=", NaN]]', "is code"),
        ('[["a", "=", 1e999]]', "too large"),
        ("[" * 100_000, "deeper than"),
        ("(" * 100_000, "neither JSON nor Python"),
        ("-" * 50_000 + "1", "deeper than"),
        ("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "deeper than"),
        ("[" + "1" * 5000 + "]", "thousands of digits"),
        ("('x', " * 400_000, "read only as JSON"),
        ("a\0b", "neither JSON nor Python"),
    ],
    ids=lambda value: str(value)[:25].encode("unicode_escape").decode(),
)
def test_everything_else_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Har2rpcError) as raised:
        read(text)
    assert said in str(raised.value) and "\n" not in str(raised.value)
    assert len(str(raised.value)) < 250


def test_nothing_is_evaluated(tmp_path: Any) -> None:
    file = tmp_path / "file"
    with pytest.raises(Har2rpcError):
        read(f"[('a', '=', open({str(file)!r}, 'w'))]")
    assert not file.exists()


domains = st.lists(
    st.tuples(
        st.text(max_size=4),
        st.sampled_from(["=", "in", "ilike"]),
        st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.lists(st.text())),
    ).map(list)
)


@settings(max_examples=100, deadline=None)
@given(domains)
def test_both_notations_say_the_same(domain: Any) -> None:
    assert domain == json.loads(as_json(domain))
    assert domain == [list(term) for term in ast.literal_eval(as_python(domain))]
    assert as_json(domain).isprintable() and as_python(domain).isprintable()
    assert [read(as_json(domain))[0], read(as_python(domain))[0]] == [domain, domain]


def test_an_inner_domain_has_tuples_too() -> None:
    domain = [["a", "any", ["|", ["b", "=", 1], ["c", "in", ["x"]]]]]
    assert "[('a', 'any', ['|', ('b', '=', 1), ('c', 'in', ['x'])])]" == as_python(domain)
