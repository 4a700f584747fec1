<?php

/**
 * Read sale order, as Odoo 19's web client did it, through /jsonrpc.
 *
 * Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19 and 31), as user 2 on
 * http://127.0.0.1:18019.
 *
 *     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
 *     php read_sale_order.php
 */

declare(strict_types=1);

namespace Odoo\ReadSaleOrder;

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

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's own order,
// partner_id, team_id, project_id and opportunity_id named without the client's context.
// Left out: signature (an image or file; the client asked for the size only).
// Not in this code: /report/download (odoo19-chrome-print_quotation.har#29) downloaded a report:
// sale.report_saleorder of 23; it needs a session of the web client (convert -t python-web); no
// method of the external API returns a report's file (since Odoo 14).
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
            'is_product_milestone',
            'project_ids',
            'company_price_include',
            'is_pdf_quote_builder_available',
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
    $sale_orders = readSaleOrder(23);
    return $sale_orders;
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
