"""Decides whether a sheet is the register that its columns resemble most: what speaks against it is said, and asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.kinds import Link, Register
from graph.names import normalize
from graph.texts import Said, join_said
from graph.types import Count
from loaders.headers import header_figures as figures
from loaders.headers.evidence import NO_EVIDENCE, ColumnEvidence
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.headers.meaning import is_key
from loaders.headers.recognition import OF_UNITS, RegisterStanding
from loaders.headers.shown_conditions import shows_condition
from loaders.headers.understanding import missing_required
from loaders.vocabulary.concepts import concepts_of
from loaders.vocabulary.list_titles import ends_strangely, other_matter, place_of_others
from loaders.vocabulary.wording import normalize_header

_NAMES = ("名称", "全称")
_PRIVATE = re.compile("住址|家庭|生日|出生|微信|身份证")  # what nobody asks of an office's contact
_SERIAL = frozenset({"CODE", "DAY"})


@dataclass(frozen=True)
class Hypothesis:
    """One register that a sheet may be: how well its titles and headers fit, what its columns mean then, what both are worth."""

    standing: RegisterStanding
    mapping: TableMapping
    worth: float

    @property
    def register(self) -> Register:
        """The register itself."""
        return self.standing.register

    @property
    def is_named(self) -> bool:
        """Whether a title names the register."""
        return self.standing.title >= figures.TITLE_NAMES

    @property
    def required(self) -> int:
        """How many columns without which no row can be loaded were found."""
        return sum(c.column is not None and c.column.required for c in self.mapping.columns)

    @property
    def guesses(self) -> tuple[ColumnMapping, ...]:
        """The columns that were taken for a required field though their headers do not say it."""
        return tuple(c for c in self.mapping.columns if c.treatment == "mapped" and c.confidence < figures.MAPPED)


@dataclass(frozen=True)
class Witness:
    """What is known of a sheet: its titles with their weights, its values, and whether each row has a person's name and number.

    `has_names` where each row has another person's name, be it without any number.
    """

    titles: Sequence[tuple[str, float]]
    values: Mapping[str, ColumnEvidence]
    has_persons: bool
    has_names: bool = False


def find_objections(best: Hypothesis, others: Sequence[Hypothesis], seen: Witness) -> list[Said]:
    """Return what speaks against taking a sheet for the register that it resembles most; nothing where it is that register."""
    return [
        *_by_title(best, others, seen),
        *_by_matter(best, seen),
        *_by_place(best, seen),
        *_by_subject(best, seen),
        *_by_blanks(best, seen),
        *_by_columns(best, others, seen),
    ]


def find_other_matter(best: Hypothesis, titles: Sequence[tuple[str, float]]) -> str:
    """Return the word by which a title says that the sheet is a list of which no register is made (工资, 签到); or ''."""
    own = normalize(" ".join((*best.register.titles, best.register.zh)))
    return next((word for title, _ in titles if (word := other_matter(title, own))), "")


def _by_title(best: Hypothesis, others: Sequence[Hypothesis], seen: Witness) -> Iterator[Said]:
    of_persons = seen.has_persons and best.register.is_of_persons  # then a title may say whose persons: 某公司花名册
    rivals = (one for one in others if one.register.is_of_persons or not of_persons)
    rival = max(rivals, key=lambda one: one.standing.title, default=None)
    if (
        rival is not None
        and rival.is_named
        and (best.guesses or not best.is_named)
        and _is_as_well_titled(rival, best)
        and rival.register not in best.register.beside
        and best.register not in rival.register.beside
    ):
        yield _as_title(rival.register)


def _is_as_well_titled(rival: Hypothesis, best: Hypothesis) -> bool:
    """Whether a title names another register clearly better, or as well where what the columns mean is partly guessed (荣誉)."""
    return (
        rival.standing.title >= best.standing.title
        if best.guesses
        else rival.standing.title > best.standing.title + figures.TITLE_CLEARLY
    )


def _by_matter(best: Hypothesis, seen: Witness) -> Iterator[Said]:
    """Tell of titles that end with a word which the register has nowhere (场地租金收缴), unless every column is one of its own."""
    columns = [c for c in best.mapping.columns if c.header]
    whole = all(map(_is_understood, columns)) and sum(c.treatment == "mapped" for c in columns) > figures.HARDLY
    if best.is_named or whole or (best.register.is_of_persons and seen.has_persons) or tells_by_row(best, seen):
        return
    own = _words_of(best.register)
    ends = [end for title, _ in seen.titles if (end := ends_strangely(title, own)) is not None]
    if ends and all(ends):
        yield Said("标题说的是“{what}”", "the title speaks of “{what}”").fill(what=ends[0])


def _by_place(best: Hypothesis, seen: Witness) -> Iterator[Said]:
    """Tell of a title that says the units listed are another district's: of those the graph keeps no list."""
    if not best.register.row.is_unit:
        return
    where = next((word for title, _ in seen.titles if (word := place_of_others(title))), "")
    if where:
        yield Said("标题说的是“{what}”的单位", "the title speaks of units “{what}”").fill(what=where)


