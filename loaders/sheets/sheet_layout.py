"""Where on a sheet the header is: the rows of its block, the label of each column, the title and fill-in lines above it.

Works on the text of a few rows as lists; merged cells arrive filled, with the number of their merge beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.sheets import sheet_figures as figures

Row = Sequence[str | None]
_CJK = r"[\u3000-\u9fff\uff00-\uffef]"
_WRAP = re.compile(rf"\s*[\r\n]+\s*(?=[(（]|{_CJK})|(?<=[\u4e00-\u9fff）)])\s*[\r\n]+\s*")
_SPACES = re.compile(r"\s+")
_NO_LABEL = re.compile(
    r"^[\d.,:：/\-—%+~]+$|\d{6,}|^\d{4}\s*[-./年]\s*\d{1,2}|\d{1,2}[:：]\d{2}\s*[-—~至]|[。！？]|^\d+(\.\d+)?(人|名|个|㎡"
    r"|平方米|平米|余人|元|万元|次|户)$"
    r"|(有限责任公司|有限公司|社区居委会|居民委员会)$|\d+号(楼|院)?"
)
FILL_IN = re.compile(
    r"(填报|填表|报送|上报|制表|编制|统计|审核|审批|联系|负责|主管|经办|分管)\s*(单位|部门|机构|人|领导|电话|时间|日期"
    r"|负责人)[^\s:：]{0,12}[:：]|(?:盖章|签字|签章)(?!日期|时间|年月)"
    r"|^\s*(单位|日期|时间|部门|电话|单位名称|年度|报送|填报|上报|呈报|汇总|备案|街道|密级|截至时间|截止时间)\s*[（(]?[^\s:：()（）]{0,8}[)）]?\s*[:：]|年\s+月\s+日"
)
_COMPILED = re.compile(
    r"^\s*\S{2,16}?(?:整理|编制|汇编|编印|印制|制表|提供|汇总|统计|填报|报送|供稿)\s*(?:20\d{2}\s*年.{0,8})?$"
)
_MONTH = re.compile(r"^\s*20\d{2}\s*年\s*\d{1,2}\s*月(?:份)?\s*$")  # of a table by months
_TITLE = re.compile(r"^附件|(一览表|统计表|登记表|情况表|汇总表|花名册|名册|名录|清单|台账)$")


@dataclass(frozen=True)
class Strip:
    """Some neighbouring rows of a sheet, with the text of a merged range in all its cells.

    `merges` holds the number of each cell's merged range, -1 where there is none.
    """

    texts: Sequence[Row]
    merges: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Block:
    """The header rows of a table, `top` to `bottom`, with a label for each column and how many labels are known words."""

    top: int
    bottom: int
    labels: tuple[str, ...]
    known: int


def fold(text: str | None) -> str:
    """Return a cell's text on one line as a reader sees it: wrapped Chinese words joined, runs of spaces folded."""
    if not text:
        return ""
    return _SPACES.sub(" ", _WRAP.sub("", text)).strip()


def is_label(text: str) -> bool:
    """Tell whether a text could head a column: short, no number, date or sentence, no line to fill in."""
    bare = re.sub(r"[（(][^（()）]*[)）]", "", text)
    return (
        0 < len(bare.replace(" ", "")) <= figures.LONGEST_LABEL
        and not _NO_LABEL.search(bare)
        and not FILL_IN.search(text)
    )


def are_labels(labels: Sequence[str]) -> list[bool]:
    """Tell which of a row's texts could head columns; months with a year (2026年1月) do where several stand side by side."""
    months = [_MONTH.match(label) is not None for label in labels]
    several = sum(months) >= figures.MONTHS_FROM
    return [is_label(label) or (several and month) for label, month in zip(labels, months, strict=True)]


def labels_of(row: Row) -> list[str]:
    """Return the distinct texts of a row, in order."""
    return list(dict.fromkeys(fold(cell) for cell in row if cell and fold(cell)))


def count_known(row: Row, is_known: Callable[[str], bool]) -> int:
    """Return how many known header words a row holds; 0 where the row cannot be a header row."""
    labels = labels_of(row)
    filled = sum(1 for cell in row if cell)
    if not labels or sum(are_labels(labels)) < figures.LABELS_MOSTLY * len(labels):
        return 0
    known = sum(1 for label in labels if is_known(label))
    if len(labels) == 1:
        return known if filled == 1 else 0  # one cell alone: a list of names under its header; a merged title is none
    return known if known > 1 and known >= figures.KNOWN_SHARE * len(labels) else 0


def find_block(strip: Strip, is_known: Callable[[str], bool]) -> Block | None:
    """Return the first header block of a strip, or None where no row looks like one."""
    known = [
        count_known(row, is_known) if _spans(strip, i) and not _is_of_values(strip, i, is_known) else 0
        for i, row in enumerate(strip.texts)
    ]
    best = max(known, default=0)
    wide = max((len(labels_of(row)) for row in strip.texts), default=0)
    if best > 1 or (best == 1 and wide <= figures.NARROW):  # a narrow list may have one known word
        at = next(i for i, k in enumerate(known) if k >= figures.AS_GOOD * best)
        return block_at(strip, at, is_known)
    at_or_none = _find_by_shape(strip)
    return None if at_or_none is None else block_at(strip, at_or_none, is_known)


