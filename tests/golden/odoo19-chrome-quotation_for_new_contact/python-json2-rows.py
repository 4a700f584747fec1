"""Create partner and create sale order and confirm sale order, as Odoo 19's web client did it, through JSON-2.

Captured in odoo19-chrome-quotation_for_new_contact.har, calls 9, 34 and 35 (entries 29, 57 and 60), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_partner_then_create_and_confirm_sale_order.py --csv FILE.csv --write

Each row of the file is one run: its columns are the inputs, by their name or label.
Without --write they are only checked. Run it again, and it goes on where it ended:
what became of each row is noted in FILE.csv.journal.
"""

import argparse
import csv
import functools
import hashlib
import io
import itertools
import json
import os
import re
import signal
import sys
import types
from urllib.parse import quote

import requests
import urllib3

try:
    import fcntl
except ImportError:  # Windows: no lock
    fcntl = None

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


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


def new_lines(lines, fields, always=(), following=()):
    """Commands that create the lines, from dicts with these keys or field names.

    None is left to Odoo. Sections and notes (a display_type of line_…) pass through.
    """
    keys = {**{field: field for field in fields.values()}, **fields}
    commands = []
    for line in lines:
        values = {}
        if not str(line.get("display_type")).startswith("line_"):
            wrong = [key for key in line if key not in keys]
            if wrong:
                raise OdooError(f"a line takes {', '.join(fields)}, not {wrong[0]}")
            values = dict(always)
            for key, recorded, more in following:
                if line.get(key) == recorded:
                    values.update(more)
            line = {keys[key]: value for key, value in line.items()}
        values.update((key, value) for key, value in line.items() if value is not None)
        commands.append([0, 0, values])
    return commands


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# Only the values the user entered are sent. The form's other 39 were empty or defaults
# (company_type and lang); Odoo sets them itself.
def create_partner(name, *, email=None, phone=None):
    """Create a partner; returns its id.

    name   Name (required)
    email  Email
    phone  Phone
    """
    created = call(
        "res.partner",
        "create",
        {
            "vals_list": [given(name=name, email=email, phone=phone)],
            "context": {**CONTEXT, "default_is_company": True},
        },
    )
    return created[0]  # JSON-2 returns a list even for one record


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# Only the values the user entered are sent. The form's other 73 were empty, defaults
# (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3
# more) or computed (technical_price_unit, name, price_unit, user_id and
# partner_invoice_id); Odoo sets them itself.
def create_sale_order(partner_id, lines):
    """Create a sale order; returns its id.

    partner_id  Customer (required): id of a res.partner (144 was Marta Nowak)
    lines       Order Lines (required): for each line product_id (Product, required: id
                of a product.product (6 was [FURN_8888] Office Lamp)), quantity
                (Quantity)
    """
    created = call(
        "sale.order",
        "create",
        {
            "vals_list": [
                {
                    "partner_id": partner_id,
                    "order_line": new_lines(
                        lines,
                        {"product_id": "product_id", "quantity": "product_uom_qty"},
                    ),
                },
            ],
            "context": CONTEXT,
        },
    )
    return created[0]  # JSON-2 returns a list even for one record


