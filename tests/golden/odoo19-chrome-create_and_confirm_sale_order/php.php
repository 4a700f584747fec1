<?php

/**
 * List sale orders and create sale order and confirm sale order, as Odoo 19's web client did it,
 * through /jsonrpc.
 *
 * Captured in odoo19-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 21 (entries 19, 40
 * and 43), as user 2 on http://127.0.0.1:18019.
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

/**
 * Commands that create the lines, from arrays with these keys or field names.
 * Null is left to Odoo. Sections and notes (a display_type of line_…) pass through.
 */
function newLines(
    array $lines,
    array $fields,
    array|object $always = [],
    array $following = [],
): array {
    $keys = $fields + array_combine($fields, $fields);
    $commands = [];
    foreach ($lines as $line) {
        $line = (array) $line;
        $values = [];
        if (!str_starts_with((string) ($line['display_type'] ?? ''), 'line_')) {
            $wrong = array_key_first(array_diff_key($line, $keys));
            if ($wrong !== null) {
                $known = implode(', ', array_keys($fields));
                throw new OdooError("a line takes $known, not $wrong");
            }
            $values = (array) $always;
            foreach ($following as [$key, $recorded, $more]) {
                $isRecorded = ($line[$key] ?? null) === $recorded;
                $values = $isRecorded ? array_replace($values, $more) : $values;
            }
            $names = array_map(fn (string $key): string => $keys[$key], array_keys($line));
            $line = array_combine($names, $line);
        }
        $given = array_filter($line, fn (mixed $value): bool => $value !== null);
        $commands[] = [0, 0, (object) array_replace($values, $given)];
    }
    return $commands;
}

// web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
// tag_ids as bare ids, and the total (`length`) is not counted.
/**
 * Sale orders whose salesperson is `user_id`.
 *
 * @param int|null $user_id Salesperson: id of a user; defaults to the one who calls
 * @param int $limit Limit: at most this many records
 * @param int $offset Offset: skip this many records first
 * @return list<\stdClass>
 */
function listSaleOrders($user_id = null, $limit = 80, $offset = 0): mixed
{
    $user_id ??= userId();
    return executeKw('sale.order', 'search_read', [[['user_id', '=', $user_id]]], [
        'fields' => [
            'message_needaction',
            'currency_id',
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
            'activity_type_icon',
            'activity_type_id',
            'team_id',
            'company_id',
            'amount_untaxed',
            'amount_tax',
            'amount_total',
            'tag_ids',
            'state',
            'invoice_status',
            'client_order_ref',
            'validity_date',
        ],
        'limit' => $limit,
        'offset' => $offset,
        'context' => CONTEXT,
    ]);
}

// web_save without an id -> create: returns the new record's id and does not read the record back.
// Only the values the user entered are sent. The form's other 52 were empty, defaults
// (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3 more) or
// computed (payment_term_id, technical_price_unit, name, price_unit, user_id, fiscal_position_id
// and 1 more); Odoo sets them itself.
/**
 * Create a sale order; returns its id.
 *
 * @param int $partner_id Customer (required): id of a res.partner (15 was Azure Interior)
 * @param list<array<string, mixed>> $lines Order Lines (required): for each line product_id
 *     (Product, required: id of a product.product (6 was [FURN_8888] Office Lamp)), quantity
 *     (Quantity)
 * @return int
 */
function createSaleOrder($partner_id, $lines): mixed
{
    return executeKw(
        'sale.order',
        'create',
        [
            [
                'partner_id' => $partner_id,
                'order_line' => newLines(
                    $lines,
                    ['product_id' => 'product_id', 'quantity' => 'product_uom_qty'],
                ),
            ],
        ],
        ['context' => CONTEXT],
    );
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * Confirm a sale order (action_confirm).
 *
 * @param int $order_id Sale Order (required): id of a sale.order (23 was S00023)
 */
function confirmSaleOrder($order_id): mixed
{
    return executeKw('sale.order', 'action_confirm', [[$order_id]], [
        'context' => [...CONTEXT, 'validate_analytic' => true],
    ]);
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (create sale order, and 1 more): run it with --write');
    }
    $sale_orders = listSaleOrders();
    $order_id = createSaleOrder(partner_id: 15, lines: [['product_id' => 6, 'quantity' => 3]]);
    confirmSaleOrder($order_id);
    return ['sale_orders' => $sale_orders, 'order_id' => $order_id];
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
