"""English values in the notation that the value types read: opening hours, dates and quantities, each folded before it is read."""

from __future__ import annotations

import re

import polars as pl

_HAN = re.compile(r"[\u3400-\u9fff]")
_DAYS = {
    "一": "mo(?:n(?:day)?s?)?", "二": "tu(?:es?(?:day)?s?)?", "三": "we(?:d(?:nesday)?s?)?", "四": "th(?:u(?:r(?:s(?:day)?)?)?s?)?",
    "五": "fr(?:i(?:day)?s?)?", "六": "sa(?:t(?:urday)?s?)?", "日": "su(?:n(?:day)?s?)?",
}  # fmt: skip
_DAY = "周[一二三四五六日]"
_CLOCK = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?"
_AM, _PM = r"a\.?m\.?(?![a-z])", r"p\.?m\.?(?![a-z])"
_HOURS: tuple[tuple[str, str], ...] = (
    (r"\bnoon\b|\bmidday\b", "12:00"), (r"\bmidnight\b", "24:00"),
    (r"\b24\s*/\s*7\b|\bround the clock\b|\b24\s*(?:hours|hrs|h)\b(?:\s*(?:a day|daily|per day))?(?:,?\s*(?:7 days|every day))?",
     "每天00:00-24:00"),
    (r"\b(?:public |bank |national )?holidays?\b", "节假日"),
    (r"\bweek-?days?\b|\bworking days?\b", "工作日"), (r"\bweek-?ends?\b", "周末"),
    (r"\bdaily\b|\bevery ?day\b|\beach day\b|\b(?:7|seven) days(?: a week)?\b|\ball week\b", "每天"),
    *((rf"\b{word}\b\.?", f"周{day}") for day, word in _DAYS.items()),
    (r"(?<=[0-9:月日一二三四五六])\s*(?:\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b|–|—)\s*(?=[0-9周])", "至"),
    (r"\band\b|&", "、"), (r"\bfrom\b|\bopen(?:ing)?\b(?:\s*hours)?\b|\bhours?\b|\bon\b|\bat\b", " "),
    (rf"(?:\bexcept\b|\bclosed\b|\bnot\b)\s*((?:{_DAY}|节假日)(?:\s*[-至、,]\s*(?:{_DAY}|节假日))*)(?!\s*[0-9])", r" \1闭馆"),
    (r"\bclosed\b", "闭馆"), (r"\bby appointment(?: only)?\b", "预约"),
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<m>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<y>[0-9]{4})"
_WRITTEN = (
    rf"(?i)^(?:[a-z]{{3,9}},?\s+)?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s\-.]+(?:of\s+)?{_MONTH}[,\s\-.]+{_YEAR}$",
    rf"(?i)^(?:[a-z]{{3,9}}day,?\s+)?{_MONTH}\s*(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}$",
    rf"(?i)^{_MONTH}[,\s\-]+{_YEAR}(?P<d>)$",
)
_SLASHED = r"^(?P<a>[0-9]{1,2})[/.](?P<b>[0-9]{1,2})[/.](?P<y>[0-9]{4})$"
_WORDED = (
    r"(?i)sq|acre|hectare|f[eo]+t|mile|about|around|approx|circa|up to|over|more than|at least|people|person|seat|staff|employee|worker"
    r"|household|famil|member|resident|visitor|guest|participant|pax|room|hour|time|set|unit|piece"
)
_COUNTED = (
    r"\s*(?:people|persons?|seats?|staff|employees|workers|households|families|members|residents|visitors|guests|participants|pax"
    r"|rooms?|hours?|times|sets?|units?|pieces?)$"
)


def fold_english_hours(text: str) -> str:
    """Return opening hours in the words of Chinese ones (Mon-Fri 9am-5pm → 周一-周五 9:00-17:00); others as they are."""
    if _HAN.search(text) or not re.search("[A-Za-z]|24/7", text):
        return text
    folded = re.sub(rf"{_CLOCK}\s*(?:{_AM})?(\s*(?:-|–|—|to|until|till)\s*){_CLOCK}\s*{_PM}", _fold_range, text.lower())
    folded = re.sub(rf"{_CLOCK}\s*(?:({_AM})|{_PM})", lambda m: _show(m[1], m[2], is_late=m[3] is None), folded)
    for pattern, replacement in _HOURS:
        folded = re.sub(pattern, replacement, folded)
    return folded


