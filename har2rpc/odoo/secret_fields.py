"""Where secrets stand inside Odoo's own bodies: one table, for output, lists and redaction."""

from __future__ import annotations

import re
from functools import cache

from har2rpc.model import Json

MASK = "***"

# Keys whose value is a credential wherever they stand in args or kwargs.
_KEY = re.compile(
    r"(?:^|_)(?:password|passwd|passphrase|pwd|secret|api_?key|access_token|refresh_token|auth_token"
    r"|csrf_token|session_id|private_key|totp_secret|otp|signature_token|oauth_access_token"
    r"|smtp_pass|token|credentials?)(?:$|_)|^(?:new|old|confirm)_?(?:password|passwd|pwd)\d?$|^pin$",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Texts that carry a credential: a link with a token, an address with a password, a two-factor seed.
_CARRIER = re.compile(
    r"[?&#](?:\w*token|session_id|api_?key|password|secret)=[^&\s]|\botpauth://|://[^/\s:@]*:[^/\s@]+@",
    re.IGNORECASE,
)
# Models with credentials under a name that is harmless elsewhere.
_ALSO = {
    "ir.config_parameter": ("value",),
    "res.users.apikeys": ("key", "default_key"),
    "res.users.apikeys.show": ("key", "default_key"),
    "auth_totp.wizard": ("code", "url", "qrcode"),
}
# Methods whose string arguments are credentials, by (model or "*", method).
_METHODS = {
    ("res.users", "change_password"),
    ("res.users", "_check_credentials"),
    ("*", "check_identity"),
    ("*", "run_check"),
}
# ir.config_parameter holds API keys and secrets of every kind under names of its own.
_PARAMETER_METHODS = {"set_param"}


# What every key above holds a part of: a text without any of these needs no closer look.
_HINTS = (
    "passw passphrase pwd smtp secret apikey api_key api-key private token session otp config_param"
    " credential check_identity run_check"
).split()
_PIN = re.compile(r"\bpin\b")
_LOGIN_IN_URL = re.compile(r"://[^/\s]*@")


def may_hold_secrets(text: str) -> bool:
    """Whether a body is worth going through: false for nearly all of them, and a hundred times faster."""
    # As bytes, of which only ASCII has a small letter: that is what is looked for, and three times as fast.
    lower = text.encode("utf-8", "surrogatepass").lower().decode("latin-1")
    if any(map(lower.__contains__, _HINTS)):
        return True
    if "pin" in lower and _PIN.search(lower):
        return True
    return "@" in text and bool(_LOGIN_IN_URL.search(text))


@cache
def is_secret_key(key: str) -> bool:
    """Whether a field or key of this name holds a credential (`new_password`, `api_key`, …)."""
    return bool(_KEY.search(_HUMP.sub("_", key).replace("-", "_")))


def masked(model: str, method: str, value: Json) -> Json:
    """The same value with every known secret replaced by `***`; the shape stays."""
    if (model, method) in _METHODS or ("*", method) in _METHODS:
        return _all_strings(value)
    if model == "ir.config_parameter" and method in _PARAMETER_METHODS and isinstance(value, list):
        return value[:1] + _all_strings(value[1:])
    return _by_key(value, _ALSO.get(model, ()))


def _by_key(value: Json, extra: tuple[str, ...] = ()) -> Json:
    if isinstance(value, dict):
        return {
            key: (
                _all_strings(item) if (is_secret_key(key) or key in extra) else _by_key(item, extra)
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        if len(value) == 3 and isinstance(value[0], str) and is_secret_key(value[0]):
            return [value[0], value[1], _all_strings(value[2])]  # a leaf of a domain
        return [_by_key(item, extra) for item in value]
    return MASK if isinstance(value, str) and _CARRIER.search(value) else value


def _all_strings(value: Json) -> Json:
    if isinstance(value, str):
        return MASK if value else value
    if isinstance(value, dict):
        return {key: _all_strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_all_strings(item) for item in value]
    return value
