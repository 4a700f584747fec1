"""Read sale order and create invoices for sale order and read invoice, as Odoo 19's web client did it, through Odooly.

Captured in odoo19-chrome-invoice_sale_order.har#19, odoo19-chrome-invoice_sale_order.har#30, odoo19-chrome-invoice_sale_order.har#31 and odoo19-chrome-invoice_sale_order.har#33 as user 2 on http://127.0.0.1:18019.

    pip install "odooly>=2.6,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import sys

import odooly

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# What the client sent and means something outside it.
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1]}


class OdooError(Exception):
    """What Odoo answered instead of a result; the text is Odoo's own."""


@functools.lru_cache(maxsize=None)
def connection():
    """The client; it asks the server for its version."""
    return asked(odooly.Client, f"{URL}/jsonrpc")


@functools.lru_cache(maxsize=None)
def uid():
    """The id to call as: ODOO_UID, or that of ODOO_LOGIN, or the one in the capture."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return asked(connection().common.login, DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    """One call, as it is: `env.execute` would put its own context in the place of this
    one, sort the ids of a read, and take texts in a domain apart.
    """
    objects = odooly.Service(connection(), "object", ["execute_kw"])
    user = (DB, uid(), API_KEY)
    return asked(objects.execute_kw, *user, model, method, args, kwargs)


def asked(function, *args):
    try:
        return function(*args)
    except odooly.ServerError as refusal:
        error = refusal.args[0]
        data = error.get("data") or {}
        said = data.get("message") or error.get("message") or data.get("arguments")
        raise OdooError(f"{data.get('name')}: {said}") from None


def opened(action):
    """An action that opens one record, as when it was captured: of several nobody knows which is meant."""
    if not (action and action.get("res_id")):
        raise OdooError("the action opens no one record; look in Odoo what it lists")
    return action


class Form:
    """A form as the web client fills it in: what its onchange sets is saved as well.

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
        return execute_kw(self.model, "create", [filled], {"context": context})

    def write(self, ids, values, context):
        """Fills in the forms of records that exist and saves them."""
        for record_id in ids:
            filled = self.to_save(self.fill_in(values, context, record_id), values)
            execute_kw(self.model, "write", [[record_id], filled], {"context": context})
        return True

    def fill_in(self, values, context, record_id=None, parent=None):
        """What the form holds once these values are typed into it, one by one."""
        content, ids = dict(parent or {}), [record_id] if record_id else []
        if not ids:
            self.ask(content, [], ids, context)
        order = [name for name in values if name not in self.typed]
        order += [name for name in self.typed if name in values]
        for name in order:
            self.type_in(content, name, values[name], ids, context)
        for name in order:  # once more where a later answer has set something else
            if not isinstance(values[name], list) and content[name] != values[name]:
                self.type_in(content, name, values[name], ids, context)
        return content

    def type_in(self, content, name, value, ids, context):
        """Puts a value (of lines, one line after the other) into the form and asks."""
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
            is_text = isinstance(value, str) and value and now  # it may be tidied up
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
        answer = execute_kw(
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
        """What the client sends of it: the fields that it sent, and those typed in."""
        names = {*self.saves, *typed}
        sent = {name: value for name, value in content.items() if name in names}
        for name in self.lines.keys() & sent.keys():
            commands = [line for line in typed.get(name) or [] if line[0] in (0, 1)]
            keys = {key for command in commands for key in command[2]}
            line = self.lines[name]
            sent[name] = [line.command_to_save(one, keys) for one in sent[name]]
        return sent

    def command_to_save(self, command, typed):
        """The same of a line; one that is only linked or taken out stays as it is."""
        code, *rest = command
        if code not in (0, 1):
            return command
        return [code, rest[0] if code else 0, self.to_save(rest[1], typed)]


def answered(before, value):
    """A value of an onchange's answer: a record as its id, lines on top of those sent."""
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
            lines[key] = [code, key]  # of a record that exists: taken out
    if is_whole and all(code == 4 for code, *_ in lines.values()):
        return [[6, 0, list(lines)]]
    return list(lines.values())


# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's
# own order, partner_id, team_id, project_id and opportunity_id named without the
# client's own context.
# Left out: signature (an image or file; the client asked for the size only).
def read_sale_order(order_id):
    """Read a sale order.

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    return execute_kw(
        "sale.order",
        "read",
        [[order_id]],
        {
            "fields": [
                "state",
                "sale_warning_text",
                "partner_credit_warning",
                "duplicated_order_ids",
                "project_count",
                "tasks_count",
                "milestone_count",
                "invoice_count",
                "name",
                "partner_id",
                "sale_order_template_id",
                "validity_date",
                "date_order",
                "currency_id",
                "pricelist_id",
                "payment_term_id",
                "order_line",
                "note",
                "tax_totals",
                "quotation_document_ids",
                "customizable_pdf_form_fields",
                "user_id",
                "team_id",
                "company_id",
                "require_signature",
                "require_payment",
                "prepayment_percent",
                "reference",
                "client_order_ref",
                "tag_ids",
                "show_update_fpos",
                "fiscal_position_id",
                "preferred_payment_method_line_id",
                "partner_invoice_id",
                "project_id",
                "journal_id",
                "invoice_status",
                "commitment_date",
                "expected_date",
                "origin",
                "opportunity_id",
                "campaign_id",
                "medium_id",
                "source_id",
                "signed_by",
                "signed_on",
                "write_date",
                "has_authorized_transaction_ids",
                "locked",
                "has_archived_products",
                "show_project_button",
                "project_ids",
                "is_product_milestone",
                "company_price_include",
                "is_pdf_quote_builder_available",
                "display_name",
            ],
            "context": CONTEXT,
        },
    )


# web_save without an id -> create: the answer is the new record's id, the client's
# read-back is left out.
# Of the form's 5 values none was filled in by the user: they were empty or the form's
# defaults (sale_order_ids, consolidated_billing and advance_payment_method), which Odoo
# need not do by itself.
# call_button -> the same method: where it returns no action the browser got False,
# execute_kw gives the method's own answer.
def create_invoices_for_sale_order(order_id):
    """Create invoices for a sale order, through the wizard sale.advance.payment.inv;
    returns what its create_invoices answers.

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    wizard_id = SALE_ADVANCE_PAYMENT_INV_FORM.create(
        {},
        {
            **CONTEXT,
            "active_model": "sale.order",
            "active_id": order_id,
            "active_ids": [order_id],
        },
    )
    return execute_kw(
        "sale.advance.payment.inv",
        "create_invoices",
        [[wizard_id]],
        {
            "context": {
                **CONTEXT,
                "active_model": "sale.order",
                "active_id": order_id,
                "active_ids": [order_id],
            },
        },
    )


# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicated_ref_ids and invoice_line_ids as bare ids, invoice_line_ids in its model's
# own order, partner_id, invoice_vendor_bill_id, partner_bank_id and team_id named
# without the client's own context.
# Left out: invoice_payments_widget (an image or file; the client asked for the size
# only).
def read_invoice(move_id):
    """Read an invoice.

    move_id  Account Move (required): id of an account.move (57 was Draft Invoice
             (S00023))
    """
    return execute_kw(
        "account.move",
        "read",
        [[move_id]],
        {
            "fields": [
                "authorized_transaction_ids",
                "state",
                "sale_warning_text",
                "alerts",
                "duplicated_ref_ids",
                "payment_count",
                "adjusting_entries_count",
                "adjusting_entry_origin_label",
                "adjusting_entry_origin_moves_count",
                "transaction_count",
                "sale_order_count",
                "id",
                "company_id",
                "journal_id",
                "show_name_warning",
                "posted_before",
                "move_type",
                "payment_state",
                "invoice_filter_type_domain",
                "suitable_journal_ids",
                "currency_id",
                "company_currency_id",
                "commercial_partner_id",
                "bank_partner_id",
                "display_qr_code",
                "show_reset_to_draft_button",
                "expected_currency_rate",
                "invoice_has_outstanding",
                "is_move_sent",
                "invoice_pdf_report_id",
                "need_cancel_request",
                "has_reconciled_entries",
                "restrict_mode_hash_table",
                "inalterable_hash",
                "country_code",
                "display_inactive_currency_warning",
                "statement_line_id",
                "statement_id",
                "origin_payment_id",
                "tax_country_id",
                "tax_calculation_rounding_method",
                "tax_cash_basis_created_move_ids",
                "quick_edit_mode",
                "hide_post_button",
                "quick_encoding_vals",
                "show_delivery_date",
                "is_being_sent",
                "show_update_fpos",
                "is_sale_installed",
                "highest_name",
                "name",
                "partner_id",
                "quick_edit_total_amount",
                "ref",
                "tax_cash_basis_origin_move_id",
                "invoice_vendor_bill_id",
                "invoice_date",
                "date",
                "payment_reference",
                "partner_bank_id",
                "invoice_date_due",
                "invoice_payment_term_id",
                "taxable_supply_date_placeholder",
                "taxable_supply_date",
                "delivery_date",
                "invoice_line_ids",
                "narration",
                "tax_totals",
                "amount_residual",
                "invoice_outstanding_credits_debits_widget",
                "user_id",
                "invoice_user_id",
                "team_id",
                "invoice_origin",
                "qr_code_method",
                "invoice_incoterm_placeholder",
                "invoice_incoterm_id",
                "incoterm_location",
                "fiscal_position_id",
                "preferred_payment_method_line_id",
                "invoice_source_email",
                "auto_post",
                "auto_post_until",
                "checked",
                "campaign_id",
                "medium_id",
                "source_id",
                "reversed_entry_id",
                "highlight_send_button",
                "display_send_button",
                "is_draft_duplicated_ref_ids",
                "adjusting_entries_move_ids",
                "adjusting_entry_origin_move_ids",
                "status_in_payment",
                "name_placeholder",
                "show_taxable_supply_date",
                "show_journal",
                "company_price_include",
                "display_name",
            ],
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create invoices for sale order): run it with --write",
        )
    sale_orders = read_sale_order(23)
    action = create_invoices_for_sale_order(23)
    account_moves = read_invoice(opened(action)["res_id"])
    results = {"sale_orders": sale_orders, "account_moves": account_moves}
    print(json.dumps(results, indent=2, ensure_ascii=False))
