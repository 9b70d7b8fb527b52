"""What the values of a column look like, and how well they fit what a register's column expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import polars as pl

from graph.kinds import Column, Link, Register
from graph.schema.organizations import Community, Enterprise, Institution, PartyOrganization, Subdistrict
from graph.schema.resources import RedBase, Venue
from graph.types import (
    Area,
    AreaCode,
    Codes,
    Count,
    CreditCode,
    Date,
    Latitude,
    ListOf,
    Longitude,
    Name,
    Occasion,
    OfficePhone,
    OneOf,
    OpeningHours,
    Place,
    Quantity,
    Term,
    TimeRange,
    ValueType,
    Year,
)
from graph.types.person_names import surnames
from graph.types.personal import tell_numbers
from graph.types.places import LAT_BOX, LON_BOX
from graph.types.value_type import blank_to_null
from loaders.headers import header_figures as figures

SAMPLE = 200  # values of a column that are looked at
_NUMBER = (
    r"^(?:约|近|共)?[0-9]+(?:[.,][0-9]+)*(?:[-~—][0-9]+)?\s*(?:余|多)?\s*(?:人|名|户|个|次|间|元|万元|套|台|份|批|位|人次"
    r"|人/批|人左右)?(?:左右|以上|以内|以下)?$"
)
_SHAPES: Mapping[str, str] = {
    "credit": r"^[0-9A-HJ-NP-RTUWXY]{18}$",
    "code12": r"^[1-9][0-9]{11}$",
    "code9": r"^[1-9][0-9]{8}$",
    "fixed": (
        r"^\(?0[0-9]{2,3}\)?[- ]?[0-9]{7,8}(?:-[0-9]{1,6})?(?:[/、,; ].*)?$|^[2-8][0-9]{6,7}(?:[/、,; ].*)?$|^(?:400"
        r"|800)[- ]?[0-9]{3}[- ]?[0-9]{4}$"
    ),
    "pair": r"^\(?\s*[0-9]{1,3}\.[0-9]+\s*[,;、 ]\s*[0-9]{1,3}\.[0-9]+\)?$",
    "date": (
        r"^(?:19|20)[0-9]{2}\s*[-./年]\s*[01]?[0-9](?:[-./月]|$)|^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?$|^(?:[23][0-9]"
        r"|4[0-9])[0-9]{3}$"
        r"|^[01]?[0-9]月[0-3]?[0-9][日号]"
    ),
    "times": (
        r"[0-9]{1,2}:[0-9]{2}\s*(?:[-~—–至到]+)\s*[0-9]{1,2}(?::[0-9]{2})?|[0-9]{1,2}[时点].*[0-9]{1,2}[时点]|^(?:上午|下午|全天"
        r"|晚上)$"
    ),
    "weekly": r"周[一二三四五六日末]|星期|每天|工作日|全天|闭馆|节假日",
    "number": _NUMBER,
    "area": r"^(?:约|近)?[0-9.]+\s*(?:余|多|万)?\s*(?:m2|㎡|平方米|平米|平方|平|亩)$",
    "organization": (
        r"(?:公司|集团|厂|股份|研究院|设计院|研究所|中心|学校|大学|学院|中学|小学|幼儿园|医院|银行|支行|局|委员会|办事处|街道|协会"
        r"|商会|合作社|分公司|超市|酒店|事务所)(?:\([^)]*\))?$"
    ),
    "community": r"(?:社区|居委会|居民委员会|村委会|居民区|村)(?:\([^)]*\))?$",
    "street": r"(?:街道|办事处|镇|乡|街办|街道办)$",
    "party": r"(?:党委|党支部|党总支|总支|支部|党工委|党组|中共.*委员会)(?:\([^)]*\))?$",
    "home": r"[0-9一二三四五六七八九十]+\s*(?:号楼|栋|幢|单元)|[0-9]{3,4}室|家属院|小区.*[0-9]",
    "address": r"(?:路|街|道|巷|大道|胡同).*[0-9]+\s*号|[0-9]+号(?:院|附|$)",
    "venue": r"(?:室|厅|馆|堂|场|中心|广场|院|书屋|站|角|食堂|基地|公园)(?:\\([^)]*\\))?$",
    "url": r"^(?:https?://|www\.)|^[A-Za-z0-9.-]+\.(?:com|cn|org|net|gov)(?:/|$)",
    "yes_no": r"^[是否]$",
    "mail": r"@|^(?:微信|QQ|qq)",
    "birth": r"^(?:19[3-9][0-9]|200[0-9])[-./年]?(?:0?[1-9]|1[0-2])",
    "term": r"(?:长期|永久|[0-9一二两三四五六七八九十]+\s*(?:年|个月))",
    "person": (
        rf"^(?:[{surnames()}]\s*[\u4e00-\u9fff]\s*[\u4e00-\u9fff]?|(?:欧阳|司马|上官|诸葛|皇甫"
        rf"|东方)[\u4e00-\u9fff]{{1,2}})(?:\s*[(/、,]?\s*1[3-9][0-9]{{9}}\)?)?$"
    ),
    "three": r"^[\u4e00-\u9fff]{3}$",
    "ethnic": r"^(?:汉|回|满|蒙古?|壮|苗|藏|维吾尔|土家|彝|朝鲜)族?$",
    "sex": r"^[男女]性?$",
    "sentence": (
        r"^.{0,40}[,，。；;]\s*\p{Han}{3,}|\p{Han}{2}.{0,30}(?:需|希望|盼|想|帮|修|缺|咨询|解决|反映|上门|增设|加装|清理|协助"
        r"|代办|辅导)\P{Han}?\p{Han}{2}"
    ),
    # A roll of names that end so is one of villages, whatever they begin with (王家湾, 李台).
    "hamlet": r"^\p{Han}{1,4}[湾台庄屯岗沟坡岭堡店营寨坪坝塘塆冲垸畈洼堰墩圩浜泾渡埠垄坊村咀嘴窑峪塬铺]$",
}


@dataclass(frozen=True)
class ColumnEvidence:
    """What a column's first values look like: `shares` says how many of them look like a phone number, a date, a name, … (0 to 1)."""

    values: pl.Series
    shares: Mapping[str, float] = field(default_factory=dict)
    filled: float = 1.0  # of the rows, how many have a value

    def share(self, *shapes: str) -> float:
        """Return the largest share of values that have one of the given shapes; 0 where there are too few values."""
        return max((self.shares.get(shape, 0.0) for shape in shapes), default=0.0)

    @cached_property
    def texts(self) -> list[str]:
        """The values as plain texts, for what is quicker word by word than a column at a time."""
        return cast("list[str]", self.values.to_list())

    @property
    def tells(self) -> bool:
        """Whether the column has enough values to draw conclusions from them."""
        return self.values.len() >= figures.VALUES_FROM

    @property
    def is_of_words(self) -> bool:
        """Whether the values are words: no figures, days or codes, and nothing that tells of persons."""
        return self.tells and self.share(*_NUMERIC) <= figures.FIGURES and not self.is_personal

    @property
    def is_distinct(self) -> bool:
        """Whether nearly every row has another value."""
        return self.tells and self.values.n_unique() >= figures.DIFFERENT * self.values.len()

    @property
    def is_personal_number(self) -> bool:
        """Whether the values hold mobiles or national numbers."""
        return self.share("national") >= figures.NATIONAL or self.share("mobile") >= figures.MOBILE_NUMBERS

    @property
    def is_of_sentences(self) -> bool:
        """Whether most values say more than a name, a number or an address: of such texts only what tells of persons is hidden."""
        return self.tells and self.share("sentence") >= figures.SENTENCES

    @property
    def is_person(self) -> bool:
        """Whether the values are names of persons: a surname and one or two characters, mostly three in all, hardly repeated."""
        names = self.share("person") - self.share("ethnic") - self.share("hamlet")
        varied = self.values.n_unique() > figures.VARIED * self.values.len()
        return self.tells and names >= figures.NAMES and self.share("three") >= figures.THREE_LONG and varied

    @property
    def is_personal(self) -> bool:
        """Whether the values tell of persons: numbers, names, homes, mail addresses, sex, ethnicity."""
        traits = self.share("sex", "ethnic", "mail") >= figures.TRAITS
        shapes = self.tells and (traits or (self.share("home") >= figures.HOMES and not self.is_of_sentences))
        return (self.is_personal_number and not self.is_of_sentences) or self.is_person or shapes


