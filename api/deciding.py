"""Records a decision in the ledger and publishes its effect; command line, HTTP and Python all use this module.

decide(Accept(left="重二社区", right="第一拖拉机厂", reason="双方同意"), Settings(workspace=…))
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from api.door import Progress
from api.kept_figures import keep_figures
from api.opening import open_graph
from graph.decisions import Decision, Replaces, read_standing
from graph.documents import Document
from graph.errors import UnknownLoadError
from graph.ledger_rows import LIST_KEY
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import publish_workspace
from loaders.report.effects import preview
from loaders.report.load_result import LoadResult
from queries.decision_checks import Checked, Reading, check_decision


@dataclass(frozen=True)
class Decided:
    """A decision recorded in the ledger, with its number and the result of publishing its effect on the graph."""

    number: int
    checked: Checked
    result: LoadResult | None = None

    def as_dict(self) -> Document:
        """Return the decision, its number and the resulting snapshot as JSON answers have them."""
        led_to = {"snapshot": self.result.snapshot, "changed": self.result.changed} if self.result else {}
        return {"id": self.number, **self.checked.as_dict(), **led_to}


def decide(decision: Decision, settings: Settings) -> Decided:
    """Check a decision against the graph, record it in the ledger and publish its effect."""
    workspace = open_for(decision, settings)
    return take(workspace, check(workspace, decision, partial(open_graph, settings)), settings)


def open_for(decision: Decision, settings: Settings) -> Workspace:
    """Open the workspace in which a decision is recorded; what is said of headers and sheets needs no load before it."""
    return Workspace.open(settings.workspace, create=not decision.changes_graph)


def check(workspace: Workspace, decision: Decision, reading: Reading) -> Checked:
    """Return a decision with ids in place of names, checked against the graph and the decisions in effect."""
    return check_decision(decision, reading, read_standing(workspace.ledger, Decision))


def take(
    workspace: Workspace,
    checked: Checked,
    settings: Settings,
    tell: Progress = lambda stage, done, total: None,
) -> Decided:
    """Record a checked decision in the ledger, and publish a new snapshot if it changes the graph."""
    with workspace.writing():
        number = record(workspace, checked, settings)
        if not checked.decision.changes_graph:
            return Decided(number, checked)
        keep_figures(settings)
        result = publish_workspace(workspace, tell, settings=settings)
        return Decided(number, checked, replace(result, loads=_loads_of(workspace, checked.decision)))


def _loads_of(workspace: Workspace, decision: Decision) -> frozenset[str]:
    """Return the loads of the list that a decision calls complete, so that what it closed is told."""
    if not isinstance(decision, Replaces):
        return frozenset()
    return frozenset(load["id"] for load in workspace.ledger.loads() if load["digest"][:LIST_KEY] == decision.list)


def record(workspace: Workspace, checked: Checked, settings: Settings) -> int:
    """Record a checked decision in the ledger and return its number; it takes effect with the next publish."""
    with workspace.writing():
        decision, waiting = checked.decision, workspace.pending
        number = workspace.ledger.add_decision(decision.kind, decision.to_payload(), settings.user)
        if not (decision.changes_graph or waiting):
            workspace.note_published()
        return number


def preview_decision(workspace: Workspace, checked: Checked) -> Document:
    """Return what a decision would change in the graph, without recording it."""
    standing = read_standing(workspace.ledger, Decision)
    return preview(workspace, [*standing, checked.decision], getattr(checked.decision, "name", ""))


def find_standing(workspace: Workspace, number: int) -> Decision:
    """Return a decision that stands; UnknownLoadError where there is none of this number, or it was taken back."""
    for decision in read_standing(workspace.ledger, Decision):
        if decision.number == number:
            return decision
    raise UnknownLoadError(load=number)


def preview_undo(workspace: Workspace, number: int) -> Document:
    """Return what taking a decision back would change in the graph."""
    taken = find_standing(workspace, number)
    rest = [d for d in read_standing(workspace.ledger, Decision) if d.number != number]
    return preview(workspace, rest, getattr(taken, "name", ""))


def undo_decision(workspace: Workspace, number: int, settings: Settings) -> None:
    """Take a standing decision back: the next snapshot is as if it had not been."""
    with workspace.writing():
        taken, waiting = find_standing(workspace, number), workspace.pending
        workspace.ledger.withdraw_decision(number, settings.user)
        if not (taken.changes_graph or waiting):
            workspace.note_published()
