"""How the requests in a text begin, and what stands around them: each expression is bounded, or takes what it has seen."""

from __future__ import annotations

import re

from har2rpc.reading.clipboard.addresses import MENTION
from har2rpc.reading.clipboard.curl import PROGRAM

START = re.compile(
    rf"""(?P<curl>(?:^|(?<=[\s;&|`($!>])){PROGRAM}(?=[ \t]+(?:-|["'^$\\]|https?:|[\w.-]+[.:/])|[ \t]*\^\r?\n))
    |(?P<fetch>(?<![\w.$])(?:(?:window|globalThis|self)\.)?fetch\s*\((?=\s*["'`\w$]))
    |(?P<powershell>\b(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\b(?=[ \t]+(?:-|["'$]|https?:)))
    |(?P<head>^[>\s]{{0,4}}(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ ](?P<target>\S{{1,4000}})[ ]HTTP/[\d.]{{1,3}}[ \t]*\r?$)
    |(?P<execute>\b(?P<service>execute_kw|executeKw|execute|orm\.call)\s*\()
    |(?P<quoted>["'](?P<quoted_service>execute_kw|execute)["'][ ]*,)
    |(?P<xml><methodCall>)
    |(?P<place>(?:\$\{{|\{{\{{|\{{|\$)(?P<variable>[A-Za-z_]\w{{0,40}})\}}{{0,2}}/[a-z][\w.]{{0,80}}/\w{{1,80}})
    |(?P<mention>{MENTION})
    |(?P<header>^[ \t>]{{0,4}}:?(?P<name>host|:?authority|origin)[ \t]*:?[ \t]*\r?\n?[ \t]*(?P<value>(?:https?://)?[\w.:\[\]/-]{{3,300}})[ \t]*\r?$)
    |(?P<escaped>\{{\s{{0,40}}(?:\\r|\\n|\s){{0,40}}(?:\\["']|""(?=\w)))
    |(?P<object>\{{(?!\{{)|(?:\b(?:array|dict)\s{{0,9}}\(|\[)(?=\s{{0,99}}["']?(?:jsonrpc|params|model|id|method|service)["']?\s{{0,9}}=))""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
XML_END = "</methodCall>"
CALLING = re.compile(
    r"execute_kw|\bfetch\s*\(|\bcurl\s|\bInvoke-|/web/dataset/|/jsonrpc|<methodCall>"
)
HEADER_LINE = re.compile(r"[ \t>]{0,4}(:?[\w-]{1,60}):[ \t]?([^\r\n]*+)\r?(?:\n|\Z)")
ESCAPED_QUOTES = re.compile(r"\{\s*+&(?:quot|#34|#x22|apos|#0?39);", re.IGNORECASE)
BENT_QUOTES = re.compile(r"[{,:\[]\s*+[“”„‟]")
STRAIGHT = str.maketrans(
    dict.fromkeys("“”„‟", '"')
    | dict.fromkeys(
        "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\u201a\u201b", "'"
    )
)
HEREDOC = re.compile(r"<<-?\s*+(['\"]?)(\w{1,40})\1")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