NO_EVIDENCE = ColumnEvidence(pl.Series([], dtype=pl.String))


def look_at(column: pl.Series) -> ColumnEvidence:
    """Return how many (as shares) of a column's first values look like a date, a number, a name and so on."""
    values = blank_to_null(column.drop_nulls().head(2 * SAMPLE)).drop_nulls().head(SAMPLE)
    seen = blank_to_null(column.head(2 * SAMPLE))
    filled = 1.0 - seen.null_count() / max(seen.len(), 1)
    if values.is_empty():
        return NO_EVIDENCE
    frame = pl.DataFrame({"v": values})
    looks = {shape: pl.col("v").str.contains(pattern) for shape, pattern in _SHAPES.items()}
    degrees = pl.col("v").cast(pl.Float64, strict=False)
    decimal = pl.col("v").str.contains(r"\.[0-9]{2,}$")
    for shape, box in (("lon", LON_BOX), ("lat", LAT_BOX)):
        looks[shape] = (degrees.is_between(*box) & decimal).fill_null(value=False)
    shares = frame.select(look.mean().alias(shape) for shape, look in looks.items()).row(0, named=True)
    for kind in ("national", "mobile"):
        shares[kind] = float(tell_numbers(values, kind).mean() or 0.0)  # type: ignore[arg-type]
    shares["credit"] -= min(shares["credit"], shares["national"])
    return ColumnEvidence(values, shares, filled)


