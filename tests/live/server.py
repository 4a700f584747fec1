"""A real Odoo (19, or 14): where it is, how it is put back as it was, and a plain way to ask it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from generated.recorded import ROOT
from generated.running import environment

_TRIES = 300  # to see a server end, 0.2 s each
_USUAL_SCRIPT = ROOT.parent / "shared" / "odoo" / "odoo"


@dataclass
class Server:
    """A running Odoo with the demo database of the samples."""

    url: str
    db: str
    api_key: str
    uid: int
    login: str
    password: str
    script: Path
    """Puts the database back: `bash script reset 19`."""
    major: int = 19
    is_clean: bool = field(default=False, init=False)
    resets: int = field(default=0, init=False)

    @property
    def variables(self) -> dict[str, str]:
        """What generated code reads."""
        return environment(self.url, self.uid, self.db, self.api_key)

    def variables_for(self, target: str) -> dict[str, str]:
        """What a user of a target sets: OdooRPC and python-web log in by name, the others know the user's id."""
        if target == "python-web":
            who = {"ODOO_LOGIN": self.login, "ODOO_PASSWORD": self.password}
            return {"ODOO_URL": self.url, "ODOO_DB": self.db, **who}
        who = {"ODOO_LOGIN": self.login} if target == "odoorpc" else {"ODOO_UID": str(self.uid)}
        return {"ODOO_URL": self.url, "ODOO_DB": self.db, "ODOO_API_KEY": self.api_key, **who}

    def reset(self) -> None:
        """The database as it was before the recordings; nothing happens where nothing was changed."""
        if not self.is_clean:
            self._script("down")
            self._wait_until_gone()  # else one that is slow to end is taken for the new one
            self._script("reset")
            self.resets += 1
        self.is_clean = True

    def _script(self, command: str) -> None:
        words = ["bash", str(self.script), command, str(self.major)]
        done = subprocess.run(words, capture_output=True, text=True)
        assert 0 == done.returncode, done.stderr

    def _wait_until_gone(self) -> None:
        address = urlsplit(self.url)
        assert address.hostname and address.port
        for _ in range(_TRIES):
            try:
                socket.create_connection((address.hostname, address.port), timeout=1).close()
            except ConnectionRefusedError:
                return
            except OSError:  # it is there, and slow
                pass
            time.sleep(0.2)
        raise AssertionError(f"{self.url} does not end")

    def log_in(self) -> None:
        """As the recording's browser did: Odoo notes the device, and the time zone it was in."""
        who = {"db": self.db, "login": self.login, "password": self.password}
        with requests.Session() as browser:
            browser.cookies.set("tz", "UTC")
            url = f"{self.url}/web/session/authenticate"
            answer = browser.post(url, json={"jsonrpc": "2.0", "params": who}, timeout=60).json()
            assert self.uid == answer["result"]["uid"]
            browser.get(f"{self.url}/odoo", timeout=60).raise_for_status()

    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Odoo's answer to the body of a JSON-RPC request."""
        with requests.post(f"{self.url}/jsonrpc", json=body, timeout=60) as response:
            response.raise_for_status()
            return response.json()

    def ask(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """The result of a method, asked without anything that was generated."""
        call = [self.db, self.uid, self.api_key, model, method, list(args), kwargs]
        params = {"service": "object", "method": "execute_kw", "args": call}
        answer = self.post({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
        assert "error" not in answer, answer["error"]
        return answer.get("result")


def needed(major: int, flavor: str = "") -> list[str]:
    """The variables that name a server of this version; `flavor` is MORE for the one with more modules."""
    return [f"ODOO{major}{flavor}_{name}" for name in ("URL", "DB", "API_KEY")]


def configured(major: int = 19, flavor: str = "") -> Server | None:
    """The server of this version that the environment names; None where it names none."""
    url, db, key = (os.environ.get(name) for name in needed(major, flavor))
    if not (url and db and key):
        return None
    given = {
        name: os.environ.get(f"ODOO{major}{flavor}_{name}")
        for name in ("SCRIPT", "UID", "LOGIN", "PASSWORD")
    }
    script = Path(given["SCRIPT"] or _USUAL_SCRIPT)
    login, password = given["LOGIN"] or "admin", given["PASSWORD"] or "admin"
    return Server(url, db, key, int(given["UID"] or 2), login, password, script, major)
