"""Names that no input, result or function of generated code may have, because the code needs them itself.

A test reads the templates: it fails for a name that one of them defines or imports and that is missing here.
"""

from __future__ import annotations

import builtins
import keyword

# What `site` adds to the builtins is for a terminal, and no code relies on it; as fields they occur (`license`).
_AT_A_TERMINAL = {"copyright", "credits", "exit", "license", "quit"}
_BUILTINS = {name for name in dir(builtins) if not name.startswith("_")} - _AT_A_TERMINAL
_IN_TEMPLATES = """
    API_KEY AuthenticationError CAPTURED_UID COLUMNS CONTEXT DB Form JOURNAL Journal LINES LOGIN LOG_IN_AGAIN
    LOST NO Odoo OdooError OdooUser OneServer PASSWORD ROWS SESSION SESSION_ID Table UID URL WRITE YES
    add_options answered any_given argparse at_least_one base64 call call_kw call_route call_rows check
    check_server connection created csrf_token csv datetime describe_outcome do_step download execute_kw export
    fcntl file_in find_records found from_file functools given hashlib html httpx in_row io itertools json
    load_rows locust main new_lines odoolib odooly odoorpc on_start one_line only only_for only_letters
    open_private opened os paged post_form post_json quote random re refusal report_file requests results
    rows_of run_rows save scenario send send_rows server signal sys think time to_date to_number to_record types
    uid upload urllib urllib3 wait_time warn write_errors x2many xmlrpc
""".split()
# Variables of functions that templates write, and of connectors.
_IN_FUNCTIONS = {"asked", "db", "in_words", "secret", "self"}

RESERVED = frozenset(
    {*keyword.kwlist, *keyword.softkwlist, "help", *_BUILTINS, *_IN_TEMPLATES, *_IN_FUNCTIONS}
)
