"""这个单位是什么情况？ Everything about one unit: its values with their history, what it is tied to, what is in force, on any day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.questions.data.entity_page import PageLine, show_page
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph


@question(
    phrases=Said(
        "单位 情况；单位 资料；单位 基本情况；企业 介绍；社区 基本情况；企业 底细；单位 档案；企业 简介；"
        "服务官 是谁；联系 服务官",
        "what is known of unit; about this unit",
    )
)
def unit_page(
    graph: Graph,
    scope: Scope,
    unit: Annotated[str, Said("单位的名称、简称或编号", "the unit's name, short name or id")],
    *,
    as_of: Annotated[
        date | None, Said("看哪一天的情况，默认现在", "as things were on this day; now by default")
    ] = None,
    limit: Annotated[int, Between(1, 1000), Said("每类最多列几项", "at most so many of each kind")] = 100,
) -> Answer[PageLine]:
    """这个单位是什么情况？ What is known of this unit, and what is it tied to?"""
    return show_page(graph, scope, find_unit(graph, unit), as_of, limit)
