"""How long the page takes in a browser's tab: its size, its first and second load, large captures, new code.

    site/build && python benchmarks/page.py [CAPTURE.har …] [--runs 3]

It drives the Chromium that is installed (headless) on the built site, served on loopback. Times are seconds or
milliseconds as seen in the page; the peak is that of the tab's own process (RSS), all of its memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

LOADS = ("first load", "second load", "first load, CPU", "second load, CPU")
ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site" / "dist"
SAMPLE = ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"
sys.path.insert(0, str(ROOT / "tests"))

# A change, and the time until the text belongs to it: what is busy says so in the page.
CHANGE = """async ([selector, value]) => {
  const root = document.documentElement;
  const begin = performance.now();
  const node = document.querySelector(selector);
  if (value === null) node.click();
  else { node.value = value; node.dispatchEvent(new Event("change")); }
  await new Promise((resolve) => {
    const look = () => (root.dataset.busy === "true" ? setTimeout(look, 0) : resolve());
    setTimeout(look, 0);
  });
  return performance.now() - begin;
}"""


# The filter is typed into, until the frame after it is painted; and until all rows are there, of which it shows those
# of a window first.
FILTER = """async (words) => {
  const filter = document.getElementById("filter");
  const begin = performance.now();
  filter.value = words;
  filter.dispatchEvent(new Event("input"));
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await painted();
  const seen = performance.now() - begin;
  while (document.getElementById("call-list").getAttribute("aria-busy") === "true") await painted();
  return [seen, performance.now() - begin];
}"""
# From top to bottom in two hundred frames: the time that each takes.
SCROLL = """async () => {
  const steps = 200, times = [];
  const step = document.documentElement.scrollHeight / steps;
  let before = await new Promise(requestAnimationFrame);
  for (let n = 0; n < steps; n++) {
    scrollTo(0, n * step);
    const now = await new Promise(requestAnimationFrame);
    times.push(now - before);
    before = now;
  }
  return times;
}"""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("captures", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    from browser.static_host import serve_folder

    packed = sum(
        len(gzip.compress(path.read_bytes(), 9)) for path in SITE.rglob("*") if path.is_file()
    )
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"size, sum of gzip -9: {packed / 1e6:.2f} MB")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as driver, serve_folder(SITE, "/page/") as url:
        loads = [_loads(driver.chromium, path, url) for _ in range(arguments.runs)]
        for name, times in zip(LOADS, zip(*loads, strict=True), strict=True):
            print(
                f"{name} to ready: {statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f})"
            )
        for capture in arguments.captures:
            browser = _launch(driver.chromium, path)
            print(_large(browser, url, capture), flush=True)
            browser.close()
        browser = _launch(driver.chromium, path)
        for name, milliseconds in [
            *_changes(browser, url, arguments.captures),
            *_many(browser, url),
        ]:
            print(f"{name}: {milliseconds:.0f} ms", flush=True)
        browser.close()


def _launch(chromium: Any, path: str) -> Browser:
    return chromium.launch(executable_path=path, args=["--no-sandbox"])


def _loads(chromium: Any, path: str, url: str) -> tuple[float, float, float, float]:
    """Seconds from the address to "ready", for a browser that never was here, and then again; then the CPU's."""
    browser = _launch(chromium, path)
    page = browser.new_page()
    times, cpu = [], []
    for _ in range(2):
        page.wait_for_timeout(1000)
        begin, before = time.perf_counter(), _cpu()
        page.goto(url)
        page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
        times.append(time.perf_counter() - begin)
        cpu.append(_cpu() - before)
    browser.close()
    return times[0], times[1], cpu[0], cpu[1]


def _ready(browser: Browser, url: str) -> Page:
    page = browser.new_page()
    page.goto(url)
    page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
    return page


def _open(page: Page, capture: Path) -> float:
    """Seconds from the file to the list."""
    begin = time.perf_counter()
    page.set_input_files("#file-input", str(capture))
    page.wait_for_selector("#work:not([hidden]), #problem:not([hidden])", timeout=300_000)
    return time.perf_counter() - begin