# Value type → the shapes of its values, and how much they alone say (1: no other column looks like it).
_EXPECTED: Mapping[type[ValueType], tuple[tuple[str, ...], float]] = {
    CreditCode: (("credit",), 1.0),
    AreaCode: (("code12", "code9"), 0.9),
    Codes: (("code12", "code9"), 0.9),
    Place: (("pair",), 1.0),
    Longitude: (("lon",), 0.9),
    Latitude: (("lat",), 0.8),
    Area: (("area",), 0.9),
    TimeRange: (("times",), 0.8),
    OpeningHours: (("weekly", "times"), 0.8),
    Date: (("date",), 0.5),
    Occasion: (("date", "times"), 0.5),
    Year: (("date",), 0.4),
    Term: (("term",), 0.7),
    OfficePhone: (("fixed", "mobile"), 0.7),
    Count: (("number",), 0.3),
    Quantity: (("number",), 0.3),
}
_LINKED: Mapping[str, tuple[tuple[str, ...], float]] = {
    Community.label: (("community",), 0.6),
    Enterprise.label: (("organization", "community"), 0.5),
    Institution.label: (("organization",), 0.4),
    Subdistrict.label: (("street",), 0.8),
    PartyOrganization.label: (("party",), 0.8),
    Venue.label: (("venue",), 0.5),
    RedBase.label: (("venue",), 0.5),
}
_NUMERIC = ("number", "date", "credit", "code12", "pair", "times", "fixed", "mobile", "national", "area")


def fit(column: Column, register: Register, evidence: ColumnEvidence) -> tuple[float, float]:
    """Return how well values fit a column, from -1 to 1, and the weight of this evidence next to the header's, from 0 to 1."""
    if _lists_nothing(column, register, evidence) or _names_nobody(column, evidence):
        return -1.0, 0.0
    if not evidence.tells:
        return 0.0, 0.0
    if evidence.share("url") > figures.URLS:  # no column of any register holds addresses of web pages
        return -1.0, 0.0
    if isinstance(column, Link):
        return _fit_link(column, evidence)
    kind = register.type_of(column)
    expected = _EXPECTED.get(type(kind))
    if expected is not None:
        shapes, weight = expected
        share = evidence.share(*shapes)
        if isinstance(kind, Area):
            share = max(share, figures.BARE_AREAS * evidence.share("number"))
            # Bare numbers are like any count.
            weight = weight if evidence.share("area") > figures.AREA_UNITS else figures.AREA_ALONE
        return 2 * share - 1, weight
    if isinstance(kind, OneOf):
        return _fit_choice(kind, evidence)
    if column.field == "name" and column.required:
        return _fit_names(register.row.label, evidence)
    return (figures.FIGURES_NO_TEXT if _is_of_figures(evidence) else 0.0), 0.0  # free text is no row of figures


