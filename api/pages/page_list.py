"""The list of pages: a page is a function that registers itself, with its address and its entry in the navigation.

@page("/resources", menu=Said("资源", "Resources"), place=4)
async def show_resources(visit: Visit) -> Response:
    return visit.render("resources.html", answer=await visit.ask("unused-resources"))
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from starlette.responses import Response

from api.pages.visit import Visit
from graph.texts import NOTHING, Said

Show = Callable[[Visit], Awaitable[Response]]
_MARK = "_shilian_page"
_HERE = __name__.rpartition(".")[0]


@dataclass(frozen=True)
class Page:
    """A page: its address, the function that shows it, and its entry in the navigation (none where `menu` is empty).

    A page that is `kept` is made once for a snapshot and a day; one that shows what changes without a new snapshot is not kept.
    """

    path: str
    show: Show
    menu: Said = NOTHING
    place: int = 0
    methods: tuple[str, ...] = ("GET",)
    kept: bool = True


def page(
    path: str, *, menu: Said = NOTHING, place: int = 0, methods: tuple[str, ...] = ("GET",), kept: bool = True
) -> Callable[[Show], Show]:
    """Register a function as the page at an address."""

    def register(show: Show) -> Show:
        setattr(show, _MARK, Page(path, show, menu, place, methods, kept))
        return show

    return register


@cache
def list_pages() -> tuple[Page, ...]:
    """Return every page that a module of this folder registers, in the order of the navigation; longer addresses first."""
    folder = importlib.import_module(_HERE)
    modules = [importlib.import_module(f"{_HERE}.{found.name}") for found in pkgutil.iter_modules(folder.__path__)]
    found = {getattr(value, _MARK) for module in modules for value in vars(module).values() if hasattr(value, _MARK)}
    return tuple(sorted(found, key=lambda one: (one.place, -one.path.count("/"), one.path)))


@cache
def list_menu() -> tuple[Page, ...]:
    """Return the pages that stand in the navigation."""
    return tuple(one for one in list_pages() if one.menu)
