"""Compares names of organizations: brings them into one form and splits off the parts that distinguish two of them.

`normalize` folds width, case, script and spacing. `cut_suffix` parts a name into its core and the word that says what it is
(有限公司, 居委会); `core` drops that word and keeps what tells two units apart (集团, 股份, 洛阳 in brackets). `bare` drops those
too: equal only between relatives, so never enough to merge. `map_unique` applies any of them to a series, once per distinct value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import polars as pl

# Longest first: the first that matches is cut.
LEGAL_FORMS = (
    "集团股份有限公司", "集团有限责任公司", "控股集团有限公司", "集团有限公司", "股份有限公司", "有限责任公司", "控股有限公司",
    "有限公司", "股份公司", "控股公司", "集团公司", "总公司", "分公司", "公司", "集团", "股份", "总厂",
)  # fmt: skip
_LEGAL_ENDS = ("公司", "集团", "股份", "总厂")
LEGAL_WORDS = ("有限责任公司", "有限公司", "公司")
COMMUNITY_SUFFIXES = (
    "社区居民委员会", "社区村民委员会", "社区居委会", "居民委员会", "居委会", "居民区", "社区",
)  # fmt: skip
VILLAGE_SUFFIXES = ("村民委员会", "村委会")  # the 村 before them stays: a village is no community of its name
STREET_SUFFIXES = ("街道办事处", "街道党工委", "街道办", "街道", "办事处", "街办")
TOWN_SUFFIXES = ("人民政府", "政府")
_PLACE_ENDS = (
    "区",
    "会",
    "道",
    "处",
    "办",
    "委",
    "村",
    "府",
    "镇",
    "乡",
)  # of all of these: a first look that spares most names
PARTY_BODY = re.compile(
    r"(联合党支部|离退休党支部|流动党员党支部|临时党支部|机关党支部|党支部委员会|党总支委员会|总支部委员会|支部委员会"
    r"|党工委|工作委员会|机关党委|党委|党总支|总支|党支部|党组|委员会)$"
)
BRANCH = re.compile(
    r"(?:第?([0-9]+|[一二三四五六七八九十]+)|(机关|离退休|退休|联合|流动党员|临时|功能型))?(党支部|支部)$"
)
# X集团, 大唐X热, 某公司, ○○厂; not X光机厂, LYC, XCMG.
MASKED = re.compile(
    r"(?<![a-z0-9])[x×✕*某○◯□■△▲●?_]+(?=[\u4e00-\u9fff(])(?!光|射线)"
    r"|(?<=[\u4e00-\u9fff)])[x×✕*某○◯□■△▲●?_]+(?![a-z0-9])(?!光|射线)"
    r"|^[x×✕*某○◯□■△▲●?_]+$"
)
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9a-z]+")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# What stands in brackets behind a name and is no part of it.
_REMARK = re.compile(
    r"(?:加盖)?(?:盖章|公章|签章|签字)|[甲乙丙]方|(?:牵头|主办|承办|协办)(?:单位)?|(?:以下)?简称.*|全称|原.{3,}|曾用名.*|又名.*"
)
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_BRACKETS = str.maketrans(
    {"（": "(", "）": ")", "〔": "[", "〕": "]", "【": "[", "】": "]", "·": "", "•": "", "・": ""}
)
_DASH = re.compile(r"(?<=[\u4e00-\u9fff])[-–—](?=[\u4e00-\u9fff])")  # 一汽-大众
_NO_BRACKETS = str.maketrans("", "", "()[]")


@cache
def _simplifier() -> Callable[[str], str]:
    from opencc import OpenCC  # 30 ms to import and fill: only where a traditional character may be met

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _simplify(text: str) -> str:
    # Bytes of a command line that are no text come as half characters, which the converter refuses.
    return _simplifier()(text.encode("utf-8", "replace").decode("utf-8"))


@lru_cache(maxsize=200_000)
def normalize(text: str) -> str:
    """Return the comparable form of a name: NFKC, lower case, simplified script, no spaces or invisible characters."""
    if _PLAIN.fullmatch(text) and _is_simplified(text):  # nine names of ten, at a third of the time
        return text
    folded = unicodedata.normalize("NFKC", _SPACES.sub("", text)).translate(_BRACKETS).lower()
    folded = _SPACES.sub("", folded)
    return folded if folded.isascii() or _is_simplified(folded) else _simplify(folded)


def folded(column: str) -> pl.Expr:
    """Return the expression for a column of names in comparable form; it does nearly all that `normalize` does."""
    text = pl.col(column).str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s", "")
    return text.str.replace_many(["〔", "〕", "【", "】", "·"], ["[", "]", "[", "]", ""])


def _is_simplified(text: str) -> bool:
    # GB 2312 has the simplified characters and nearly no others: what it can write needs no look at the tables of variants.
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def strip_suffix(text: str, suffixes: tuple[str, ...], keep: int = 2) -> str:
    """Cut the first of `suffixes` that ends `text` and leaves at least `keep` characters."""
    for suffix in suffixes:
        if text.endswith(suffix) and len(text) - len(suffix) >= keep:
            return text[: -len(suffix)]
    return text


def split_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Split 「洛阳轴承(集团)公司(盖章)」 into the name without brackets and the contents of these, except remarks like 盖章."""
    name = normalize(text)
    inner = tuple(part for part in _BRACKETED.findall(name) if part and not _REMARK.fullmatch(part))
    return _BRACKETED.sub("", name), inner


def unbracket(text: str) -> str:
    """Return a name with what stands in brackets as a part of it, 一拖(集团)公司 as 一拖集团公司; remarks are left out."""
    if _PLAIN.fullmatch(text) and _is_simplified(text):
        return text
    name = normalize(text)
    inline = _BRACKETED.sub(lambda found: "" if _REMARK.fullmatch(found[1]) else found[1], name)
    return _DASH.sub("", inline.translate(_NO_BRACKETS)) or name


