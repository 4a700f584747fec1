"""The user's own templates: the same variables and guard, and a sentence with file and line for a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import black
import jinja2
import pytest
from har_builder import call, page, product, run, search, written

from har2rpc.rendering.environment import guarded_environment
from har2rpc.rendering.languages import _LANGUAGES, FAMILIES

MISTAKES = {
    # name: (text of mine.py.j2, what the one sentence says)
    "syntax error": ("ok = 1\n{% if %}\n", "mine.py.j2:2: "),
    "unclosed block": ("\n\n{% for a in actions %}\n", "mine.py.j2:"),
    "unknown filter": ("a = 1\n{{ title | shout }}\n", "mine.py.j2:2: No filter named 'shout'"),
    "filter taken away": ("{{ title | safe }}", "No filter named 'safe'"),
    "tojson taken away": ("{{ title | tojson }}", "No filter named 'tojson'"),
    "undefined variable": ("a = 1\n\n{{ titel | lit }}\n", "'titel' is undefined"),
    "undefined attribute": ("{{ actions[0].nmae | lit }}", "nmae"),
    "undefined and bare": ("{{ titel }}", "'titel' is undefined"),
    "bare value": ("x = {{ title }}\n", "a bare str: write {{ value | lit }}"),
    "bare list": ("x = {{ actions }}\n", "a bare list: write {{ value | lit }}"),
    "bare through upper": ("x = {{ title | lit | upper }}\n", "a bare str"),
    "bare through join": ("x = {{ ['a', 'b'] | join }}\n", "a bare str"),
    "bare through replace": ("x = {{ title | lit | replace('a', 'b') }}\n", "a bare str"),
    "bare through ~": ("x = {{ (title | lit) ~ title }}\n", "a bare str"),
    "bare through +": ("x = {{ (title | lit) + title }}\n", "a bare str"),
    "bare through format": ("x = {{ '%s' | format(title) }}\n", "a bare str"),
    "bare through str method": ("x = {{ (title | lit).replace('a', 'b') }}\n", "a bare str"),
    "bare through a method of what is finished": (
        "x = {{ ('{}' | lit).format(title) }}\n",
        "a bare str",
    ),
    "bare through format_map": ("x = {{ ('{a}' | lit).format_map({'a': title}) }}\n", "a bare str"),
    "bare number": ("x = {{ 1 + 1 }}\n", "a bare int"),
    "wrong use of a filter": ("{{ title | call('x y') }}", "mine.py.j2:1: "),
    "filter on what it cannot take": ("{{ 7 | signature('x') }}", "mine.py.j2:1: "),
    "too many arguments": ("{{ title | lit(1, 2, 3, 4) }}", "mine.py.j2:1: "),
    "no name": ("{{ title | name }} = 1\n", "is not a valid identifier"),
    "recursion": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "mine.py.j2:1: "),
    "includes itself": ("{% include 'mine.py.j2' %}", "mine.py.j2:1: "),
    "other file": ("{% include '/etc/passwd' %}", "no template '/etc/passwd'"),
    "out of the sandbox": ("{{ title.__class__.__mro__ | lit }}", "mine.py.j2:1: "),
    "division by zero": ("{{ (1 / 0) | lit }}", "mine.py.j2:1: "),
    "endless range": ("{% for i in range(10 ** 9) %}{% endfor %}", "mine.py.j2:1: "),
    "index that is not there": ("{{ actions[9].name | lit }}", "mine.py.j2:1: "),
    "no Python": ("this is no python\n", "mine.py.j2: its output is not valid Python"),
    "open bracket": ("x = [1,\n", "mine.py.j2: its output is not valid Python"),
    "return outside": ("x = 1\n    return 5\n", "mine.py.j2: its output is not valid Python"),
    "lit of what is not a valid value": ("{{ session | lit }}", "cannot be written as Python"),
    "lit of a function": ("{{ arguments | lit }}", "cannot be written as Python"),
}

UNGUARDED = {
    "call": [
        '{% call "{}".format(title) %}{% endcall %}',
        "{% call title.format() %}{% endcall %}",
        "{% macro a() %}{{ caller() }}{% endmacro %}{% call a() %}{% endcall %}",
        "{% if false %}{% call(x) title.upper() %}{% endcall %}{% endif %}",
    ],
    "filter": [
        "{% filter default(title, true) %}{% endfilter %}",
        '{% filter replace("Q", title) %}Q{% endfilter %}',
        "{%- filter format(title) -%}%s{%- endfilter -%}",
        "{% macro a() %}{% filter trim %}{{ title | lit }}{% endfilter %}{% endmacro %}",
        "{% block b %}{% filter upper %}x{% endfilter %}{% endblock %}",
    ],
}
HIDDEN = [
    "actions[0].calls[0].fetch()",
    'actions[0].calls[0]["fetch"]()',
    'actions[0].calls[0] | attr("fetch")',
    'actions[0].calls | map(attribute="fetch") | list',
    'actions[0].calls[0] | attributes("fetch")',
    'session.get("db")',
    "session.as_user(2)",
    "named_arguments.func",
    "named_arguments.keywords",
    "arguments.__globals__",
    "arguments.__module__",
    "effects.__code__",
]


def refused(template: Path | str, capture: str) -> str:
    result = run("convert", "-t", template, capture)
    assert (1, "") == (result.exit_code, result.stdout)
    sentence = result.stderr.removesuffix("\n")
    assert sentence.startswith("har2rpc: ") and "Traceback" not in sentence
    assert "\n" not in sentence
    return sentence.removeprefix("har2rpc: ")


def own(folder: Path, text: str | bytes, name: str = "mine.py.j2") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_template_is_one_sentence_with_its_place(mistake, tmp_path: Path) -> None:
    text, told = MISTAKES[mistake]
    sentence = refused(own(tmp_path, text), written(tmp_path, search()))
    assert told in sentence
    assert sentence.startswith("mine.py.j2")


def test_a_mistake_while_rendering_names_its_line(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    for text in ("\n\n{{ titel | lit }}", "\n\n{{ title }}", "\n\n{{ (1 / 0) | lit }}"):
        assert refused(own(tmp_path, text), capture).startswith("mine.py.j2:3: ")


def test_a_template_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    sentence = refused(own(tmp_path, b"# caf\xe9\n"), written(tmp_path, search()))
    assert "mine.py.j2: the template cannot be read: not UTF-8" in sentence


def test_a_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    assert "no such template" in refused("./no.py.j2", capture)
    (tmp_path / "dir.py.j2").mkdir()
    assert "no such template" in refused(tmp_path / "dir.py.j2", capture)


def test_a_language_without_a_writer_is_told(tmp_path: Path) -> None:
    texts = {
        "mine.cob.j2": ("x", "no family of literals is known for .cob"),
        "mine.j2": ("x", "no family of literals is known for .mine"),
        "other.cob.j2": ("{#- literals: cobol -#}\nx", "'cobol' is not a family of literals"),
    }
    for name, (text, words) in texts.items():
        sentence = refused(own(tmp_path, text, name), written(tmp_path, search()))
        assert words in sentence and ", ".join(FAMILIES) in sentence


@pytest.mark.parametrize("family", FAMILIES)
def test_a_template_of_any_suffix_takes_the_literals_that_it_names(
    family: str, tmp_path: Path
) -> None:
    body = "{{ [title, 1.5, none] | lit }}\n"
    named = own(tmp_path, f"{{#- Mine. literals: {family} -#}}\n{body}", "mine.cob.j2")
    usual = own(tmp_path, f"{{#- Mine. -#}}\n{body}", f"mine.{FAMILIES[family]}.j2")
    capture = written(tmp_path, search())
    made = product("convert", "-t", named, capture)
    assert made == product("convert", "-t", usual, capture) and "Search partners by phone" in made


@pytest.mark.parametrize("suffix, family", [("js", "javascript"), ("yaml", "yaml")])
def test_other_suffixes_of_a_language_are_known(suffix: str, family: str, tmp_path: Path) -> None:
    text = "{{ [title, none] | lit }}\n"
    capture = written(tmp_path, search())
    usual = own(tmp_path, text, f"mine.{FAMILIES[family]}.j2")
    made = product("convert", "-t", own(tmp_path, text, f"mine.{suffix}.j2"), capture)
    assert made == product("convert", "-t", usual, capture)


def test_a_shown_template_renders_the_same_as_its_target(tmp_path: Path) -> None:
    capture = written(tmp_path, search(), call("res.partner", "unlink", ([7],)))
    for target, name in (("python", "mine.py.j2"), ("locoia", "mine.json.j2")):
        template = own(tmp_path, product("targets", "--show", target), name)
        expected = product("convert", "-t", target, capture)
        assert expected == product("convert", "-t", template, capture)


def test_what_an_own_python_template_writes_is_formatted(tmp_path: Path) -> None:
    text = "A = [ {{ title|lit }} ,1 ]\n{% for a in actions %}x ={{ a.kwargs|lit }}\n{% endfor %}"
    made = product("convert", "-t", own(tmp_path, text), written(tmp_path, search()))
    assert made == black.format_str(made, mode=black.Mode())
    assert made.startswith('A = ["Search partners by phone", 1]\n')


def test_an_own_json_template_is_parsed_before_it_is_shown(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    good = own(tmp_path, '{"title": {{ title | lit }}}', "mine.json.j2")
    assert {"title": "Search partners by phone"} == json.loads(
        product("convert", "-t", good, capture)
    )
    bad = own(tmp_path, '{"title": }', "mine.json.j2")
    assert "mine.json.j2: its output is not valid json" in refused(bad, capture)


def test_captured_text_does_not_become_a_template(tmp_path: Path) -> None:
    capture = written(tmp_path, search(domain=[["name", "ilike", "{{ 7 * 7 }}{% raw %}"]]))
    text = "x = {{ actions[0].inputs[0].example | lit }}\n"
    assert 'x = "{{ 7 * 7 }}{% raw %}"\n' == product("convert", "-t", own(tmp_path, text), capture)


@pytest.mark.parametrize("target", ["python", "python-json2", "odoolib-json2", "curl-json2"])
def test_a_target_that_writes_flows_says_nothing(target: str, tmp_path: Path) -> None:
    ran = run("convert", "--flow", "-t", target, written(tmp_path, search()))
    assert (0, "") == (ran.exit_code, ran.stderr)


def test_a_target_without_flows_says_so(tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    ran = run("convert", "--flow", "-t", "locoia", capture)
    assert ran.stdout == product("convert", "-t", "locoia", capture)
    assert "locoia does not support flows" in ran.stderr
    own = tmp_path / "own.py.j2"
    own.write_text("x = {{ flow.name | lit }}\n", encoding="utf-8")
    ran = run("convert", "--flow", "-t", own, capture)
    assert ('x = "search_partners_by_phone_flow"\n', "") == (ran.stdout, ran.stderr)


@pytest.mark.parametrize("tag, text", [(tag, text) for tag in UNGUARDED for text in UNGUARDED[tag]])
def test_blocks_that_print_on_their_own_are_refused(tag: str, text: str, tmp_path: Path) -> None:
    capture = written(tmp_path, search())
    for suffix in sorted(_LANGUAGES):
        mine = tmp_path / f"mine.{suffix}.j2"
        mine.write_text(f"\n{text}", encoding="utf-8")
        assert f"mine.{suffix}.j2:2: {{% {tag} %}} prints" in refused(mine, capture)


@pytest.mark.parametrize(
    "head", ["{% extends 'a' %}", "{% import 'a' as a %}", "{% include 'a' %}"]
)
def test_blocks_of_a_template_that_is_built_on_are_refused_too(head: str) -> None:
    texts = {"a": "{% filter upper %}x{% endfilter %}", "mine": head}
    environment = guarded_environment("py", jinja2.DictLoader(texts))
    with pytest.raises(jinja2.TemplateSyntaxError, match="filter"):
        environment.get_template("mine").render()


@pytest.mark.parametrize("expression", HIDDEN)
def test_a_template_sees_data_and_no_function_of_ours(expression: str, tmp_path: Path) -> None:
    capture = written(tmp_path, page(), search())
    mine = tmp_path / "mine.json.j2"
    mine.write_text(f"{{{{ {expression} | lit }}}}", encoding="utf-8")
    sentence = refused(mine, capture).lower()
    assert "unsafe" in sentence or "undefined" in sentence


def test_methods_of_plain_data_stay(tmp_path: Path) -> None:
    mine = tmp_path / "mine.json.j2"
    seen = (
        'known.get("db", "none"), known.items() | list | length, title.partition(" ")[0], '
        'actions[0].calls[0].route, flow is none, "{}-{}".format(title, 1), identity.secret.name'
    )
    mine.write_text(f"{{{{ [{seen}] | lit }}}}", encoding="utf-8")
    made = json.loads(product("convert", "-t", mine, written(tmp_path, page(), search())))
    label = "Search partners by phone"
    route = "/web/dataset/call_kw"
    assert ["lab", 9, "Search", route, True, f"{label}-1", "secret"] == made
