"""Canaries in texts that people write, paste and upload: links, commands, settings, code, files."""

from __future__ import annotations

import base64
import json
from typing import Any

from har_builder import call, exchange

from security.canary_search import HEX_KEY, Canaries


def in_texts(new: Canaries) -> list[dict[str, Any]]:
    """By their shape, in texts of no telling name."""
    pem = f"-----BEGIN RSA PRIVATE KEY-----\nMII{new.plain()}\n{new.plain()}\n-----END RSA PRIVATE KEY-----"
    texts = [
        f"curl -H 'Authorization: Bearer {new.plain()}' x",
        f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{new.plain()}",
        pem,
        f"<p>See <a href='/mail/view?a=1&amp;access_token={new.plain()}'>this</a></p>",
        f"https://x.example/web?redirect=%2Fx%3Ftoken%3D{new.plain()}%26a%3D1",
        f"https://s3.example/a?X-Amz-Credential={new.plain()}&X-Amz-Signature={new.plain()}",
        f"https://me:{new.plain()}@git.example/x.git",
        f"https://{new.plain()}@git.example/x.git",
        f"Authorization: Basic {base64.b64encode(f'me:{new.plain()}'.encode()).decode()}",
        f"X-Api-Key: {new.plain()}",
        f"https://hooks.slack.com/services/T0001/B0001/{new.plain()}",
        f"https://x.webhook.office.com/webhookb2/{new.plain()}/IncomingWebhook/a",
        f"https://hooks.zapier.com/hooks/catch/1/{new.plain()}/",
        f"https://o.example/web/hook/{new.plain()}",
        f"https://o.example/my/orders/7?hash={new.plain()}&pid=3",
        f"https://o.example/auth_oauth/signin?code={new.plain()}&state=x",
        f"/r?u=https%253A%252F%252Fo%253Faccess_token%253D{new.plain()}",
        f"otpauth://totp/O:admin?issuer=O&secret={new.plain()}",
        pem.replace("RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK"),
        f"ghp_{new.plain()}",
        f"password={new.plain()} db=x",
        json.dumps({"a": {"password": new.plain()}}),
        json.dumps({"a": json.dumps({"token": new.plain()})}),
        HEX_KEY,
    ]
    return [
        *(call("res.partner", "message_post", ([7],), {"body": text}, result=30) for text in texts),
        call("res.partner", "write", ([7], {"comment": " ".join(texts[:8])})),
        call("res.partner", "search_read", (), {"domain": [["website", "=", texts[3]]], "fields": []}, result=[]),
    ]  # fmt: skip


def in_phrases(new: Canaries) -> list[dict[str, Any]]:
    """In sentences, tables and elements, as people write to each other."""
    texts = [
        f"Password: {new.plain()} / Login: me",
        f"Your new password is {new.plain()}.",
        f"Das Passwort lautet {new.plain()}, bitte.",
        f"Mot de passe : {new.plain()}",
        f"Password for the server: {new.plain()}",
        f"Username and password: admin / {new.plain()}",
        f"Password - {new.plain()}",
        f"Passwort \u2192 {new.plain()}",
        f"**Password:** `{new.plain()}`",
        f"| Password | {new.plain()} |",
        f'The API key "{new.plain()}" is new',
        f"La contraseña es {new.plain()}",
        f"<li><b>API key:</b> <code>{new.plain()}</code></li>",
        f"<tr><td>Password</td><td>{new.plain()}</td></tr>",
        f"<dl><dt>Passwort</dt><dd>{new.plain()}</dd></dl>",
        f"<table><tr><th>Login</th><th>Password</th></tr><tr><td>a</td><td>{new.plain()}</td></tr></table>",
        f"<table><tr><td>Login</td><td>Password</td></tr><tr><td>a</td><td>{new.plain()}</td></tr></table>",
        f"<config><password>{new.plain()}</password></config>",
        f"<x:ApiKey type='s'>{new.plain()}</x:ApiKey>",
        f"&lt;password&gt;{new.plain()}&lt;/password&gt;",
        f"<input type='password' name='x' value='{new.plain()}'/>",
        f"<p>Password</p><p>{new.plain()}</p>",
        f'<field name="smtp_pass">{new.plain()}</field>',
        f'<div data-options="{{&quot;password&quot;: &quot;{new.plain()}&quot;}}"/>',
        f"Your password is: {new.plain()}",
        f"Votre mot de passe est : {new.plain()}",
        f"The password for the test user is {new.plain()}",
        f"Note: password: {new.plain()}",
        f"pw: {new.plain()}",
        f"\nPassword\n{new.plain()}\n",
        f"\nPassword\t{new.plain()}\n",
        f"Password:\n```\n{new.plain()}\n```",
        f"\n\n| user | password |\n|---|---|\n| a | {new.plain()} |\n",
        f'<input type="hidden" name="csrf_token" value="{new.plain()}"/>',
        f'<meta name="csrf-token" content="{new.plain()}"/>',
        f'<add key="ApiKey" value="{new.plain()}"/>',
        f"<param value='{new.plain()}' name='password'/>",
        f"<password><![CDATA[{new.plain()}]]></password>",
    ]
    return [
        *(call("mail.message", "act", ([7],), {"body": text}, result=[{"body": text}]) for text in texts),
        call("mail.message", "read", ([7],), result=[{"body": " ".join(texts) + " filler" * 2_000}]),
    ]  # fmt: skip


