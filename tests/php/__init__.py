"""Whether generated PHP can be run here, and how."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache

import pytest

OPTIONS = ("-d", "display_errors=stderr", "-d", "error_reporting=-1")
_CHECK = 'exit(PHP_VERSION_ID < 80100 ? 2 : (extension_loaded("curl") ? 0 : 3));'
_NOTICE = re.compile(r"^(PHP )?(Warning|Notice|Deprecated): ", re.MULTILINE)


@cache
def missing() -> str:
    """Why generated PHP cannot be run here; nothing where it can."""
    if shutil.which("php") is None:
        return "php is not here: apt-get install php-cli php-curl"
    code = subprocess.run(["php", "-r", _CHECK], timeout=60, check=False).returncode
    return {0: "", 2: "php is older than 8.1"}.get(code, "the curl extension of php is not here")


def run_php(
    *arguments: str, variables: dict[str, str] | None = None, folder: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs PHP with these arguments; of the code itself it has nothing to say, not even a notice."""
    done = subprocess.run(
        ["php", *OPTIONS, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **(variables or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=60,
        check=False,
    )
    assert not _NOTICE.search(done.stderr), done.stderr
    return done


needs_php = [pytest.mark.php, pytest.mark.skipif(bool(missing()), reason=missing())]
