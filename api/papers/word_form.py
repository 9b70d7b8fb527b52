"""Makes the form of a document: a Word file of a text that anybody can read, change and compare.

A line of the text is a paragraph. At its start: `# ` the title, `^ ` a line in the middle, `> ` a line at the right, `## ` a heading,
`### ` a smaller one, `= ` a line whose part behind ` :: ` stands at the right, `- ` small print, `{%` an instruction of its own
(`{% for … %}`, `{% if … %}`), `@landscape` a wide page. A table is a line of headings with widths (`| 序号 5 | 事项 30 |`), below it
`|% for row in rows` and a line of cells; `|! ` at its start keeps it on one page, `|55% for …` makes its rows 55 mm high (for photographs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE_FONT, HEAVY, BODY = "方正小标宋简体", "黑体", "仿宋"
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # GB/T 9704, in mm
_WIDE_MARGINS = {"top_margin": 25, "bottom_margin": 22, "left_margin": 20, "right_margin": 20}
_A4 = (210, 297)
_LINE, _TABLE_SIZE, _CELL_MARGIN = Pt(28), 10, 60  # the last in twentieths of a point
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
# How a line that begins so looks: font, size, alignment, indent of its first line in characters.
_LOOKS: dict[str, tuple[str, float, Any, int]] = {
    "# ": (TITLE_FONT, 22, _CENTER, 0), "^ ": (BODY, 14, _CENTER, 0),
    "> ": (BODY, 16, _RIGHT, 0), "= ": (BODY, 14, None, 0), "## ": (HEAVY, 16, None, 2),
    "### ": ("楷体", 16, None, 2), "- ": (BODY, 10.5, None, 0), "": (BODY, 16, None, 2),
}  # fmt: skip
_WHOLE = "|!"  # how the headings of a table begin that stands on one page
_WIDTH = re.compile(r"^(.*?)\s+(\d+)$")
SOURCES = (
    "{% if sources %}",
    "- 数据来源：",
    "{% for line in sources %}",
    "- {{ line }}",
    "{% endfor %}",
    "{% endif %}",
)


def make_word_form(text: str) -> bytes:
    """Return the Word file that a text describes, with the sources at its end."""
    document = Document()
    lines = [line.rstrip() for line in text.splitlines()]
    is_wide = "@landscape" in lines
    _set_page(document, is_wide)
    content = iter([line for line in lines if line and line != "@landscape"] + list(SOURCES))
    for line in content:
        if line.startswith("|"):
            _add_table(document, line, next(content), _cells(next(content)), is_wide)
        else:
            _add_line(document, line, is_wide)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _set_page(document: Any, is_wide: bool) -> None:
    section = document.sections[0]
    width, height = reversed(_A4) if is_wide else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for name, size in (_WIDE_MARGINS if is_wide else _MARGINS).items():
        setattr(section, name, Mm(size))
    style = document.styles["Normal"]
    _set_font(style.element.get_or_add_rPr(), BODY)
    style.font.size = Pt(16)
    _add_page_number(section.footer.paragraphs[0])


def _set_font(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(name), font)


def _add_page_number(paragraph: Any) -> None:
    """Put the page's number into the footer: — 1 —."""
    paragraph.alignment = _CENTER
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        run.font.size = Pt(14)
        _set_font(run._element.get_or_add_rPr(), "宋体")
        if kind == "instr":
            told = OxmlElement("w:instrText")
            told.text = text
            run._element.append(told)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)


def _add_line(document: Any, line: str, is_wide: bool) -> None:
    if line.startswith("{%"):
        document.add_paragraph(line.replace("{%", "{%p", 1))
        return
    mark = next(mark for mark in sorted(_LOOKS, key=len, reverse=True) if line.startswith(mark))
    font, size, alignment, indent = _LOOKS[mark]
    paragraph = document.add_paragraph()
    looks = paragraph.paragraph_format
    looks.alignment, looks.space_after, looks.space_before = alignment, Pt(0), Pt(0)
    if mark != "- ":
        looks.line_spacing_rule, looks.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE if size < 20 else Pt(36)
    if mark == "# ":
        looks.space_after = Pt(10)
    looks.first_line_indent = Pt(size * indent) if indent else None
    looks.keep_with_next = mark in {"# ", "## ", "### "} or line == SOURCES[1]
    if mark == "= ":
        looks.tab_stops.add_tab_stop(Mm(_room(is_wide)), WD_TAB_ALIGNMENT.RIGHT)
    run = paragraph.add_run(line.removeprefix(mark).replace(" :: ", "\t"))
    run.font.size = Pt(size)
    _set_font(run._element.get_or_add_rPr(), font)


def _room(is_wide: bool) -> int:
    """Return how wide the text of a page is, in mm."""
    margins = _WIDE_MARGINS if is_wide else _MARGINS
    return (max(_A4) if is_wide else min(_A4)) - margins["left_margin"] - margins["right_margin"]


def _add_table(document: Any, heading: str, repeated: str, cells: Sequence[str], is_wide: bool) -> None:
    """Add a table whose one row of cells is repeated; its headings stand on every page."""
    height, _, loop = repeated.removeprefix("|").partition("%")
    heads = _cells(heading.replace(_WHOLE, "|", 1))
    named = [_WIDTH.match(head) for head in heads]
    titles = [found[1] if found else head for found, head in zip(named, heads, strict=True)]
    shares = [int(found[2]) if found else 10 for found in named]
    table = document.add_table(rows=0, cols=len(titles))
    table.style, table.autofit, table.alignment = "Table Grid", False, 1
    widths = [Mm(_room(is_wide) * share / sum(shares)) for share in shares]
    for column, own in zip(table.columns, widths, strict=True):
        column.width = own
    _set_cell_margins(table)
    _add_row(table, titles, widths, HEAVY, _CENTER)
    _repeat_on_every_page(table.rows[0])
    for texts in ([f"{{%tr {loop.strip()} %}}"], cells, ["{%tr endfor %}"]):
        _add_row(table, texts, widths, BODY, None)
    if height:
        table.rows[2].height = Mm(int(height))
    if heading.startswith(_WHOLE):
        _keep_together(table)
    space = document.add_paragraph().paragraph_format
    space.line_spacing_rule, space.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(12)


def _keep_together(table: Any) -> None:
    """Let every row stand on the page of the next one, and the last on that of the line below."""
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _set_cell_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _add_row(table: Any, texts: Iterable[str], widths: Sequence[Any], font: str, alignment: Any) -> None:
    row = table.add_row()
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(7)
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
        cell.vertical_alignment = 1
    for cell, text in zip(row.cells, texts, strict=False):
        paragraph = cell.paragraphs[0]
        looks = paragraph.paragraph_format
        looks.alignment, looks.space_before, looks.space_after, looks.line_spacing = alignment, Pt(2), Pt(2), 1.0
        run = paragraph.add_run(text)
        run.font.size = Pt(_TABLE_SIZE)
        _set_font(run._element.get_or_add_rPr(), font)


def _repeat_on_every_page(row: Any) -> None:
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)