def _large(browser: Browser, url: str, capture: Path) -> str:
    page = _ready(browser, url)
    peak, done = [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(peak, done))
    watcher.start()
    before = _cpu()
    seconds = _open(page, capture)
    cpu = _cpu() - before
    rows = page.evaluate("document.querySelectorAll('#call-list li, #noise-list li').length")
    page.wait_for_selector("html:not([data-busy])", state="attached", timeout=300_000)
    done.set()
    watcher.join()
    size = capture.stat().st_size / 1e6
    return f"{capture.name} ({size:.0f} MB): {rows} calls listed in {seconds:.1f} s (CPU {cpu:.1f} s), peak {peak[0] / 1024:.0f} MiB"


def _watch(peak: list[int], done: threading.Event) -> None:
    """The largest resident size (KiB) of a tab's process of ours."""
    while not done.wait(0.05):
        for folder in _own_processes():
            try:
                if b"--type=renderer" in (folder / "cmdline").read_bytes():
                    lines = (folder / "status").read_text().splitlines()
                    line = next(line for line in lines if line.startswith("VmRSS"))
                    peak[0] = max(peak[0], int(line.split()[1]))
            except (OSError, StopIteration):
                continue


def _own_processes() -> list[Path]:
    """The folders in /proc of all that this process started: others may drive a browser, too."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    own = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in own} - own:
        own |= more
    return [Path("/proc", str(pid)) for pid in own - {os.getpid()}]


def _cpu() -> float:
    """CPU seconds of the browser's processes so far."""
    ticks = 0
    for folder in _own_processes():
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _changes(browser: Browser, url: str, captures: list[Path]) -> list[tuple[str, float]]:
    page = _ready(browser, url)
    _open(page, SAMPLE)
    page.wait_for_selector("html:not([data-busy])", state="attached")
    change = lambda selector, value=None: page.evaluate(CHANGE, [selector, value])  # noqa: E731
    for target in ("javascript", "locoia", "n8n", "python"):
        change(f"#target-{target}")  # each template is compiled once
    results = [
        (
            "one call, another target",
            statistics.median(
                change(f"#target-{name}") for name in ("javascript", "n8n", "locoia", "python")
            ),
        )
    ]
    page.wait_for_timeout(300)
    results.append(
        ("one call, another setting", statistics.median(change("#connection") for _ in range(4)))
    )
    if captures:
        smallest = min(captures, key=lambda path: path.stat().st_size)
        for name, pause in (("at once", 0), ("after ten seconds", 10_000)):
            _open(page, smallest)
            page.wait_for_selector("html:not([data-busy])", state="attached", timeout=300_000)
            page.wait_for_timeout(pause)  # the page works ahead
            page.click("#tick-none")
            page.evaluate(
                "[...document.querySelectorAll('#call-list li > input')].slice(0, 199).forEach((box) => (box.checked = true))"
            )
            before = _cpu()
            seconds = change("#call-list li:nth-child(200) > input")
            results.append((f"200 calls, the first time, {name}", seconds))
            results.append((f"200 calls, the first time, {name}, CPU", (_cpu() - before) * 1000))
            page.wait_for_timeout(3000)
        change("#target-javascript")
        page.wait_for_timeout(3000)
        results.append(("200 calls, another target", change("#target-curl")))
    return results


def _many(browser: Browser, url: str) -> list[tuple[str, float]]:
    """The list of five thousand calls: filtered as one types, and scrolled."""
    from har_builder import har, search

    page = _ready(browser, url)
    calls = [search(domain=[["name", "ilike", f"name{n}"]]) for n in range(5000)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.har")
        path.write_text(json.dumps(har(*calls)), "utf-8")
        _open(page, path)
        page.wait_for_selector("html:not([data-busy])", state="attached", timeout=300_000)
        filters = [
            page.evaluate(FILTER, words) for words in ("name1", "name12", "", "name4999", "")
        ]
        frames = sorted(page.evaluate(SCROLL))
    return [
        ("5,000 calls, the slowest filter", max(seen for seen, _ in filters)),
        ("5,000 calls, until all rows of it are there", max(whole for _, whole in filters)),
        ("5,000 calls, scrolled, 95 % of the frames within", frames[int(len(frames) * 0.95)]),
    ]


if __name__ == "__main__":
    main()