# call_button -> the same method. The browser received False where no action was
# returned; the API returns the method's actual result.
def confirm_sale_order(order_id):
    """Confirm a sale order (action_confirm).

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    return call(
        "sale.order",
        "action_confirm",
        {"ids": [order_id], "context": {**CONTEXT, "validate_analytic": True}},
    )


def create_partner_then_create_and_confirm_sale_order(
    name,
    lines,
    *,
    email=None,
    phone=None,
):
    """Create a partner, create a sale order, then confirm a sale order
    (action_confirm).

    name   Name (required)
    lines  Order Lines (required): for each line product_id (Product, required: id of a
           product.product (6 was [FURN_8888] Office Lamp)), quantity (Quantity)
    email  Email
    phone  Phone
    """
    partner_id = do_step(create_partner, name, email=email, phone=phone)
    order_id = do_step(create_sale_order, partner_id=partner_id, lines=lines)
    do_step(confirm_sale_order, order_id)
    return {"partner_id": partner_id, "order_id": order_id}


# The columns that the CSV file may have, each under its name or its label.
COLUMNS = [
    {"name": "name", "label": "Name", "kind": "text", "required": True},
    {"name": "email", "label": "Email", "kind": "text"},
    {"name": "phone", "label": "Phone", "kind": "text"},
    {
        "name": "lines.product_id",
        "label": "Order Lines/Product",
        "kind": "record",
        "required": True,
        "relation": "product.product",
        "line": "lines",
        "key": "product_id",
    },
    {
        "name": "lines.quantity",
        "label": "Order Lines/Quantity",
        "kind": "number",
        "line": "lines",
        "key": "quantity",
    },
]

# Lines of a record: one in its own row, more in the rows below. Whether one is needed.
LINES = {"lines": True}


class Table:
    """A CSV file as Excel writes it: UTF-8 or cp1252; semicolons, commas or tabs."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            self.content = file.read()
        is_utf16 = self.content[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            text = self.content.decode("utf-16" if is_utf16 else "utf-8-sig")
        except UnicodeDecodeError:
            text = self.content.decode("cp1252")
        csv.field_size_limit(2**31 - 1)
        self.delimiter = max(";,\t", key=lambda sign: self.known_titles(text, sign))
        self.header, *rows = [*self.rows(text, self.delimiter), []]
        self.columns = [*map(self.column, self.header)]
        names = [column["name"] for column in self.columns if column]
        if not names:
            known = ", ".join(column["name"] for column in COLUMNS)
            raise ValueError(f"no column is one of {known}")
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two columns are {name}")
        self.records = []
        for number, cells in enumerate(rows, 2):  # the header is row 1, as in Excel
            if any(cells):
                self.add(number, cells)

    @staticmethod
    def rows(text, delimiter):
        lines = io.StringIO(text, newline="")
        return csv.reader(lines, delimiter=delimiter, strict=True)

    @staticmethod
    def column(title):
        """The column that a title names, or else is the label of; None for one of several."""
        title = only_letters(title)
        for key in ("name", "label"):
            found = [each for each in COLUMNS if only_letters(each[key]) == title]
            if len(found) == 1 and title:
                return found[0]
        return None

    def known_titles(self, text, delimiter):
        try:
            titles = next(self.rows(text, delimiter), [])
        except csv.Error:
            titles = []
        return sum(self.column(title) is not None for title in titles), len(titles)

    def add(self, number, cells):
        """Makes a record of a row; one that holds only lines goes to the record above."""
        filled = [each for each, cell in zip(self.columns, cells) if each and cell]
        if self.records and filled and all("line" in each for each in filled):
            self.records[-1].rows.append(cells)
            return
        record = types.SimpleNamespace(number=number, rows=[cells])
        record.values, record.mistakes = {}, []
        self.records.append(record)

    def check(self, record):
        """Gives a record its values, and the mistakes in its cells."""
        lines_of = {name: [] for name in LINES}
        for cells in record.rows:
            lines = {name: {} for name in LINES}
            if any(cells[len(self.header) :]):
                record.mistakes.append("there are more cells than columns")
            for column, cell in zip(self.columns, cells):
                if not (column and cell):
                    continue
                values = lines.get(column.get("line"), record.values)
                key = column.get("key", column["name"])
                try:
                    values[key] = self.value(cell, column)
                except (ValueError, OSError) as error:
                    values[key] = None
                    record.mistakes.append(f"{column['name']}: {error}")
            for name, line in lines.items():
                if line:
                    self.check_required(line, record, name)
                    lines_of[name].append(line)
        for name, is_needed in LINES.items():
            if lines_of[name]:
                record.values[name] = lines_of[name]
            elif is_needed:
                record.mistakes.append(f"{name}: no line is given")
        self.check_required(record.values, record)

    @staticmethod
    def check_required(values, record, line=None):
        for column in COLUMNS:
            if column.get("required") and column.get("line") == line:
                if column.get("key", column["name"]) not in values:
                    record.mistakes.append(f"{column['name']}: is required")

    def value(self, cell, column):
        """What a cell stands for. Raises ValueError with what is wrong with it."""
        kind = column["kind"]
        if kind in ("integer", "number"):
            number = to_number(cell, {";": ",", ",": "."}.get(self.delimiter))
            if kind == "integer" and number != int(number):
                raise ValueError(f"{cell!r} is not a whole number")
            return int(number) if kind == "integer" else number
        if kind == "record":
            return to_record(cell, column["relation"])
        return cell


def only_letters(text):
    """What counts of a title: E-Mail is email, Country ID is country_id."""
    return re.sub(r"[\W_]", "", text.casefold())


def to_number(cell, decimal):
    """The number of a cell: 1234,5 as well as 1,234.5. A sign that could mean either is refused."""
    text = re.sub(r"[\s'’]", "", cell)
    signs = re.findall("[.,]", text)
    whole, fraction = text, ""
    if len(signs) == 1 or len(set(signs)) == 2:  # else it only groups: 1.234.567
        whole, _, fraction = text.rpartition(signs[-1])
    grouped = r"[-+]?(\d+|\d{1,3}([.,])\d{3}(\2\d{3})*)"
    if not (re.fullmatch(grouped, whole) and re.fullmatch(r"\d*", fraction)):
        raise ValueError(f"{cell!r} is not a number")
    could_group = len(fraction) == 3 and re.fullmatch(r"[-+]?[1-9]\d{0,2}", whole)
    if could_group and len(signs) == 1 and signs[0] != decimal:
        raise ValueError(f"{cell!r}: thousands or a fraction? Write it without groups")
    whole = re.sub("[.,]", "", whole)
    return float(f"{whole}.{fraction}") if fraction else int(whole)


def to_record(cell, model):
    """The id of a record, from its id or from its name, which must be the name of one alone."""
    name = cell.strip()
    if name.isdigit():
        return int(name)
    found = find_records(model, name)
    if len(found) > 1:
        ids = ", ".join(str(one[0]) for one in found)
        raise ValueError(f"{name!r} is the name of several ({ids}): give the id")
    if not found:
        raise ValueError(f"no {model} has the name {name!r}")
    return found[0][0]


class Journal:
    """What became of each row, in a file beside the CSV file.

    A line goes into it before a request is sent, and one when its answer is there. So a
    row that was sent and has no answer is known, whatever ended the program.
    """

    def __init__(self):
        self.file, self.notes = None, {}
        self.row, self.step, self.made = 0, "", []

    def open(self, table, is_kept):
        """Reads the journal of a CSV file; one that is kept is there, and this run's alone."""
        path = f"{table.path}.journal"
        digest = hashlib.sha256(table.content).hexdigest()
        if not is_kept and not os.path.exists(path):
            return
        self.file = open(path, "a+", encoding="utf-8", opener=open_private)
        if fcntl and is_kept:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                sys.exit(f"{path}: another run is at work with it")
        self.file.seek(0)
        text, is_begun = self.file.read(), False
        for line in text.splitlines():
            try:
                note = json.loads(line)
            except ValueError:  # cut off: the program was killed while it wrote
                continue
            if note.get("csv", digest) != digest:
                sys.exit(
                    f"{table.path} was changed after its first run (see {path}): "
                    "new rows, and refused ones that are mended, go into other files"
                )
            is_begun = True
            self.notes.update((number, note) for number in note["rows"])
        if is_kept and text and not text.endswith("\n"):
            self.file.write("\n")
        if is_kept and not is_begun:
            self.note("begun", [], csv=digest)

    def note(self, state, numbers, **more):
        """Notes the state of rows: on the disk before anything else is done."""
        note = {"rows": numbers, "state": state, **more}
        self.file.write(json.dumps(note) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.notes.update((number, note) for number in numbers)

    def of(self, record):
        """The last note on a row: open, sent (no answer came), made, refused, halfway."""
        return self.notes.get(record.number, {"state": "open"})

    def close(self):
        if self.file:
            self.file.close()


JOURNAL = Journal()
LOST = ["sent", "halfway"]  # done again with --retry-unknown alone


def do_step(function, *args, **kwargs):
    """Does a step of the flow; the journal has which is sent, and what those before made."""
    name = JOURNAL.step = function.__name__
    if JOURNAL.file:
        JOURNAL.note("sent", [JOURNAL.row], step=name, made=JOURNAL.made)
    result = function(*args, **kwargs)
    JOURNAL.step, JOURNAL.made = "", [*JOURNAL.made, [name, result]]
    if JOURNAL.file:
        JOURNAL.note("sent", [JOURNAL.row], made=JOURNAL.made)
    return result


def send_rows(records):
    """Sends rows together; returns why Odoo refused them, which it undoes, or "".

    Any other error leaves them in the journal as sent: their outcome is unknown.
    """
    numbers = [record.number for record in records]
    JOURNAL.note("sent", numbers)
    [JOURNAL.row], JOURNAL.step, JOURNAL.made = numbers, "", []
    try:
        results = call_rows([record.values for record in records])
    except (OdooError, requests.HTTPError) as error:
        if isinstance(error, requests.HTTPError) and error.response.status_code >= 500:
            raise  # a proxy's: Odoo may have done it
        state = "refused" if len(numbers) == 1 else "open"
        more = {"error": one_line(error)}
        if JOURNAL.made:
            state = "halfway"
            more.update(step=JOURNAL.step or "a search", made=JOURNAL.made)
        JOURNAL.note(state, numbers, **more)
        return more["error"]
    except requests.ConnectionError as error:
        reason = getattr(error.args[0], "reason", None) if error.args else None
        is_sent = not isinstance(reason, urllib3.exceptions.NewConnectionError)
        is_sent = is_sent or bool(JOURNAL.made)
        if not is_sent:
            JOURNAL.note("open", numbers)
        raise
    JOURNAL.note("made", numbers, results=results)
    return ""


def run_rows(records, size):
    """Sends the rows in batches, those of a refused batch one by one.

    It ends between two requests on Ctrl+C, and where 20 on end are refused alike.
    """
    stops, refusals, done = [], [], 0

    def stop(*_):
        if stops:
            raise KeyboardInterrupt
        stops.append("stopped")

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    batches = [records[at : at + size] for at in range(0, len(records), size)]
    while batches and not stops:
        batch = batches.pop(0)
        refusal = send_rows(batch)
        if refusal and len(batch) > 1:
            batches[:0] = [[record] for record in batch]
            continue
        for record in batch:
            done += 1
            note = JOURNAL.of(record)
            place = f"{done}/{len(records)} row {record.number}"
            if refusal:
                warn(f"{place}: {describe_outcome(note)}")
            else:
                made = note["results"][note["rows"].index(record.number)]
                print(f"{place}: {json.dumps(made, ensure_ascii=False)}", flush=True)
        refusals = [*refusals[-19:], refusal] if refusal else []
        if len(refusals) == 20 and len(set(refusals)) == 1:
            stops.append("stopped: 20 rows on end were refused alike")
    if batches:
        warn(f"{stops[0]}; run it again to go on")


def describe_outcome(note):
    """What became of a row that was sent and is not made."""
    if note["state"] == "refused":
        return f"refused: {note['error']}"
    what = "unknown, no answer came"
    if note["state"] == "halfway":
        what = f"halfway, {note['step']} was refused: {note['error']}"
    elif note.get("step"):
        what = f"unknown, no answer came to {note['step']}"
    made = [f"{name} {json.dumps(result)}" for name, result in note.get("made") or []]
    what += f" (done before: {', '.join(made)})" if made else ""
    return f"{what}; look in Odoo: --retry-unknown does it once more"


def write_errors(table):
    """The refused rows as a CSV file that can be run as it is; a row goes into one such file."""
    notes = [(record, JOURNAL.of(record)) for record in table.records]
    refused = [
        (record, note)
        for record, note in notes
        if note["state"] == "refused" and "file" not in note
    ]
    if not refused:
        return
    stem = os.path.splitext(table.path)[0]
    paths = (f"{stem}.errors{number or ''}.csv" for number in itertools.count())
    path = next(path for path in paths if not os.path.exists(path))
    old = 1 if table.header[0] == "error" else 0  # it came from such a file
    lines = [["error", *table.header[old:]]]
    for record, note in refused:
        lines += [[note["error"], *cells[old:]] for cells in record.rows]
    with open(path, "x", encoding="utf-8-sig", newline="", opener=open_private) as file:
        csv.writer(file, delimiter=table.delimiter).writerows(lines)
    for record, note in refused:
        JOURNAL.note("refused", [record.number], error=note["error"], file=path)
    warn(f"{len(refused)} refused: mend them in {path} and run that file")


def open_private(path, flags):
    """Opens a file that its owner alone may read."""
    return os.open(path, flags, 0o600)


def warn(text):
    print(one_line(text), file=sys.stderr)


def one_line(text):
    """Text of others without line breaks and control characters."""
    shown = (char if char.isprintable() else " " for char in str(text))
    return " ".join("".join(shown).split())


def main():
    """Checks all rows, and sends those that were not sent before."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    add = parser.add_argument
    add("--csv", metavar="FILE", required=True, help="columns are the inputs")
    add("--write", action="store_true", help="without it rows are only checked")
    add("--retry-unknown", action="store_true", help="also rows that had no answer")
    options = parser.parse_args()
    try:
        table = Table(options.csv)
    except (OSError, ValueError, csv.Error) as error:
        sys.exit(one_line(f"{options.csv}: {error}"))
    JOURNAL.open(table, is_kept=options.write)
    states = ["open", *LOST] if options.retry_unknown else ["open"]
    records = [one for one in table.records if JOURNAL.of(one)["state"] in states]
    for number, record in enumerate(records, 1):
        table.check(record)
        if sys.stderr.isatty():
            print(f"\rchecked {number} of {len(records)} rows", end="", file=sys.stderr)
    for title, column in zip(table.header, table.columns):
        if column is None and title not in ("", "error"):
            warn(f"not used: column {title!r}")
    good = [record for record in records if not record.mistakes]
    bad = [record for record in records if record.mistakes]
    for record in bad:
        for mistake in record.mistakes:
            warn(f"row {record.number}, {mistake}")
    if not options.write:
        warn(f"{len(good)} rows to send, {len(bad)} with mistakes; --write sends them")
        sys.exit(1 if bad else 0)
    for record in bad:
        JOURNAL.note("refused", [record.number], error="; ".join(record.mistakes))
    try:
        run_rows(good, 1)
    except (KeyboardInterrupt, requests.RequestException, ValueError) as error:
        warn(f"stopped: {error or 'Ctrl+C'}")
    write_errors(table)
    notes = [JOURNAL.of(record) for record in table.records]
    for record, note in zip(table.records, notes):
        if note["state"] in LOST:
            warn(f"row {record.number}: {describe_outcome(note)}")
    states = [note["state"] for note in notes]
    made, refused = states.count("made"), states.count("refused")
    left = states.count("open")
    unknown = len(states) - made - refused - left
    warn(f"{made} done, {refused} refused, {unknown} unknown, {left} left")
    sys.exit(0 if made == len(states) else 1)


@functools.lru_cache(maxsize=None)
def find_records(model, name):
    """Id and name of the records that have this name, as Odoo's own fields find them."""
    kwargs = {"name": name, "operator": "=", "limit": 9, "context": CONTEXT}
    return call(model, "name_search", kwargs)


def call_rows(rows):
    """Does what the file is for, with the values of each row; returns the results."""
    return [create_partner_then_create_and_confirm_sale_order(**row) for row in rows]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    try:
        main()
    except (OdooError, requests.RequestException) as error:
        sys.exit(one_line(error))
    except KeyboardInterrupt:
        sys.exit("stopped: nothing was sent")
    finally:
        JOURNAL.close()
