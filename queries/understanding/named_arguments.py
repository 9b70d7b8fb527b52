"""What the arguments of questions stand for, by their names: one word for one thing in all questions."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graph.schema import SCHEMA
from graph.schema.assets import Brand
from graph.schema.organizations import Community, Enterprise, Subdistrict
from graph.schema.resources import RedBase
from queries.answers.arguments import Argument

ANYTHING = "any"  # every kind that can be found by its name
UNITS = tuple(kind.label for kind in SCHEMA.units)
_UNIT_NAMES = ("unit", "other", "why_not", "partner", "leaves", "host", "owner", "for_unit")
_THING_NAMES = ("entity", "thing", "start", "end", "resource", "a", "b")
AREAS = (Subdistrict.label, Community.label)
_OFFERING = tuple(label for label in UNITS if label not in AREAS)
NAMED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_UNIT_NAMES, UNITS), **dict.fromkeys(_THING_NAMES, (ANYTHING,)),
    "enterprise": (Enterprise.label,), "community": (Community.label,), "near": (Community.label, Enterprise.label),
    "area": AREAS, "offer": _OFFERING, "wanted": (Enterprise.label,), "subdistrict": (Subdistrict.label,),
    "brand": (Brand.label, RedBase.label),
}  # fmt: skip
# What a number with its unit of measure may be, in the order in which a question's arguments are tried.
MEASURED: dict[str, tuple[str, ...]] = {
    "人": ("people", "n", "capacity", "headcount", "persons", "group"), "天": ("days", "older_than", "within_days", "soon", "red_after"),
    "公里": ("radius", "radius_km", "km", "within", "within_km", "reach", "r"), "步": ("hops", "steps", "max_hops"),
    "个": ("points", "k"), "前": ("k", "points", "limit", "enterprise_capacity"), "平方米": ("size", "area_m2", "min_area", "m2"),
    "米": ("height", "clear_height", "clear_height_m"),
    "吨": ("crane", "load"), "行": ("row",),
}  # fmt: skip
DAY, LAST_DAY, COMPARED_DAY, AS_OF_DAY, TIME = ("day",), ("by",), ("compare", "since"), ("as_of",), ("time",)
COMING = ("month", "quarter")  # periods that lie ahead: 七月 is the next one

# Arguments that take any words: what a sentence says and nobody knows (理发, 螺栓) is what is looked for; and those that take
# only a service or product, or what the graph speaks of.
ANY_TEXT = ("need", "offer", "wanted", "matter")
KNOWN_TEXT = ("topic", "service", "skill", "category")
GRAPH_TEXT = ("topic", "theme", "subject", "text")

# Which of them take services, which products.
LOOKED_FOR = {**dict.fromkeys(("need", "offer", "service", "skill", "category"), "service"), "wanted": "product"}


def kinds_of(argument: Argument) -> tuple[str, ...]:
    """Return the labels of the kinds whose names an argument takes; none where it takes no name."""
    if argument.name not in NAMED or argument.choices or argument.is_list:
        return ()
    is_text = argument.type is str or hasattr(argument.type, "parse")
    return NAMED[argument.name] if is_text else ()


def looks_ahead(argument: Argument) -> bool:
    """Tell whether a number of days is that of days to come, not of days gone by."""
    return any(word in argument.help for word in ("之内", "今后"))


CONDITIONS = ("free", "on", "never", "crane", "equipment", "ordinal")
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


def find_conditions(text: str) -> dict[str, str]:
    """Return the conditions that a sentence names (免费, 周末), each with its words: no answer may be without them."""
    found = {name: words.search(text) for name, _, words in _read_options() if name in CONDITIONS}
    return {name: hit[0] for name, hit in found.items() if hit}


def blank_options(text: str, given: Mapping[str, str]) -> str:
    """Return a text with a blank in place of the words that set the arguments that were given."""
    for name, value, words in _read_options():
        if name in given and value in given[name].split(","):
            text = words.sub(" ", text)
    return text


@cache
def _read_options() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return what sets arguments of few values: the argument, its value and a pattern of words."""
    with _OPTIONS.open(encoding="utf-8", newline="") as file:
        return tuple((row["argument"], row["value"], re.compile(row["words"])) for row in csv.DictReader(file))
