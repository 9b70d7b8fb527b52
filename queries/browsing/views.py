"""The views of the canvas: what a browser or a notebook may ask for while somebody walks through a graph.

A view is a function `(graph, scope, lang, …) -> Part`; what it may be given stands on its arguments, as with questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from graph.texts import Lang, Said
from queries.answers.arguments import Argument, AtMost, Between, Reader
from queries.answers.catalogue import read_arguments
from queries.asking import ask
from queries.browsing.details import Details, describe
from queries.browsing.drawn_answers import draw_answer
from queries.browsing.grouping import By, open_group, overview
from queries.browsing.parts import HARD_CAP, MOST_DRAWN, Part
from queries.browsing.walking import expand, select, walk_around
from queries.browsing.ways import find_ways
from queries.questions.data.search import Found
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

_KINDS = Said("只要这些类别，如 Venue", "only these kinds, such as Venue")
_ENTITY = Said("名称、简称或编号", "a name, short name or id")
_GROUP = Said("总览中一组的编号", "the id of a group of the overview")


@dataclass(frozen=True)
class CanvasView:
    """A view that can be asked for: its name in addresses, its function, its arguments and what it shows."""

    name: str
    function: Callable[..., Any]
    title: Said

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """Return what the view may be given."""
        return read_arguments(self.function)

    @cached_property
    def reader(self) -> Reader:
        """Return the checker of the view's arguments."""
        return Reader(self.arguments)

    @property
    def returns(self) -> Any:
        """Return the type of what the view shows."""
        return get_type_hints(self.function, localns={"Graph": Any})["return"]

    def show(self, graph: Graph, scope: Scope, lang: Lang, given: Mapping[str, Any]) -> Any:
        """Return the view, for arguments that its reader has read."""
        return self.function(graph, scope, lang, **given)


def _overview(
    graph: Graph,
    scope: Scope,
    lang: Lang,
    *,
    by: Annotated[
        By, Said("按街道，或按往来疏密", "by subdistrict, or by how much units have to do with each other")
    ] = "subdistrict",
) -> Part:
    return overview(graph, scope, by=by, lang=lang)


def _group(
    graph: Graph,
    scope: Scope,
    lang: Lang,
    group: Annotated[str, _GROUP],
    *,
    limit: Annotated[int, Between(1, HARD_CAP), Said("最多几项", "at most so many")] = MOST_DRAWN,
) -> Part:
    return open_group(graph, scope, group, limit=limit, lang=lang)


def _around(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    lang: Lang,
    entity: Annotated[str, _ENTITY],
    *,
    hops: Annotated[int, Between(1, 3), Said("走几步", "over how many relations")] = 1,
    kinds: Annotated[list[str], AtMost(100), _KINDS] = [],  # noqa: B006 -- read, never changed
    limit: Annotated[int, Between(1, MOST_DRAWN), Said("周围最多几项", "at most so many around it")] = 60,
) -> Part:
    return walk_around(graph, scope, entity, hops=hops, kinds=kinds, limit=limit)


def _expand(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    lang: Lang,
    entity: Annotated[str, _ENTITY],
    *,
    kinds: Annotated[list[str], AtMost(100), _KINDS] = [],  # noqa: B006 -- read, never changed
    limit: Annotated[int, Between(1, MOST_DRAWN), Said("最多几项", "at most so many")] = 20,
    shown: Annotated[list[str], AtMost(HARD_CAP), Said("已画出的编号", "ids that are drawn already")] = [],  # noqa: B006 -- as above
) -> Part:
    return expand(graph, scope, entity, kinds=kinds, limit=limit, shown=shown)


def _path(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    lang: Lang,
    start: Annotated[str, _ENTITY],
    end: Annotated[str, _ENTITY],
    *,
    k: Annotated[int, Between(1, 20), Said("最多几条路径", "at most so many ways")] = 3,
    without: Annotated[list[str], AtMost(100), Said("不经过这些类别", "not by way of these kinds")] = [],  # noqa: B006 -- as above
) -> Part:
    return find_ways(graph, scope, start, end, k=k, without=without)


def _selection(
    graph: Graph,
    scope: Scope,
    lang: Lang,
    ids: Annotated[list[str], AtMost(HARD_CAP), Said("要画的编号", "the ids to draw")],
) -> Part:
    return select(graph, scope, ids)


def _entity(graph: Graph, scope: Scope, lang: Lang, entity: Annotated[str, _ENTITY]) -> Details:
    return describe(graph, scope, entity, lang=lang)


def _find(
    graph: Graph,
    scope: Scope,
    lang: Lang,
    text: Annotated[str, Said("名称、编号、全拼或首字母", "a name, number, pinyin or initials")],
) -> list[Found]:
    return list(ask(graph, scope, "search", text=text, limit=12).rows)


@cache
def canvas_views() -> dict[str, CanvasView]:
    """Return every view by its name."""
    return {
        view.name: view
        for view in (
            CanvasView("overview", _overview, Said("全区总览：一组一个点", "the whole district, a dot a group")),
            CanvasView("group", _group, Said("总览中的一组", "what is in a group of the overview")),
            CanvasView("around", _around, Said("一个单位或事物的周围", "what surrounds a unit or thing")),
            CanvasView("expand", _expand, Said("再展开几个相邻的", "the next few neighbours")),
            CanvasView("path", _path, Said("两者之间的路径", "the ways between two")),
            CanvasView("selection", _selection, Said("给定的几项及其关系", "some entities and their relations")),
            CanvasView("entity", _entity, Said("一项的详情", "the details of one")),
            CanvasView("find", _find, Said("按名称查找", "find by name")),
        )
    }


_FIRST_ARGUMENT = {"entity": "around", "group": "group", "start": "path", "ids": "selection"}


def find_view(given: Mapping[str, str]) -> CanvasView:
    """Return the view that an address without its name means, by what it gives; without anything, the overview."""
    named = next((view for argument, view in _FIRST_ARGUMENT.items() if argument in given), "overview")
    return canvas_views()[named]


def show_answer(graph: Graph, scope: Scope, lang: Lang, question: str, given: Mapping[str, Any]) -> Part:
    """Return the answer to a question, asked with arguments that its reader has read or will read, as a part to draw."""
    return draw_answer(graph, ask(graph, scope, question, **given), lang)
