"""Names of persons in running text, known by what stands beside them: a title, a label, a verb, a telephone, other names.

There is no list of names. Where little stands beside a name, its characters must be ones that given names are made of; words that
only look like a name (党支部书记, 高级老师, 安保负责) are known. The words are data: `personal_words.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from graph.types import personal_figures as figures
from graph.types.hiding import Parts, for_polars, hide_parts
from graph.types.personal_words import any_of

_HAN = r"[\u4e00-\u9fff]"
_CALL = r"(?:的?(?:联系)?(?:电话|手机|微信|号码|热线|座机|方式)号?)?"
_NUMBER = r"(?:\[已隐去\]|1[0-9]{2}\*{4}[0-9]{4}|0[0-9]{2,3}-?[1-9][0-9]{6,7}|[2-8][0-9]{6,7}(?![0-9]))"
_DOES = "负责|牵头|主持|带队|对接|组织|联系"
# Behind three characters like a name these say that it is a place's or a unit's (龙子湖区, 汪清林业局, 唐山国际机场).
_PLACES = (
    rf"{_HAN}{{0,3}}?(?:[镇乡区县市村路街巷山河湖桥场港城园苑府庄屯寨岭店厂局院校塔寺庙馆楼族国际道家]"
    "|公司|集团|开发|社区|广场|大厦|中心|工作室)"
)
# Behind a word for one person: what makes another word of it (门卫室) or goes on in the sentence.
_NO_SURNAME = (
    "[室队岗亭班组员长处房间站点部会工人的和与等在是为有及或到来去家们所院"
    "楼里外上下大小老新多全各每不可能应须将被把从对向给让请用做开关出入回]"
)
_FAMILIAR = "[老小阿]"
_PLACEHOLDER = "[张李王赵刘陈孙钱][三四五六七八九]"


@dataclass(frozen=True)
class _NamePatterns:
    """`beside` finds names that something beside them tells, `alone` also those with nothing beside; `cell` is a name and nothing else."""

    beside: re.Pattern[str]
    alone: re.Pattern[str]
    no_name: re.Pattern[str]
    candidate: tuple[str, ...]
    cell: re.Pattern[str]


def mask_persons(texts: pl.Series, hidden: str, *, alone: bool = True) -> pl.Series:
    """Return texts with every name of a person replaced by `hidden`; numbers must have been masked before.

    A name that stands `alone`, beside nothing that tells, is hidden too where it is asked for: in the name of a unit it may be a brand.
    """
    return hide_parts(texts, _patterns().candidate, find_names if alone else find_names_beside, hidden)


def mask_cells_of_names(texts: pl.Series, hidden: str) -> pl.Series:
    """Return texts with `hidden` in the place of each that is nothing but what may be a name, as messages about a column must."""
    return hide_parts(texts, for_polars(_patterns().cell.pattern), _find_cell, hidden)


def _find_cell(text: str) -> Parts:
    is_name = _patterns().cell.match(text) is not None and _patterns().no_name.search(text) is None
    return [(0, len(text))] if is_name else []


def find_names(text: str) -> Parts:
    """Return the parts of a text that are names of persons."""
    return _find(text, _patterns().alone)


def find_names_beside(text: str) -> Parts:
    """Return the parts of a text that something beside them tells to be names of persons."""
    return _find(text, _patterns().beside)


def _find(text: str, pattern: re.Pattern[str]) -> Parts:
    no_name = _patterns().no_name
    found = ((m[str(m.lastgroup)], m.span(str(m.lastgroup))) for m in pattern.finditer(text))
    # Between two words 和 is no surname: 通知和心愿.
    return [
        span
        for name, span in found
        if not no_name.search(name)
        and not (name.startswith("和") and re.match(_HAN, text[max(span[0] - 1, 0) : span[0]]))
    ]


@cache
def surnames() -> str:
    """Return the surnames of one character, all in one text."""
    return any_of("names", "surnames")


@cache
def _patterns() -> _NamePatterns:
    beside = (*_beside_titles(), *_beside_words())
    every, given, double = surnames(), any_of("names", "given"), any_of("names", "double")
    cell = re.compile(rf"^(?:{_item()})$")
    titles, addresses, verbs, singles = (
        for_polars(any_of("names", name)) for name in ("titles", "addresses", "verbs", "single")
    )
    labels, roles = any_of("names", "labels"), any_of("names", "roles")
    candidate = (
        rf"{_surely()}|{titles}|{addresses}|{labels}|\[已隐去\]|1[0-9]{{2}}\*{{4}}|[0-9]{{7}}|某|[老小阿][{every}]|[{every}][总工姐哥叔姨婶嫂]"
        rf"|[找问向跟][{every}]\p{{Han}}{{1,2}}[拿取要领借还登签开]"
        rf"|(?:{roles})[{every}]|(?:^|\P{{Han}})[{every}]\p{{Han}}{{1,2}}(?:{verbs})"
        rf"|(?:^|\P{{Han}})(?:[{every}]|{double})[{given}×Xx*○三四五六七八九]{{1,2}}(?:$|\P{{Han}}|[等均都各和])"
    )
    single = (
        rf"(?:{singles})(?:[{every}]|{double})",
        rf"(?:{singles})\p{{Han}}[{given}]{{2}}",
        rf"{_rare()}|\p{{Han}}·\p{{Han}}",
    )
    no_name = re.compile(any_of("names", "no_names"))
    return _NamePatterns(
        re.compile("|".join(beside)),
        re.compile("|".join((*beside, _apart(), _surely_a_name()))),
        no_name,
        (candidate, *single),
        cell,
    )


def _plain() -> str:
    return "".join(c for c in surnames() if c not in any_of("names", "wordlike"))


def _full() -> str:
    """Return the pattern of a name of any characters, as short as what follows allows."""
    return rf"(?:(?:{any_of('names', 'double')}){_HAN}{{1,2}}?|[{surnames()}]{_HAN}{{1,2}}?)"


def _hiding() -> str:
    """Return the pattern of a name that a clerk has half hidden (赵某某, 王XX)."""
    return rf"[{surnames()}](?:某[某{any_of('names', 'given')}]?|[Xx×*＊○]{{1,2}}(?![A-Za-z0-9*]))"


def _likely() -> str:
    """Return the pattern of a name of the characters that names are made of."""
    given, wordlike = any_of("names", "given"), any_of("names", "wordlike")
    return (
        rf"(?:{_hiding()}|(?:{any_of('names', 'double')})[{given}]{{1,2}}?|[{_plain()}][{given}]{{1,2}}?|[{wordlike}][{given}]{{2}}"
        rf"|{_PLACEHOLDER}(?![0-9一-十]))"
    )


def _item() -> str:
    """Return the pattern of a name in a list of names, where a surname that is a word may have a short name too."""
    given = any_of("names", "given")
    return rf"(?:{_hiding()}|[{surnames()}][{given}]{{1,2}}|(?:{any_of('names', 'double')})[{given}]{{1,2}}|{_PLACEHOLDER})"


def _beside_titles() -> tuple[str, ...]:
    every, titles, double = surnames(), any_of("names", "titles"), any_of("names", "double")
    wordlike, addresses = any_of("names", "wordlike"), any_of("names", "addresses")
    start = rf"(?:(?<!{_HAN})|(?<=[由请找和与跟]))"
    behind = rf"(?=$|[^\u4e00-\u9fff]|{_DOES}"
    listed = rf"{_item()}(?:\s?[、,，/\s和]\s?{_item()})+"
    return (
        rf"(?P<phone>{_full()})(?=[\s:,、(/-]*{_CALL}[\s:,、(/-]*{_NUMBER})",
        rf"(?<!{_HAN})(?P<listed>{listed})(?=$|[^\u4e00-\u9fff]|(?:{any_of('names', 'verbs')})|[等均都各])",
        rf"(?P<title>{_full()})(?=(?:{titles}))",
        rf"(?!康师傅)(?P<short>[{_plain()}]|(?<!{_HAN})[{wordlike}]|(?:{double}))"
        rf"(?=(?:{addresses}|[姐哥叔姨婶嫂](?!妹|弟|夫|娘|庄))(?!工作|会|办|牌))",
        rf"(?P<dotted>{_HAN}{{2,6}}·{_HAN}{{2,6}}?)(?=(?:{titles}))",
        rf"{start}(?P<boss>[{every}])(?=[总工]{behind}|的|处|说|同意))",
        rf"(?:{start}|(?<=[卫会书安计事居东区业心的房])){_FAMILIAR}(?P<familiar>[{_plain()}])(?:头(?!{_HAN}))?{behind}|家|说|在|那里|那儿|处|手|的电话)",
    )


def _beside_words() -> tuple[str, ...]:
    titles, verbs = any_of("names", "titles"), any_of("names", "verbs")
    bound = rf"(?=$|[^\u4e00-\u9fff]|(?:{verbs})|(?:{titles})|[和与及同])"
    labels, closer, roles, singles = (any_of("names", name) for name in ("labels", "labels_alone", "roles", "single"))
    double, given = any_of("names", "double"), any_of("names", "given")
    return (
        rf"(?:(?:{labels})[:：\s]*|(?:{singles}))(?P<dots>{_HAN}{{2,6}}·{_HAN}{{2,6}})",
        rf"(?:{singles}|(?:{closer}))(?P<single>(?:{double}){_HAN}{{1,2}}?(?=$|[^\u4e00-\u9fff]|[已在系代会来去说要有常每曾的])|{_one()})",
        rf"(?:{singles})(?P<shape>(?!{_NO_SURNAME}){_HAN}[{given}]{{2}}){bound}",
        rf"(?:(?:{labels})(?:[:：\s是为—-]){{1,3}}|(?:{closer}))(?P<label>(?!.(?:{titles}))(?:{_hiding()}|{_full()})){bound}",
        rf"(?:{roles}|{titles})(?P<role>{_likely()})(?:{bound}|(?=家(?![庭属长乡])))",
        rf"(?<=[找问向跟])(?P<asked>{_likely()}|[{surnames()}][{given}]{{2}})(?=[拿取要领借还登签开])",
        rf"(?<!{_HAN})(?P<verb>{_likely()}|[{_plain()}]{_HAN}{{2}})(?=(?:{verbs}))",
    )


def _one() -> str:
    """Return the pattern of a name of three characters behind a word for one person: any surname, a given name's character, any other."""
    given = any_of("names", "given")
    usual, rare, wordlike = f"{given}小大三四五六七八九", any_of("names", "rare"), any_of("names", "wordlike")
    return (
        rf"[{rare}]{_HAN}{{2}}|[{_plain()}](?:[{usual}](?!老[师板]){_HAN}|{_HAN}[{usual}])|[{wordlike}][{usual}]{{2}}"
    )


