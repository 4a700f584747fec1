"""Record one sample, or several: ``python record.py odoo19-chrome-create_partner.har …``

The name says everything: Odoo's version, the exporter and the action. Start from a fresh demo
database each time, and say where it is in ODOO_URL, ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD; with
``RESET`` set, that shell command is run before every recording.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import browser
import flows
import flows14
import slim

RECORDERS = {
    "chrome": browser.Chrome,
    "chromecopy": lambda: browser.Chrome(copy_all=True),
    "firefox": browser.Firefox,
    "playwright": browser.Playwright,
}


def record(target):
    version, exporter, action = target.stem.split("-", 2)
    module = flows14 if version == "odoo14" else flows
    if "RESET" in os.environ:
        subprocess.run(os.environ["RESET"], shell=True, check=True, stdout=subprocess.DEVNULL)
    getattr(module, f"prepare_{action}", lambda: None)()
    recorder = RECORDERS[exporter]
    with browser.Playwright(".zip") if target.suffix == ".zip" else recorder() as used:
        parts = getattr(module, action)(used, os.environ["ODOO_URL"])
        with tempfile.TemporaryDirectory() as folder:
            for number, _ in enumerate(parts or [None], start=1):
                raw = str(Path(folder, "raw" + target.suffix))
                used.save(raw)
                name = f"{target.stem}-{number}" if parts else target.stem
                slim.main(raw, str(target.with_name(name + target.suffix)))
                print(name, flush=True)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        record(Path(argument))
