<?php

/**
 * 5 calls to Odoo, as Odoo 14's web client did it, through /jsonrpc.
 *
 * Captured in odoo14-chrome-quotation_for_new_contact.har, calls 3, 17, 32, 54 and 1 more (entries
 * 19, 36, 58, 82 and 1 more), as user 2 on http://127.0.0.1:18014.
 *
 *     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
 *     php odoo_calls.php --write
 */

declare(strict_types=1);

namespace Odoo\OdooCalls;

// Recorded values; environment variables of these names take precedence.
const CAPTURED = [
    'ODOO_URL' => 'http://127.0.0.1:18014',
    'ODOO_DB' => 'odoo14',
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

/**
 * res.partner.search_read, exactly as the web client called it.
 *
 * @return list<\stdClass>
 */
function searchReadPartner(): mixed
{
    return executeKw('res.partner', 'search_read', [], [
        'domain' => [],
        'fields' => [
            'display_name',
            'function',
            'phone',
            'email',
            'user_id',
            'activity_ids',
            'activity_exception_decoration',
            'activity_exception_icon',
            'activity_state',
            'activity_summary',
            'activity_type_id',
            'activity_type_icon',
            'city',
            'state_id',
            'country_id',
            'vat',
            'category_id',
            'company_id',
            'is_company',
            'parent_id',
            'active',
        ],
        'limit' => 80,
        'order' => '',
        'context' => [
            ...CONTEXT,
            'params' => [
                'action' => 'contacts.action_contacts',
                'cids' => 1,
                'model' => 'res.partner',
                'view_type' => 'list',
            ],
            'default_is_company' => true,
            'bin_size' => true,
        ],
    ]);
}

/**
 * res.partner.create, exactly as the web client called it.
 *
 * @return int
 */
function createPartner(): mixed
{
    return executeKw(
        'res.partner',
        'create',
        [
            [
                'partner_gid' => 0,
                'additional_info' => false,
                'image_1920' => false,
                '__last_update' => false,
                'is_company' => true,
                'active' => true,
                'company_type' => 'company',
                'name' => 'Marta Nowak',
                'parent_id' => false,
                'company_name' => false,
                'type' => 'contact',
                'street' => false,
                'street2' => false,
                'city' => false,
                'state_id' => false,
                'zip' => false,
                'country_id' => false,
                'vat' => false,
                'function' => false,
                'phone' => '+48 22 555 01 04',
                'mobile' => false,
                'email' => 'marta.nowak@example.com',
                'website' => false,
                'title' => false,
                'lang' => 'en_US',
                'category_id' => [[6, false, []]],
                'user_id' => false,
                'team_id' => false,
                'property_payment_term_id' => false,
                'property_supplier_payment_term_id' => false,
                'property_payment_method_id' => false,
                'property_account_position_id' => false,
                'ref' => false,
                'company_id' => false,
                'industry_id' => false,
                'property_account_receivable_id' => 6,
                'property_account_payable_id' => 14,
                'comment' => false,
                'sale_warn' => 'no-message',
                'invoice_warn' => 'no-message',
            ],
        ],
        [
            'context' => [
                ...CONTEXT,
                'params' => [
                    'action' => 'contacts.action_contacts',
                    'cids' => 1,
                    'model' => 'res.partner',
                    'view_type' => 'list',
                ],
                'default_is_company' => true,
            ],
        ],
    );
}

/**
 * sale.order.search_read, exactly as the web client called it.
 *
 * @return list<\stdClass>
 */
function searchReadSaleOrder(): mixed
{
    return executeKw('sale.order', 'search_read', [], [
        'domain' => [['user_id', '=', 2]],
        'fields' => [
            'name',
            'create_date',
            'commitment_date',
            'expected_date',
            'partner_id',
            'user_id',
            'activity_ids',
            'activity_exception_decoration',
            'activity_exception_icon',
            'activity_state',
            'activity_summary',
            'activity_type_id',
            'activity_type_icon',
            'team_id',
            'tag_ids',
            'company_id',
            'amount_untaxed',
            'amount_tax',
            'amount_total',
            'state',
            'invoice_status',
            'message_needaction',
            'currency_id',
        ],
        'limit' => 80,
        'order' => '',
        'context' => [...CONTEXT, 'search_default_my_quotation' => 1, 'bin_size' => true],
    ]);
}

/**
 * sale.order.create, exactly as the web client called it.
 *
 * @return int
 */
function createSaleOrder(): mixed
{
    return executeKw(
        'sale.order',
        'create',
        [
            [
                'partner_id' => 142,
                'partner_invoice_id' => 142,
                'partner_shipping_id' => 142,
                'sale_order_template_id' => false,
                'validity_date' => false,
                'date_order' => '2026-11-25 16:56:47',
                'show_update_pricelist' => false,
                'pricelist_id' => 1,
                'payment_term_id' => false,
                'order_line' => [
                    [
                        0,
                        'virtual_941',
                        [
                            'sequence' => 10,
                            'display_type' => false,
                            'product_id' => 6,
                            'product_template_id' => 6,
                            'name' => '[FURN_8888] Office Lamp',
                            'analytic_tag_ids' => [[6, false, []]],
                            'product_uom_qty' => 3,
                            'qty_delivered' => 0,
                            'qty_delivered_manual' => 0,
                            'product_uom' => 1,
                            'customer_lead' => 0,
                            'price_unit' => 40,
                            'tax_id' => [[6, false, []]],
                            'discount' => 0,
                        ],
                    ],
                    [
                        0,
                        'virtual_945',
                        [
                            'sequence' => 10,
                            'display_type' => false,
                            'product_id' => 17,
                            'product_template_id' => 11,
                            'name' => '[E-COM07] Large Cabinet',
                            'analytic_tag_ids' => [[6, false, []]],
                            'product_uom_qty' => 2,
                            'qty_delivered' => 0,
                            'qty_delivered_manual' => 0,
                            'product_uom' => 1,
                            'customer_lead' => 0,
                            'price_unit' => 320,
                            'tax_id' => [[6, false, []]],
                            'discount' => 0,
                        ],
                    ],
                ],
                'note' => '',
                'user_id' => 2,
                'team_id' => 1,
                'company_id' => 1,
                'require_signature' => true,
                'require_payment' => true,
                'client_order_ref' => false,
                'tag_ids' => [[6, false, []]],
                'fiscal_position_id' => false,
                'analytic_account_id' => false,
                'project_id' => false,
                'commitment_date' => false,
                'origin' => false,
                'opportunity_id' => false,
                'campaign_id' => false,
                'medium_id' => false,
                'source_id' => false,
                'signed_by' => false,
                'signed_on' => false,
                'signature' => false,
                '__last_update' => false,
            ],
        ],
        ['context' => [...CONTEXT, 'search_default_my_quotation' => 1]],
    );
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/** sale.order.action_confirm, exactly as the web client called it. */
function actionConfirmSaleOrder(): mixed
{
    return executeKw('sale.order', 'action_confirm', [[21]], [
        'context' => [...CONTEXT, 'search_default_my_quotation' => 1],
    ]);
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (create partner, and 2 more): run it with --write');
    }
    $partners = searchReadPartner();
    $partner_id = createPartner();
    $sale_orders = searchReadSaleOrder();
    $order_id = createSaleOrder();
    actionConfirmSaleOrder();
    return [
        'partners' => $partners,
        'partner_id' => $partner_id,
        'sale_orders' => $sale_orders,
        'order_id' => $order_id,
    ];
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