def in_paths(new: Canaries) -> list[dict[str, Any]]:
    """In the paths of Odoo's routes, as addresses in texts and of requests."""
    paths = [
        f"/calendar/join_videocall/{new.plain()}",
        f"/calendar/meeting/{new.plain()}/accept",
        f"/survey/start/{new.plain()}",
        f"/survey/{new.plain()}/{new.plain()}",
        f"/rate/{new.plain()}/5",
        f"/sign/document/mail/7/{new.plain()}",
        f"/chat/5/{new.plain()}",
        f"/documents/content/{new.plain()}",
        f"/dashboard/share/3/{new.plain()}",
        f"/planning/{new.plain()}/{new.plain()}",
        f"/mail/track/7/{new.plain()}/blank.gif",
        f"/my/subscription/7/{new.plain()}",
        f"/event/7/my_tickets?tickets_hash={new.plain()}",
        f"/reset-password/{new.plain()}",
        f"/magic-link/{new.plain()}",
        f"/users/confirm/{new.plain()}",
    ]
    return [
        *(exchange(path, '{"jsonrpc": "2.0", "method": "call", "params": {}}', "{}") for path in paths),
        call("mail.message", "act", ([7],), {"body": " ".join(f"<a href='https://o.example{path}'>x</a>" for path in paths)}),
    ]  # fmt: skip


def in_code(new: Canaries) -> list[dict[str, Any]]:
    """In what somebody pasted or configured: commands, settings, programs, headers."""
    texts = [
        f"curl -u admin:{new.plain()} https://a.example",
        f"curl https://a.example --user 'admin:{new.plain()}'",
        f"curl 'https://a.example' -b 'session_id={new.plain()}; tz=UTC'",
        f"curl 'https://a.example' -H 'Cookie: session_id={new.plain()}'",
        f"[options]\nadmin_passwd = {new.plain()}\ndb_name = lab\n",
        f"host: a.example\npassword: {new.plain()}\n",
        f"export ODOO_API_KEY={new.plain()}",
        f'$env:ODOO_API_KEY = "{new.plain()}"',
        f"requests.get(url, auth=('me', '{new.plain()}'))",
        f"session.auth = HTTPBasicAuth('me', \"{new.plain()}\")",
        f"headers = {{'Authorization': 'Bearer ' + '{new.plain()}'}}",
        f"postgresql://odoo:{new.plain()}@db:5432/x",
        f"Server=a;Database=b;User Id=c;Password={new.plain()};",
        f"{{url: u, auth: ['me', '{new.plain()}']}}",
        f"basic_auth = ('me', '{new.plain()}')",
        f"http -a me:{new.plain()} GET https://a.example",
        f"https --auth=me:{new.plain()} a.example",
        f"mysql --password {new.plain()} lab",
        f"docker login -u me -p {new.plain()}",
        f"sshpass -p {new.plain()} ssh a.example",
        f"redis-cli -a {new.plain()}",
        f"machine a.example login me password {new.plain()}",
        f"Connect-It -Password {new.plain()}",
        f"ALTER USER odoo WITH PASSWORD '{new.plain()}'",
        f"CREATE USER odoo IDENTIFIED BY '{new.plain()}'",
        f"array('password' => '{new.plain()}')",
        f"user.setPassword('{new.plain()}')",
        f"odoo.login('lab', 'me', '{new.plain()}')",
        f"ConvertTo-SecureString '{new.plain()}' -AsPlainText",
        f"data['password'] = '{new.plain()}'",
        f'os.environ["ODOO_PASSWORD"] = "{new.plain()}"',
        f"api_key: str = '{new.plain()}'",
        f"secret = b'{new.plain()}'",
        f'password = """{new.plain()}"""',
        f"if (token := '{new.plain()}'):",
        f"const apiKey = `{new.plain()}`;",
        f"os.environ.get('API_KEY', default='{new.plain()}')",
        f"env['ir.config_parameter'].sudo().set_param('my.api_key', '{new.plain()}')",
        f"define('DB_PASSWORD', '{new.plain()}');",
        f"xhr.setRequestHeader('Authorization', 'Bearer {new.plain()}')",
        f'headers.append("X-Api-Key", "{new.plain()}")',
        f"localStorage.setItem('access_token', '{new.plain()}')",
        f'New-Object System.Net.Cookie("session_id", "{new.plain()}", "/", "o.example")',
        f"document.cookie = 'session_id={new.plain()}; path=/'",
        f"Set-Cookie: session_id={new.plain()}; HttpOnly",
        f"X-Openerp-Session-Id: {new.plain()}",
        f"Authorization: ApiKey {new.plain()}",
        f"models.execute_kw('lab', 2, '{new.plain()}', 'res.partner', 'search', [[]])",
        f"models.execute_kw(db, uid, '{new.plain()}', 'res.partner', 'search', [[]])",
        f"jwt.encode(payload, '{new.plain()}', algorithm='HS256')",
        f"hmac.new(b'{new.plain()}', body, hashlib.sha256)",
        f'new NetworkCredential("me", "{new.plain()}")',
        f'DriverManager.getConnection(url, "me", "{new.plain()}")',
        f"curl -ume:{new.plain()} https://a.example",
        f"Server=a;User ID=b;Pwd={new.plain()};",
        f"AccountName=a;AccountKey={new.plain()};EndpointSuffix=b",
        f"env:\n- name: PASSWORD\n  value: {new.plain()}\n",
        f"/web?state=%7B%22csrf_token%22%3A%22{new.plain()}%22%7D",
        f"dop_v1_{new.plain()}",
    ]
    values: list[Any] = [
        {"fieldName": "apiKey", "fieldValue": new.plain()},
        {"label": "API Key", "value": new.plain()},
        {"k": "password", "v": new.plain()},
        {"type": "password", "value": new.plain()},
        {"name": "a1b2c3", "string": "Password", "type": "char", "value": new.plain()},
        [["user", "me"], ["password", new.plain()]],
        {"headers": {"Authorization": new.plain(), "Cookie": f"session_id={new.plain()}"}},
        {"headers": [["Authorization", f"token {new.plain()}"]]},
        {"auth": ["me", new.plain()]},
        {"basic_auth": f"me:{new.plain()}"},
        {"openai_key": new.plain(), "google_gemini_key": new.plain()},
        {"hash": new.plain(), "pid": 7},
        {"post": {"sha_in": new.plain(), "sha_time": 1}},
        {"res_model": "ir.config_parameter", "domain": [["value", "=", new.plain()]]},
        {"res_model": "res.users.apikeys", "context": {"search_default_key": new.plain()}},
        {
            "res_model": "ir.config_parameter",
            "context": {"default_value": new.plain()},
            "help": " filler" * 2_000,
        },
    ]
    return [
        *(call("ir.actions.server", "write", ([7], {"code": text})) for text in texts),
        *(call("x.y", "act", ([7], value), result=value) for value in values),
        call("base.automation", "web_read", ([7],), result=[{"id": 7, "webhook_uuid": new.plain()}]),
    ]  # fmt: skip


