"""Which register a table is, and what each of its columns means.

Headers are compared with the wordings that the schema knows, and the values with what a column expects; then all columns of a
sheet are assigned at once, so that no two fill one field. What tells of persons is dropped, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
import polars as pl

from graph.decisions import IGNORED
from graph.errors import UnknownRegisterError
from graph.kinds import Register, Schema
from graph.names import normalize
from graph.schema import SCHEMA
from graph.texts import NOTHING, Said
from loaders.formats.raw_sheet import column_letter, plain_name
from loaders.headers import header_figures as figures
from loaders.headers.beside import find_refused_header, is_wider, read_beside, surer_beside, wider_registers
from loaders.headers.evidence import NO_EVIDENCE, ColumnEvidence, look_at
from loaders.headers.mapping import ColumnMapping, SheetQuestion, TableMapping
from loaders.headers.meaning import Reading, Score
from loaders.headers.people_in_rows import has_names, has_persons, tell_roll
from loaders.headers.recognition import RegisterStanding, find_spoken, is_named, rank_registers, title_share
from loaders.headers.short_names import find_short_names
from loaders.headers.shown_conditions import names_condition
from loaders.headers.understanding import ask_all, explain, missing_required, offer_missing, rate
from loaders.headers.verdict import (
    Hypothesis,
    Witness,
    distinction,
    find_objections,
    find_other_matter,
    has_own_key,
    is_last_resort,
    is_promising,
    lists_matters,
    order,
    tell_objections,
    tells_by_row,
)
from loaders.sheets.table_finder import Header, Table
from loaders.sheets.turned import TURNED, is_turned
from loaders.vocabulary.header_words import Vocabulary, vocabulary_of
from loaders.vocabulary.personal_headers import find_refusal, is_personal_header
from loaders.vocabulary.wording import normalize_header


def prepare(schema: Schema) -> None:
    """Get ready what mapping needs once in a process: the vocabulary of a schema, and the solver."""
    vocabulary_of(schema)
    _assign(())


def map_table(
    table: Table, schema: Schema, decisions: Mapping[tuple[str, str], str] | None = None, register: str = ""
) -> TableMapping:
    """Return which register a table is and what its columns mean, by headers, values and what people decided.

    `decisions` maps (register, header) to a field, or to `ignored`; `register` is what somebody said that the table is, or `ignored`.
    """
    words = vocabulary_of(schema)
    if is_turned(table, words):
        return TableMapping(None, 0.0, (), TURNED, refused=False)
    texts = (table.title, table.sheet, plain_name(table.file).rsplit(".", 1)[0])
    titles = tuple(zip(map(words.translate_title, texts), figures.TITLE_WEIGHTS, strict=True))
    evidence = {h.letter: look_at(table.body[h.letter]) for h in table.headers}
    return _Mapper(words, table.headers, titles, evidence, decisions or {}, table.body).map(register)


def map_headers(headers: Sequence[str], register: str | None = None, title: str = "") -> pl.DataFrame:
    """Return what headers mean, by their wording alone.

    The frame has header, register, field, confidence, treatment (mapped | dropped_personal | ignored | asked) and alternatives.
    Without `register` the likeliest one is taken, by the headers and the `title`; where it is hardly likely, every column that it
    would fill is asked about, and where no register is even that, it is null. Raises UnknownRegisterError for a wrong name.
    """
    known = [r.name for r in SCHEMA.registers]
    if register is not None and register not in known:
        raise UnknownRegisterError(name=register, known="、".join(known))
    lettered = tuple(Header(column_letter(i), header) for i, header in enumerate(headers))
    mapper = _Mapper(vocabulary_of(SCHEMA), lettered, ((title, 1.0),), {}, {})
    mapping = mapper.map() if register is None else mapper.map_as(SCHEMA.register(register))
    likely = mapping.register or mapping.nearest
    name = likely.name if likely else None
    rows = [
        (c.header, name, c.field or None, round(c.confidence, 3), c.treatment, list(c.alternatives))
        for c in mapping.columns
    ]
    types = {
        "header": pl.String,
        "register": pl.String,
        "field": pl.String,
        "confidence": pl.Float64,
        "treatment": pl.String,
    }
    return pl.DataFrame(rows, schema=types | {"alternatives": pl.List(pl.String)}, orient="row")


class _Mapper:
    def __init__(
        self,
        words: Vocabulary,
        headers: Sequence[Header],
        titles: Sequence[tuple[str, float]],
        evidence: Mapping[str, ColumnEvidence],
        decisions: Mapping[tuple[str, str], str],
        body: pl.DataFrame | None = None,
    ) -> None:
        self.body = body
        self.words, self.headers, self.titles, self.evidence = words, headers, titles, evidence
        self.decisions = {(name, normalize_header(header)): field for (name, header), field in decisions.items()}

    def map(self, said: str = "") -> TableMapping:
        """Recognise the register, unless somebody said which it is, and map the columns."""
        texts = [h.text for h in self.headers if h.text]
        standings = rank_registers(texts, self.titles, self.words)
        refusal = find_refusal(texts, [title for title, _ in self.titles], _is_roll(standings))
        if refusal:
            return TableMapping(None, 0.0, self._without_register(), refusal, refused=True)
        if said == IGNORED:
            reason = Said("已说明不是登记表", "somebody said that it is no register")
            return TableMapping(None, 0.0, self._without_register(), reason, refused=False)
        if said:
            return self._map_said(self.words.schema.register(said))
        if not standings:
            return TableMapping(None, 0.0, self._without_register(), Said("没有登记表", "no registers"), refused=False)
        return self._recognise(standings, texts)

    def _recognise(self, standings: Sequence[RegisterStanding], texts: Sequence[str]) -> TableMapping:
        written = [*texts, *(title for title, _ in self.titles)]
        share = title_share(standings)
        mapped = [(s, self.map_as(s.register)) for s in self._likely(standings)]
        tried = [Hypothesis(s, mapping, rate(s, mapping, written, share)) for s, mapping in mapped]
        seen = Witness(
            self.titles,
            self.evidence,
            has_persons(self.headers, self.evidence, self.words),
            has_names(self.headers, self.evidence, self.words),
        )
        lacks = {
            one.register.name: figures.LACKING * (self._lacks_proof(one.register) or lists_matters(one, seen))
            for one in tried
        }
        best, *others = sorted(tried, key=lambda one: order(one, tried, seen) + lacks[one.register.name])
        other = find_other_matter(best, self.titles)
        if other and not self._is_said(best.register) and not tells_by_row(best, seen):
            reason = Said(
                "标题说的是“{what}”，没有这样的登记表", "the title speaks of “{what}”, of which no register is made"
            )
            return TableMapping(None, best.worth, self._without_register(), reason.fill(what=other), refused=False)
        best, rest = self._prefer_named(best, others, seen)
        against = self._find_objections(best, rest, seen)
        if against:
            return self._ask(best, rest, against)
        mapping = self._widen(best.mapping, best.register)
        return self._finish(replace(mapping, confidence=min(best.worth, 1.0)))

    def _likely(self, standings: Sequence[RegisterStanding]) -> list[RegisterStanding]:
        """Return the likeliest registers, and one of persons of whom a column says row by row that they are its people (政治面貌)."""
        first = list(standings[: figures.TRIED])
        headers = [normalize_header(h.text) for h in self.headers]
        if not has_names(self.headers, self.evidence, self.words) or any(s.register.is_of_persons for s in first):
            return first
        shown = (r for r in self.words.schema.registers if r.shown_by is not None and r.shown_by.tells_by_row(headers))
        known = {s.register.name: s for s in standings}
        return first + [known.get(r.name, _stand(r)) for r in shown][:1]

    def _prefer_named(
        self, best: Hypothesis, others: Sequence[Hypothesis], seen: Witness
    ) -> tuple[Hypothesis, Sequence[Hypothesis]]:
        """Return the likeliest register and the others: where its key is only guessed, that one which the title names better."""
        titled = max(others, key=lambda one: one.standing.title, default=best)
        rest = [best, *(one for one in others if one is not titled)]
        better = best.guesses and titled.is_named and titled.standing.title > best.standing.title
        if better and not self._find_objections(titled, rest, seen):
            return titled, rest
        return best, others

    def _find_objections(self, best: Hypothesis, others: Sequence[Hypothesis], seen: Witness) -> list[Said]:
        """Return what speaks against the likeliest register; where people said what its headers mean, only that a column is missing."""
        missing = missing_required(best.mapping)
        if missing:
            return [_tell_missing(missing)]
        if self._is_said(best.register):
            return []
        named = is_named(best.standing) or distinction(best) >= figures.DISTINCT or has_own_key(best, others)
        least = figures.RECOGNIZED if named else figures.UNNAMED
        least = 0.0 if tells_by_row(best, seen) else least  # each row says of itself whether it is the register's
        if best.worth < least:
            return [Said("认得的列太少", "too few of its columns are known")]
        return find_objections(best, others, seen)

    def _lacks_proof(self, register: Register) -> bool:
        """Whether a sheet lacks whatever could show that its persons are the register's."""
        proof = register.shown_by
        titles = [normalize(title) for title, _ in self.titles]
        headers = [normalize_header(h.text) for h in self.headers]
        return proof is not None and not proof.may_show(titles, headers)

    def _finish(self, mapping: TableMapping) -> TableMapping:
        """Return the mapping with those of the registers that read its rows once more; refused where the rows are about persons."""
        texts = [h.text for h in self.headers if h.text]
        refused = find_refused_header(mapping.register, texts) if mapping.register else ""
        if refused:
            reason = Said(f"“{refused}”一栏", f"the column “{refused}”")
            return TableMapping(None, 0.0, self._without_register(), reason, refused=True)
        return self._leave_to(read_beside(mapping, self.map_as), mapping)

    def _leave_to(self, beside: tuple[TableMapping, ...], mapping: TableMapping) -> TableMapping:
        """Return the mapping with what reads its rows once more, without the columns of which that is surer: what is wanted is not made."""
        found = replace(self._without(surer_beside(mapping, beside), mapping), beside=beside)
        if beside and missing_required(
            found
        ):  # nothing is left that would be made: the rows are the other register's alone
            first = next(part.register for part in beside if part.register)
            return replace(self.map_as(first), confidence=mapping.confidence)
        return found

    def _without(self, letters: frozenset[str], mapping: TableMapping) -> TableMapping:
        """Return the mapping of the same register with some columns left out."""
        others = copy(self)
        others.headers = [h for h in self.headers if h.letter not in letters]
        mapped = others.map_as(mapping.register).columns if letters and mapping.register else mapping.columns
        columns = {c.letter: c for c in (*self._without_register(), *mapped)}
        return replace(mapping, columns=tuple(columns[h.letter] for h in self.headers))

    def _map_said(self, register: Register) -> TableMapping:
        """Map the columns of a sheet of which somebody said which register it is; where a required one is missing, that is asked."""
        mapping = self.map_as(register)
        if not missing_required(mapping):
            return self._finish(mapping)
        reason, columns = explain(RegisterStanding(register, 1.0, 1.0, 1.0, ()), mapping), offer_missing(mapping)
        question = SheetQuestion((register.name,), reason)
        return TableMapping(None, 1.0, columns, reason, refused=False, nearest=register, question=question)

    def _is_said(self, register: Register) -> bool:
        """Whether somebody said what a header of the sheet means in a register."""
        keys = ((register.name, normalize_header(h.text)) for h in self.headers)
        return any(self.decisions.get(key, IGNORED) != IGNORED for key in keys)

    def _ask(self, best: Hypothesis, others: Sequence[Hypothesis], against: Sequence[Said]) -> TableMapping:
        """Return the mapping of a sheet that is taken for no register yet: what it may be, and what its columns would be then.

        Where a title names the register and only a column is missing, that is the question; else every column is one.
        """
        likely = [one for one in (best, *others) if is_promising(one)]
        if best.guesses:  # then the title knows better than the columns
            likely.sort(key=lambda one: -one.standing.title if one.is_named else 0.0)
        likely = self._hear_titles(likely) or [one for one in (best,) if is_last_resort(one)]
        if not likely:
            reason = tell_roll(self.headers, self.evidence) or explain(best.standing, best.mapping)
            return TableMapping(None, best.worth, self._without_register(), reason, refused=False)
        first, *rest = likely
        plain = first is best and bool(missing_required(best.mapping)) and best.worth >= figures.UNNAMED
        columns = first.mapping.columns if plain else ask_all(first.mapping.columns)
        if first is not best:
            missing = missing_required(first.mapping)
            against = [_tell_missing(missing) if missing else Said("认得的列太少", "too few of its columns are known")]
        reason = tell_objections(first, against)
        question = SheetQuestion((first.register.name, *(one.register.name for one in rest)), reason)
        return TableMapping(None, best.worth, columns, reason, refused=False, nearest=first.register, question=question)

    def _lists_matters(self, register: Register) -> bool:
        made = Hypothesis(_stand(register), self.map_as(register), 0.0)
        return lists_matters(made, Witness(self.titles, self.evidence, False))

    def _hear_titles(self, likely: list[Hypothesis]) -> list[Hypothesis]:
        """Return the registers that a sheet may be with that first of which its titles speak, though few of its columns are known."""
        spoken = [r for r in find_spoken(self.titles, self.words.schema.registers) if not self._lists_matters(r)]
        known = [one for one in likely if one.register in spoken]
        sure = likely and likely[0].worth >= figures.HEARD
        # A title that sounds as much like the register which the columns suggest speaks of no other (在职党员…报到登记).
        alike = known and known[0].standing.title <= likely[0].standing.title
        if not spoken or sure or alike:
            return likely
        made = (Hypothesis(_stand(r), self.map_as(r), 0.0) for r in spoken) if not known else ()
        heard = known[:1] or [one for one in made if any(c.treatment == "mapped" for c in one.mapping.columns)][:1]
        return [*heard, *(one for one in likely if one not in heard)]

    def _widen(self, mapping: TableMapping, register: Register) -> TableMapping:
        """Return the mapping of a register that lets this one read the sheet beside it, where that understands more of it."""
        all_wider = map(self.map_as, wider_registers(register, self.words.schema))
        wider = (self._without(surer_beside(m, (mapping,)), m) for m in all_wider)
        return next((m for m in wider if not missing_required(m) and is_wider(m, mapping)), mapping)

    def map_as(self, register: Register) -> TableMapping:
        """Map the columns as those of one register."""
        rows = [self._read(header, register) for header in self.headers]
        chosen = _assign(rows)
        contested = _find_contested(rows, chosen)
        taken = {i: s for i, s in chosen.items() if rows[i].takes(s) and (i not in contested or rows[i].decided)}
        taken |= _take_left_over(rows, taken, register)
        taken |= self._take_short_names(rows, taken, register)
        filled = {score.column.field for score in taken.values()}
        told = filled | {c.field for c in register.columns if c.role == "items" and c.rides in filled}
        needed = [c.field for c in register.columns if c.required and not c.rides and c.field not in told]
        columns = tuple(row.decide(taken.get(i), filled, needed) for i, row in enumerate(rows))
        return TableMapping(register, 1.0, columns, NOTHING, refused=False)

    def _take_short_names(
        self, rows: Sequence[Reading], taken: Mapping[int, Score], register: Register
    ) -> dict[int, Score]:
        """Return the column that is left over and holds short forms of the names that another column holds."""
        short = next((c for c in register.columns if c.field == "short_name"), None)
        filled = {score.column.field: rows[i].header.letter for i, score in taken.items()}
        if self.body is None or short is None or "short_name" in filled or "name" not in filled:
            return {}
        free = {rows[i].header.letter: i for i in range(len(rows)) if i not in taken and rows[i].may_be_left_over}
        found = find_short_names(self.body, filled["name"], free)
        return {free[found]: Score(short, figures.MAPPED, exact=False)} if found else {}

    def _read(self, header: Header, register: Register) -> Reading:
        decided = self.decisions.get((register.name, normalize_header(header.text)))
        return Reading(header, self.evidence.get(header.letter, NO_EVIDENCE), register, self.words, decided)

    def _without_register(self) -> tuple[ColumnMapping, ...]:
        found = []
        for h in self.headers:
            personal = is_personal_header(h.text) or self.evidence.get(h.letter, NO_EVIDENCE).is_personal
            found.append(
                ColumnMapping(h.letter, h.text, "", 0.0, "dropped_personal" if personal else "ignored", (), None)
            )
        return tuple(found)


