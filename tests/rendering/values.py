"""Values as captures hold them, for property tests."""

from __future__ import annotations

from hypothesis import Phase, settings
from hypothesis import strategies as st

quick = settings(max_examples=60, deadline=None)
# Black is slow, and a failure is shrunk with a hundred calls of it: the value found is told as it is.
with_black = settings(
    max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)

# Text with everything that a writer has to escape, more often than chance would have it.
ODD = [
    '"',
    "'",
    '"""',
    "\\",
    "\n",
    "\r",
    "\t",
    "\0",
    "\x7f",
    "\u2028",
    "\u202e",
    "\ud83d",
    "😀",
    "王",
]
ODD += ["{{", "{%", "{#", "}}", "${", "%s", "é", "e\u0301", "#", "a" * 40, " "]
texts = st.one_of(
    st.text(max_size=12),
    st.text(st.characters(codec=None), max_size=6),  # with lone surrogates
    st.lists(st.sampled_from(ODD), max_size=6).map("".join),
)
keys = st.one_of(st.sampled_from(["name", "class", "partner_id", "x y", ""]), texts)
numbers = st.one_of(
    st.integers(), st.integers(-(10**40), 10**40), st.floats(allow_nan=False, allow_infinity=False)
)
leaves = st.one_of(st.none(), st.booleans(), numbers, texts)
json_values = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(keys, inner, max_size=6)),
    max_leaves=25,
)
