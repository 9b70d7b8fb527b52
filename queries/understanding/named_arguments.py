"""What the arguments of questions stand for, by their names: one word for one thing in all questions."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from graph.schema import SCHEMA
from graph.schema.organizations import Community, Enterprise, Subdistrict
from queries.answers.arguments import Argument

ANYTHING = "any"  # every kind that can be found by its name
UNITS = tuple(kind.label for kind in SCHEMA.units)
_UNIT_NAMES = ("unit", "other", "why_not", "partner", "leaves", "host", "owner", "for_unit")
_THING_NAMES = ("entity", "thing", "start", "end", "resource", "a", "b")
AREAS = (Subdistrict.label, Community.label)
NAMED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_UNIT_NAMES, UNITS), **dict.fromkeys(_THING_NAMES, (ANYTHING,)),
    "enterprise": (Enterprise.label,), "community": (Community.label,), "near": (Community.label, Enterprise.label),
    "area": AREAS, "offer": UNITS, "subdistrict": (Subdistrict.label,),
}  # fmt: skip
# What a number with its unit of measure may be, in the order in which a question's arguments are tried.
MEASURED: dict[str, tuple[str, ...]] = {
    "人": ("people", "n", "capacity", "headcount", "persons", "group"), "天": ("days", "older_than", "within_days", "soon", "red_after"),
    "公里": ("radius", "radius_km", "km", "within", "within_km", "reach", "r"), "步": ("hops", "steps", "max_hops"),
    "个": ("points", "k", "limit", "most"), "平方米": ("size", "area_m2", "min_area", "m2"),
    "米": ("height", "clear_height", "clear_height_m"),
    "吨": ("crane", "load"), "行": ("row",),
}  # fmt: skip
DAY, LAST_DAY, COMPARED_DAY, TIME = ("day",), ("by",), ("compare",), ("time",)
COMING = ("month", "quarter")  # periods that lie ahead: 七月 is the next one

# Arguments that take any words: what a sentence says and nobody knows (理发, 螺栓) is what is looked for.
FREE_TEXT = ("need", "offer", "wanted", "topic", "service", "matter", "skill", "theme", "subject", "text")

# Which of them take services, which products.
LOOKED_FOR = {**dict.fromkeys(("need", "offer", "service", "skill", "category"), "service"), "wanted": "product"}


def kinds_of(argument: Argument) -> tuple[str, ...]:
    """Return the labels of the kinds whose names an argument takes; none where it takes no name."""
    if argument.name not in NAMED or argument.choices or argument.is_list:
        return ()
    is_text = argument.type is str or hasattr(argument.type, "parse")
    return NAMED[argument.name] if is_text else ()


_OPTIONS = Path(__file__).with_name("option_words.csv")


_WHICH = re.compile(r"(?:哪些|哪几?[家个]|几[家个]|which|what|how many) ?$")


def find_options(text: str) -> dict[str, tuple[str, ...]]:
    """Return the values of arguments of few values that a sentence names: the one asked for (哪些社区 …) first, then as listed."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for name, value, words in _read_options():
        hits = [hit.start() for hit in words.finditer(text)]
        if hits:
            found.setdefault(name, []).append((not any(_WHICH.search(text[:start]) for start in hits), value))
    return {name: tuple(value for _, value in sorted(said, key=lambda one: one[0])) for name, said in found.items()}


@cache
def _read_options() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return what sets arguments of few values: the argument, its value and a pattern of words."""
    with _OPTIONS.open(encoding="utf-8", newline="") as file:
        return tuple((row["argument"], row["value"], re.compile(row["words"])) for row in csv.DictReader(file))
