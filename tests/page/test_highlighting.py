"""Where the colors are: in the units that JavaScript counts, in order, within the text."""

from __future__ import annotations

from itertools import chain

from har2rpc.page.highlighting import LONGEST, PIECE, spans


def colored(text: str, language: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le", "surrogatepass")
    return [
        (units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"), style)
        for start, end, style in chain.from_iterable(spans(text, language))
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
    assert [] == colored("1" * (LONGEST + 1), "py")
    assert [] == colored("x", "cobol")
    assert all(
        colored(text, language)
        for text, language in (
            ('{"a": 1}', "json"),
            ("const x = 1", "mjs"),
            ("echo 'a'", "sh"),
            ("a: b", "yml"),
        )
    )


def test_a_long_text_is_colored_in_pieces_that_make_the_whole() -> None:
    text = 'x = f("a", 1)  # 😀\n' * 5000
    pieces = list(spans(text, "py"))
    assert len(text) // PIECE <= len(pieces) <= len(text) // PIECE + 2
    assert max(each[-1][1] - each[0][0] for each in pieces) < PIECE + 100
    parts = [part for each in pieces for part in each]
    assert parts == sorted(parts) and 5000 * ["# 😀"] == [
        part for part, style in colored(text, "py") if style == "comment"
    ]
