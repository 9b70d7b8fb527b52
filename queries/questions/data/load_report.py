"""装载时对我的文件做了什么？ What did the loader do with my file?

For each sheet: rows read and loaded, what each column was taken for, what was dropped, and what to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from graph.errors import FileMissingError
from graph.ledger_rows import LoadRow, ReportedColumn
from graph.problem_groups import ProblemGroup, ProblemGroupDocument, group_problems
from graph.problems import Problem, ProblemDocument
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.history import History


@dataclass(frozen=True)
class SheetReport:
    """What was understood of one sheet, and what became of its rows: in the graph, waiting for a name, or not loaded."""

    load_id: str
    file: str = column("文件", "file")
    sheet: str = column("工作表", "sheet")
    register: str | None = column("登记表", "register")
    rows_read: int = column("读取", "rows read")
    rows_loaded: int = column("入图", "in the graph")
    rows_waiting: int = column("等待认名", "waiting for a name")
    rows_rejected: int = column("未载入", "not loaded")
    columns: list[ReportedColumn] = column("列", "columns", "hidden")
    dropped: list[str] = column("已去除的个人信息列", "personal columns dropped", "detail")
    messages: list[ProblemGroupDocument] = column("问题", "problems")
    problems: list[ProblemDocument] = column("逐处问题", "every place", "hidden")


@question(
    least="analyst",
    phrases=Said(
        "文件 载入；载入 报告；表格 读取 结果；表格 读 得 怎么样；哪些 行 没 载入；上传 表 结果；表 有没有 错；"
        "交的表 读进去 没有；导入 报错；哪几行 没读；文件 处理",
        "load report; what loaded from file; rows not loaded",
    ),
)
def load_report(
    graph: Graph,
    scope: Scope,
    file: Annotated[
        str | None,
        Said("文件名或其中一部分；不填则列出全部", "the file's name or a part of it; without it, every file"),
    ] = None,
) -> Answer[SheetReport]:
    """装载时对我的文件做了什么？ What did the loader do with my file?"""
    if graph.history is None:
        return Answer([])
    loads = [load for load in graph.history.loads() if not load.get("withdrawn") and (not file or file in load["file"])]
    if file and not loads:
        raise FileMissingError(file=file)
    rows = [row for load in loads for row in _sheets(load, graph.history)]
    return Answer(
        rows, extra={"loads": [{key: load.get(key) for key in ("id", "file", "as_of", "at", "by")} for load in loads]}
    )


def _sheets(load: LoadRow, history: History) -> Iterator[SheetReport]:
    report, outcomes = history.report(load["id"]), iter(history.outcomes(load["id"])[1:])
    merging = [p for p in history.problems() if p.get("load") == load["id"]]
    problems = [Problem.restore(p) for p in (*report.get("problems", ()), *merging)]
    for sheet in report.get("files", ()):
        counted = next(outcomes, None) if sheet["register"] is not None else None
        in_graph, _, waiting = counted or (sheet["rows_loaded"], 0, 0)
        own = [p for p in problems if p.sheet == sheet["sheet"]]
        yield SheetReport(
            load_id=load["id"], file=sheet["file"], sheet=sheet["sheet"], register=sheet["register"], rows_read=sheet["rows_read"],
            rows_loaded=in_graph, rows_waiting=waiting, rows_rejected=sheet["rows_read"] - in_graph - waiting, columns=[*sheet["columns"]],
            dropped=[c["header"] for c in sheet["columns"] if c["treatment"] == "dropped_personal"],
            messages=[_message(group) for group in group_problems(own)], problems=[_shown(p) for p in own],
        )  # fmt: skip


def _message(group: ProblemGroup) -> ProblemGroupDocument:
    return {**group.as_dict("zh"), "text": group.said}


def _shown(problem: Problem) -> ProblemDocument:
    """Return a problem as JSON has it, in both languages, with its cell in the sentence."""
    text = join_said([problem.cell, problem.said], " ", " ") if problem.cell else problem.said
    return {**problem.as_dict(), "message": problem.said, "text": text}
