<?php

/**
 * 4 calls to Odoo, as Odoo 19's web client did it, through /jsonrpc.
 *
 * Captured in odoo19-chrome-invoice_sale_order.har, calls 3, 7, 8 and 10 (entries 19, 30, 31 and
 * 33), as user 2 on http://127.0.0.1:18019.
 *
 *     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
 *     php odoo_calls.php --write
 */

declare(strict_types=1);

namespace Odoo\OdooCalls;

// Recorded values; environment variables of these names take precedence.
const CAPTURED = [
    'ODOO_URL' => 'http://127.0.0.1:18019',
    'ODOO_DB' => 'odoo19',
];
const CAPTURED_UID = 2; // for calls without ODOO_UID and ODOO_LOGIN

// The parts of the web client's context that also matter outside it.
const CONTEXT = ['lang' => 'en_US', 'tz' => 'Europe/Brussels', 'allowed_company_ids' => [1]];
const AS_JSON = JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION;

/** An error that Odoo returned; the message is Odoo's own. */
final class OdooError extends \RuntimeException
{
}

/** The environment variable of this name, or else its recorded value. */
function setting(string $name): string
{
    $value = (string) getenv($name);
    return $value === '' ? CAPTURED[$name] ?? '' : $value;
}

/** The address. Only this machine may use http: others could read the key. */
function server(): string
{
    $url = setting('ODOO_URL');
    $isPrivate = '~^(https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$))~D';
    if (!preg_match($isPrivate, $url) && getenv('ODOO_ALLOW_HTTP') !== '1') {
        throw new \RuntimeException("ODOO_URL=$url: not https; ODOO_ALLOW_HTTP=1 sends the key anyway");
    }
    return rtrim($url, '/');
}

/** Sends one JSON-RPC request; returns the result, or null if there is none. */
function call(string $service, string $method, mixed ...$args): mixed
{
    $params = ['service' => $service, 'method' => $method, 'args' => $args];
    $request = ['jsonrpc' => '2.0', 'method' => 'call', 'id' => 1, 'params' => $params];
    $curl = curl_init(server() . '/jsonrpc');
    curl_setopt_array($curl, [
        CURLOPT_POSTFIELDS => json_encode($request, AS_JSON),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
        CURLOPT_FOLLOWLOCATION => false, // following it could send the key to another server
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 60,
    ]);
    $body = curl_exec($curl);
    if ($body === false) {
        throw new \RuntimeException(setting('ODOO_URL') . ': ' . curl_error($curl));
    }
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($status !== 200) {
        throw new \RuntimeException(setting('ODOO_URL') . ": HTTP $status");
    }
    $answer = json_decode($body);
    if (!is_object($answer)) {
        $reason = json_last_error_msg();
        throw new \RuntimeException(setting('ODOO_URL') . ": not an Odoo response (JSON: $reason)");
    }
    if (isset($answer->error)) { // Odoo reports errors with HTTP 200
        $data = $answer->error->data ?? null;
        $message = $data->message ?? $answer->error->message ?? '';
        throw new OdooError(($data->name ?? '') . ": $message");
    }
    return $answer->result ?? null;
}

/** The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one. */
function userId(): int
{
    static $known = null;
    $login = setting('ODOO_LOGIN');
    if (setting('ODOO_UID') !== '' || $login === '') {
        return (int) (setting('ODOO_UID') ?: CAPTURED_UID);
    }
    $refused = "{$login} was refused; with two-factor login only an API key works";
    $known ??= call('common', 'login', setting('ODOO_DB'), $login, setting('ODOO_API_KEY'))
        ?: throw new \RuntimeException(setting('ODOO_URL') . ": $refused");
    return $known;
}

/** Calls a method; `$kwargs` are its arguments by name. */
function executeKw(
    string $model,
    string $method,
    array $args,
    array|object $kwargs = new \stdClass(),
): mixed {
    $identity = [setting('ODOO_DB'), userId(), setting('ODOO_API_KEY')]; // a password works, too
    return call('object', 'execute_kw', ...$identity, ...[$model, $method, $args, $kwargs]);
}

/**
 * sale.order.web_read, exactly as the web client called it.
 *
 * @return list<\stdClass>
 */
