"""How the questions of a load are put to people: their sentences, the labels of their answers, and the command that gives each answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.decisions import IGNORED
from graph.documents import Document
from graph.kinds import Link
from graph.ledger_rows import ReportedSheet
from graph.schema import SCHEMA
from graph.shell_words import write_command
from graph.texts import Said
from loaders.formats.raw_sheet import plain_name
from loaders.headers.header_figures import TITLE_WEIGHTS
from loaders.headers.recognition import rank_registers
from loaders.report.load_questions import LoadQuestion
from loaders.report.load_result import LoadResult
from loaders.report.report_texts import name_register
from loaders.vocabulary.header_words import vocabulary_of

LIKELY = 3  # registers that are proposed for a sheet which asks nothing
NO_SHEET = Said("都不是，不载入这张表", "none of these: do not load this sheet")
NO_COLUMN = Said("都不是，这一列不需要", "none of these: the column is not needed")
WHICH_SHEET = Said("{place}：这张表是哪种登记表？", "{place}: which register is this sheet?")
WHICH_COLUMN = Said(
    "{place}：{register}里的“{header}”一列（{column}）是哪一项？",
    "{place}: what is the column “{header}” ({column}), read as {register}?",
)
ANSWER = Said("请选一个命令运行，再载入一次：", "run one of these commands, then load again:")

SAY_REGISTER = Said(
    "{file}：如果是登记表，请说明是哪一种（其他名称见 {command}）：",
    "{file}: if it is a register, say which (for other names see {command}):",
)


def question_text(question: LoadQuestion, lang: str) -> str:
    """Return a question as one sentence in one language."""
    sheet = question.sheet if question.sheet and question.sheet not in question.file else ""
    said = WHICH_SHEET if question.is_about_sheet else WHICH_COLUMN
    return said.text(lang).format(
        place=" · ".join(filter(None, (question.file, sheet))), register=name_register(question.register, lang),
        header=question.header.replace("\n", ""), column=question.column,
    )  # fmt: skip


def answers_of(question: LoadQuestion) -> tuple[str, ...]:
    """Return the names of a question's answers, with the one that nothing of it is wanted as the last."""
    return (*question.answers, IGNORED)


def answer_label(question: LoadQuestion, name: str, lang: str) -> str:
    """Return what an answer is called in one language: a register's title, or what a field holds, with the name behind it."""
    if name == IGNORED:
        return (NO_SHEET if question.is_about_sheet else NO_COLUMN).text(lang)
    title = name_register(name, lang) if question.is_about_sheet else name_field(question.register, name, lang)
    return f"{title}（{name}）" if lang == "zh" else f"{title} ({name})"


def name_field(register: str, field: str, lang: str) -> str:
    """Return what a field of a register holds, in one language: its property's title, else its usual header or whom it names."""
    asked = SCHEMA.register(register)
    column = asked.column(field)
    titles = {prop.name: Said(prop.zh, prop.en) for prop in (*asked.row.properties, *asked.inputs)}
    if field in titles and not isinstance(column, Link):  # a link of that name is no property: 需求单位, not 计量单位
        return titles[field].text(lang)
    return Said(column.headers[0].replace("\n", "") if column.headers else field, field.replace("_", " ")).text(lang)


def answer_command(question: LoadQuestion, name: str) -> str:
    """Return the command that answers a question so."""
    decision = question.answer(name)
    said = decision.to_payload()
    sender = said.pop("sender", "")
    return write_command("decide", decision.kind, *said.values(), sender=sender)


def question_lines(questions: Iterable[LoadQuestion], lang: str) -> list[str]:
    """Return each question with the commands that answer it, as lines to print."""
    lines = []
    for question in questions:
        lines.append(f"{question_text(question, lang)}{'' if lang == 'zh' else ' '}{ANSWER.text(lang)}")
        for name in question.answers or (IGNORED,):
            # Each command has a line of its own: what else stands on it would be pasted, too.
            lines += [f"  {answer_label(question, name, lang)}", f"    {answer_command(question, name)}"]
    return lines


def register_lines(sheet: ReportedSheet, paths: Sequence[str], lang: str) -> list[str]:
    """Return how to load a sheet that asks nothing as one of the registers that it is nearest to, as lines to print."""
    name = plain_name(sheet["file"])
    which = "" if len(paths) == 1 and paths[0].endswith(name) else f"{name}="
    likely = likely_registers(sheet) or (Said("登记表", "REGISTER").text(lang),)
    listed = write_command("template", "list")
    lines = [SAY_REGISTER.text(lang).format(file=sheet["file"], command=listed)]
    return lines + [f"  {write_command('load', *paths, register=which + register)}" for register in likely]


def likely_registers(sheet: ReportedSheet) -> tuple[str, ...]:
    """Return the names of the registers that a sheet which was not loaded is nearest to by its headers and titles, at most three."""
    words, stem = vocabulary_of(SCHEMA), plain_name(sheet["file"]).rsplit(".", 1)[0]
    texts = map(words.translate_title, (sheet.get("title", ""), sheet["sheet"], stem))
    titles = tuple(zip(texts, TITLE_WEIGHTS, strict=True))
    ranked = rank_registers([text for text in sheet.get("headers", ()) if text], titles, words)
    return tuple(one.register.name for one in ranked if one.coverage or one.title)[:LIKELY]


def question_document(question: LoadQuestion, lang: str) -> Document:
    """Return a question as JSON has it, each answer with the decision that it is and the command that takes it."""
    answers = [
        {
            "name": name,
            "label": answer_label(question, name, lang),
            "decision": {"kind": question.answer(name).kind, **question.answer(name).to_payload()},
            "command": answer_command(question, name),
        }
        for name in answers_of(question)
    ]
    return {
        "file": question.file, "sheet": question.sheet, "sender": question.sender, "register": question.register,
        "column": question.column, "header": question.header, "text": question_text(question, lang),
        "why": question.why.text(lang) if isinstance(question.why, Said) else str(question.why), "answers": answers,
    }  # fmt: skip


def load_document(result: LoadResult, lang: str) -> Document:
    """Return the JSON document of a load: its report, and what it asks."""
    return result.to_dict(lang) | {"questions": [question_document(one, lang) for one in result.questions]}