def _words_of(register: Register) -> tuple[str, ...]:
    """Return all words by which lists of a register and their columns are called, in comparable form."""
    return tuple(map(normalize, (*register.titles, register.zh, *(h for c in register.columns for h in c.headers))))


def _as_title(register: Register) -> Said:
    return Said(f"标题像“{register.zh}”", f"the title is like “{register.en}”")


def _by_subject(best: Hypothesis, seen: Witness) -> Iterator[Said]:
    """Tell of what each row is, where that is a person or something else that the register knows nothing of."""
    if lists_persons(best, seen):
        yield Said("每一行是一个人", "each row is a person")
    if (best.is_named and _is_key_distinct(best, seen)) or (best.register.is_of_persons and seen.has_names):
        return
    subject = find_subject(best.mapping, seen)
    if subject is not None:
        yield Said("每一行是一个“{what}”", "each row is a “{what}”").fill(what=subject.header)


def lists_persons(one: Hypothesis, seen: Witness) -> bool:
    """Tell whether each row is a person though the register's are not: by name and number, or by names over things that repeat."""
    if one.register.is_of_persons:
        return False
    dropped = [c.header for c in one.mapping.columns if c.treatment == "dropped_personal"]
    mapped = sum(c.treatment == "mapped" for c in one.mapping.columns)
    if len(dropped) > figures.HARDLY > mapped and any(
        map(_PRIVATE.search, dropped)
    ):  # 单位 | 姓名 | 职务 | 手机 | 住址
        return True
    return seen.has_persons or (seen.has_names and not _is_key_distinct(one, seen))


def lists_matters(one: Hypothesis, seen: Witness) -> bool:
    """Tell whether each row is a matter in words of its own, though the register's rows are sums (群众诉求统计)."""
    needed = [c for c in one.register.columns if c.required and not c.rides]
    if not needed or not all(isinstance(one.register.type_of(c), Count) for c in needed if not isinstance(c, Link)):
        return False
    if all(isinstance(c, Link) for c in needed):
        return False
    strange = (seen.values.get(c.letter, NO_EVIDENCE) for c in one.mapping.columns if c.column is None)
    return any(values.is_of_words and values.is_distinct and _length(values) >= figures.IN_WORDS for values in strange)


def _length(values: ColumnEvidence) -> float:
    return float(values.values.str.len_chars().mean() or 0.0)  # type: ignore[arg-type]


def tells_by_row(one: Hypothesis, seen: Witness) -> bool:
    """Tell whether a column says of each person whether he is one of the register's (政治面貌), so that the title need not."""
    proof = one.register.shown_by
    if proof is None or not (seen.has_persons or seen.has_names):
        return False
    return proof.tells_by_row(normalize_header(c.header) for c in one.mapping.columns)


def find_subject(mapping: TableMapping, seen: Witness) -> ColumnMapping | None:
    """Return the column that names what each row is and that the register knows nothing of; None where there is no such column.

    That is a column of names (小区名称), or the first of words, where each row has another one.
    """
    first = True
    for column in mapping.columns:
        values = seen.values.get(column.letter, NO_EVIDENCE)
        names = normalize_header(column.header).endswith(_NAMES)
        concepts = concepts_of(normalize_header(column.header))
        words = values.is_of_words and not (concepts and concepts[-1] in _SERIAL)
        if column.header and not _is_understood(column) and values.is_distinct and (names or (first and words)):
            return column
        first = first and not (words and column.treatment == "mapped")
    return None


def _by_blanks(best: Hypothesis, seen: Witness) -> Iterator[Said]:
    """Tell of a required column that most rows leave blank, where it or another is only guessed: they would all be lost."""
    for column in best.mapping.columns:
        filled = seen.values.get(column.letter, NO_EVIDENCE).filled
        needed = column.column is not None and column.column.required
        if needed and filled < figures.HALF_FILLED and (best.guesses or column.confidence <= figures.MOST):
            yield Said("“{what}”一列多数为空", "most rows leave “{what}” blank").fill(what=column.header)


