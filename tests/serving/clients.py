"""`har2rpc mcp` as a client has it: a process of its own, over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Nothing but what a process needs, and these."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return {**kept, **variables}


def started(*words: str | Path, variables: Mapping[str, str], stdin: str = "") -> Any:
    """The finished process of `har2rpc mcp`: returncode, stdout, stderr."""
    return subprocess.run(
        [sys.executable, "-m", "har2rpc", "mcp", *map(str, words)],
        env=environment(variables),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def spoken(
    *words: str | Path, variables: Mapping[str, str], stdin: str, until: set[int]
) -> tuple[str, str, int]:
    """Standard output, standard error and exit code of a server that is spoken to until it has answered these ids.

    At the end of its input it stops, answered or not.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "har2rpc", "mcp", *map(str, words)],
        env=environment(variables),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        timer = threading.Timer(60, process.kill)
        timer.start()
        process.stdin.write(stdin)
        process.stdin.flush()
        lines = []
        while until:
            lines.append(process.stdout.readline())
            assert lines[-1], process.stderr.read()
            until = until - {json.loads(lines[-1]).get("id")}
        process.stdin.close()
        lines.append(process.stdout.read())
        stderr = process.stderr.read()
        timer.cancel()
    return "".join(lines), stderr, process.returncode


def session(
    do: Callable[[Any], Awaitable[Any]], *words: str | Path, variables: Mapping[str, str]
) -> Any:
    """What `do` gives, which has a session of the SDK's client with the server."""
    from mcp import ClientSession
    from mcp.client.stdio import StdioServerParameters, stdio_client

    command = ["-m", "har2rpc", "mcp", *map(str, words)]
    parameters = StdioServerParameters(
        command=sys.executable, args=command, env=environment(variables)
    )

    async def run() -> Any:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            async with (
                stdio_client(parameters, errlog=nowhere) as (incoming, outgoing),
                ClientSession(incoming, outgoing) as client,
            ):
                await client.initialize()
                return await do(client)

    return asyncio.run(run())


def texts(done: Any) -> list[str]:
    """The texts of an answer."""
    return [part.text for part in done.content]
