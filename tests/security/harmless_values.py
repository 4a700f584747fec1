"""Fields of Odoo's own modules, 14 and 19, and texts that look like secrets and are none: nothing may mask them."""

from __future__ import annotations

from typing import Any

FIELDS = (
    """account_code account_codes_formula account_default_credit_limit account_has_hashed_entries
    account_holder_code account_use_credit_limit add_sign adyen_api_url_prefix adyen_skin_code
    allow_tokenization api_key_ids asiapay_secure_hash_function assign assign_date assignation_lines
    assigned_grade_id assigned_partner_id assignment_auto_enabled assignment_domain assignment_domain_preferred
    assignment_enabled assignment_max assignment_optout attendance_barcode_source auth_endpoint auth_method
    auth_msg auth_oauth_google_client_id auth_oauth_google_enabled auth_passkey_key_ids
    auth_signup_template_user_id auth_signup_uninvited auth_totp_policy author author_avatar author_guest_id
    author_id author_moderation author_name author_partner authorize_implemented authorize_login
    authorize_profile authorized_amount authorized_group_id authorized_transaction_ids avatar_cache_key
    bank_account_code_prefix bank_code barcode barcode_nomenclature_id barcode_separator
    block_assignment_during_call branch_code cache_key_expr callback_hash cash_account_code_prefix
    chains_to_hash_with_gaps code code_diff code_digits code_enabled_rule_ids code_exec code_hr code_mapping_ids
    code_prefix_end code_prefix_start code_promo_program_id code_store code_tax_scheme code_type code_untdid
    company_country_code company_country_group_codes company_fiscal_country_code compute_code country_code
    country_group_codes country_proxy_keys coupon_code cpv_code_id credential_identifier credit
    credit_account_id credit_amount_currency credit_currency_id credit_limit credit_move_id credit_to_invoice
    crm_auto_assignment_action crm_use_auto_assignment current_code current_session_id current_session_state
    custom_code_footer custom_code_head cycle_number date_assign date_partner_assign default_code delay_pass
    department_assignable destination_country_code direction_sign discount_allocation_key display_assign_serial
    display_code display_force_hash display_link_qr_code display_mapping_tab display_no_auth_buttons
    display_qr_code display_toppings doc_code_prefix domain_punycode email_add_signature embed_code
    embed_code_external encode_uom_in_days epd_key equipment_assign_to error_code estimated_shipping_volume
    estimated_shipping_weight external_code fapiao fiscal_country_codes fiscal_country_group_codes
    flutterwave_public_key force_assignment force_hash formula_decoded_info gelato_shipping_service_type
    google_calendar_token_validity group_stock_sign_delivery grouping grouping_key gst_format_shipping_bill_date
    has_active_session has_authorized_transaction_ids has_insufficient_credit has_unhashed_entries hash_date
    hide_qr_code_method hs_code hsn_code iap_page_code iface_vkeyboard inalterable_hash is_assigned_to_admin
    is_encode_uom_days is_pinned is_session_answer is_signed iso_code iyzico_key_id key key_certificate
    key_download key_signature keyboard_id keys l10n_ar_afip_code l10n_ar_code l10n_ar_tribute_afip_code
    l10n_ar_vat_afip_code l10n_bg_credit_notes l10n_br_ie_code l10n_br_im_code l10n_br_isuf_code
    l10n_br_nire_code l10n_cl_currency_code l10n_cl_customs_code l10n_cl_sbif_code l10n_cl_sii_code
    l10n_co_document_code l10n_de_datev_code l10n_ec_code_applied l10n_ec_code_ats l10n_ec_code_base
    l10n_ee_kmd_inf_code l10n_eg_eta_code l10n_eg_is_signed l10n_eg_qr_code l10n_eg_signing_time
    l10n_eg_unit_code_id l10n_es_edi_facturae_uom_code l10n_es_edi_verifactu_qr_code l10n_fr_hash
    l10n_fr_string_to_hash l10n_hr_business_unit_code l10n_hu_edi_code l10n_hu_edi_transaction_code
    l10n_hu_product_code l10n_hu_product_code_type l10n_id_product_code l10n_id_uom_code l10n_in_code
    l10n_in_company_country_code l10n_in_edi_token_validity l10n_in_ewaybill_auth_validity l10n_in_hsn_code
    l10n_in_hsn_code_digit l10n_in_shipping_bill_date l10n_in_shipping_bill_number l10n_in_shipping_gstin
    l10n_in_shipping_port_code_id l10n_in_uom_code l10n_ke_cu_qrcode l10n_ke_item_code_id l10n_lt_tax_code
    l10n_mx_edi_code l10n_no_standard_code l10n_pe_code l10n_pe_edi_code l10n_pe_edi_tax_code l10n_pe_vat_code
    l10n_pl_edi_session_id l10n_pl_edi_session_iv l10n_pt_taxonomy_code l10n_sa_api_mode
    l10n_sa_exemption_reason_code l10n_sa_invoice_qr_code_str l10n_sa_invoice_signature
    l10n_sa_latest_submission_hash l10n_sa_private_key_id l10n_sa_qr_code_str l10n_tr_exemption_code_id
    l10n_tr_shipping_type l10n_tr_vehicle_plate l10n_tw_edi_love_code l10n_uy_dgi_code
    l10n_vn_edi_reservation_code l10n_vn_edi_token_expiry lang_code last_order_hash last_session_closing_cash
    last_session_closing_cashbox last_session_closing_date link_code_ids link_qr_code
    livechat_ongoing_session_count matched_credit_ids max_hash_date max_sessions max_sessions_mode
    mer_signed_xml_archived mercado_pago_public_key module_auth_ldap module_auth_oauth module_event_barcode
    module_pos_pine_labs module_stock_barcode module_stock_dropshipping move_to_hash_ids
    myinvois_error_document_hash next_assignation_date no_code_promo_program_ids not_hashable_unlocked_move_ids
    notify_author notify_author_mention number_of_rescue_session oauth_provider_id oauth_uid
    ongoing_session_count open_session_ids opening_credit order_deadline_passed partner_assigned_id
    partner_credit_warning partner_mapping_line_ids partner_shipping_id passport_expiration_date passport_id
    payment_credit_account_id payment_method_authcode payment_method_code payment_token_count payment_token_id
    payment_token_ids paymob_public_key paypal_access_token_expiry phone_code picking_code picking_type_code
    picking_type_code_domain pine_labs_allowed_payment_mode pine_labs_client pine_labs_merchant pine_labs_store
    pine_labs_test_mode pinned_at pinned_message_ids placeholder_code portal_confirmation_sign
    pos_amount_authorized_diff pos_has_active_session pos_session_duration pos_session_id pos_session_ids
    pos_session_state pos_session_username pos_sessions_open_count private_key_id product_code promo_barcode
    promo_code promo_code_usage provider_code public_key public_key_id push_to_talk_key qr_code qr_code_method
    qrcode razorpay_access_token_expiry razorpay_key_id recaptcha_public_key records_to_recycle_count
    redsys_merchant_code remaining_session_capacity require_signature restrict_mode_hash_table
    reveal_iap_credits reward_identifier_code rtc_inviting_session_id rtc_session_ids rule_auth
    rule_auth_badge_ids rule_auth_user_ids selected_payment_method_codes sequence_code session
    session_answer_count session_available session_code session_count session_country_id session_duration_hour
    session_expertise_ids session_expertises session_id session_identifier session_ids session_link
    session_livechat_channel_id session_move_id session_outcome session_question_answer_count
    session_question_id session_question_start_time session_show_leaderboard session_speed_rating
    session_start_hour session_start_time session_state session_week_day sgc_designation shipper_package_code
    show_code_history show_credit_limit sign_count signature signed_by signed_on signup_expiration signup_type
    signup_url signup_valid sips_key_version sms_has_insufficient_credit smtp_authentication
    smtp_authentication_info state_code statistics_for_current_session string_to_hash sub_type_code
    suitable_payment_token_ids support_tokenization supports_shipping_insurance survey_session_speed_rating
    survey_users_can_signup tax_country_code term_key ticket_code time_cycle_manual timesheet_encode_method
    timesheet_encode_uom_id token_id token_inline_form_view_id token_sync_version tokenize totp_enabled
    totp_trusted_device_ids transfer_account_code_prefix turnstile_site_key ubl_cii_tax_category_code
    unassign_equipment unpin_dt url_code use_barcode use_event_barcode use_google_maps_static_api
    use_partner_credit_limit users_can_signup variants_default_code visitor_sessions_count viva_com_session_id
    website_default_lang_code website_form_key website_meta_keywords workplace_code xendit_public_key zip_code
    zipcode""".split()
)

