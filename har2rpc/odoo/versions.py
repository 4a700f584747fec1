"""The differences between versions of Odoo: the known versions, how they are written, and a named function per difference.

To support a new version: (1) run `tools/odoo_tables.py`, which writes its rows into the tables of `data/`; (2) raise NEWEST,
and add the new table to PUBLIC_METHODS; (3) go through the facts below, each of which names its source; (4) add the methods
that its client is the first to call to `version_hints.py`. Tests say what is missing. All other files call these functions
and compare no version numbers.

`major` is 18 for 18.0 and for saas~18.3. None, an unknown version, counts as the newest one. For a range (guessed from a
capture) the mock plays the newest version, and templates ask `always` and `ever`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from har2rpc.model import Har2rpcError, Json, VersionRange

Version: TypeAlias = tuple[int, int]
"""`(19, 0)`, and `(18, 3)` for saas~18.3."""

OLDEST, NEWEST = 12, 19
KNOWN: tuple[Version, ...] = tuple((major, 0) for major in range(OLDEST, NEWEST + 1))
"""The versions that the tables in `data/` have rows for."""
PUBLIC_METHODS = (19,)
"""The versions with a table of all their public methods (`data/public_methods_19.json`)."""

_SAAS = r"saas(?:[~-]|%7E)"  # saas~18.3; saas-18.3 in an address
_NUMBERS = rf"(?:{_SAAS})?(\d{{1,3}})(?:\.(\d{{1,2}}))?"
_REQUESTED = re.compile(_NUMBERS, re.ASCII | re.IGNORECASE)
_REPORTED = re.compile(rf"{_NUMBERS}(?!\d)", re.ASCII | re.IGNORECASE)


def parse_version(text: str) -> Version | None:
    """A version as a server reports it: `19.0`, `saas~18.3`, `18.0+e`, `17.0-20240101`; None for other texts."""
    match = _REPORTED.match(text.strip())
    return _version(match) if match else None


def version_of(text: str) -> Version:
    """A version as a person writes it: `19`, `17.0`, `saas~17.4`.

    Raises Har2rpcError for a text that is none, and for a version older than the tables.
    """
    match = _REQUESTED.fullmatch(text.strip())
    if not match or _version(match)[0] < OLDEST:
        raise Har2rpcError(f"{text!r} is not a supported version of Odoo: {OLDEST} to {NEWEST}")
    return _version(match)


def _version(match: re.Match[str]) -> Version:
    return int(match[1]), int(match[2] or 0)


def spelled(version: Version) -> str:
    """`17`, `17.4`."""
    return str(version[0]) if not version[1] else f"{version[0]}.{version[1]}"


def is_series(text: str) -> bool:
    """Whether a number in an address is Odoo's own (`18.0`): in 16 and 17 a worker has one of its own there (1.0.7)."""
    version = parse_version(text)
    return version is not None and version[0] >= OLDEST


def is_newer_than_known(version: Version) -> bool:
    """Whether the tables have no rows for a version yet; answers about it are then those for NEWEST."""
    return version[0] > NEWEST


def as_reported(text: str) -> str:
    """A version as Odoo itself writes it: `saas~18.3` for an address's `saas-18.3`; any other text as it is."""
    return re.sub(rf"^{_SAAS}(?=\d)", "saas~", text, count=1, flags=re.IGNORECASE)


def version_said(answer: Mapping[str, Json]) -> str | None:
    """The version in a session info, or in what a version route answers; None if there is none.

    It is a text (`server_version`, `version`), or else in parts: `[18, 0, 0, "final", 0, ""]`, and
    `["saas~18", 3, …]`. Source: 12-19 `odoo/release.py`, `odoo/service/common.py`; 19 `addons/rpc`.
    """
    for key in ("server_version", "version", "server_serie"):
        if isinstance(text := answer.get(key), str) and text:
            return as_reported(text)
    for key in ("server_version_info", "version_info"):
        parts = answer.get(key)
        text = ".".join(map(str, parts[:2])) if isinstance(parts, list) else ""
        if "." in text and parse_version(text):
            return as_reported(text)
    return None


def version_parts(text: str) -> list[Json]:
    """`server_version_info` of a version: `[18, 0, 0, "final", 0, ""]`. Source: `odoo/release.py`."""
    major, minor = parse_version(text) or (NEWEST, 0)
    series = f"saas~{major}" if text.startswith("saas") else major
    return [series, minor, 0, "final", 0, "e" if text.endswith("+e") else ""]


def is_unknown(versions: VersionRange) -> bool:
    """Whether nothing at all is known about a version."""
    return versions == VersionRange()


def oldest_of(versions: VersionRange) -> int | None:
    """The oldest version of a range; None where nothing is known."""
    return None if is_unknown(versions) else versions.first or OLDEST


def always(holds: Callable[[int], bool], versions: VersionRange) -> bool:
    """Whether a fact of this file is true for all versions of a range, so that code may rely on it."""
    return all(map(holds, _majors(versions)))


def ever(holds: Callable[[int], bool], versions: VersionRange) -> bool:
    """Whether a fact of this file is true for at least one version of a range."""
    return any(map(holds, _majors(versions)))


