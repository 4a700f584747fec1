"""Odoo's own `Form` beside what generated code made: run in Odoo's shell, as the same user.

Reads from `CASES` (a JSON text) for each case: model, the record that the code made, what to do in the form. Prints a
line `TRUTH` with the fields in which they differ; nothing of it is kept.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

_LAB = Path(os.environ.get("ODOO_LAB", Path.home() / ".cache" / "odoo-lab"))
_SCRIPT = r'''
import datetime
import json

try:
    from odoo.tests import Form
except ImportError:
    from odoo.tests.common import Form

CASES = json.loads(%r)
# What differs by itself: who and when, numbers of a sequence, what is logged, links with a token.
OWN = ("id", "create_date", "create_uid", "write_date", "write_uid", "display_name", "access_token", "duration_tracking")
LOGGED = ("message_", "activity_", "website_message_", "rating_")


def stored(record, inverse, numbered):
    values = {}
    for name, field in record._fields.items():
        if not field.store or name in (*OWN, *numbered) or name == inverse or name.startswith(LOGGED):
            continue
        value = record[name]
        if field.type == "one2many":
            values[name] = [stored(line, field.inverse_name, numbered) for line in value.sorted("id")]
        elif field.type in ("many2one", "many2many"):
            values[name] = value.ids
        elif field.type in ("date", "datetime"):
            values[name] = value and str(value)
        elif field.type == "properties":
            values[name] = str(dict(value))
        else:
            values[name] = value if isinstance(value, (int, float, str, bool)) else str(value)
    return values


def differing(right, ours, path=""):
    """Where two records differ, with both values."""
    if isinstance(right, dict) and isinstance(ours, dict):
        return [one for key in right for one in differing(right[key], ours.get(key), f"{path}.{key}")]
    if isinstance(right, list) and isinstance(ours, list) and len(right) == len(ours):
        pairs = enumerate(zip(right, ours))
        return [one for number, (a, b) in pairs for one in differing(a, b, f"{path}[{number}]")]
    return [] if is_alike(right, ours) else [f"{path}: {ours!r}, in the form {right!r}"]


def is_alike(right, ours):
    if isinstance(right, float) and isinstance(ours, float):
        return abs(right - ours) < 0.001
    try:  # a clock
        moments = [datetime.datetime.fromisoformat(each) for each in (right, ours)]
        return abs((moments[0] - moments[1]).total_seconds()) < 900
    except (TypeError, ValueError):
        return right == ours


def put(form, env, name, value):
    field = form._view["fields"][name] if isinstance(getattr(form, "_view", None), dict) else {}
    relation = field.get("relation")
    if isinstance(value, list):
        for pairs in value:
            with getattr(form, name).new() as line:
                for inner, one in pairs:
                    put(line, env, inner, one)
    elif relation and value is not False:
        setattr(form, name, env[relation].browse(value))
    elif relation:
        setattr(form, name, env[relation])
    else:
        setattr(form, name, value)


for case in CASES:
    context = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1], **case["context"]}
    own = env(user=2, context=context)
    model = own[case["model"]]
    try:
        with Form(model.browse(case["before"]) if case["before"] else model) as form:
            for name, value in case["typed"]:
                put(form, own, name, value)
        truth = form.save()
    except Exception as refusal:
        print("TRUTH", json.dumps({"case": case["name"], "refused": str(refusal)}))
        env.cr.rollback()
        continue
    numbered = case["numbered"]
    right, ours = stored(truth, None, numbered), stored(model.browse(case["record"]), None, numbered)
    others = differing(right, ours)
    print("TRUTH", json.dumps({"case": case["name"], "fields": len(right), "differing": others}))
    env.cr.rollback()
'''


def is_here(major: int) -> bool:
    """Whether Odoo's shell can be run."""
    return (_LAB / str(major) / "etc/odoo/labmore.conf").exists()


def truths(major: int, cases: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By a case's name: `differing` fields with the form's value and ours, or what the form was `refused` with."""
    home = "/var/lib/odoo-data"
    shell = ["chroot", "--userspec=odoo:odoo", str(_LAB / str(major)), "env", "-i"]
    shell += ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", f"HOME={home}", "odoo", "shell"]
    shell += ["-c", "/etc/odoo/labmore.conf", "-d", f"odoo{major}more", "--no-http"]
    done = subprocess.run(
        shell, input=_SCRIPT % json.dumps(cases), capture_output=True, text=True, timeout=180
    )
    lines = [line for line in done.stdout.splitlines() if "TRUTH {" in line]
    assert len(lines) == len(cases), (done.stdout[-3000:], done.stderr[-3000:])
    told = [json.loads(line.partition("TRUTH ")[2]) for line in lines]
    return {each["case"]: each for each in told}
