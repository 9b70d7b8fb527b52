"""The bodies of answers over HTTP, for its description: loads, jobs, decisions, service. What questions answer describes itself."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field


class ErrorBody(BaseModel):
    """What went wrong with a job."""

    code: str
    message: dict[str, str]
    details: dict[str, Any]
    status: int | None = None


class JobBody(BaseModel):
    """A piece of work in the background: where it stands, and in the end its report or its error."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    stage: str
    done: int
    total: int
    report: Any = None
    error: ErrorBody | None = None


class StartedJobBody(JobBody):
    """A job that was just started, and the address at which its progress is told."""

    events: str


class ListedLoadBody(BaseModel):
    """A load as the list shows it."""

    seq: int
    id: str
    file: str
    digest: str
    as_of: str | None
    by: str
    at: str
    withdrawn: bool


class LoadsBody(BaseModel):
    """Every load on the record, oldest first."""

    loads: list[ListedLoadBody]


class LoadBody(ListedLoadBody):
    """A load and the report that was made of it."""

    report: dict[str, Any]


class NamedUnitBody(BaseModel):
    """A unit or thing that a decision is about."""

    id: str
    name: str


class DecisionBody(BaseModel, extra="allow"):
    """A decision: its number, its kind, its fields, and the units in it by name."""

    id: int
    kind: str
    reason: str | None = None
    by: str | None = None
    at: str | None = None
    units: dict[str, NamedUnitBody] | None = None


class DecisionsBody(BaseModel):
    """The decisions that stand, oldest first."""

    decisions: list[DecisionBody]


class DecisionPreviewBody(BaseModel, extra="allow"):
    """What a decision would change; nothing was written."""

    dry_run: Literal[True]
    mentions: list[dict[str, Any]]
    entities: dict[str, Any]
    relations: dict[str, Any]


class DecidedBody(DecisionBody):
    """A decision that is on the record, and the job that puts it into the graph where it changes it."""

    job: str | None = None


class UndoneBody(BaseModel):
    """A decision that was taken back, and the job that publishes the graph without it."""

    id: int
    withdrawn: Literal[True]
    job: str


class DifferenceBody(BaseModel):
    """What came, changed and went between two snapshots, by kind; persons only as numbers."""

    since: str = Field(alias="from")
    to: str
    same: bool
    entities: dict[str, Any]
    relations: dict[str, Any]


class ListedQuestionBody(BaseModel):
    """A question as the list shows it."""

    name: str
    title: str
    text: str
    href: str
    arguments: dict[str, Any]
    columns: dict[str, str]


class QuestionsBody(BaseModel):
    """Every question that the caller may ask."""

    questions: list[ListedQuestionBody]


class SchemaBody(BaseModel):
    """The ontology: entities, relations, and the registers that fill them."""

    entities: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    registers: list[dict[str, Any]]


class CallerBody(BaseModel):
    """Who the caller is, and for which part of the district."""

    name: str
    role: Literal["viewer", "officer", "analyst", "steward"]
    limited_to: str
