#!/usr/bin/env bash
# List sale orders and create sale order and confirm sale order, as Odoo 19's web client did it,
# through /jsonrpc.
#
# Captured in odoo19-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 21 (entries 19, 40
# and 43), as user 2 on http://127.0.0.1:18019.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash odoo_calls.sh --write

# Captured text is in single quotes, where $, ` and \ are plain text. All options are optional.
# shellcheck disable=SC1003,SC2016,SC2119,SC2120
set -euo pipefail

[[ ${ODOO_URL:-} ]] || ODOO_URL=http://127.0.0.1:18019
[[ ${ODOO_DB:-} ]] || ODOO_DB=odoo19
[[ ${ODOO_LOGIN:-} ]] || ODOO_LOGIN='' # used when ODOO_UID is not set
[[ ${ODOO_UID:-} ]] || ODOO_UID=''
CAPTURED_UID=2
[[ ${ODOO_API_KEY:-} ]] || ODOO_API_KEY='' # a password works, too

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

server() { # the address; only this machine may use http: others could read the key
  local private='^https://|^http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)'
  [[ $ODOO_URL =~ $private || ${ODOO_ALLOW_HTTP:-} == 1 ]] ||
    die "ODOO_URL=$ODOO_URL: not https; ODOO_ALLOW_HTTP=1 sends the key anyway"
  printf '%s' "${ODOO_URL%/}"
}

