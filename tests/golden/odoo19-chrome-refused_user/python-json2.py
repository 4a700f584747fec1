"""Create user, as Odoo 19's web client did it, through JSON-2.

Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_user.py --write
"""

import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


def server():
    """The address. Only this machine may use http: others could read the key."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", URL
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(f"ODOO_URL={URL}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway")
    return URL.rstrip("/")


class OdooError(Exception):
    """An error that Odoo returned; the message is Odoo's own."""


def call(model, method, arguments):
    """Sends one JSON-2 request (Odoo 19 and later); the key identifies the user."""
    if arguments.get("ids", True) in (None, False, [], [None], [False]):
        # Odoo would do nothing and return true.
        raise OdooError(f"{model}.{method}: no ids")
    response = requests.post(
        f"{server()}/json/2/{quote(model, safe='')}/{quote(method, safe='')}",
        json=arguments,
        headers={"Authorization": f"bearer {API_KEY}", "X-Odoo-Database": DB},
        timeout=60,
        allow_redirects=False,
    )
    if response.is_redirect:  # following it could send the key to another server
        raise OdooError(f"{URL} redirects to {response.headers['Location']!r}")
    if not response.ok:
        try:
            error = response.json()
        except ValueError:  # no such database, or an Odoo without JSON-2: a page
            response.raise_for_status()
        raise OdooError(f"{error.get('name')}: {error.get('message')}")
    return response.json()


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
        sent = {"vals_list": [filled], "context": context}
        return call(self.model, "create", sent)[0]

    def write(self, ids, values, context):
        """Fills in the forms of records that exist and saves them."""
        for record_id in ids:
            filled = self.to_save(self.fill_in(values, context, record_id), values)
            sent = {"ids": [record_id], "vals": filled, "context": context}
            call(self.model, "write", sent)
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
        sent = {"values": content, "field_names": names, "fields_spec": self.spec}
        sent.update({"context": context, **({"ids": ids} if ids else {})})
        answer = call(self.model, "onchange", sent)
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


# Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
# web_save without an id -> create: returns the new record's id and does not read the
# record back.
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
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create user): run it with --write")
    user_id = create_user(name="Second Demo", login="demo")
    print(json.dumps(user_id, indent=2, ensure_ascii=False))
