<?php

/**
 * Web save user, as Odoo 19's web client did it, through /jsonrpc.
 *
 * Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on
 * http://127.0.0.1:18019.
 *
 *     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
 *     php web_save_user.php --write
 */

declare(strict_types=1);

namespace Odoo\WebSaveUser;

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

// Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
/** res.users.web_save, exactly as the web client called it. */
function webSaveUser(): mixed
{
    return executeKw(
        'res.users',
        'web_save',
        [
            [],
            [
                'image_1920' => false,
                'name' => 'Second Demo',
                'login' => 'demo',
                'email' => false,
                'phone' => false,
                'role' => 'group_user',
                'company_ids' => [[4, 1]],
                'company_id' => 1,
                'group_ids' => [[4, 1], [4, 24], [4, 38], [4, 30], [4, 21]],
                'lang' => 'en_US',
                'signature' => '<div>Second Demo</div>',
                'notification_type' => 'email',
                'odoobot_state' => false,
                'tz' => 'UTC',
                'calendar_default_privacy' => 'public',
                'out_of_office_from' => false,
                'out_of_office_to' => false,
                'out_of_office_message' => false,
                'api_key_ids' => [],
                'auth_passkey_key_ids' => [],
                'device_ids' => [],
            ],
        ],
        [
            'specification' => [
                'state' => new \stdClass(),
                'groups_count' => new \stdClass(),
                'accesses_count' => new \stdClass(),
                'rules_count' => new \stdClass(),
                'partner_id' => ['fields' => ['display_name' => new \stdClass()]],
                'image_1920' => new \stdClass(),
                'write_date' => new \stdClass(),
                'avatar_128' => new \stdClass(),
                'name' => new \stdClass(),
                'login' => new \stdClass(),
                'email' => new \stdClass(),
                'phone' => new \stdClass(),
                'role' => new \stdClass(),
                'company_ids' => [
                    'fields' => ['display_name' => new \stdClass(), 'color' => new \stdClass()],
                ],
                'company_id' => [
                    'fields' => ['display_name' => new \stdClass()],
                    'context' => ['user_preference' => 0],
                ],
                'group_ids' => ['fields' => new \stdClass()],
                'view_group_hierarchy' => new \stdClass(),
                'lang' => new \stdClass(),
                'signature' => new \stdClass(),
                'notification_type' => new \stdClass(),
                'odoobot_state' => new \stdClass(),
                'outgoing_mail_server_id' => ['fields' => new \stdClass()],
                'outgoing_mail_server_type' => new \stdClass(),
                'tz' => new \stdClass(),
                'calendar_default_privacy' => new \stdClass(),
                'tz_offset' => new \stdClass(),
                'out_of_office_from' => new \stdClass(),
                'out_of_office_to' => new \stdClass(),
                'out_of_office_message' => new \stdClass(),
                'totp_enabled' => new \stdClass(),
                'api_key_ids' => [
                    'fields' => [
                        'name' => new \stdClass(),
                        'create_date' => new \stdClass(),
                        'scope' => new \stdClass(),
                        'expiration_date' => new \stdClass(),
                    ],
                    'limit' => 40,
                ],
                'auth_passkey_key_ids' => [
                    'fields' => [
                        'name' => new \stdClass(),
                        'create_date' => new \stdClass(),
                        'write_date' => new \stdClass(),
                    ],
                    'limit' => 40,
                ],
                'device_ids' => [
                    'fields' => [
                        'id' => new \stdClass(),
                        'device_type' => new \stdClass(),
                        'last_activity' => new \stdClass(),
                        'is_current' => new \stdClass(),
                        'display_name' => new \stdClass(),
                        'ip_address' => new \stdClass(),
                        'country' => new \stdClass(),
                        'city' => new \stdClass(),
                    ],
                    'limit' => 40,
                    'order' => 'is_current DESC, last_activity DESC',
                ],
                'share' => new \stdClass(),
                'active' => new \stdClass(),
                'active_partner' => new \stdClass(),
                'companies_count' => new \stdClass(),
                'has_external_mail_server' => new \stdClass(),
                'display_name' => new \stdClass(),
            ],
            'context' => [...CONTEXT, 'is_action_res_users' => true],
        ],
    );
}

/** Repeats the recorded calls. */
function main(): mixed
{
    if (setting('ODOO_DB') === '' || setting('ODOO_API_KEY') === '') {
        throw new \RuntimeException('set ODOO_DB and ODOO_API_KEY first');
    }
    if (!in_array('--write', $_SERVER['argv'], true)) {
        throw new \RuntimeException('this would change Odoo (web save user): run it with --write');
    }
    $result = webSaveUser();
    return $result;
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
