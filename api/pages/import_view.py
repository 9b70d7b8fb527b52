"""导入: spreadsheets are dropped here, read and loaded; what they leave open is asked, and earlier loads can be taken back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.pages.page_list import page
from api.pages.settle_view import NEW
from api.pages.settle_view import WORDS as SETTLING
from api.pages.visit import Visit
from api.papers.paper import TYPES, WORKBOOK
from graph.documents import Document
from graph.kinds import Register
from graph.ledger_rows import LoadRow
from graph.register_names import find_register
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.storage_errors import WorkspaceError
from graph.texts import Lang, Said, in_language
from graph.workspace import Workspace
from loaders.report.question_texts import name_field
from loaders.template import save_template
from queries.questions.data.names_to_review import WHY

MOST_LOADS = 100  # the newest, listed
# What the script of the page says; it takes the texts from the page, so that they stand once.
WORDS = SETTLING | {
    "busy": Said("正在处理", "Working"),
    "sent": Said("正在上传…", "Uploading …"),
    "keep": Said("记下并再次试读", "Keep the answers and try again"),
    "questions": Said("请说明", "Please say"),
    "gone": Said("确已不存在，关闭 {n} 条：{file}", "They are gone: close {n} of {file}"),
    "closed": Said("已关闭。", "Closed."),
    "problems": Said("需要查看的地方", "To look at"),
    "no_problems": Said("没有需要查看的地方。", "Nothing to look at."),
    "columns": Said("各列的含义：{sheet}", "What the columns mean: {sheet}"),
    "withdraw": Said(
        "确定撤回“{file}”？图将如同从未载入它。",
        "Take back “{file}”? The graph will be as if it had never been loaded.",
    ),
    "file": Said("文件", "file"),
    "sheet": Said("工作表", "sheet"),
    "register": Said("登记表", "register"),
    "read": Said("读取", "read"),
    "in_graph": Said("入图", "in the graph"),
    "waiting": Said("等待认名", "waiting for a name"),
    "rejected": Said("未载入", "not loaded"),
    "column": Said("列", "column"),
    "header": Said("表头", "header"),
    "meaning": Said("含义", "meaning"),
    "sure": Said("把握", "confidence"),
    "severity": Said("程度", "severity"),
    "message": Said("说明", "what"),
    "suggestion": Said("怎么办", "what to do"),
    "where": Said("位置", "where"),
    "cells": Said("前几处", "first cells"),
    "dropped_personal": Said("个人信息，已去除", "personal, dropped"),
    "ignored": Said("不需要，不读取", "not needed, not read"),
    "not_register": Said("不是登记表，不载入", "no register, not loaded"),
    "error": Said("错误", "error"),
    "warning": Said("提醒", "warning"),
    "info": Said("说明", "note"),
    "unread": Said("未读取：", "not read: "),
    "said_sheet": Said(
        "已说明是“{register}”，请在下面说明缺的是哪一列。", "Said to be “{register}”; say below which column is what is lacking. "
    ),
    "unread_sheets": Said(
        "有 {n} 张表没有读取。请在下面说明各是哪种登记表；不是登记表的，选“不是登记表，不载入”。",
        "{n} sheets were not read. Say below which register each is, or that it is none.",
    ),
    "after": Said("现在去看：", "Go on: "),
    "overview": Said("总览", "Overview"),
    "settling": Said("核对名称、用词和说法", "settle names, words and statements"),
    "report": Said("载入报告", "load report"),
    "load": Said("载入并发布", "Load and publish"),
    "give_up": Said("放弃", "Give up"),
    "given_up": Said("已放弃，文件已删除。", "Given up; the files are removed."),
    "remember": Said("记住 {n} 处改动，再试读", "Remember {n} changes and try again"),
    "for_sender": Said(
        "改动会记住：以后{sender}报来的同样表格都这样读。",
        "A change is remembered: sheets of this form from {sender} are read so from now on.",
    ),
    "for_all": Said(
        "改动会记住：以后同样的表格都这样读。", "A change is remembered: sheets of this form are read so from now on."
    ),
    "workbook": Said("带标注的工作簿", "workbook with marks"),
    "kept": Said(
        "试读的文件保留一小时，载入时不必再传；载入、放弃或到时即删除。",
        "The files of a trial are kept for an hour, not to be sent again; they are removed when loaded, given up, or too old.",
    ),
    "effect": Said("载入后图会怎样变", "What loading would change"),
    "nothing": Said("图不会有变化。", "The graph would stay as it is."),
    "kind": Said("类别", "kind"),
    "added": Said("新增", "new"),
    "changed": Said("变化", "changed"),
    "removed": Said("关闭", "closed"),
    "names": Said("还认不出的名称", "names that stand for nothing known yet"),
    "new": NEW,
    "more": Said("等 {n} 项", "and others, {n} in all"),
    "again": Said("再试读一次", "Try again"),
    "asked": Said("待说明", "to be said"),
    "relation": Said("关系：{name}", "relation: {name}"),
    "choose_above": Said("在上面的表中选这一列的含义", "choose above what the column means"),
    "tried": Said("试读完毕，尚未写入。", "Tried; nothing is written yet."),
    "loaded": Said("已载入并发布。", "Loaded and published."),
    "taken_back": Said("图已更新。", "The graph is up to date."),
    "counted": Said(
        "读取 {read} 行：入图 {in_graph}，等待认名 {waiting}，未载入 {not_loaded}；存疑 {in_doubt} 处。",
        "{read} rows read: {in_graph} in the graph, {waiting} waiting for a name, {not_loaded} not loaded; {in_doubt} doubtful.",
    ),
    "closed_rows": Said("关闭 {n} 条：{names}", "{n} closed: {names}"),
}  # fmt: skip


@page("/import", menu=Said("导入", "Import"), place=7, kept=False)
async def show_import(visit: Visit) -> Response:
    """A place to drop spreadsheets, and what was loaded so far."""
    loads = await run_in_threadpool(_list_loads, visit.request.app.state.settings)
    words = _read_words(visit.lang)
    return visit.render(
        "import.html", loads=loads[:MOST_LOADS], number=len(loads), words=words, registers=words["registers"]
    )


@cache
def _read_words(lang: Lang) -> Document:
    """Return what the page's script says, with the names of all registers, their fields, kinds and relations."""
    words = {name: in_language(said, lang) for name, said in WORDS.items()}
    return words | {
        "registers": {one.name: in_language(Said(one.zh, one.en), lang) for one in SCHEMA.registers},
        "fields": {one.name: _name_fields(one, lang) for one in SCHEMA.registers},
        "kinds": {one.label: in_language(Said(one.zh, one.en), lang) for one in SCHEMA.entities},
        "types": {one.type: in_language(Said(one.zh, one.en), lang) for one in SCHEMA.relations},
        "reasons": in_language(WHY, lang),
    }


@page("/import/forms/{name}", kept=False)
async def get_empty_form(visit: Visit) -> Response:
    """An empty register as a workbook: filled in, it loads at once."""
    register = find_register(visit.request.path_params["name"])
    body = await run_in_threadpool(_write_form, register, visit.lang)
    told = quote(f"{Said(register.zh, register.en).text(visit.lang)}.xlsx")
    return Response(
        body, media_type=TYPES[WORKBOOK], headers={"Content-Disposition": f"attachment; filename*=UTF-8''{told}"}
    )


def _write_form(register: Register, lang: Lang) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        save_template(register, path, lang)
        return path.read_bytes()


def _name_fields(register: Register, lang: Lang) -> dict[str, str]:
    """Return what the columns of a register may fill, in words, by field."""
    return {column.field: name_field(register.name, column.field, lang) for column in register.columns}


def _list_loads(settings: Settings) -> list[LoadRow]:
    """Return the loads on the record, the newest first; none where there is no workspace yet."""
    try:
        return Workspace.open(settings.workspace).ledger.loads()[::-1]
    except WorkspaceError:
        return []