function webReadSaleOrder(): mixed
{
    return executeKw('sale.order', 'web_read', [[23]], [
        'specification' => [
            'state' => new \stdClass(),
            'sale_warning_text' => new \stdClass(),
            'partner_credit_warning' => new \stdClass(),
            'duplicated_order_ids' => ['fields' => ['display_name' => new \stdClass()]],
            'project_count' => new \stdClass(),
            'tasks_count' => new \stdClass(),
            'milestone_count' => new \stdClass(),
            'invoice_count' => new \stdClass(),
            'name' => new \stdClass(),
            'partner_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => [
                    'res_partner_search_mode' => 'customer',
                    'show_address' => 1,
                    'show_vat' => true,
                ],
            ],
            'sale_order_template_id' => ['fields' => ['display_name' => new \stdClass()]],
            'validity_date' => new \stdClass(),
            'date_order' => new \stdClass(),
            'currency_id' => ['fields' => new \stdClass()],
            'pricelist_id' => ['fields' => new \stdClass()],
            'payment_term_id' => ['fields' => ['display_name' => new \stdClass()]],
            'order_line' => [
                'fields' => [
                    'display_type' => new \stdClass(),
                    'product_custom_attribute_value_ids' => new \stdClass(),
                    'product_no_variant_attribute_value_ids' => new \stdClass(),
                    'technical_price_unit' => new \stdClass(),
                    'linked_line_id' => ['fields' => new \stdClass()],
                    'combo_item_id' => ['fields' => new \stdClass()],
                    'selected_combo_items' => new \stdClass(),
                    'virtual_id' => new \stdClass(),
                    'linked_virtual_id' => new \stdClass(),
                    'is_optional' => new \stdClass(),
                    'collapse_composition' => new \stdClass(),
                    'collapse_prices' => new \stdClass(),
                    'currency_id' => ['fields' => new \stdClass()],
                    'sequence' => new \stdClass(),
                    'product_id' => ['fields' => ['display_name' => new \stdClass()]],
                    'is_configurable_product' => new \stdClass(),
                    'product_type' => new \stdClass(),
                    'service_tracking' => new \stdClass(),
                    'product_template_attribute_value_ids' => ['fields' => new \stdClass()],
                    'translated_product_name' => new \stdClass(),
                    'product_template_id' => ['fields' => ['display_name' => new \stdClass()]],
                    'name' => new \stdClass(),
                    'product_uom_qty' => new \stdClass(),
                    'qty_delivered' => new \stdClass(),
                    'qty_invoiced' => new \stdClass(),
                    'customer_lead' => new \stdClass(),
                    'price_unit' => new \stdClass(),
                    'tax_ids' => [
                        'fields' => ['display_name' => new \stdClass()],
                        'context' => ['active_test' => true],
                    ],
                    'price_subtotal' => new \stdClass(),
                    'price_total' => new \stdClass(),
                    'product_document_ids' => new \stdClass(),
                    'sale_line_warn_msg' => new \stdClass(),
                    'is_product_archived' => new \stdClass(),
                    'state' => new \stdClass(),
                    'order_id' => ['fields' => new \stdClass()],
                    'company_id' => ['fields' => new \stdClass()],
                    'product_uom_id' => ['fields' => new \stdClass()],
                    'product_updatable' => new \stdClass(),
                    'is_downpayment' => new \stdClass(),
                    'invoice_status' => new \stdClass(),
                    'qty_delivered_method' => new \stdClass(),
                    'tax_country_id' => ['fields' => new \stdClass()],
                    'available_product_document_ids' => new \stdClass(),
                    'invoice_lines' => new \stdClass(),
                ],
                'limit' => 200,
                'order' => 'sequence ASC, id ASC',
            ],
            'note' => new \stdClass(),
            'tax_totals' => new \stdClass(),
            'quotation_document_ids' => new \stdClass(),
            'customizable_pdf_form_fields' => new \stdClass(),
            'user_id' => ['fields' => ['display_name' => new \stdClass()]],
            'team_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['kanban_view_ref' => 'sales_team.crm_team_view_kanban'],
            ],
            'company_id' => ['fields' => ['display_name' => new \stdClass()]],
            'require_signature' => new \stdClass(),
            'require_payment' => new \stdClass(),
            'prepayment_percent' => new \stdClass(),
            'reference' => new \stdClass(),
            'client_order_ref' => new \stdClass(),
            'tag_ids' => [
                'fields' => ['display_name' => new \stdClass(), 'color' => new \stdClass()],
            ],
            'show_update_fpos' => new \stdClass(),
            'fiscal_position_id' => ['fields' => ['display_name' => new \stdClass()]],
            'preferred_payment_method_line_id' => ['fields' => ['display_name' => new \stdClass()]],
            'partner_invoice_id' => ['fields' => new \stdClass()],
            'project_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['default_allow_billable' => true],
            ],
            'journal_id' => ['fields' => ['display_name' => new \stdClass()]],
            'invoice_status' => new \stdClass(),
            'commitment_date' => new \stdClass(),
            'expected_date' => new \stdClass(),
            'origin' => new \stdClass(),
            'opportunity_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['default_type' => 'opportunity'],
            ],
            'campaign_id' => ['fields' => ['display_name' => new \stdClass()]],
            'medium_id' => ['fields' => ['display_name' => new \stdClass()]],
            'source_id' => ['fields' => ['display_name' => new \stdClass()]],
            'signed_by' => new \stdClass(),
            'signed_on' => new \stdClass(),
            'signature' => new \stdClass(),
            'write_date' => new \stdClass(),
            'has_authorized_transaction_ids' => new \stdClass(),
            'locked' => new \stdClass(),
            'has_archived_products' => new \stdClass(),
            'show_project_button' => new \stdClass(),
            'project_ids' => new \stdClass(),
            'is_product_milestone' => new \stdClass(),
            'company_price_include' => new \stdClass(),
            'is_pdf_quote_builder_available' => new \stdClass(),
            'display_name' => new \stdClass(),
        ],
        'context' => [...CONTEXT, 'bin_size' => true],
    ]);
}

