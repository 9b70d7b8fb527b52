"""The words of a load report in both languages, and what its files, columns and problems are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.ledger_rows import ReportedColumn, ReportedSheet
from graph.problem_groups import ProblemGroup, group_problems
from graph.problems import Problem
from graph.schema import SCHEMA
from graph.shell_words import write_command
from graph.texts import Said
from loaders.headers.header_figures import MAPPED
from loaders.merging.closings import Closing
from loaders.report.load_result import LoadResult

WORDS: Mapping[str, Said] = {
    "title": Said("载入报告", "Load report"),
    "file": Said("文件", "file"),
    "sheet": Said("工作表", "sheet"),
    "register": Said("登记表", "register"),
    "sender": Said("填报单位", "sender"),
    "as_of": Said("截至", "as of"),
    "read": Said("读取", "read"),
    "loaded": Said("入图", "in the graph"),
    "waiting": Said("等待认名", "waiting for a name"),
    "rejected": Said("未载入", "not loaded"),
    "left_out": Said("略过的行", "rows left out"),
    "dropped": Said("已去除的个人信息列", "personal columns dropped"),
    "unread": Said("没有认出、没有载入的列", "columns not understood, not loaded"),
    "problem": Said("问题", "problem"),
    "place": Said("位置", "place"),
    "value": Said("值", "value"),
    "suggestion": Said("建议", "suggestion"),
    "severity": Said("级别", "severity"),
    "error": Said("错误", "error"),
    "warning": Said("提示", "note"),
    "row": Said("行", "row"),
    "column": Said("列", "column"),
    "header": Said("表头", "header"),
    "field": Said("含义", "meaning"),
    "confidence": Said("把握", "confidence"),
    "treatment": Said("处理", "treatment"),
    "alternatives": Said("可能是", "may be"),
    "skipped": Said("已跳过", "skipped"),
    "more": Said("另有 {n} 类，见报告文件（--report）", "{n} more kinds, see the report file (--report)"),
    "each": Said("逐处问题", "every place"),
    "places_head": Said("处数", "places"),
    "unchanged": Said("内容没有变化", "nothing changed"),
    "summary": Said("文件", "Files"),
    "problems": Said("问题", "Problems"),
    "columns": Said("列的含义", "What the columns mean"),
    "names": Said("对不上的名称", "Names not found"),
    "name": Said("名称", "name"),
    "candidates": Said("可能是", "may be"),
    "no_candidates": Said("没有相近的", "nothing like it"),
    "done": Said("已载入，快照 {snapshot}", "loaded, snapshot {snapshot}"),
    "counts": Said("图中现有", "now in the graph"),
    "counts_dry": Said("写入后图中将有", "once written, the graph will have"),
    "count": Said("次数", "times"),
    "decide": Said("确认", "to confirm"),
    "asked": Said("{n} 列待确认", "{n} columns to confirm"),
    "none": Said("没有问题。", "No problems."),
    "missing": Said("本表没有的列：", "columns that the sheet lacks: "),
    "first": Said("只列出前 {n} 条", "the first {n} only"),
    "places": Said("{n} 处", "{n} places"),
    "lists": Said("名单的新旧", "Versions of lists"),
    "dry": Said("试读：没有写入任何内容", "read only: nothing was written"),
    "closed": Said("关闭 {n} 条", "{n} closed"),
    "as_told": Said("：{names}", ": {names}"),
    "and_more": Said(" 等", " …"),
    "rows": Said(
        "读取 {read} 行 = 入图 {in_graph} + 等待认名 {waiting} + 未载入 {not_loaded}{incomplete}{names}；存疑 {in_doubt} 处",
        "{read} rows read = {in_graph} in the graph + {waiting} that wait for a name + {not_loaded} not loaded{incomplete}{names};"
        " {in_doubt} in doubt",
    ),
    "incomplete": Said("；入图的行中有 {n} 行还有名称待认", "; {n} of those in the graph have a name that waits too"),
    "waiting_names": Said(
        "；待认的名称{names}（shilian ask names-to-review）", "; names that wait{names} (shilian ask names-to-review)"
    ),
    "asked_closing": Said(
        "《{file}》比上一份《{older}》少 {n} 条（上一份共 {of} 条），没有关闭{names}",
        "“{file}” lacks {n} of the {of} of its older version “{older}”; they were not closed{names}",
    ),
    "if_gone": Said("；如确已不存在：{command}", "; if they are gone: {command}"),
}
_NAMED = 10  # names in one line
TREATMENTS: Mapping[str, Said] = {
    "mapped": Said("已对应", "mapped"),
    "dropped_personal": Said("个人信息，已去除", "personal, dropped"),
    "ignored": Said("不需要", "not needed"),
    "unknown": Said("没有认出，未载入", "not understood, not loaded"),
    "asked": Said("请确认", "please confirm"),
}


@dataclass(frozen=True)
class ColumnLine:
    """What one column was taken to mean: its place, its header, and the meaning, confidence and treatment as shown."""

    file: str
    sheet: str
    register: str | None
    letter: str
    header: str
    meaning: str
    confidence: float
    treatment: str
    alternatives: tuple[str, ...]
    decide: str


def words_in(lang: str) -> dict[str, str]:
    """Return the words of a report in one language."""
    return {name: said.text(lang) for name, said in WORDS.items()}


def name_register(name: str | None, lang: str) -> str:
    """Return a register as a reader knows it; '' for none."""
    if name is None:
        return ""
    register = SCHEMA.register(name)
    return register.zh if lang == "zh" else register.en


def name_field(register: str | None, field: str) -> str:
    """Return a field as reports show it: its usual header with the field's name, as 建筑面积（area_m2）."""
    if not register or not field:
        return field
    heads = [c.headers[0] for c in SCHEMA.register(register).columns if c.field == field and c.headers]
    return f"{heads[0]}（{field}）".replace("\n", "") if heads else field


