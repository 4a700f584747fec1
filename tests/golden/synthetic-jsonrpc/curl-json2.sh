#!/usr/bin/env bash
# 4 calls to Odoo, as a program did it, through JSON-2.
#
# Captured in synthetic-jsonrpc.har, calls 1, 2, 3 and 4 (entries 3, 4, 5 and 6), as user 2 on
# https://odoo.example.com.
#
# Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash odoo_calls.sh --write

# Captured text is in single quotes, where $, ` and \ are plain text. All options are optional.
# shellcheck disable=SC1003,SC2016,SC2119,SC2120
set -euo pipefail

[[ ${ODOO_URL:-} ]] || ODOO_URL=https://odoo.example.com
[[ ${ODOO_DB:-} ]] || ODOO_DB=demo
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

# Partners whose phone contains `phone`.
#
#   --phone TEXT    Phone (required, label guessed): part of the phone
#   --limit NUMBER  Limit: at most this many records
search_partners_by_phone() {
  local phone='' limit=80
  while (($# > 1)); do
    case $1 in
      --phone) phone=$(json_string "$2") || return ;;
      --limit) limit=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $phone ]] || die "${FUNCNAME[0]}: --phone is missing"
  call res.partner search_read '{"domain": [["phone", "ilike", '"$phone"']], "fields": ["name", "phone"], "limit": '"$limit"'}'
}

# Create a partner; returns its id.
#
#   --name TEXT   Name (required, label guessed)
#   --phone TEXT  Phone (label guessed)
create_partner() {
  local name='' phone=''
  while (($# > 1)); do
    case $1 in
      --name) name=$(json_string "$2") || return ;;
      --phone) phone=$(json_string "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $name ]] || die "${FUNCNAME[0]}: --name is missing"
  local created
  created=$(call res.partner create '{"vals_list": ['"$(object name "$name" phone "$phone")"']}') || return
  created=${created#[} # JSON-2 returns a list even for one record
  printf '%s\n' "${created%]}"
}

# Change the city of a partner; returns True.
#
#   --partner_id NUMBER  Partner (required): id of a res.partner (137 was Café "L'Été")
#   --city TEXT          City (required, label guessed)
update_partner_city() {
  local partner_id='' city=''
  while (($# > 1)); do
    case $1 in
      --partner_id) partner_id=$(json_number "$2") || return ;;
      --city) city=$(json_string "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $partner_id ]] || die "${FUNCNAME[0]}: --partner_id is missing"
  [[ $city ]] || die "${FUNCNAME[0]}: --city is missing"
  call res.partner write '{"ids": ['"$partner_id"'], "vals": {"city": '"$city"'}}'
}

# Read a partner.
#
#   --partner_id NUMBER  Partner (required): id of a res.partner (137 was Café "L'Été")
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
  call res.partner read '{"ids": ['"$partner_id"'], "fields": ["name", "city"]}'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (create partner, and 1 more): run it with --write'
partners=$(search_partners_by_phone --phone 8)
partner_id=$(create_partner --name 'Café "L'\''Été"' --phone '+32 2 555 01 02')
update_partner_city --partner_id "$partner_id" --city Ghent >/dev/null
partners_2=$(read_partner --partner_id "$partner_id")
printf '%s\n' '{"partners": '"$partners"', "partner_id": '"$partner_id"', "partners_2": '"$partners_2"'}'
