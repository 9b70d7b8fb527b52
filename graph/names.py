"""Names of organizations: one comparable form, and the parts that tell two of them apart.

`normalize` folds width, case, script and spacing. `core` drops what varies between two spellings of one name (有限公司, 居委会)
and keeps what tells two units apart (集团, 股份). `bare` drops those too: equal only between relatives, so never enough to merge.
`map_unique` applies either to a series, once per distinct value.
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
LEGAL_WORDS = ("有限责任公司", "有限公司", "公司")
COMMUNITY_SUFFIXES = (
    "社区居民委员会", "社区村民委员会", "社区居委会", "居民委员会", "村民委员会", "居委会", "村委会", "居民区", "社区",
)  # fmt: skip
STREET_SUFFIXES = ("街道办事处", "街道党工委", "街道", "办事处", "街办", "镇人民政府", "乡人民政府")
PARTY_BODY = re.compile(
    r"(联合党支部|离退休党支部|流动党员党支部|临时党支部|机关党支部|党支部委员会|党总支委员会|总支部委员会|支部委员会"
    r"|党工委|工作委员会|机关党委|党委|党总支|总支|党支部|党组|委员会)$"
)
BRANCH = re.compile(
    r"(?:第?([0-9]+|[一二三四五六七八九十]+)|(机关|离退休|退休|联合|流动党员|临时|功能型))?(党支部|支部)$"
)
MASKED = re.compile(r"(?<![A-Za-z0-9])[Xx×*某]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[Xx×*某]+(?![A-Za-z0-9])")
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_BRACKETS = str.maketrans(
    {"（": "(", "）": ")", "〔": "[", "〕": "]", "【": "[", "】": "]", "·": "", "•": "", "・": ""}
)


@cache
def _simplifier() -> Callable[[str], str]:
    from opencc import OpenCC  # 40 ms to import: only where a traditional character may be met

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@lru_cache(maxsize=200_000)
def normalize(text: str) -> str:
    """Return the comparable form of a name: NFKC, lower case, simplified script, no spaces or invisible characters."""
    folded = unicodedata.normalize("NFKC", _SPACES.sub("", text)).translate(_BRACKETS).lower()
    folded = _SPACES.sub("", folded)
    return folded if folded.isascii() or _is_simplified(folded) else _simplifier()(folded)


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


@lru_cache(maxsize=200_000)
def core(text: str) -> str:
    """Return a name without what two spellings of it vary in: 有限公司, 居委会, 街道办事处, remarks in brackets."""
    name = re.sub(r"\([^)]*\)", "", normalize(text)) or normalize(text)
    for suffixes in (COMMUNITY_SUFFIXES, STREET_SUFFIXES, LEGAL_WORDS):
        if name.endswith(suffixes):
            return strip_suffix(name, suffixes)
    return name


@lru_cache(maxsize=200_000)
def bare(text: str) -> str:
    """Return the core without 集团, 股份 and 中国: what a parent, its listed company and its short name have in common."""
    name = strip_suffix(core(text), LEGAL_FORMS)
    return name[2:] if name.startswith("中国") and len(name) > 3 else name


@lru_cache(maxsize=200_000)
def legal_marks(text: str) -> frozenset[str]:
    """Return the words of a name that tell relatives apart: 集团, 股份, 控股, 分公司, 总公司, 总厂."""
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
    return bool(MASKED.search(unicodedata.normalize("NFKC", text)))


def map_unique(values: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """Apply `function` once to every distinct value of a text series; nulls stay null."""
    unique = values.unique().drop_nulls()
    if unique.len() == 0:
        return pl.Series(values.name, [None] * values.len(), dtype=pl.String)
    new = pl.Series([function(v) for v in unique.to_list()], dtype=pl.String)
    return values.replace_strict(unique, new, default=None, return_dtype=pl.String).alias(values.name)
