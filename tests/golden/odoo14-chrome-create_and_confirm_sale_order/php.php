<?php

/**
 * List sale orders and create sale order and confirm sale order, as Odoo 14's web client did it,
 * through /jsonrpc.
 *
 * Captured in odoo14-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 38 (entries 19, 39
 * and 63), as user 2 on http://127.0.0.1:18014.
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

/**
 * A form, filled in as in the web client: what its onchange sets is saved, too.
 *
 * `saves` and `reads` are the fields that the client sent and asked for, `typed` those with an
 * onchange of their own, in the order of typing. A line's form has the values of its record
 * under `parent`.
 */
final class Form
{
    /** @var list<string> */
    private readonly array $saves;
    /** @var list<string> */
    private readonly array $typed;
    private readonly \stdClass $spec;

    /** @param array<string, Form> $lines */
    public function __construct(
        private readonly string $model,
        string $saves,
        string $reads = '',
        string $typed = '',
        private readonly string $parent = '',
        private readonly array $lines = [],
    ) {
        $words = fn (string $text): array => preg_split('/\s+/', $text, -1, PREG_SPLIT_NO_EMPTY);
        $this->saves = $words($saves);
        $this->typed = $words($typed);
        $this->spec = new \stdClass();
        foreach ($words($reads) as $name) {
            $this->spec->$name = '1';
        }
        foreach ($lines as $name => $line) {
            $this->spec->$name = '1';
            foreach ($line->spec as $one => $_) {
                $this->spec->{"$name.$one"} = '1';
            }
        }
    }

    /** Fills in the form of a new record and saves it; returns its id. */
    public function create(array|object $values, array|object $context): mixed
    {
        $values = (array) $values;
        $filled = $this->toSave($this->fillIn($values, $context), $values);
        return executeKw($this->model, 'create', [(object) $filled], ['context' => $context]);
    }

    /** Fills in the forms of records that exist and saves them. */
    public function write(array $ids, array|object $values, array|object $context): bool
    {
        $values = (array) $values;
        foreach ($ids as $id) {
            $filled = $this->toSave($this->fillIn($values, $context, $id), $values);
            executeKw($this->model, 'write', [[$id], (object) $filled], ['context' => $context]);
        }
        return true;
    }

    /** The form's content after these values are typed in, one by one. */
    private function fillIn(
        array $values,
        array|object $context,
        mixed $id = null,
        array $parent = [],
    ): array {
        $content = $parent;
        $ids = $id ? [$id] : [];
        $inside = array_keys($this->lines);
        if ($ids && $inside) { // up to Odoo 16 the form knows only the lines sent
            [$row] = executeKw($this->model, 'read', [$ids, $inside]);
            foreach ($inside as $name) {
                $content[$name] = array_map(fn (int $one): array => [4, $one], $row->$name);
            }
        }
        if (!$ids) {
            $this->ask($content, [], $ids, $context);
        }
        $names = array_keys($values);
        $order = [...array_diff($names, $this->typed), ...array_intersect($this->typed, $names)];
        foreach ($order as $name) {
            $this->typeIn($content, $name, $values[$name], $ids, $context);
        }
        foreach ($order as $name) { // again if a later answer changed it
            if (!is_array($values[$name]) && !self::isSame($content[$name] ?? null, $values[$name])) {
                $this->typeIn($content, $name, $values[$name], $ids, $context);
            }
        }
        return $content;
    }

    /** Types a value into the form (lines one by one) and runs its onchange. */
    private function typeIn(
        array &$content,
        string $name,
        mixed $value,
        array $ids,
        array|object $context,
    ): void {
        if (($this->lines[$name]->parent ?? '') !== '') {
            foreach ($value as $command) {
                $this->addLine($content, $name, $command, $ids, $context);
            }
        } else {
            $content[$name] = $value;
        }
        if (!in_array($name, $this->typed, true)) {
            return;
        }
        $warning = $this->ask($content, [$name], $ids, $context);
        $now = $content[$name] ?? null;
        $isTidied = is_string($value) && $value !== '' && is_string($now) && $now !== '';
        if (!is_array($value) && !self::isSame($now, $value) && !$isTidied) {
            $refused = json_encode($value, AS_JSON) . " is refused. $warning";
            throw new OdooError("{$this->model}: $name $refused");
        }
        if ($warning !== '') {
            fwrite(STDERR, "{$this->model}: $warning\n");
        }
    }

