"""Answers as tables for people: a page element in a notebook, a table in a terminal; reasons as a short list."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

from queries.answers.answer import Answer, Lang, Sentence
from queries.answers.catalogue import find_question
from queries.answers.remarks import remarks

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_ROWS, MOST_ITEMS, SHORT = 200, 3, 12
_STYLE = (
    "<style>.shilian{border-collapse:collapse;font-size:13px;line-height:1.5}"
    ".shilian caption{caption-side:top;text-align:left;padding:4px 0;opacity:.75}"
    ".shilian th{text-align:left;border-bottom:2px solid #b5342b;padding:4px 10px;white-space:nowrap}"
    ".shilian td{text-align:left;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.25);padding:4px 10px;max-width:34em}"
    ".shilian td.number{text-align:right;font-variant-numeric:tabular-nums}"
    ".shilian td.short{white-space:nowrap}"
    ".shilian ul{margin:0;padding-left:1.1em}.shilian .more{opacity:.6}</style>"
)
_TIES = {
    "SIGNED": ("签约", "signed"),
    "LEADS": ("共同活动", "held together"),
    "TAKES_PART_IN": ("共同活动", "held together"),
    "USED": ("借用场地", "venue used"),
    "WORKS_AT": ("党员居住", "members living there"),
    "OFFERS": ("供需相合", "offer meets need"),
    "SEEKS": ("供需相合", "offer meets need"),
}
COLON = {"zh": "：", "en": ": "}
_EMPTY = {"zh": "没有结果", "en": "Nothing found"}


def html_table(answer: Answer[Any], lang: Lang = "zh") -> str:
    """Return the answer as an HTML table; every text is escaped."""
    columns = shown_fields(answer, wide=True)
    head = "".join(f"<th>{escape(heading(f, lang))}</th>" for f in columns)
    body = "".join(f"<tr>{''.join(_html_cell(f, row, lang) for f in columns)}</tr>" for row in answer.rows[:MOST_ROWS])
    body = body or f'<tr><td colspan="{max(1, len(columns))}">{_EMPTY[lang]}</td></tr>'
    top = f"<caption>{escape(caption(answer, lang))}</caption><thead><tr>{head}</tr></thead>"
    below = "".join(f"<p>{escape(line)}</p>" for line in remarks(answer, lang))
    return f'{_STYLE}<table class="shilian">{top}<tbody>{body}</tbody></table>{below}'


def rich_table(answer: Answer[Any], lang: Lang = "zh") -> RenderableType:
    """Return the answer for a terminal: a table, or where rows have reasons, a short paragraph a row, and below what else it says."""
    table, below = _rich_rows(answer, lang), remarks(answer, lang)
    if not below:
        return table
    from rich.console import Group
    from rich.text import Text

    return Group(table, Text("\n".join(below)))


def _rich_rows(answer: Answer[Any], lang: Lang) -> RenderableType:
    columns = shown_fields(answer, wide=False)
    if any(isinstance(getattr(row, f.name), (list, tuple)) for row in answer.rows[:MOST_ROWS] for f in columns):
        return _paragraphs(answer, columns, lang)
    from rich import box
    from rich.markup import escape as plain_markup
    from rich.table import Table

    table = Table(
        title=plain_markup(caption(answer, lang)),
        title_justify="left",
        title_style="dim",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for f in columns:
        table.add_column(heading(f, lang), justify="right" if _is_number(f, answer.rows) else "left", overflow="fold")
    for row in answer.rows[:MOST_ROWS]:
        table.add_row(*(plain_markup("\n".join(_lines(f, getattr(row, f.name), lang, MOST_ITEMS))) for f in columns))
    if not answer.rows:
        table.caption = _EMPTY[lang]
    return table


def _paragraphs(answer: Answer[Any], columns: Sequence[dataclasses.Field[Any]], lang: Lang) -> RenderableType:
    """Return a paragraph a row: its name, its values in a line, its reasons indented below; what all rows share stands above."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    rows = answer.rows[:MOST_ROWS]
    shared = [
        f
        for f in columns
        if len(rows) > 1
        and isinstance(getattr(rows[0], f.name), str)
        and len({getattr(row, f.name) for row in rows}) == 1
    ]
    parts: list[RenderableType] = [Text(caption(answer, lang), style="dim")]
    parts += [Text(f"{heading(f, lang)}{COLON[lang]}{show_field(f, rows[0], lang)}", style="dim") for f in shared]
    own = [f for f in columns if f not in shared]
    for place, row in enumerate(rows, start=1):
        words, below = _row_words(own, row, place, lang)
        parts.append(
            Text(f"{place}. ")
            .append(words[0] if words else "", style="bold")
            .append("".join(f" · {word}" for word in words[1:]))
        )
        parts += [Padding(Text(f"– {line}"), (0, 0, 0, 4)) for line in below]
    return Group(*parts)


