"""Decides quickly whether a text is worth searching for secrets. Every call needs this, so the module loads fast.

Regular expressions are compiled where they are used, which most captures never need.
"""

from __future__ import annotations

import re

# Models with fields that are secrets of theirs alone (`secret_fields.py`).
MODELS = frozenset(
    """account.journal base.automation auth.passkey.key auth_totp.device auth_totp.wizard delivery.carrier discuss.channel
    hr.employee ir.config_parameter ir.mail_server mail.notification.web.push mail.push.device
    payment.acquirer payment.provider payment.transaction res.company res.partner.bank res.users.apikeys
    res.users.apikeys.description res.users.apikeys.show res.users.identitycheck""".split()
)
# Every telling name and every shape holds one of these: a text without any needs no closer look.
_HINTS = (
    "pass pwd mdp contrase senha secre segre geheim kennw token jeton jwt key creden zugang inlog otp cvv cvc code codi"
    " clave llave chav chiav schl sleutel cle_ _cle cleap cle- cl\xc3\xa9 wachtw hash salt sha_re session csrf sid= sig="
    " bearer basic eyj private ignature= hmac= ticket= assertion= samlre auth= auth( hook telegram redis-cli mysql identified login("
    " log_in( sign_in( authenticate( securestring pw: pw="
    ' pw" sha_in'
    " execute( execute_kw( getconnection( %22%3a %22:"
    ' cookie curl authoriz auth: auth\' auth" auth[ -auth tickets_ datas "file'
    " /survey/ /rate/ /rating/ /sign/ /calendar/ /appointment/ /document /chat/ /meet/ /planning/ /dashboard/ /invite/"
    " /mail/track/ /hr_attendance/ /room/ /frontdesk/ /kiosk/ /my/ /payment/ /pos-self /knowledge/ /subscription/"
    " /im_livechat/ /helpdesk/ /salary_package/ /esign/"
    " /magic-link/ /verify-email/ /activate/ /confirm/ /unsubscribe/"
).split()
# Keys that begin so are nothing else (`secret_texts.py`).
_HEX_KEY = r"""["'][0-9a-f]{40}\\*["']"""
_HIDING = r"\\u00(?:[2-7]|[c-fC-F])"  # "p\u0061ssword", "contrase\u00f1a"
_BEGINNINGS = (
    "_live_ _test_ ghp_ gho_ ghr_ ghs_ ghu_ github_pat_ xox AKIA ASIA AIza glpat- whsec_ shpat_ shpca_ shppa_ shpss_"
    " npm_ pypi- ya29. SG. sk- dop_v1_ xapp- glsa_ hf_"
).split()


_LONG = 4_096  # bytes
HINTS = tuple(hint.encode("latin-1") for hint in (*_HINTS, "pin", " -a ", " -u "))
"""The same as bytes of UTF-8, in small letters."""


def opens_other_records(data: bytes) -> bool:
    """Whether an action is in it that opens records of a model with secrets: they stand in its context and domain."""
    return b"res_model" in data and any(model.encode() in data for model in MODELS)


def may_hold_secrets(text: str, model: str = "") -> bool:
    """Whether the body of a call of this model is worth going through: false for most, and a hundred times faster."""
    if model in MODELS:
        return True
    # As bytes, of which only ASCII has a small letter: that is what is looked for, and three times as fast.
    data = text.encode("utf-8", "surrogatepass").lower()
    if len(data) > _LONG:  # what stands between quotes comes again in each row
        data = b'"'.join([b"", *set(data.split(b'"')), b""])
    lower = data.decode("latin-1")
    if any(map(lower.__contains__, _HINTS)) or " -a " in lower or " -u " in lower:
        return True
    if opens_other_records(data):
        return True
    if "pin" in lower and re.search(r"\bpin|pins?\b", lower):
        return True
    if any(map(text.__contains__, _BEGINNINGS)) or re.search(_HEX_KEY, text):
        return True
    if "\\u00" in text and re.search(_HIDING, text):
        return True
    return "@" in text and bool(re.search(r"://[^/\s]*@", text))
