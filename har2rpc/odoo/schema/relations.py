"""Guesses the model behind a relational field from Odoo's naming conventions, if the capture does not say."""

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
    "lost_reason_id": "crm.lost.reason",
    "lost_reason": "crm.lost.reason",
    "bom_id": "mrp.bom",
    "workcenter_id": "mrp.workcenter",
    "manager_id": "hr.employee",
    "coach_id": "hr.employee",
    "holiday_status_id": "hr.leave.type",
    "work_location_id": "hr.work.location",
    "resource_calendar_id": "resource.calendar",
    "uom_id": "uom.uom",
    "uom_po_id": "uom.uom",
    "bank_id": "res.bank",
    "partner_bank_id": "res.partner.bank",
    "incoterm_id": "account.incoterms",
    "invoice_incoterm_id": "account.incoterms",
    "milestone_id": "project.milestone",
    "alarm_ids": "calendar.alarm",
    "activity_type_id": "mail.activity.type",
    "mail_template_id": "mail.template",
    "groups_id": "res.groups",
    "group_ids": "res.groups",
    "tax_ids": "account.tax",
    "taxes_id": "account.tax",
    "tax_id": "account.tax",
    "vehicle_id": "fleet.vehicle",
    "equipment_id": "maintenance.equipment",
    "ticket_type_id": "helpdesk.ticket.type",
}

# Where the same name means another model from one model to the next.
_BY_MODEL_AND_FIELD = {
    ("crm.lead", "stage_id"): "crm.stage",
    ("project.task", "stage_id"): "project.task.type",
    ("project.project", "stage_id"): "project.project.stage",
    ("hr.applicant", "stage_id"): "hr.recruitment.stage",
    ("event.event", "stage_id"): "event.stage",
    ("helpdesk.ticket", "stage_id"): "helpdesk.stage",
    ("mail.compose.message", "template_id"): "mail.template",
    ("helpdesk.ticket", "team_id"): "helpdesk.team",
    ("crm.lead", "tag_ids"): "crm.tag",
    ("sale.order", "tag_ids"): "crm.tag",
    ("project.task", "tag_ids"): "project.tags",
    ("project.project", "tag_ids"): "project.tags",
    ("helpdesk.ticket", "tag_ids"): "helpdesk.tag",
    ("product.template", "product_tag_ids"): "product.tag",
    ("hr.employee", "category_ids"): "hr.employee.category",
    ("calendar.event", "categ_ids"): "calendar.event.type",
    ("maintenance.request", "stage_id"): "maintenance.stage",
    ("maintenance.request", "category_id"): "maintenance.equipment.category",
    ("fleet.vehicle", "model_id"): "fleet.vehicle.model",
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
    """The comodel that a field of this name has in official modules; "" if the name does not show it.

    `parent_id` and `child_ids` mean the model itself, `order_id` of sale.order.line means sale.order,
    `order_line` of sale.order its lines.
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
