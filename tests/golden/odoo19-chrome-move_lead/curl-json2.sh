#!/usr/bin/env bash
# Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through JSON-2.
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

user_id() { # the id of the user who owns the key
  local answer
  answer=$(call res.users context_get '{}') || return
  [[ $answer =~ \"uid\":\ *([0-9]+) ]] || die "$ODOO_URL does not tell whose key it is"
  printf '%s' "${BASH_REMATCH[1]}"
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
  call crm.lead formatted_read_group '{
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
  call crm.lead write '{
    "ids": ['"$lead_id"'],
    "vals": {"stage_id": '"$stage_id"'},
    "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1], "show_user_team_stages": 1}
  }'
}

# When sourced, it only defines functions; when run, it repeats the recorded calls.
[[ ${BASH_SOURCE[0]:-$0} == "$0" ]] || return 0
[[ $ODOO_DB && $ODOO_API_KEY ]] || die 'set ODOO_DB and ODOO_API_KEY first'
[[ $ODOO_DB$ODOO_API_KEY =~ ^[[:graph:]]+$ ]] || die 'ODOO_DB and ODOO_API_KEY: no blanks'
[[ " $* " == *' --write '* ]] ||
  die 'this would change Odoo (update lead stage): run it with --write'
groups=$(group_opportunities_by_stage)
update_lead_stage --lead_id 13 --stage_id 3 >/dev/null
printf '%s\n' "$groups"
