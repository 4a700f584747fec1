#!/usr/bin/env bash
# Read country, as Odoo's web client did it, through JSON-2.
#
# Captured in synthetic-dataset_load.har, calls 1 and 2 (entries 1 and 2), as user 2 on
# https://odoo.example.com.
#
#     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
#     bash read_country.sh

# Captured text is in single quotes, where $, ` and \ are plain text. All options are optional.
# shellcheck disable=SC1003,SC2016,SC2119,SC2120
set -euo pipefail

[[ ${ODOO_URL:-} ]] || ODOO_URL=https://odoo.example.com
[[ ${ODOO_DB:-} ]] || ODOO_DB='' # not in the capture: Odoo shows it with ?debug=1
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

# Read a country.
#
#   --country_id NUMBER  Country (required): id of a res.country
#
# /web/dataset/load -> read: the route ignores `fields`, so all of them are read.
read_country() {
  local country_id=''
  while (($# > 1)); do
    case $1 in
      --country_id) country_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $country_id ]] || die "${FUNCNAME[0]}: --country_id is missing"
  call res.country read '{"ids": ['"$country_id"'], "context": {"lang": "en_US", "tz": "Europe/Brussels"}}'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
countries=$(read_country --country_id 20)
countries_2=$(read_country --country_id 99999)
printf '%s\n' '{"countries": '"$countries"', "countries_2": '"$countries_2"'}'