@lru_cache(maxsize=200_000)
def cut_suffix(text: str) -> tuple[str, str]:
    """Split a name into its core and the word for the kind of unit (公司, 有限公司, 社区, 村, 街道; '' if it has none)."""
    return cut_plain(unbracket(text))


def cut_plain(name: str) -> tuple[str, str]:
    """Split a name into its core and the word for the kind of unit.

    The name must be in comparable form and without brackets already; `cut_suffix` takes any.
    """
    if name.endswith("公司"):
        stem = strip_suffix(name, LEGAL_WORDS)
        return stem, "" if stem == name else ("有限公司" if name.endswith(("有限公司", "有限责任公司")) else "公司")
    if not name.endswith(_PLACE_ENDS):
        return name, ""
    for suffixes, kind in ((COMMUNITY_SUFFIXES, "社区"), (STREET_SUFFIXES, "街道")):
        if name.endswith(suffixes):
            stem = strip_suffix(name, suffixes)
            return stem, kind if stem != name else ""
    if name.endswith(VILLAGE_SUFFIXES):
        stem = strip_suffix(name, VILLAGE_SUFFIXES)
        return (stem if stem.endswith("村") else f"{stem}村"), "村"
    if name.endswith(("镇人民政府", "乡人民政府", "镇政府", "乡政府")):
        return strip_suffix(name, TOWN_SUFFIXES), "镇"
    return name, "村" if name.endswith("村") else "镇" if name.endswith(("镇", "乡")) else ""


def core(text: str) -> str:
    """Return a name without the parts that people often leave out (有限公司, 居委会, 街道办事处, remarks in brackets)."""
    return cut_suffix(text)[0]


@lru_cache(maxsize=200_000)
def room(text: str) -> str:
    """Return the core of a room's name with its numbers in figures: 一号会议室 and １号会议室 are one name, 二楼大厅 and 2楼大厅 too."""
    return _ROOM_NUMBER.sub(lambda found: f"第{_arabic(found[1])}" if found[1] else str(_arabic(found[2])), core(text))


def bare(text: str) -> str:
    """Return a name's core without 集团, 股份 and 中国, which is equal for a parent company, its listed company and its short name."""
    return bare_core(core(text))


def bare_core(name: str) -> str:
    """Return a name's core, as `core` gives it, without 集团, 股份 and 中国."""
    name = strip_suffix(name, LEGAL_FORMS) if name.endswith(_LEGAL_ENDS) else name
    # Two characters must be left at least: a single one would be shared by far too many names.
    return name[2:] if name.startswith("中国") and len(name) > 3 else name


@lru_cache(maxsize=200_000)
def legal_marks(text: str) -> frozenset[str]:
    """Return the words in a name that distinguish related companies: 集团, 股份, 控股, 分公司, 总公司, 总厂."""
    name = normalize(text)
    return frozenset(mark for mark in ("集团", "股份", "控股", "分公司", "总公司", "总厂", "分厂") if mark in name)


@lru_cache(maxsize=200_000)
def split_party_body(text: str) -> tuple[str, str]:
    """Split 「中共某公司委员会」 or 「某公司党委」 into the host's name and the kind of party body ('' where there is none)."""
    name = normalize(text)
    for prefix in ("中国共产党", "中共"):
        if name.startswith(prefix):
            name = name[len(prefix) :]
            break
    else:
        prefix = ""
    found = PARTY_BODY.search(name)
    # 居民委员会 and 村民委员会 are committees of residents, not party bodies.
    if found is None or found.start() < 2 or (not prefix and found.group(1) in {"委员会", "工作委员会"}):
        return name, ""
    return name[: found.start()], _BODY_KINDS.get(found.group(1), found.group(1))


_BODY_KINDS = {
    "委员会": "党委", "工作委员会": "党工委", "党总支委员会": "党总支", "总支部委员会": "党总支", "总支": "党总支",
    "党支部委员会": "党支部", "支部委员会": "党支部",
}  # fmt: skip
_ROOM_NUMBER = re.compile(r"第([一二三四五六七八九十]+)|([一二三四五六七八九十]+)(?=[号楼层栋幢间室厅])")
_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九", 1)}


@lru_cache(maxsize=200_000)
def split_branch(text: str) -> tuple[str, str]:
    """Split 「某公司第三党支部」 into the host's name and the branch's comparable ordinal or word (第3, 机关, '')."""
    name = normalize(text)
    found = BRANCH.search(name)
    if found is None or found.start() < 2:
        return name, ""
    number, word = found.group(1), found.group(2)
    return name[: found.start()], f"第{_arabic(number)}" if number else (word or "")


def _arabic(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, _, ones = number.rpartition("十")
    if not _:
        return _NUMERALS[number] if number in _NUMERALS else int("".join(str(_NUMERALS[c]) for c in number))
    return (_NUMERALS.get(tens, 1)) * 10 + _NUMERALS.get(ones, 0)


def is_masked(text: str) -> bool:
    """Tell whether a name was masked (X集团, 某公司) and so must never be resolved."""
    return bool(MASKED.search(normalize(text)))


def map_unique(values: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """Apply `function` once to every distinct value of a text series; nulls stay null."""
    unique = values.unique().drop_nulls()
    if unique.len() == 0:
        return pl.Series(values.name, [None] * values.len(), dtype=pl.String)
    new = pl.Series([function(v) for v in unique.to_list()], dtype=pl.String)
    return values.replace_strict(unique, new, default=None, return_dtype=pl.String).alias(values.name)