def _is_understood(column: ColumnMapping) -> bool:
    """Whether the register knows what a column is, be it that it is dropped or carries nothing."""
    if column.treatment == "ignored":
        return column.confidence >= figures.MAPPED or bool(column.alternatives)
    return column.treatment != "asked"


def _is_key_distinct(best: Hypothesis, seen: Witness) -> bool:
    names = best.register.row.named_by if hasattr(best.register.row, "named_by") else ()
    keys = [c for c in best.mapping.columns if c.column is not None and c.field in names and c.column.role == "value"]
    return all((values := seen.values.get(c.letter)) is None or not values.tells or values.is_distinct for c in keys)


def _by_columns(best: Hypothesis, others: Sequence[Hypothesis], seen: Witness) -> Iterator[Said]:
    """Tell of columns that many registers have, where no title names this one. Who a person is, other rules decide row by row."""
    if not _is_marked(best, seen):
        says = "、".join(f"“{mark}”" for mark in best.register.marks[:2])
        unsaid = f"没有写明是“{best.register.zh}”（如写有{says}）"
        yield Said(unsaid, f"nothing says that it is “{best.register.en}” (such as the words {says})")
    if best.guesses and _is_hardly_known(best):
        told = "、".join(c.header for c in best.guesses)
        yield Said("“{told}”一列只是推测", "what “{told}” is was only guessed").fill(told=told)
        return
    if best.is_named or best.register.is_of_persons:
        return
    sounds, is_plain = _sounds(best, others), _is_plain(best, others)
    if best.guesses and not (is_plain or sounds):
        told = "、".join(c.header for c in best.guesses)
        yield Said("“{told}”一列只是推测", "what “{told}” is was only guessed").fill(told=told)
    bare = _bare_key(best)
    if bare and not sounds:
        yield Said("“{bare}”没有说是什么的名称", "“{bare}” does not say of what").fill(bare=bare)
    if _is_hardly_known(best):
        yield Said("过半的列不认得", "more than half of its columns are not known")
    if has_own_key(best, others):
        return
    if not is_plain and distinction(best) < (figures.DISTINCT_SAID if sounds else figures.DISTINCT):
        yield Said("表头都很常见，没有只属于它的列", "all its headers are common ones, none is its own")
    rival = max((one for one in others if _may_rival(one, best)), key=lambda one: one.worth, default=None)
    if rival is not None and rival.worth > best.worth - figures.RIVAL:
        yield Said(f"也像“{rival.register.zh}”", f"it is as much like “{rival.register.en}”")


def _is_hardly_known(best: Hypothesis) -> bool:
    """Whether no more than the rows' names and one more column are understood, and as many or more columns are not."""
    columns = [c for c in best.mapping.columns if c.header]
    mapped = sum(c.treatment == "mapped" for c in columns)
    strange = sum(not _is_understood(c) for c in columns)
    return mapped <= figures.HARDLY and strange >= mapped


def has_own_key(best: Hypothesis, others: Sequence[Hypothesis]) -> bool:
    """Whether the rows are named by a header of the register's own (场地名称): few registers know it, and no other's rows are so called."""
    column = _key_column(best)
    if column is None or best.standing.telling.get(column.header, 0.0) < figures.OWN_KEY:
        return False
    rivals = (_key_column(one) for one in others)
    return not any(rival is not None and rival.letter == column.letter for rival in rivals)


def _key_column(one: Hypothesis) -> ColumnMapping | None:
    """Return the column whose header is a wording of what names the register's rows."""
    keys = (c for c in one.mapping.columns if c.column is not None and is_key(c.column, one.register))
    return next((c for c in keys if c.confidence > figures.MOST), None)


def _bare_key(best: Hypothesis) -> str:
    """Return the header of the column that names the rows, where it says no more than that it is a name."""
    keys = (c for c in best.mapping.columns if c.column is not None and is_key(c.column, best.register))
    return next((c.header for c in keys if concepts_of(normalize_header(c.header)) == ("NAME",)), "")


def _may_rival(one: Hypothesis, best: Hypothesis) -> bool:
    """Whether another register has all its columns, and as many that it needs as the best one."""
    apart = one.register not in best.register.beside and best.register not in one.register.beside
    return apart and not missing_required(one.mapping) and not one.guesses and one.required >= best.required


def _sounds(best: Hypothesis, others: Sequence[Hypothesis]) -> bool:
    """Whether a title sounds like the register, and like none of the others as much."""
    return best.standing.title > figures.TITLE_TELLS and all(one.standing.title < best.standing.title for one in others)


