#!/usr/bin/env bash
# List partners and search partners by phone, as Odoo 19's web client did it, through /jsonrpc.
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
  execute_kw res.partner search_read \
    '[[]]' \
    '{
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
  execute_kw res.partner search_read \
    '[[["phone_mobile_search", "ilike", '"$phone"']]]' \
    '{
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
ODOO_UID=$(user_id) # once for all
partners=$(list_partners)
partners_2=$(search_partners_by_phone --phone 555)
printf '%s\n' '{"partners": '"$partners"', "partners_2": '"$partners_2"'}'
