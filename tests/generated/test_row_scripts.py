"""The scripts of `--rows` of all samples that have one, run: a row with the recorded values sends what was recorded."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from generated.goldens import Golden, generated, row_goldens
from generated.judging import JudgingOdoo
from generated.recorded import recorded
from generated.running import Stage, environment, run_alone


class OneByOne(JudgingOdoo):
    """Takes a list of one record to create as that record."""

    def _made(self, secret: str, model: str, method: str, *forms: tuple[Any, Any]) -> Any:
        is_list = method == "create" and isinstance(forms[0][0][0], list)
        if not is_list:
            return super()._made(secret, model, method, *forms)
        (args, kwargs), *_ = forms
        return [super()._made(secret, model, method, (args[0], kwargs))]


def recorded_row(golden: Golden) -> list[dict[str, str]]:
    """The recorded values as the cells of a row; lines have rows of their own."""
    rest = golden.options[3:]
    model = json.loads(generated(golden.sample, ("-t", "json", *rest)))
    steps = [model["flow"]] if "--flow" in rest else model["actions"]
    inputs = next((each["inputs"] for each in steps if each.get("changes")), steps[0]["inputs"])
    rows: list[dict[str, str]] = [{}]
    for param in inputs:
        value = param["example"]
        if param["type"] == "lines":
            for number, line in enumerate(value):
                rows += [{}] if number == len(rows) else []
                rows[number] |= {f"{param['name']}.{key}": cell(one) for key, one in line.items()}
        elif value not in (None, False):
            rows[0][param["name"]] = cell(value)
    return rows


def cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


@pytest.mark.parametrize("golden", row_goldens())
def test_a_row_with_the_recorded_values_sends_what_was_recorded(
    golden: Golden, stage: Stage, tmp_path: Path
) -> None:
    rows = recorded_row(golden)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*{key: 1 for row in rows for key in row}])
    writer.writeheader()
    writer.writerows(rows)
    script, file = tmp_path / "script.py", tmp_path / "rows.csv"
    script.write_text(golden.text, "utf-8")
    file.write_text(text.getvalue(), "utf-8", newline="")
    stage.app = odoo = OneByOne(recorded(golden.sample))
    given = environment(stage.url, 2)

    write = () if "search" in golden.sample.stem else ("--write",)
    if write:
        checked = run_alone(script, given, "--csv", str(file))
        assert (0, "", []) == (checked.returncode, checked.stdout, odoo.received), checked.stderr
    ran = run_alone(script, given, "--csv", str(file), *write)
    assert 0 == ran.returncode, ran.stderr
    assert "1 done, 0 refused, 0 unknown, 0 left\n" == ran.stderr
    assert ran.stdout.startswith("1/1 row 2: ") and odoo.received

    before = len(odoo.received)
    again = run_alone(script, given, "--csv", str(file), *write)
    assert (0, "", before) == (again.returncode, again.stdout, len(odoo.received))


def test_a_row_with_another_value_is_refused(stage: Stage, tmp_path: Path) -> None:
    """The twin: the stub takes nothing but what was recorded."""
    golden = row_goldens()[0].values[0]
    stage.app = OneByOne(recorded(golden.sample))
    script, file = tmp_path / "script.py", tmp_path / "rows.csv"
    script.write_text(golden.text, "utf-8")
    file.write_text("name\nnever recorded\n", "utf-8")
    ran = run_alone(script, environment(stage.url, 2), "--csv", str(file), "--write")
    assert 1 == ran.returncode and "0 done, 1 refused" in ran.stderr
