<?php

/**
 * Read partner and update partner, as Odoo 19's web client did it, through /jsonrpc.
 *
 * Captured in odoo19-chrome-edit_partner.har, calls 3 and 9 (entries 20 and 31), as user 2 on
 * http://127.0.0.1:18019.
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

/** The given values. Null is left out: Odoo's own default applies. */
function given(array $values): array|object
{
    $given = array_filter($values, fn (mixed $value): bool => $value !== null);
    return array_is_list($given) ? (object) $given : $given; // without members, too, a {} and no []
}

/** The commands whose records were given; null (Odoo's own default) without any. */
function x2many(array ...$commands): ?array
{
    $isGiven = fn (array $command): bool => !in_array(null, $command, true);
    return array_values(array_filter($commands, $isGiven)) ?: null;
}

/** The given values of an update. Raises an error if there are none. */
function atLeastOne(array $values): array|object
{
    if (!anyGiven(...array_values($values))) {
        throw new OdooError('nothing to change: give at least one value');
    }
    return given($values);
}

/** Whether any value is given. A step without values is skipped. */
function anyGiven(mixed ...$values): bool
{
    return array_filter($values, fn (mixed $value): bool => $value !== null) !== [];
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicate_bank_partner_ids, category_id, child_ids and bank_ids as bare ids, same_vat_partner_id,
// same_company_registry_partner_id and parent_id named without the client's context.
// Left out: image_1920 and avatar_128 (images or files; the client asked for the size only).
/**
 * Read a partner.
 *
 * @param int $partner_id Partner (required): id of a res.partner (15 was Azure Interior)
 * @return list<\stdClass>
 */
function readPartner($partner_id): mixed
{
    return executeKw('res.partner', 'read', [[$partner_id]], [
        'fields' => [
            'same_vat_partner_id',
            'vat_label',
            'same_company_registry_partner_id',
            'company_registry_label',
            'duplicate_bank_partner_ids',
            'opportunity_count',
            'sale_order_count',
            'currency_id',
            'total_invoiced',
            'supplier_invoice_count',
            'meeting_count',
            'task_count',
            'payment_token_count',
            'write_date',
            'company_type',
            'name',
            'is_blacklisted',
            'email',
            'phone_blacklisted',
            'phone',
            'phone_sanitized',
            'parent_id',
            'company_name',
            'type_address_label',
            'street',
            'street2',
            'city',
            'state_id',
            'zip',
            'country_id',
            'function',
            'partner_vat_placeholder',
            'vat',
            'website',
            'lang',
            'category_id',
            'properties',
            'child_ids',
            'user_id',
            'property_payment_term_id',
            'property_inbound_payment_method_line_id',
            'property_supplier_payment_term_id',
            'property_outbound_payment_method_line_id',
            'property_account_position_id',
            'company_registry_placeholder',
            'partner_company_registry_placeholder',
            'company_registry',
            'ref',
            'company_id',
            'industry_id',
            'global_location_number',
            'bank_ids',
            'ignore_abnormal_invoice_amount',
            'ignore_abnormal_invoice_date',
            'invoice_sending_method',
            'invoice_edi_format',
            'invoice_template_pdf_report_id',
            'available_peppol_eas',
            'peppol_eas',
            'peppol_endpoint',
            'credit',
            'days_sales_outstanding',
            'use_partner_credit_limit',
            'credit_limit',
            'comment',
            'active',
            'is_company',
            'type',
            'user_ids',
            'active_lang_count',
            'properties_base_definition_id',
            'display_invoice_edi_format',
            'available_invoice_template_pdf_report_ids',
            'display_invoice_template_pdf_report_id',
            'show_credit_limit',
            'display_name',
        ],
        'context' => CONTEXT,
    ]);
}

// web_save -> write: returns True and does not read the record back.
/**
 * Change a partner; returns True.
 *
 * @param int $partner_id Partner (required): id of a res.partner (15 was Azure Interior)
 * @param string|null $phone Phone
 * @param int|null $category_id Tags: id of a res.partner.category (2 was Prospects)
 */
function updatePartner($partner_id, $phone = null, $category_id = null): mixed
{
    return executeKw(
        'res.partner',
        'write',
        [
            [$partner_id],
            atLeastOne(['phone' => $phone, 'category_id' => x2many([4, $category_id])]),
        ],
        ['context' => CONTEXT],
    );
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (update partner): run it with --write');
    }
    $partners = readPartner(15);
    updatePartner(15, phone: '+1 555 0199', category_id: 2);
    return $partners;
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