json_string() { # TEXT as a JSON string
  local LC_ALL=C text=$1 code char escape
  text=${text//\\/'\\'}
  text=${text//\"/'\"'}
  text=${text//$'\n'/'\n'}
  text=${text//$'\r'/'\r'}
  text=${text//$'\t'/'\t'}
  if [[ $text == *[[:cntrl:]]* ]]; then
    for ((code = 1; code < 32; code++)); do
      printf -v escape '\\u%04x' "$code"
      printf -v char '%b' "\\x${escape:4}"
      text=${text//"$char"/"$escape"}
    done
  fi
  printf '"%s"' "$text"
}

json_number() { # a number, or false for none
  local number='^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$'
  [[ $1 =~ $number || $1 == false ]] || die "$1: not a number"
  printf '%s' "$1"
}

die_of() { # ERROR as JSON: in Odoo's own words
  local told
  told="$(json_text name "$1"): $(json_text message "$1")"
  [[ $told != ': ' ]] || told=${1:0:300}
  die "$told"
}

json_text() { # NAME OBJECT: the first text of that name in an object, decoded
  local text=${2#*"\"$1\": \""}
  [[ $text != "$2" ]] || return
  text=${text//'\\'/$'\001'} # no JSON text holds these two
  text=${text//'\"'/$'\002'}
  text=${text%%\"*}
  text=${text//$'\001'/'\\'}
  text=${text//$'\002'/'"'}
  if [[ $text == *\\ud[89a-f]* ]]; then printf '%s' "$text"; else printf '%b' "$text"; fi
}

call() { # SERVICE METHOD ARGUMENTS: one JSON-RPC request; prints the result, null for none
  local url body answer status opening
  url=$(server) || return
  body='{"jsonrpc": "2.0", "method": "call", "id": 1, "params": '
  body+="{\"service\": \"$1\", \"method\": \"$2\", \"args\": $3}}"
  # The body holds the key: it goes through a pipe, because anybody can see a command line.
  answer=$(
    printf '%s' "$body" | curl --silent --show-error --globoff --no-location --max-time 60 \
      --header 'Content-Type: application/json' --header 'Expect:' \
      --data-binary @- --write-out '\n%{http_code}' --url "$url/jsonrpc"
  ) || return
  status=${answer##*$'\n'} answer=${answer%$'\n'*}
  # Odoo writes these keys in this order, and reports errors with HTTP 200.
  opening='^[{]"jsonrpc": ?"2\.0", ?"id": ?1(, ?"(result|error)": ?|[}]$)'
  [[ ${answer:0:100} =~ $opening ]] || die "$ODOO_URL: HTTP $status: ${answer:0:300}"
  case ${BASH_REMATCH[2]:-} in
    result) answer=${answer#"${BASH_REMATCH[0]}"} && printf '%s\n' "${answer%\}*}" ;;
    error) die_of "${answer#*'"data": '}" ;;
    *) printf 'null\n' ;;
  esac
}

user_id() { # the user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one
  local uid=$ODOO_UID
  if [[ ! $uid && $ODOO_LOGIN ]]; then
    uid="[$(json_string "$ODOO_DB"), $(json_string "$ODOO_LOGIN"), $(json_string "$ODOO_API_KEY")]"
    uid=$(call common login "$uid") || return
    [[ $uid != false ]] ||
      die "$ODOO_URL: $ODOO_LOGIN was refused; with two-factor login only an API key works"
  fi
  json_number "${uid:-$CAPTURED_UID}"
}

execute_kw() { # MODEL METHOD ARGS KWARGS, the last two as JSON
  local uid names
  uid=$(user_id) || return
  names="$(json_string "$ODOO_API_KEY"), $(json_string "$1"), $(json_string "$2")"
  call object execute_kw "[$(json_string "$ODOO_DB"), $uid, $names, $3, $4]"
}

# Sale orders whose salesperson is `user_id`.
#
#   --user_id NUMBER  Salesperson: id of a user; defaults to the one who calls
#   --limit NUMBER    Limit: at most this many records
#   --offset NUMBER   Offset: skip this many records first
#
# web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
# tag_ids as bare ids, and the total (`length`) is not counted.
list_sale_orders() {
  local user_id='' limit=80 offset=0
  while (($# > 1)); do
    case $1 in
      --user_id) user_id=$(json_number "$2") || return ;;
      --limit) limit=$(json_number "$2") || return ;;
      --offset) offset=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $user_id ]] || user_id=$(user_id) || return
  execute_kw sale.order search_read \
    '[[["user_id", "=", '"$user_id"']]]' \
    '{
      "fields": [
        "message_needaction",
        "currency_id",
        "name",
        "create_date",
        "commitment_date",
        "expected_date",
        "partner_id",
        "user_id",
        "activity_ids",
        "activity_exception_decoration",
        "activity_exception_icon",
        "activity_state",
        "activity_summary",
        "activity_type_icon",
        "activity_type_id",
        "team_id",
        "company_id",
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "tag_ids",
        "state",
        "invoice_status",
        "client_order_ref",
        "validity_date"
      ],
      "limit": '"$limit"',
      "offset": '"$offset"',
      "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
    }'
}

# Create a sale order; returns its id.
#
#   --partner_id NUMBER  Customer (required): id of a res.partner (15 was Azure Interior)
#   --lines JSON         Order Lines (required): as JSON, [0, 0, {…}] for each line, with product_id (Product, required: id of a product.product (6 was [FURN_8888] Office Lamp)), product_uom_qty (Quantity)
#
# web_save without an id -> create: returns the new record's id and does not read the record back.
#
# Only the values the user entered are sent. The form's other 52 were empty, defaults
# (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3 more) or
# computed (payment_term_id, technical_price_unit, name, price_unit, user_id, fiscal_position_id and
# 1 more); Odoo sets them itself.
create_sale_order() {
  local partner_id='' lines=''
  while (($# > 1)); do
    case $1 in
      --partner_id) partner_id=$(json_number "$2") || return ;;
      --lines) lines=$2 ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $partner_id ]] || die "${FUNCNAME[0]}: --partner_id is missing"
  [[ $lines ]] || die "${FUNCNAME[0]}: --lines is missing"
  execute_kw sale.order create \
    '[{"partner_id": '"$partner_id"', "order_line": '"$lines"'}]' \
    '{"context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}}'
}

# Confirm a sale order (action_confirm).
#
#   --order_id NUMBER  Sale Order (required): id of a sale.order (23 was S00023)
#
# call_button -> the same method. The browser received False where no action was returned; the API
# returns the method's actual result.
confirm_sale_order() {
  local order_id=''
  while (($# > 1)); do
    case $1 in
      --order_id) order_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $order_id ]] || die "${FUNCNAME[0]}: --order_id is missing"
  execute_kw sale.order action_confirm \
    '[['"$order_id"']]' \
    '{
      "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1], "validate_analytic": true}
    }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (create sale order, and 1 more): run it with --write'
ODOO_UID=$(user_id) # once for all
sale_orders=$(list_sale_orders)
order_id=$(create_sale_order \
  --partner_id 15 \
  --lines '[[0, 0, {"product_id": 6, "product_uom_qty": 3}]]')
confirm_sale_order --order_id "$order_id" >/dev/null
printf '%s\n' '{"sale_orders": '"$sale_orders"', "order_id": '"$order_id"'}'
