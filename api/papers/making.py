"""Makes papers and their stock forms as bytes: the one door to the packages that write workbooks and documents."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.papers.paper import Paper, Writing
from api.papers.paper_list import find_paper
from graph.errors import ArgumentError, FileMissingError, MissingPackageError
from graph.kinds import Register
from graph.types.dates import write_day
from queries.reading.scope import Scope
from queries.reading.sight import see

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.from_python import District

DRAFT = "agreement-draft"
_FORMS = Path(__file__).parent / "documents"
_ABOUT = (
    "本表由图谱回填，数据截至 {day}；联系人、联系电话等个人信息不入图谱，由填报单位自行填写；各行出处见“来源”工作表。"
)
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e]')


def make_paper(
    graph: Graph, scope: Scope, paper: Paper, arguments: Mapping[str, object], template: Path | None = None
) -> bytes:
    """Return a paper, filled from the graph as its reader may see it; `template` is an office's own copy of its form."""
    graph, scope = see(graph, scope)
    form = read_form(paper, template) if template is not None else make_form_of(paper)
    texts = _read_shared(graph, arguments)
    if paper.register is not None:
        return _fill_register(graph, scope, paper.register, form, texts)
    return _fill_document(graph, scope, paper, form, texts, arguments)


def save_paper(
    graph: Graph, scope: Scope, paper: Paper, path: Path, *, template: Path | None = None, **arguments: object
) -> Path:
    """Write an official paper (a weekly report, minutes, a ledger) to a file and return its path.

    A paper is either a document (.docx) or a sheet (.xlsx): another suffix is refused with an ArgumentError. `scope` limits it to what
    its reader may see.
    """
    given = paper.reader.read(arguments)
    return write_whole(check_suffix(paper, path), make_paper(graph, scope, paper, given, template))


def write_paper(
    district: District, name: str, path: Path | str, *, template: Path | str | None = None, **arguments: object
) -> Path:
    """Write a paper by any of its names from a district that `queries.connect` opened, and return its path.

    write_paper(district, "督查周报", "周报.docx", office="长安路街道党工委")
    """
    form = None if template is None else Path(template)
    return save_paper(district.graph, district.scope, find_paper(name), Path(path), template=form, **arguments)


def save_draft(graph: Graph, user: str, units: tuple[str, str], path: Path) -> Path:
    """Write the draft of an agreement between two units (names or ids, in either order), as anybody may read it."""
    return save_paper(graph, Scope(user, "viewer"), find_paper(DRAFT), path, unit=units[0], partner=units[1])


def save_form(paper: Paper, path: Path) -> Path:
    """Write the stock form of a paper to a file, for an office to copy and change."""
    return write_whole(check_suffix(paper, path), make_form_of(paper))


def make_form_of(paper: Paper) -> bytes:
    """Return the stock form of a paper."""
    try:
        # Optional packages; a workbook of the report, or an answer, needs neither.
        if paper.register is not None:
            from api.papers.register_form import make_form

            return make_form(paper.register)
        from api.papers.word_form import make_word_form
    except ImportError as missing:
        raise MissingPackageError(package=missing.name or "docxtpl") from missing
    text = (_FORMS / f"{paper.name.replace('-', '_')}.txt").read_text(encoding="utf-8")
    return make_word_form(text)


def read_form(paper: Paper, template: Path) -> bytes:
    """Return an office's own form."""
    if not template.is_file():
        raise FileMissingError(file=str(template))
    check_suffix(paper, template, "--template")
    return template.read_bytes()


def check_suffix(paper: Paper, path: Path, argument: str = "--output") -> Path:
    """Return a path whose suffix is that of the paper; ArgumentError for any other."""
    if path.suffix.lower() != paper.suffix:
        raise ArgumentError(argument=argument, value=path, reason=paper.suffix)
    return path


def file_name(paper: Paper, *parts: str) -> str:
    """Return a name for the file of a paper that every file system takes."""
    return _UNSAFE.sub("_", "-".join((str(paper.title), *parts)))[:80] + paper.suffix


def write_chinese_day(day: date | None) -> str:
    """Return a day as an official document has it: 2026年6月30日."""
    return f"{write_day(day, 'month')}{day.day}日" if day is not None else ""


def _read_shared(graph: Graph, arguments: Mapping[str, object]) -> dict[str, str]:
    """Return what every paper says of itself: its office, its number, its date, and the day of its data."""
    day = arguments.get("day")
    return {
        "office": str(arguments.get("office") or ""),
        "number": str(arguments.get("number") or ""),
        "day": write_chinese_day(day if isinstance(day, date) else graph.as_of),
        "as_of": write_chinese_day(graph.as_of) or "（不详）",
    }


def _fill_register(graph: Graph, scope: Scope, register: Register, form: bytes, texts: Mapping[str, str]) -> bytes:
    from api.papers.register_book import fill_form  # an optional package, see make_form_of
    from api.papers.written_register import write_register

    rows = write_register(graph, register, scope)
    return fill_form(form, register, rows, {**texts, "about": _ABOUT.format(day=texts["as_of"])})


def _fill_document(
    graph: Graph, scope: Scope, paper: Paper, form: bytes, texts: Mapping[str, str], arguments: Mapping[str, object]
) -> bytes:
    from api.papers.word_book import fill_word  # an optional package, see make_form_of

    writing = Writing(graph, scope)
    own = {name: value for name, value in arguments.items() if name not in {"office", "number", "day"}}
    filled: dict[str, Any] = dict(paper.fill(writing, **own))
    return fill_word(form, str(paper.title), {**texts, **filled}, writing.footnotes)


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
    return path
