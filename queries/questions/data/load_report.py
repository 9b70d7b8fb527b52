"""装载时对我的文件做了什么？ What did the loader do with my file?

For each sheet: rows read and loaded, what each column was taken for, what was dropped, and what to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from graph.errors import FileMissingError
from graph.ledger_rows import LoadReport, LoadRow, ReportedColumn
from graph.problems import Problem, ProblemDocument, StoredProblem
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class SheetReport:
    """What was understood of one sheet."""

    load_id: str
    file: str = column("文件", "file")
    sheet: str = column("工作表", "sheet")
    register: str | None = column("登记表", "register")
    rows_read: int = column("读取", "rows read")
    rows_loaded: int = column("载入", "rows loaded")
    rows_rejected: int = column("未载入", "rows rejected")
    columns: list[ReportedColumn] = column("列", "columns", "hidden")
    dropped: list[str] = column("已去除的个人信息列", "personal columns dropped", "detail")
    problems: list[ProblemDocument] = column("问题", "problems")


@question
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
    rows = [row for load in loads for row in _sheets(load, graph.history.report(load["id"]))]
    return Answer(
        rows, extra={"loads": [{key: load.get(key) for key in ("id", "file", "as_of", "at", "by")} for load in loads]}
    )


def _sheets(load: LoadRow, report: LoadReport) -> Iterator[SheetReport]:
    problems = [*report.get("problems", ())]
    for sheet in report.get("files", ()):
        yield SheetReport(
            load_id=load["id"], file=sheet["file"], sheet=sheet["sheet"], register=sheet["register"], rows_read=sheet["rows_read"],
            rows_loaded=sheet["rows_loaded"], rows_rejected=sheet["rows_rejected"], columns=[*sheet["columns"]],
            dropped=[c["header"] for c in sheet["columns"] if c["treatment"] == "dropped_personal"],
            problems=[_shown(p) for p in problems if p["sheet"] == sheet["sheet"]],
        )  # fmt: skip


def _shown(stored: StoredProblem) -> ProblemDocument:
    """Return a problem as the ledger keeps it (in no language) as JSON has it, with its cell in the sentence."""
    problem = Problem.restore(stored)
    cell = f"{problem.column}{problem.row or ''}"
    text = join_said([cell, problem.said], " ", " ") if cell else problem.said
    return {**problem.as_dict(), "message": problem.said, "text": text}