def _stand(register: Register) -> RegisterStanding:
    return RegisterStanding(register, 0.0, 0.0, 0.0, ())


def _assign(rows: Sequence[Reading]) -> dict[int, Score]:
    """Return the best assignment of headers to fields as a whole; a known wording never yields its field to a likeness."""
    from scipy.optimize import linear_sum_assignment  # a slow import: `prepare` makes it while files are read

    fields = sorted({s.column.field for row in rows for s in row.scores})
    if not fields:
        return {}
    gains = np.zeros((len(rows), len(fields)))
    scores: dict[tuple[int, str], Score] = {}
    for i, row in enumerate(rows):
        for score in row.scores:
            known = scores.get((i, score.column.field))
            if (score.value >= figures.ASKED or row.decided) and (known is None or score.value > known.value):
                scores[i, score.column.field] = score
                firm = 2.0 if row.decided else float(score.exact)
                # Of two equally good columns the left one is taken.
                gains[i, fields.index(score.column.field)] = (
                    firm
                    + (score.value + figures.NEEDED_GAINS * score.column.required) ** figures.STEEP
                    + figures.CONDITION_FIRST * names_condition(row.register, row.header.text)
                    - figures.LEFT_FIRST * i
                )
    chosen = zip(*linear_sum_assignment(gains, maximize=True), strict=True)
    return {int(i): scores[int(i), fields[f]] for i, f in chosen if gains[i, f] > 0}