    /** Adds a line: filled in like a form of its own, if it is new or changed. */
    private function addLine(
        array &$content,
        string $name,
        array $command,
        array $ids,
        array|object $context,
    ): void {
        $isLine = fn (array $one): bool => $one !== [6, 0, []];
        $before = array_values(array_filter(($content[$name] ?? []) ?: [], $isLine));
        if ($command[0] < 2) {
            [$code, $key, $values] = $command;
            $line = $this->lines[$name];
            $record = $ids ? ['id' => $ids[0]] + $content : $content;
            $parent = [$line->parent => (object) $record];
            $filled = $line->fillIn((array) $values, $context, $key, $parent);
            unset($filled[$line->parent]);
            $command = [$code, $key ?: 'virtual_' . (count($before) + 1), (object) $filled];
        }
        $content[$name] = [...$before, $command];
    }

    /** One onchange: its answer goes into the content; returns Odoo's warning. */
    private function ask(array &$content, array $names, array $ids, array|object $context): string
    {
        $sent = [$ids, (object) $content, $names, $this->spec];
        $answer = executeKw($this->model, 'onchange', $sent, ['context' => $context]);
        foreach ($answer->value ?? [] as $name => $value) {
            $content[$name] = answered($content[$name] ?? null, $value);
        }
        $warning = [$answer->warning->title ?? '', $answer->warning->message ?? ''];
        return implode(': ', array_filter($warning));
    }

    /** The values to save: the fields that the client sent, and those typed in. */
    private function toSave(array $content, array $typed): array
    {
        $names = [...$this->saves, ...array_keys($typed)];
        $sent = array_intersect_key($content, array_flip($names));
        foreach ($this->lines as $name => $line) {
            if (!is_array($sent[$name] ?? null)) {
                continue;
            }
            $given = [];
            foreach ($typed[$name] ?? [] as $command) {
                $given += $command[0] < 2 ? (array) $command[2] : [];
            }
            $saved = fn (array $one): array => $one[0] < 2
                ? [$one[0], $one[0] ? $one[1] : 0, (object) $line->toSave((array) $one[2], $given)]
                : $one;
            $sent[$name] = array_map($saved, $sent[$name]);
        }
        return $sent;
    }

    /** Whether two values are the same in a form, where 3 and 3.0 are. */
    private static function isSame(mixed $one, mixed $other): bool
    {
        return json_encode($one) === json_encode($other);
    }
}

/** A value that an onchange returned: a record as its id, lines with those sent. */
function answered(mixed $before, mixed $value): mixed
{
    if (is_object($value)) {
        return $value->id ?? $value;
    }
    if (!is_array($value)) {
        return $value;
    }
    if ($value && !is_array($value[0])) {
        return $value[0]; // [id, name]
    }
    $lines = [];
    $isWhole = false;
    foreach ([...(is_array($before) ? $before : []), ...$value] as $command) {
        [$code, $key, $rest] = $command + [null, 0, []];
        if ($code === 5 || $code === 6) {
            $isWhole = true;
            $ids = $code === 6 ? $rest : [];
            $lines = array_combine($ids, array_map(fn (int $id): array => [4, $id], $ids));
        } elseif ($code === 4) {
            $lines[$key] ??= [4, $key];
        } elseif ($code > 1) {
            $isThere = isset($lines[$key]);
            $lines[$key] = [$code, $key]; // an existing record: removed
            if ($isThere) {
                unset($lines[$key]);
            }
        } else {
            $key = $key ?: 'new_' . count($lines);
            $old = $lines[$key] ?? [$code];
            $line = (array) ($old[2] ?? []);
            foreach ($rest as $name => $one) {
                $line[$name] = answered($line[$name] ?? null, $one);
            }
            $lines[$key] = [$old[0] ? 1 : 0, $key, (object) $line];
        }
    }
    $isLink = fn (array $command): bool => $command[0] === 4;
    $areLinks = array_filter($lines, $isLink) === $lines;
    return $isWhole && $areLinks ? [[6, 0, array_keys($lines)]] : array_values($lines);
}