VALUES: tuple[Any, ...] = (
    "POS/2026/00012",
    "S00042",
    "https://odoo.example/web#id=7&model=res.partner&view_type=form",
    "https://odoo.example/odoo/contacts/7?debug=1",
    "https://maps.example/?q=Grand+Place&z=12",
    "https://x.example/a?utm_source=mail&ref=token",
    "mailto:info@odoo.example?subject=Your%20password",
    "info@odoo.example",
    "Anna Example <anna@odoo.example>",
    "Please reset your password: the link is in your mail.",
    "Token ring, secret santa, a pin board and keys for the car.",
    "<p>Dear Anna,<br/>your session begins at 12:30.</p>",
    "{{ object.partner_id.access_token }}",
    "https://odoo.example/my?access_token={{ object.access_token }}",
    "${object.signup_token}",
    "[('state', '=', 'sale'), ('partner_id.country_id.code', 'in', ['BE', 'NL'])]",
    "{'default_type': 'out_invoice', 'search_default_token_count': 1}",
    '{"state": "draft", "session_id": 7}',
    "self.env['ir.config_parameter'].sudo().get_param('web.base.url')",
    "BE0477472701",
    "BE71 0961 2345 6769",
    "+32 2 555 01 02",
    "2026-11-29 19:30:00",
    "7fc56270e7a70fa81a5935b72eacbe29",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ",
    "account.move,42",
    "name asc, access_token desc",
    "sale.order.line",
    "website.homepage",
    "Password: 8-20 characters, required",
    "The password policy is: strict7. Your password is expired.",
    "password = get_password() or token = record.access_token",
    "<table><tr><th>Password</th><th>Email</th></tr></table>",
    "<label>Password</label> <a href='/web/reset_password'>Forgot?</a> <button>Login2</button>",
    "<field name='password' invisible='1'/><field name='street2'/>",
    "<password_reset>1</password_reset>",
    "We ship - as a pass-through - on 2026-01-02; secret-free: yes2; keys -k 7",
    'The field "password" is required; a "token" is 8 characters; choose "login2" or "key_2".',
    "Log in with your password - or reset it at https://odoo.example/web/reset_password",
    "| Password | Email | Login2 |",
    "form.setTokenCount(7), form.login(user)",
    "Token expires: 2026-01-01 12:30",
    "/my/orders/7 and /my/orders/page/2, /survey/results/customer-satisfaction-12, /knowledge/article/12",
    "/appointment/tooth-cleaning-3/info, /calendar/view_event/my-long-event-name-2026-12, /documents/readme.pdf",
    "docker run -u 1000:1000 -a stdin image",
    "U28gbWFueSB3b3JkcyBhbmQgbm8gc2VjcmV0IGF0IGFsbC4h",
)
