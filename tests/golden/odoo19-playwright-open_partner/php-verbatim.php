<?php

/**
 * Web search read partner and web read partner, as Odoo 19's web client did it, through /jsonrpc.
 *
 * Captured in odoo19-playwright-open_partner.zip, calls 3 and 6 (entries 20 and 74), as user 2 on
 * http://127.0.0.1:18019.
 *
 *     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
 *     php odoo_calls.php
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
const CONTEXT = ['lang' => 'en_US', 'tz' => 'UTC', 'allowed_company_ids' => [1]];
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

/** res.partner.web_search_read, exactly as the web client called it. */
function webSearchReadPartner(): mixed
{
    return executeKw('res.partner', 'web_search_read', [], [
        'specification' => [
            'avatar_128' => new \stdClass(),
            'write_date' => new \stdClass(),
            'complete_name' => new \stdClass(),
            'vat' => new \stdClass(),
            'invoice_sending_method' => new \stdClass(),
            'invoice_edi_format' => new \stdClass(),
            'email' => new \stdClass(),
            'phone' => new \stdClass(),
            'user_id' => ['fields' => ['display_name' => new \stdClass()]],
            'activity_ids' => ['fields' => new \stdClass()],
            'activity_exception_decoration' => new \stdClass(),
            'activity_exception_icon' => new \stdClass(),
            'activity_state' => new \stdClass(),
            'activity_summary' => new \stdClass(),
            'activity_type_icon' => new \stdClass(),
            'activity_type_id' => ['fields' => ['display_name' => new \stdClass()]],
            'street' => new \stdClass(),
            'city' => new \stdClass(),
            'state_id' => ['fields' => ['display_name' => new \stdClass()]],
            'country_id' => ['fields' => ['display_name' => new \stdClass()]],
            'application_statistics' => new \stdClass(),
            'category_id' => [
                'fields' => ['display_name' => new \stdClass(), 'color' => new \stdClass()],
            ],
            'company_id' => ['fields' => ['display_name' => new \stdClass()]],
            'properties' => new \stdClass(),
            'properties_base_definition_id' => ['fields' => ['display_name' => new \stdClass()]],
        ],
        'offset' => 0,
        'order' => '',
        'limit' => 80,
        'count_limit' => 10001,
        'domain' => [],
        'context' => [...CONTEXT, 'bin_size' => true, 'default_is_company' => true],
    ]);
}

/**
 * res.partner.web_read, exactly as the web client called it.
 *
 * @return list<\stdClass>
 */
