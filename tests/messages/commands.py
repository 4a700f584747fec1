"""Messages and what brings them about on the command line: FILE is a small capture, FOLDER an empty folder."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A command line, and files that it finds in FOLDER: by name, their text."""

    file: str
    """The file of the package whose sentence comes out."""
    command: str
    """What stands on the line, split at spaces."""
    files: tuple[tuple[str, str], ...] = ()
    stdin: str = ""
    key: str = ""
    """What ODOO_API_KEY holds."""


_REQUIRED_WITH_DEFAULT = (
    '{"calls": {"1": {"inputs": {"domain[0][2]": {"required": true, "default": "x"}}}}}'
)
_DEEP = '{"tools": ' + "[" * 300 + "]" * 300 + "}"

ROWS = (
    Row("cli/arguments.py", "convert -n 1 3-5 FILE"),
    Row("cli/call_selection.py", "convert -n x FILE"),
    Row("cli/call_selection.py", "convert -n 0 FILE"),
    Row("cli/call_selection.py", "convert --fields 1a FILE"),
    Row("cli/call_selection.py", "convert --input nothing FILE"),
    Row("cli/call_selection.py", "convert --name nothing FILE"),
    Row("cli/call_selection.py", "convert --name 99=find FILE"),
    Row("cli/convert.py", "convert --rows --sheet FILE"),
    Row("cli/convert.py", "convert --verbatim --fields name FILE"),
    Row("cli/convert.py", "convert -t locoia --flow FILE"),
    Row("cli/domain.py", "domain FOLDER/none.txt"),
    Row("cli/mcp.py", "mcp -"),
    Row("cli/mcp.py", "mcp FILE FOLDER/tools.json", (("tools.json", '{"har2rpc_actions": 1}'),)),
    Row("cli/mcp.py", "mcp --all FOLDER/tools.json", (("tools.json", '{"har2rpc_actions": 1}'),)),
    Row("cli/private_files.py", "redact FILE FILE -o FOLDER/a.har", (("a.har", "{}"),)),
    Row("cli/redact.py", "redact --check FILE -o FOLDER/out.har"),
    Row("cli/redact.py", "redact FILE"),
    Row("cli/verify.py", "verify --url https://odoo.example --db lab FILE"),
    Row("cli/whoami.py", "whoami FILE --url https://odoo.example --db lab --login admin"),
    Row("cli/whoami.py", "whoami --url https://odoo.example"),
    Row("cli/whoami.py", "whoami --server x --url https://odoo.example --db lab --login admin"),
    Row("cli/whoami.py", "whoami --db lab"),
    Row("cli/whoami.py", "whoami"),
    Row("converting/overrides.py", "convert --input 2:domain[0][2]=a --keep 2:domain[0][2] FILE"),
    Row("converting/overrides.py", "convert -n 1 --keep 9:domain[0][2] FILE"),
    Row("cli/convert.py", "convert --verbatim --overrides FOLDER/o.json FILE", (("o.json", '{"fields": ["name"]}'),)),
    Row("converting/override_details.py", "convert --overrides FOLDER/o.json FILE", (("o.json", _REQUIRED_WITH_DEFAULT),)),
    Row("pipeline/tool_server.py", "mcp FOLDER/deep.json", (("deep.json", _DEEP),), key="k"),
    Row("odoo/domains/texts.py", "domain -", stdin="[('a', '=', 1e999)]"),
    Row("odoo/versions.py", "domain --odoo 3 []"),
    Row("pipeline/redaction.py", "redact FOLDER/none.har -o FOLDER/out.har", (("none.har", '{"log": {"entries": []}}'),)),
    Row("proving/live_server.py", "whoami --url http:// --db lab --login admin", key="k"),
    Row("proving/live_server.py", "whoami --url https://odoo.example:port --db lab --login admin", key="k"),
    Row("rendering/languages.py", "convert -t FOLDER/mine.xyz.j2 FILE", (("mine.xyz.j2", "{# mine #}x"),)),
    Row("rendering/languages.py", "convert -t FOLDER/mine.xyz.j2 FILE", (("mine.xyz.j2", "{#- literals: cobol -#}x"),)),
    Row("rendering/environment.py", "convert -t FOLDER/mine.py.j2 FILE", (("mine.py.j2", "{# mine #}x = {{ title }}"),)),
    Row("rendering/python/source.py", "convert -t FOLDER/mine.py.j2 FILE", (("mine.py.j2", "{# mine #}x = ="),)),
    Row("cli/private_files.py", "redact FILE FILE -o FOLDER/out/"),
    Row("converting/__init__.py", "convert --name 1=partners FILE"),
    Row("converting/overrides.py", "convert --input 3:vals.name=a --input 3:vals.phone=a FILE"),
    Row("pipeline/tool_server.py", "mcp FILE"),
)  # fmt: skip
