#!/usr/bin/env bash
# Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through /jsonrpc.
#
# Captured in odoo19-chrome-move_lead.har, calls 5 and 7 (entries 23 and 25), as user 2 on
# http://127.0.0.1:18019.
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

# Opportunities whose salesperson is `user_id`, grouped by stage.
#
#   --user_id NUMBER  Salesperson: id of a user; defaults to the one who calls
#   --offset NUMBER   Offset: skip this many records first
#
# web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same, without the
# total number of groups (`length`), and without the records of open groups (`__records`):
# search_read with a group's `__extra_domain`.
group_opportunities_by_stage() {
  local user_id='' offset=0
  while (($# > 1)); do
    case $1 in
      --user_id) user_id=$(json_number "$2") || return ;;
      --offset) offset=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $user_id ]] || user_id=$(user_id) || return
  execute_kw crm.lead formatted_read_group \
    '[]' \
    '{
      "domain": ["&", ["type", "=", "opportunity"], ["user_id", "=", '"$user_id"']],
      "groupby": ["stage_id"],
      "aggregates": [
        "expected_revenue:sum",
        "recurring_revenue_monthly:sum",
        "company_currency:array_agg_distinct",
        "expected_revenue:sum_currency",
        "recurring_revenue_monthly:sum_currency",
        "__count"
      ],
      "offset": '"$offset"',
      "context": {
        "lang": "en_US",
        "tz": "UTC",
        "allowed_company_ids": [1],
        "read_group_expand": true,
        "show_user_team_stages": 1
      }
    }'
}

# Change the stage of a lead; returns True.
#
#   --lead_id NUMBER   Lead (required): id of a crm.lead (13 was Quote for 12 Tables)
#   --stage_id NUMBER  Stage (required): id of a crm.stage (3 was Proposition)
#
# web_save -> write: returns True and does not read the record back.
update_lead_stage() {
  local lead_id='' stage_id=''
  while (($# > 1)); do
    case $1 in
      --lead_id) lead_id=$(json_number "$2") || return ;;
      --stage_id) stage_id=$(json_number "$2") || return ;;
      *) die "${FUNCNAME[0]}: $1: no such option" ;;
    esac
    shift 2
  done
  (($# == 0)) || die "${FUNCNAME[0]}: $1 needs a value"
  [[ $lead_id ]] || die "${FUNCNAME[0]}: --lead_id is missing"
  [[ $stage_id ]] || die "${FUNCNAME[0]}: --stage_id is missing"
  execute_kw crm.lead write \
    '[['"$lead_id"'], {"stage_id": '"$stage_id"'}]' \
    '{
      "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1], "show_user_team_stages": 1}
    }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (update lead stage): run it with --write'
ODOO_UID=$(user_id) # once for all
groups=$(group_opportunities_by_stage)
update_lead_stage --lead_id 13 --stage_id 3 >/dev/null
printf '%s\n' "$groups"