def find_choice(register: Register, columns: Iterable[Column], evidence: ColumnEvidence) -> Column | None:
    """Return of several columns of closed lists the one whose choices the values are; None where they are none's, or several's."""
    suited = [c for c in columns if choice_share(c, register, evidence) > figures.SUITS]
    return suited[0] if len({c.field for c in suited}) == 1 else None


def choice_share(column: Column, register: Register, evidence: ColumnEvidence) -> float:
    """Return the share of values that are choices of a closed list; a list that keeps or reports other words is none, and has all."""
    kind = register.type_of(column)
    if not is_closed(kind) or not evidence.tells:
        return 1.0
    return 1.0 - kind.clean(evidence.values).values[""].null_count() / evidence.values.len()


def names_no_choice(column: Column, register: Register, evidence: ColumnEvidence) -> bool:
    """Tell whether a column holds words, and not one is a choice of a list that takes no others (市属 is no 规模), few as they may be."""
    kind = register.type_of(column) if column.role == "value" else None
    if not isinstance(kind, OneOf) or kind.unknown == "keep" or evidence.values.is_empty():
        return False
    return kind.clean(evidence.values).values[""].null_count() == evidence.values.len()


def is_closed(kind: ValueType) -> bool:
    """Tell whether a type has a few choices and drops every other word without a word."""
    return isinstance(kind, OneOf) and kind.unknown == "drop"


def contradicts(column: Column, register: Register, evidence: ColumnEvidence) -> bool:
    """Tell whether values cannot be what a column expects, whatever its header says.

    Web pages never are; figures are no names, and 是 and 否 list no things.
    """
    if _lists_nothing(column, register, evidence):
        return True
    if _names_nobody(column, evidence):
        return True
    if not evidence.tells:
        return False
    named = isinstance(column, Link) or (column.role == "value" and isinstance(register.type_of(column), Name))
    return evidence.share("url") > figures.URLS or (named and evidence.share(*_NUMERIC) > figures.ALL_FIGURES)


def _lists_nothing(column: Column, register: Register, evidence: ColumnEvidence) -> bool:
    """Tell whether a column of lists of things holds nothing but 是 and 否, of which two are enough to tell."""
    is_list = column.role == "value" and isinstance(register.type_of(column), ListOf)
    return is_list and evidence.share("yes_no") == 1.0


def _names_nobody(column: Column, evidence: ColumnEvidence) -> bool:
    """Tell whether a column of persons' names holds figures, of which one is enough to tell: 报到党员（人） counts them."""
    is_name = column.role == "identity" and column.field == "name"
    return is_name and evidence.share("number") > figures.ALL_FIGURES


def _fit_link(link: Link, evidence: ColumnEvidence) -> tuple[float, float]:
    if link.personal:
        return 2 * evidence.share("home", "community") - 1, figures.HOME_ALONE
    if _is_of_figures(evidence):  # names are no figures
        return -1.0, 0.0
    labels = {entity.label for entity in link.other}
    if labels - set(_LINKED):
        return 0.0, 0.0
    shapes = {shape for label in labels for shape in _LINKED[label][0]}
    weight = figures.SEVERAL_KINDS_ALONE if len(labels) > 1 else _LINKED[next(iter(labels))][1]
    share = evidence.share(*shapes)
    return (share if len(labels) > 1 else max(2 * share - 1, figures.NO_LINK)), weight


def _is_of_figures(evidence: ColumnEvidence) -> bool:
    return evidence.share(*_NUMERIC) > figures.FIGURES


def _fit_names(label: str, evidence: ColumnEvidence) -> tuple[float, float]:
    if _is_of_figures(evidence):
        return -1.0, 0.0
    shapes, weight = _LINKED.get(label, ((), 0.0))
    shapes = ("organization",) if label == Enterprise.label else shapes
    return (evidence.share(*shapes), weight) if shapes else (0.0, 0.0)


def _fit_choice(kind: OneOf, evidence: ColumnEvidence) -> tuple[float, float]:
    share = sum(kind.is_held_in(text) for text in evidence.texts) / max(len(evidence.texts), 1)
    return (2 * share - 1, figures.CHOICE_ALONE) if share > figures.CHOICES else (figures.NO_CHOICE, 0.0)
