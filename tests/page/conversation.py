"""A page that is talked to as a browser does: JSON in, JSON out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from har_builder import ROOT

from har2rpc.page.messages import Page


class Talk:
    """Asks a page of its own; `ask` gives the answer, `error` the sentence of a refusal."""

    def __init__(self, *sources: object, runs: bool = False) -> None:
        self._page = Page(runs=runs)
        if sources:
            self.opened = self.ask("open", sources=[str(source) for source in sources])

    def ask(self, do: str, **more: Any) -> Any:
        answer = self._answer(do, **more)
        assert "error" not in answer, answer
        return answer

    def error(self, do: str, **more: Any) -> str:
        return self._answer(do, **more)["error"]

    def _answer(self, do: str, **more: Any) -> Any:
        text = self._page.answer(json.dumps({"do": do, **more}))
        assert text.isascii()
        return json.loads(text)


def requests_alone(folder: Path) -> Path:
    """A recording of which the report that was printed is left, and no call."""
    har = json.loads((ROOT / "samples" / "odoo19-chrome-print_quotation.har").read_text("utf-8"))
    entries = har["log"]["entries"]
    har["log"]["entries"] = [e for e in entries if "/web/dataset/call" not in e["request"]["url"]]
    path = folder / "report.har"
    path.write_text(json.dumps(har), "utf-8")
    return path