def _surely_a_name() -> str:
    return rf"(?P<surely>{_surely()}|{_rare()})(?!{_PLACES})"


def _rare() -> str:
    """Return the pattern of a surname that stands in no word, or one of two characters, and a given name."""
    given = any_of("names", "given")
    return rf"[{any_of('names', 'rare')}][{given}]{{2}}|(?:{any_of('names', 'double_alone')})[{given}]{{1,2}}"


def _surely() -> str:
    """Return the pattern of a frequent surname and two frequent characters, which are a name wherever they stand."""
    given = any_of("names", "given")[: figures.SURELY_GIVEN]
    return rf"[{_plain()[: figures.FREQUENT_SURNAMES]}][{given}]{{2}}"


def _apart() -> str:
    """Return the pattern of a name of three characters, or of a half hidden one, between anything but letters."""
    given, wordlike = any_of("names", "given"), any_of("names", "wordlike")
    frequent = given[: figures.FREQUENT_GIVEN]
    whole = rf"(?:{any_of('names', 'double')})[{given}]{{1,2}}|[{_plain()}][{given}]{{2}}|[{wordlike}][{frequent}]{{2}}"
    return rf"(?<![\u4e00-\u9fffA-Za-z0-9])(?P<apart>{whole}|{_hiding()})(?![\u4e00-\u9fffA-Za-z0-9])"
