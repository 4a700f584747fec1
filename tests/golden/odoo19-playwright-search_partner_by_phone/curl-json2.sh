#!/usr/bin/env bash
# List partners and search partners by phone, as Odoo 19's web client did it, through JSON-2.
#
# Captured in odoo19-playwright-search_partner_by_phone.har, calls 3 and 5 (entries 18 and 21), as
# user 2 on http://127.0.0.1:18019.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash odoo_calls.sh

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

# All partners, page by page.
#
#   --limit NUMBER   Limit: at most this many records
#   --offset NUMBER  Offset: skip this many records first
#
# web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
# category_id as bare ids, and the total (`length`) is not counted.
#
# Left out: avatar_128 (an image or file; the client asked for the size only).
list_partners() {
  local limit=80 offset=0
  while (($# > 1)); do
    case $1 in
      --limit) limit=$(json_number "$2") || return ;;
      --offset) offset=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  call res.partner search_read '{
    "domain": [],
    "fields": [
      "write_date",
      "complete_name",
      "vat",
      "invoice_sending_method",
      "invoice_edi_format",
      "email",
      "phone",
      "user_id",
      "activity_ids",
      "activity_exception_decoration",
      "activity_exception_icon",
      "activity_state",
      "activity_summary",
      "activity_type_icon",
      "activity_type_id",
      "street",
      "city",
      "state_id",
      "country_id",
      "application_statistics",
      "category_id",
      "company_id",
      "properties",
      "properties_base_definition_id"
    ],
    "limit": '"$limit"',
    "offset": '"$offset"',
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }'
}

# Partners whose phone number contains `phone`.
#
#   --phone TEXT     Phone Number (required): part of the phone number
#   --limit NUMBER   Limit: at most this many records
#   --offset NUMBER  Offset: skip this many records first
#
# web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
# category_id as bare ids, and the total (`length`) is not counted.
#
# Left out: avatar_128 (an image or file; the client asked for the size only).
search_partners_by_phone() {
  local phone='' limit=80 offset=0
  while (($# > 1)); do
    case $1 in
      --phone) phone=$(json_string "$2") || return ;;
      --limit) limit=$(json_number "$2") || return ;;
      --offset) offset=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $phone ]] || die "${FUNCNAME[0]}: --phone is missing"
  call res.partner search_read '{
    "domain": [["phone_mobile_search", "ilike", '"$phone"']],
    "fields": [
      "write_date",
      "complete_name",
      "vat",
      "invoice_sending_method",
      "invoice_edi_format",
      "email",
      "phone",
      "user_id",
      "activity_ids",
      "activity_exception_decoration",
      "activity_exception_icon",
      "activity_state",
      "activity_summary",
      "activity_type_icon",
      "activity_type_id",
      "street",
      "city",
      "state_id",
      "country_id",
      "application_statistics",
      "category_id",
      "company_id",
      "properties",
      "properties_base_definition_id"
    ],
    "limit": '"$limit"',
    "offset": '"$offset"',
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}
  }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
partners=$(list_partners)
partners_2=$(search_partners_by_phone --phone 555)
printf '%s\n' '{"partners": '"$partners"', "partners_2": '"$partners_2"'}'
