"""Names of generated JavaScript: which ones are taken, and what a variable or a function is called instead."""

from __future__ import annotations

import re
from typing import Any

from har2rpc.rendering.formatting import Code, checked_name

# What nothing may be called: the language's own words, and what the code itself needs.
RESERVED = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval"
    " export extends false finally for function if implements import in instanceof interface let new null"
    " package private protected public return static super switch this throw true try typeof var void while"
    " with yield async of undefined NaN Infinity globalThis AbortSignal Array Error JSON Number Object String"
    " TypeError Map Set OdooError console fetch process readFileSync realpathSync fileURLToPath Form answered anyGiven"
    " at atLeastOne call created executeKw fromFile given knownUid loadRows main missing newLines only onlyFor opened x2many"
    " page paged server toJson userId".split()
)
# What every object seems to have: an option of such a name would never be missing.
INHERITED = frozenset(
    "__proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ constructor hasOwnProperty"
    " isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split()
)


def identifier(value: Any) -> Code:
    """The name of a variable, if it is one; where that is reserved with a dollar, which no name of Odoo has."""
    text = checked_name(str(value))
    return Code(f"${text}" if text in RESERVED | INHERITED or text.isupper() else text)


def function_name(value: Any) -> Code:
    """The name of a function as JavaScript has it: createSaleOrder."""
    text = checked_name(str(value))
    if text.islower():
        text = re.sub(r"(?<=[a-z0-9])_([a-z])", lambda match: match[1].upper(), text)
    return Code(f"${text}" if text in RESERVED else text)
