"""The contents of an answer, from which it is shown and saved: its rows, the question, and the snapshot they come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NotRequired, TypedDict, TypeVar

from graph.documents import Document
from graph.texts import NOTHING, Lang, Said
from queries.answers.rows import plain

if TYPE_CHECKING:
    from graph.shown import Shown

Row = TypeVar("Row")


@dataclass(frozen=True)
class Asked:
    """The question's title and the arguments that the user gave, as the caption above an answer repeats them.

    Of arguments, (name, value) of those that are no defaults.
    The name is empty where the value speaks for itself, because it has to be given.
    """

    title: Said = NOTHING
    given: tuple[tuple[str, str], ...] = ()


class DrawnEntity(TypedDict):
    """A unit or thing in a picture, and what its hover text says of it."""

    id: str
    label: str
    name: str
    status: NotRequired[str]
    count: NotRequired[int]


class DrawnRelation(TypedDict):
    """A relation between two entities in a picture, and how many there are of it where it stands for several."""

    source: str
    target: str
    type: str
    count: NotRequired[int]


class Drawing(TypedDict):
    """What a picture of an answer shows."""

    entities: list[DrawnEntity]
    relations: list[DrawnRelation]


@dataclass(frozen=True, repr=False)
class Contents(Generic[Row]):
    """The rows of an answer and where they come from; `extra` holds its other JSON keys.

    `entities` and `relations` are what a picture of the answer shows; `shown` are the recommendations among the rows, for the
    log of what was shown.
    """

    rows: Sequence[Row]
    question: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)
    snapshot: str = ""
    digest: str = ""
    truncated: bool = False
    extra: Document = field(default_factory=dict)
    entities: Sequence[DrawnEntity] = ()
    relations: Sequence[DrawnRelation] = ()
    row_type: Any = None
    shown: Shown | None = None
    asked: Asked = field(default_factory=Asked)

    def __len__(self) -> int:
        return len(self.rows)

    def to_dict(self, lang: Lang = "zh") -> Document:
        """Return the answer as the JSON document that `ask` prints."""
        names = ("question", "arguments", "snapshot", "digest", "truncated", "rows")
        document = {name: plain(getattr(self, name), lang) for name in names}
        return document | {name: plain(value, lang) for name, value in self.extra.items()}

    def fields(self) -> tuple[dataclasses.Field[Any], ...]:
        """Return the fields of a row, also of an answer without rows."""
        kind = self.row_type if self.row_type is not None else (type(self.rows[0]) if self.rows else None)
        return dataclasses.fields(kind) if kind is not None and dataclasses.is_dataclass(kind) else ()
