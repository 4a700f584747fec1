"""What is said of a missing package installs it where har2rpc is. The commands for pipx and uv were run by hand as they are here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from har2rpc.cli.extras import for_this_environment

SAID = 'the page needs Flask: pip install "har2rpc[ui]"'


@pytest.mark.parametrize(
    ("prefix", "activated", "expected"),
    [
        ("/usr", "", 'pip install "har2rpc[ui]"'),
        ("/home/zoe/work/.venv", "/home/zoe/work/.venv", 'pip install "har2rpc[ui]"'),
        ("/home/zoe/.local/share/pipx/venvs/har2rpc", "", 'pipx inject har2rpc "har2rpc[ui]"'),
        (
            "/home/zoe/.local/share/uv/tools/har2rpc",
            "/home/zoe/work/.venv",
            'uv pip install --python /home/zoe/.local/share/uv/tools/har2rpc "har2rpc[ui]"',
        ),
        (
            "/home/zoe/my work/.venv",
            "",
            '"/home/zoe/my work/bin/python" -m pip install "har2rpc[ui]"',
        ),
    ],
)
def test_the_command_is_that_of_the_environment(
    prefix: str, activated: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(sys, "executable", "/home/zoe/my work/bin/python")
    monkeypatch.setenv("VIRTUAL_ENV", activated)
    assert f"the page needs Flask: {expected}" == for_this_environment(SAID)


def test_an_environment_that_is_not_activated_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `.venv/bin/har2rpc` is started: `pip` would be that of the system."""
    if sys.prefix == sys.base_prefix:
        pytest.skip("these tests do not run in a virtual environment")
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    python, _ = for_this_environment(SAID).partition(": ")[2].split(" -m pip ")
    code = "import har2rpc; print(har2rpc.__file__)"
    done = subprocess.run(["bash", "-c", f"{python} -c '{code}'"], capture_output=True, text=True)
    assert Path(done.stdout.strip()).parent.name == "har2rpc", done.stderr
