"""Translates an import of a file: the rows, which the browser uploaded separately, become an argument of `load`.

`base_import.import` (12-14 `do`, 15+ `execute_import`; `addons/base_import/models/base_import.py`) reads the uploaded
file and passes its rows to the model's own `load(fields, data)`, which is public in every version.
"""

from __future__ import annotations

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.answer_shape import LOAD_OUTCOME
from har2rpc.converting.translate.named_args import named_args, replaced
from har2rpc.model import Call, Capture, Json
from har2rpc.odoo import call_args, methods
from har2rpc.odoo.english import listed

# What the import gives to `load` in its context, under the names that the dialog's options have for it.
_OPTIONS = ("name_create_enabled_fields", "import_set_empty_fields", "import_skip_records")
_MOST_IN_PREVIEW = 5  # values of a column, in the preview of 15 and later
_CUT = 53  # characters of a longer one there: fifty, and three dots


def execute_import(draft: Draft, capture: Capture) -> Draft:
    """`load` on the model that was imported into, with the mapped fields and the rows that the browser was shown."""
    if draft.model != methods.IMPORT_MODEL:
        return draft
    arguments = named_args(draft, ("ids", "fields", "columns", "options", "dryrun"))
    model = _imported(draft.source_call, capture)
    mapped = arguments.get("fields")
    if not model or not isinstance(mapped, list):
        note = (
            "It imports a file that the browser had uploaded. The capture contains neither the file nor the model. "
            "Through the API, call load(fields, rows) on that model."
        )
        return replaced(draft, notes=(f"{draft.method}: {note}",))
    places = [place for place, name in enumerate(mapped) if isinstance(name, str) and name]
    options = arguments.get("options")
    options = options if isinstance(options, dict) else {}
    # A large file goes in batches: the preview shows the first of them.
    rows, total = (
        _rows(draft.source_call, capture, places) if not options.get("skip") else ([], None)
    )
    context = {"import_file": True, **{key: options[key] for key in _OPTIONS if options.get(key)}}
    args = [[mapped[place] for place in places], rows]
    return replaced(
        draft,
        model=model,
        method="load",
        args=args,
        kwargs={},
        context={**draft.context, **context},
        notes=tuple(_notes(draft, arguments, places, rows, total)),
        returns="ids",
    )


def _notes(
    draft: Draft, arguments: dict[str, Json], places: list[int], rows: list[Json], total: int | None
) -> list[str]:
    count = len(rows)
    columns = arguments.get("columns")
    columns = columns if isinstance(columns, list) else []
    headings = [columns[place] for place in places if place < len(columns) and columns[place]]
    of_them = f" of {total}" if total and total > count else ""
    rows_shown = f"{count} row{'' if count == 1 else 's'}{of_them}"
    preview = f"only the {rows_shown} of the preview" if count else "none of its rows"
    notes = [
        f"{draft.method} -> load: the call does not contain the uploaded file; the capture has {preview}.",
        LOAD_OUTCOME,
        "Pass dates as 2026-12-31 and numbers with a dot: `load` does not know the formats chosen in the dialog.",
    ]
    if headings:
        notes.insert(1, f"The columns: {listed([str(one) for one in headings], most=12)}.")
    if any(_is_cut(value) for row in rows for value in row):
        notes.append("The preview cut off texts that end in ....")
    if arguments.get("dryrun"):
        notes.append("The browser only tested the import; `load` does it.")
    return notes


def _is_cut(value: Json) -> bool:
    return isinstance(value, str) and len(value) == _CUT and value.endswith("...")


def _imported(executed: Call, capture: Capture) -> str:
    """The model that the import was opened for: said when it was created, or in its address."""
    ids = call_args.record_ids(executed)
    for call in reversed(_before(executed, capture)):
        if call.method == "create" and set(call.result_ids) & set(ids):
            values = call.args[0] if call.args else None
            values = values[0] if isinstance(values, list) and values else values
            model = values.get("res_model") if isinstance(values, dict) else None
            return model if isinstance(model, str) else ""
    return ""


def _rows(executed: Call, capture: Capture, places: list[int]) -> tuple[list[Json], int | None]:
    """The rows of the last preview, the mapped columns alone, and how many the file has (where it is said)."""
    for call in reversed(_before(executed, capture)):
        is_of_it = call_args.record_ids(call) == call_args.record_ids(executed)
        if call.method == "parse_preview" and is_of_it and call.outcome == "ok":
            answer = call.fetch()
            if not isinstance(answer, dict):
                break
            preview, total = answer.get("preview"), answer.get("num_rows")
            if not isinstance(preview, list) or not all(isinstance(one, list) for one in preview):
                break
            total = total if isinstance(total, int) else None
            options = answer.get("options")
            if total and isinstance(options, dict) and options.get("has_headers"):
                total -= 1  # the row of the headings is counted, but not shown
            rows = preview if executed.method == "do" else _by_row(preview, total)
            whole = [row for row in rows if len(row) > max(places, default=-1)]
            return [[row[place] for place in places] for row in whole], total
    return [], None


def _by_row(columns: list[list[Json]], total: int | None) -> list[list[Json]]:
    """From 15 on the preview is the first values of each column, up to five, without the empty ones.

    A column with some empty cells has values of later rows in their place: then no row can be told.
    """
    longest = max(map(len, columns), default=0)
    expected = longest if total is None else min(total, _MOST_IN_PREVIEW)
    if any(len(column) != expected and column != [""] for column in columns):
        return []
    whole = [column if len(column) == expected else [""] * expected for column in columns]
    return [list(row) for row in zip(*whole, strict=True)]


def _before(executed: Call, capture: Capture) -> list[Call]:
    return [
        call for call in capture.calls if call.model == methods.IMPORT_MODEL and call.n < executed.n
    ]
