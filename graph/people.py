"""Who is a person, and how small a number of persons may be: asked by everything that lists, finds, draws, writes or counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.kinds import Schema

K_ANONYMITY = 5  # persons; a smaller group could point at one of them


def find_persons(schema: Schema) -> frozenset[str]:
    """Return the labels of the kinds of which each is one person: never listed, found, drawn or written one by one."""
    return frozenset(kind.label for kind in schema.persons)


def find_people(schema: Schema) -> frozenset[str]:
    """Return the labels of the kinds that are persons or numbers of persons: their values are told in counts only."""
    return find_persons(schema) | {kind.label for kind in schema.entities if kind.is_cohort}


def round_down(members: int) -> int | None:
    """Return a number of people as everybody may see it: None below five, else rounded down to fives."""
    return None if members < K_ANONYMITY else members - members % K_ANONYMITY


def suppress(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return counts that add up to something known, as everybody may see them.

    Where exactly one is below five, the next smallest is withheld too: else it could be had by subtraction.
    """
    shown = {name: round_down(number) for name, number in counts.items()}
    withheld = [name for name, number in counts.items() if 0 < number < K_ANONYMITY]
    rest = sorted((number, name) for name, number in counts.items() if shown[name] is not None)
    if len(withheld) == 1 and rest:
        shown[rest[0][1]] = None
    return shown
