"""What the flows have in common: typing, choosing, saving in Odoo 19, and calls to its server outside of the recording."""

import os
import xmlrpc.client

# What is uploaded: a text of two lines.
OFFER = {"name": "offer.txt", "mimeType": "text/plain", "buffer": b"Two desks\nOne lamp\n"}
ROW = ".o_list_view .o_data_row"
SUGGESTION = (
    "xpath=//*[contains(@class,'o_searchview_autocomplete')]//*[contains(@class,'dropdown-item')]"
    "[contains(normalize-space(.),'Search {}')]"
)


def rpc(model, method, *args, **kwargs):
    """Call the server outside of the recording."""
    url, db, login, password = (os.environ["ODOO_" + n] for n in "URL DB LOGIN PASSWORD".split())
    common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
    uid = common.authenticate(db, login, password, {})
    models = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object")
    return models.execute_kw(db, uid, password, model, method, args, kwargs)


def search(page, text, facet):
    """Type into the search box and choose what to search in."""
    page.click(".o_searchview_input")
    page.type(".o_searchview_input", text, delay=80)
    page.wait_for_timeout(700)
    page.click(SUGGESTION.format(facet))
    page.wait_for_timeout(2000)


def write(page, field, text):
    """Type into a plain field of the form and leave it (which may call onchange)."""
    box = page.locator(f".o_form_view div[name={field}] :is(input, textarea)").first
    box.click()
    box.fill(text)
    box.press("Tab")
    page.wait_for_timeout(700)


def choose(page, field, text, label=None):
    """Type into a relation's field and pick the suggestion with this label."""
    page.click(f".o_form_view div[name={field}] input")
    page.type(f".o_form_view div[name={field}] input", text, delay=80)
    page.wait_for_timeout(900)
    page.click(f".o-autocomplete--dropdown-item:has-text('{label or text}')")
    page.wait_for_timeout(900)


def save(page):
    page.click(".o_form_button_save")
    page.wait_for_timeout(2500)


def go_to(page, app):
    """Open an app from the menu: without loading the page anew, so that Chrome keeps the answers."""
    page.click(".o_navbar_apps_menu button")
    page.click(f".o-dropdown--menu .o_app:has-text('{app}')")
    page.wait_for_selector(ROW)


def new_sale_order(page):
    """Open the form of a new quotation, from the list of orders."""
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)


def add_line(page, product, quantity):
    """Add a product to the quotation on screen."""
    page.click(".o_field_x2many >> text='Add a product'")
    page.wait_for_selector(".o_selected_row")
    page.keyboard.type(product, delay=80)
    page.wait_for_timeout(1200)
    page.click(f".o-autocomplete--dropdown-item:has-text('{product}')")
    page.wait_for_timeout(1500)
    box = page.locator(".o_selected_row div[name=product_uom_qty] input")
    if not box.count():
        page.click(".o_selected_row td[name=product_uom_qty]")
    box.fill(quantity)
    box.press("Tab")
    page.wait_for_timeout(1200)


def prepared_quotation():
    """A quotation with two lines."""
    names = ["FURN_8888", "E-COM07"]
    products = [rpc("product.product", "search", [["default_code", "=", n]])[0] for n in names]
    lines = [(0, 0, {"product_id": product, "product_uom_qty": 1}) for product in products]
    [partner] = rpc("res.partner", "search", [["name", "=", "Azure Interior"]])
    return rpc("sale.order", "create", {"partner_id": partner, "order_line": lines})


def prepared_order():
    """A confirmed order of services, which can be invoiced at once."""
    [product] = rpc("product.product", "search", [["type", "=", "service"]], limit=1)
    line = {"product_id": product, "product_uom_qty": 2, "price_unit": 75, "qty_delivered": 2}
    values = {"partner_id": 15, "order_line": [(0, 0, line)]}
    order = rpc("sale.order", "create", values)
    rpc("sale.order", "action_confirm", [order])
    return order
