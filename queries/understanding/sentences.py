"""Which question a sentence asks, and about what; where that is not plain, the questions that it may ask, to ask back.

A sentence is read in steps: names and values of the graph, days and a period, numbers, services and products, and the words that are
left, said plainly. A question is as likely as its likest phrase and as how much of the sentence it has to do with by its profile; what
the sentence says and the question cannot take counts against it. No question is taken unless it is well ahead of the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import RequestError
from graph.texts import Said
from queries.answers.arguments import Argument
from queries.answers.catalogue import Question, catalogue
from queries.reading.period import Period
from queries.understanding.misspelt_names import find_misspelt
from queries.understanding.named_arguments import (
    ANYTHING,
    AREAS,
    COMING,
    COMPARED_DAY,
    DAY,
    LAST_DAY,
    MEASURED,
    TIME,
    find_options,
    kinds_of,
)  # fmt: skip
from queries.understanding.phrase_words import FILLER, ConceptVocabulary, Phrase, normalize_sentence, read_vocabulary
from queries.understanding.plain_words import say_plainly
from queries.understanding.question_profiles import SLOT, read_profiles, split_features
from queries.understanding.said_days import SaidDays, read_days_in
from queries.understanding.said_names import HOLE, SaidThing, read_names_in
from queries.understanding.said_numbers import read_numbers_in, write_number
from queries.understanding.said_subjects import fill_free_text, find_subjects
from queries.understanding.said_times import SaidPeriod, read_period_in

if TYPE_CHECKING:
    from graph.graph import Graph

ENOUGH, PLAIN = 0.33, 0.5  # the least score of a sure reading, and of one of which enough was understood
AHEAD, FAR_AHEAD = 0.77, 0.7  # what the next may have of a plain score, and of one that is not
GUESSED = 0.7  # what a reading counts that rests on words which nobody knows as what is looked for
PHRASED = 0.4  # what the likest phrase counts; the rest is how much of the sentence the question has to do with
WORTH_ASKING = 0.15  # from this score on a question is among those asked back
MOST_ASKED = 4
UNKNOWN_WEIGHT = 0.3  # of a character that is no known word
LONGEST = 200
UNIT_WORD = "单位"
FALLBACK = "search"  # it finds names, and is never what a sentence asks
_AGAINST = {"name": 0.55, "period": 0.8, "value": 0.85, "number": 0.9}  # what the question cannot take
# A name in a place for anything or for any unit, where another question has one for just its kind; an argument still needed.
_WIDEST, _WIDE, _LACKING = 0.75, 0.87, 0.8
_DENIED, _DENIES = 0.6, 0.85  # only the phrase says "not"; only the sentence does
NOT = "not"
_ONLY_IF_SAID = {"why_not": "why", "near": "around"}  # arguments that take a name only beside a word of this concept
_MISSPELT = Said("图里没有“{name}”，相近的有：{near}。", "The graph holds no “{name}”; names like it: {near}.")
_UNUSED = Said("这样读用不上“{name}”。", "Read so, “{name}” is not used.")
_UNIT_ENDINGS = ("社区", "公司", "街道", "厂", "集团", "学校", "医院", "中心")


class UnclearSentenceError(RequestError):
    """A sentence that may ask several questions, or none."""

    code = "sentence.unclear"
    zh = "{doubt}{asked}"
    en = "{doubt}{asked}"


@dataclass(frozen=True)
class AskedQuestion:
    """A question that a sentence may ask, with its arguments as texts, and those it would still need."""

    question: Question
    given: dict[str, str]
    missing: tuple[Argument, ...]
    score: float

    @property
    def said(self) -> Said:
        """Return the question as it was read: its title, and each argument with what it is."""
        arguments = {argument.name: argument for argument in self.question.arguments}
        parts = [(arguments[name].help, value) for name, value in self.given.items()]
        zh, en = ("；".join(f"{help.text(lang)}：{value}" for help, value in parts) for lang in ("zh", "en"))
        title = self.question.title
        return Said(f"{title}（{zh}）" if zh else str(title), f"{title.en} ({en})" if en else title.en)


@dataclass(frozen=True)
class Understanding:
    """What a sentence asks: the questions it may ask, the likeliest first; whether the first is meant; if not, why not."""

    asked: tuple[AskedQuestion, ...]
    is_sure: bool
    named: tuple[SaidThing, ...]
    doubt: Said | None = None


@dataclass(frozen=True)
class _SaidParts:
    """What was found in a sentence."""

    things: list[SaidThing]
    whole: str  # the sentence with holes in place of names
    period: SaidPeriod
    days: SaidDays
    numbers: list[tuple[str, float]]
    concepts: frozenset[str]
    implied: frozenset[str]  # the kinds of what is named: whoever names a community speaks of one
    unknown: tuple[str, ...]
    subjects: list[tuple[str, str]]  # services and products
    options: dict[str, tuple[str, ...]]  # values of arguments of few values
    covered: dict[str, float]  # how much of the sentence each question has to do with

    @property
    def names(self) -> list[SaidThing]:
        return [thing for thing in self.things if thing.labels]

    @property
    def values(self) -> list[SaidThing]:
        return [thing for thing in self.things if not thing.labels]


def understand(graph: Graph, sentence: str, today: date | None = None) -> Understanding:
    """Return the question that a sentence asks with its arguments, or those among which to ask back."""
    vocabulary = read_vocabulary()
    parts = _take_apart(graph, sentence[:LONGEST], vocabulary, today or graph.as_of or date.today())
    scored = sorted(_score_all(parts, vocabulary), key=lambda one: (-one.score, one.question.name))
    asked = tuple(one for one in scored[:MOST_ASKED] if one.score >= WORTH_ASKING)
    doubt = _doubt(graph, asked, parts)
    return Understanding(asked, doubt is None, tuple(parts.names), doubt)


def _take_apart(graph: Graph, sentence: str, vocabulary: ConceptVocabulary, today: date) -> _SaidParts:
    plain = normalize_sentence(sentence).strip(" ?？。.!！")
    found, rest = read_names_in(graph, plain)
    # Of what is called like an ordinary word (会议室, 平安) the word is meant.
    words = {thing.written for thing in found if thing.written in vocabulary.words}
    things = [thing for thing in found if thing.written not in words or thing.property]
    for thing in found:  # words and values stay in the sentence: they tell what is asked, too
        kept = thing.written if thing.written in words else " "
        rest = rest.replace(HOLE, kept, 1)
    whole = rest
    days, rest = read_days_in(rest, today)
    period, rest = read_period_in(rest, today)
    numbers, rest = read_numbers_in(rest)
    subjects = find_subjects(rest)
    rest = say_plainly(rest)
    concepts, unknown = vocabulary.read(rest)
    said, implied = frozenset(concepts) - {FILLER}, frozenset(_imply(graph, things, vocabulary))
    profiles = read_profiles()
    slots = _list_slots(things, period, days, numbers) | {f"{SLOT}{form}" for _, form in subjects}
    covered = dict(zip(profiles.questions, profiles.cover(split_features(rest) | slots).tolist(), strict=True))
    options = find_options(whole)
    return _SaidParts(things, whole, period, days, numbers, said, implied, tuple(unknown), subjects, options, covered)


def _imply(graph: Graph, things: list[SaidThing], vocabulary: ConceptVocabulary) -> Iterator[str]:
    for label in {label for thing in things for label in thing.labels}:
        kind = graph.schema.entity(label)
        yield vocabulary.words.get(normalize_sentence(kind.zh), FILLER)
        if kind.is_unit:
            yield vocabulary.words[UNIT_WORD]


def _score_all(parts: _SaidParts, vocabulary: ConceptVocabulary) -> Iterator[AskedQuestion]:
    questions = catalogue()
    best: dict[str, float] = {}
    said = vocabulary.weigh(parts.concepts)
    taken = {name: fill_free_text(question, parts.subjects, parts.unknown) for name, question in questions.items()}
    for phrase in vocabulary.phrases:
        text = taken[phrase.question][1]
        unknown = UNKNOWN_WEIGHT * sum(len(one) for one in parts.unknown if one != text)
        likeness = _likeness(phrase, parts, said + unknown, vocabulary)
        best[phrase.question] = max(best.get(phrase.question, 0.0), likeness)
    for name in questions:
        likeness = PHRASED * best.get(name, 0.0) + (1 - PHRASED) * parts.covered[name]
        if likeness > 0 and name != FALLBACK:
            given, against = _fill(questions[name], parts)
            argument, text = taken[name]
            if argument and argument not in given:
                given[argument] = text
                is_guess = not parts.subjects and argument in {a.name for a in questions[name].arguments if a.required}
                against *= GUESSED if is_guess else 1.0
            missing = tuple(a for a in questions[name].arguments if a.required and a.name not in given)
            yield AskedQuestion(questions[name], given, missing, likeness * against * _LACKING ** len(missing))


def _likeness(phrase: Phrase, parts: _SaidParts, said: float, vocabulary: ConceptVocabulary) -> float:
    """Return how much of what sentence and phrase weigh they share, from 0 to 1."""
    shared = vocabulary.weigh(phrase.concepts & (parts.concepts | parts.implied))
    said += vocabulary.weigh(phrase.concepts & parts.implied - parts.concepts)
    shared *= (
        _DENIED
        if NOT in phrase.concepts - parts.concepts
        else _DENIES
        if NOT in parts.concepts - phrase.concepts
        else 1.0
    )
    return phrase.trust * 2 * shared / (said + vocabulary.weigh(phrase.concepts)) if shared else 0.0


def _fill(question: Question, parts: _SaidParts) -> tuple[dict[str, str], float]:
    """Return the arguments that a sentence gives, and a factor below 1 for what the question cannot take of it."""
    given: dict[str, str] = {}
    against = 1.0
    for thing in parts.names:
        argument = _place_for(question, thing, given, parts)
        against *= _width(argument) if argument else _AGAINST["name"]
        given |= {argument.name: thing.text} if argument else {}
    known = {argument.name: argument for argument in question.arguments}
    for thing in parts.values:
        is_taken = thing.property in known and known[thing.property].type is str
        against *= 1.0 if is_taken else _AGAINST["value"]
        given |= {thing.property: thing.text} if is_taken else {}
    against *= _fill_times(known, parts, given) * _fill_numbers(known, parts, given)
    left = [name for name in known if name in parts.options and name not in given]  # in the question's own order
    for name in left:
        value = next((value for value in parts.options[name] if _takes(known[name], value)), "")
        given |= {name: value} if value else {}
    return given, against


def _width(argument: Argument) -> float:
    """Return what a name counts in the place of an argument: less where it takes many kinds."""
    kinds = kinds_of(argument)
    return _WIDEST if kinds == (ANYTHING,) else _WIDE if len(kinds) > 1 else 1.0


def _takes(argument: Argument, value: str) -> bool:
    """Tell whether an argument may have a value of the table of options."""
    return argument.type is bool or argument.is_list or argument.type is str or value in argument.choices


def _fill_times(known: dict[str, Argument], parts: _SaidParts, given: dict[str, str]) -> float:
    """Give the arguments that take a period, a day or hours; return a factor below 1 for what the question cannot take."""
    against = 1.0
    if parts.period.text:
        period = next((name for name, argument in known.items() if argument.type is Period), "")
        against *= 1.0 if period else _AGAINST["period"]
        given |= {period: parts.period.ahead if period in COMING else parts.period.text} if period else {}
    said = (
        (parts.days.day, DAY),
        (parts.days.by, LAST_DAY),
        (parts.days.compared, COMPARED_DAY),
        (parts.days.time, TIME),
    )
    for value, names in said:
        name = next((name for name in names if name in known), "")
        if value and name:
            given[name] = value
        elif value:
            against *= _AGAINST["period"]
    return against


def _fill_numbers(known: dict[str, Argument], parts: _SaidParts, given: dict[str, str]) -> float:
    against = 1.0
    for measure, number in parts.numbers:
        name = next((name for name in MEASURED[measure] if name in known and name not in given), "")
        against *= 1.0 if name else _AGAINST["number"]
        given |= {name: write_number(number)} if name else {}
    return against


def _list_slots(
    things: list[SaidThing], period: SaidPeriod, days: SaidDays, numbers: list[tuple[str, float]]
) -> set[str]:
    """Return what a sentence says that only certain arguments take, as features of it."""
    slots = {f"{SLOT}{measure}" for measure, _ in numbers} | {
        f"{SLOT}{thing.property}" for thing in things if thing.property
    }
    told = {"period": period.text, "day": days.day or days.time, "by": days.by}
    return slots | {f"{SLOT}{name}" for name, value in told.items() if value}


def _place_for(question: Question, thing: SaidThing, given: dict[str, str], parts: _SaidParts) -> Argument | None:
    """Return the argument that takes a name: the one made for fewest kinds; an area only for what is no other argument's."""
    silent = {name for name, concept in _ONLY_IF_SAID.items() if concept not in parts.concepts}
    silent -= {"near"} if any(measure == "公里" for measure, _ in parts.numbers) else set()
    free = [a for a in question.arguments if a.name not in given and a.name not in silent - {_only_place(question)}]
    fits = [a for a in free if {ANYTHING, *thing.labels} & set(kinds_of(a))]
    ranked = sorted(fits, key=lambda a: (_is_wide(a, thing), not a.required, len(kinds_of(a))))
    return ranked[0] if ranked else None


