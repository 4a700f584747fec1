"""With processes of their own the entries become the same, byte for byte, and the report says the same."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from har_builder import har
from security.planted_canaries import planted

from har2rpc import pipeline
from har2rpc.model import Har2rpcError, RedactionReport
from har2rpc.pipeline import processes, redaction, redaction_batches


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(redaction, "_WITH_PROCESSES", 0)
    monkeypatch.setattr(redaction_batches, "_BATCH", 20_000)
    monkeypatch.setattr(redaction.secrets, "token_bytes", lambda count: b"x" * count)
    path = tmp_path / "c.har"
    path.write_text(json.dumps(har(*planted(19)), indent=2), "utf-8")
    return path


def written(path: Path, count: int) -> tuple[bytes, RedactionReport]:
    target = io.BytesIO()
    report = pipeline.redact([path], target, processes=count)
    return target.getvalue(), report


@pytest.mark.parametrize("large", [4 << 20, 2_000], ids=["all sent", "large entries stay"])
def test_the_same_with_processes(large: int, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction_batches, "_LARGE", large)
    text, report = written(path, 1)
    assert report.removed
    assert (text, report) == written(path, 2)


def test_a_process_that_is_ended_is_said() -> None:
    import os

    with pytest.raises(Har2rpcError, match="another program ended"):
        list(processes.in_order(os._exit, [3, 3], 2))
