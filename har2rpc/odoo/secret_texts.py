"""Finds secrets by their shape, anywhere in a text.

Each shape has a fixed beginning (`ANCHORS`), so a text without any of these is not searched. Every expression takes linear
time: no two of its repetitions can match the same characters.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from har2rpc.odoo import secret_paths
from har2rpc.odoo.quoted_pieces import distinct_pieces, is_base64
from har2rpc.odoo.secret_names import is_secret_name, is_secret_parameter_name

_SHORT = 512  # characters
_SHORTEST = len("://a:b@")


class Span(NamedTuple):
    """A secret in a text."""

    start: int
    end: int
    kind: str


_JWT = re.compile(r"(?<![A-Za-z0-9_-])eyJ[\w-]{8,}+(?:\.[\w-]++){1,4}", re.ASCII)
_PEM = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----((?:[^-]|-(?!----END ))++)"
)
_SCHEME = re.compile(
    r"\b(bearer|basic|token)[ +]++([\w.~+/%-]{8,}+={0,2})", re.IGNORECASE | re.ASCII
)
_USER_INFO = re.compile(
    r"://([^\s/:@\"'<>?#\\]*+):([^\s/@\"'<>\\]++)@|://([^\s/:@\"'<>?#\\]{16,}+)@"
)
_PREFIXES = re.compile(
    r"(?<![A-Za-z0-9_])(?:(?:sk|rk|pk)_(?:live|test)_|gh[oprsu]_|github_pat_|glpat-|xox[abeprs]-|whsec_"
    r"|shp(?:at|ca|pa|ss)_|npm_|pypi-|AKIA|ASIA|AIza|ya29\.|SG\.|sk-|dop_v1_|xapp-|glsa_|hf_(?=[A-Za-z]{34}))[\w.-]{14,}+",
    re.ASCII,
)
# A command that somebody pasted: -u user:password, -b 'session_id=…'.
_CURL_USER = re.compile(
    r"""\s(?:-[uU]\s{0,4}+|--(?:proxy-)?user(?:\s{1,4}+|=))["']?[^\s"':]*+:([^\s"'\\]++)"""
)
_CURL_COOKIE = re.compile(r"""\s(?:-b|--cookie)(?:\s{1,4}+|=)["']?([^\s"'\\=]++=[^"'\\\r\n]++)""")
_PARAMETER = re.compile(
    r"(^|[?&;#\s\"':]|\\u0026|\\n)([\w.\[\]-]{1,64}+)=((?:[^&\s\"'<>#;\\?]|\?(?![\w.\[\]-]{1,64}+=))++)",
    re.ASCII,
)
# All of a value: one of another name may hold an address with parameters of its own, ?redirect=/my?access_token=x.
_VALUE_REST = re.compile(r"[^&\s\"'<>#;\\]{0,2000}+", re.ASCII)
# A URL as the parameter of another: ?redirect=%2Fweb%3Faccess_token%3D…
_ESCAPED = re.compile(
    r"%(?:25){0,3}+(?:3[fF]|26|23)([\w.-]{1,64}+)%(?:25){0,3}+3[dD]((?:[^&\s\"'<>#;\\%]|%(?!(?:25){0,3}+(?:26|23)))++)",
    re.ASCII,
)
# JSON as one: ?state=%7B%22csrf_token%22%3A%22x%22%7D
_ESCAPED_JSON = re.compile(
    r"%22([\w.-]{1,64}+)%22(?:%3[aA]|:)(?:%20|\+){0,2}+%22((?:[^&\s\"'<>#;\\%]|%(?!22|5[cC]))++)",
    re.ASCII,
)
_OPAQUE = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w.~+=%-]{16,}", re.ASCII)
_HEX_KEY = re.compile(r"[0-9a-f]{40}")  # res.users.apikeys of Odoo 14-19: 20 random bytes
_PUBLISHABLE = re.compile(r"pk_(?:live|test)_")
# What others write where a secret belongs: `{{ object.access_token }}`, `${TOKEN}`, `%(token)s`, `…`.
_PLACEHOLDER = re.compile(r"\{\{|\$|\{%|%\(|%s|\{[\w.]*[}\[(]|<|\*+|\.{3}|…")
# 40 hexadecimal digits under these names are checksums: of attachments, bundles and menus.
_CHECKSUM = re.compile(
    r"hash|checksum|sha|etag|digest|commit|revision|version|unique|translations|load_menus|qweb|fingerprint|uuid"
)

# Parameters of signed URLs, and of logins by OAuth; by name as a whole.
_SIGNED = frozenset(
    """sig signature x-amz-signature x-amz-credential x-amz-security-token x-goog-signature x-goog-credential
    awsaccesskeyid hmac auth authkey key assertion id_token samlresponse samlrequest access-token authtoken
    ticket jwt sid session tickets_hash access_hash share_hash invitation_hash invite_hash""".split()
)

_SESSIONS = frozenset({"session_id", "sessionid", "sid"})
# Those that are credentials beside others: the right to write on a record (Odoo 12-19, `mail.thread._sign_token`), and
# what OAuth gives for a token.
_SECRET_BESIDE = {"hash": ("pid",), "code": ("state", "grant_type")}

# What each shape begins with, or holds: `{"` and the first letter of alg, cty, enc, iss, jku, kid, typ, … in base64 are
# what a JWT's header begins with.
_JWT_ANCHORS = tuple(f"eyJ{letter}" for letter in "hjlpqruyz0146")
_PEM_ANCHORS = ("PRIVATE KEY-----", "PRIVATE KEY BLOCK-----")
_PREFIX_ANCHORS = tuple("_live_ _test_ ghp_ xoxa xoxb xoxe xoxp xoxr xoxs AKIA AIza glpat-".split())
_LESS_STRONG = tuple(
    "gho_ ghr_ ghs_ ghu_ github_pat_ whsec_ shpat_ shpca_ shppa_ shpss_ npm_ pypi- ASIA ya29. SG. sk-"
    " dop_v1_ xapp- glsa_ hf_".split()
)
_SCHEME_ANCHORS = ("earer ", "EARER ", "earer+", "asic ", "ASIC ", "oken ", "Token ")
_PARAMETER_ANCHORS = tuple(
    (
        "oken= ession_id= ession= ecret= assword= asswd= pwd= key= Key= sig= ignature= redential= auth= Auth= hmac="
        " assertion= ticket= jwt= sid= SAMLRe AccessKeyId= otp= pin= pass= mdp= senha= have= lave= cle= asswort="
        " achtwoord= ode= odigo= odice= Token= essionid= essionId= ennwort= phrase= eheim= eheimnis= egredo= egreto="
        " jeton= asena= ase\xf1a= redentials= ecrets= okens= asswords= keys= leutel= uessel= \xfcssel= iave= llave="
        " hash= KEY= TOKEN= SECRET= PASSWORD= PASS= PWD= SID= OTP= CODE= samlre csrf= Secret= Password= Session= Sid= Pwd="
        " Pass= Passwd= Pin= Code="
    ).split()
)
_CURL_ANCHORS = ("curl ", "curl.exe ")
_ESCAPED_ANCHORS = ("%3D", "%3d", "%253D", "%253d", "%22%3A", "%22%3a", "%22:")
STRONG_ANCHORS = _JWT_ANCHORS + _PREFIX_ANCHORS + _PEM_ANCHORS
"""What credentials begin with that are nothing else."""
ANCHORS = (
    *STRONG_ANCHORS,
    *_LESS_STRONG,
    *_SCHEME_ANCHORS,
    "@",
    *_PARAMETER_ANCHORS,
    *secret_paths.HOOK_ANCHORS,
    *_ESCAPED_ANCHORS,
    *_CURL_ANCHORS,
    *secret_paths.ANCHORS,
)
"""What any of them begins with."""
_SPELLED = {anchor: anchor.encode() for anchor in ANCHORS}
_IN_BASE64 = frozenset(one for one, spelled in _SPELLED.items() if is_base64(spelled))
_LONGEST = max(map(len, _SPELLED.values()))  # bytes
FindAnchors: TypeAlias = Callable[[str], Collection[str]]


def spans_in(
    text: str, *, strong_alone: bool = False, find_anchors: FindAnchors | None = None
) -> Sequence[Span]:
    """The secrets of a text, in order, none inside another. `strong_alone`: not by the names of parameters.

    `find_anchors` tells of a long text which of ANCHORS are in it, faster than they are looked for one by one.
    """
    if len(text) < _SHORTEST:
        return ()
    if len(text) <= _SHORT and not strong_alone:
        return _spans_in_short(text)
    anchors = STRONG_ANCHORS if strong_alone else ANCHORS
    if find_anchors:
        return _spans_of(text, find_anchors(text))
    return _spans_of(text, _anchors_in(text, anchors))


def _anchors_in(text: str, anchors: Iterable[str]) -> list[str]:
    """Most are names of parameters: for these, what stands before each equals sign is enough."""
    words, images = distinct_pieces(text)
    names = {piece[1 - _LONGEST :] for piece in words.split(b"=")[:-1]}
    before_equals = b"=".join([*names, b""])
    return [
        one
        for one in anchors
        if _SPELLED[one] in (before_equals if one[-1] == "=" else words)
        or (one in _IN_BASE64 and _SPELLED[one] in images)
    ]


@lru_cache(maxsize=8192)  # URLs and headers are the same in hundreds of entries
def _spans_in_short(text: str) -> Sequence[Span]:
    return _spans_of(text, [anchor for anchor in ANCHORS if anchor in text])


def _spans_of(text: str, there: Collection[str]) -> Sequence[Span]:
    """Each expression is tried where what it begins with is there: most are slower than to look for that."""
    if not there:
        return ()
    return apart(
        span for anchors, find in _SHAPES if not anchors.isdisjoint(there) for span in find(text)
    )


def apart(spans: Iterable[Span]) -> Sequence[Span]:
    """The spans in order, without those inside another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def is_api_key(text: str, name: str = "") -> bool:
    """Whether a whole value has the form of Odoo's API keys; under the name of a checksum it is none."""
    return len(text) == 40 and bool(_HEX_KEY.fullmatch(text)) and not is_checksum(name)


