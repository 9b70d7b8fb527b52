"""An entity as HTTP tells it: its values with all that was said of them, what is in force, what it is tied to.

It is the answer to `entity-page` with its lines sorted by what they are; the page of an entity shows the same.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from graph.documents import Document


class RecordBody(BaseModel):
    """A row of a file on which something rests."""

    entity: str
    file: str
    sheet: str
    row: int | None


class StatementBody(BaseModel):
    """What one cell says of one property; `note` tells why a cell was not used."""

    entity: str
    field: str
    heading: str
    value: Any
    current: bool
    file: str
    sheet: str
    row: int | None
    column: str
    as_of: str | None
    loaded_at: str | None
    note: str | None


class EntityValueBody(BaseModel):
    """A property: the value in use, the cell that it comes from, and every statement about it, the newest first."""

    name: str
    heading: str
    value: Any
    source: str
    statements: list[StatementBody]
    records: list[RecordBody]


class TiedThingBody(BaseModel):
    """A thing at the other end of a relation, with its day, its state and since when and until when it is tied."""

    id: str
    label: str
    name: str
    day: date | None
    state: str
    since: date | None
    until: date | None


class TiesBody(BaseModel):
    """The things of one kind that an entity is tied to in one way; of persons only how many there are, as the caller may know."""

    name: str
    heading: str
    text: str
    count: int | None
    things: list[TiedThingBody]
    records: list[RecordBody]


class EntityBody(BaseModel):
    """A unit, resource, agreement or other thing as of a day; `truncated` says that some kind has more things than were asked for."""

    id: str
    label: str
    name: str
    kind: str
    as_of: date | None
    snapshot: str
    digest: str
    truncated: bool
    values: list[EntityValueBody]
    in_force: list[TiesBody]
    relations: list[TiesBody]


def sort_lines(answer: Document) -> Document:
    """Return the entity that an answer to `entity-page` is about, with its values, what is in force, and its relations."""
    lines = {part: list(rows) for part, rows in groupby(answer["rows"], key=lambda row: row["part"])}
    values = [row | {"value": row["text"], "statements": row["history"]} for row in lines.get("value", [])]
    told = {name: answer[name] for name in ("as_of", "snapshot", "digest", "truncated")}
    ties = {"in_force": lines.get("in_force", []), "relations": lines.get("relation", [])}
    return {**answer["entity"], **told, "values": values, **ties}
