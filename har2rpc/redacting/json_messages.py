"""Secrets in JSON-RPC and JSON-2 messages: by the route, by the model and method of the call, by name, by shape.

Sources: Odoo 12-19 `odoo/service/{common,db,model}.py`, `addons/web/controllers/{session,database}.py`,
`odoo/addons/base/models/{ir_config_parameter,res_users}.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from har2rpc.model import Json
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import redact_value

_JSON2 = re.compile(r"/json/2/([\w.]+)/(\w+)")
# Answers that are a credential as a whole, or hold one under a name of no meaning.
_SECRET_ANSWERS = {
    ("ir.config_parameter", "get_param"),
    ("res.users.apikeys", "_generate"),
    ("res.users.apikeys", "generate"),
}
_KEYS_IN_ANSWERS = {("res.users.apikeys.description", "make_key"): ("default_key", "key")}
# Parameters that are no secrets, though everybody asks for them by `get_param`.
_HARMLESS_PARAMETERS = re.compile(
    r"web\.base\.url.*|report\.url|.*\.(?:version|enabled|limit|delay)"
)


@dataclass(frozen=True, slots=True)
class Message:
    """What a request says of itself, for its own body and for its answer."""

    path: str
    model: str = ""
    method: str = ""
    args: Json = None
    is_of_a_service: bool = False
    """Whether credentials stand among the arguments of /jsonrpc, by their place alone."""

    @classmethod
    def of(cls, path: str, body: Json) -> Message:
        """The message of a request with this path and this JSON body."""
        if match := _JSON2.search(path):
            return cls(path, match[1], match[2], [body])
        params = body.get("params") if isinstance(body, dict) else None
        if not isinstance(params, dict):
            return cls(path)
        args = params.get("args")
        if params.get("service") == "object" and isinstance(args, list) and len(args) >= 5:
            return cls(path, str(args[3]), str(args[4]), args[5:], is_of_a_service=True)
        model, method = str(params.get("model") or ""), str(params.get("method") or "")
        return cls(path, model, method, args, is_of_a_service="service" in params)

    def has_secret(self, *, is_answer: bool) -> bool:
        """Whether the request or answer holds a secret that no word in it tells of."""
        return self._has_secret_answer if is_answer else self.is_of_a_service

    @property
    def _has_secret_answer(self) -> bool:
        key = (self.model, self.method)
        return key in _KEYS_IN_ANSWERS or (key in _SECRET_ANSWERS and not self._is_harmless)

    @property
    def _is_harmless(self) -> bool:
        name = self.args[0] if isinstance(self.args, list) and self.args else ""
        return isinstance(name, str) and bool(_HARMLESS_PARAMETERS.fullmatch(name))


def redact_request(message: Message, body: Json, findings: Findings, place: str) -> Json:
    """The JSON body of a request."""
    params = body.get("params") if isinstance(body, dict) else None
    if _JSON2.search(message.path):
        return redact_value(message.model, message.method, body, findings, place)
    if not isinstance(params, dict):
        return redact_value("", "", body, findings, place)
    if "change_password" in message.path:
        new_params = redact_value("res.users", "change_password", params, findings, place)
    elif isinstance(params.get("service"), str) and isinstance(params.get("args"), list):
        new_params = {**params, "args": _redact_service(params, message, findings, place)}
    else:
        new_params = {
            key: (
                redact_value(message.model, message.method, value, findings, place)
                if key in ("args", "kwargs")
                else redact_value(message.model, "", {key: value}, findings, place)[key]
            )
            for key, value in params.items()
        }
    others = {key: value for key, value in body.items() if key != "params"}
    new_others = redact_value("", "", others, findings, place)
    rest = iter(new_others.items())
    return dict(("params", new_params) if key == "params" else next(rest) for key in body)


def redact_answer(message: Message, answer: Json, findings: Findings, place: str) -> Json:
    """The JSON body of an answer."""
    if isinstance(answer, dict) and "result" in answer and message.has_secret(is_answer=True):
        result = answer["result"]
        names = _KEYS_IN_ANSWERS.get((message.model, message.method))
        if names is None:
            answer = {**answer, "result": findings.replace_all(result, "API key", place)}
        else:
            answer = {**answer, "result": _redact_names(result, names, findings, place)}
    return redact_value(message.model, "", answer, findings, place)


def _redact_service(
    params: dict[str, Json], message: Message, findings: Findings, place: str
) -> list[Json]:
    """The arguments of a service of /jsonrpc, whose third is a credential; those of `db` begin with one."""
    args, service = list(params["args"]), params["service"]
    secret_places = {"object": (2,), "common": (2,), "db": (0, 4)}.get(service, ())
    if service == "db" and params.get("method") != "create_database":
        secret_places = (
            (0,) if params.get("method") not in ("list", "server_version", "db_exist") else ()
        )
    for n in secret_places:
        if n < len(args):
            args[n] = findings.replace_all(args[n], "password", place)
    if service == "object":
        args[5:] = redact_value(message.model, message.method, args[5:], findings, place)
    elif len(args) > 3:
        args[3:4] = redact_value("", "", args[3:4], findings, place)
    return args


def _redact_names(value: Json, names: tuple[str, ...], findings: Findings, place: str) -> Json:
    if isinstance(value, dict):
        return {
            key: (
                findings.replace_all(item, "API key", place)
                if key in names
                else _redact_names(item, names, findings, place)
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_redact_names(item, names, findings, place) for item in value]
    return value