def is_checksum(name: str) -> bool:
    """Whether a field of this name holds one."""
    return bool(_CHECKSUM.search(name))


def is_placeholder(text: str) -> bool:
    """Whether a text stands where a secret belongs, and is none."""
    return bool(_PLACEHOLDER.match(text))


def basic_password(credentials: str) -> str:
    """The password in the base64 of basic authentication; empty where there is none."""
    try:
        pair = base64.b64decode(credentials + "===").decode("utf-8", "replace")
    except ValueError:
        return ""
    return pair.partition(":")[2]


def _web_tokens(text: str) -> Iterator[Span]:
    for token in _JWT.finditer(text):
        yield Span(*token.span(), "JWT")


def _private_keys(text: str) -> Iterator[Span]:
    for key in _PEM.finditer(text):
        yield Span(*key.span(1), "private key")


def _keys_with_prefixes(text: str) -> Iterator[Span]:
    for key in _PREFIXES.finditer(text):
        if not _PUBLISHABLE.match(key[0]):
            yield Span(*key.span(), "API key")


def _authorizations(text: str) -> Iterator[Span]:
    for scheme in _SCHEME.finditer(text):
        if scheme[1].lower() == "basic":
            if basic_password(scheme[2]):
                yield Span(*scheme.span(2), "authorization")
        elif re.search(r"\d", scheme[2]) or len(scheme[2]) >= 32:  # not "bearer certificates"
            yield Span(*scheme.span(2), "authorization")


