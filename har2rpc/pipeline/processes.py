"""Runs tasks in other processes as the tasks arrive; returns their results in the order of the tasks."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

from har2rpc.model import Har2rpcError

Task = TypeVar("Task")
Result = TypeVar("Result")
_work: Callable[[Any], Any]


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    processes: int,
    is_for_here: Callable[[Task], bool] = lambda task: False,
) -> Iterator[Result]:
    """Yields the result of each task. `work` must not depend on the effects of earlier tasks.

    With fewer than two processes, everything runs in this process. So does a task that is too large to send, after the
    others are finished. Raises Har2rpcError if another program ends a process.
    """
    if processes < 2:
        yield from map(work, tasks)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A fork shares memory. On Linux it is safe if there is no other thread.
    is_safe = hasattr(os, "sched_getaffinity") and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if is_safe else "spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(work,))
    waiting: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            if is_for_here(task):
                while waiting:
                    yield waiting.popleft().result()
                yield work(task)
                continue
            waiting.append(pool.submit(_do, task))
            if len(waiting) > processes + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise Har2rpcError(
            "another program ended one of har2rpc's processes (out of memory?)"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any], Any]) -> None:
    import signal

    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles Ctrl-C


def _do(task: Any) -> Any:
    return _work(task)
