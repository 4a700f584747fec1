"""The options of one `curl` command, and the requests that they describe.

Options are those of curl 8.16 (`curl --help all`, docs/cmdline-opts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

from har2rpc.reading.clipboard.copied_text import Request, join_surrogates

_GLOB = re.compile(r"\\([][{}])")
_HOST = re.compile(r"[\w.${}%-]+(?::\d+)?/")  # a variable of the shell, too

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


def command_requests(words: list[str]) -> Iterator[Request]:
    """The requests of one command: one for each URL; `--next` starts a new one."""
    command = _Command()
    for name, value in _options(words):
        if name == "next":
            yield from command.requests()
            command = _Command()
        else:
            command.take(name, value)
    yield from command.requests()


def _options(words: list[str]) -> Iterator[tuple[str, str]]:
    """The options by their long names, with their values; a bare URL is the value of `url`."""
    rest = iter(words)
    for word in rest:
        if word.startswith("--") and len(word) > 2:
            name = word[2:]
            yield name, next(rest, "") if name in _WITH_VALUE else ""
        elif word.startswith("-") and len(word) > 1:
            for end, letter in enumerate(word[1:], 2):
                name = _LETTERS.get(letter, "")
                if name in _WITH_VALUE:
                    yield name, word[end:] or next(rest, "")
                    break
                yield name, ""
        elif "://" in word or _HOST.match(word):
            yield "url", word


class _Command:
    """What the options of one command say."""

    def __init__(self) -> None:
        self._urls: list[str] = []
        self._method = ""
        self._data: list[str] = []
        self._note = ""
        self._is_globoff = self._has_form = False

    def take(self, name: str, value: str) -> None:
        """One option. Headers, cookies, users and all others are ignored."""
        if name == "url":
            self._urls.append(value)
        elif name == "request":
            self._method = value.upper()
        elif name == "globoff":
            self._is_globoff = True
        elif name in ("get", "head"):
            self._method = self._method or name.upper()
        elif name in ("form", "form-string"):
            self._has_form = True
        elif name == "upload-file":
            self._method = self._method or "PUT"
        elif name in _DATA:
            if name in _READ_FROM_FILE and value.startswith("@"):
                self._note = (
                    f"the request's body is in a file ({value[1:80]}), which is not read; paste it"
                )
            self._data.append(_urlencoded(value) if name == "data-urlencode" else value)

    def requests(self) -> Iterator[Request]:
        """One for each URL; one without a url if there is none."""
        body = join_surrogates("&".join(self._data)) if self._data and not self._note else None
        has_body = self._data or self._has_form
        method = self._method or ("POST" if has_body else "GET")
        for written in self._urls or [""]:
            # Chrome keeps curl from reading [] and {} as ranges by a backslash.
            url = written if self._is_globoff else _GLOB.sub(r"\1", written)
            if url and "://" not in url:
                url = f"http://{url}"  # as curl does
            note = self._note if url else "a curl command without a URL"
            yield Request(join_surrogates(url), method, body, note)


def _urlencoded(value: str) -> str:
    name, sign, content = value.partition("=")
    return f"{name}{sign and name and '='}{quote_plus(content)}" if sign else quote_plus(value)
