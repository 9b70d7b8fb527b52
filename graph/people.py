"""Privacy rules: which kinds of entity are persons, and how small a number of persons may be shown.

Everything that lists, finds, draws, writes or counts entities asks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.kinds import Schema

K_ANONYMITY = 5  # persons; a smaller group could point at one of them


def find_persons(schema: Schema) -> frozenset[str]:
    """Return the labels of the kinds whose entities are single persons; these are never listed, found, drawn or written."""
    return frozenset(kind.label for kind in schema.persons)


def find_people(schema: Schema) -> frozenset[str]:
    """Return the labels of the kinds whose entities are persons or groups of persons; only counts of them may be shown."""
    return find_persons(schema) | {kind.label for kind in schema.entities if kind.is_cohort}


def round_down(members: int) -> int | None:
    """Return a number of people as it may be shown to anybody: None below five, else rounded down to a multiple of five."""
    return None if members < K_ANONYMITY else members - members % K_ANONYMITY


def suppress(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return counts of people whose total is known in the form that anybody may see: rounded down, small ones withheld.

    Where exactly one is below five, the next smallest is withheld too: else it could be had by subtraction.
    """
    shown = {name: round_down(number) for name, number in counts.items()}
    withheld = [name for name, number in counts.items() if 0 < number < K_ANONYMITY]
    rest = sorted((number, name) for name, number in counts.items() if shown[name] is not None)
    if len(withheld) == 1 and rest:
        shown[rest[0][1]] = None
    return shown
