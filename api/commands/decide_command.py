"""`shilian decide`: records a person's decision, which then counts in every later snapshot; one subcommand for each kind."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from api.command import Body, Entry, add_command, add_group, set_signature
from api.commands.diff_command import changes_table
from api.deciding import check, find_standing, open_for, preview_decision, preview_undo, take, undo_decision
from api.door import Door
from api.kept_figures import keep_figures
from api.opening import open_graph
from api.papers.making import save_draft
from graph.decisions import (
    KINDS,
    WRITTEN,
    Accept,
    Decision,
    HeaderMeaning,
    SheetRegister,
    WordMeaning,
    forms_of,
    is_optional,
    make_decision,
    read_standing,
)
from graph.documents import Document
from graph.errors import ArgumentError
from graph.texts import Said
from graph.workspace import Workspace
from loaders.loading import publish_workspace
from loaders.report.screen import show_result

EXAMPLES = {
    "header": "shilian decide header venues 建面 area_m2",
    "sheet": "shilian decide sheet venues 场馆、归谁管、能坐多少人",
    "value": "shilian decide value 重二社区 households 2150 --reason 已核实",
    "same": "shilian decide same 一拖 第一拖拉机厂",
    "new": "shilian decide new 滨河驿站 Venue",
    "different": "shilian decide different 一拖股份 一拖",
    "former": "shilian decide former 第一拖拉机制造厂 中国一拖集团有限公司 --until 1997-05-31",
    "parent": "shilian decide parent 一拖股份 一拖集团",
    "branch": "shilian decide branch 二装厂 一拖集团",
    "accept": "shilian decide accept 重二社区 第一拖拉机厂",
    "reject": "shilian decide reject 重二社区 一拖 --reason 已有结对",
    "later": "shilian decide later --point 一拖二装 --reason 等办公室回话",
    "replaces": "shilian decide replaces 3fa94c0122d1e6b7 --reason 全量名单",
    "book": "shilian decide book 一拖会议室 重二社区 2026-07-10 --time 14:00-16:00 --people 40 --purpose 主题党日",
    "claim": "shilian decide claim 第一拖拉机厂 重二社区健康义诊 --content 义诊两场",
    "close": "shilian decide close DB-2026-03 已完成路灯更换",
    "renew": "shilian decide renew 共建〔2024〕1号 2028-08-31",
    "duplicate": "shilian decide duplicate 重二社区楼道加装扶手 重二社区安装楼道扶手",
    "distinct": "shilian decide distinct 重二社区健康义诊 重二社区健康讲座",
}  # weights are put to use by `shilian learn`
WORD = Entry("word", WordMeaning.words, "shilian decide word 长者饭桌 = 老年助餐")
LIST = Entry("list", Said("现行的决定", "the decisions that stand"), "shilian decide list")
UNDO = Entry("undo", Said("撤回一个决定", "take a decision back"), "shilian decide undo 7")
THREE_WORDS = 3  # of the shortest sentence about a word
SENTENCE = Said("写成 甲 = 乙、甲 under 领域 或 甲 is not 乙", "A = B, A under FIELD, or A is not B")
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help=Said("只看会改变什么，不记录", "only show what would change; nothing is written")),
]
Drafted = Annotated[
    Path | None,
    typer.Option("--draft", metavar="FILE.docx", help=Said("同时写出协议草案", "write a draft of the agreement, too")),
]


def make_app(entry: Entry, lang: str, _part: str = "") -> typer.Typer:
    """Return the group of decisions."""
    app = typer.Typer(rich_markup_mode="rich")
    add_group(app, entry, lang)
    for name, example in EXAMPLES.items():
        kind = KINDS[name]
        add_command(app, Entry(name, kind.words, example), make_command(kind), lang)
    add_command(app, WORD, decide_word, lang)
    add_command(app, LIST, list_decisions, lang)
    add_command(app, UNDO, undo, lang)
    return app


def make_command(kind: type[Decision]) -> Body:
    """Return the function of a command that takes a decision, with the kind's fields as its signature."""

    def call(door: Door, dry_run: bool = False, draft: Path | None = None, **given: str | None) -> None:
        said = {WRITTEN.get(name, name): text for name, text in given.items() if text is not None}
        record_decision(door, make_decision(kind.kind, said), dry_run, draft)

    options = {"dry_run": (DryRun, False)} | ({"draft": (Drafted, None)} if kind is Accept else {})
    door = inspect.Parameter("door", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Door)
    made = [_parameter(kind, name) for name in forms_of(kind)]
    made += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in options.items()
    ]
    set_signature(call, [door, *made])
    return call


