"""The model behind a many2one field where the capture does not say: Odoo's own habits of naming."""

from __future__ import annotations

# Fields that mean the same model wherever official modules use them (Odoo 14-19).
_BY_FIELD = {
    "partner_id": "res.partner",
    "partner_invoice_id": "res.partner",
    "partner_shipping_id": "res.partner",
    "commercial_partner_id": "res.partner",
    "customer_id": "res.partner",
    "vendor_id": "res.partner",
    "product_id": "product.product",
    "product_template_id": "product.template",
    "product_tmpl_id": "product.template",
    "product_uom_id": "uom.uom",
    "product_uom": "uom.uom",
    "categ_id": "product.category",
    "pricelist_id": "product.pricelist",
    "country_id": "res.country",
    "state_id": "res.country.state",
    "currency_id": "res.currency",
    "company_id": "res.company",
    "user_id": "res.users",
    "create_uid": "res.users",
    "write_uid": "res.users",
    "employee_id": "hr.employee",
    "department_id": "hr.department",
    "job_id": "hr.job",
    "team_id": "crm.team",
    "lead_id": "crm.lead",
    "opportunity_id": "crm.lead",
    "project_id": "project.project",
    "task_id": "project.task",
    "journal_id": "account.journal",
    "account_id": "account.account",
    "move_id": "account.move",
    "payment_term_id": "account.payment.term",
    "fiscal_position_id": "account.fiscal.position",
    "warehouse_id": "stock.warehouse",
    "location_id": "stock.location",
    "location_dest_id": "stock.location",
    "picking_type_id": "stock.picking.type",
    "sale_order_id": "sale.order",
    "sale_order_template_id": "sale.order.template",
    "campaign_id": "utm.campaign",
    "medium_id": "utm.medium",
    "source_id": "utm.source",
    "lang_id": "res.lang",
    "attachment_id": "ir.attachment",
    "picking_id": "stock.picking",
    "invoice_id": "account.move",
    "payment_id": "account.payment",
    "purchase_id": "purchase.order",
    "purchase_order_id": "purchase.order",
    "sale_id": "sale.order",
    "production_id": "mrp.production",
    "applicant_id": "hr.applicant",
    "analytic_account_id": "account.analytic.account",
    "invoice_line_ids": "account.move.line",
    "industry_id": "res.partner.industry",
}

# Where the same name means another model from one model to the next.
_BY_MODEL_AND_FIELD = {
    ("crm.lead", "stage_id"): "crm.stage",
    ("project.task", "stage_id"): "project.task.type",
    ("project.project", "stage_id"): "project.project.stage",
    ("hr.applicant", "stage_id"): "hr.recruitment.stage",
    ("event.event", "stage_id"): "event.stage",
    ("helpdesk.ticket", "stage_id"): "helpdesk.stage",
    ("res.partner", "category_id"): "res.partner.category",
    ("hr.employee", "parent_id"): "hr.employee",
    ("account.move", "invoice_payment_term_id"): "account.payment.term",
    ("purchase.order", "picking_type_id"): "stock.picking.type",
}

# A field that follows from another one of the same record: the person picks a template, and what
# is ordered is the variant; Odoo computes the template from it.
FOLLOWS_FROM = {
    "product_template_id": "product_id",
    "product_uom_category_id": "product_uom",
}


def usual_model(field: str, model: str) -> str:
    """The comodel that a field of this name has in official modules; "" where habits do not tell.

    `parent_id` and `child_ids` mean the model itself, `order_id` of sale.order.line means sale.order.
    """
    if (model, field) in _BY_MODEL_AND_FIELD:
        return _BY_MODEL_AND_FIELD[model, field]
    if field in ("parent_id", "child_ids"):
        return model
    if field in ("move_id", "move_ids") and model.partition(".")[0] in ("stock", "mrp"):
        return "stock.move"
    if field in _BY_FIELD:
        return _BY_FIELD[field]
    if field.endswith("_ids") and field[:-1] in _BY_FIELD:
        return _BY_FIELD[field[:-1]]
    if field in ("order_line", "line_ids"):
        return f"{model}.line"
    parent, _, last = model.rpartition(".")
    if parent and last == "line" and field == parent.rpartition(".")[2] + "_id":
        return parent
    return ""