def _tell_missing(headers: Sequence[str]) -> Said:
    return Said("缺：{what}", "it lacks: {what}").fill(what="、".join(headers))


def _take_left_over(rows: Sequence[Reading], taken: Mapping[int, Score], register: Register) -> dict[int, Score]:
    """Return the columns that alone are left for a field without which no row can be loaded."""
    found: dict[int, Score] = {}
    filled = {score.column.field for score in taken.values()}
    filled |= {c.field for c in register.columns if c.role == "items" and c.rides in filled}
    for column in (c for c in register.columns if c.required and not c.rides and c.field not in filled):
        free = (i for i in range(len(rows)) if i not in taken and i not in found)
        claims = sorted(((claim, i) for i in free if (claim := rows[i].claim(column)) is not None), reverse=True)
        if claims and (len(claims) == 1 or claims[0][0] - claims[1][0] >= figures.LEFT_OVER_BY):
            value = min(max(claims[0][0], figures.LEFT_OVER), figures.UNEXPLAINED)
            found[claims[0][1]] = Score(column, value, exact=False)
    return found


def _find_contested(rows: Sequence[Reading], chosen: Mapping[int, Score]) -> set[int]:
    """Return the columns that were given a field which another column, given none, might fill just as well."""
    free = [row for i, row in enumerate(rows) if i not in chosen and row.exact is None and not row.is_personal]
    rivals: dict[str, float] = {}
    for score in (score for row in free for score in row.scores[:1]):
        rivals[score.column.field] = max(score.value, rivals.get(score.column.field, 0.0))
    return {
        i
        for i, score in chosen.items()
        if not (score.exact or score.column.required)
        and rivals.get(score.column.field, 0.0) > score.value - figures.CONTESTED
    }


def _is_roll(standings: Sequence[RegisterStanding]) -> bool:
    """Whether a sheet looks most like a register of people."""
    identified = any(column.role == "identity" for standing in standings[:1] for column in standing.register.columns)
    return identified and standings[0].coverage > figures.RECOGNIZED
