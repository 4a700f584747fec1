<?php

/**
 * Create user, as Odoo 19's web client did it, through /jsonrpc.
 *
 * Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on
 * http://127.0.0.1:18019.
 *
 *     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
 *     php create_user.php --write
 */

declare(strict_types=1);

namespace Odoo\CreateUser;

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
        foreach ($words($reads) as $name) { // "order_line.name": a field of its lines
            $outer = explode('.', $name);
            $last = array_pop($outer);
            $fields = $this->spec;
            foreach ($outer as $one) {
                $fields->$one ??= new \stdClass();
                $fields = $fields->$one->fields ??= new \stdClass();
            }
            if ($last !== '') {
                $fields->$last = new \stdClass();
            }
        }
        foreach ($lines as $name => $line) {
            $this->spec->$name ??= (object) ['fields' => $line->spec];
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

const RES_USERS_FORM = new Form(
    'res.users',
    typed: 'name login',
    saves: '
        image_1920 name login email phone role company_ids company_id group_ids lang signature
        notification_type odoobot_state tz calendar_default_privacy out_of_office_from
        out_of_office_to out_of_office_message api_key_ids auth_passkey_key_ids device_ids
    ',
    reads: '
        state groups_count accesses_count rules_count partner_id image_1920 write_date avatar_128
        name login email phone role company_ids.display_name company_ids.color company_id group_ids.
        view_group_hierarchy lang signature notification_type odoobot_state outgoing_mail_server_id
        outgoing_mail_server_type tz calendar_default_privacy tz_offset out_of_office_from
        out_of_office_to out_of_office_message totp_enabled api_key_ids.name api_key_ids.create_date
        api_key_ids.scope api_key_ids.expiration_date auth_passkey_key_ids.name
        auth_passkey_key_ids.create_date auth_passkey_key_ids.write_date device_ids.device_type
        device_ids.last_activity device_ids.is_current device_ids.display_name device_ids.ip_address
        device_ids.country device_ids.city share active active_partner companies_count
        has_external_mail_server display_name
    ',
);

// Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
// web_save without an id -> create: returns the new record's id and does not read the record back.
// Only the values the user entered are sent. The form's other 19 were empty, defaults (role,
// company_ids, company_id, group_ids, lang, notification_type and 2 more) or set by an onchange
// (signature); a plain create or write may leave them out.
/**
 * Create a user; returns its id.
 *
 * @param string $name Name (required)
 * @param string $login Login (required)
 * @return int
 */
function createUser($name, $login): mixed
{
    return RES_USERS_FORM->create(['name' => $name, 'login' => $login], CONTEXT);
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (create user): run it with --write');
    }
    $user_id = createUser(name: 'Second Demo', login: 'demo');
    return $user_id;
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
