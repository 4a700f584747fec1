"""The requests of `curl` commands: "Copy as cURL" of Chrome, Firefox and Safari, for bash and for cmd, and typed ones.

Options are those of curl 8.16 (`curl --help all`, docs/cmdline-opts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

from har2rpc.reading.clipboard.copied_text import Found, Lines, Request, joined
from har2rpc.reading.clipboard.shell_words import (
    Unfinished,
    bash_words,
    cmd_line,
    cmd_words,
)

_START = re.compile(r"(?:^|(?<=[;&|]))[ \t]*(?:[$>%][ \t]*)?curl(?:\.exe)?(?=[\s^\\])", re.M | re.I)
_QUOTE = re.compile(r"""\^?"|\$?'""")
_NOTHING = re.compile(r"(?:[\s\0;&]++|(?:#|::|REM )[^\n]*+)*+", re.I)
# As Chrome begins; Firefox writes curl.exe, and keeps what is not ASCII.
_CHROME_FOR_CMD = re.compile(r'^[ \t]*curl (?:--url )?\^"', re.M)
_GLOB = re.compile(r"\\([][{}])")
_HOST = re.compile(r"[\w.-]+(?::\d+)?/")

# Options that take a value, without their dashes; all others stand alone.
_WITH_VALUE = frozenset(
    """abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
    continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
    delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine
    etag-compare etag-save expand-data expand-data-raw expand-header expand-json expand-url expand-user
    expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode
    happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway
    json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth mail-from
    mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max
    parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath
    proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
    proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser
    proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve retry retry-delay
    retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname
    speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword
    tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user user-agent variable vlan-priority
    write-out""".split()
)
_LETTERS = {
    "A": "user-agent",
    "b": "cookie",
    "c": "cookie-jar",
    "C": "continue-at",
    "d": "data",
    "D": "dump-header",
    "e": "referer",
    "E": "cert",
    "F": "form",
    "G": "get",
    "g": "globoff",
    "H": "header",
    "h": "help",
    "I": "head",
    "K": "config",
    "m": "max-time",
    "o": "output",
    "P": "ftp-port",
    "Q": "quote",
    "r": "range",
    "t": "telnet-option",
    "T": "upload-file",
    "u": "user",
    "U": "proxy-user",
    "w": "write-out",
    "x": "proxy",
    "X": "request",
    "Y": "speed-limit",
    "y": "speed-time",
    "z": "time-cond",
    ":": "next",
}
_DATA = frozenset("data data-ascii data-binary data-raw data-urlencode json".split())
_READ_FROM_FILE = _DATA - {"data-raw"}


def requests(text: str) -> Iterator[Found]:
    """Every request of the commands in a text, and a sentence for what is none."""
    at, spaces, lines = 0, False, Lines(text)
    while start := _START.search(text, at):
        yield from _between(text, at, start.start(), lines)
        at = start.end()
        try:
            if cmd := _is_cmd(text, at):
                words, at = cmd_words(text[at : cmd_line(text, at)]), cmd_line(text, at)
            else:
                words, at = bash_words(text, at)
        except Unfinished as why:
            # What stands behind the quote may hold whole commands: a lost quote must not cost them.
            newline = text.find("\n", at)
            at = len(text) if newline < 0 else newline
            yield Request("", note=f"{lines.at(start.start())}: {why}")
            continue
        for request in _requests(words):
            spaces = spaces or (cmd and " " in (request.body or ""))
            yield request
    yield from _between(text, at, len(text), lines)
    if spaces and text.isascii() and _CHROME_FOR_CMD.search(text):
        yield (
            "copied for cmd, where Chrome writes a space for every letter beyond ASCII (é, €); "
            'if there was one, use "Copy as cURL (bash)" or "Copy as fetch"'
        )


def _between(text: str, at: int, end: int, lines: Lines) -> Iterator[str]:
    """A sentence on what stands between two commands, unless it is a pipe's other end, comments, or nothing."""
    if at:  # `| jq .result`: the rest of the command's own line
        newline = text.find("\n", at, end)
        at = end if newline < 0 else newline
    at = _NOTHING.match(text, at, end).end()
    if at < end:
        yield f"{lines.at(at)}: {end - at} characters that are no curl command passed over"


def _is_cmd(text: str, at: int) -> bool:
    """Whether a command is written for cmd: by its first quote, which each of the browsers writes in one way."""
    newline = text.find("\n", at)
    line = text[at : len(text) if newline < 0 else newline].rstrip()
    quote = _QUOTE.search(line)
    if quote is None or quote[0] == '"':  # old Chrome's, or typed
        return line.endswith("^") or '^\\^"' in line
    return quote[0] == '^"'


def _requests(words: list[str]) -> Iterator[Request]:
    """The requests of one command: one for each URL; `--next` begins anew."""
    made = _Command()
    rest = iter(words)
    for word in rest:
        if word.startswith("--") and len(word) > 2:
            name = word[2:]
            if name == "next":
                yield from made.requests()
                made = _Command()
                continue
            made.take(name, next(rest, "") if name in _WITH_VALUE else "")
        elif word.startswith("-") and len(word) > 1:
            letters = word[1:]
            for n, letter in enumerate(letters, 1):
                name = _LETTERS.get(letter, "")
                if name in _WITH_VALUE:
                    made.take(name, letters[n:] or next(rest, ""))
                    break
                if name == "next":
                    yield from made.requests()
                    made = _Command()
                else:
                    made.take(name, "")
        elif "://" in word or _HOST.match(word):
            made.urls.append(word)
    yield from made.requests()


class _Command:
    """What the options of one command say."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self._method = ""
        self._data: list[str] = []
        self._note = ""
        self._globs = self._has_form = False

    def take(self, name: str, value: str) -> None:
        """One option. Headers, cookies, users and whatever else are not for us."""
        if name == "url":
            self.urls.append(value)
        elif name == "request":
            self._method = value.upper()
        elif name == "globoff":
            self._globs = True
        elif name in ("get", "head"):
            self._method = self._method or name.upper()
        elif name in ("form", "form-string"):
            self._has_form = True
        elif name == "upload-file":
            self._method = self._method or "PUT"
        elif name in _DATA:
            if name in _READ_FROM_FILE and value.startswith("@"):
                self._note = f"the request's body stands in a file ({value[1:80]}), which is not read; paste it"
            self._data.append(_urlencoded(value) if name == "data-urlencode" else value)

    def requests(self) -> Iterator[Request]:
        """One for each URL; one without a url if there is none."""
        body = joined("&".join(self._data)) if self._data and not self._note else None
        sent = self._data or self._has_form
        method = self._method or ("POST" if sent else "GET")
        for url in self.urls or [""]:
            # Chrome keeps curl from reading [] and {} as ranges by a backslash.
            url = url if self._globs else _GLOB.sub(r"\1", url)
            if url and "://" not in url:
                url = f"http://{url}"  # as curl does
            note = self._note if url else "a curl command without a URL"
            yield Request(joined(url), method, body, note)


def _urlencoded(value: str) -> str:
    name, sign, content = value.partition("=")
    return f"{name}{sign and name and '='}{quote_plus(content)}" if sign else quote_plus(value)
