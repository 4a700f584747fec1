"""Which fields contain secrets: according to Odoo's modules (`data/secret_fields.json`), the model, and the name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from har2rpc.odoo.secret_names import is_never_secret, is_secret_name

MASK = "***"
"""The text that replaces a secret in output."""

# Fields of a harmless name that hold a credential in their model (14-19: `base`, `auth_totp`, `mail`).
_BY_HAND: Mapping[str, frozenset[str]] = {
    "ir.config_parameter": frozenset({"value"}),
    "res.users.apikeys": frozenset({"key"}),
    "res.users.apikeys.show": frozenset({"key"}),
    "res.users.apikeys.description": frozenset({"key"}),
    "base.automation": frozenset({"webhook_uuid", "url"}),
    "auth_totp.device": frozenset({"key"}),
    "auth_totp.wizard": frozenset({"code", "url", "qrcode"}),
    "mail.push.device": frozenset({"keys", "endpoint"}),
    "mail.notification.web.push": frozenset({"payload"}),
}
# What x2many fields and paths in domains lead to, where no metadata is at hand.
_BEHIND: Mapping[str, str] = {
    "api_key_ids": "res.users.apikeys",
    "totp_trusted_device_ids": "auth_totp.device",
    "mail_server_id": "ir.mail_server",
}
_DEFAULT = "default_"
# A number is one of these exactly, or it is a number.
_SHORT_NAMES = frozenset({"pin", "otp", "passcode", "pwd", "passwd", "cvc", "cvv"})


class _Table(NamedTuple):
    everywhere: frozenset[str]
    of_models: Mapping[str, frozenset[str]]
    of_any_model: frozenset[str]


@cache
def _table() -> _Table:
    file = Path(__file__).with_name("data") / "secret_fields.json"
    rows = json.loads(file.read_text("utf-8"))
    of_models = {model: frozenset(names) for model, names in rows["of_models"].items()}
    any_model = frozenset[str]().union(*of_models.values())
    for model, names in _BY_HAND.items():
        of_models[model] = of_models.get(model, frozenset()) | names
    return _Table(frozenset(rows["everywhere"]), of_models, any_model)


@cache
def is_secret_field(model: str, name: str) -> bool:
    """Whether the field of a model holds a secret: `password`, `partner_id.access_token`, `default_key`.

    The model is "" outside of models, and "?" where it is not known which: there count the secrets of any.
    """
    name = name.removeprefix("search_").removeprefix(_DEFAULT) or name
    *links, name = name.replace("/", ".").split(".")
    if links:
        model = model_behind(links[-1])
    if name in _of_model(model):
        return True
    return not is_never_secret(name) and (name in _table().everywhere or is_secret_name(name))


@cache
def is_secret_number(model: str, name: str) -> bool:
    """Whether even a number is a secret there: under an exact name of the table, never by a part of the name."""
    name = name.removeprefix(_DEFAULT)
    return name in _SHORT_NAMES or name in _table().everywhere or name in _of_model(model)


def names_of_models() -> frozenset[str]:
    """The names that are secrets in one of the models alone."""
    return _table().of_any_model


def model_behind(link: str) -> str:
    """The model of the records that a field holds, as far as secrets are concerned; "?" for any."""
    return _BEHIND.get(link, "?")


def _of_model(model: str) -> frozenset[str]:
    if model == "?":
        return _table().of_any_model
    return _table().of_models.get(model, frozenset())