def _only_place(question: Question) -> str:
    """Return `near` where nothing else of a question takes the name of a unit: 重二社区的志愿活动 are those near by."""
    places = [argument.name for argument in question.arguments if set(kinds_of(argument)) - set(AREAS)]
    return places[0] if places == ["near"] else ""


def _is_wide(argument: Argument, thing: SaidThing) -> bool:
    """Tell whether an argument takes a community as an area only, beside others that take it as itself."""
    return argument.name == "area" and not all(label in kinds_of(argument)[:1] for label in thing.labels)


def _doubt(graph: Graph, asked: tuple[AskedQuestion, ...], parts: _SaidParts) -> Said | None:
    """Return why the first reading is not simply taken; None where it is plain."""
    if not asked:
        return Said("没有看懂这句话。", "The sentence was not understood.")
    if found := find_misspelt(graph, parts.whole, _UNIT_ENDINGS):
        return _MISSPELT.fill(name=found[0], near="、".join(found[1]))
    strange = (one for one in parts.unknown if len(one) > 1)
    if any(
        one.endswith(_UNIT_ENDINGS) or f"{one}社区" in parts.whole or f"{one}街道" in parts.whole for one in strange
    ):
        return Said("句中像有图里没有的名称。", "The sentence seems to name what the graph does not hold.")
    first, second = asked[0].score, asked[1].score if len(asked) > 1 else 0.0
    if first < ENOUGH or second > (AHEAD if first >= PLAIN else FAR_AHEAD) * first:
        return Said("不能确定问的是哪一个问题。", "It is not certain which question is meant.")
    unused = [thing for thing in parts.names if thing.text not in asked[0].given.values()]
    if unused:
        return _UNUSED.fill(name=unused[0].written)
    if asked[0].missing:
        needed = asked[0].missing[0].help
        return Said(f"还需要说明：{needed}", f"This is needed as well: {needed.en}")
    return None
