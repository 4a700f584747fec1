"""Dates that the web client computes from today: "this month", "last quarter", "today".

Up to Odoo 18 a filter by date is sent with its dates worked out (`addons/web`, `search/utils/dates.js`): the capture
holds the days of its own recording.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

_ZONES = timedelta(
    hours=14
)  # how far a day's local beginning is from its beginning in UTC, at most
_LAST_DAYS = (7, 14, 30, 60, 90, 365)


def is_date_relative(value: str, started: str) -> bool:
    """Whether a recorded date begins or ends a day, week, month, quarter or year around the recording's day.

    `value` is as Odoo writes dates and datetimes (in UTC), `started` as HAR does. A person may have typed the same
    date: it is a suspicion, not a fact.
    """
    try:
        today = datetime.fromisoformat(started).date()
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    days = _edges(today)
    if len(value) <= 10:
        return moment.date() in days
    if (moment.minute, moment.second) not in {(0, 0), (59, 59), (59, 0), (30, 0), (29, 59)}:
        return False
    near = (datetime(day.year, day.month, day.day) for day in days)
    return any(abs(moment - midnight) <= _ZONES for midnight in near)


def _edges(today: date) -> set[date]:
    """First and last days, and the days after them, of the periods around a day."""
    edges = {today + timedelta(days=shift) for shift in (-1, 0, 1)}
    edges |= {today - timedelta(days=shift) for shift in _LAST_DAYS}
    monday = today - timedelta(days=today.weekday())
    edges |= {monday + timedelta(days=shift) for shift in (-8, -7, -1, 0, 6, 7)}
    month = today.year * 12 + today.month - 1
    quarter, year = month - month % 3, month - month % 12
    firsts = [month - 1, month, month + 1, quarter - 3, quarter, quarter + 3]
    firsts += [month - 2, year - 24, year - 12, year, year + 12]
    for first in firsts:
        if 12 <= first < 9998 * 12:
            begins = date(first // 12, first % 12 + 1, 1)
            edges |= {begins, begins - timedelta(days=1)}
    return edges
