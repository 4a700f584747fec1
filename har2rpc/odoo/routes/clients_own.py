"""Requests that the web client makes for itself by routes that name no method: code does not need them.

Every rule has a sentence, and the paths that it applies to.
Source: Odoo 14 and 19 `addons/*/controllers/*.py`; 12-18 the routes of web, mail, bus, sale and website; those of
`stock_barcode` (Enterprise) from what browsers sent.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

# Of a path `*` is one segment, `**` all that follow.
_CLIENTS_OWN = {
    "messages, followers and presence, which the client reads for itself": """
        mail/data mail/action mail/init_messaging mail/load_message_failures mail/needaction mail/chat_history
        mail/read_followers mail/read_subscription_data mail/get_suggested_recipients mail/get_partner_info
        mail/chatter_fetch mail/chatter_init mail/link_preview mail/*/messages mail/thread/data mail/thread/recipients
        mail/thread/recipients/** mail/channel/ping mail/channel/set_last_seen_message mail/channel/notify_typing
        mail/message/translate mail/attachment/update_thumbnail mail/rtc/session/** portal/chatter_init
        discuss/channel/attachments discuss/channel/info discuss/channel/members discuss/channel/messages
        discuss/channel/mark_as_read discuss/channel/mark_as_unread discuss/channel/notify_typing discuss/channel/ping
        discuss/channel/pinned_messages discuss/channel/set_last_seen_message discuss/channel/set_new_message_separator
        discuss/channel/fold discuss/channel/sub_channel/fetch discuss/search discuss/gif/search discuss/gif/categories
        discuss/gif/favorites bus/** websocket/** longpolling/** calendar/notify calendar/notify_ack
        calendar/check_credentials google_calendar/sync_data microsoft_calendar/sync_data im_livechat/init
        im_livechat/load_templates im_livechat/notify_typing im_livechat/history im_livechat/cors/data
        im_livechat/cors/action im_livechat/cors/init im_livechat/cors/history im_livechat/cors/channel/**
        im_livechat/cors/link_preview jitsi/is_full""",
    "the login, the session, menus and translations": """
        web/login web/login/** web/session/authenticate web/session/get_session_info web/session/modules
        web/session/check web/session/get_lang_list web/session/account web/session/destroy web/session/logout
        web/session/save_session_action web/session/get_session_action web/webclient/** web/action/load
        web/action/load_breadcrumbs web/action/run web/menu/** web/proxy/** web/version web/bundle/** web/database/list
        web/model/get_definitions web/tests/** auth-timeout/** auth_passkey/start-auth auth/passkey/start-auth jsonrpc
        xmlrpc xmlrpc/** my/counters pos/ping pos-self/ping base_setup/demo_active
        web/become web/observability/**""",
    "what a page or a dialog asks before anything is done": """
        web/export/formats web/export/get_fields web/export/namelist web/domain/validate web/sign/get_fonts
        web/sign/get_fonts/* web/pivot/check_xlsxwriter web/pivot/check_xlwt report/check_wkhtmltopdf base_setup/data
        web_settings_dashboard/data hr/get_org_chart hr/get_redirect_model hr/get_subordinates onboarding/**
        account/account_dashboard_onboarding account/account_invoice_onboarding sales/sale_quotation_onboarding_panel
        sale/product_configurator/get_values sale/product_configurator/get_optional_products
        sale/product_configurator/update_combination sale/combo_configurator/* sale/get_combination_info
        sale/get_combination_info_website product_configurator/configure product_configurator/get_combination_info
        product_configurator/optional_product_items product_configurator/show_optional_products
        sale_product_configurator/* product/catalog/order_lines_info product/catalog/get_sections autocomplete/*
        payment/status/poll payment/process/poll lunch/infos lunch/payment_message lunch/user_location_get
        hr_attendance/attendance_user_data hr_attendance/attendance_employee_data hr_attendance/employees_infos
        hr_attendance/get_employees_without_badge hr_attendance/kiosk_keepalive event/init_barcode_interface
        stock_barcode/get_barcode_data stock_barcode/get_specific_barcode_data stock_barcode/get_main_menu
        stock_barcode/get_specific_barcode_data_batch stock_barcode/get_quants stock_barcode/get_picking_types
        stock_barcode/get_inventory_data pos-self/data/* pos-self/relations/* pos/load_onboarding_data""",
    "what the editor or a page of the website reads for itself": """
        web_editor/public_render_template web_editor/get_ice_servers web_editor/get_image_info web_editor/bus_broadcast
        web_editor/video_url/data web_editor/media_library_search web_editor/get_assets_editor_resources
        html_editor/get_ice_servers html_editor/get_image_info html_editor/bus_broadcast html_editor/video_url/data
        html_editor/media_library_search html_editor/link_preview_internal html_editor/link_preview_external
        web_unsplash/fetch_images web_unsplash/get_app_id website/get_* website/check_* website/fetch_dashboard_data
        website/country_infos/* website/translations website/seo_suggest website/snippet/* website/snippets
        website/google_* website/track_installing_modules website/theme_customize_data_get website/theme_customize_get
        website/theme_customize_bundle_reload website/save_session_layout_mode website/update_visitor_timezone
        website/multi_render website_mail/is_follower website_mass_mailing/is_subscriber website_sale/get_*
        website_sale/combo_configurator/* website_sale/product_configurator/get_values
        website_sale/product_configurator/get_optional_products website_sale/product_configurator/update_combination
        website_sale/should_show_product_configurator website_sale/snippet/options_filters
        website_sale_mrp/get_unavailable_qty_from_kits shop/cart/quantity shop/delivery_methods shop/get_delivery_rate
        shop/carrier_rate_shipment shop/compare/get_product_data shop/get_product_data shop/product/is_add_to_cart_allowed
        shop/products/** shop/country_infos/* shop/wishlist/get_product_ids shop/payment/get_status/*
        shop/tracking_last_order shop/save_shop_layout_mode my/address/country_info/* my/loyalty_card/*/values
        group/is_member groups/is_member groups/*/get_alias_info event/get_country_event_list event/active_langs
        event/*/registration/new event/*/registration/slot/*/tickets event/booth/check_availability
        event/booth_category/get_available_booths event/track_tag/search_read event_track/get_track_suggestion
        event_sponsor/*/read slides/*/search_read slides/channel/tag/group/search_read slides/channel/tag/search_read
        slides/prepare_preview slides/get_course_products slides/slide/get_html_content slides/slide/quiz/get
        slides_survey/certification/search_read forum/get_url_title blog/render_latest_posts
        delivery/get_pickup_locations mailing/blacklist/check survey/check_session_code/* survey/session/results/*
        survey/session/leaderboard/* website_hr_recruitment/check_recent_application""",
    "the file of an import, whose rows the import itself sends": "base_import/set_file",
}


@lru_cache(maxsize=1024)  # a client calls the same addresses over and over
def clients_own_rule(path: str) -> str:
    """Why the client makes a request to this path for itself, as a sentence; "" if it does not."""
    path = path.strip("/")
    plain, patterns = _clients_own()
    if rule := plain.get(path):
        return rule
    return next((rule for rule, pattern in patterns if pattern.fullmatch(path)), "")


@cache
def _clients_own() -> tuple[dict[str, str], list[tuple[str, re.Pattern[str]]]]:
    """The rules by path, and those with an expression for theirs."""
    plain: dict[str, str] = {}
    patterns = []
    for rule, text in _CLIENTS_OWN.items():
        paths = text.split()
        plain |= {path: rule for path in paths if "*" not in path}
        starred = [
            re.escape(path).replace(r"\*\*", ".+").replace(r"\*", "[^/]+")
            for path in paths
            if "*" in path
        ]
        if starred:
            patterns.append((rule, re.compile("|".join(starred))))
    return plain, patterns
