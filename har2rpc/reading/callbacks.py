"""The callbacks that reading takes: which entries are of interest, and reports of damage and progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from har2rpc.model import Interest

InterestIn: TypeAlias = Callable[[str, str], Interest]
"""By an entry's url and HTTP method: how much of it is read."""
ReportDamage: TypeAlias = Callable[[str], None]
"""Called with one sentence for everything that is damaged, missing or left out."""
ReportProgress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""
