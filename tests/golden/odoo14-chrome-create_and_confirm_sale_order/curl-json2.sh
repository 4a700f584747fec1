#!/usr/bin/env bash
# List sale orders and create sale order and confirm sale order, as Odoo 14's web client did it,
# through JSON-2.
#
# Captured in odoo14-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 38 (entries 19, 39
# and 63), as user 2 on http://127.0.0.1:18014.
#
# Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash odoo_calls.sh --write

# Captured text is in single quotes, where $, ` and \ are plain text. All options are optional.
# shellcheck disable=SC1003,SC2016,SC2119,SC2120
set -euo pipefail

[[ ${ODOO_URL:-} ]] || ODOO_URL=http://127.0.0.1:18014
[[ ${ODOO_DB:-} ]] || ODOO_DB=odoo14
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

only_for() { # RECORD RECORDED JSON: values that belong to the recorded record only; Odoo sets those of any other
  [[ $1 != "$2" ]] || printf '%s' "$3"
}

object() { # NAME JSON…: a JSON object of what was given
  local members=''
  while (($# > 1)); do
    [[ ! $2 ]] || members+="${members:+, }\"$1\": $2"
    shift 2
  done
  printf '%s' "{$members}"
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
# /web/dataset/search_read -> search_read: the records are the same, but the total (`length`) is not
# counted.
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
      "activity_type_id",
      "activity_type_icon",
      "team_id",
      "tag_ids",
      "company_id",
      "amount_untaxed",
      "amount_tax",
      "amount_total",
      "state",
      "invoice_status",
      "message_needaction",
      "currency_id"
    ],
    "limit": '"$limit"',
    "offset": '"$offset"',
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }'
}

# Create a sale order; returns its id.
#
#   --partner_id NUMBER  Customer (required): id of a res.partner (14 was Azure Interior)
#   --lines JSON         Order Lines (required): as JSON, [0, 0, {…}] for each line, with product_id (Product, required: id of a product.product (6 was [FURN_8888] Office Lamp)), product_uom_qty (Quantity)
#
# Only the values the user entered are sent. The form's other 41 were empty, defaults (date_order,
# sequence, user_id, team_id, company_id, require_signature and 1 more) or set by an onchange
# (partner_invoice_id, partner_shipping_id, pricelist_id, payment_term_id, product_template_id,
# name, product_uom and price_unit); a plain create or write may leave them out.
#
# Sent as recorded, and only with the recorded partner_id: partner_invoice_id, partner_shipping_id,
# pricelist_id and payment_term_id.
#
# Sent as recorded, and only with the recorded product_id of a line: product_template_id, name,
# product_uom and price_unit.
#
# Not sent: date_order, user_id, team_id and company_id. Compare the record, or use a target that
# runs the form's onchange (Python, JavaScript, PHP).
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
    "vals_list": [
      '"$(object \
        partner_id "$partner_id" \
        order_line "$lines" \
        partner_invoice_id "$(only_for "$partner_id" 14 14)" \
        partner_shipping_id "$(only_for "$partner_id" 14 14)" \
        pricelist_id "$(only_for "$partner_id" 14 1)" \
        payment_term_id "$(only_for "$partner_id" 14 7)")"'
    ],
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }') || return
  created=${created#[} # JSON-2 returns a list even for one record
  printf '%s\n' "${created%]}"
}

# Confirm a sale order (action_confirm).
#
#   --order_id NUMBER  Sale Order (required): id of a sale.order (21 was S00020)
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
  call sale.order action_confirm '{"ids": ['"$order_id"'], "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}}'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (create sale order, and 1 more): run it with --write'
sale_orders=$(list_sale_orders)
order_id=$(create_sale_order \
  --partner_id 14 \
  --lines '[[0, 0, {"product_template_id": 6, "name": "[FURN_8888] Office Lamp", "product_uom": 1, "price_unit": 40, "product_id": 6, "product_uom_qty": 3}]]')
confirm_sale_order --order_id "$order_id" >/dev/null
printf '%s\n' '{"sale_orders": '"$sale_orders"', "order_id": '"$order_id"'}'
