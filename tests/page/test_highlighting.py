"""Where the colors are: in the units that JavaScript counts, in order, within the text."""

from __future__ import annotations

from har2rpc.page.highlighting import LONGEST, spans


def colored(text: str, language: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le", "surrogatepass")
    return [
        (units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"), style)
        for start, end, style in spans(text, language)
    ]


def test_parts_have_their_classes() -> None:
    parts = colored('def f(x):  # why\n    return "a" + 1\n', "py")
    assert ("def", "keyword") in parts and ("f", "name") in parts
    assert ("# why", "comment") in parts and ('"a"', "string") in parts and ("1", "number") in parts


def test_positions_count_as_javascript_does() -> None:
    parts = colored('x = "😀"  # 😀\nreturn\n', "py")
    assert ('"😀"', "string") in parts and ("# 😀", "comment") in parts
    assert ("return", "keyword") in parts


def test_half_an_emoji_is_a_character() -> None:
    assert ('"\ud83d"', "string") in colored('x = "\ud83d"\nreturn', "py")


def test_what_is_long_or_of_no_language_stays_plain() -> None:
    assert [] == spans("1" * (LONGEST + 1), "py")
    assert [] == spans("x", "cobol")
    assert all(
        spans(text, language)
        for text, language in (
            ('{"a": 1}', "json"),
            ("const x = 1", "mjs"),
            ("echo 'a'", "sh"),
            ("a: b", "yml"),
        )
    )
