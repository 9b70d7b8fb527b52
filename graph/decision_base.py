"""What every kind of decision has: its fields with their forms, the reason for it, and from the ledger its number, who took it and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Self, get_args, get_type_hints

from graph.access import Role
from graph.decision_forms import TEXT, FirstDay, Form, LastDay, hide_personal, read_text, refuse
from graph.documents import Document
from graph.texts import Said

# How a field is called outside, where Python or the class keeps the word for itself.
WRITTEN = {"start": "from", "relation_to": "relation"}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision that a person took, with the reason for it.

    `number`, `by` and `at` come from the ledger; they are empty until it is recorded there.
    """

    kind: ClassVar[str]
    words: ClassVar[Said]
    changes_graph: ClassVar[bool] = True
    least: ClassVar[Role] = "steward"  # the lowest role that may take it; an officer only about the own unit or area
    relation: ClassVar[str] = ""  # the type of the relation between its two units that it puts into the graph

    reason: Annotated[str, Form(read_text, Said("为什么", "why"), TEXT, is_free=True)] = ""
    number: int = 0
    by: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        for name, form in forms_of(type(self)).items():
            value = getattr(self, name)
            if value != default_of(type(self), name):
                object.__setattr__(self, name, form.read(WRITTEN.get(name, name), value))

    @property
    def units(self) -> dict[str, str]:
        """Return the ids or names of the units that the decision concerns, by the field that holds each."""
        return {name: getattr(self, name) for name, form in forms_of(type(self)).items() if form.is_unit}

    @property
    def things(self) -> dict[str, str]:
        """Return the ids or names of the things that the decision concerns (a venue, a need), by the field that holds each."""
        return {name: getattr(self, name) for name, form in forms_of(type(self)).items() if form.is_thing}

    def without_persons(self) -> Self:
        """Return a copy of the decision with personal data in its free text hidden, as the ledger stores it."""
        free = [name for name, form in forms_of(type(self)).items() if form.is_free and getattr(self, name)]
        return self.with_texts({name: hide_personal(getattr(self, name)) for name in free})

    def with_texts(self, texts: Mapping[str, Any]) -> Self:
        """Return a copy of the decision with the texts of some fields replaced by those in `texts` (field → text)."""
        return dataclasses.replace(self, **texts)

    @property
    def taken_on(self) -> date:
        """Return the day on which the decision was recorded in the ledger; today of one that is not recorded yet."""
        return date.fromisoformat(self.at[:10]) if self.at else date.today()

    def to_payload(self) -> dict[str, str]:
        """Return the decision's fields as the ledger stores them: as texts, without the empty ones."""
        said = {WRITTEN.get(name, name): getattr(self, name) for name in forms_of(type(self))}
        return {name: str(value) for name, value in said.items() if value not in (None, "")}

    def as_dict(self) -> Document:
        """Return the decision as a dict: its fields, and from the ledger its number, who took it and when."""
        return {"id": self.number, "kind": self.kind, **self.to_payload(), "by": self.by, "at": self.at}


@dataclass(frozen=True, kw_only=True)
class Lasting(Decision):
    """A decision that may be limited to a period; without a first or a last day the period has no limit on that side."""

    start: FirstDay = None
    until: LastDay = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.start and self.until and self.until < self.start:
            raise refuse("until", self.until, Said("早于开始日期", "is before the start"))


def forms_of(kind: type[Decision]) -> dict[str, Form]:
    """Return how each field of a kind of decision is entered (its Form), required fields first."""
    return _read_forms(kind)  # type: ignore[arg-type]  # to mypy a dataclass's own hash hides that of the class


@cache
def _read_forms(kind: type[Decision]) -> dict[str, Form]:
    hints = get_type_hints(kind, include_extras=True)
    found = {
        one.name: part
        for one in dataclasses.fields(kind)
        for part in get_args(hints[one.name])[1:]
        if isinstance(part, Form)
    }
    return dict(sorted(found.items(), key=lambda pair: is_optional(kind, pair[0])))


def default_of(kind: type[Decision], name: str) -> Any:
    """Return the default of an optional field of a kind of decision; dataclasses.MISSING for a required one."""
    return kind.__dataclass_fields__[name].default


def is_optional(kind: type[Decision], name: str) -> bool:
    """Tell whether a field of a kind of decision may be left out."""
    return default_of(kind, name) is not dataclasses.MISSING
