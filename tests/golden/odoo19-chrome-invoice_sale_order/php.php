<?php

/**
 * Read sale order and create invoices for sale order and read invoice, as Odoo 19's web client did
 * it, through /jsonrpc.
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

/** The value at these keys of an answer; in a list a key is an index, from 0. */
function at(mixed $answer, int|string ...$keys): mixed
{
    foreach ($keys as $key) {
        $answer = is_object($answer) ? get_object_vars($answer) : $answer;
        if (!is_array($answer) || !array_key_exists($key, $answer)) {
            throw new OdooError("$key is missing");
        }
        $answer = $answer[$key];
    }
    return $answer;
}

/** Return the action if it opens a single record; raise an error otherwise. */
function opened(mixed $action): object
{
    if (!is_object($action) || !($action->res_id ?? false)) {
        throw new OdooError('the action does not open a single record; see in Odoo what it lists');
    }
    return $action;
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's own order,
// partner_id, team_id, project_id and opportunity_id named without the client's context.
// Left out: signature (an image or file; the client asked for the size only).
/**
 * Read a sale order.
 *
 * @param int $order_id Sale Order (required): id of a sale.order (23 was S00023)
 * @return list<\stdClass>
 */
function readSaleOrder($order_id): mixed
{
    return executeKw('sale.order', 'read', [[$order_id]], [
        'fields' => [
            'state',
            'sale_warning_text',
            'partner_credit_warning',
            'duplicated_order_ids',
            'project_count',
            'tasks_count',
            'milestone_count',
            'invoice_count',
            'name',
            'partner_id',
            'sale_order_template_id',
            'validity_date',
            'date_order',
            'currency_id',
            'pricelist_id',
            'payment_term_id',
            'order_line',
            'note',
            'tax_totals',
            'quotation_document_ids',
            'customizable_pdf_form_fields',
            'user_id',
            'team_id',
            'company_id',
            'require_signature',
            'require_payment',
            'prepayment_percent',
            'reference',
            'client_order_ref',
            'tag_ids',
            'show_update_fpos',
            'fiscal_position_id',
            'preferred_payment_method_line_id',
            'partner_invoice_id',
            'project_id',
            'journal_id',
            'invoice_status',
            'commitment_date',
            'expected_date',
            'origin',
            'opportunity_id',
            'campaign_id',
            'medium_id',
            'source_id',
            'signed_by',
            'signed_on',
            'write_date',
            'has_authorized_transaction_ids',
            'locked',
            'has_archived_products',
            'show_project_button',
            'project_ids',
            'is_product_milestone',
            'company_price_include',
            'is_pdf_quote_builder_available',
            'display_name',
        ],
        'context' => CONTEXT,
    ]);
}

// web_save without an id -> create: returns the new record's id and does not read the record back.
// The user entered nothing. The form's 5 values were empty or defaults (sale_order_ids,
// consolidated_billing and advance_payment_method).
// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * Create invoices for a sale order, through the wizard sale.advance.payment.inv; returns what
 * its create_invoices returns.
 *
 * @param int $order_id Sale Order (required): id of a sale.order (23 was S00023)
 */
function createInvoicesForSaleOrder($order_id): mixed
{
    $wizard_id = executeKw('sale.advance.payment.inv', 'create', [new \stdClass()], [
        'context' => [
            ...CONTEXT,
            'active_model' => 'sale.order',
            'active_id' => $order_id,
            'active_ids' => [$order_id],
        ],
    ]);
    return executeKw('sale.advance.payment.inv', 'create_invoices', [[$wizard_id]], [
        'context' => [
            ...CONTEXT,
            'active_model' => 'sale.order',
            'active_id' => $order_id,
            'active_ids' => [$order_id],
        ],
    ]);
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicated_ref_ids and invoice_line_ids as bare ids, invoice_line_ids in its model's own order,
// partner_id, invoice_vendor_bill_id, partner_bank_id and team_id named without the client's
// context.
// Left out: invoice_payments_widget (an image or file; the client asked for the size only).
/**
 * Read an invoice.
 *
 * @param int $move_id Account Move (required): id of an account.move (57 was Draft Invoice
 *     (S00023))
 * @return list<\stdClass>
 */
function readInvoice($move_id): mixed
{
    return executeKw('account.move', 'read', [[$move_id]], [
        'fields' => [
            'authorized_transaction_ids',
            'state',
            'sale_warning_text',
            'alerts',
            'duplicated_ref_ids',
            'payment_count',
            'adjusting_entries_count',
            'adjusting_entry_origin_label',
            'adjusting_entry_origin_moves_count',
            'transaction_count',
            'sale_order_count',
            'id',
            'company_id',
            'journal_id',
            'show_name_warning',
            'posted_before',
            'move_type',
            'payment_state',
            'invoice_filter_type_domain',
            'suitable_journal_ids',
            'currency_id',
            'company_currency_id',
            'commercial_partner_id',
            'bank_partner_id',
            'display_qr_code',
            'show_reset_to_draft_button',
            'expected_currency_rate',
            'invoice_has_outstanding',
            'is_move_sent',
            'invoice_pdf_report_id',
            'need_cancel_request',
            'has_reconciled_entries',
            'restrict_mode_hash_table',
            'inalterable_hash',
            'country_code',
            'display_inactive_currency_warning',
            'statement_line_id',
            'statement_id',
            'origin_payment_id',
            'tax_country_id',
            'tax_calculation_rounding_method',
            'tax_cash_basis_created_move_ids',
            'quick_edit_mode',
            'hide_post_button',
            'quick_encoding_vals',
            'show_delivery_date',
            'is_being_sent',
            'show_update_fpos',
            'is_sale_installed',
            'highest_name',
            'name',
            'partner_id',
            'quick_edit_total_amount',
            'ref',
            'tax_cash_basis_origin_move_id',
            'invoice_vendor_bill_id',
            'invoice_date',
            'date',
            'payment_reference',
            'partner_bank_id',
            'invoice_date_due',
            'invoice_payment_term_id',
            'taxable_supply_date_placeholder',
            'taxable_supply_date',
            'delivery_date',
            'invoice_line_ids',
            'narration',
            'tax_totals',
            'amount_residual',
            'invoice_outstanding_credits_debits_widget',
            'user_id',
            'invoice_user_id',
            'team_id',
            'invoice_origin',
            'qr_code_method',
            'invoice_incoterm_placeholder',
            'invoice_incoterm_id',
            'incoterm_location',
            'fiscal_position_id',
            'preferred_payment_method_line_id',
            'invoice_source_email',
            'auto_post',
            'auto_post_until',
            'checked',
            'campaign_id',
            'medium_id',
            'source_id',
            'reversed_entry_id',
            'highlight_send_button',
            'display_send_button',
            'is_draft_duplicated_ref_ids',
            'adjusting_entries_move_ids',
            'adjusting_entry_origin_move_ids',
            'status_in_payment',
            'name_placeholder',
            'show_taxable_supply_date',
            'show_journal',
            'company_price_include',
            'display_name',
        ],
        'context' => CONTEXT,
    ]);
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (create invoices for sale order): run it with --write');
    }
    $sale_orders = readSaleOrder(23);
    $action = createInvoicesForSaleOrder(23);
    $account_moves = readInvoice(at(opened($action), 'res_id'));
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
