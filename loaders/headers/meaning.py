"""What one header could mean in a register, by its wording and its values; and what it must not mean, because it tells of persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.kinds import Column, Link, Register
from loaders.headers.evidence import Evidence, fit
from loaders.headers.likeness import Likeness, likenesses
from loaders.headers.mapping import ColumnMapping, Treatment
from loaders.headers.personal import is_personal_header, is_phone_header
from loaders.headers.vocabulary import Vocabulary
from loaders.headers.wording import header_parts, normalize_header
from loaders.sheets.tables import Header

MAPPED = 0.75  # score from which a wording is taken without asking
CLEAR = 0.66  # the same, where no other field comes near
NEEDED = 0.6  # the same, for a field without which no row can be loaded
ASKED = 0.5  # score from which a person is asked
IGNORED = "ignored"  # a decision that a column means nothing
_OFFERED = 3  # alternatives that are offered
_FIELDS = frozenset({"value", "link", "office", "identity", "items"})
_PERSONS = frozenset({"personal", "identity", "refused"})


@dataclass(frozen=True)
class Score:
    """How well a header and its values fit a column of the register."""

    column: Column
    value: float
    exact: bool


class Reading:
    """A header as seen by one register: what it could mean, and what it must not mean."""

    def __init__(
        self, header: Header, evidence: Evidence, register: Register, words: Vocabulary, decided: str | None
    ) -> None:
        self.header, self.evidence, self.register, self.words, self.decided = header, evidence, register, words, decided
        likes = likenesses(header.text, register, words) if header.text else []
        self.aside = {role: _best(likes, role) for role in ("personal", "ignored")}
        self.scores = sorted((self._score(like) for like in _fields_of(likes, register)), key=lambda s: -s.value)
        self.exact = next((s for s in self.scores if s.exact), None)
        self.is_personal = self._tells_of_persons()
        if self.decided is not None and self.is_personal and self._is_surely_personal():
            self.decided = None  # no decision keeps what names persons
        self.scores = [s for s in self.scores if self._may_be(s)]

    def _score(self, like: Likeness) -> Score:
        if like.exact:
            return Score(like.column, like.value, exact=True)
        suits, alone = fit(like.column, self.register, self.evidence)
        value = like.value + (0.3 * alone * suits if suits > 0 else 0.3 * suits)
        if suits > 0.8 and alone >= 0.9:  # values that nothing else looks like
            value = max(value, 0.6 + 0.2 * alone)
        return Score(like.column, min(max(value, 0.0), 0.94), exact=False)

    def _tells_of_persons(self) -> bool:
        """Whether the column is dropped: by its header (each level of it counts) or by its values."""
        whole = normalize_header(self.header.text)
        roles = {w.column.role for w in self.words.by_form.get(whole, ()) if w.register is self.register}
        own = bool(roles) and not roles & _PERSONS
        has_office = any(c.role == "office" for c in self.register.columns)
        if not own and not has_office and is_phone_header(self.header.text):
            return True  # where no office's line is kept, every telephone is a person's
        if not own and (is_personal_header(self.header.text) or self._names_persons()):
            return True
        if self.exact is None:
            aside = self.aside["personal"]
            alike = (
                aside is not None
                and aside.value >= MAPPED
                and aside.value >= max((s.value for s in self.scores), default=0.0)
            )
            return self.evidence.is_personal or alike
        # A known header over persons' data: an office's phone column sheds its mobiles itself, other columns go as a whole.
        numbers = self.evidence.share("mobile", "national") >= 0.8
        names = self.evidence.is_person and self.evidence.share("person") >= 0.9
        return self.exact.column.role != "office" and (numbers or names)

    def _names_persons(self) -> bool:
        """Whether the register has the header, or a level of it, among its columns of persons."""
        known = (
            w
            for part in header_parts(self.header.text)
            for w in self.words.by_form.get(part, ())
            if w.register is self.register
        )
        return any(w.column.role in _PERSONS for w in known)

    def _is_surely_personal(self) -> bool:
        return self._names_persons() or self.evidence.is_personal_number or self.evidence.is_person

    def _may_be(self, score: Score) -> bool:
        if self.decided is not None:
            return score.column.field == self.decided
        return not self.is_personal or _keeps_no_person(score.column)

    def decide(self, chosen: Score | None, taken: Mapping[int, Score], contested: bool = False) -> ColumnMapping:
        """Return what becomes of the column, given what it was assigned; a field that two columns contest is asked about."""
        if self.decided == IGNORED:
            return self._mapping("ignored", 1.0)
        if chosen is not None and ((not contested and self._is_sure(chosen, taken)) or self.decided):
            treatment: Treatment = "dropped_personal" if _keeps_no_person(chosen.column) else "mapped"
            return self._mapping(treatment, chosen.value, chosen.column)
        if self.is_personal or (self.exact is not None and _keeps_no_person(self.exact.column)):
            return self._mapping("dropped_personal", 1.0 if self.aside["personal"] else 0.9)
        ignored = self.aside["ignored"]
        best = self.scores[0].value if self.scores else 0.0
        if ignored is not None and (ignored.exact or ignored.value >= min(max(best + 0.1, ASKED), max(best, MAPPED))):
            return self._mapping("ignored", ignored.value)
        offered = self._alternatives(taken)
        if self.exact is not None or not self.header.text:
            return self._mapping("ignored", best, alternatives=offered[:1])  # the field has a better column
        if offered and best >= ASKED:
            return self._mapping("asked", best, alternatives=offered)
        return self._mapping("ignored", best)

    def _is_sure(self, chosen: Score, taken: Mapping[int, Score]) -> bool:
        """Whether an assignment needs no question: likely enough, or likely and without a rival among the fields still free."""
        if chosen.value >= MAPPED or (chosen.column.required and chosen.value >= NEEDED):
            return True
        if _keeps_no_person(chosen.column):
            return True  # nothing of it is kept: a doubt costs at most a community
        gone = {s.column.field for s in taken.values() if s.exact} | {chosen.column.field}
        rival = max((s.value for s in self.scores if s.column.field not in gone), default=0.0)
        return chosen.value >= CLEAR and rival < chosen.value - 0.15

    def _alternatives(self, taken: Mapping[int, Score]) -> tuple[str, ...]:
        full = {s.column.field for s in taken.values() if s.exact} - {self.exact.column.field if self.exact else ""}
        fields = dict.fromkeys(s.column.field for s in self.scores if s.value > 0.25 and s.column.field not in full)
        return tuple(fields)[:_OFFERED]

    def _mapping(
        self, treatment: Treatment, confidence: float, column: Column | None = None, alternatives: tuple[str, ...] = ()
    ) -> ColumnMapping:
        field = column.field if column else ""
        return ColumnMapping(self.header.letter, self.header.text, field, confidence, treatment, alternatives, column)


def _fields_of(likes: Sequence[Likeness], register: Register) -> list[Likeness]:
    """Return the likeness to every column that fills a field, 0 for those not alike at all (values may still tell)."""
    known = {id(like.column): like for like in likes}
    return [
        known.get(id(c), Likeness(c, 0.0, exact=False)) for c in register.columns if c.role in _FIELDS and not c.rides
    ]


def _best(likes: Sequence[Likeness], role: str) -> Likeness | None:
    return max(
        (like for like in likes if like.column.role == role), key=lambda like: (like.exact, like.value), default=None
    )


def _keeps_no_person(column: Column) -> bool:
    """Whether a column of persons' data is read for a pseudonym or a community only."""
    return column.role == "identity" or (isinstance(column, Link) and column.personal)
