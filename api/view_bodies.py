"""The bodies of saved views, and of what a file of the explorer begins with, over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, FiniteFloat

from queries.browsing.parts import HARD_CAP


class SavedViewBody(BaseModel):
    """A saved view: an address of the explorer with a name, what it is about and for whom it is."""

    id: str
    name: str
    note: str
    address: str
    for_whom: Literal["me", "district", "all"]
    by: str
    at: str
    is_own: bool
    may_remove: bool


class SavedViewsBody(BaseModel):
    """The views that the caller may open, and whether the caller may save one."""

    views: list[SavedViewBody]
    may_save: bool


class GroundBody(BaseModel):
    """The map under positions: lines as longitudes and latitudes (WGS-84), names with where each is written, and a note to be shown."""

    lines: list[list[tuple[float, float]]]
    names: list[tuple[str, float, float]]
    note: str


class SceneBody(BaseModel, extra="forbid"):
    """What a file of the explorer begins with: a view and its arguments, or entities where they stand; and the end of its link."""

    view: str = Field(max_length=40)
    given: dict[str, Any] = {}
    places: list[tuple[str, FiniteFloat, FiniteFloat]] = Field(default=[], max_length=HARD_CAP)
    steps: str = Field(default="", max_length=20_000)