def _parameter(kind: type[Decision], name: str) -> inspect.Parameter:
    """Return a field of a decision as a parameter of its command."""
    form = forms_of(kind)[name]
    default: Any = inspect.Parameter.empty
    declared: Any = typer.Argument(metavar=name.upper(), help=form.says)
    annotation: Any = Annotated[str, declared]
    if is_optional(kind, name):
        metavar = "DAY" if form.schema.get("format") == "date" else "TEXT"
        option = typer.Option(f"--{WRITTEN.get(name, name)}", metavar=metavar, help=form.says)
        annotation, default = Annotated[str | None, option], None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def decide_word(
    door: Door,
    said: Annotated[list[str], typer.Argument(metavar="A = B | A under FIELD | A is not B", help=SENTENCE)],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=Said("为什么", "why"))] = "",
    dry_run: DryRun = False,
) -> None:
    """Record what a word of needs and offers means: the same as another, a kind of its own in a field, or not that."""
    if len(said) < THREE_WORDS:
        raise ArgumentError(argument="word", value=" ".join(said), reason=SENTENCE)
    word, *relation, target = said
    record_decision(
        door,
        make_decision(
            WordMeaning.kind,
            {"word": word, "relation": " ".join(relation), "target": target} | ({"reason": reason} if reason else {}),
        ),
        dry_run,
    )


def record_decision(door: Door, decision: Decision, dry_run: bool = False, draft: Path | None = None) -> None:
    """Record a decision in the ledger and publish its effect; with `dry_run` only show what would change."""
    workspace = open_for(decision, door.settings)
    checked = check(workspace, decision, partial(open_graph, door.settings))
    if dry_run:
        _show_preview(door, checked.as_dict() | preview_decision(workspace, checked))
        return
    if draft is not None and isinstance(checked.decision, Accept):
        with open_graph(door.settings) as graph:
            units = checked.decision.left, checked.decision.right
            written = save_draft(graph, door.settings.user, units, draft)
        door.note(f"协议草案：{written}", f"Draft of the agreement: {written}")
    with door.progress() as progress:
        decided = take(workspace, checked, door.settings, progress)
    if door.json:
        door.print_json(decided.as_dict())
        return
    if decided.result:
        show_result(decided.result, door.out, door.lang)
    names = "、".join(one.name for one in checked.about.values())
    kind, said = decision.kind, f"{decided.number}：{names}" if names else decided.number
    door.tell(f"已记录：决定 {said}（{kind}）", f"On the record: decision {said} ({kind})")
    _tell_when(door, decision)


def list_decisions(door: Door) -> None:
    """Show every decision that stands: its number, what it says, who took it and when."""
    standing = read_standing(Workspace.open(door.settings.workspace).ledger, Decision)
    decisions = [one.as_dict() for one in standing]
    if door.json:
        door.print_json({"decisions": decisions})
        return
    for one in decisions:
        said = "  ".join(str(one[f]) for f in one if f not in {"id", "kind", "by", "at", "signals"})
        door.tell(*[f"{one['id']}  {one['kind']}  {said}  {one['by']} {one['at'][:10]}"] * 2)


def undo(
    door: Door,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=Said("决定的编号", "its number"))],
    dry_run: DryRun = False,
) -> None:
    """Take a decision back; the next snapshot is as if it had not been."""
    workspace = Workspace.open(door.settings.workspace)
    if dry_run:
        _show_preview(door, preview_undo(workspace, number))
        return
    taken = find_standing(workspace, number)
    with door.progress() as progress, workspace.writing():
        undo_decision(workspace, number, door.settings)
        keep_figures(door.settings)
        result = publish_workspace(workspace, progress, settings=door.settings)
    if door.json:
        door.print_json({"id": number, "withdrawn": True, "snapshot": result.snapshot, "changed": result.changed})
    else:
        show_result(result, door.out, door.lang)
        door.tell(f"已撤回决定 {number}", f"Decision {number} was taken back")
        _tell_when(door, taken)


def _tell_when(door: Door, decision: Decision) -> None:
    """Say of what was decided about headers that it takes effect with the next load: the workspace does not keep the files."""
    if isinstance(decision, HeaderMeaning | SheetRegister):
        door.tell(
            "请再次载入有这个表头的文件：会重新读取，并取代上次载入。",
            "Load the files with this header again: they are read anew, in the place of their last load.",
        )


def _show_preview(door: Door, effect: Document) -> None:
    if door.json:
        door.print_json({"dry_run": True, **effect})
        return
    for place in effect["mentions"]:
        where = f"{place['file']} {place['sheet']}"
        door.tell(f"{place['name']}：{place['rows']} 行  {where}", f"{place['name']}: {place['rows']} rows  {where}")
    if effect["entities"] or effect["relations"]:
        door.out.print(changes_table(door, effect))
    else:
        door.tell("图不会改变。", "The graph would stay as it is.")
    door.tell("未记录。", "Nothing was written.")
