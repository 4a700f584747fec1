"""Which fields hold secrets: by Odoo's own modules (`data/secret_fields.json`), by model, and by what a name tells."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from har2rpc.odoo.secret_names import is_never_secret, is_secret_name

MASK = "***"
"""What stands in output where a secret stood."""

# Fields of a harmless name that hold a credential in their model (14-19: `base`, `auth_totp`, `mail`).
_BY_HAND: Mapping[str, frozenset[str]] = {
    "ir.config_parameter": frozenset({"value"}),
    "res.users.apikeys": frozenset({"key"}),
    "res.users.apikeys.show": frozenset({"key"}),
    "res.users.apikeys.description": frozenset({"key"}),
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
    name = name.removeprefix(_DEFAULT) or name
    while "." in name or "/" in name:
        link, _, name = re.split(r"([./])", name, maxsplit=1)
        model = model_behind(link)
    if name in _of_model(model):
        return True
    return not is_never_secret(name) and (name in _table().everywhere or is_secret_name(name))


@cache
def is_secret_number(model: str, name: str) -> bool:
    """Whether even a number is a secret there: under an exact name of the table, never by a part of the name."""
    name = name.removeprefix(_DEFAULT)
    return name in _SHORT_NAMES or name in _table().everywhere or name in _of_model(model)


def model_behind(link: str) -> str:
    """The model of the records that a field holds, as far as secrets are concerned; "?" for any."""
    return _BEHIND.get(link, "?")


def _of_model(model: str) -> frozenset[str]:
    if model == "?":
        return _table().of_any_model
    return _table().of_models.get(model, frozenset())


# Every telling name and every shape holds one of these: a text without any needs no closer look.
_HINTS = (
    "pass pwd mdp contrase senha secre segre geheim kennw token jeton jwt key creden zugang inlog otp cvv cvc code codi"
    " clave llave chav chiav schl sleutel cle_ _cle cleap cle- cl\xc3\xa9 wachtw hash salt sha_re session csrf sid= sig= bearer basic hooks. eyj private"
).split()
# Keys that begin so are nothing else (`secret_texts.py`).
_BEGINNINGS = (
    "_live_ _test_ ghp_ gho_ ghr_ ghs_ ghu_ github_pat_ xox AKIA ASIA AIza glpat- whsec_ shpat_ shpca_ shppa_ shpss_"
    " npm_ pypi- ya29. SG. sk-"
).split()
_HEX_KEY = re.compile(r"""["'][0-9a-f]{40}\\*["']""")
_PIN = re.compile(r"\bpin|pins?\b")
_LOGIN_IN_URL = re.compile(r"://[^/\s]*@")
_HIDING = re.compile(r"\\u00(?:[2-7]|[c-fC-F])")  # "p\u0061ssword", "contrase\u00f1a"


def may_hold_secrets(text: str, model: str = "") -> bool:
    """Whether the body of a call of this model is worth going through: false for most, and a hundred times faster."""
    if model in _table().of_models:
        return True
    # As bytes, of which only ASCII has a small letter: that is what is looked for, and three times as fast.
    lower = text.encode("utf-8", "surrogatepass").lower().decode("latin-1")
    if any(map(lower.__contains__, _HINTS)):
        return True
    if "pin" in lower and _PIN.search(lower):
        return True
    if any(map(text.__contains__, _BEGINNINGS)) or _HEX_KEY.search(text):
        return True
    is_hidden = "\\u00" in text and _HIDING.search(text)
    return bool(is_hidden or ("@" in text and _LOGIN_IN_URL.search(text)))
