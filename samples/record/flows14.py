"""The actions in Odoo 14's web client; see flows.py."""

from steps import OFFER, prepared_quotation

CONTACTS = "/web#action=contacts.action_contacts&model=res.partner&view_type=list"
ORDERS = "/web#action=sale.action_quotations_with_onboarding&model=sale.order&view_type=list"
ROW = ".o_list_view .o_data_row"


def write(page, field, text):
    """Type into a plain field of the form and leave it."""
    inside = f".o_form_view [name={field}] input"  # some fields are drawn around their input
    box = page.locator(f".o_form_view input[name={field}]:visible, {inside}:visible").first
    box.fill(text)
    box.press("Tab")
    page.wait_for_timeout(700)


def choose(page, field, text, label):
    """Type into a relation's field and pick the suggestion with this label."""
    page.click(f".o_form_view [name={field}] input")
    page.type(f".o_form_view [name={field}] input", text, delay=80)
    page.wait_for_timeout(900)
    page.click(f".ui-autocomplete:visible li:has-text('{label}')")
    page.wait_for_timeout(1200)


def save(page):
    page.click(".o_form_button_save")
    page.wait_for_timeout(2500)


def search_partner_by_name(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    page.click(".o_searchview_input")
    page.type(".o_searchview_input", "azure", delay=80)
    page.wait_for_timeout(700)
    page.keyboard.press("Enter")  # the first suggestion: "Search Name for: azure"
    page.wait_for_timeout(2000)


def create_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click("[name=company_type] label:has-text('Company')")
    write(page, "name", 'Café "L\'Été" & Söhne')
    choose(page, "country_id", "Belgi", "Belgium")
    write(page, "phone", "+32 2 555 01 02")
    write(page, "email", "bonjour@cafe-ete.example")
    save(page)


def delete_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    write(page, "name", "Here Today")
    write(page, "phone", "+32 2 555 01 99")
    save(page)
    page.click(".o_cp_action_menus .o_dropdown_toggler_btn:has-text('Action')")
    page.click(".o_cp_action_menus a:has-text('Delete'):visible")
    page.click(".modal-footer .btn-primary")
    page.wait_for_timeout(2000)


def edit_partner(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + "/web#id=14&model=res.partner&view_type=form&action=contacts.action_contacts")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    page.click(".o_form_button_edit")
    page.wait_for_timeout(800)
    write(page, "phone", "+1 555 0199")
    choose(page, "category_id", "Pros", "Prospects")
    save(page)


def go_to(page, app):
    """Open an app from the menu: without loading the page anew, so that Chrome keeps the answers."""
    page.click(".o_menu_apps > li > a")
    page.click(f".o_menu_apps .o_app:has-text('{app}')")
    page.wait_for_selector(ROW)
    page.wait_for_timeout(1500)


def new_sale_order(page):
    """Open the form of a new quotation, from the list of quotations."""
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)


def add_line(page, product, quantity):
    """Add a product to the quotation on screen."""
    page.click(".o_field_x2many_list_row_add a >> nth=0")
    page.wait_for_timeout(1200)
    line = ".o_selected_row"
    page.type(f"{line} .o_field_many2one[name^=product_] input", product, delay=80)
    page.wait_for_timeout(900)
    page.click(f".ui-autocomplete:visible li:has-text('{product}')")
    page.wait_for_timeout(1500)
    page.fill(f"{line} input[name=product_uom_qty]", quantity)
    page.press(f"{line} input[name=product_uom_qty]", "Tab")
    page.wait_for_timeout(1200)


def create_and_confirm_sale_order(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + ORDERS)
    new_sale_order(page)
    choose(page, "partner_id", "Azure", "Azure Interior")
    add_line(page, "Office Lamp", "3")
    save(page)
    page.click("button[name=action_confirm]:visible")
    page.wait_for_timeout(3000)


def quotation_for_new_contact(recorder, url):
    recorder.start()
    page = recorder.page
    page.goto(url + CONTACTS)
    page.wait_for_selector(ROW)
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(1500)
    write(page, "name", "Marta Nowak")
    write(page, "phone", "+48 22 555 01 04")
    write(page, "email", "marta.nowak@example.com")
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
    page.goto(url + ORDERS.replace("view_type=list", f"view_type=form&id={order}"))
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(2000)
    page.click(".o_form_button_edit")
    page.wait_for_timeout(1000)
    page.click(".o_data_row:has-text('Office Lamp') td.o_list_number >> nth=0")
    page.fill(".o_selected_row input[name=product_uom_qty]", "4")
    page.press(".o_selected_row input[name=product_uom_qty]", "Tab")
    page.wait_for_timeout(1200)
    page.click(".o_data_row:has-text('Large Cabinet') .o_list_record_remove")
    page.wait_for_timeout(1200)
    add_line(page, "Desk Combination", "2")
    save(page)


def attach_file_to_partner(recorder, url):
    """A message with a file, which is uploaded before the message is sent."""
    recorder.start()
    page = recorder.page
    page.goto(url + "/web#id=15&model=res.partner&view_type=form&action=contacts.action_contacts")
    page.wait_for_selector(".o_form_view")
    page.wait_for_timeout(2000)
    page.click(".o_ChatterTopbar_buttonSendMessage")
    page.wait_for_selector(".o_ComposerTextInput_textarea")
    page.fill(".o_ComposerTextInput_textarea", "The offer, as agreed")
    page.set_input_files(".o_Composer .o_FileUploader_input >> nth=0", OFFER)
    page.wait_for_timeout(2500)
    page.click(".o_Composer_buttonSend:visible")
    page.wait_for_timeout(2500)