/** sale.advance.payment.inv.web_save, exactly as the web client called it. */
function webSaveInvoicingWizard(): mixed
{
    return executeKw(
        'sale.advance.payment.inv',
        'web_save',
        [
            [],
            [
                'sale_order_ids' => [[4, 23]],
                'consolidated_billing' => true,
                'advance_payment_method' => 'delivered',
                'fixed_amount' => 0,
                'amount' => 0,
            ],
        ],
        [
            'specification' => [
                'display_draft_invoice_warning' => new \stdClass(),
                'has_down_payments' => new \stdClass(),
                'sale_order_ids' => new \stdClass(),
                'count' => new \stdClass(),
                'consolidated_billing' => new \stdClass(),
                'advance_payment_method' => new \stdClass(),
                'company_id' => ['fields' => new \stdClass()],
                'currency_id' => ['fields' => new \stdClass()],
                'fixed_amount' => new \stdClass(),
                'amount' => new \stdClass(),
                'amount_invoiced' => new \stdClass(),
            ],
            'context' => [
                ...CONTEXT,
                'active_model' => 'sale.order',
                'active_id' => 23,
                'active_ids' => [23],
            ],
        ],
    );
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/** sale.advance.payment.inv.create_invoices, exactly as the web client called it. */
function createInvoicesInvoicingWizard(): mixed
{
    return executeKw('sale.advance.payment.inv', 'create_invoices', [[1]], [
        'context' => [
            ...CONTEXT,
            'active_model' => 'sale.order',
            'active_id' => 23,
            'active_ids' => [23],
        ],
    ]);
}

/**
 * account.move.web_read, exactly as the web client called it.
 *
 * @return list<\stdClass>
 */
function webReadAccountMove(): mixed
{
    return executeKw('account.move', 'web_read', [[57]], [
        'specification' => [
            'authorized_transaction_ids' => new \stdClass(),
            'state' => new \stdClass(),
            'sale_warning_text' => new \stdClass(),
            'alerts' => new \stdClass(),
            'duplicated_ref_ids' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['name_as_amount_total' => true],
            ],
            'payment_count' => new \stdClass(),
            'adjusting_entries_count' => new \stdClass(),
            'adjusting_entry_origin_label' => new \stdClass(),
            'adjusting_entry_origin_moves_count' => new \stdClass(),
            'transaction_count' => new \stdClass(),
            'sale_order_count' => new \stdClass(),
            'id' => new \stdClass(),
            'company_id' => ['fields' => ['display_name' => new \stdClass()]],
            'journal_id' => ['fields' => ['display_name' => new \stdClass()]],
            'show_name_warning' => new \stdClass(),
            'posted_before' => new \stdClass(),
            'move_type' => new \stdClass(),
            'payment_state' => new \stdClass(),
            'invoice_filter_type_domain' => new \stdClass(),
            'suitable_journal_ids' => new \stdClass(),
            'currency_id' => ['fields' => new \stdClass()],
            'company_currency_id' => ['fields' => new \stdClass()],
            'commercial_partner_id' => ['fields' => new \stdClass()],
            'bank_partner_id' => ['fields' => new \stdClass()],
            'display_qr_code' => new \stdClass(),
            'show_reset_to_draft_button' => new \stdClass(),
            'expected_currency_rate' => new \stdClass(),
            'invoice_has_outstanding' => new \stdClass(),
            'is_move_sent' => new \stdClass(),
            'invoice_pdf_report_id' => ['fields' => new \stdClass()],
            'need_cancel_request' => new \stdClass(),
            'has_reconciled_entries' => new \stdClass(),
            'restrict_mode_hash_table' => new \stdClass(),
            'inalterable_hash' => new \stdClass(),
            'country_code' => new \stdClass(),
            'display_inactive_currency_warning' => new \stdClass(),
            'statement_line_id' => ['fields' => new \stdClass()],
            'statement_id' => ['fields' => new \stdClass()],
            'origin_payment_id' => ['fields' => new \stdClass()],
            'tax_country_id' => ['fields' => new \stdClass()],
            'tax_calculation_rounding_method' => new \stdClass(),
            'tax_cash_basis_created_move_ids' => new \stdClass(),
            'quick_edit_mode' => new \stdClass(),
            'hide_post_button' => new \stdClass(),
            'quick_encoding_vals' => new \stdClass(),
            'show_delivery_date' => new \stdClass(),
            'is_being_sent' => new \stdClass(),
            'show_update_fpos' => new \stdClass(),
            'is_sale_installed' => new \stdClass(),
            'highest_name' => new \stdClass(),
            'name' => new \stdClass(),
            'partner_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => [
                    'res_partner_search_mode' => 'customer',
                    'show_address' => 1,
                    'default_is_company' => true,
                    'show_vat' => true,
                ],
            ],
            'quick_edit_total_amount' => new \stdClass(),
            'ref' => new \stdClass(),
            'tax_cash_basis_origin_move_id' => ['fields' => ['display_name' => new \stdClass()]],
            'invoice_vendor_bill_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['show_total_amount' => true],
            ],
            'invoice_date' => new \stdClass(),
            'date' => new \stdClass(),
            'payment_reference' => new \stdClass(),
            'partner_bank_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['display_account_trust' => true],
            ],
            'invoice_date_due' => new \stdClass(),
            'invoice_payment_term_id' => ['fields' => ['display_name' => new \stdClass()]],
            'taxable_supply_date_placeholder' => new \stdClass(),
            'taxable_supply_date' => new \stdClass(),
            'delivery_date' => new \stdClass(),
            'invoice_line_ids' => [
                'fields' => [
                    'sequence' => new \stdClass(),
                    'product_id' => ['fields' => ['display_name' => new \stdClass()]],
                    'name' => new \stdClass(),
                    'quantity' => new \stdClass(),
                    'product_uom_id' => ['fields' => new \stdClass()],
                    'price_unit' => new \stdClass(),
                    'discount' => new \stdClass(),
                    'tax_ids' => [
                        'fields' => ['display_name' => new \stdClass()],
                        'context' => ['active_test' => true],
                    ],
                    'deductible_amount' => new \stdClass(),
                    'price_subtotal' => new \stdClass(),
                    'price_total' => new \stdClass(),
                    'partner_id' => ['fields' => new \stdClass()],
                    'currency_id' => ['fields' => new \stdClass()],
                    'company_id' => ['fields' => new \stdClass()],
                    'company_currency_id' => ['fields' => new \stdClass()],
                    'display_type' => new \stdClass(),
                    'collapse_prices' => new \stdClass(),
                    'collapse_composition' => new \stdClass(),
                    'is_downpayment' => new \stdClass(),
                    'sale_line_warn_msg' => new \stdClass(),
                    'move_type' => new \stdClass(),
                    'allowed_uom_ids' => new \stdClass(),
                    'tax_calculation_rounding_method' => new \stdClass(),
                    'account_id' => ['fields' => new \stdClass()],
                ],
                'context' => [
                    'default_move_type' => 'out_invoice',
                    'default_display_type' => 'product',
                ],
                'limit' => 40,
                'order' => 'sequence ASC, id ASC',
            ],
            'narration' => new \stdClass(),
            'tax_totals' => new \stdClass(),
            'invoice_payments_widget' => new \stdClass(),
            'amount_residual' => new \stdClass(),
            'invoice_outstanding_credits_debits_widget' => new \stdClass(),
            'user_id' => ['fields' => new \stdClass()],
            'invoice_user_id' => ['fields' => ['display_name' => new \stdClass()]],
            'team_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['kanban_view_ref' => 'sales_team.crm_team_view_kanban'],
            ],
            'invoice_origin' => new \stdClass(),
            'qr_code_method' => new \stdClass(),
            'invoice_incoterm_placeholder' => new \stdClass(),
            'invoice_incoterm_id' => ['fields' => ['display_name' => new \stdClass()]],
            'incoterm_location' => new \stdClass(),
            'fiscal_position_id' => ['fields' => ['display_name' => new \stdClass()]],
            'preferred_payment_method_line_id' => ['fields' => ['display_name' => new \stdClass()]],
            'invoice_source_email' => new \stdClass(),
            'auto_post' => new \stdClass(),
            'auto_post_until' => new \stdClass(),
            'checked' => new \stdClass(),
            'campaign_id' => ['fields' => ['display_name' => new \stdClass()]],
            'medium_id' => ['fields' => ['display_name' => new \stdClass()]],
            'source_id' => ['fields' => ['display_name' => new \stdClass()]],
            'reversed_entry_id' => ['fields' => ['display_name' => new \stdClass()]],
            'highlight_send_button' => new \stdClass(),
            'display_send_button' => new \stdClass(),
            'is_draft_duplicated_ref_ids' => new \stdClass(),
            'adjusting_entries_move_ids' => new \stdClass(),
            'adjusting_entry_origin_move_ids' => new \stdClass(),
            'status_in_payment' => new \stdClass(),
            'name_placeholder' => new \stdClass(),
            'show_taxable_supply_date' => new \stdClass(),
            'show_journal' => new \stdClass(),
            'company_price_include' => new \stdClass(),
            'display_name' => new \stdClass(),
        ],
        'context' => [
            ...CONTEXT,
            'bin_size' => true,
            'active_model' => 'sale.advance.payment.inv',
            'active_id' => 1,
            'active_ids' => [1],
            'default_move_type' => 'out_invoice',
            'default_partner_id' => 15,
            'default_partner_shipping_id' => 15,
            'default_invoice_payment_term_id' => 6,
        ],
    ]);
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (web save invoicing wizard, and 1 more): run it with --write');
    }
    $sale_orders = webReadSaleOrder();
    webSaveInvoicingWizard();
    createInvoicesInvoicingWizard();
    $account_moves = webReadAccountMove();
    return ['sale_orders' => $sale_orders, 'account_moves' => $account_moves];
}

// When required by other code, it only defines functions; when run, it repeats the recorded calls.
if (PHP_SAPI === 'cli' && get_included_files()[0] === __FILE__) {
    try {
        $layout = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
        echo json_encode(main(), AS_JSON | $layout), "\n";
    } catch (\Throwable $error) {
        fwrite(STDERR, ($error instanceof OdooError ? 'OdooError: ' : '') . $error->getMessage() . "\n");
        exit(1);
    }
}
