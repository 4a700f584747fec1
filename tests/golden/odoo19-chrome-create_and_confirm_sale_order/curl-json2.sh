#!/usr/bin/env bash
# List sale orders and create sale order and confirm sale order, as Odoo 19's web client did it,
# through JSON-2.
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
[[ ${ODOO_API_KEY:-} ]] || ODOO_API_KEY='' # a key: JSON-2 does not accept passwords

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

call() { # MODEL METHOD ARGUMENTS: one JSON-2 request (Odoo 19 and later); prints the result
  local url answer status
  local nobody='^[{][[:space:]]*"ids": [[][[:space:]]*(false|null|0)?[[:space:]]*[]]'
  [[ ! $3 =~ $nobody ]] || die "$1.$2: no ids" # Odoo would do nothing and return true
  url=$(server) || return
  # The key goes through a pipe of its own, because anybody can see a command line.
  answer=$(
    printf '%s' "$3" | curl --silent --show-error --globoff --no-location --max-time 60 \
      --config <(printf 'header = "Authorization: bearer %s"\n' "$ODOO_API_KEY") \
      --header "X-Odoo-Database: $ODOO_DB" \
      --header 'Content-Type: application/json' --header 'Expect:' \
      --data-binary @- --write-out '\n%{http_code}' --url "$url/json/2/$1/$2"
  ) || return
  status=${answer##*$'\n'} answer=${answer%$'\n'*}
  case $status/$answer in
    200/*) printf '%s\n' "$answer" ;;
    */\{*) die_of "$answer" ;;
    *) die "$ODOO_URL: HTTP $status (is $ODOO_DB its database, and is it Odoo 19 or later?)" ;;
  esac
}

user_id() { # the id of the user who owns the key
  local answer
  answer=$(call res.users context_get '{}') || return
  [[ $answer =~ \"uid\":\ *([0-9]+) ]] || die "$ODOO_URL does not tell whose key it is"
  printf '%s' "${BASH_REMATCH[1]}"
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
  call sale.order search_read '{
    "domain": [["user_id", "=", '"$user_id"']],
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
  local created
  created=$(call sale.order create '{
    "vals_list": [{"partner_id": '"$partner_id"', "order_line": '"$lines"'}],
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }') || return
  created=${created#[} # JSON-2 returns a list even for one record
  printf '%s\n' "${created%]}"
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
  call sale.order action_confirm '{
    "ids": ['"$order_id"'],
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1], "validate_analytic": true}
  }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (create sale order, and 1 more): run it with --write'
sale_orders=$(list_sale_orders)
order_id=$(create_sale_order \
  --partner_id 15 \
  --lines '[[0, 0, {"product_id": 6, "product_uom_qty": 3}]]')
confirm_sale_order --order_id "$order_id" >/dev/null
printf '%s\n' '{"sale_orders": '"$sale_orders"', "order_id": '"$order_id"'}'