def _row_words(
    columns: Sequence[dataclasses.Field[Any]], row: Any, place: int, lang: Lang
) -> tuple[list[str], list[str]]:
    """Return the values of a row as words for one line, and its lists as lines below."""
    words: list[str] = []
    below: list[str] = []
    for f in columns:
        value = getattr(row, f.name)
        if value is True:
            words.append(heading(f, lang))
        elif isinstance(value, (list, tuple)):
            below += _lines(f, value, lang, MOST_ITEMS)
        elif value not in (None, "", {}) and value is not False and not (f.name == "rank" and value == place):
            text = show_field(f, row, lang)
            words.append(text if isinstance(value, str) else f"{heading(f, lang)} {text}")
    return words, below


def show_field(f: dataclasses.Field[Any], row: Any, lang: Lang) -> str:
    """Return a field of a row as one text."""
    return "、".join(_lines(f, getattr(row, f.name), lang, MOST_ITEMS))


def text_table(answer: Answer[Any], width: int = 100, lang: Lang = "zh") -> str:
    """Return the answer as text that fits `width` columns."""
    from rich.console import Console

    out = StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False).print(
        rich_table(answer, lang)
    )
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


def caption(answer: Answer[Any], lang: Lang = "zh") -> str:
    """Return the line above a table: what was asked, how many rows, of which snapshot."""
    given = " ".join(
        str(value) if name in _required(answer) else f"{name}={value}" for name, value in _said(answer).items()
    )
    rows = f"{len(answer.rows)} 行" if lang == "zh" else f"{len(answer.rows)} rows"
    cut = (
        {"zh": "（未全部列出）", "en": " (not all of them)"}[lang]
        if answer.truncated or len(answer.rows) > MOST_ROWS
        else ""
    )
    of = f" · {'快照' if lang == 'zh' else 'snapshot'} {answer.snapshot}" if answer.snapshot else ""
    return f"{' '.join(filter(None, (answer.question, given)))} · {rows}{cut}{of}"


def picture_title(answer: Answer[Any]) -> str:
    """Return what stands above a picture: the question as it is asked in Chinese, and about what."""
    asked = find_question(answer.question).text.partition("？")[0] + "？" if answer.question else ""
    return " ".join(filter(None, (asked, *(str(value) for value in _said(answer).values()))))


def _required(answer: Answer[Any]) -> set[str]:
    return {a.name for a in find_question(answer.question).arguments if a.required} if answer.question else set()


def _said(answer: Answer[Any]) -> dict[str, Any]:
    """Return the arguments that differ from their defaults."""
    defaults = {a.name: a.default for a in find_question(answer.question).arguments} if answer.question else {}
    return {
        name: value
        for name, value in answer.arguments.items()
        if value is not None and str(value) != str(defaults.get(name))
    }


