"""Which register a table is, and what each of its columns means.

Headers are compared with the wordings that the schema knows, and the values with what a column expects; then all columns of a
sheet are assigned at once, so that no two fill one field. What tells of persons is dropped, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy.optimize import linear_sum_assignment

from graph.errors import UnknownRegisterError
from graph.kinds import Column, Link, Register, Schema
from graph.schema import SCHEMA
from loaders.evidence import NO_EVIDENCE, Evidence, fit, look_at
from loaders.mapping import ColumnMapping, TableMapping
from loaders.personal_headers import find_refusal, is_personal_header, is_phone_header
from loaders.recognition import Likeness, Standing, is_named, is_other_list, likenesses, rank_registers
from loaders.sheet import column_letter
from loaders.tables import Header, Table
from loaders.vocabulary import Vocabulary, vocabulary_of
from loaders.wording import header_parts, normalize_header

MAPPED = 0.75  # score from which a wording is taken without asking
CLEAR = 0.66  # the same, where no other field comes near
ASKED = 0.5  # score from which a person is asked
RECOGNIZED = 0.42  # score from which a sheet is a register
UNNAMED = 0.5  # the same, where no title sounds like it
_NEAR = 3  # registers whose columns are tried; alternatives that are offered
IGNORED = "ignored"
_FIELDS = frozenset({"value", "link", "office", "identity"})


def map_table(table: Table, schema: Schema, decisions: Mapping[tuple[str, str], str] | None = None) -> TableMapping:
    """Return which register a table is and what its columns mean, by headers, values and what people decided.

    `decisions` maps (register, header) to a field, or to `ignored`.
    """
    titles = ((table.title, 1.0), (table.sheet, 0.9), (table.file.rsplit(".", 1)[0], 0.85))
    evidence = {h.letter: look_at(table.body[h.letter]) for h in table.headers}
    return _Mapper(vocabulary_of(schema), table.headers, titles, evidence, decisions or {}).map()


def map_headers(headers: Sequence[str], register: str | None = None, title: str = "") -> pl.DataFrame:
    """Return what headers mean, by their wording alone.

    The frame has header, register, field, confidence, treatment (mapped | dropped_personal | ignored | asked) and alternatives.
    Without `register` the likeliest one is taken, by the headers and the `title`. Raises UnknownRegisterError for a wrong name.
    """
    known = [r.name for r in SCHEMA.registers]
    if register is not None and register not in known:
        raise UnknownRegisterError(name=register, known="、".join(known))
    lettered = tuple(Header(column_letter(i), header) for i, header in enumerate(headers))
    mapper = _Mapper(vocabulary_of(SCHEMA), lettered, ((title, 1.0),), {}, {})
    mapping = mapper.map() if register is None else mapper.map_as(SCHEMA.register(register))
    name = mapping.register.name if mapping.register else None
    rows = [(c.header, name, c.field or None, round(c.confidence, 3), c.treatment, list(c.alternatives)) for c in mapping.columns]
    types = {"header": pl.String, "register": pl.String, "field": pl.String, "confidence": pl.Float64, "treatment": pl.String}
    return pl.DataFrame(rows, schema=types | {"alternatives": pl.List(pl.String)}, orient="row")


@dataclass(frozen=True)
class _Score:
    """How well a header and its values fit a column of the register."""

    column: Column
    value: float
    exact: bool


class _Mapper:
    def __init__(
        self,
        words: Vocabulary,
        headers: Sequence[Header],
        titles: Sequence[tuple[str, float]],
        evidence: Mapping[str, Evidence],
        decisions: Mapping[tuple[str, str], str],
    ) -> None:
        self.words, self.headers, self.titles, self.evidence = words, headers, titles, evidence
        self.decisions = {(name, normalize_header(header)): field for (name, header), field in decisions.items()}

    def map(self) -> TableMapping:
        """Recognise the register and map the columns."""
        texts = [h.text for h in self.headers if h.text]
        standings = rank_registers(texts, self.titles, self.words)
        best = standings[0] if standings else None
        of_members = best is not None and any(c.role == "identity" for c in best.register.columns) and best.coverage > RECOGNIZED
        refusal = find_refusal(texts, [title for title, _ in self.titles], of_members)
        if refusal:
            return TableMapping(None, 0.0, self._without_register(), refusal, refused=True)
        tried = [(self._adjust(s, mapping), s, mapping) for s in standings[:_NEAR] for mapping in (self.map_as(s.register),)]
        if not tried:
            return TableMapping(None, 0.0, self._without_register(), "没有登记表 / no registers", refused=False)
        score, standing, mapping = max(tried, key=lambda t: t[0])
        missing = _missing_required(mapping)
        enough = RECOGNIZED if is_named(standing) else UNNAMED
        if score < enough or missing or is_other_list(standing, self.titles):
            return TableMapping(None, score, self._without_register(), _explain(standing, mapping, missing), refused=False)
        return replace(mapping, confidence=min(score, 1.0))

    def _adjust(self, standing: Standing, mapping: TableMapping) -> float:
        understood = sum(c.treatment in {"mapped", "dropped_personal"} for c in mapping.columns) / max(len(self.headers), 1)
        return standing.score + 0.1 * understood - (0.3 if _missing_required(mapping) else 0.0)

    def map_as(self, register: Register) -> TableMapping:
        """Map the columns as those of one register."""
        rows = [_Row(h, self.evidence.get(h.letter, NO_EVIDENCE), register, self) for h in self.headers]
        chosen = _assign(rows)
        columns = tuple(row.decide(chosen.get(i), chosen) for i, row in enumerate(rows))
        return TableMapping(register, 1.0, columns, "", refused=False)

    def _without_register(self) -> tuple[ColumnMapping, ...]:
        found = []
        for h in self.headers:
            personal = is_personal_header(h.text) or self.evidence.get(h.letter, NO_EVIDENCE).is_personal
            found.append(ColumnMapping(h.letter, h.text, "", 0.0, "dropped_personal" if personal else "ignored", (), None))
        return tuple(found)


class _Row:
    """A header as seen by one register: what it could mean, and what it must not mean."""

    def __init__(self, header: Header, evidence: Evidence, register: Register, mapper: _Mapper) -> None:
        self.header, self.evidence, self.register = header, evidence, register
        likes = likenesses(header.text, register, mapper.words) if header.text else []
        self.decided = mapper.decisions.get((register.name, normalize_header(header.text)))
        self.aside = {role: _best(likes, role) for role in ("personal", "ignored")}
        self.scores = sorted((self._score(like) for like in _fields_of(likes, register)), key=lambda s: -s.value)
        self.exact = next((s for s in self.scores if s.exact), None)
        self.is_personal = self._is_personal(mapper.words)
        self.scores = [s for s in self.scores if self._may_be(s)]

    def _score(self, like: Likeness) -> _Score:
        if like.exact:
            return _Score(like.column, like.value, exact=True)
        suits, alone = fit(like.column, self.register, self.evidence)
        value = like.value + (0.3 * alone * suits if suits > 0 else 0.3 * suits)
        if suits > 0.8 and alone >= 0.9:  # noqa: PLR2004 -- values that nothing else looks like
            value = max(value, 0.6 + 0.2 * alone)
        return _Score(like.column, min(max(value, 0.0), 0.94), exact=False)

    def _is_personal(self, words: Vocabulary) -> bool:
        """Whether the column is dropped: by its header (each level of it counts) or by its values."""
        whole = normalize_header(self.header.text)
        roles = {w.column.role for w in words.by_register[self.register.name] if w.form == whole}
        own = bool(roles) and not roles & {"personal", "identity"}
        personal = {w.form for w in words.by_register[self.register.name] if w.column.role in {"personal", "identity"}}
        has_office = any(c.role == "office" for c in self.register.columns)
        if not own and not has_office and is_phone_header(self.header.text):
            return True  # where no office's line is kept, every telephone is a person's
        if not own and (is_personal_header(self.header.text) or any(part in personal for part in header_parts(self.header.text))):
            return True
        if self.exact is None:
            aside = self.aside["personal"]
            alike = aside is not None and aside.value >= MAPPED and aside.value >= max((s.value for s in self.scores), default=0.0)
            return self.evidence.is_personal or alike
        # A known header over persons' data: an office's phone column sheds its mobiles itself, other columns go as a whole.
        numbers = self.evidence.share("mobile", "national") >= 0.8  # noqa: PLR2004
        names = self.evidence.is_person and self.evidence.share("person") >= 0.9  # noqa: PLR2004
        return self.exact.column.role != "office" and (numbers or names)

    def _may_be(self, score: _Score) -> bool:
        if self.decided is not None:
            return score.column.field == self.decided
        return not self.is_personal or _keeps_no_person(score.column)

    def decide(self, chosen: _Score | None, taken: Mapping[int, _Score]) -> ColumnMapping:
        """Return what becomes of the column, given what it was assigned."""
        if self.decided == IGNORED:
            return self._mapping("ignored", 1.0)
        if chosen is not None and (self._is_sure(chosen, taken) or self.decided):
            dropped = chosen.column.role == "identity" or (isinstance(chosen.column, Link) and chosen.column.personal)
            return self._mapping("dropped_personal" if dropped else "mapped", chosen.value, chosen.column)
        if self.is_personal:
            return self._mapping("dropped_personal", 1.0 if self.aside["personal"] else 0.9)
        ignored = self.aside["ignored"]
        best = self.scores[0].value if self.scores else 0.0
        if ignored is not None and (ignored.exact or ignored.value >= max(best, MAPPED)):
            return self._mapping("ignored", ignored.value)
        offered = self._alternatives(taken)
        if self.exact is not None or not self.header.text:
            return self._mapping("ignored", best, alternatives=offered[:1])  # the field has a better column
        return self._mapping("asked" if offered and best >= ASKED else "ignored", best, alternatives=offered if best >= ASKED else ())

    def _is_sure(self, chosen: _Score, taken: Mapping[int, _Score]) -> bool:
        """Whether an assignment needs no question: likely enough, or likely and without a rival among the fields still free."""
        if chosen.value >= MAPPED:
            return True
        gone = {s.column.field for s in taken.values() if s.exact} | {chosen.column.field}
        rival = max((s.value for s in self.scores if s.column.field not in gone), default=0.0)
        return chosen.value >= CLEAR and rival < chosen.value - 0.15  # noqa: PLR2004

    def _alternatives(self, taken: Mapping[int, _Score]) -> tuple[str, ...]:
        full = {s.column.field for s in taken.values() if s.exact} - {self.exact.column.field if self.exact else ""}
        fields = dict.fromkeys(s.column.field for s in self.scores if s.value > 0.25 and s.column.field not in full)  # noqa: PLR2004
        return tuple(fields)[:_NEAR]

    def _mapping(
        self, treatment: str, confidence: float, column: Column | None = None, alternatives: tuple[str, ...] = ()
    ) -> ColumnMapping:
        field = column.field if column else ""
        return ColumnMapping(self.header.letter, self.header.text, field, confidence, treatment, alternatives, column)  # type: ignore[arg-type]


def _fields_of(likes: Sequence[Likeness], register: Register) -> list[Likeness]:
    """Return the likeness to every column that fills a field, 0 for those not alike at all (values may still tell)."""
    known = {id(like.column): like for like in likes}
    return [known.get(id(c), Likeness(c, 0.0, exact=False)) for c in register.columns if c.role in _FIELDS and not c.rides]


def _best(likes: Sequence[Likeness], role: str) -> Likeness | None:
    return max((like for like in likes if like.column.role == role), key=lambda like: (like.exact, like.value), default=None)


def _keeps_no_person(column: Column) -> bool:
    """Whether a column of persons' data is read for a pseudonym or a community only."""
    return column.role == "identity" or (isinstance(column, Link) and column.personal)


