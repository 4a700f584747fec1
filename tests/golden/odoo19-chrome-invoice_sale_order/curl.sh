#!/usr/bin/env bash
# Read sale order and create invoices for sale order and read invoice, as Odoo 19's web client did
# it, through /jsonrpc.
#
# Captured in odoo19-chrome-invoice_sale_order.har, calls 3, 7, 8 and 10 (entries 19, 30, 31 and
# 33), as user 2 on http://127.0.0.1:18019.
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

json_value() { # takes the first value (or the closing bracket) off $json, into $value
  local depth=0 token='^[[:space:],:]*("([^"\\]|\\.)*"|[][{}]|[^][{}",:[:space:]]+)'
  value=''
  while [[ $json =~ $token ]]; do
    json=${json#"${BASH_REMATCH[0]}"}
    value+=${BASH_REMATCH[0]}
    case ${BASH_REMATCH[1]} in
      '[' | '{') depth=$((depth + 1)) ;;
      ']' | '}') depth=$((depth - 1)) ;;
    esac
    ((depth > 0)) || break
  done
  value=${value#"${value%%[![:space:],:]*}"}
}

json_at() { # JSON KEY…: the value at these keys; in a list a key is an index, from 0
  local json=$1 key place name value opening
  shift
  for key; do
    json=${json#"${json%%[![:space:]]*}"}
    opening=${json:0:1} json=${json:1} value=''
    case $opening in
      '[') for ((place = 0; place <= key; place++)); do json_value; done ;;
      '{') while json_value && name=$value && [[ $name == \"* ]]; do
        json_value
        [[ $name != "\"$key\"" ]] || break
      done ;;
    esac
    [[ $value && $value != ']'* && $value != '}'* ]] || die "the answer holds no $key"
    json=$value
  done
  printf '%s' "$json"
}

opened() { # JSON: the single record that an action opens; an error otherwise
  local id
  id=$(json_at "$1" res_id)
  [[ $id =~ ^[1-9] ]] || die 'the action does not open a single record; see in Odoo what it lists'
  printf '%s' "$id"
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

# Read a sale order.
#
#   --order_id NUMBER  Sale Order (required): id of a sale.order (23 was S00023)
#
# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's own order,
# partner_id, team_id, project_id and opportunity_id named without the client's context.
#
# Left out: signature (an image or file; the client asked for the size only).
read_sale_order() {
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
  execute_kw sale.order read \
    '[['"$order_id"']]' \
    '{
      "fields": [
        "state",
        "sale_warning_text",
        "partner_credit_warning",
        "duplicated_order_ids",
        "project_count",
        "tasks_count",
        "milestone_count",
        "invoice_count",
        "name",
        "partner_id",
        "sale_order_template_id",
        "validity_date",
        "date_order",
        "currency_id",
        "pricelist_id",
        "payment_term_id",
        "order_line",
        "note",
        "tax_totals",
        "quotation_document_ids",
        "customizable_pdf_form_fields",
        "user_id",
        "team_id",
        "company_id",
        "require_signature",
        "require_payment",
        "prepayment_percent",
        "reference",
        "client_order_ref",
        "tag_ids",
        "show_update_fpos",
        "fiscal_position_id",
        "preferred_payment_method_line_id",
        "partner_invoice_id",
        "project_id",
        "journal_id",
        "invoice_status",
        "commitment_date",
        "expected_date",
        "origin",
        "opportunity_id",
        "campaign_id",
        "medium_id",
        "source_id",
        "signed_by",
        "signed_on",
        "write_date",
        "has_authorized_transaction_ids",
        "locked",
        "has_archived_products",
        "show_project_button",
        "project_ids",
        "is_product_milestone",
        "company_price_include",
        "is_pdf_quote_builder_available",
        "display_name"
      ],
      "context": {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1]}
    }'
}

# Create invoices for a sale order, through the wizard sale.advance.payment.inv; returns what its
# create_invoices returns.
#
#   --order_id NUMBER  Sale Order (required): id of a sale.order (23 was S00023)
#
# web_save without an id -> create: returns the new record's id and does not read the record back.
#
# The user entered nothing. The form's 5 values were empty or defaults (sale_order_ids,
# consolidated_billing and advance_payment_method).
#
# call_button -> the same method. The browser received False where no action was returned; the API
# returns the method's actual result.
create_invoices_for_sale_order() {
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
  local wizard_id
  wizard_id=$(execute_kw sale.advance.payment.inv create \
    '[{}]' \
    '{
      "context": {
        "lang": "en_US",
        "tz": "Europe/Brussels",
        "allowed_company_ids": [1],
        "active_model": "sale.order",
        "active_id": '"$order_id"',
        "active_ids": ['"$order_id"']
      }
    }') || return
  execute_kw sale.advance.payment.inv create_invoices \
    '[['"$wizard_id"']]' \
    '{
      "context": {
        "lang": "en_US",
        "tz": "Europe/Brussels",
        "allowed_company_ids": [1],
        "active_model": "sale.order",
        "active_id": '"$order_id"',
        "active_ids": ['"$order_id"']
      }
    }'
}

