"""Turns Odoo's technical names of models, fields and methods into English words.

It uses nothing but the technical names: `res.partner` is a partner, `sale.order` a sale order, `partner_id` a partner,
`action_confirm` confirms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from har2rpc.odoo.model_names import KNOWN_AS, MOVES, WEAK_LAST
from har2rpc.odoo.reserved_names import RESERVED
from har2rpc.odoo.schema.wizards import known_as_wizard

# Prefixes by which Odoo sorts its models, and which are not part of a record's name.
_FILED_UNDER = {"res", "ir", "base", "crm", "hr", "mail"}
# Models that Odoo named in the plural.
_SINGULAR = {
    "users": "user",
    "groups": "group",
    "devices": "device",
    "apikeys": "api_key",
    "filters": "filter",
    "exports": "export",
    "followers": "follower",
    "actions": "action",
    "tags": "tag",
}
# Fields whose technical name is not the word a person would use for what is typed there.
_FIELD_WORDS = {
    "image_1920": "image",
    "phone_mobile_search": "phone",
    "product_uom_qty": "quantity",
    "product_qty": "quantity",
    "complete_name": "name",
    "display_name": "name",
    "x_name": "name",
    "zip": "zip_code",
    "login": "login",
    "message_follower_ids": "follower",
    "message_partner_ids": "follower_ids",
}


def model_noun(model: str, move_type: str = "") -> str:
    """`partner` for res.partner, `sale_order` for sale.order, `product` for product.product.

    `move_type` distinguishes an invoice from a vendor bill; both are account.move.
    """
    if model == "account.move" and move_type in MOVES:
        return MOVES[move_type]
    return KNOWN_AS.get(model) or technical_noun(model)


def record_noun(model: str) -> str:
    """The last word of the technical name, for ids: `order_id` of sale.order, `move_id` of account.move.

    A word that says nothing alone keeps the one before it (`leave_type_id`); the record of a dialog is a wizard.
    """
    if known_as_wizard(model):
        return "wizard"
    *before, last = technical_noun(model).split("_")
    return f"{before[-1]}_{last}" if last in WEAK_LAST and before else last


@lru_cache(maxsize=1024)
def technical_noun(model: str) -> str:
    """The technical name without what Odoo files it under: `expense_sheet` for hr.expense.sheet."""
    parts = [part for part in re.split(r"[^A-Za-z0-9_]+", model) if part] or ["record"]
    if len(parts) > 1 and parts[0] in _FILED_UNDER:
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == parts[1]:
        parts = parts[1:]
    parts[-1] = _SINGULAR.get(parts[-1], parts[-1])
    return identifier("_".join(parts).lower(), reserve=False)


def with_article(words: str) -> str:
    """`a partner`, `an invoice`, `an hr.leave`, `a user`."""
    by_sound = re.match(
        r"(?:[aeio]|u(?:n[^i]|p|r|lt)|hr\b|mrp\b|sms\b|rma\b)", words, re.IGNORECASE
    )
    return f"{'an' if by_sound else 'a'} {words}"


def plural(noun: str) -> str:
    """`countries`, `taxes`, `sale_orders`, `people` for person."""
    head, underscore, last = noun.rpartition("_")
    if "_of_" in noun:  # bills_of_materials
        thing, of, rest = noun.partition("_of_")
        return plural(thing) + of + rest
    if last in ("series", "news", "settings", "mail", "equipment", "stock", "data", "materials"):
        form = last
    elif last == "person":
        form = "people"
    elif re.search(r"[^aeiou]y$", last):
        form = last[:-1] + "ies"
    elif last.endswith(("analysis", "basis")):
        form = last[:-2] + "es"
    elif re.search(r"(?:s|x|z|ch|sh)$", last):
        form = last + "es"
    else:
        form = last + "s"
    return head + underscore + form


def field_noun(field: str) -> str:
    """The word for what stands in a field: `phone` for phone_mobile_search, `country` for country_id."""
    last = field.rpartition(".")[2] if field.endswith((".id", ".name")) else field
    if "." in field and last in ("id", "name"):
        last = field.rsplit(".", 1)[0]
    last = "_".join(_path(last))
    if last in _FIELD_WORDS:
        return _FIELD_WORDS[last]
    return re.sub(r"_ids?$", "", last) or last


def _path(field: str) -> list[str]:
    """The parts of a field's path without what says that they are ids, but for the last: partner, country_id."""
    *through, last = field.split(".")
    return [*(_FIELD_WORDS.get(part) or re.sub(r"_ids?$", "", part) for part in through), last]


def input_name(field: str, model: str = "") -> str:
    """The parameter for a field: ids keep their `_id`, others get the word a person would use.

    A word that Python has for itself says whose it is, where the model is known: `lead_type`.
    """
    flat = "_".join(_path(field))
    name = identifier(_FIELD_WORDS.get(flat, flat))
    if model and name == f"{flat}_":
        name = identifier(f"{record_noun(model)}_{flat}")
    return (
        f"{name}_value" if name in ("limit", "offset", "order") else name
    )  # those are the paging's


def label_of(name: str) -> str:
    """A label made from a technical name: `Expected Revenue`, `Country` for country_id."""
    words = re.sub(r"_ids?$", "", name.replace(".", "_")).replace("_", " ").split()
    upper = {
        "vat": "VAT",
        "url": "URL",
        "zip": "ZIP",
        "id": "ID",
        "ref": "Reference",
        "iban": "IBAN",
    }
    return " ".join(upper.get(word, word[:1].upper() + word[1:]) for word in words) or name


def identifier(text: str, *, reserve: bool = True) -> str:
    """A Python identifier that reads like the text: ASCII, never a keyword or a builtin's name."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", ascii_text).strip("_") or "value"
    if name[0].isdigit():
        name = "_" + name
    if reserve and name in RESERVED:
        name += "_"
    return name


def title(name: str) -> str:
    """`Search Partners by Phone` for search_partners_by_phone: small words stay small."""
    small = {"by", "on", "and", "or", "of", "for", "to", "in", "with", "a", "an", "the", "as"}
    words = name.split("_")
    return " ".join(
        word if word in small and position else word[:1].upper() + word[1:]
        for position, word in enumerate(words)
    )


def lowered(label: str) -> str:
    """A label inside a sentence: `phone`, but `VAT` and `E-Mail` as they are."""
    return " ".join(
        word if word[1:2].isupper() or "-" in word else word[:1].lower() + word[1:]
        for word in label.split()
    )


def listed(words: list[str], most: int = 6) -> str:
    """`a, b and c`; a long list is cut: `a, b, c and 12 more`."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
