"""How each kind of entity looks: one colour, one sign and one shape, the same on every page, picture, notebook and legend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from graph.kinds import Entity, Schema
from graph.types import Date

Shape = Literal["circle", "square", "diamond", "hexagon"]
COLOURS = (
    "#2f6f9f", "#7b5ea7", "#3d8b5f", "#b8860b", "#4f9da6", "#c23b22", "#d1703c", "#8c564b", "#6b7a2a", "#a64d79", "#5a6b7b",
    "#c49a6c", "#1f3d6b", "#e377c2", "#8fbc3f", "#3c3c3c",
    "#c8bfec", "#14da9b", "#f59ba4", "#add192", "#4192f5", "#1d4114", "#14dad1", "#ad1441", "#771477", "#bfc8bf", "#14b6f5", "#142f89",
    "#1d7714", "#775314", "#53264a", "#bf89f5", "#771d14", "#77775c", "#d1bf5c", "#f56589", "#ad899b", "#145c53", "#4a2f14", "#53b65c",
    "#7a9e00", "#9b1fe8", "#e8b3ff", "#ff8c42", "#005f86", "#b2b200",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What an entity of a kind looks like; shape and sign tell it where colours are not seen or not printed."""

    colour: str
    sign: str
    shape: Shape

    @property
    def ink(self) -> str:
        """Return the colour of the sign on it, dark or light, whichever can be read (relative luminance of WCAG 2)."""
        parts = [int(self.colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return "#14181d" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.36 else "#ffffff"


def find_looks(schema: Schema) -> dict[str, Look]:
    """Return the look of every kind by its label; the kinds with the most relations have the clearest colours and first choice of signs."""
    ties = Counter(end.label for relation in schema.relations for end in (*relation.source, *relation.target))
    order = sorted(schema.entities, key=lambda kind: -ties[kind.label])
    owned = {end.label for relation in schema.relations if relation.owns for end in relation.target}
    signs: set[str] = set()
    looks: dict[str, Look] = {}
    for number, kind in enumerate(order):
        sign = next((letter for letter in kind.zh if letter.isalpha() and letter not in signs), kind.zh[:1])
        signs.add(sign)
        looks[kind.label] = Look(COLOURS[number % len(COLOURS)], sign, _shape(kind, kind.label in owned))
    return looks


def _shape(kind: Entity, is_owned: bool) -> Shape:
    """Return the shape of a kind: units are round, what is their own is square, what happens on a day is a diamond, all else a hexagon."""
    if kind.is_unit:
        return "circle"
    if is_owned:
        return "square"
    happens = kind.mention == "none" and any(prop.type == Date() for prop in kind.properties)
    return "diamond" if happens else "hexagon"
