"""Bounds on processor time, own and of children that ended: a machine that is busy with other things hardly changes it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager


def processor_seconds() -> float:
    """Return the processor time spent so far by this process and by its children that ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail where the block takes more processor time."""
    start = processor_seconds()
    yield
    spent = processor_seconds() - start
    assert spent < seconds, f"took {spent:.1f} s of processor time, not {seconds}"
