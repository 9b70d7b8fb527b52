"""Answers as tables for people: a page element in a notebook, a table in a terminal; reasons as a short list."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from html import escape
from io import StringIO
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape as plain_markup
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graph.schema.cooperation import LEADS, SIGNED, TAKES_PART_IN
from graph.schema.members import WORKS_AT
from graph.schema.resources import OFFERS, SEEKS
from graph.texts import Lang, Said, in_language
from queries.answers.contents import Contents
from queries.answers.remarks import COLON, remarks
from queries.answers.rows import RECORDS, USED, Record, heading, tell_sources

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
_TIES = {  # what two units have in common that are both tied to one thing
    SIGNED.type: Said("签约", "signed"),
    LEADS.type: Said("共同活动", "held together"),
    TAKES_PART_IN.type: Said("共同活动", "held together"),
    USED: Said("借用场地", "venue used"),
    WORKS_AT.type: Said("党员居住", "members living there"),
    OFFERS.type: Said("供需相合", "offer meets need"),
    SEEKS.type: Said("供需相合", "offer meets need"),
}
_EMPTY = Said("没有结果", "Nothing found")
_CUT = Said("（未全部列出）", " (not all of them)")
_FROM = Said("  出处：{text}", "  from {text}")
_YES, _NO = Said("是", "yes"), Said("否", "no")


def html_table(answer: Contents[Any], lang: Lang = "zh") -> str:
    """Return the answer as an HTML table; every text is escaped."""
    columns = shown_fields(answer, wide=True)
    head = "".join(f"<th>{escape(heading(f, lang))}</th>" for f in columns)
    body = "".join(f"<tr>{''.join(_html_cell(f, row, lang) for f in columns)}</tr>" for row in answer.rows[:MOST_ROWS])
    body = body or f'<tr><td colspan="{max(1, len(columns))}">{_EMPTY.text(lang)}</td></tr>'
    top = f"<caption>{escape(caption(answer, lang))}</caption><thead><tr>{head}</tr></thead>"
    below = "".join(f"<p>{escape(line)}</p>" for line in remarks(answer, lang))
    return f'{_STYLE}<table class="shilian">{top}<tbody>{body}</tbody></table>{below}'


def rich_table(answer: Contents[Any], lang: Lang = "zh", *, sources: bool = False) -> RenderableType:
    """Return an answer for a terminal: a table, or paragraphs where rows have reasons, and its remarks below.

    With `sources`, paragraphs with every reason, and below each the rows of files that it rests on.
    """
    table, below = _rich_rows(answer, lang, sources), remarks(answer, lang)
    if not below:
        return table
    return Group(table, Text("\n".join(below)))


def _rich_rows(answer: Contents[Any], lang: Lang, sources: bool) -> RenderableType:
    columns = shown_fields(answer, wide=False)
    if sources or any(
        isinstance(getattr(row, f.name), (list, tuple)) for row in answer.rows[:MOST_ROWS] for f in columns
    ):
        return _paragraphs(answer, columns, lang, sources)
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
        table.add_row(
            *(plain_markup("\n".join(show_lines(f, getattr(row, f.name), lang, MOST_ITEMS))) for f in columns)
        )
    if not answer.rows:
        table.caption = _EMPTY.text(lang)
    return table


def _paragraphs(
    answer: Contents[Any], columns: Sequence[dataclasses.Field[Any]], lang: Lang, sources: bool
) -> RenderableType:
    """Return a paragraph a row: its name, its values in a line, its reasons indented below; what all rows share stands above."""
    rows = answer.rows[:MOST_ROWS]
    shared = [
        f
        for f in columns
        if len(rows) > 1
        and isinstance(getattr(rows[0], f.name), str)
        and len({getattr(row, f.name) for row in rows}) == 1
    ]
    parts: list[RenderableType] = [Text(caption(answer, lang), style="dim")]
    parts += [Text(f"{heading(f, lang)}{COLON.text(lang)}{show_field(f, rows[0], lang)}", style="dim") for f in shared]
    own = [f for f in columns if f not in shared]
    for place, row in enumerate(rows, start=1):
        words, below = _row_words(own, row, place, lang, sources)
        parts.append(
            Text(f"{place}. ")
            .append(words[0] if words else "", style="bold")
            .append("".join(f" · {word}" for word in words[1:]))
        )
        parts += [Padding(Text(line), (0, 0, 0, 4)) for line in below]
    return Group(*parts)


def _row_words(
    columns: Sequence[dataclasses.Field[Any]], row: Any, place: int, lang: Lang, sources: bool
) -> tuple[list[str], list[str]]:
    """Return the values of a row as words for one line, and its lists as lines below, with the rows of files behind them if wanted."""
    words: list[str] = []
    below: list[str] = []
    for f in columns:
        value = getattr(row, f.name)
        if value is True:
            words.append(heading(f, lang))
        elif isinstance(value, (list, tuple)) and sources:
            below += [line for item in value for line in _sourced_lines(item, lang)]
        elif isinstance(value, (list, tuple)):
            below += [f"– {line}" for line in show_lines(f, value, lang, MOST_ITEMS)]
        elif value not in (None, "", {}) and value is not False and not (f.name == "rank" and value == place):
            text = show_field(f, row, lang)
            words.append(text if isinstance(value, str) else f"{heading(f, lang)} {text}")
    return words, [*below, *(_source_lines(row, lang) if sources else ())]


def _sourced_lines(item: Any, lang: Lang) -> list[str]:
    """Return an item of a list as a line, and a line with the rows of files that it rests on."""
    return [f"– {item_text(item, lang)}", *_source_lines(item, lang)]


def _source_lines(told: Any, lang: Lang) -> list[str]:
    """Return where a row or an item of one comes from; nothing where that is not on record."""
    text = tell_sources(getattr(told, RECORDS, None) or ()).text(lang)
    return [_FROM.fill(text=text).text(lang)] if text else []


def show_field(f: dataclasses.Field[Any], row: Any, lang: Lang) -> str:
    """Return a field of a row as one text."""
    return "、".join(show_lines(f, getattr(row, f.name), lang, MOST_ITEMS))


def text_table(answer: Contents[Any], width: int = 100, lang: Lang = "zh") -> str:
    """Return the answer as text that fits `width` columns."""
    out = StringIO()
    Console(
        file=out, width=width, color_system=None, force_terminal=False, force_jupyter=False, legacy_windows=False
    ).print(rich_table(answer, lang))
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


def caption(answer: Contents[Any], lang: Lang = "zh") -> str:
    """Return the line above a table: what was asked, how many rows, of which snapshot."""
    given = [f"{name}={value}" if name else value for name, value in answer.asked.given]
    rows = Said(f"{len(answer.rows)} 行", f"{len(answer.rows)} rows").text(lang)
    cut = _CUT.text(lang) if answer.truncated or len(answer.rows) > MOST_ROWS else ""
    of = Said(f" · 快照 {answer.snapshot}", f" · snapshot {answer.snapshot}").text(lang) if answer.snapshot else ""
    return f"{' '.join(filter(None, (answer.question, *given)))} · {rows}{cut}{of}"


def picture_title(answer: Contents[Any]) -> str:
    """Return what stands above a picture: the question as it is asked in Chinese, and about what."""
    return " ".join(filter(None, (str(answer.asked.title), *(value for _, value in answer.asked.given))))


def shown_fields(answer: Contents[Any], wide: bool) -> list[dataclasses.Field[Any]]:
    """Return the fields that a table shows: ids and file rows are left to JSON, details to wide tables."""
    places = {f.name: f.metadata.get("show", "hidden" if is_reference(f.name) else "table") for f in answer.fields()}
    return [
        f
        for f in answer.fields()
        if places[f.name] == "table" or (places[f.name] == "detail" and (wide or _has_reasons(f, answer.rows)))
    ]


def _has_reasons(f: dataclasses.Field[Any], rows: Sequence[Any]) -> bool:
    """Tell whether a field lists reasons: things that say a sentence."""
    lists = [value for row in rows[:MOST_ROWS] if isinstance(value := getattr(row, f.name), (list, tuple))]
    return any(hasattr(item, "text") and not isinstance(item, str) for value in lists for item in value[:1])


def is_reference(name: str) -> bool:
    """Tell whether a field is for programs, not for people: an id, a code, the rows of files."""
    return name.endswith("_id") or name in {"id", "label", "entity", "field", "records"}


def _is_number(f: dataclasses.Field[Any], rows: Sequence[Any]) -> bool:
    values = [getattr(row, f.name) for row in rows[:MOST_ROWS]]
    known = [v for v in values if v is not None]
    return bool(known) and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in known)


def _html_cell(f: dataclasses.Field[Any], row: Any, lang: Lang) -> str:
    value = getattr(row, f.name)
    lines = [escape(line) for line in show_lines(f, value, lang, most=6)]
    if isinstance(value, (list, tuple)) and lines:
        return "<td><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul></td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        kind = ' class="number"'
    else:
        kind = ' class="short"' if len(lines) == 1 and len(lines[0]) <= SHORT else ""
    return f"<td{kind}>{'<br>'.join(lines)}</td>"


def show_lines(f: dataclasses.Field[Any], value: Any, lang: Lang, most: int) -> list[str]:
    """Return a value as lines of text: a list gives a line an item, at most `most`."""
    if isinstance(value, Mapping):
        value = [f"{name} {show_value(item, lang)}" for name, item in value.items()]
    if isinstance(value, (list, tuple)):
        own = f.metadata.get("most", 0)
        shown = len(value) if own is None else own or most
        lines = [item_text(item, lang) for item in value[:shown]]
        return lines + ([f"… +{len(value) - shown}"] if len(value) > shown else [])
    words = f.metadata.get("words", {})
    if isinstance(value, str) and value in words:
        return [in_language(words[value], lang)]
    if f.metadata.get("share") and isinstance(value, float):
        return [show_share(value)]
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
    if isinstance(item, Record):
        return tell_sources([item]).text(lang)
    return show_value(item, lang) if isinstance(item, str) else _parts_text(item, lang)


def _parts_text(item: Any, lang: Lang) -> str:
    """Return a thing of several parts as one line: what each part says, ids and what is not known left out."""
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        named = {f.name: (heading(f, lang), getattr(item, f.name)) for f in dataclasses.fields(item)}
    elif isinstance(item, Mapping):
        named = {str(name): ("", value) for name, value in item.items()}
    else:
        return show_value(item, lang)
    told = (
        (name, value)
        for key, (name, value) in named.items()
        if not is_reference(key) and value not in (None, "", [], {})
    )
    return Said("，", ", ").text(lang).join(f"{name} {item_text(value, lang)}".strip() for name, value in told)


def path_text(path: Sequence[Any], lang: Lang) -> str:
    """Return a path between two units as one line: the kind of link, and the things between them."""
    ties = [step for step in path if "type" in step and "name" not in step]
    inner = [show_value(step["name"], lang) for step in path[1:-1] if "name" in step]
    word = next((_TIES[tie["type"]].text(lang) for tie in ties if tie["type"] in _TIES), "")
    times = next((f" ×{tie['count']}" for tie in ties if tie.get("count")), "")
    return f"{word}{COLON.text(lang)}{' — '.join(inner)}{times}" if word else " — ".join(inner)


def drop_zeros(number: str) -> str:
    """Return a written number without the noughts that end its decimals; those of a whole number stay."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def show_share(value: float) -> str:
    """Return a part of one in hundredths: 50%, 66.7%."""
    return drop_zeros(f"{100 * value:.1f}") + "%"


def show_value(value: Any, lang: Lang, digits: int = 2) -> str:
    """Return one value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (_YES if value else _NO).text(lang)
    if isinstance(value, float):
        return drop_zeros(f"{value:.{digits}f}")
    return str(in_language(value, lang))