// /web/dataset/search_read -> search_read: the records are the same, but the total (`length`) is
// not counted.
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
        'limit' => $limit,
        'offset' => $offset,
        'context' => CONTEXT,
    ]);
}

const SALE_ORDER_FORM = new Form(
    'sale.order',
    typed: 'partner_id order_line',
    saves: '
        partner_id partner_invoice_id partner_shipping_id sale_order_template_id validity_date
        date_order show_update_pricelist pricelist_id payment_term_id order_line note user_id
        team_id company_id require_signature require_payment client_order_ref tag_ids
        fiscal_position_id analytic_account_id project_id commitment_date origin opportunity_id
        campaign_id medium_id source_id signed_by signed_on signature __last_update
    ',
    reads: '
        authorized_transaction_ids state tasks_count project_ids invoice_count name partner_id
        partner_invoice_id partner_shipping_id sale_order_template_id validity_date date_order
        show_update_pricelist pricelist_id currency_id payment_term_id note amount_untaxed
        amount_tax amount_total sale_order_option_ids sale_order_option_ids.product_id
        sale_order_option_ids.name sale_order_option_ids.quantity
        sale_order_option_ids.product_uom_category_id sale_order_option_ids.uom_id
        sale_order_option_ids.price_unit sale_order_option_ids.discount
        sale_order_option_ids.is_present sale_order_option_ids.sequence user_id team_id company_id
        require_signature require_payment reference client_order_ref tag_ids fiscal_position_id
        analytic_account_id visible_project project_id invoice_status commitment_date expected_date
        origin opportunity_id campaign_id medium_id source_id signed_by signed_on signature
        __last_update message_follower_ids message_follower_ids.res_model
        message_follower_ids.res_id message_follower_ids.partner_id message_follower_ids.channel_id
        activity_ids activity_ids.res_name activity_ids.activity_type_id activity_ids.summary
        activity_ids.date_deadline message_ids message_ids.date message_ids.subject
        message_ids.author_id message_ids.model message_ids.res_id
    ',
    lines: [
        'order_line' => new Form(
            'sale.order.line',
            parent: 'order_id',
            typed: 'product_id product_uom_qty',
            saves: '
                sequence display_type product_id product_template_id name analytic_tag_ids
                product_uom_qty qty_delivered qty_delivered_manual product_uom customer_lead
                price_unit tax_id discount
            ',
            reads: '
                sequence display_type product_uom_category_id product_updatable product_id
                product_template_id name analytic_tag_ids product_uom_qty qty_delivered
                qty_delivered_manual qty_delivered_method qty_invoiced qty_to_invoice
                product_uom_readonly product_uom customer_lead price_unit tax_id discount
                price_subtotal price_total state invoice_status currency_id price_tax company_id
                invoice_lines
            ',
        ),
    ],
);

// Only the values the user entered are sent. The form's other 41 were empty, defaults (date_order,
// sequence, user_id, team_id, company_id, require_signature and 1 more) or set by an onchange
// (partner_invoice_id, partner_shipping_id, pricelist_id, payment_term_id, product_template_id,
// name, product_uom and price_unit); a plain create or write may leave them out.
/**
 * Create a sale order; returns its id.
 *
 * @param int $partner_id Customer (required): id of a res.partner (14 was Azure Interior)
 * @param list<array<string, mixed>> $lines Order Lines (required): for each line product_id
 *     (Product, required: id of a product.product (6 was [FURN_8888] Office Lamp)), quantity
 *     (Quantity)
 * @return int
 */
function createSaleOrder($partner_id, $lines): mixed
{
    return SALE_ORDER_FORM->create(
        [
            'partner_id' => $partner_id,
            'order_line' => newLines(
                $lines,
                ['product_id' => 'product_id', 'quantity' => 'product_uom_qty'],
            ),
        ],
        CONTEXT,
    );
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * Confirm a sale order (action_confirm).
 *
 * @param int $order_id Sale Order (required): id of a sale.order (21 was S00020)
 */
function confirmSaleOrder($order_id): mixed
{
    return executeKw('sale.order', 'action_confirm', [[$order_id]], ['context' => CONTEXT]);
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
    $order_id = createSaleOrder(partner_id: 14, lines: [['product_id' => 6, 'quantity' => 3]]);
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
