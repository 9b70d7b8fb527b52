"""The words of a load report in both languages, and what its files, columns and problems are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.ledger_rows import ColumnEntry, SheetEntry
from graph.problems import ERROR, Problem
from graph.schema import SCHEMA
from loaders.report.load_result import LoadResult

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "title": "载入报告", "file": "文件", "sheet": "工作表", "register": "登记表", "sender": "填报单位", "as_of": "截至",
        "read": "读取", "loaded": "载入", "rejected": "未载入", "left_out": "略过的行", "dropped": "已去除的个人信息列",
        "problem": "问题", "place": "位置", "value": "值", "suggestion": "建议", "severity": "级别", "error": "错误", "warning": "提示",
        "row": "行", "column": "列", "header": "表头", "field": "含义", "confidence": "把握", "treatment": "处理",
        "alternatives": "可能是", "skipped": "已跳过", "more": "另有 {n} 条，见报告文件（--report）", "unchanged": "内容没有变化",
        "summary": "文件", "problems": "问题", "columns": "列的含义", "names": "对不上的名称", "name": "名称", "candidates": "可能是",
        "no_candidates": "没有相近的", "done": "已载入，快照 {snapshot}", "counts": "图中现有", "count": "次数", "decide": "确认",
        "asked": "{n} 列待确认", "none": "没有问题。", "missing": "本表没有的列：", "first": "只列出前 {n} 条", "places": "{n} 处",
    },
    "en": {
        "title": "Load report", "file": "file", "sheet": "sheet", "register": "register", "sender": "sender", "as_of": "as of",
        "read": "read", "loaded": "loaded", "rejected": "rejected", "left_out": "rows left out", "dropped": "personal columns dropped",
        "problem": "problem", "place": "place", "value": "value", "suggestion": "suggestion", "severity": "severity", "error": "error",
        "warning": "note", "row": "row", "column": "column", "header": "header", "field": "meaning", "confidence": "confidence",
        "treatment": "treatment", "alternatives": "may be", "skipped": "skipped", "more": "{n} more, see the report file (--report)",
        "unchanged": "nothing changed", "summary": "Files", "problems": "Problems", "columns": "What the columns mean",
        "names": "Names not found", "name": "name", "candidates": "may be", "no_candidates": "nothing like it",
        "done": "loaded, snapshot {snapshot}", "counts": "now in the graph", "count": "times", "decide": "to confirm",
        "asked": "{n} columns to confirm", "none": "No problems.",
        "missing": "columns that the sheet lacks: ", "first": "the first {n} only", "places": "{n} places",
    },
}  # fmt: skip
TREATMENTS: Mapping[str, Mapping[str, str]] = {
    "zh": {"mapped": "已对应", "dropped_personal": "个人信息，已去除", "ignored": "不需要", "asked": "请确认"},
    "en": {
        "mapped": "mapped",
        "dropped_personal": "personal, dropped",
        "ignored": "not needed",
        "asked": "please confirm",
    },
}
UNRESOLVED = frozenset({"unit.unknown", "unit.ambiguous", "resource.unknown"})  # names that stand for nothing known


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


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one kind: their severity, one sentence for all, what to do, and each of them."""

    code: str
    severity: str
    sentence: str
    advice: str
    problems: tuple[Problem, ...]


def name_register(name: str | None, lang: str) -> str:
    """Return a register as a reader knows it; '' for none."""
    if name is None:
        return ""
    register = SCHEMA.register(name)
    return register.zh if lang == "zh" else register.en


def name_field(register: str | None, field: str) -> str:
    """Return a field as the register's own forms head it, with its name: 建筑面积（area_m2）."""
    if not register or not field:
        return field
    heads = [c.headers[0] for c in SCHEMA.register(register).columns if c.field == field and c.headers]
    return f"{heads[0]}（{field}）".replace("\n", "") if heads else field


def told_problems(result: LoadResult) -> list[Problem]:
    """Return the problems with what a field is headed in place of its name, without those that the list of files tells."""
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


def column_lines(result: LoadResult) -> list[ColumnLine]:
    """Return what every column of every sheet was taken to mean, those to be confirmed first within a sheet."""
    return [line for file in result.files for line in _lines(file)]


def _lines(file: SheetEntry) -> list[ColumnLine]:
    order = {"asked": 0}
    columns = sorted(file["columns"], key=lambda c: order.get(c["treatment"], 1))
    return [
        ColumnLine(
            file["file"], file["sheet"], file["register"], c["column"], c["header"], name_field(file["register"], c["field"]),
            c["confidence"],
            c["treatment"], tuple(name_field(file["register"], a) for a in c["alternatives"]), _how_to_confirm(file, c),
        )
        for c in columns
    ]  # fmt: skip


def _how_to_confirm(file: SheetEntry, column: ColumnEntry) -> str:
    if column["treatment"] != "asked" or not file["register"] or not column["alternatives"]:
        return ""
    sender = f" --sender {file['sender']}" if file.get("sender") else ""
    return f"shilian decide header {file['register']} “{column['header']}” {column['alternatives'][0]}{sender}"


def problem_groups(problems: Iterable[Problem], lang: str) -> list[ProblemGroup]:
    """Return the problems by their kind, errors first, then the commonest."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.severity, problem.code), []).append(problem)
    ordered = sorted(found.items(), key=lambda item: (item[0][0] != ERROR, -len(item[1]), item[0][1]))
    return [
        ProblemGroup(code, severity, _sentence(told, lang), told[0].advice(lang), tuple(told))
        for (severity, code), told in ordered
    ]


def _sentence(told: list[Problem], lang: str) -> str:
    """Return the sentence of a kind of problem; where its cells differ, with … for what they differ in."""
    sentences = {p.message(lang) for p in told}
    return sentences.pop() if len(sentences) == 1 else Problem(told[0].code, value="…", field="…").message(lang)


def place(problem: Problem) -> str:
    """Return where a problem is, as a person would look for it: file, sheet, cell."""
    cell = f"{problem.column}{problem.row or ''}" if problem.column or problem.row else ""
    return " ".join(filter(None, (problem.file, problem.sheet, cell)))
