"""What a list is called and who sent it: two lists of one sender and one name are versions, those of two senders never are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.ledger_rows import SheetOrigin
from graph.names import normalize
from loaders.formats.raw_sheet import plain_name
from loaders.vocabulary.offices import Offices, offices_in, without_offices

_ATTACHED = re.compile(r"^附件\d*[:、.]?|^\d{1,2}[-_.、)](?=[\u4e00-\u9fff])")
_WHEN = re.compile(
    r"\d{4}[年.\-/]?(?:\d{1,2}[月.\-/]?)?(?:\d{1,2}日?)?(?:年?度|份|底|末)?|\d{1,2}月(?:\d{1,2}日)?(?:份|底|末|初)?"
    r"|第?[一二三四1-4]季度|[上下]半年度?|(?:截至|截止)"
)
_VERSION = re.compile(r"最终版|最终稿|终稿|定稿|修[订改正]版?|盖章版?|副本|新版|v\d+|[(\[]\d{0,2}[)\]]")
_PART = re.compile(
    r"第?([0-9一二三四五六七八九十]+)(批|部分|分册|册|期)"
)  # of a list sent in parts: 第1批 is not 第2批
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_ENDS = " -_.,、:·"
_GENERIC = re.compile(r"(?:sheet|工作表|表)[0-9一二三]*")  # a sheet's name that a spreadsheet program gave


@dataclass(frozen=True)
class ListName:
    """A list as its sender calls it: the offices that it names as its own, its title, and its file's and sheet's names without these."""

    offices: Offices
    title: str
    file: str
    sheet: str

    def is_from(self, other: ListName) -> bool | None:
        """Tell whether both are of one sender: no level at which they name two, and one at which they name the same; None if unsaid."""
        if not self.offices or not other.offices:
            return None
        both = [mine & other.offices[level] for level, mine in self.offices.items() if level in other.offices]
        return bool(both) and all(both)

    def is_called(self, other: ListName) -> bool:
        """Tell whether both go by one name: one title, file and sheet, as far as both have one; without titles, one file and sheet."""
        if not self.title or not other.title:
            return (self.file, self.sheet) == (other.file, other.sheet)
        pairs = ((self.file, other.file), (self.sheet, other.sheet))
        return self.title == other.title and all(mine == theirs or not mine or not theirs for mine, theirs in pairs)


@lru_cache(maxsize=20_000)
def read_list_name(file: str, sheet: str, origin: SheetOrigin) -> ListName:
    """Return how a list is called, by its file's and its sheet's names and what is known of its origin."""
    stem = plain_name(file).rsplit(".", 1)[0]
    offices = offices_in(origin.sender, origin.title, (sheet, stem, origin.folder))
    own = "" if _GENERIC.fullmatch(normalize(sheet)) or sheet == stem else clean_name(sheet)
    return ListName(offices, clean_name(origin.title), clean_name(stem), own)


def clean_name(text: str) -> str:
    """Return a name without what versions of one list vary in: 附件1：, its office, dates, （最终版）, (1); its part (第1批) stays."""
    name = _ATTACHED.sub("", normalize(text.replace(" ", "_")))
    parts = [f"{number.translate(_NUMERALS)}{word}" for number, word in _PART.findall(name)]
    name = _VERSION.sub("", _WHEN.sub("", _PART.sub("", name))).strip(_ENDS)
    name = _VERSION.sub("", without_offices(name)).strip(_ENDS)
    return name + "".join(parts)