def _passwords_in_urls(text: str) -> Iterator[Span]:
    for info in _USER_INFO.finditer(text):
        yield Span(*info.span(3 if info[2] is None else 2), "password in a URL")


def _pasted_commands(text: str) -> Iterator[Span]:
    for user in _CURL_USER.finditer(text):
        yield Span(*user.span(1), "password")
    for cookie in _CURL_COOKIE.finditer(text):
        yield Span(*cookie.span(1), "cookie")


def _hooks(text: str) -> Iterator[Span]:
    for hook in secret_paths.HOOK.finditer(text):
        yield Span(*hook.span(1), "webhook")


def _tokens_in_paths(text: str) -> Iterator[Span]:
    for start, end in secret_paths.token_places(text):
        yield Span(start, end, "token in a path")


def _parameters(text: str) -> Iterator[Span]:
    for parameter in _PARAMETER.finditer(text):
        is_in_url = parameter[1] in ("?", "&", ";", "#", "\\u0026")
        name = parameter[2]
        if is_in_url or (name.lower() in _SESSIONS and _OPAQUE.fullmatch(parameter[3])):
            is_secret = is_secret_parameter(name, text)
        else:
            is_secret = is_secret_name(name)
        if is_secret and not is_placeholder(parameter[3]):
            rest = _VALUE_REST.match(text, parameter.end())
            assert rest, "it may be empty"
            yield Span(parameter.start(3), rest.end(), "URL parameter")


def _escaped_parameters(text: str) -> Iterator[Span]:
    for parameter in _ESCAPED.finditer(text):
        if is_secret_parameter(parameter[1]):
            yield Span(*parameter.span(2), "URL parameter")
    for member in _ESCAPED_JSON.finditer(text):
        if is_secret_parameter(member[1]) and not is_placeholder(member[2]):
            yield Span(*member.span(2), "URL parameter")


def is_secret_parameter(name: str, among: str = "") -> bool:
    """Whether a parameter of a URL or form of this name is a credential. `among` is the text that it stands in."""
    name_lower = name.lower()
    if name_lower in _SIGNED or is_secret_parameter_name(name):
        return True
    return any(f"{other}=" in among for other in _SECRET_BESIDE.get(name_lower, ()))


_SHAPES: Sequence[tuple[frozenset[str], Callable[[str], Iterator[Span]]]] = (
    (frozenset(_JWT_ANCHORS), _web_tokens),
    (frozenset(_PEM_ANCHORS), _private_keys),
    (frozenset(_PREFIX_ANCHORS + _LESS_STRONG), _keys_with_prefixes),
    (frozenset(_SCHEME_ANCHORS), _authorizations),
    (frozenset("@"), _passwords_in_urls),
    (frozenset(secret_paths.HOOK_ANCHORS), _hooks),
    (frozenset(_PARAMETER_ANCHORS), _parameters),
    (frozenset(_ESCAPED_ANCHORS), _escaped_parameters),
    (frozenset(_CURL_ANCHORS), _pasted_commands),
    (frozenset(secret_paths.ANCHORS), _tokens_in_paths),
)