def _fold_range(found: re.Match[str]) -> str:
    """Return 9-5pm and 1:30-5pm as spans of one day: the first time is in the morning where it would else be behind the second."""
    starts_late = "m" not in re.split(r"-|–|—|to|until|till", found[0])[0] and int(found[1]) % 12 < int(found[4]) % 12
    return _show(found[1], found[2], is_late=starts_late) + found[3] + _show(found[4], found[5], is_late=True)


def _show(hour: str, minute: str | None, *, is_late: bool) -> str:
    whole = int(hour) % 12 + 12 * is_late if int(hour) <= 12 else int(hour)
    return f"{whole}:{minute or '00'}"


def fold_english_dates(raw: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return English dates of a column as 2019-3-5, and which cells are a day and a month in an order that nothing tells (3/4/2019).

    A day above 12 anywhere in the column tells the order of all; so does none where both orders occur.
    """
    text = pl.Series("text", raw, dtype=pl.String)
    nothing = text.is_null() & text.is_not_null()
    if not text.str.contains(r"(?i)[a-z]{3}|^[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}$").any():
        return raw, nothing
    for pattern in _WRITTEN:
        parts = text.str.extract_groups(pattern).struct.unnest()
        month = parts["m"].str.to_lowercase().str.slice(0, 3)
        number = month.replace_strict(
            {name: str(n) for n, name in enumerate(_MONTHS, 1)}, default=None, return_dtype=pl.String
        )
        day = parts["d"].replace("", None)
        shown = pl.select(
            pl.when(day.is_not_null())
            .then(pl.format("{}-{}-{}", parts["y"], number, day))
            .otherwise(pl.format("{}-{}", parts["y"], number))
        )
        found = shown.to_series()
        text = text.zip_with(found.is_null(), found)
    return _order(text)


def _order(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    parts = text.str.extract_groups(_SLASHED).struct.unnest()
    first, second = (parts[name].cast(pl.Int32, strict=False) for name in ("a", "b"))
    days_first, months_first = bool((first > 12).any()), bool((second > 12).any())
    by_day = (first > 12) | (days_first and not months_first)
    by_month = (second > 12) | (months_first and not days_first)
    alike = first == second
    by_day = by_day.fill_null(value=False)
    unsure = (first.is_not_null() & ~by_day & ~by_month & ~alike).fill_null(value=False)
    month, day = second.zip_with(by_day, first), first.zip_with(by_day, second)
    shown = pl.select(pl.format("{}-{}-{}", parts["y"], month, day)).to_series()
    return text.zip_with(first.is_null() | unsure, shown), unsure


def tell_orders(raw: pl.Series) -> pl.Series:
    """Return for each slashed date the two days that it may be."""
    parts = raw.str.extract_groups(_SLASHED).struct.unnest()
    low, high = (parts[name].str.zfill(2) for name in ("a", "b"))
    return pl.select(pl.format("{}-{}-{} | {}-{}-{}", parts["y"], high, low, parts["y"], low, high)).to_series()


def fold_english_quantities(raw: pl.Series) -> pl.Series:
    """Return English quantities without their words: about 30 people → 约30, 1,200 Sq Ft → 1,200 sq ft."""
    english = raw.str.contains(_WORDED).fill_null(value=False)  # 1.2MVA is written so in any language
    if not english.any():
        return raw
    low = raw.str.to_lowercase().str.replace(
        r"^(?:about|around|approx(?:imately|\.)?|circa|ca\.|up to|over|more than|at least)\s*", "约"
    )
    return raw.zip_with(~english, low.str.replace(_COUNTED, ""))


def fold_english_terms(raw: pl.Series) -> pl.Series:
    """Return English terms in the words of Chinese ones: 3 years → 3年, 18 months → 18个月, open-ended → 长期."""
    english = raw.str.contains("[A-Za-z]{2}").fill_null(value=False)
    if not english.any():
        return raw
    folded = raw.str.to_lowercase().str.replace(
        r"^.*\b(?:open.?ended|indefinite(?:ly)?|permanent|unlimited|no fixed term)\b.*$", "长期"
    )
    folded = (
        folded.str.replace_all(r"\b(?:one|a)\b", "1")
        .str.replace_all(r"\btwo\b", "2")
        .str.replace_all(r"\bthree\b", "3")
        .str.replace_all(r"\bfive\b", "5")
    )
    for word, meant in (
        (r"[\s-]*years?\b|[\s-]*yrs?\b", "年"),
        (r"[\s-]*months?\b", "个月"),
        (r"[\s-]*days?\b", "天"),
        (r"\band\b|\bfor\b", ""),
    ):
        folded = folded.str.replace_all(word, meant)
    return raw.zip_with(~english, folded)