def _majors(versions: VersionRange) -> range:
    first = versions.first or min(OLDEST, versions.last or OLDEST)
    return range(first, (versions.last or max(NEWEST, first)) + 1)


def nearest_known(major: int | None) -> int:
    """The version whose rows of a table are looked at: the nearest older one for a version that is not known yet.

    Older than OLDEST it stays: no table has rows for it.
    """
    return min(major or NEWEST, NEWEST)


def or_newest(major: int | None) -> int:
    """The version itself, or the newest where nothing tells it."""
    return major or NEWEST


def public_methods_of(major: int) -> int | None:
    """The version whose table of all public methods a version is looked up in; None before there is any."""
    return max((of for of in PUBLIC_METHODS if of <= major), default=None)


# What an old form does by itself


def form_fills_composer(major: int | None) -> bool:
    """Up to 15 only the form of a mail fills in its template's words: no method outside of it does.

    Source: 12-15 `addons/mail/wizard/mail_compose_message.py`, `onchange_template_id`; computed fields from 16 on.
    """
    return not _is_since(16, major)


def form_computes_alone(major: int | None) -> bool:
    """Up to 15 forms fill in by `onchange` what later versions compute wherever a record is created.

    Source: 14 `addons/sale/models/sale.py`, `onchange_partner_id`; 16 `addons/sale/models/sale_order.py`, computed.
    """
    return not _is_since(16, major)


# What a method takes and answers


def takes_html_flag(major: int | None) -> bool:
    """From 17 on `message_post` escapes its body unless it is called with `body_is_html`.

    Source: 17 `addons/mail/models/mail_thread.py`, `message_post`.
    """
    return _is_since(17, major)


def posting_answers_a_list(major: int | None) -> bool:
    """Whether `message_post` answers `[id]`; up to 18 it answers the id (`@api.returns`).

    Source: 19 `odoo/service/model.py`, `call_kw`: records are answered as their ids.
    """
    return _is_since(19, major)


def has_formatted_read_group(major: int | None) -> bool:
    """Whether groups are asked for by `formatted_read_group`; before, `read_group` is the public method.

    Source: 19 `addons/web/models/models.py`.
    """
    return _is_since(19, major)


# Doors and their errors


def has_json_2(major: int | None) -> bool:
    """Whether there is `POST /json/2/<model>/<method>`. Source: 19 `addons/rpc/controllers/json2.py`."""
    return _is_since(19, major)


def for_json_2(major: int | None) -> int:
    """The version whose names of arguments JSON-2 is given: of a capture without it, that of the newest."""
    return NEWEST if major is None or not has_json_2(major) else major


def has_version_route(major: int | None) -> bool:
    """Whether `/web/version` and `/json/version` answer. Source: 19 `addons/rpc/controllers/__init__.py`."""
    return _is_since(19, major)


def checks_content_type(major: int | None) -> bool:
    """Whether a JSON route refuses other types with 415; before, it took them for forms and wanted a CSRF token.

    Source: 19 `odoo/http.py`, `_set_request_dispatcher`.
    """
    return _is_since(19, major)


def json_rpc_error_code(major: int | None) -> int:
    """The `code` of an error in a JSON-RPC answer. Source: `odoo/http.py`, 19 JsonRPCDispatcher, 14 JsonRequest."""
    return 0 if _is_since(19, major) else 200


# Search domains: `odoo/orm/domains.py` of 19 is new, up to 18 it is `odoo/osv/expression.py`.
# Operators and what else is a list stand in `data/domain_operators.json`.

_DOMAINS_OF_19 = (19, 0)


def has_boolean_domains(version: Version) -> bool:
    """Whether true and false are domains. Source: 19 `odoo/orm/domains.py`, `Domain.__new__`."""
    return version >= _DOMAINS_OF_19


def takes_trailing_dot(version: Version) -> bool:
    """Whether `name.` is taken as a field. Source: 19 `odoo/orm/utils.py`, `parse_field_expr`."""
    return version >= _DOMAINS_OF_19


def takes_none_for_a_parent(version: Version) -> bool:
    """Whether `child_of` takes None. Source: 19 `odoo/orm/domains.py`, `DomainCondition.checked`: None is False."""
    return version >= _DOMAINS_OF_19


def takes_bare_value_for_in(version: Version) -> bool:
    """Whether `in` takes a value without a list, for any field. Source: 19 `odoo/orm/domains.py`, `_optimize_in_set`."""
    return version >= _DOMAINS_OF_19


def wants_hashable_values(version: Version) -> bool:
    """Whether a list or an object inside a value is refused. Source: 19 `odoo/orm/domains.py`: values are sets."""
    return version >= _DOMAINS_OF_19


def wants_text_patterns(version: Version) -> bool:
    """Whether `=like` refuses values other than text. Source: 19 `odoo/orm/domains.py`, `_optimize_like_str`."""
    return version >= _DOMAINS_OF_19


def refuses_time_zones(version: Version) -> bool:
    """Whether a date and time with a zone is refused. Source: 19 `odoo/tools/date_utils.py`, `parse_iso_date`."""
    return version >= _DOMAINS_OF_19


def _is_since(first: int, major: int | None) -> bool:
    return major is None or major >= first