def shown_fields(answer: Answer[Any], wide: bool) -> list[dataclasses.Field[Any]]:
    """Return the fields that a table shows: ids and file rows are left to JSON, details to wide tables."""
    places = {f.name: f.metadata.get("show", "hidden" if _is_reference(f.name) else "table") for f in answer.fields()}
    return [
        f
        for f in answer.fields()
        if places[f.name] == "table" or (places[f.name] == "detail" and (wide or _has_reasons(f, answer.rows)))
    ]


def _has_reasons(f: dataclasses.Field[Any], rows: Sequence[Any]) -> bool:
    """Tell whether a field lists reasons: things that say a sentence."""
    lists = [value for row in rows[:MOST_ROWS] if isinstance(value := getattr(row, f.name), (list, tuple))]
    return any(hasattr(item, "text") for value in lists for item in value[:1])


def heading(f: dataclasses.Field[Any], lang: Lang) -> str:
    """Return the heading of a field."""
    return str(f.metadata.get(lang) or f.name.replace("_", " "))


def _is_reference(name: str) -> bool:
    return name.endswith("_id") or name in {"id", "label", "entity", "field", "records"}


def _is_number(f: dataclasses.Field[Any], rows: Sequence[Any]) -> bool:
    values = [getattr(row, f.name) for row in rows[:MOST_ROWS]]
    known = [v for v in values if v is not None]
    return bool(known) and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in known)


def _html_cell(f: dataclasses.Field[Any], row: Any, lang: Lang) -> str:
    value = getattr(row, f.name)
    lines = [escape(line) for line in _lines(f, value, lang, most=6)]
    if isinstance(value, (list, tuple)) and lines:
        return "<td><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul></td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        kind = ' class="number"'
    else:
        kind = ' class="short"' if len(lines) == 1 and len(lines[0]) <= SHORT else ""
    return f"<td{kind}>{'<br>'.join(lines)}</td>"


def _lines(f: dataclasses.Field[Any], value: Any, lang: Lang, most: int) -> list[str]:
    """Return a value as lines of text: a list gives a line an item, at most `most`."""
    if isinstance(value, Mapping):
        value = [f"{name} {show_value(item, lang)}" for name, item in value.items()]
    if isinstance(value, (list, tuple)):
        lines = [item_text(item, lang) for item in value[:most]]
        return lines + ([f"… +{len(value) - most}"] if len(value) > most else [])
    words = f.metadata.get("words", {})
    if isinstance(value, str) and value in words:
        return [words[value][0 if lang == "zh" else 1]]
    return [show_value(value, lang, f.metadata.get("digits", 2))]


def item_text(item: Any, lang: Lang) -> str:
    """Return an item of a list as one line: its sentence, else its name, else a path, else its text."""
    get = item.get if isinstance(item, Mapping) else lambda name, default=None: getattr(item, name, default)
    if isinstance(item, (list, tuple)):
        return path_text(item, lang)
    if not isinstance(item, str) and (sentence := get("text")):
        said = (get("date"), get("unit"), show_value(sentence, lang))
        return " ".join(str(part) for part in said if part)
    if not isinstance(item, str) and get("unit"):
        return f"{get('unit')} {show_value(get('why') or '', lang)}".strip()
    return show_value(item, lang)


def path_text(path: Sequence[Any], lang: Lang) -> str:
    """Return a path as a line: how it links, and what lies between its ends (the row names those)."""
    ties = [step for step in path if "type" in step and "name" not in step]
    inner = [show_value(step["name"], lang) for step in path[1:-1] if "name" in step]
    word = next((_TIES[tie["type"]][0 if lang == "zh" else 1] for tie in ties if tie["type"] in _TIES), "")
    times = next((f" ×{tie['count']}" for tie in ties if tie.get("count")), "")
    return f"{word}{COLON[lang]}{' — '.join(inner)}{times}" if word else " — ".join(inner)


def show_value(value: Any, lang: Lang, digits: int = 2) -> str:
    """Return one value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if isinstance(value, float):
        return f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return value.en if isinstance(value, Sentence) and lang == "en" else str(value)
