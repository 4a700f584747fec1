"""Recognizes names of secrets in the languages of Odoo's modules: `new_password`, `x_clave_api`.

A name is split into words (`clientSecret`, `client-secret` and `client_secret` are the same two). A single word decides, or
two adjacent ones. The last word says what the value is: `token_count` is a count, `password_policy` a policy.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

# One word is enough (English, German, French, Spanish, Portuguese, Italian, Dutch); sets, because they are made faster
# than expressions.
_TELLING = (
    frozenset(
        """password passwords passwort passwd pwd pwds pw passphrase passphrases passcode passcodes passkey passkeys
    senha senhas motdepasse mdp pincode segredo segredos segreto segreti segreta segrete geheim geheime geheimer geheimes
    geheimnis token tokens rtoken rtokens jeton jetons jwt apikey apikeys credential credentials credenziali credenciales
    credenciais zugangsdaten inloggegevens otp totp cvv cvc zugangscode zugriffscode toegangscode toegangscodes""".split()
    )
    | {
        prefix + noun
        for nouns, prefixes in {
            "token tokens": "access auth refresh api session bearer csrf id login bot",
            "key keys": "access api private client hash hmac sha auth license merchant website encryption",
            "schluessel schlussel": "api zugangs zugriffs geheim sicherheits lizenz privat",
            "sleutel sleutels": "api toegangs beveiligings licentie prive",
        }.items()
        for noun in nouns.split()
        for prefix in prefixes.split()
    }
)
_PARTS = "passwor passwd passphrase kennwort wachtwoord contrasen contrasin secret".split()
_NO_PART = "secretar"  # secretary, secretariat
# A key or a code is a secret where the word next to it says so: `signature_key`, `cle_privee`. English has the key last.
_ENGLISH_KEY = frozenset({"key", "keys"})
_KEY = frozenset(
    """schluessel schlussel sleutel sleutels cle cles clave claves llave llaves chave chaves chiave chiavi""".split()
)
_OF_KEYS = frozenset(
    """admin api access acces acceso acesso accesso private privee priv privada privata privater prive auth authentication
    authorization client server license licence licencia licenza lizenz licentie master encryption encrypt decryption
    chiffrement cifrado signing signature hmac shared transaction merchant webhook session security seguridad seguranca
    sicurezza consumer ssh pgp gpg pem ssl tls aes rsa recovery app deploy verification notification subscription
    account hash openai gpt chatgpt gemini anthropic claude mistral ai llm deepl google googlemap googlemaps maps mapbox unsplash stripe
    adyen mollie sendgrid mailgun mailjet twilio recaptcha captcha dolapi
    """.split()
)
_CODE = frozenset("code codes codigo codigos codice codici".split())
_OF_CODES = frozenset(
    """access authorization auth security verification recovery backup pin mfa 2fa acces acceso acesso accesso
    login""".split()
)
_OF_PASSES = frozenset(
    "smtp imap pop ldap db user admin ftp sftp http proxy mail auth basic login root ssh".split()
)
_PAIRS = frozenset({("mot", "passe"), ("palavra", "passe"), ("parola", "accesso")})
_BETWEEN = frozenset("d de del da do di du des la le el l of".split())
# `palabra_clave` is a keyword.
_WORD = frozenset("palabra palabras palavra palavras parola parole mot mots".split())
# A name that begins so is a switch, and one that ends so is of something about a secret.
_SWITCH = frozenset("has is use can save show hide allow require requires needs".split())
_ABOUT = frozenset(
    """id ids count counts policy policies required type types state status date datetime expiry expire expires expired
    expiration at on in by until validity valid lifetime ttl length size min max minlength maxlength strength level uri url
    name names label labels title help placeholder description user users username login email model field fields format
    method mode enabled enable active visible hidden show reset changed exists present needed used usage limit limits
    quota index order sequence position domain scope scopes audience issuer provider endpoint path filename filenames
    template templates message error warning version algorithm rule rules group groups category days hours minutes seconds
    allowed invisible readonly digits time timeout available checked confirmed sent number identifier""".split()
)
_NEVER = frozenset(
    {"code", "grouping_key", "tax_key", "avatar_cache_key", "public_key", "site_key", "id", "ids"}
)
_NEVER_ENDS = ("_public_key", "_site_key", "_username", "_uri", "_id", "_ids")
# Outside of models alone: in them `session_id` is the session of a till.
_OF_HTTP = ("session_id", "sessionid")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAP = re.compile(r"[^a-z0-9]+")
_NO_NAME = frozenset('{}<>|=$"[]')  # code, or a text that somebody wrote
_LONGEST = 200  # characters


@cache
def is_secret_name(name: str) -> bool:
    """Whether a field or key of this name holds a credential, by its words alone (`new_password`, `apiKey`, …)."""
    words = _words(name)
    if not words or is_never_secret("_".join(words)):
        return False
    if len(words) > 1 and (words[-1] in _ABOUT or words[0] in _SWITCH):
        return False
    if any(map(_tells, words)) or words[-1] in ("pin", "pins"):
        return True
    words = [word for word in words if word not in _BETWEEN]
    if words[-1:] == ["pass"]:
        return len(words) == 1 or words[-2] in _OF_PASSES
    if words[-1:] == ["clave"]:
        return not _WORD & set(words)
    return any(_tell(*pair) for pair in pairwise(words))


def is_never_secret(name: str) -> bool:
    """Whether a field of this name is no secret, whatever else speaks for it: a relation, a public key, a `code`."""
    return name in _NEVER or name.endswith(_NEVER_ENDS)


@cache
def is_secret_parameter_name(name: str) -> bool:
    """The same for a cookie, form field or parameter of a URL, where `session_id` is a credential."""
    plain = "_".join(_words(name))
    is_of_http = plain == "sid" or plain.endswith(_OF_HTTP) or "csrf" in plain
    return is_of_http or is_secret_name(name)


def _words(name: str) -> list[str]:
    name = name[:_LONGEST]
    if not _NO_NAME.isdisjoint(name):
        return []
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name)
        name = "".join(char for char in plain if not unicodedata.combining(char))
    return [word for word in _GAP.split(_HUMP.sub("_", name).lower()) if word]


def _tells(word: str) -> bool:
    """Whether a word does by itself."""
    if word.rstrip("0123456789") in _TELLING:
        return True
    return _NO_PART not in word and any(map(word.__contains__, _PARTS))


def _tell(one: str, other: str) -> bool:
    """Whether two adjacent words do: `api_key`, `clave_api`, `api_clave`."""
    if (one, other) in _PAIRS or (other in _ENGLISH_KEY and one in _OF_KEYS):
        return True
    return any(
        (thing in _KEY and of_what in _OF_KEYS) or (thing in _CODE and of_what in _OF_CODES)
        for thing, of_what in ((one, other), (other, one))
    )
