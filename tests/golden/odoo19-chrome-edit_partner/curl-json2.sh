#!/usr/bin/env bash
# Read partner and update partner, as Odoo 19's web client did it, through JSON-2.
#
# Captured in odoo19-chrome-edit_partner.har, calls 3 and 9 (entries 20 and 31), as user 2 on
# http://127.0.0.1:18019.
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

object() { # NAME JSON…: a JSON object of what was given
  local members=''
  while (($# > 1)); do
    [[ ! $2 ]] || members+="${members:+, }\"$1\": $2"
    shift 2
  done
  printf '%s' "{$members}"
}

x2many() { # COMMAND…: a JSON list of the commands whose records were given; nothing without any
  local command list=''
  for command; do list+="${command:+${list:+, }$command}"; done
  [[ ! $list ]] || printf '%s' "[$list]"
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

# Read a partner.
#
#   --partner_id NUMBER  Partner (required): id of a res.partner (15 was Azure Interior)
#
# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicate_bank_partner_ids, category_id, child_ids and bank_ids as bare ids, same_vat_partner_id,
# same_company_registry_partner_id and parent_id named without the client's context.
#
# Left out: image_1920 and avatar_128 (images or files; the client asked for the size only).
read_partner() {
  local partner_id=''
  while (($# > 1)); do
    case $1 in
      --partner_id) partner_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $partner_id ]] || die "${FUNCNAME[0]}: --partner_id is missing"
  call res.partner read '{
    "ids": ['"$partner_id"'],
    "fields": [
      "same_vat_partner_id",
      "vat_label",
      "same_company_registry_partner_id",
      "company_registry_label",
      "duplicate_bank_partner_ids",
      "opportunity_count",
      "sale_order_count",
      "currency_id",
      "total_invoiced",
      "supplier_invoice_count",
      "meeting_count",
      "task_count",
      "payment_token_count",
      "write_date",
      "company_type",
      "name",
      "is_blacklisted",
      "email",
      "phone_blacklisted",
      "phone",
      "phone_sanitized",
      "parent_id",
      "company_name",
      "type_address_label",
      "street",
      "street2",
      "city",
      "state_id",
      "zip",
      "country_id",
      "function",
      "partner_vat_placeholder",
      "vat",
      "website",
      "lang",
      "category_id",
      "properties",
      "child_ids",
      "user_id",
      "property_payment_term_id",
      "property_inbound_payment_method_line_id",
      "property_supplier_payment_term_id",
      "property_outbound_payment_method_line_id",
      "property_account_position_id",
      "company_registry_placeholder",
      "partner_company_registry_placeholder",
      "company_registry",
      "ref",
      "company_id",
      "industry_id",
      "global_location_number",
      "bank_ids",
      "ignore_abnormal_invoice_amount",
      "ignore_abnormal_invoice_date",
      "invoice_sending_method",
      "invoice_edi_format",
      "invoice_template_pdf_report_id",
      "available_peppol_eas",
      "peppol_eas",
      "peppol_endpoint",
      "credit",
      "days_sales_outstanding",
      "use_partner_credit_limit",
      "credit_limit",
      "comment",
      "active",
      "is_company",
      "type",
      "user_ids",
      "active_lang_count",
      "properties_base_definition_id",
      "display_invoice_edi_format",
      "available_invoice_template_pdf_report_ids",
      "display_invoice_template_pdf_report_id",
      "show_credit_limit",
      "display_name"
    ],
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }'
}

# Change a partner; returns True.
#
#   --partner_id NUMBER   Partner (required): id of a res.partner (15 was Azure Interior)
#   --phone TEXT          Phone
#   --category_id NUMBER  Tags: id of a res.partner.category (2 was Prospects)
#
# web_save -> write: returns True and does not read the record back.
update_partner() {
  local partner_id='' phone='' category_id=''
  while (($# > 1)); do
    case $1 in
      --partner_id) partner_id=$(json_number "$2") || return ;;
      --phone) phone=$(json_string "$2") || return ;;
      --category_id) category_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $partner_id ]] || die "${FUNCNAME[0]}: --partner_id is missing"
  [[ $phone$category_id ]] || die "${FUNCNAME[0]}: nothing to change: give at least one value"
  call res.partner write '{
    "ids": ['"$partner_id"'],
    "vals": '"$(object phone "$phone" category_id "$(x2many "${category_id:+[4, $category_id]}")")"',
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (update partner): run it with --write'
partners=$(read_partner --partner_id 15)
update_partner --partner_id 15 --phone '+1 555 0199' --category_id 2 >/dev/null
printf '%s\n' "$partners"
