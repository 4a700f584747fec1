"""Create user, as Odoo 19's web client did it, through a session of the web client.

Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_LOGIN=... ODOO_PASSWORD=...  # an API key cannot log in here
    # with two-factor login instead: ODOO_SESSION_ID=..., the browser's cookie session_id
    python create_user.py --write
"""

import functools
import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
PASSWORD = os.environ.get("ODOO_PASSWORD", "")
SESSION_ID = os.environ.get("ODOO_SESSION_ID", "")  # instead of login and password

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


def server():
    """The address. Only this machine may use http: others could read the password."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", URL
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(
            f"ODOO_URL={URL}: not https; ODOO_ALLOW_HTTP=1 sends the password anyway"
        )
    return URL.rstrip("/")


class OdooError(Exception):
    """An error that Odoo returned; the message is Odoo's own."""


SESSION = requests.Session()  # it keeps the cookie
LOG_IN_AGAIN = "the session has expired: log in again"
if SESSION_ID:
    LOG_IN_AGAIN += " in the browser, and set ODOO_SESSION_ID to its cookie session_id"


def send(method, path, **content):
    """Sends one request in the session; returns the response, of this server only."""
    try:
        response = SESSION.request(
            method, server() + path, timeout=120, allow_redirects=False, **content
        )
    except requests.exceptions.SSLError as error:
        raise OdooError(f"{URL}: https failed: {error}") from None
    except requests.ConnectionError:
        raise OdooError(f"{URL} does not respond: is the address right?") from None
    if response.is_redirect:  # following it could send the session to another server
        place = response.headers["Location"]
        if "/web/login" in place:
            raise OdooError(LOG_IN_AGAIN)
        raise OdooError(f"{URL} redirects to {place!r}")
    return response


def post_json(path, params):
    """Sends one JSON-RPC request; returns the result, or None if there is none."""
    message = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
    response = send("POST", path, json=message)
    try:
        answer = response.json()
        error = answer.get("error")
    except (ValueError, AttributeError):  # of another program, or of a proxy
        status = response.status_code
        raise OdooError(f"{URL}{path}: HTTP {status}, not an Odoo response") from None
    if error:  # with HTTP 200
        raise refusal(error)
    return answer.get("result")


def refusal(error):
    """The error of a refusal, in Odoo's own words."""
    data = error.get("data") or {}
    if data.get("name") == "odoo.http.SessionExpiredException":
        return OdooError(LOG_IN_AGAIN)
    return OdooError(f"{data.get('name')}: {data.get('message') or error['message']}")


@functools.lru_cache(maxsize=None)
def uid():
    """Logs in once, or uses the browser's session; returns the user's id."""
    if SESSION_ID:
        SESSION.cookies.set("session_id", SESSION_ID)
        return post_json("/web/session/get_session_info", {})["uid"]
    who = {"db": DB, "login": LOGIN, "password": PASSWORD}
    try:
        session = post_json("/web/session/authenticate", who)
    except OdooError as error:
        if "AccessDenied" not in str(error):
            raise
        sys.exit(
            f"{URL}: {LOGIN} was refused: wrong login or password (an API key is neither)"
        )
    return session["uid"] or sys.exit(
        f"{URL}: {LOGIN} logs in with two factors: log in with the browser, and set "
        "ODOO_SESSION_ID to its cookie session_id"
    )


def call_kw(model, method, args, kwargs):
    """A call as the web client sends it."""
    uid()
    path = f"/web/dataset/call_kw/{quote(model, safe='')}/{quote(method, safe='')}"
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    return post_json(path, params)