# Read an invoice.
#
#   --move_id NUMBER  Account Move (required): id of an account.move (57 was Draft Invoice (S00023))
#
# web_read -> read: the records are the same, but a many2one comes as [id, name], duplicated_ref_ids
# and invoice_line_ids as bare ids, invoice_line_ids in its model's own order, partner_id,
# invoice_vendor_bill_id, partner_bank_id and team_id named without the client's context.
#
# Left out: invoice_payments_widget (an image or file; the client asked for the size only).
read_invoice() {
  local move_id=''
  while (($# > 1)); do
    case $1 in
      --move_id) move_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $move_id ]] || die "${FUNCNAME[0]}: --move_id is missing"
  execute_kw account.move read \
    '[['"$move_id"']]' \
    '{
      "fields": [
        "authorized_transaction_ids",
        "state",
        "sale_warning_text",
        "alerts",
        "duplicated_ref_ids",
        "payment_count",
        "adjusting_entries_count",
        "adjusting_entry_origin_label",
        "adjusting_entry_origin_moves_count",
        "transaction_count",
        "sale_order_count",
        "id",
        "company_id",
        "journal_id",
        "show_name_warning",
        "posted_before",
        "move_type",
        "payment_state",
        "invoice_filter_type_domain",
        "suitable_journal_ids",
        "currency_id",
        "company_currency_id",
        "commercial_partner_id",
        "bank_partner_id",
        "display_qr_code",
        "show_reset_to_draft_button",
        "expected_currency_rate",
        "invoice_has_outstanding",
        "is_move_sent",
        "invoice_pdf_report_id",
        "need_cancel_request",
        "has_reconciled_entries",
        "restrict_mode_hash_table",
        "inalterable_hash",
        "country_code",
        "display_inactive_currency_warning",
        "statement_line_id",
        "statement_id",
        "origin_payment_id",
        "tax_country_id",
        "tax_calculation_rounding_method",
        "tax_cash_basis_created_move_ids",
        "quick_edit_mode",
        "hide_post_button",
        "quick_encoding_vals",
        "show_delivery_date",
        "is_being_sent",
        "show_update_fpos",
        "is_sale_installed",
        "highest_name",
        "name",
        "partner_id",
        "quick_edit_total_amount",
        "ref",
        "tax_cash_basis_origin_move_id",
        "invoice_vendor_bill_id",
        "invoice_date",
        "date",
        "payment_reference",
        "partner_bank_id",
        "invoice_date_due",
        "invoice_payment_term_id",
        "taxable_supply_date_placeholder",
        "taxable_supply_date",
        "delivery_date",
        "invoice_line_ids",
        "narration",
        "tax_totals",
        "amount_residual",
        "invoice_outstanding_credits_debits_widget",
        "user_id",
        "invoice_user_id",
        "team_id",
        "invoice_origin",
        "qr_code_method",
        "invoice_incoterm_placeholder",
        "invoice_incoterm_id",
        "incoterm_location",
        "fiscal_position_id",
        "preferred_payment_method_line_id",
        "invoice_source_email",
        "auto_post",
        "auto_post_until",
        "checked",
        "campaign_id",
        "medium_id",
        "source_id",
        "reversed_entry_id",
        "highlight_send_button",
        "display_send_button",
        "is_draft_duplicated_ref_ids",
        "adjusting_entries_move_ids",
        "adjusting_entry_origin_move_ids",
        "status_in_payment",
        "name_placeholder",
        "show_taxable_supply_date",
        "show_journal",
        "company_price_include",
        "display_name"
      ],
      "context": {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1]}
    }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (create invoices for sale order): run it with --write'
ODOO_UID=$(user_id) # once for all
sale_orders=$(read_sale_order --order_id 23)
action=$(create_invoices_for_sale_order --order_id 23)
account_moves=$(read_invoice --move_id "$(opened "$action")")
printf '%s\n' '{"sale_orders": '"$sale_orders"', "account_moves": '"$account_moves"'}'
