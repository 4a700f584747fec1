"""One function per action: what a person clicks and types in Odoo's web client.

Each function gets a recorder (see browser.py) that is not recording yet and the server's address.
``prepare_…`` functions change the database before the recording, through RPC.
"""

from steps import (
    OFFER,
    ROW,
    add_line,
    choose,
    go_to,
    new_sale_order,
    prepared_order,
    prepared_quotation,
    rpc,
    save,
    search,
    write,
)

CONTACTS = "/odoo/contacts?view_type=list"


def search_partner_by_phone(recorder, url):
    recorder.start()
    recorder.page.goto(url + CONTACTS)
    recorder.page.wait_for_selector(ROW)
    recorder.page.wait_for_timeout(1500)
    search(recorder.page, "555", "Phone")


def create_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/new")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click("input[data-value=company]")
    write(page, "name", 'Café "L\'Été" & Söhne')
    write(page, "phone", "+32 2 555 01 02")
    write(page, "email", "bonjour@cafe-ete.example")
    choose(page, "country_id", "Belgi", "Belgium")
    save(page)


def edit_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/15")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    write(page, "phone", "+1 555 0199")
    choose(page, "category_id", "Pros", "Prospects")
    save(page)


def create_and_confirm_sale_order(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/sales")
    new_sale_order(page)
    choose(page, "partner_id", "Azure", "Azure Interior")
    add_line(page, "Office Lamp", "3")
    save(page)
    page.click("button[name=action_confirm]:visible")
    page.wait_for_timeout(3000)


def quotation_for_new_contact(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/new")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    write(page, "name", "Marta Nowak")
    write(page, "email", "marta.nowak@example.com")
    write(page, "phone", "+48 22 555 01 04")
    save(page)
    go_to(page, "Sales")
    new_sale_order(page)
    choose(page, "partner_id", "Marta", "Marta Nowak")
    add_line(page, "Office Lamp", "3")
    add_line(page, "Large Cabinet", "2")
    save(page)
    page.click("button[name=action_confirm]:visible")
    page.wait_for_timeout(3000)


def edit_sale_order(recorder, url):
    """One line is changed, one removed, one added."""
    order = prepared_quotation()
    recorder.start()
    page = recorder.page
    page.goto(f"{url}/odoo/sales/{order}")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click(".o_data_row:has-text('Office Lamp') td[name=product_uom_qty]")
    box = page.locator(".o_selected_row div[name=product_uom_qty] input")
    box.fill("4")
    box.press("Tab")
    page.wait_for_timeout(1200)
    page.keyboard.press("Escape")
    page.click(".o_data_row:has-text('Large Cabinet') .o_list_record_remove")
    page.wait_for_timeout(1200)
    add_line(page, "Desk Combination", "2")
    save(page)


def search_orders(recorder, url):
    """By a customer who is picked, by state, by month."""
    prepared_order()
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/action-sale.action_quotations?view_type=list")
    page.wait_for_timeout(3000)
    page.keyboard.press("Escape")
    while page.locator(".o_facet_remove:visible").count():
        page.locator(".o_facet_remove:visible").first.click()
        page.wait_for_timeout(1000)
    page.click(".o_searchview_input")
    page.type(".o_searchview_input", "Azure", delay=80)
    page.wait_for_timeout(700)
    page.click(".o_searchview_autocomplete .dropdown-item:has-text('Customer') .o_expand")
    page.wait_for_timeout(1200)
    page.click(".o_searchview_autocomplete .o_indent:has-text('Azure Interior') >> nth=0")
    page.wait_for_timeout(2000)
    page.locator(".o_facet_remove:visible").first.click()
    page.wait_for_timeout(1500)
    page.click(".o_searchview_dropdown_toggler")
    page.click(".o_filter_menu .o_menu_item:has-text('Sales Orders')")
    page.wait_for_timeout(1500)
    page.click(".o_filter_menu .o_accordion_toggle:has-text('Create Date')")
    page.wait_for_timeout(500)
    page.click(".o_filter_menu .o_accordion_values .o_item_option >> nth=0")
    page.wait_for_timeout(2000)


def invoice_sale_order(recorder, url):
    """A wizard: it is created, and then its button makes the invoice."""
    order = prepared_order()
    recorder.start()
    page = recorder.page
    page.goto(f"{url}/odoo/sales/{order}")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click("button:has-text('Create Invoice'):visible")
    page.wait_for_selector(".modal .o_form_view")
    page.wait_for_timeout(1000)
    page.click(".modal button[name=create_invoices]:visible")
    page.wait_for_timeout(4000)


def message_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/15")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click(".o-mail-Chatter-logNote")
    page.wait_for_selector(".o-mail-Composer")
    page.keyboard.type("Called back: wants two desks & a lamp", delay=20)
    page.click(".o-mail-Composer-send:visible")
    page.wait_for_timeout(2000)


def attach_file_to_partner(recorder, url):
    """A message with a file, which is uploaded before the message is sent."""
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/15")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click(".o-mail-Chatter-sendMessage")
    page.wait_for_selector(".o-mail-Composer")
    page.keyboard.type("The offer, as agreed", delay=20)
    page.set_input_files(".o-mail-Composer input[type=file] >> nth=0", OFFER)
    page.wait_for_timeout(2500)
    page.click(".o-mail-Composer-send:visible")
    page.wait_for_timeout(2500)


def print_quotation(recorder, url):
    """A report: what comes out is a file, which no method of a model gives."""
    order = prepared_quotation()
    recorder.start()
    page = recorder.page
    page.goto(f"{url}/odoo/sales/{order}")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click(".o_cp_action_menus button")
    page.click(
        ".o-dropdown--menu .dropdown-item:has-text('Print'), .o-dropdown--menu button:has-text('Print')"
    )
    page.wait_for_timeout(800)
    page.click(".dropdown-item:has-text('PDF Quote')")
    page.wait_for_timeout(9000)


def export_partners(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    for row in (1, 3):
        page.locator(f"{ROW} .o_list_record_selector").nth(row).click()
    page.wait_for_timeout(800)
    page.click(".o_control_panel .o_cp_action_menus button:has-text('Actions')")
    page.click(".o-dropdown--menu .dropdown-item:has-text('Export')")
    page.wait_for_selector(".modal .o_export_field, .modal .o_left_field_panel")
    page.wait_for_timeout(1000)
    page.click(".modal .o_select_button")
    page.wait_for_timeout(3000)


def archive_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/36")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click(".o_cp_action_menus button")
    page.click(".o-dropdown--menu .dropdown-item:has-text('Archive')")
    page.click(".modal-footer .btn-primary")
    page.wait_for_timeout(2000)


def delete_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/contacts/new")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    write(page, "name", "Here Today")
    write(page, "phone", "+32 2 555 01 99")
    save(page)
    page.click(".o_cp_action_menus button")
    page.click(".o-dropdown--menu .dropdown-item:has-text('Delete')")
    page.click(".modal-footer .btn-primary")
    page.wait_for_timeout(2000)


def group_partners_by_country(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    page.wait_for_timeout(1000)
    page.click(".o_searchview_dropdown_toggler")
    page.click(".o_group_by_menu .o_menu_item:has-text('Country')")
    page.wait_for_selector(".o_group_header")
    page.click(".o_searchview_dropdown_toggler")  # the menu stays open, and over the rows
    page.wait_for_timeout(1000)
    page.click(".o_group_header:has-text('San Marino')")
    page.wait_for_timeout(1500)


def prepare_search_emoji():
    rpc("res.partner", "create", [{"name": "Flower shop 🌷 Tulipe", "phone": "+31 20 555 01 03"}])


def search_emoji(recorder, url):
    recorder.start()
    recorder.page.goto(url + CONTACTS)
    recorder.page.wait_for_selector(ROW)
    search(recorder.page, "tulipe", "Name")


def preferences(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    page.click(".o_user_menu button")
    page.click(".dropdown-item:has-text('My Preferences')")
    page.wait_for_selector(".o_form_view div[name=name]")
    page.wait_for_timeout(2000)


def move_lead(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/crm")
    page.wait_for_selector(".o_kanban_record")
    page.wait_for_timeout(2000)
    card = page.locator(".o_kanban_record:has-text('Quote for 12 Tables')").bounding_box()
    target = page.locator(".o_kanban_group:has-text('Proposition')").bounding_box()
    page.mouse.move(card["x"] + 60, card["y"] + 15)
    page.mouse.down()
    for step in range(11):
        way = (target["x"] + 80 - card["x"] - 60) * step / 10
        page.mouse.move(card["x"] + 60 + way, card["y"] + 15 - 3 * step)
        page.wait_for_timeout(60)
    page.mouse.up()
    page.wait_for_timeout(2000)


def open_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.click(f"{ROW}:has-text('Azure Interior') >> td[name=complete_name] >> nth=0")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)


def refused_user(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/odoo/users/new")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    write(page, "name", "Second Demo")
    write(page, "login", "demo")
    page.click(".o_form_button_save")
    page.wait_for_timeout(2500)


def two_files(recorder, url):
    """One session in two exports: the second was begun after the log had been cleared."""
    recorder.start()
    recorder.page.goto(url + CONTACTS)
    recorder.page.wait_for_selector(ROW)
    recorder.page.wait_for_timeout(1500)
    yield
    recorder.clear()
    search(recorder.page, "lab contact 01", "Name")
    yield