def _assign(rows: Sequence[_Row]) -> dict[int, _Score]:
    """Return the best assignment of headers to fields as a whole; a known wording never yields its field to a likeness."""
    fields = sorted({s.column.field for row in rows for s in row.scores})
    if not fields:
        return {}
    gains = np.zeros((len(rows), len(fields)))
    scores: dict[tuple[int, str], _Score] = {}
    for i, row in enumerate(rows):
        for score in row.scores:
            known = scores.get((i, score.column.field))
            if (score.value >= ASKED or row.decided) and (known is None or score.value > known.value):
                scores[i, score.column.field] = score
                firm = 2.0 if row.decided else float(score.exact)
                # Of two equally good columns the left one is taken.
                gains[i, fields.index(score.column.field)] = firm + score.value - 1e-6 * i
    chosen = zip(*linear_sum_assignment(gains, maximize=True), strict=True)
    return {int(i): scores[int(i), fields[f]] for i, f in chosen if gains[i, f] > 0}


def _missing_required(mapping: TableMapping) -> tuple[str, ...]:
    register = mapping.register
    if register is None:
        return ()
    found = {c.field for c in mapping.columns if c.column is not None}
    needed = [c for c in register.columns if c.required and not c.rides and c.field not in found]
    identities = [c for c in register.columns if c.role == "identity"]
    if identities and not any(c.field in found for c in identities if c.field != "birth"):
        needed.append(identities[0])
    return tuple(dict.fromkeys(c.headers[0] for c in needed))


def _explain(standing: Standing, mapping: TableMapping, missing: tuple[str, ...]) -> str:
    found = [c.header for c in mapping.columns if c.treatment == "mapped"][:6]
    has, lacks = "、".join(found) or "—", "、".join(missing) or "—"
    return (
        f"不是已知的登记表；最接近“{standing.register.zh}”（有：{has}；缺：{lacks}）"
        f" / no known register; nearest “{standing.register.en}” (found: {has}; missing: {lacks})"
    )