function webReadPartner(): mixed
{
    return executeKw('res.partner', 'web_read', [[15]], [
        'specification' => [
            'same_vat_partner_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['show_address' => false, 'show_vat' => false],
            ],
            'vat_label' => new \stdClass(),
            'same_company_registry_partner_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['show_address' => false, 'show_vat' => false],
            ],
            'company_registry_label' => new \stdClass(),
            'duplicate_bank_partner_ids' => ['fields' => ['display_name' => new \stdClass()]],
            'opportunity_count' => new \stdClass(),
            'sale_order_count' => new \stdClass(),
            'currency_id' => ['fields' => new \stdClass()],
            'total_invoiced' => new \stdClass(),
            'supplier_invoice_count' => new \stdClass(),
            'meeting_count' => new \stdClass(),
            'task_count' => new \stdClass(),
            'payment_token_count' => new \stdClass(),
            'image_1920' => new \stdClass(),
            'write_date' => new \stdClass(),
            'avatar_128' => new \stdClass(),
            'company_type' => new \stdClass(),
            'name' => new \stdClass(),
            'is_blacklisted' => new \stdClass(),
            'email' => new \stdClass(),
            'phone_blacklisted' => new \stdClass(),
            'phone' => new \stdClass(),
            'phone_sanitized' => new \stdClass(),
            'parent_id' => [
                'fields' => ['display_name' => new \stdClass()],
                'context' => ['default_is_company' => true, 'show_address' => false],
            ],
            'company_name' => new \stdClass(),
            'type_address_label' => new \stdClass(),
            'street' => new \stdClass(),
            'street2' => new \stdClass(),
            'city' => new \stdClass(),
            'state_id' => ['fields' => ['display_name' => new \stdClass()]],
            'zip' => new \stdClass(),
            'country_id' => ['fields' => ['display_name' => new \stdClass()]],
            'function' => new \stdClass(),
            'partner_vat_placeholder' => new \stdClass(),
            'vat' => new \stdClass(),
            'website' => new \stdClass(),
            'lang' => new \stdClass(),
            'category_id' => [
                'fields' => ['display_name' => new \stdClass(), 'color' => new \stdClass()],
            ],
            'properties' => new \stdClass(),
            'child_ids' => [
                'fields' => [
                    'color' => new \stdClass(),
                    'type' => new \stdClass(),
                    'is_company' => new \stdClass(),
                    'avatar_128' => new \stdClass(),
                    'write_date' => new \stdClass(),
                    'name' => new \stdClass(),
                    'email' => new \stdClass(),
                    'phone' => new \stdClass(),
                    'function' => new \stdClass(),
                    'city' => new \stdClass(),
                    'country_id' => ['fields' => ['display_name' => new \stdClass()]],
                    'image_1920' => new \stdClass(),
                    'type_address_label' => new \stdClass(),
                    'street' => new \stdClass(),
                    'street2' => new \stdClass(),
                    'state_id' => ['fields' => new \stdClass()],
                    'zip' => new \stdClass(),
                    'company_id' => ['fields' => new \stdClass()],
                    'global_location_number' => new \stdClass(),
                    'fiscal_country_codes' => new \stdClass(),
                    'comment' => new \stdClass(),
                    'lang' => new \stdClass(),
                    'user_ids' => new \stdClass(),
                ],
                'limit' => 40,
            ],
            'user_id' => ['fields' => ['display_name' => new \stdClass()]],
            'property_payment_term_id' => ['fields' => ['display_name' => new \stdClass()]],
            'property_inbound_payment_method_line_id' => [
                'fields' => ['display_name' => new \stdClass()],
            ],
            'property_supplier_payment_term_id' => [
                'fields' => ['display_name' => new \stdClass()],
            ],
            'property_outbound_payment_method_line_id' => [
                'fields' => ['display_name' => new \stdClass()],
            ],
            'property_account_position_id' => ['fields' => ['display_name' => new \stdClass()]],
            'company_registry_placeholder' => new \stdClass(),
            'partner_company_registry_placeholder' => new \stdClass(),
            'company_registry' => new \stdClass(),
            'ref' => new \stdClass(),
            'company_id' => ['fields' => ['display_name' => new \stdClass()]],
            'industry_id' => ['fields' => ['display_name' => new \stdClass()]],
            'global_location_number' => new \stdClass(),
            'bank_ids' => [
                'fields' => [
                    'display_name' => new \stdClass(),
                    'color' => new \stdClass(),
                    'allow_out_payment' => new \stdClass(),
                ],
            ],
            'ignore_abnormal_invoice_amount' => new \stdClass(),
            'ignore_abnormal_invoice_date' => new \stdClass(),
            'invoice_sending_method' => new \stdClass(),
            'invoice_edi_format' => new \stdClass(),
            'invoice_template_pdf_report_id' => ['fields' => ['display_name' => new \stdClass()]],
            'available_peppol_eas' => new \stdClass(),
            'peppol_eas' => new \stdClass(),
            'peppol_endpoint' => new \stdClass(),
            'credit' => new \stdClass(),
            'days_sales_outstanding' => new \stdClass(),
            'use_partner_credit_limit' => new \stdClass(),
            'credit_limit' => new \stdClass(),
            'comment' => new \stdClass(),
            'active' => new \stdClass(),
            'is_company' => new \stdClass(),
            'type' => new \stdClass(),
            'user_ids' => new \stdClass(),
            'active_lang_count' => new \stdClass(),
            'properties_base_definition_id' => ['fields' => ['display_name' => new \stdClass()]],
            'display_invoice_edi_format' => new \stdClass(),
            'available_invoice_template_pdf_report_ids' => new \stdClass(),
            'display_invoice_template_pdf_report_id' => new \stdClass(),
            'show_credit_limit' => new \stdClass(),
            'display_name' => new \stdClass(),
        ],
        'context' => [...CONTEXT, 'bin_size' => true, 'default_is_company' => true],
    ]);
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    $result = webSearchReadPartner();
    $partners = webReadPartner();
    return ['result' => $result, 'partners' => $partners];
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
