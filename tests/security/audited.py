"""Runs generated Python in one process, one script after the other, and tells what it did that it need not do.

`audited.py PORT` reads {"text", "variables", "options"} from each line of standard input and prints a line {"said", "events"} for it.
Connecting to that port is what scripts are for; whatever starts a process, writes a file or connects elsewhere is an event.
"""

from __future__ import annotations

import io
import json
import os
import sys
import types
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

WATCHED = (
    "os.system os.exec os.posix_spawn os.spawn os.fork os.forkpty subprocess.Popen os.remove os.rename os.mkdir os.rmdir"
    " os.link os.symlink os.chmod os.chown os.truncate os.kill shutil.rmtree shutil.move shutil.copyfile socket.bind"
    " socket.sendto webbrowser.open pty.spawn"
).split()
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LIBRARIES = "requests odoolib odooly odoorpc xmlrpc.client idna encodings.idna".split()


class Watch:
    """The audit hook; it takes no notes but while a script runs."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.events: list[str] | None = None

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if self.events is not None and self._is_strange(event, args):
            self.events.append(f"{event} {args!r}"[:300])

    def _is_strange(self, event: str, args: tuple[Any, ...]) -> bool:
        if event == "open" and str(args[0]).endswith(".csv.journal"):
            return False  # the one file that a script of --rows writes where nothing is refused
        if event == "open":
            return isinstance(args[2], int) and bool(args[2] & WRITING)
        if event == "socket.connect":
            return args[1][:2] not in (("127.0.0.1", self.port), ("::1", self.port))
        if event == "socket.getaddrinfo":
            return str(args[0]) not in ("127.0.0.1", "localhost")
        return event in WATCHED


class Client:
    """What Locust gives to a user, as far as a scenario asks for it."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def post(self, path: str, *, name: str, catch_response: bool, **more: Any) -> Any:
        import requests

        response: Any = requests.post(self.base_url.rstrip("/") + path, timeout=30, **more)
        response.failure = lambda told: None
        return response


def stand_in_for_locust() -> dict[str, Any]:
    """Its modules, with which a scenario can be run once."""
    locust: Any = types.ModuleType("locust")
    locust.exception = types.ModuleType("locust.exception")
    locust.exception.RescheduleTask = type("RescheduleTask", (Exception,), {})
    listener = types.SimpleNamespace(add_listener=lambda check: check(None))
    options = types.SimpleNamespace(add_listener=lambda _: None)
    locust.events = types.SimpleNamespace(init=listener, init_command_line_parser=options)
    locust.HttpUser, locust.task = object, (lambda task: task)
    return {"locust": locust, "locust.exception": locust.exception}


def do(text: str) -> None:
    """Runs a script; a scenario for one round."""
    script = compile(text, "generated.py", "exec")
    names: dict[str, Any] = {"__name__": "__main__"}
    if "locust.HttpUser" not in text:
        exec(script, names)
        return
    names["__name__"] = "locustfile"
    exec(script, names)
    user = names["OdooUser"]()
    user.client = Client(user.host)
    user.environment = types.SimpleNamespace(parsed_options=types.SimpleNamespace(think="none"))
    user.on_start()
    user.scenario()


def run(watch: Watch, text: str, variables: dict[str, str], options: list[str]) -> dict[str, Any]:
    """What ended a script, if it did not end by itself, and what it did beside."""
    sys.argv = ["generated.py", *options]
    for name in [name for name in os.environ if name.startswith("ODOO_")]:
        del os.environ[name]
    os.environ.update(variables)
    said = ""
    watch.events = events = []
    try:
        do(text)
    except SystemExit as stop:
        said = f"SystemExit: {stop.code}" if stop.code else ""
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"
    watch.events = None
    return {"said": said, "events": events}


def main() -> None:
    """One script after the other."""
    for library in LIBRARIES:
        __import__(library)
    sys.modules |= stand_in_for_locust()
    sys.dont_write_bytecode = True
    watch = Watch(int(sys.argv[1]))
    sys.addaudithook(watch)
    for line in sys.stdin:
        with (
            redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")),
            redirect_stderr(io.StringIO()),
        ):
            told = run(watch, **json.loads(line))
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