def in_uploads(new: Canaries) -> list[dict[str, Any]]:
    """In columns of files, in parts of forms, and in the messages of XML-RPC."""
    mark = "------WebKitFormBoundaryA"
    table = (
        f'login;"API Key";Mot de passe\r\nu1;{new.plain()};"{new.plain()}"\r\nu2;;{new.plain()}\r\n'
    )
    named = 'Content-Disposition: form-data; name="'
    data = json.dumps({"model": "res.users", "domain": [["signup_token", "=", new.plain()]]})
    form = (
        f'{mark}\r\n{named}csrf_token"\r\n\r\n{new.plain()}\r\n{mark}\r\n{named}data"\r\n\r\n{data}\r\n'
        f'{mark}\r\n{named}ufile"; filename="users.csv"\r\nContent-Type: text/csv\r\n\r\n{table}\r\n{mark}--\r\n'
    )
    member = f"<member><name>api_key</name><value><string>{new.plain()}</string></value></member>"
    answer = f"<methodResponse><params><param><value><struct>{member}</struct></value></param></params></methodResponse>"
    packed = base64.b64encode(f"login;password\nu1;{new.plain()}\nu2;x\n".encode()).decode()
    return [
        exchange("/base_import/set_file", form, "{}"),
        call("base_import.import", "create", ({"res_model": "res.users", "file": packed},), result=3),
        call("ir.attachment", "create", ([{"name": "users.csv", "datas": packed}],), result=[3]),
        call("x.y", "act", ([7],), {"text": f"login;password\nu1;{new.plain()}\n"}),
        exchange("/web/export/csv", "data=x", f'"Login","Password"\n"admin","{new.plain()}"\n'),
        exchange("/web/database/backup", f"master_pwd={new.plain()}&name=lab", "x"),
        exchange("https://login.example/token", f"grant_type=authorization_code&code={new.plain()}", "{}"),
        exchange("/xmlrpc/2/object", "<methodCall><methodName>execute_kw</methodName></methodCall>", answer),
    ]  # fmt: skip
