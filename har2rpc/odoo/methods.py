"""What Odoo's methods do: those that change nothing (a closed list), those that write, those that the client calls for itself.

A method on no list is an action, and counts as a write whenever code runs. So a method that you remove from CLIENTS_OWN
becomes an action, unless READS or WRITES has it as well.
"""

from __future__ import annotations

from functools import lru_cache

READS = frozenset("""
    search search_read search_count search_fetch read fetch web_search_read web_read unity_web_search_read unity_read read_group
    web_read_group formatted_read_group formatted_read_grouping_sets read_progress_bar
    web_read_progress_bar name_search web_name_search name_get fields_get get_views get_view load_views
    fields_view_get default_get onchange export_data get_metadata get_external_id exists
    check_access_rights check_access_rule check_access has_access check_field_access_rights has_group
    has_groups user_has_groups context_get get_formview_id get_formview_action get_access_action
    get_empty_list_help view_header_get search_panel_select_range search_panel_select_multi_range
    get_field_translations get_property_definition get_properties_base_definition get_base_url
    get_filters get_param get_import_templates get_activity_data activity_format
    systray_get_activities autocomplete autocomplete_by_name autocomplete_by_vat action_get
    get_single_product_variant message_fetch get_rainbowman_message copy_data render_public_asset
    get_discuss_videocall_location get_template_tasks get_consumed_tours message_format
    check_synchronization_status get_default_duration
    retrieve_dashboard get_gantt_data get_unusual_days get_attendee_detail lazy_session_info
    """.split())

WRITES = frozenset("""
    create write unlink web_save web_save_multi web_override_translations copy name_create
    update_field_translations resequence web_resequence load set_param create_filter create_or_replace
    """.split())

# Called by the client for itself: views, rights, chatter, decoration. A person did none of these.
CLIENTS_OWN = frozenset("""
    onchange get_views get_view load_views fields_view_get fields_get default_get has_group has_groups
    user_has_groups check_access_rights check_access_rule check_access has_access action_get
    check_field_access_rights get_empty_list_help view_header_get get_filters get_formview_id
    get_formview_action get_properties_base_definition get_property_definition get_import_templates
    search_panel_select_range search_panel_select_multi_range read_progress_bar web_read_progress_bar
    name_get systray_get_activities get_activity_data activity_format message_fetch mark_all_as_read
    init_odoobot autocomplete autocomplete_by_name autocomplete_by_vat enrich_company
    iap_enrich_auto get_single_product_variant get_rainbowman_message render_public_asset
    lazy_session_info get_discuss_videocall_location get_template_tasks get_consumed_tours
    message_format action_close_dialog check_synchronization_status get_default_duration
    get_unusual_days retrieve_dashboard channel_fetched channel_seen channel_fold
    set_res_users_settings get_attendee_detail check_calendar_credentials
    has_valid_mailing_credentials get_mention_suggestions get_partner_suggestions im_search
    """.split())

# Reads of one model alone: elsewhere a method of this name may do anything. What a till loads when it opens
# (15-19 `addons/point_of_sale/models/{pos_session,pos_order}.py`).
READS_OF_MODEL = frozenset(
    {
        ("pos.session", "load_data"),
        ("pos.session", "load_data_params"),
        ("pos.session", "load_pos_data"),
        ("pos.session", "filter_local_data"),
        ("pos.order", "read_pos_orders"),
        ("pos.order", "read_pos_data_uuid"),
    }
)

# Actions of every model, which make nothing and read no default.
ARCHIVING = frozenset({"action_archive", "action_unarchive", "toggle_active"})

NAME_SEARCHES = frozenset({"name_search", "web_name_search"})
SEARCHES = frozenset(
    {
        "search",
        "search_read",
        "search_count",
        "web_search_read",
        "unity_web_search_read",
        "search_fetch",
    }
)
GROUPINGS = frozenset(
    {"read_group", "web_read_group", "formatted_read_group", "formatted_read_grouping_sets"}
)
PAGE_OPENERS = frozenset(
    {"get_views", "load_views", "fields_view_get", "get_formview_id", "get_formview_action"}
)
RECORD_READS = frozenset({"read", "web_read", "unity_read"})
CREATES = frozenset({"create", "web_save", "name_create", "copy"})
"""Methods that may answer with the id of a new record (`web_save` only without an id)."""

# Fields that need the HTTP session of a browser: over /jsonrpc, reading them is refused (Odoo 18 and 19,
# "Cannot convert res.device.is_current to SQL because it is not stored"). They show by what they link to:
# a model that knows of the request it is asked in.
SESSION_BOUND = frozenset({("res.users", "device_ids")})
SESSION_MODELS = frozenset({"res.device", "res.device.log"})

IMPORT_MODEL = "base_import.import"
"""The dialog that imports a file: all but the import itself is the client's own."""
IMPORT_METHODS = frozenset({"do", "execute_import"})

# Records that the client reads beside the one the person looks at.
SIDE_MODELS = (
    "mail.message",
    "mail.followers",
    "mail.activity",
    "mail.notification",
    "mail.thread",
    "mail.channel",
    "mail.guest",
    "mail.link.preview",
    "discuss.",
    "bus.",
    "ir.attachment",
    "ir.exports",
    "ir.filters",
    "ir.ui.",
    "calendar.filters",
    "ir.http",
    "ir.qweb",
    "res.users.settings",
    "web_tour.",
    "web_editor.",
    "onboarding.",
    "properties.base.definition",
    "iap.",
)


def changes(method: str, model: str = "") -> bool:
    """Whether running it may change something: all but the closed lists of reads."""
    return method not in READS and (model, method) not in READS_OF_MODEL


@lru_cache(maxsize=1024)
def is_side_model(model: str) -> bool:
    """Whether a model is one that the client reads beside the record on screen (chatter, filters, …)."""
    return any(
        model == side or (side.endswith(".") and model.startswith(side)) for side in SIDE_MODELS
    )
