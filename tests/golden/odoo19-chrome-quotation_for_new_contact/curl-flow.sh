#!/usr/bin/env bash
# Create partner and create sale order and confirm sale order, as Odoo 19's web client did it,
# through /jsonrpc.
#
# Captured in odoo19-chrome-quotation_for_new_contact.har, calls 9, 34 and 35 (entries 29, 57 and
# 60), as user 2 on http://127.0.0.1:18019.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash create_partner_then_create_and_confirm_sale_order.sh --write

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

# Create a partner; returns its id.
#
#   --name TEXT   Name (required)
#   --email TEXT  Email
#   --phone TEXT  Phone
#
# web_save without an id -> create: returns the new record's id and does not read the record back.
#
# Only the values the user entered are sent. The form's other 39 were empty or defaults
# (company_type and lang); Odoo sets them itself.
create_partner() {
  local name='' email='' phone=''
  while (($# > 1)); do
    case $1 in
      --name) name=$(json_string "$2") || return ;;
      --email) email=$(json_string "$2") || return ;;
      --phone) phone=$(json_string "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $name ]] || die "${FUNCNAME[0]}: --name is missing"
  execute_kw res.partner create \
    '['"$(object name "$name" email "$email" phone "$phone")"']' \
    '{
      "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1], "default_is_company": true}
    }'
}

# Create a sale order; returns its id.
#
#   --partner_id NUMBER  Customer (required): id of a res.partner (144 was Marta Nowak)
#   --lines JSON         Order Lines (required): as JSON, [0, 0, {…}] for each line, with product_id (Product, required: id of a product.product (6 was [FURN_8888] Office Lamp)), product_uom_qty (Quantity)
#
# web_save without an id -> create: returns the new record's id and does not read the record back.
#
# Only the values the user entered are sent. The form's other 73 were empty, defaults
# (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3 more) or
# computed (technical_price_unit, name, price_unit, user_id and partner_invoice_id); Odoo sets them
# itself.
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

# Create a partner, create a sale order, then confirm a sale order (action_confirm).
#
#   --name TEXT   Name (required)
#   --email TEXT  Email
#   --phone TEXT  Phone
#   --lines JSON  Order Lines (required): as JSON, [0, 0, {…}] for each line, with product_id (Product, required: id of a product.product (6 was [FURN_8888] Office Lamp)), product_uom_qty (Quantity)
create_partner_then_create_and_confirm_sale_order() {
  local name email phone lines
  unset name email phone lines
  while (($# > 1)); do
    case $1 in
      --name) name=$2 ;;
      --email) email=$2 ;;
      --phone) phone=$2 ;;
      --lines) lines=$2 ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ ${name+given} ]] || die "${FUNCNAME[0]}: --name is missing"
  [[ ${lines+given} ]] || die "${FUNCNAME[0]}: --lines is missing"
  local partner_id order_id
  partner_id=$(create_partner \
    --name "$name" \
    ${email+--email "$email"} \
    ${phone+--phone "$phone"}) || return
  order_id=$(create_sale_order --partner_id "$partner_id" --lines "$lines") || return
  confirm_sale_order --order_id "$order_id" >/dev/null || return
  printf '%s\n' '{"partner_id": '"$partner_id"', "order_id": '"$order_id"'}'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (create partner, and 2 more): run it with --write'
ODOO_UID=$(user_id) # once for all
create_partner_then_create_and_confirm_sale_order \
  --name 'Marta Nowak' \
  --email marta.nowak@example.com \
  --phone '+48 22 555 01 04' \
  --lines '[[0, 0, {"product_id": 6, "product_uom_qty": 3}], [0, 0, {"product_id": 20, "product_uom_qty": 2}]]'
