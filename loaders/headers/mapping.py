"""What the columns of a sheet were taken to mean: what header mapping hands to cleaning and to the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.kinds import Column, Register
from graph.texts import Said

Treatment = Literal["mapped", "dropped_personal", "ignored", "asked"]


@dataclass(frozen=True)
class ColumnMapping:
    """What one column was taken to mean, how surely (0 to 1), and which fields it might be instead.

    `column` is the register's column whose cells it holds; None where nothing of it is read.
    """

    letter: str
    header: str
    field: str
    confidence: float
    treatment: Treatment
    alternatives: tuple[str, ...]
    column: Column | None


@dataclass(frozen=True)
class SheetQuestion:
    """The question which register a sheet is: the names of those it may be, the likeliest first, and why the first was not taken."""

    candidates: tuple[str, ...]
    against: Said


@dataclass(frozen=True)
class TableMapping:
    """Which register a table is and what its columns mean.

    Without a register `reason` says what was nearest and what is missing; `nearest` is the register that the sheet may be after all,
    and the columns then say what they would mean in it and which are in question (nothing is read of them). `refused` marks a list of
    persons' petitions or hardship.
    Where `question` is there, the sheet may be any of its candidates, of which `nearest` is the first; without it nothing speaks for any.
    `beside` is what the same rows mean to the registers that read them once more.
    """

    register: Register | None
    confidence: float
    columns: tuple[ColumnMapping, ...]
    reason: Said
    refused: bool
    nearest: Register | None = None
    beside: tuple[TableMapping, ...] = ()
    question: SheetQuestion | None = None
