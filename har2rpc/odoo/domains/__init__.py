"""Search domains: parsing, explaining in words, writing, and checking whether Odoo accepts them.

Grammar (Odoo 12-19, `odoo/osv/expression.py`, `odoo/orm/domains.py`): terms `[field, operator, value]` and the
prefix operators `'&'`, `'|'` (two operands) and `'!'` (one); terms side by side are joined by "and".
"""

from __future__ import annotations

from har2rpc.odoo.domains.phrases import common_leaves, in_words, value_text
from har2rpc.odoo.domains.tree import Leaf, Node, Tree, is_leaf, leaves, parse

__all__ = [
    "Leaf",
    "Node",
    "Tree",
    "common_leaves",
    "in_words",
    "is_leaf",
    "leaves",
    "parse",
    "value_text",
]
