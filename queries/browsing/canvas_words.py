"""What the canvas says, in both languages: names and looks of kinds and relations, and every text of its controls."""

from __future__ import annotations

from graph.documents import Document
from graph.palette import find_looks
from graph.saved_views import AUDIENCES
from graph.schema import SCHEMA
from graph.texts import Lang, Said
from queries.answers.rows import DERIVED_TIES
from queries.browsing.grouping import GROUP, TOGETHER
from queries.browsing.mesh_tables import left_out
from queries.browsing.parts import HARD_CAP, MOST_DRAWN
from queries.pairing.subgraph import JOINS, MEETS, PROPOSED, USES

_GROUP = Said("分组", "group")
_TOGETHER = Said("往来", "dealings")
_TIES = {**DERIVED_TIES, TOGETHER: _TOGETHER} | {str(said): said for said in (PROPOSED, MEETS, JOINS, USES)}
TEXTS = {
    # finding and beginning
    "search": Said("全图找：名称、编号、拼音", "Find: name, number, pinyin"),
    "searchLabel": Said("在全图中查找单位、资源、协议等", "Find a unit, resource, agreement … in the whole graph"),
    "findHere": Said("在当前画面中查找", "Find in this view"),
    "nothingFound": Said("没有找到。换一种写法，或先导入列有它的表格。", "Nothing found. Write it another way, or first import a spreadsheet that lists it."),
    "overview": Said("全区总览", "Whole district"),
    "bySubdistrict": Said("按街道", "by subdistrict"),
    "byCluster": Said("按往来疏密", "by dealings"),
    "loading": Said("正在读取……", "Reading …"),
    "failed": Said("没有读到：{reason}", "Could not read: {reason}"),
    "empty": Said("图里还没有可画的内容。请先导入表格。", "There is nothing to draw yet. Import spreadsheets first."),
    "title": Said("图谱", "Explorer"),
    # what is drawn
    "drawn": Said("画出 {n} 项、{m} 条关系", "{n} entities and {m} relations drawn"),
    "leftOut": Said("另有 {n} 项未画出", "{n} more not drawn"),
    "weaker": Said("另有 {n} 条较弱的往来未画出", "weaker ties between groups not drawn: {n}"),
    "full": Said(f"画面最多容纳 {HARD_CAP} 项，已到上限；请先隐藏或只留所选，再展开。", f"The view holds {HARD_CAP} entities at most; hide some or keep only the selected ones before you expand."),
    "crowded": Said(f"已超过 {MOST_DRAWN} 项，不易看清；可筛选或隐藏一部分。", f"More than {MOST_DRAWN} entities are hard to read; filter or hide some."),
    "canvasLabel": Said("关系图。方向键在各项间移动，回车选中，加号展开，Delete 隐藏，P 固定。", "Graph. Arrow keys move between entities, Enter selects, plus expands, Delete hides, P pins."),
    "more": Said("还有 {n}", "{n} more"),
    # controls
    "tools": Said("画面工具", "tools of the view"),
    "undo": Said("撤销", "Undo"),
    "redo": Said("重做", "Redo"),
    "fit": Said("全部可见", "Fit"),
    "zoomIn": Said("放大", "Zoom in"),
    "zoomOut": Said("缩小", "Zoom out"),
    "lasso": Said("圈选", "Lasso"),
    "layout": Said("布局", "Layout"),
    "force": Said("疏密", "by closeness"),
    "rings": Said("环形", "rings"),
    "columns": Said("按类别", "by kind"),
    "map": Said("按位置", "by position"),
    "noPositions": Said("画面中没有带经纬度的项。", "Nothing in this view has a position."),
    "unplaced": Said("{n} 项没有经纬度，排在下方", "{n} without a position stand below"),
    "named": Said("{what}：{which}", "{what}: {which}"),
    "inBrackets": Said("{what}（{n}）", "{what} ({n})"),
    "comma": Said("，", ", "),
    "and": Said("、", ", "),
    "table": Said("表格", "Table"),
    "link": Said("复制链接", "Copy link"),
    "copied": Said("链接已复制。", "The link is copied."),
    "export": Said("导出", "Export"),
    "png": Said("图片 PNG", "picture PNG"),
    "svg": Said("矢量图 SVG", "vector picture SVG"),
    "graphml": Said("GraphML（yEd、Gephi）", "GraphML (yEd, Gephi)"),
    "gexf": Said("GEXF（Gephi）", "GEXF (Gephi)"),
    "json": Said("数据 JSON", "data JSON"),
    "csv": Said("表格 CSV", "table CSV"),
    "html": Said("可操作网页 HTML", "explorer as a page (HTML)"),
    "fileMade": Said("已存为网页，用浏览器打开即可，不需要联网。", "Saved as a page that any browser opens without a network."),
    "notInFile": Said("这份文件里没有存更多内容，请在系统中查看", "this file holds no more; look in the system itself"),
    # the legend and the time
    "legend": Said("类别", "Kinds"),
    "relations": Said("关系", "Relations"),
    "all": Said("全部显示", "Show all"),
    "only": Said("只看", "only"),
    "time": Said("时间", "Time"),
    "from": Said("自", "from"),
    "until": Said("至", "to"),
    "undated": Said("没有日期的项始终显示", "what has no date is always shown"),
    "allTime": Said("不限时间", "all the time"),
    # the details
    "details": Said("详情", "Details"),
    "noneSelected": Said("点选一项查看详情；双击展开它周围的内容。", "Select an entity to see its details; double-click it to expand what surrounds it."),
    "severalSelected": Said("已选 {n} 项", "{n} selected"),
    "neighbours": Said("相邻", "Neighbours"),
    "sources": Said("出处", "Where it was read"),
    "cells": Said("每个值的单元格", "the cell of every value"),
    "row": Said("第 {n} 行", "row {n}"),
    "expand": Said("展开", "Expand"),
    "expandMore": Said("展开（还有 {n}）", "Expand ({n} more)"),
    "hide": Said("隐藏", "Hide"),
    "unhide": Said("恢复隐藏的 {n} 项", "Show the {n} hidden"),
    "pin": Said("固定", "Pin"),
    "unpin": Said("取消固定", "Unpin"),
    "keep": Said("只留所选", "Keep only these"),
    "focus": Said("以它为中心", "Centre on it"),
    "page": Said("打开它的页面", "Open its page"),
    "partners": Said("结对建议", "Pairing suggestions"),
    "openGroup": Said("打开这一组", "Open this group"),
    "holds": Said("其中", "In it"),
    "pathTo": Said("到……的路径", "Path to …"),
    "pathPick": Said("请点选另一端，或在左上角查找它（Esc 取消）", "Select the other end, or find it at the upper left (Esc to cancel)"),
    "noPath": Said("六步之内没有路径；换掉筛选的类别再试。", "There is no way within six relations; change the kinds filtered out and try again."),
    "paths": Said("路径", "Ways"),
    "pathOf": Said("第 {n} 条：{text}", "way {n}: {text}"),
    # saved views
    "views": Said("已存视图", "Saved views"),
    "saveView": Said("保存当前视图", "Save this view"),
    "viewName": Said("名称", "Name"),
    "viewNote": Said("备注", "Note"),
    "save": Said("保存", "Save"),
    "cancel": Said("取消", "Cancel"),
    "remove": Said("删除", "Delete"),
    "noViews": Said("还没有保存的视图。", "No view is saved yet."),
    "viewForWhom": Said("给谁看", "For whom"),
    "for_me": AUDIENCES["me"],
    "for_district": AUDIENCES["district"],
    "for_all": AUDIENCES["all"],
    "onlyHere": Said("只存在这台电脑的浏览器里", "kept in this browser only"),
    "onlyHereNote": Said("视图存在这台电脑的浏览器里；要给别人看，请复制链接。", "The view is kept in this browser; to show it to others, copy its link."),
    "savedBy": Said("{by} 保存", "saved by {by}"),
    "viewSaved": Said("已保存“{name}”。", "“{name}” is saved."),
    "viewRemoved": Said("已删除“{name}”。", "“{name}” is deleted."),
    # the table
    "name": Said("名称", "Name"),
    "kind": Said("类别", "Kind"),
    "number": Said("关系数", "Relations"),
    "since": Said("开始", "From"),
    "till": Said("结束", "Until"),
    "close": Said("关闭", "Close"),
}  # fmt: skip


def describe_canvas(lang: Lang) -> Document:
    """Return everything that the canvas needs to know beforehand, in one language."""
    hidden, looks = left_out(SCHEMA), find_looks(SCHEMA)
    kinds = {
        entity.label: {
            "name": entity.en if lang == "en" else entity.zh,
            "colour": looks[entity.label].colour,
            "sign": looks[entity.label].sign,
            "shape": looks[entity.label].shape,
            "isUnit": entity.is_unit,
            "isEntity": entity.label
            not in hidden,  # what only an answer speaks of (a number of members) has no page and no neighbours
        }
        for entity in SCHEMA.entities
    }
    kinds[GROUP] = {
        "name": _GROUP.text(lang),
        "colour": "#5a6b7b",
        "sign": "",
        "shape": "circle",
        "isUnit": False,
        "isEntity": False,
    }
    types = {relation.type: relation.en if lang == "en" else relation.zh for relation in SCHEMA.relations}
    types |= {type: said.text(lang) for type, said in _TIES.items()}
    return {
        "lang": lang, "kinds": kinds, "types": types, "texts": {name: said.text(lang) for name, said in TEXTS.items()},
        "mostDrawn": MOST_DRAWN, "hardCap": HARD_CAP,
    }  # fmt: skip