def _is_plain(best: Hypothesis, others: Sequence[Hypothesis]) -> bool:
    """Whether so many columns are understood that common headers together are the register's, and no other explains them as well."""
    columns = [c for c in best.mapping.columns if c.header]
    known = sum(c.treatment == "mapped" and c.confidence >= figures.MAPPED for c in columns)
    least = figures.PLAIN_SAID if _sounds(best, others) else figures.PLAIN
    whole = all(map(_is_understood, columns)) and not best.guesses and known >= (2 if best.required > 1 else 3)
    whole = whole and (_sounds(best, others) or _has_own_header(best))
    rivals = [one.worth for one in others if not whole or _may_rival(one, best)]
    return (known >= least or whole) and all(worth <= best.worth - figures.PLAIN_BY for worth in rivals)


def _has_own_header(best: Hypothesis) -> bool:
    """Whether a header is one of the register's wordings itself and of few others: 时间, 地点, 内容 together may be anything's."""
    known = (c for c in best.mapping.columns if c.treatment == "mapped" and c.confidence > figures.MOST)
    return any(best.standing.telling.get(c.header, 0.0) >= figures.OWN_KEY for c in known)


def distinction(best: Hypothesis) -> float:
    """Return how much the understood headers of a sheet belong to its register alone: that of the two most telling together, up to 2."""
    telling = best.standing.telling
    told = [
        telling.get(c.header, 0.0)
        for c in best.mapping.columns
        if c.treatment == "mapped" and c.confidence >= figures.MAPPED
    ]
    return sum(sorted(told, reverse=True)[:2])


def _is_marked(one: Hypothesis, seen: Witness) -> bool:
    """Whether the sheet shows what the register's name states of its rows."""
    return shows_condition(one.register, one.mapping.columns, [title for title, _ in seen.titles], seen.values)


def order(one: Hypothesis, all_: Sequence[Hypothesis], seen: Witness) -> float:
    """Return by how much less likely a register is than what its columns and titles are worth alone, to sort by."""
    missing = bool(missing_required(one.mapping))
    unmarked = not _is_marked(one, seen)
    persons = lists_persons(one, seen) and not seen.has_persons
    lacks = figures.LACKING * (missing + unmarked + persons + (not is_promising(one))) + figures.GUESSES * bool(
        one.guesses
    )
    titles = [other.standing.title for other in all_ if other is not one]
    named = one.is_named and not missing and not (seen.has_persons and not one.register.is_of_persons)
    named = named and one.standing.title >= max(titles, default=0.0) + figures.TITLE_CLEARLY
    return lacks - one.worth - figures.NAMED_GAINS * named - figures.MATTER_GAINS * _is_the_matter(one, seen)


def _is_the_matter(one: Hypothesis, seen: Witness) -> bool:
    """Whether a title speaks of what a needed column of the register is about, by its usual header and the register's name (报到)."""
    names = normalize(one.register.zh)
    titles = [normalize(title) for title, _ in seen.titles]
    filled = {c.field for c in one.mapping.columns}
    needed = [
        normalize_header(c.headers[0]) for c in one.register.links if c.required and c.headers and c.field in filled
    ]
    pairs = {header[i : i + 2] for header in needed for i in range(len(header) - 1)}
    return any(pair in names and any(pair in title for title in titles) for pair in pairs - OF_UNITS)


def is_promising(one: Hypothesis) -> bool:
    """Tell whether enough speaks for a register to ask whether a sheet is it: its columns, or a title that names it."""
    columns = one.mapping.columns
    if sum(c.column is not None or c.treatment == "asked" for c in columns) < figures.PROMISING_KNOWN:
        return False
    if one.is_named or (one.worth >= figures.PROMISING_WHOLE and not missing_required(one.mapping)):
        return True
    known = sum(c.column is not None and c.confidence >= figures.MAPPED for c in columns)
    told = known >= figures.PROMISING_KNOWN or one.standing.title > figures.TITLE_TELLS
    return one.worth >= figures.PROMISING and told


def is_last_resort(one: Hypothesis) -> bool:
    """Tell whether a register may be asked about where no other is promising: all its required columns and one more are there."""
    known = sum(c.column is not None for c in one.mapping.columns)
    return (
        known >= figures.PROMISING_KNOWN and one.worth >= figures.PROMISING_ALONE and not missing_required(one.mapping)
    )


def tell_objections(one: Hypothesis, against: Sequence[Said]) -> Said:
    """Return the sentence that says which register a sheet may be and what speaks against it."""
    why = join_said(against)
    return Said(f"可能是“{one.register.zh}”，但{why}", f"it may be “{one.register.en}”, but {why.en}")
