"""A publish under way: each transaction writes one batch and, with it, how far the publish is.

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
from graph.server.state import ServerState, describe, read_state
from graph.snapshot import Snapshot

COMPARED = "compared"  # a base that was read from the server itself
Tell = Callable[[str, int, int], None]


def say_nothing(stage: str, done: int, total: int) -> None:
    """Take word of progress that nobody waits for."""


class Publication:
    """One publish as the server's state node knows it, from its begin to its end."""

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

    def finish(self) -> None:
        """Write the snapshot's name and digest: from now on the server serves it."""
        self.transactions += 1
        if not self._engine.write((cypher_texts.FINISH, {"publisher": self._publisher, **self._told}), ()):
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
