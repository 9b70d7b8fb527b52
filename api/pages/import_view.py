"""导入: spreadsheets are dropped here, read and loaded; what they leave open is asked, and earlier loads can be taken back."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.pages.page_list import page
from api.pages.visit import Visit
from graph.kinds import Register
from graph.ledger_rows import LoadRow
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.storage_errors import WorkspaceError
from graph.texts import Said, in_language
from graph.workspace import Workspace

MOST_LOADS = 100  # the newest, listed
# What the script of the page says; it takes the texts from the page, so that they stand once.
WORDS = {
    "busy": Said("正在处理", "Working"),
    "sent": Said("正在上传…", "Uploading…"),
    "later": Said("以后再说", "later"),
    "keep": Said("记下并再次载入", "Keep the answers and load again"),
    "questions": Said("请说明", "Please say"),
    "gone": Said("确已不存在，关闭 {n} 条：{file}", "They are gone: close {n} of {file}"),
    "done": Said("已完成。", "Done."),
    "problems": Said("需要查看的地方", "To look at"),
    "none": Said("没有需要查看的地方。", "Nothing to look at."),
    "columns": Said("各列的含义", "What the columns mean"),
    "again": Said("请再选一次文件", "Please choose the files again"),
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
    "mapped": Said("已读取", "read"),
    "dropped_personal": Said("个人信息，已去除", "personal, dropped"),
    "ignored": Said("未读取", "not read"),
    "asked": Said("待说明", "asked"),
    "error": Said("错误", "error"),
    "warning": Said("提醒", "warning"),
    "info": Said("说明", "note"),
    "unread": Said("未读取：", "not read: "),
    "after": Said("现在去看：", "Go on: "),
    "overview": Said("总览", "Overview"),
    "names": Said("待认的名称", "names to check"),
    "report": Said("载入报告", "load report"),
}


@page("/import", menu=Said("导入", "Import"), place=7, kept=False)
async def show_import(visit: Visit) -> Response:
    """A place to drop spreadsheets, and what was loaded so far."""
    loads = await run_in_threadpool(_list_loads, visit.request.app.state.settings)
    words = {name: in_language(said, visit.lang) for name, said in WORDS.items()}
    registers = {one.name: in_language(Said(one.zh, one.en), visit.lang) for one in SCHEMA.registers}
    fields = {one.name: in_language(_name_fields(one), visit.lang) for one in SCHEMA.registers}
    words |= {"registers": registers, "fields": fields}
    return visit.render("import.html", loads=loads[:MOST_LOADS], number=len(loads), words=words)


def _name_fields(register: Register) -> dict[str, Said]:
    """Return what the columns of a register fill, in words: a property, or whom or what they name."""
    named = {one.name: Said(one.zh, one.en) for one in (*register.row.properties, *register.inputs)}
    return named | {link.field: Said(link.relation.zh, link.relation.en) for link in register.links}


def _list_loads(settings: Settings) -> list[LoadRow]:
    """Return the loads on the record, the newest first; none where there is no workspace yet."""
    try:
        return Workspace.open(settings.workspace).ledger.loads()[::-1]
    except WorkspaceError:
        return []