def _is_of_values(strip: Strip, at: int, is_known: Callable[[str], bool]) -> bool:
    """Tell whether most known words of a row stand right above and below it as well, as values do (小区 over 小区) and no header."""
    row = strip.texts[at]
    known = [i for i, cell in enumerate(row) if cell and is_known(fold(cell))]
    beside = [other for i in (at - 1, at + 1) if 0 <= i < len(strip.texts) for other in (strip.texts[i],)]
    again = [i for i in known if len(beside) > 1 and all(other[i] == row[i] for other in beside)]
    return bool(again) and len(again) >= len(known) / 2


def _spans(strip: Strip, at: int) -> bool:
    """Tell whether a row has as many cells as heads the next one that has any: two words (主持 副书记) head no five columns."""
    below = next((row for row in strip.texts[at + 1 :] if any(row)), ())
    cells = sum(map(bool, below))
    return cells <= figures.NARROW or sum(map(bool, strip.texts[at])) >= figures.HEADS_SHARE * cells


def _find_by_shape(strip: Strip) -> int | None:
    """Return the first row of three or more labels, as many as any row has, that stands above a row of data."""
    counts = [len([c for c in row if c]) for row in strip.texts]
    widest = max(counts, default=0)
    for i, row in enumerate(strip.texts[:-1]):
        labels = labels_of(row)
        if (
            len(labels) >= max(figures.SHAPE_LEAST, figures.SHAPE_SHARE * widest)
            and all(are_labels(labels))
            and counts[i + 1] >= 2
        ):
            return i
    return None


def block_at(strip: Strip, at: int, is_known: Callable[[str], bool]) -> Block:
    """Return the header block around row `at`: the levels above and below that belong to it."""
    top = bottom = at
    while top > 0 and at - top < figures.LEVELS_BEYOND and _groups(strip, top - 1):
        top -= 1
    while bottom + 1 < len(strip.texts) and bottom - at < figures.LEVELS_BEYOND and _groups(strip, bottom, is_known):
        bottom += 1
    labels = _join_levels(strip, top, bottom)
    return Block(top, bottom, labels, sum(1 for label in labels if label and is_known(label)))


def _groups(strip: Strip, upper: int, is_known: Callable[[str], bool] | None = None) -> bool:
    """Tell whether row `upper` holds groups of the columns that the row below names (联系人 above 姓名 and 电话)."""
    above, below = strip.texts[upper], strip.texts[upper + 1]
    if len(labels_of(above)) < 2 or not all(map(is_label, (*labels_of(above), *labels_of(below)))):
        return False
    if any(_TITLE.search(label) for label in labels_of(above)):
        return False
    merges_above, merges_below = strip.merges[upper], strip.merges[upper + 1]
    if any(a >= 0 and a == b for a, b in zip(merges_above, merges_below, strict=True)):
        return True
    across = any(a >= 0 and a == b for a, b in pairwise(merges_above))
    if across:
        return len(labels_of(below)) > len(labels_of(above)) and (is_known is None or count_known(below, is_known) > 0)
    return _complete_each_other(above, below, is_known)


def _complete_each_other(above: Row, below: Row, is_known: Callable[[str], bool] | None) -> bool:
    """Tell whether two rows make one header without merges, as a CSV has it: the lower fills what the upper leaves blank."""
    width = max((i + 1 for i in range(len(above)) if above[i] or below[i]), default=0)
    gaps = [i for i in range(width) if not above[i]]
    alone = [i for i in range(width) if above[i] and not below[i]]
    if not gaps or not alone or not above[0] or not all(below[i] for i in gaps):
        return False
    return is_known is None or any(is_known(fold(cell)) for cell in below if cell)


def _join_levels(strip: Strip, top: int, bottom: int) -> tuple[str, ...]:
    rows = [list(strip.texts[i]) for i in range(top, bottom + 1)]
    for upper, lower in pairwise(rows):
        for i in range(1, len(upper)):
            if not upper[i] and lower[i] and upper[i - 1] and lower[i - 1]:
                upper[i] = upper[i - 1]
    joined = []
    for column in zip(*rows, strict=True):
        joined.append("/".join(dict.fromkeys(fold(cell) for cell in column if cell and fold(cell))))
    return tuple(joined)


def title_lines(strip: Strip, top: int) -> tuple[list[str], list[str]]:
    """Return the lines above row `top`: those of the title, and those to fill in (填报单位：… 填报时间：…)."""
    titles: list[str] = []
    filled: list[str] = []
    for row in strip.texts[max(0, top - figures.MAX_TITLE_ROWS) : top]:
        line = "  ".join(labels_of_cells(row))
        if line:
            is_title = not FILL_IN.search(line) and not (titles and _COMPILED.match(line))
            (titles if is_title else filled).append(line)
    return titles, filled


def labels_of_cells(row: Row) -> list[str]:
    """Return the distinct texts of a row with their inner spaces kept, since these separate the blanks of a fill-in line."""
    return list(dict.fromkeys(cell.replace("\n", "  ").strip() for cell in row if cell and cell.strip()))
