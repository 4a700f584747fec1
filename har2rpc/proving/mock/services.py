"""Odoo's services `common`, `db` and `object`, which both /jsonrpc and /xmlrpc/2 serve.

Sources: Odoo 12-19 `odoo/service/{common,db,model}.py`: a wrong password at login is False and no error, every call
of `object` brings the credentials again, and Odoo takes "2" for user 2.
"""

from __future__ import annotations

import hmac

from har2rpc.model import Json, Session
from har2rpc.odoo import versions
from har2rpc.proving.mock.errors import ACCESS_DENIED, NO_DATABASE, USER_ERROR, Refused
from har2rpc.proving.mock.recordings import CallRequest, Recordings


class Services:
    """Checks the credentials, and hands the call to the recordings.

    What the session does not know (the database, the login) is not checked; the secret always is.
    """

    def __init__(
        self, recordings: Recordings, session: Session, uids: set[int], secret: str
    ) -> None:
        self.received: list[CallRequest] = []
        """All calls that arrived, refused or not, in order."""
        self.recordings = recordings
        self.major = versions.or_newest(session.major)
        """Odoo's version: the newest of those that the capture may be of."""
        self._session, self._uids, self._secret = session, uids, secret

    def call(self, service: Json, method: Json, args: Json) -> Json:
        """The result of a service's method. Raises Refused."""
        if not isinstance(args, list):
            raise Refused("builtins.TypeError", "args is not a list")
        if service == "common":
            return self._common(method, args)
        if service == "db":
            return self._db(method)
        if service == "object":
            return self._object(method, args)
        raise Refused("builtins.KeyError", f"{service!r}")

    def login(self, db: Json, login: Json, secret: Json) -> int | None:
        """The user's id, or None for a wrong login or secret. Raises Refused for another database."""
        self.check_db(db)
        logins = self._logins()
        if not self.is_secret(secret) or (logins and login not in logins):
            return None
        return logins.get(login, self.uid)

    def _logins(self) -> dict[Json, int]:
        """The uid of each login that the capture knows."""
        known = self._session.get("login")
        of_others = {
            facts["login"].value: uid
            for uid, facts in self._session.personal.items()
            if "login" in facts
        }
        return of_others | ({known: self.uid} if known else {})

    @property
    def uid(self) -> int:
        """The user who recorded; 1 where the capture has none."""
        return int(self._session.get("uid") or min(self._uids, default=1))

    def is_secret(self, text: Json) -> bool:
        """Whether this is the one password and API key; it takes as long for a wrong one as for the right one."""
        key = text if isinstance(text, str) else ""
        return hmac.compare_digest(
            *(each.encode("utf-8", "replace") for each in (key, self._secret))
        )

    def check_db(self, db: Json) -> None:
        """Raises Refused if it is not the capture's database."""
        if db != (self._session.get("db") or db):
            raise Refused(NO_DATABASE, f'database "{db}" does not exist')

    def version(self) -> dict[str, Json]:
        """The result of `common.version`."""
        name = self._session.get("server_version") or f"{self.major}.0"
        parts = versions.version_parts(name)
        return {
            "server_version": name,
            "server_version_info": parts,
            "server_serie": f"{parts[0]}.{parts[1]}",
            "protocol_version": 1,
        }

    def answer(self, request: CallRequest) -> Json:
        """The answer to a call whose sender is known. Raises Refused."""
        self.received.append(request)
        # Clients call res.users.context_get at login, whether it was recorded or not.
        is_context = (request.model, request.method) == ("res.users", "context_get")
        if is_context and not self.recordings.has_answer(request):
            return self.user_context()
        return self.recordings.answer(request)

    def user_context(self) -> dict[str, Json]:
        """The user's language and time zone, with Odoo's defaults where the capture has none, and the id."""
        lang, tz = self._session.get("lang") or "en_US", self._session.get("tz") or False
        return {"lang": lang, "tz": tz, "uid": self.uid}

    def session_info(self) -> dict[str, Json]:
        """The result of /web/session/authenticate, in part."""
        version = self.version()
        return {
            "uid": self.uid,
            "db": self._session.get("db") or "",
            "username": self._session.get("login") or "",
            "name": self._session.get("name") or "",
            "server_version": version["server_version"],
            "server_version_info": version["server_version_info"],
            "user_context": self.user_context(),
        }

    def _common(self, method: Json, args: list[Json]) -> Json:
        if method == "version":
            return self.version()
        if (method, len(args)) in (("login", 3), ("authenticate", 4)):
            return self.login(*args[:3]) or False
        if method in ("login", "authenticate"):
            raise Refused("builtins.TypeError", f"{method}() takes other arguments")
        raise Refused("builtins.NameError", f"Method not available {method}")

    def _db(self, method: Json) -> Json:
        if method == "list":
            return [name] if (name := self._session.get("db")) else []
        if method == "server_version":
            return self.version()["server_version"]
        raise Refused("builtins.NameError", f"Method not available {method}")

    def _object(self, method: Json, args: list[Json]) -> Json:
        if method not in ("execute", "execute_kw"):
            raise Refused("builtins.NameError", f"Method not available {method}")
        if len(args) < (6 if method == "execute_kw" else 5):
            raise Refused("builtins.TypeError", f"{method}() missing required positional arguments")
        db, uid, secret, model, called, *rest = args
        kwargs = (rest[1] if method == "execute_kw" and len(rest) > 1 else None) or {}
        positional = rest[0] if method == "execute_kw" else rest
        request = CallRequest(model, called, positional, kwargs)
        try:
            self.check_db(db)
            number = int(uid) if str(uid).isdecimal() else 0  # False is no user
            if secret != self._secret or not number or number not in (self._uids or {number}):
                raise Refused(ACCESS_DENIED, "Access Denied")
        except Refused:
            self.received.append(request)
            raise
        if not isinstance(model, str) or not isinstance(called, str):
            raise Refused(USER_ERROR, f"Object {model} doesn't exist")
        return self.answer(request)
