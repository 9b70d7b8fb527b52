"""Carries out a publish to a graph server; each transaction writes one batch of rows and the number of batches done.

So a batch is applied once, whatever breaks off, and the next publish goes on there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from graph.backends.protocol import ServerEngine, Statement
from graph.errors import PublishTakenOverError
from graph.server import cypher_texts
from graph.server.publish_plan import PublishPlan
from graph.server.state import Beside, ServerState, describe, read_state
from graph.snapshot import Snapshot

COMPARED = "compared"  # a base that was read from the server itself
Tell = Callable[[str, int, int], None]


def say_nothing(stage: str, done: int, total: int) -> None:
    """Ignore a report of progress, for callers that do not show any."""


class Publication:
    """One publish to a graph server, which records its progress in the server's state node from begin to end."""

    def __init__(self, engine: ServerEngine, snapshot: Snapshot, tell: Tell = say_nothing) -> None:
        self._engine, self._told, self._tell = engine, describe(snapshot), tell
        self._publisher = secrets.token_hex(8)
        self.transactions = 0

    def carry_out(self, plan: PublishPlan, state: ServerState | None) -> None:
        """Write every batch of a plan, from where the last publish with the same plan broke off."""
        unfinished = state.unfinished if state else None
        start = unfinished.step if unfinished and plan.base != COMPARED and unfinished.plan == plan.name else 0
        self._begin(plan, start)
        for step, statements in enumerate(_prefetched(plan.statements(start)), start):
            self._tell("publish", step, plan.steps)
            self.transactions += 1
            if not self._engine.write((cypher_texts.CLAIM, {"publisher": self._publisher, "step": step}), statements):
                self._check_mine(step + 1)

    def add(self, statements: Sequence[Statement]) -> None:
        """Write in one transaction what may be written again: it is no step of the plan, and where a publish broke off it begins anew."""
        self.transactions += 1
        if not self._engine.write((cypher_texts.MINE, {"publisher": self._publisher}), statements):
            raise PublishTakenOverError(address=self._engine.address)

    def finish(self, beside: Beside) -> None:
        """Write the snapshot's name and digest, and what is kept beside the graph: from now on the server serves it."""
        self.transactions += 1
        told = {"publisher": self._publisher, **self._told, **beside.told()}
        if not self._engine.write((cypher_texts.FINISH, told), ()):
            state = read_state(self._engine)
            if state is None or state.unfinished is not None or state.mark != self._told["mark"]:
                raise PublishTakenOverError(address=self._engine.address)

    def _begin(self, plan: PublishPlan, start: int) -> None:
        told = {"target": self._told["mark"], "next": self._told["snapshot"], "base": plan.base}
        where = {"plan": plan.name, "step": start, "steps": plan.steps, "publisher": self._publisher}
        self.transactions += 1
        self._engine.write((cypher_texts.BEGIN, told | where), ())

    def _check_mine(self, step: int) -> None:
        """Accept that a step was written already – its answer was lost on the way – unless another publish took over."""
        state = read_state(self._engine)
        unfinished = state.unfinished if state else None
        if unfinished is None or (unfinished.publisher, unfinished.step) != (self._publisher, step):
            raise PublishTakenOverError(address=self._engine.address)


def _prefetched(batches: Iterator[list[Statement]]) -> Iterator[Sequence[Statement]]:
    """Yield batches, each made while the server still works on the one before."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch
