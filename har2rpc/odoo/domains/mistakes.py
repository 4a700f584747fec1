"""Finds common mistakes in the structure of a domain: what is there instead of a list of terms, and what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from har2rpc.model import Json, Value
from har2rpc.odoo.domains.finding import Mistake
from har2rpc.odoo.domains.tree import PREFIXES, is_leaf

_MOST = 5  # of one domain: the first tell what was misunderstood
_SPELLED_OUT = {"and": "&", "or": "|", "not": "!", "&&": "&", "||": "|"}


def of_shape(domain: Value, at: tuple[int, ...] = ()) -> Iterator[Mistake]:
    """What is wrong with a domain as a list of terms and prefix operators; nothing where it is well-formed."""
    if isinstance(domain, str):
        yield _json_in_text(domain, at)
    elif not isinstance(domain, (list, tuple)):
        kind = {dict: "an object", bool: "true or false", type(None): "nothing"}
        yield _refused(
            "no list", f"a domain is a list of terms, not {kind.get(type(domain), 'a number')}", at
        )
    elif _is_triple(domain):
        message = "this is a single term: a domain is a list of terms, so put it into one more pair of brackets"
        yield _refused("bare triple", message, at, [list(domain)])
    elif _is_args(domain):
        message = "one list too many: execute_kw takes [domain] as its args, and the domain itself is the inner list"
        yield _refused("args of execute_kw", message, at, domain[0])
    else:
        yield from _terms(domain, at)


def _terms(domain: Any, at: tuple[int, ...]) -> Iterator[Mistake]:
    mistakes = (_term(term, domain, (*at, position)) for position, term in enumerate(domain))
    wrong = list(islice(filter(None, mistakes), _MOST))
    yield from wrong
    if wrong:
        return
    missing = _first_without_operands(domain)
    if missing is None:
        return
    operator, has = domain[missing], _operands_after(domain, missing)
    needs = "one operand" if operator == "!" else "two operands"
    message = f"{operator!r} stands before {needs}, and has {('none', 'one')[has]}"
    if operator != "!" and has:
        message += f": either a term is missing or the {operator!r} is one too many (three terms take two of them)"
    without = [term for position, term in enumerate(domain) if position != missing]
    instead = without if has and _first_without_operands(without) is None else None
    yield _refused("too few operands", message, (*at, missing), instead)


def _term(term: Value, domain: Any, at: tuple[int, ...]) -> Mistake | None:
    if isinstance(term, str):
        if term in PREFIXES:
            return None
        if (plain := unescaped(term)) in PREFIXES:
            without = [unescaped(t) if isinstance(t, str) else t for t in list(domain)]
            message = f"{short(term)} is XML for {plain!r}, as a view writes it"
            right = without if _first_without_operands(without) is None else None
            return _refused("XML in the place of an operator", message, at, right)
        prefix = _SPELLED_OUT.get(term.lower())
        if prefix:
            fixed = [
                _SPELLED_OUT.get(t.lower(), t) if isinstance(t, str) else t for t in list(domain)
            ]
            message = f"{short(term)} is not an operator: Odoo writes {prefix!r}, in front of its operands"
            right = fixed if _first_without_operands(fixed) is None else None
            return _refused("operator in words", message, at, right)
        return _refused(
            "stray text", f"{short(term)} is neither a term nor one of '&', '|' and '!'", at
        )
    if not isinstance(term, (list, tuple)):
        return _refused(
            "stray value", f"{short(term)} is neither a term nor one of '&', '|' and '!'", at
        )
    if len(term) == 3 and (is_leaf(term) or not _holds_terms(term)):
        return None  # what is in it is looked at with the other terms
    if _holds_terms(term):
        message = "a domain inside a domain: there are no brackets, only the order says what belongs together"
        flat = [
            inner
            for outer in domain
            for inner in (
                outer if isinstance(outer, (list, tuple)) and _holds_terms(outer) else [outer]
            )
        ]
        return _refused("nested domain", message, at, flat if _is_fine(flat) else None)
    return _refused(
        "no triple",
        f"a term is three things, field, operator and value; {short(term)} has {len(term)}",
        at,
    )


def _json_in_text(text: str, at: tuple[int, ...]) -> Mistake:
    from har2rpc.model import Har2rpcError
    from har2rpc.odoo.domains.texts import read

    with suppress(Har2rpcError):
        inner, _ = read(text)
        if isinstance(inner, list):
            message = (
                "a text that holds a domain: send the list itself, without the quotes around it"
            )
            return _refused("domain as text", message, at, inner)
    return _refused("no list", f"a domain is a list of terms, not the text {short(text)}", at)


def _is_triple(domain: Any) -> bool:
    return (
        len(domain) == 3
        and isinstance(domain[0], (str, int))
        and isinstance(domain[1], str)
        and not _is_prefix(domain[0])
        and not _is_prefix(domain[1])
        and not is_leaf(domain[2])
    )


def _is_args(domain: Any) -> bool:
    """`[[["name", "=", "x"]]]`, or `[[]]`: what execute_kw takes around a domain."""
    if len(domain) != 1 or not isinstance(domain[0], (list, tuple)):
        return False
    return not domain[0] or _holds_terms(domain[0])


def _holds_terms(term: Any) -> bool:
    """Whether a member of a domain is itself a list of terms."""
    return any(is_leaf(item) for item in term) and not is_leaf(term)


def _is_fine(domain: Any) -> bool:
    return all(is_leaf(term) or _is_prefix(term) for term in domain) and (
        _first_without_operands(domain) is None
    )


def _is_prefix(term: Any) -> bool:
    return isinstance(term, str) and term in PREFIXES


def _first_without_operands(domain: Any) -> int | None:
    """The place of the prefix operator that lacks operands: the last one that has too few."""
    ready = 0
    for position in range(len(domain) - 1, -1, -1):
        term = domain[position]
        if _is_prefix(term):
            needs = 1 if term == "!" else 2
            if ready < needs:
                return position
            ready -= needs - 1
        else:
            ready += 1
    return None


def _operands_after(domain: Any, position: int) -> int:
    ready = 0
    for term in reversed(domain[position + 1 :]):
        if _is_prefix(term):
            ready -= 0 if term == "!" else 1
        else:
            ready += 1
    return min(ready, 1)


def _refused(name: str, message: str, at: tuple[int, ...], instead: Json = None) -> Mistake:
    return Mistake(name, message, refused=True, at=at, instead=instead)


def unescaped(text: str) -> str:
    """A text of a view's XML as it is meant: `&lt;=` is `<=`."""
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def short(value: Value) -> str:
    """A value as Python writes it, cut if it is long."""
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
