"""A real n8n on loopback, in a user folder of its own: its command line, its public API, and what its editor asks of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import requests

HOME = os.environ.get("N8N_HOME", "")
"""Where .ci/install_n8n has put it; "" where it is not."""
VERSION = "2.41.1"
_OWNER = {"email": "ann@example.com", "firstName": "Ann", "lastName": "Tester"}
_PASSWORD = "Only-on-loopback-1"
_SCOPES = ["workflow:create", "workflow:read", "workflow:list", "credential:create"]


class Execution(NamedTuple):
    """What one run of a workflow came to."""

    status: str
    """`success` or `error`."""
    error: str
    """What n8n shows in red; "" where nothing failed."""
    description: str
    """What it shows below."""
    items: Mapping[str, list[Any]]
    """By node: what came out of it."""


class N8n:
    """One installation with one user folder; most of what it does needs it to be up (`serving`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.broker = _free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        self._session = requests.Session()
        self._key: dict[str, str] = {}

    def command(self, *words: str | Path) -> str:
        """What a command of n8n prints; it must succeed. It may run beside the server."""
        done = subprocess.run(
            ["n8n", *map(str, words)],
            env=self._variables(*_free_ports(2)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )
        assert 0 == done.returncode, done.stdout
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[N8n]:
        """With the server up, an owner who is logged in, and a key of the public API."""
        log = self.folder / "n8n.log"
        with log.open("w", encoding="utf-8") as written:
            process = subprocess.Popen(
                ["n8n", "start"],
                env=self._variables(self.port, self.broker),
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_for(process, log)
            self._log_in()
            yield self
        finally:
            self._session.close()
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)

    def _variables(self, port: int, broker: int) -> dict[str, str]:
        folder = str(self.folder)
        off = "DIAGNOSTICS VERSION_NOTIFICATIONS TEMPLATES PERSONALIZATION HIRING_BANNER".split()
        return {
            "PATH": os.pathsep.join([f"{HOME}/node_modules/.bin", os.environ["PATH"]]),
            "HOME": folder,
            "N8N_USER_FOLDER": folder,
            "N8N_LISTEN_ADDRESS": "127.0.0.1",
            "N8N_PORT": str(port),
            "N8N_RUNNERS_BROKER_PORT": str(broker),
            "N8N_SECURE_COOKIE": "false",
            **{f"N8N_{name}_ENABLED": "false" for name in off},
        }

    def _wait_for(self, process: subprocess.Popen[bytes], log: Path) -> None:
        until = time.monotonic() + 180
        while time.monotonic() < until and process.poll() is None:
            try:
                with requests.get(f"{self.url}/healthz/readiness", timeout=5) as answer:
                    if answer.ok:
                        return
            except requests.RequestException:
                pass
            time.sleep(0.3)
        raise AssertionError(log.read_text(encoding="utf-8"))

    def _log_in(self) -> None:
        self.editor("POST", "owner/setup", {**_OWNER, "password": _PASSWORD})
        who = {"emailOrLdapLoginId": _OWNER["email"], "password": _PASSWORD}
        self.editor("POST", "login", who)
        wanted = {"label": "tests", "expiresAt": None, "scopes": [*_SCOPES, "execution:read"]}
        self._key = {"X-N8N-API-KEY": self.editor("POST", "api-keys", wanted)["data"]["rawApiKey"]}

    def editor(self, method: str, path: str, body: Any = None) -> Any:
        """What the editor asks (`/rest`)."""
        return self._ask(method, f"{self.url}/rest/{path}", body, {"browser-id": "tests"})

    def public(self, method: str, path: str, body: Any = None) -> Any:
        """What programs ask (`/api/v1`)."""
        return self._ask(method, f"{self.url}/api/v1/{path}", body, self._key)

    def _ask(self, method: str, url: str, body: Any, headers: Mapping[str, str]) -> Any:
        with self._session.request(method, url, json=body, headers=headers, timeout=60) as answer:
            assert answer.ok, (url, answer.status_code, answer.text[:2000])
            return answer.json()

    def credential(self, kind: str, data: Mapping[str, str]) -> dict[str, Any]:
        """A new credential, as nodes name it."""
        made = self.public("POST", "credentials", {"name": kind, "type": kind, "data": data})
        return {kind: {"id": made["id"], "name": kind}}

    def run(self, workflow: Mapping[str, Any]) -> Execution:
        """Creates it by the public API, and presses *Execute workflow*."""
        made = self.public("POST", "workflows", workflow)["id"]
        whole = self.editor("GET", f"workflows/{made}")["data"]
        [first] = [node["name"] for node in whole["nodes"] if node["type"].endswith("Trigger")]
        start = {"workflowData": whole, "triggerToStartFrom": {"name": first}}
        number = self.editor("POST", f"workflows/{made}/run", start)["data"]["executionId"]
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = self.public("GET", f"executions/{number}?includeData=true")
            if found.get("stoppedAt"):
                return _execution(found)
            time.sleep(0.1)
        raise AssertionError(f"execution {number} does not end")


def _execution(found: Mapping[str, Any]) -> Execution:
    result = found["data"]["resultData"]
    items = {
        name: [
            item["json"]
            for run in runs
            for output in run.get("data", {}).get("main", [])
            for item in output or ()
        ]
        for name, runs in result["runData"].items()
    }
    error = result.get("error") or {}
    words = (str(error.get(key) or "") for key in ("message", "description"))
    return Execution(found["status"], *words, items)


def _free_ports(count: int) -> Sequence[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def switched_on(workflow: Any) -> Any:
    """The same workflow with its writes switched on (D)."""
    nodes = [{key: node[key] for key in node if key != "disabled"} for node in workflow["nodes"]]
    return {**workflow, "nodes": nodes}


def with_credential(workflow: Any, credential: Mapping[str, Any]) -> Any:
    """The same workflow with a credential chosen in each node that takes it."""

    def chosen(node: Any) -> Any:
        parameters = node["parameters"]
        kind = parameters.get("nodeCredentialType") or parameters.get("authentication")
        return {**node, "credentials": credential} if kind in credential else node

    return {**workflow, "nodes": list(map(chosen, workflow["nodes"]))}


def filled_in(workflow: Any, node: str, **values: Any) -> Any:
    """The same workflow with these values or expressions in the fields of a node."""

    def field(one: Any) -> Any:
        return {**one, "value": values[one["name"]]} if one["name"] in values else one

    def changed(one: Any) -> Any:
        if one["name"] != node:
            return one
        fields = list(map(field, one["parameters"]["assignments"]["assignments"]))
        return {**one, "parameters": {**one["parameters"], "assignments": {"assignments": fields}}}

    return {**workflow, "nodes": list(map(changed, workflow["nodes"]))}


def fed(workflow: Any, node: str, items: Sequence[Any]) -> Any:
    """The same workflow with these items in front of a node, as a table gives its rows."""
    code = f"return {json.dumps([{'json': item} for item in items])};"
    table = {"id": "rows", "name": "Rows", "type": "n8n-nodes-base.code", "typeVersion": 2}
    table |= {"position": [0, 400], "parameters": {"jsCode": code}}
    [before] = [
        name
        for name, outputs in workflow["connections"].items()
        if any(one["node"] == node for one in outputs["main"][0])
    ]
    link = {"main": [[{"node": node, "type": "main", "index": 0}]]}
    first = {"main": [[{"node": "Rows", "type": "main", "index": 0}]]}
    connections = {**workflow["connections"], before: first, "Rows": link}
    return {**workflow, "nodes": [*workflow["nodes"], table], "connections": connections}


def server_fields(told: Mapping[str, str]) -> dict[str, Any]:
    """What the node *Odoo* asks for before Odoo 19."""
    user = {"odoo_uid": int(told["ODOO_UID"]), "odoo_api_key": told["ODOO_API_KEY"]}
    return {"odoo_url": told["ODOO_URL"], "odoo_db": told["ODOO_DB"], **user}


def ready(n8n: N8n, workflow: Any, told: Mapping[str, str]) -> Any:
    """A workflow with its writes on and all filled in that a person fills in."""
    told = {"ODOO_LOGIN": "admin", **told}
    of_key = {"url": told["ODOO_URL"], "db": told["ODOO_DB"], "apiKey": told["ODOO_API_KEY"]}
    of_user = {key: of_key[key] for key in ("url", "db")}
    of_user |= {"username": told["ODOO_LOGIN"], "password": told["ODOO_API_KEY"]}
    kinds = json.dumps(workflow)
    for kind, data in (("odooApiKeyApi", of_key), ("odooApi", of_user)):
        if f'"{kind}"' in kinds:
            workflow = with_credential(workflow, n8n.credential(kind, data))
    return filled_in(switched_on(workflow), "Odoo", **server_fields(told))