def told_problems(result: LoadResult) -> list[Problem]:
    """Return the problems that a load report lists, each with its field's usual header in place of the field's name.

    Skipped sheets are left out: the list of files has them.
    """
    registers = {(f["file"], f["sheet"]): f["register"] for f in result.files}
    heads: dict[tuple[str | None, str], str] = {
        (register, c.field): c.headers[0].replace("\n", "")
        for register in {r for r in registers.values() if r}
        for c in SCHEMA.register(register).columns
        if c.headers
    }
    return [
        replace(p, field=heads.get((registers.get((p.file, p.sheet)), p.field), p.field))
        for p in result.problems
        if p.code != "sheet.skipped"
    ]


def unread_columns(result: LoadResult) -> dict[str, list[str]]:
    """Return the headers of columns of which nobody knows what they mean, by the file and sheet that was loaded without them."""
    found: dict[str, list[str]] = {}
    for file in result.files:
        unread = [c["header"] for c in file["columns"] if file["register"] and is_unknown(c)]
        if unread:
            place = " · ".join(dict.fromkeys((file["file"], file["sheet"])))
            found[place] = [*found.get(place, ()), *unread]
    return found


def is_unknown(column: ReportedColumn) -> bool:
    """Tell whether a column is left out because nothing is known of it, not because its register has no use for it."""
    is_left_out = column["treatment"] == "ignored" and not column["alternatives"]
    return is_left_out and bool(column["header"]) and column["confidence"] < MAPPED


def column_lines(result: LoadResult) -> list[ColumnLine]:
    """Return what every column of every sheet was taken to mean, those to be confirmed first within a sheet."""
    return [line for file in result.files for line in _lines(file)]


