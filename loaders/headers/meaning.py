"""What one header could mean in a register, by its wording and its values; and what it must not mean, because it tells of persons."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from graph.decisions import IGNORED
from graph.kinds import Column, Entity, ItemsOf, Link, Register, Relation
from graph.types import Count
from loaders.headers import header_figures as figures
from loaders.headers.evidence import (
    ColumnEvidence,
    choice_share,
    contradicts,
    find_choice,
    fit,
    is_closed,
    names_no_choice,
)
from loaders.headers.likeness import Likeness, likenesses
from loaders.headers.mapping import ColumnMapping, Treatment
from loaders.headers.state_columns import find_state_asked, says_states
from loaders.sheets.table_finder import Header
from loaders.vocabulary.concepts import HEADS, NARROWING, concepts_of, is_of_the_record
from loaders.vocabulary.header_words import Vocabulary
from loaders.vocabulary.job_titles import is_post, without_job
from loaders.vocabulary.personal_headers import is_personal_header, is_phone_header, without_person
from loaders.vocabulary.profiles import FIELDS
from loaders.vocabulary.wording import header_forms, header_parts, normalize_header

_UNITS = ("organization", "community", "street", "party")
_PERSONS = frozenset({"personal", "identity", "refused"})
_WHOSE = ("所在", "属地", "来自")
# The last level of a header over figures: a unit, or a group of people who are counted (退休人员 over 312, 188).
_COUNTED = re.compile(
    r"(?:[户人]数?|[名个]数?|人次|户次|\([户人名]\))|.*(?:人员|党员|职工|员工|群众|老人|居民|人口|学生|志愿者)"
)
_TELLING_ALONE = frozenset({"PLACE", "PHONE"})


@dataclass(frozen=True)
class Score:
    """How well a header and its values fit a column of the register."""

    column: Column
    value: float
    exact: bool


class Reading:
    """The meanings that a header could have in one register, and those it must not have because it concerns persons."""

    def __init__(
        self, header: Header, evidence: ColumnEvidence, register: Register, words: Vocabulary, decided: str | None
    ) -> None:
        self.header, self.evidence, self.register, self.words, self.decided = header, evidence, register, words, decided
        titled = any(link.titled for link in register.links)
        beyond = "" if register.is_of_persons else without_person(header.text)  # the person is cut from the cells
        self.text = without_job(header.text) if titled else beyond or header.text
        self._asks_who = "谁" in header.text
        likes = likenesses(self.text, register, words) if self.text else []
        # Of two closed lists of one subject (在职 or 离退休; 正式 or 预备) the values tell which is meant, not the header.
        closed = [like.column for like in likes if is_closed(register.type_of(like.column))]
        lists = [c for c in register.columns if is_closed(register.type_of(c))] if closed else []
        self._choice = find_choice(register, lists, evidence) if evidence.tells else None
        self.aside = {role: _best(likes, role) for role in ("personal", "ignored")}
        self._nearest = max((like.value for like in likes if like.column.role in FIELDS), default=0.0)
        scores = self._calibrate([self._score(like) for like in _fields_of(likes, register)])
        self.scores = sorted(scores, key=lambda s: -s.value)
        self.exact = next((s for s in self.scores if s.exact), None)
        self.is_personal = self._tells_of_persons()
        if self.decided is not None and self.is_personal and self._is_surely_personal():
            self.decided = None  # no decision keeps what names persons
        self.scores = [s for s in self.scores if self._may_be(s)]

    def _score(self, like: Likeness) -> Score:
        if is_closed(self.register.type_of(like.column)) and self.evidence.tells:
            if self._choice is like.column:
                return Score(like.column, max(like.value, figures.MOST), exact=like.exact)
            if choice_share(like.column, self.register, self.evidence) <= figures.CHOICES:
                is_remark = concepts_of(normalize_header(self.header.text)) == ("REMARK",)  # it may say anything
                least = figures.FAINT if self._choice or is_remark else figures.PLAUSIBLE
                return Score(like.column, min(like.value, least), exact=False)
        if (
            not like.exact
            and like.value >= figures.ASKED
            and names_no_choice(like.column, self.register, self.evidence)
        ):
            return Score(like.column, min(like.value, figures.PLAUSIBLE), exact=False)
        whose = self._asks_who and self.evidence.share(*_UNITS) < figures.UNITS_MOSTLY
        refuted = contradicts(like.column, self.register, self.evidence)
        if like.exact and not whose and not refuted:
            return Score(like.column, like.value, exact=True)
        suits, alone = fit(like.column, self.register, self.evidence)
        says = alone if alone >= figures.SOME or like.value >= figures.PLAUSIBLE else 0.0  # any count is like any other
        value = like.value + figures.VALUES_COUNT * (says if suits > 0 else 1.0) * suits
        if suits > figures.SUITS and alone >= figures.UNMISTAKABLE:
            least, more = figures.UNMISTAKABLE_SCORE
            value = max(value, least + more * alone)
        elif suits > figures.SUITS and alone >= figures.ALONE:
            value = max(value, figures.PLAUSIBLE)
        if says_states(self.text, like.column, self.register, self.evidence):
            value = max(value, figures.MAPPED)
        most = figures.WHO_AT_MOST if whose or refuted else figures.MOST
        most = min(most, figures.UNEXPLAINED) if self._hardly_fills(like.column) else most
        return Score(like.column, min(max(value, 0.0), most), exact=False)

    def _calibrate(self, scores: list[Score]) -> list[Score]:
        """Return the scores as shares of such columns that are right: a header all of whose words a column knows is surely its own.

        A key or a count is hardly its own as long as a word of the header says something that none of the column's wordings does.
        """
        explained = [s for s in scores if not s.exact and s.value >= figures.ASKED and not self._lacking(s.column)]
        ranked = sorted(explained, key=lambda s: -s.value)
        is_clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[1].value <= ranked[0].value - figures.EXPLAINED_BY)
        return [self._weigh(score, is_clear=is_clear and score is ranked[0]) for score in scores]

    def _weigh(self, score: Score, is_clear: bool) -> Score:
        if score.exact or score.value < figures.ASKED or self._asks_who or self._hardly_fills(score.column):
            return score
        column, (suits, alone) = score.column, fit(score.column, self.register, self.evidence)
        if isinstance(column, ItemsOf) and not re.search(column.said, self.header.text):
            return replace(score, value=min(score.value, figures.UNEXPLAINED))
        if is_key(column, self.register) and self._tells_whose():
            return replace(score, value=min(score.value, figures.UNEXPLAINED))
        if column.field == "remark":  # whatever says little would be a remark
            return replace(score, value=min(score.value, figures.UNEXPLAINED))
        if suits >= 0.0 and (is_clear or self._is_its_place_or_phone(column)):
            return replace(score, value=max(score.value, figures.EXPLAINED))
        told = suits > figures.SUITS and alone >= figures.SOME
        counted = isinstance(self.register.type_of(column), Count)
        if (column.required or counted or self._is_another_kind(column)) and not told and self._lacking(column):
            return replace(score, value=min(score.value, figures.UNEXPLAINED))
        return score

    def _tells_whose(self) -> bool:
        """Whether the header says to whom or where the row belongs (所在社区): that is not what the row itself is."""
        return normalize_header(self.header.text).startswith(_WHOSE)

    def _lacking(self, column: Column) -> tuple[str, ...]:
        """Return the words of the header that no wording of a column has, in the form of the header that has fewest."""
        profiles = self.words.profiles[self.register.name]
        found = (profiles.lacking(form, column) for form, _ in header_forms(self.header.text))
        return min(found, key=len, default=(self.header.text,))

    def _is_another_kind(self, column: Column) -> bool:
        """Whether the header says what kind of thing its cells are, and no wording of the column ends like it."""
        heads = [concepts[-1] for form, _ in header_forms(self.header.text) if (concepts := concepts_of(form))]
        profiles = self.words.profiles[self.register.name]
        return any(head in HEADS for head in heads) and not any(profiles.ends_like(column, head) for head in heads)

    def _is_its_place_or_phone(self, column: Column) -> bool:
        """Whether the header asks for an address or a telephone, and one column alone holds such: whose it is need not be known."""
        concepts = concepts_of(normalize_header(self.header.text))
        if not concepts or concepts[-1] not in _TELLING_ALONE or not NARROWING.isdisjoint(concepts):
            return False
        return self.words.profiles[self.register.name].is_only_head(concepts[-1], column)

    def _tells_of_persons(self) -> bool:
        """Whether the column is dropped: by its header (each level of it counts) or by its values."""
        whole = normalize_header(self.text)
        roles = {w.column.role for w in self.words.by_form.get(whole, ()) if w.register is self.register}
        own = bool(roles) and not roles & _PERSONS
        has_office = any(c.role == "office" for c in self.register.columns)
        if not own and not has_office and is_phone_header(self.text):
            return True  # where no office's line is kept, every telephone is a person's
        own = own or self._says_posts() or self._names_places()
        if (
            not own
            and not self._counts()
            and (is_personal_header(self.text, self._names_units()) or self._names_persons())
        ):
            return True
        if self.exact is None:
            aside = self.aside["personal"]
            alike = (
                aside is not None
                and aside.value >= figures.MAPPED
                and aside.value >= max((s.value for s in self.scores), default=0.0)
            )
            sentences = self.register.is_of_persons and self.evidence.is_personal_number  # there a text is somebody's
            return self.evidence.is_personal or sentences or alike
        # A known header over persons' data: an office's phone column sheds its mobiles itself, other columns go as a whole.
        numbers = self.evidence.share("mobile", "national") >= figures.PERSONS_NUMBERS
        numbers = numbers and (self.register.is_of_persons or not self.evidence.is_of_sentences)
        names = self.evidence.is_person and self.evidence.share("person") >= figures.PERSONS_NAMES
        return self.exact.column.role != "office" and (numbers or names)

    def _says_posts(self) -> bool:
        """Whether the header is a wording of what people's posts are, and each cell is a post without a name (区发改局副局长)."""
        posts = self.exact is not None and self.exact.column.role == "value"
        return posts and self.evidence.tells and all(map(is_post, self.evidence.texts))

    def _names_places(self) -> bool:
        """Whether nearly all values are communities or subdistricts (哪个社区要人): these are no persons, whatever asks for them."""
        return self.evidence.tells and self.evidence.share("community", "street") >= figures.COUNTS

    def _counts(self) -> bool:
        """Whether the column says how many households or people there are (户籍情况/户): such figures are no persons."""
        is_count = _COUNTED.fullmatch(normalize_header(self.text.rsplit("/", 1)[-1])) is not None
        figures_only = self.evidence.tells and self.evidence.share("number") >= figures.COUNTS
        return is_count and figures_only and not (self.evidence.is_personal_number or self.register.is_of_persons)

    def _names_units(self) -> bool:
        """Whether values look like units (远华热电集团) more often than like persons."""
        units = self.evidence.share(*_UNITS)
        return self.evidence.tells and 0.0 < units >= self.evidence.share("person")

    def _names_persons(self) -> bool:
        """Whether the register has the header, or a level of it, among its columns of persons."""
        known = (
            w
            for part in header_parts(self.text)
            for w in self.words.by_form.get(part, ())
            if w.register is self.register
        )
        nobody = self._holds_figures()  # 报到党员（人） over 46, 31: no figure is a name
        return any(w.column.role in _PERSONS and not (nobody and w.column.role == "identity") for w in known)

    def _names_no_one(self) -> bool:
        """Whether a header of names stands over figures."""
        return self.exact is not None and self.exact.column.role == "identity" and self._holds_figures()

    def _holds_figures(self) -> bool:
        """Whether there are values, and they are short figures: no names, no numbers of persons."""
        values = self.evidence.values
        return not values.is_empty() and bool(values.str.contains(r"^\d{1,6}(?:\.\d+)?$").all())

    def _is_surely_personal(self) -> bool:
        return self._names_persons() or self.evidence.is_personal_number or self.evidence.is_person

    def _may_be(self, score: Score) -> bool:
        if self.decided is not None:
            return score.column.field == self.decided
        if isinstance(score.column, Link) and not score.exact and self._holds_figures():
            return False  # 服务小时 is nobody's skill
        return not self.is_personal or _keeps_no_person(score.column)

    def takes(self, chosen: Score) -> bool:
        """Whether a field may be assigned to a column without asking."""
        # Of persons' columns nothing is kept: a doubt costs at most a community.
        if self.decided is not None or chosen.value >= figures.MAPPED:
            return True
        column = chosen.column
        counts = column.role == "identity" and (  # 党员数, or a figure, is nobody's name
            self._is_another_kind(column) or contradicts(column, self.register, self.evidence)
        )
        return _keeps_no_person(column) and not counts

    @property
    def may_be_left_over(self) -> bool:
        """Whether nobody and no known wording says what the column is, and it tells of no person."""
        known = self.exact is not None or (self.aside["ignored"] is not None and self.aside["ignored"].exact)
        return self.decided is None and not self.is_personal and not known and bool(self.header.text)

    def _hardly_fills(self, column: Column) -> bool:
        """Whether most rows would be lost for want of a value, were the column the needed one."""
        return column.required and self.evidence.filled < figures.HALF_FILLED

    def claim(self, column: Column) -> float | None:
        """Return how likely a column that is left over holds a field that no other fills; None where something speaks against it."""
        if not self.may_be_left_over or not self._may_fill(column) or self._hardly_fills(column):
            return None
        if self._asks_who and not isinstance(column, Link):
            return None
        if is_key(column, self.register) and self._tells_whose():
            return None
        found = next((score.value for score in self.scores if score.column.field == column.field), 0.0)
        suits, alone = fit(column, self.register, self.evidence)
        if isinstance(column, Link) and self.evidence.tells and suits < 0.0 and found < figures.ASKED:
            return None  # nothing says that these words (招满, 完) are names
        return found + figures.VALUES_CLAIM * suits * alone

    def decide(self, taken: Score | None, filled: Set[str], needed: Sequence[str]) -> ColumnMapping:
        """Return what is done with the column: mapped, dropped, to be confirmed, or ignored.

        `taken` is the field it was given, if any.
        `filled` are the fields that the sheet's columns fill, `needed` the required ones that none does.
        """
        if self.decided == IGNORED:
            return self._mapping("ignored", 1.0)
        if taken is not None:
            treatment: Treatment = "dropped_personal" if _keeps_no_person(taken.column) else "mapped"
            return self._mapping(treatment, 1.0 if self.decided else taken.value, taken.column)
        known = self.exact is not None and _keeps_no_person(self.exact.column)
        if self.is_personal or (known and not self._names_no_one()):
            return self._mapping("dropped_personal", 1.0 if self.aside["personal"] else 0.9)
        ignored = self.aside["ignored"]
        best = _best_of(self.scores)
        free = [
            s
            for s in self.scores
            if s.column.field not in filled and (s.value >= figures.ASKED or not _keeps_no_person(s.column))
        ]
        whose = self._may_be_owner(filled)
        if whose:  # whose a row is may not be left out without a word, be it said as who reports it (报送企业)
            return self._mapping("asked", best, alternatives=whose)
        if ignored is not None and (
            ignored.exact or ignored.value >= max(figures.ASKED, _best_of(free) + figures.CLEARLY, self._nearest)
        ):
            return self._mapping("ignored", ignored.value)
        if not self.header.text or (self.exact is not None and self.exact.column.field in filled):
            # The field has a better column, or nobody said what this one is.
            return self._mapping("ignored", best, alternatives=(self.exact.column.field,) if self.exact else ())
        offered = self._offer(free, needed)
        if offered and (free[0].value >= figures.PLAUSIBLE or not offered.isdisjoint(needed)):
            return self._mapping("asked", free[0].value, alternatives=tuple(offered))
        state = find_state_asked(self.header.text, self.register, self.evidence)
        if state and state not in filled:  # how things stand may not be left out without a word
            return self._mapping("asked", best, alternatives=(state,))
        return self._mapping("ignored", best)

    def _may_be_owner(self, filled: Set[str]) -> tuple[str, ...]:
        """Return the field that says whose the rows are, where no column fills it and this one names units."""
        owners = [c for c in self.register.links if c.relation.owns and not isinstance(self.register.row, Relation)]
        fields = {c.field for c in owners if c.end == "source"}
        names_units = self.evidence.share("organization", "community") >= figures.UNITS_MOSTLY
        names_units = names_units and not self.evidence.is_of_sentences
        return tuple(sorted(fields)) if len(fields) == 1 and fields.isdisjoint(filled) and names_units else ()

    def _offer(self, free: Sequence[Score], needed: Sequence[str]) -> Set[str]:
        """Return the fields that the column may be, the likeliest first; a needed one that its values allow is always among them."""
        likely = dict.fromkeys(score.column.field for score in free if score.value > figures.FAINT)
        allowed = [
            score.column.field for score in free if score.column.field in needed and self._may_fill(score.column)
        ]
        first = list(likely)[: figures.OFFERED]
        if allowed and not set(first) & set(allowed):
            first = [*first[: figures.OFFERED - 1], allowed[0]]
        return dict.fromkeys(first).keys()

    def _may_fill(self, column: Column) -> bool:
        """Whether the column may hold a needed field whatever its header says: neither that nor its values speak against it."""
        form = normalize_header(self.header.text)
        concepts = concepts_of(form)
        head = concepts[-1] if concepts else ""
        other_kind = head in HEADS and not self.words.profiles[self.register.name].ends_like(column, head)
        if other_kind or is_of_the_record(form):
            return False
        return fit(column, self.register, self.evidence)[0] > figures.AGAINST

    def _mapping(
        self, treatment: Treatment, confidence: float, column: Column | None = None, alternatives: tuple[str, ...] = ()
    ) -> ColumnMapping:
        field = column.field if column else ""
        return ColumnMapping(self.header.letter, self.header.text, field, confidence, treatment, alternatives, column)


def is_key(column: Column, register: Register) -> bool:
    """Tell whether a column names what each row is, without which no row can be loaded."""
    return isinstance(register.row, Entity) and column.role == "value" and column.field == "name" and column.required


def _fields_of(likes: Sequence[Likeness], register: Register) -> list[Likeness]:
    """Return the likeness to every column that fills a field, 0 for those not alike at all (values may still tell)."""
    known = {id(like.column): like for like in likes}
    return [
        known.get(id(c), Likeness(c, 0.0, exact=False)) for c in register.columns if c.role in FIELDS and not c.rides
    ]


def _best(likes: Sequence[Likeness], role: str) -> Likeness | None:
    return max(
        (like for like in likes if like.column.role == role), key=lambda like: (like.exact, like.value), default=None
    )


def _best_of(scores: Sequence[Score]) -> float:
    return scores[0].value if scores else 0.0


def _keeps_no_person(column: Column) -> bool:
    """Whether a column of persons' data is read for a pseudonym or a community only."""
    return column.role == "identity" or (isinstance(column, Link) and column.personal)