class Form:
    """A form, filled in as in the web client: what its onchange sets is saved, too.

    `saves` and `reads` are the fields that the client sent and asked for, `typed` those
    with an onchange of their own, in the order of typing. A line's form has the values
    of its record under `parent`.
    """

    def __init__(self, model, *, saves, reads="", typed="", parent="", lines=None):
        self.model, self.parent, self.lines = model, parent, lines or {}
        self.saves, self.typed = saves.split(), typed.split()
        self.spec = {}
        for name in reads.split():  # "order_line.name": a field of its lines
            *outer, last = name.split(".")
            fields = self.spec
            for one in outer:
                fields = fields.setdefault(one, {}).setdefault("fields", {})
            if last:
                fields[last] = {}
        for name, line in self.lines.items():
            self.spec.setdefault(name, {"fields": line.spec})

    def create(self, values, context):
        """Fills in the form of a new record and saves it; returns its id."""
        filled = self.to_save(self.fill_in(values, context), values)
        kwargs = {"specification": {}, "context": context}
        return call_kw(self.model, "web_save", [[], filled], kwargs)[0]["id"]

    def write(self, ids, values, context):
        """Fills in the forms of records that exist and saves them."""
        for record_id in ids:
            filled = self.to_save(self.fill_in(values, context, record_id), values)
            kwargs = {"specification": {}, "context": context}
            call_kw(self.model, "web_save", [[record_id], filled], kwargs)
        return True

    def fill_in(self, values, context, record_id=None, parent=None):
        """The form's content after these values are typed in, one by one."""
        content, ids = dict(parent or {}), [record_id] if record_id else []
        if not ids:
            self.ask(content, [], ids, context)
        order = [name for name in values if name not in self.typed]
        order += [name for name in self.typed if name in values]
        for name in order:
            self.type_in(content, name, values[name], ids, context)
        for name in order:  # again if a later answer changed it
            if not isinstance(values[name], list) and content[name] != values[name]:
                self.type_in(content, name, values[name], ids, context)
        return content

    def type_in(self, content, name, value, ids, context):
        """Types a value into the form (lines one by one) and runs its onchange."""
        if name in self.lines and self.lines[name].parent:
            for command in value:
                self.add_line(content, name, command, ids, context)
        else:
            content[name] = value
        if name not in self.typed:
            return
        warning = self.ask(content, [name], ids, context)
        now = content.get(name)
        if not isinstance(value, list):
            is_text = isinstance(value, str) and value and now  # Odoo may tidy it up
            if now != value and not is_text:
                raise OdooError(f"{self.model}: {name} {value!r} is refused. {warning}")
        if warning:
            print(f"{self.model}: {warning}", file=sys.stderr)

    def add_line(self, content, name, command, ids, context):
        """Adds a line: filled in like a form of its own, if it is new or changed."""
        lines = [one for one in content.get(name) or [] if one != [6, 0, []]]
        if command[0] in (0, 1):
            code, key, values = command
            line = self.lines[name]
            record = {**content, "id": ids[0]} if ids else dict(content)
            filled = line.fill_in(values, context, key, {line.parent: record})
            del filled[line.parent]
            command = [code, key or f"virtual_{len(lines) + 1}", filled]
        content[name] = [*lines, command]

    def ask(self, content, names, ids, context):
        """One onchange: its answer goes into the content; returns Odoo's warning."""
        answer = call_kw(
            self.model,
            "onchange",
            [ids, content, names, self.spec],
            {"context": context},
        )
        for name, value in (answer.get("value") or {}).items():
            content[name] = answered(content.get(name), value)
        warning = answer.get("warning") or {}
        return ": ".join(filter(None, map(warning.get, ("title", "message"))))

    def to_save(self, content, typed):
        """The values to save: the fields that the client sent, and those typed in."""
        names = {*self.saves, *typed}
        sent = {name: value for name, value in content.items() if name in names}
        for name in self.lines.keys() & sent.keys():
            commands = [line for line in typed.get(name) or [] if line[0] in (0, 1)]
            keys = {key for command in commands for key in command[2]}
            line = self.lines[name]
            sent[name] = [line.command_to_save(one, keys) for one in sent[name]]
        return sent

    def command_to_save(self, command, typed):
        """The same for a line; one that is only linked or removed stays as it is."""
        code, *rest = command
        if code not in (0, 1):
            return command
        return [code, rest[0] if code else 0, self.to_save(rest[1], typed)]


def answered(before, value):
    """A value that an onchange returned: a record as its id, lines with those sent."""
    if isinstance(value, dict) and "id" in value:
        return value["id"]
    if not isinstance(value, list):
        return value
    if value and not isinstance(value[0], list):
        return value[0]  # [id, name]
    lines, is_whole = {}, False
    for code, *rest in [*(before or []), *value]:
        key = rest[0] if rest else 0
        if code in (5, 6):
            is_whole = True
            lines = {one: [4, one] for one in (rest[1] if code == 6 else ())}
        elif code in (0, 1):
            key = key or f"new_{len(lines)}"
            old = lines.get(key, [code])
            line = dict(old[2]) if len(old) > 2 else {}
            for name, one in rest[1].items():
                line[name] = answered(line.get(name), one)
            lines[key] = [old[0] and 1, key, line]
        elif code == 4:
            lines.setdefault(key, [4, key])
        elif lines.pop(key, None) is None:
            lines[key] = [code, key]  # an existing record: removed
    if is_whole and all(code == 4 for code, *_ in lines.values()):
        return [[6, 0, list(lines)]]
    return list(lines.values())


RES_USERS_FORM = Form(
    "res.users",
    typed="name login",
    saves="""
        image_1920 name login email phone role company_ids company_id group_ids lang
        signature notification_type odoobot_state tz calendar_default_privacy
        out_of_office_from out_of_office_to out_of_office_message api_key_ids
        auth_passkey_key_ids device_ids
    """,
    reads="""
        state groups_count accesses_count rules_count partner_id image_1920 write_date
        avatar_128 name login email phone role company_ids.display_name
        company_ids.color company_id group_ids. view_group_hierarchy lang signature
        notification_type odoobot_state outgoing_mail_server_id
        outgoing_mail_server_type tz calendar_default_privacy tz_offset
        out_of_office_from out_of_office_to out_of_office_message totp_enabled
        api_key_ids.name api_key_ids.create_date api_key_ids.scope
        api_key_ids.expiration_date auth_passkey_key_ids.name
        auth_passkey_key_ids.create_date auth_passkey_key_ids.write_date
        device_ids.device_type device_ids.last_activity device_ids.is_current
        device_ids.display_name device_ids.ip_address device_ids.country device_ids.city
        share active active_partner companies_count has_external_mail_server
        display_name
    """,
)


# web_save: the call does not read the record back.
# Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
# Only the values the user entered are sent. The form's other 19 were empty, defaults
# (role, company_ids, company_id, group_ids, lang, notification_type and 2 more) or set
# by an onchange (signature); a plain create or write may leave them out.
def create_user(name, login):
    """Create a user; returns its id.

    name   Name (required)
    login  Login (required)
    """
    return RES_USERS_FORM.create({"name": name, "login": login}, CONTEXT)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create user): run it with --write")
    user_id = create_user(name="Second Demo", login="demo")
    print(json.dumps(user_id, indent=2, ensure_ascii=False))
