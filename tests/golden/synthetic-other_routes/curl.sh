#!/usr/bin/env bash
# Update transfer lines and validate transfer and sync pos order, as Odoo 19's web client did it,
# through /jsonrpc.
#
# Captured in synthetic-other_routes.har.gz, calls 1, 2 and 3 (entries 3, 4 and 7), as user 2 on
# https://odoo.example.com.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash odoo_calls.sh --write

# Captured text is in single quotes, where $, ` and \ are plain text. All options are optional.
# shellcheck disable=SC1003,SC2016,SC2119,SC2120
set -euo pipefail

[[ ${ODOO_URL:-} ]] || ODOO_URL=https://odoo.example.com
[[ ${ODOO_DB:-} ]] || ODOO_DB='' # not in the capture: Odoo shows it with ?debug=1
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

json_boolean() {
  [[ $1 == true || $1 == false ]] || die "$1: neither true nor false"
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

# Change the move line of a transfer; returns True.
#
#   --picking_id NUMBER    Transfer (required): id of a stock.picking
#   --move_line_id NUMBER  Move Line (required)
#   --quantity NUMBER      Quantity (required, label guessed)
#   --picked true|false    Picked (required, label guessed)
update_transfer_lines() {
  local picking_id='' move_line_id='' quantity='' picked=''
  while (($# > 1)); do
    case $1 in
      --picking_id) picking_id=$(json_number "$2") || return ;;
      --move_line_id) move_line_id=$(json_number "$2") || return ;;
      --quantity) quantity=$(json_number "$2") || return ;;
      --picked) picked=$(json_boolean "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $picking_id ]] || die "${FUNCNAME[0]}: --picking_id is missing"
  [[ $move_line_id ]] || die "${FUNCNAME[0]}: --move_line_id is missing"
  [[ $quantity ]] || die "${FUNCNAME[0]}: --quantity is missing"
  [[ $picked ]] || die "${FUNCNAME[0]}: --picked is missing"
  execute_kw stock.picking write \
    '[
      ['"$picking_id"'],
      {
        "move_line_ids": [[1, '"$move_line_id"', {"quantity": '"$quantity"', "picked": '"$picked"'}]]
      }
    ]' \
    '{}'
}

# Validate a transfer (button_validate).
#
#   --picking_id NUMBER  Transfer (required): id of a stock.picking
#
# Not in this code: /hr_attendance/systray_check_in_out (synthetic-other_routes.har.gz#5) checked
# somebody in or out; it needs a session of the web client (convert -t python-web); through the API,
# create an hr.attendance with employee_id to check in, and write its check_out to check out.
#
# Not in this code: /shop/cart/add (synthetic-other_routes.har.gz#6) changed the cart of a visitor;
# it needs a session of the web client (convert -t python-web); through the API, create or write
# sale.order.line.
validate_transfer() {
  local picking_id=''
  while (($# > 1)); do
    case $1 in
      --picking_id) picking_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $picking_id ]] || die "${FUNCNAME[0]}: --picking_id is missing"
  execute_kw stock.picking button_validate \
    '[['"$picking_id"']]' \
    '{"context": {"lang": "en_US", "tz": "Europe/Brussels"}}'
}

# Sync a pos order (pos.order.sync_from_ui).
#
#   --session_id NUMBER     Session (required): id of a pos.session
#   --partner_id NUMBER     Partner (required): id of a res.partner
#   --amount_total NUMBER   Amount Total (required)
#   --amount_tax NUMBER     Amount Tax (required)
#   --amount_paid NUMBER    Amount Paid (required)
#   --amount_return NUMBER  Amount Return (required)
#   --lines JSON            Lines (required): a list of Odoo's commands, [0, 0, {"field": value}] for each
#   --payments JSON         Payments (required): a list of Odoo's commands, [0, 0, {"field": value}] for each
#
# uuid and access_token: left out; Odoo creates its own.
sync_pos_order() {
  local session_id='' partner_id='' amount_total='' amount_tax='' amount_paid='' amount_return='' lines='' payments=''
  while (($# > 1)); do
    case $1 in
      --session_id) session_id=$(json_number "$2") || return ;;
      --partner_id) partner_id=$(json_number "$2") || return ;;
      --amount_total) amount_total=$(json_number "$2") || return ;;
      --amount_tax) amount_tax=$(json_number "$2") || return ;;
      --amount_paid) amount_paid=$(json_number "$2") || return ;;
      --amount_return) amount_return=$(json_number "$2") || return ;;
      --lines) lines=$2 ;;
      --payments) payments=$2 ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $session_id ]] || die "${FUNCNAME[0]}: --session_id is missing"
  [[ $partner_id ]] || die "${FUNCNAME[0]}: --partner_id is missing"
  [[ $amount_total ]] || die "${FUNCNAME[0]}: --amount_total is missing"
  [[ $amount_tax ]] || die "${FUNCNAME[0]}: --amount_tax is missing"
  [[ $amount_paid ]] || die "${FUNCNAME[0]}: --amount_paid is missing"
  [[ $amount_return ]] || die "${FUNCNAME[0]}: --amount_return is missing"
  [[ $lines ]] || die "${FUNCNAME[0]}: --lines is missing"
  [[ $payments ]] || die "${FUNCNAME[0]}: --payments is missing"
  execute_kw pos.order sync_from_ui \
    '[
      [
        {
          "name": "Order 00001-001-0001",
          "session_id": '"$session_id"',
          "partner_id": '"$partner_id"',
          "amount_total": '"$amount_total"',
          "amount_tax": '"$amount_tax"',
          "amount_paid": '"$amount_paid"',
          "amount_return": '"$amount_return"',
          "lines": '"$lines"',
          "payment_ids": '"$payments"',
          "state": "paid"
        }
      ]
    ]' \
    '{"context": {"lang": "en_US", "tz": "Europe/Brussels"}}'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (update transfer lines, and 2 more): run it with --write'
ODOO_UID=$(user_id) # once for all
result=$(update_transfer_lines \
  --picking_id 88 \
  --move_line_id 301 \
  --quantity 3 \
  --picked true)
result_2=$(validate_transfer --picking_id 88)
result_3=$(sync_pos_order \
  --session_id 3 \
  --partner_id 14 \
  --amount_total 9.0 \
  --amount_tax 0.0 \
  --amount_paid 9.0 \
  --amount_return 0.0 \
  --lines '[[0, 0, {"product_id": 21, "qty": 2, "price_unit": 4.5}]]' \
  --payments '[[0, 0, {"payment_method_id": 1, "amount": 9.0}]]')
printf '%s\n' '{"result": '"$result"', "result_2": '"$result_2"', "result_3": '"$result_3"'}'