def _lines(file: ReportedSheet) -> list[ColumnLine]:
    order = {"asked": 0}
    columns = sorted(file["columns"], key=lambda c: order.get(c["treatment"], 1))
    return [
        ColumnLine(
            file["file"], file["sheet"], file["register"], c["column"], c["header"], name_field(file["register"], c["field"]),
            c["confidence"], "unknown" if is_unknown(c) else c["treatment"],
            tuple(name_field(file["register"], a) for a in c["alternatives"]), _how_to_confirm(file, c),
        )
        for c in columns
    ]  # fmt: skip


def _how_to_confirm(file: ReportedSheet, column: ReportedColumn) -> str:
    if column["treatment"] != "asked" or not file["register"] or not column["alternatives"]:
        return ""
    said = file["register"], column["header"], column["alternatives"][0]
    return write_command("decide", "header", *said, sender=file.get("sender", ""))


def told_groups(result: LoadResult) -> list[ProblemGroup]:
    """Return the problems that a load report lists as messages: one for each kind in a column of a sheet."""
    return group_problems(told_problems(result))


def place(problem: Problem) -> str:
    """Return where a problem is, as a person would look for it: file, sheet, cell."""
    return " ".join(filter(None, (problem.file, problem.sheet, problem.cell)))


def place_of_group(group: ProblemGroup) -> str:
    """Return where the problems of a group are: file, sheet and column, or the one cell."""
    one = group.first
    if len(group.problems) == 1:
        return place(one)
    return " ".join(filter(None, (one.file, one.sheet, one.column)))


def state_line(result: LoadResult, lang: str) -> str:
    """Return what became of the graph: a new snapshot, nothing new, or nothing at all since it was only tried."""
    words = words_in(lang)
    if result.is_dry:
        return words["dry"]
    return words["done"].format(snapshot=result.snapshot) if result.changed else words["unchanged"]


def closing_line(closings: Iterable[Closing], lang: str) -> str:
    """Return how many things lists closed, and their names."""
    told = list(closings)
    names = [name for one in told for name in one.names]
    number = sum(one.count for one in told)
    return WORDS["closed"].text(lang).format(n=number) + tell_names(names, number, lang)


def asking_lines(closings: Iterable[Closing], lang: str, is_dry: bool = False) -> list[str]:
    """Return for each list that lacks much of its older version a line that says so, and the command that closes it once it is loaded."""
    words = words_in(lang)
    lines = []
    for one in closings:
        names = tell_names(one.names, one.count, lang)
        told = words["asked_closing"].format(file=one.file, older=one.older, n=one.count, of=one.of, names=names)
        command = words["if_gone"].format(command=write_command("decide", "replaces", one.load))
        lines.append(told if is_dry else f"{told}{command}")
    return lines


def tell_lines(result: LoadResult, lang: str) -> list[str]:
    """Return the last lines of a load: what came of its rows, what lists lack and wait to close, and what they closed."""
    found = result.summary
    rows = [summary_line(result, lang)] if result.files else []
    return (
        [*rows, *asking_lines(found.asked, lang, result.is_dry), closing_line(found.closed, lang)]
        if result.loads
        else []
    )


def summary_line(result: LoadResult, lang: str) -> str:
    """Return what came of the rows of a call, in one line."""
    found, words = result.summary, words_in(lang)
    incomplete = words["incomplete"].format(n=found.incomplete) if found.incomplete else ""
    told = tell_names(found.names, len(found.names), lang)
    return words["rows"].format(
        read=found.read, in_graph=found.in_graph, waiting=found.waiting, not_loaded=found.not_loaded,
        incomplete=incomplete, names=words["waiting_names"].format(names=told) if told else "", in_doubt=found.in_doubt,
    )  # fmt: skip


def tell_names(names: Sequence[str], number: int, lang: str) -> str:
    """Return the first names of a number of things, to follow what they are; nothing where none is known."""
    if not names:
        return ""
    shown = names[:_NAMED]
    more = WORDS["and_more"].text(lang) if number > len(shown) else ""
    return WORDS["as_told"].text(lang).format(names="、".join(shown)) + more
