"""Checks a decision against the graph: replaces names by ids and rejects what is impossible.

The decisions of the command line, HTTP and Python all pass here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.decided_values import clean_decided
from graph.decision_forms import UNDER
from graph.decisions import (
    IGNORED,
    Accept,
    Branch,
    ChosenWeights,
    Decision,
    Different,
    Former,
    HeaderMeaning,
    New,
    Parent,
    PutOff,
    Reject,
    Replaces,
    Same,
    SheetRegister,
    Value,
    WordMeaning,
)
from graph.documents import Document
from graph.errors import ArgumentError, UnknownEntityError, UnknownUnitError
from graph.kinds import Register
from graph.ledger_rows import LIST_KEY
from graph.names import normalize
from graph.register_names import find_register
from graph.texts import Said
from queries.matching.weights import parse_weights
from queries.pairing.learning.acceptance import parse_rate
from queries.pairing.learning.drift import parse_profile, write_profile
from queries.pairing.rules import already_accepted, forbidden
from queries.pairing.specs import SPECS, find_spec
from queries.reading.entities import read_units
from queries.reading.units import UnitRef, find_unit, is_called
from queries.reading.written_names import find_entity
from queries.words.taxonomy import load_taxonomy
from queries.work_checks import WORK, check_work

if TYPE_CHECKING:
    from graph.graph import Graph

Reading = Callable[[], AbstractContextManager["Graph"]]  # holds a graph open; not called where a decision needs none


@dataclass(frozen=True)
class Checked:
    """A decision that passed all checks, with ids in place of names, and the units or things it is about by field."""

    decision: Decision
    about: Mapping[str, UnitRef] = field(default_factory=dict)

    def as_dict(self) -> Document:
        """Return the decision with the id and name of each unit in it, as JSON answers have it."""
        units = {name: {"id": one.id, "name": one.name} for name, one in self.about.items()}
        return {"kind": self.decision.kind, **self.decision.to_payload()} | ({"units": units} if units else {})


def check_decision(decision: Decision, reading: Reading, standing: Iterable[Decision]) -> Checked:
    """Return a decision with ids in place of names; an error with advice where the graph or other decisions rule it out."""
    decision = decision.without_persons()
    if isinstance(decision, HeaderMeaning):
        return _check_header(decision)
    if isinstance(decision, SheetRegister):
        return _check_sheet(decision)
    if isinstance(decision, ChosenWeights):
        return _check_weights(decision)
    if isinstance(decision, WordMeaning):
        return _check_word(decision)
    if isinstance(decision, PutOff) and decision.point:
        return Checked(decision)
    with reading() as graph:
        if isinstance(decision, Replaces):
            return _check_lists(graph, decision)
        if isinstance(decision, Value):
            return _check_value(graph, decision)
        if isinstance(decision, New):
            return _check_new(graph, decision)
        if isinstance(decision, WORK):
            return Checked(*check_work(graph, decision, standing))
        things = isinstance(decision, Same | Different)
        about = {name: _find_party(graph, name, text, things) for name, text in decision.units.items()}
        checked = Checked(decision.with_texts({name: unit.id for name, unit in about.items()}), about)
        _check_units(graph, checked, tuple(standing))
        return checked


def _check_units(graph: Graph, checked: Checked, standing: tuple[Decision, ...]) -> None:
    *_, (last, unit) = checked.about.items()
    if len({one.id for one in checked.about.values()}) < len(checked.about):
        raise ArgumentError(argument=last, value=unit.name, reason=Said("两边是同一个单位", "both are the same unit"))
    decision = checked.decision
    if isinstance(decision, Accept | Reject | PutOff):
        _check_sides(graph, decision, checked.about)
    elif isinstance(decision, Parent | Branch):
        _check_ranks(graph, decision, checked.about, standing)
    elif isinstance(decision, Same | Former):
        _check_news(graph, decision, standing)


def _check_new(graph: Graph, decision: New) -> Checked:
    """Return the decision with its kind as the schema writes it; refused where no row names that kind, or the graph has one called so."""
    named = [e for e in graph.schema.entities if e.mention == "resolve" and not e.computed]
    kind = next((e for e in named if decision.label in {e.label, e.zh, e.en}), None)
    if kind is None:
        zh, en = _kinds(graph, [e.label for e in named])
        raise ArgumentError(argument="label", value=decision.label, reason=Said(f"应是{zh}", f"must be one of: {en}"))
    try:
        known = find_entity(graph, decision.name)
    except (UnknownUnitError, UnknownEntityError):
        return Checked(decision.with_texts({"label": kind.label}))
    if normalize(known.name) == normalize(decision.name) and known.label == kind.label:
        raise ArgumentError(argument="name", value=known.name, reason=Said("图中已有", "is in the graph already"))
    return Checked(decision.with_texts({"label": kind.label}))


def _find_party(graph: Graph, name: str, text: str, things: bool = False) -> UnitRef:
    """Return the unit that a field names, or where `things` may be meant, the venue or base; else the refusal says what it is."""
    try:
        return find_unit(graph, text)
    except UnknownUnitError as unknown:
        try:
            thing = find_entity(graph, text)
        except (UnknownUnitError, UnknownEntityError):
            raise unknown from None
        if things and graph.schema.entity(thing.label).mention == "resolve":
            return thing
        zh, en = _kinds(graph, [thing.label])
        reason = Said(f"这是{zh}，不是单位；请写单位的名称", f"is no unit ({en}); name a unit")
        raise ArgumentError(argument=name, value=thing.name, reason=reason) from unknown


def _check_sides(graph: Graph, decision: Accept | Reject | PutOff, about: Mapping[str, UnitRef]) -> None:
    """Refuse two units that no pairing proposes to each other, so that the decision would change nothing."""
    rule = already_accepted if isinstance(decision, Accept) else forbidden
    units = {entity.label for entity in graph.schema.units}
    sides = [spec.kinds or (spec.left, spec.right) for spec in SPECS.values() if rule in spec.rules]
    sides = [pair for pair in sides if units.issuperset(pair)]
    labels = [one.label for one in about.values()]
    if sorted(labels) not in [sorted(pair) for pair in sides]:
        zh, en = ("; ".join(texts) for texts in zip(*(_kinds(graph, pair, " × ") for pair in sides), strict=True))
        own_zh, own_en = _kinds(graph, labels, " × ")
        reason = Said(f"{own_zh}不能结对；双方应是：{zh}", f"{own_en} are no pair; the sides are: {en}")
        raise ArgumentError(argument="right", value=about["right"].name, reason=reason)


def _check_ranks(
    graph: Graph, decision: Parent | Branch, about: Mapping[str, UnitRef], standing: tuple[Decision, ...]
) -> None:
    """Refuse units of a kind that has no subsidiaries or branches, and a unit that would be above itself."""
    may = [entity.label for entity in graph.schema.relation(decision.relation).source]
    for name, unit in about.items():
        if unit.label not in may:
            zh, en = _kinds(graph, may)
            raise ArgumentError(argument=name, value=unit.name, reason=Said(f"应是{zh}", f"must be one of: {en}"))
    (_, lower), (name, upper) = about.items()
    if lower.id in _chain_above(upper.id, standing):
        raise ArgumentError(argument=name, value=upper.name, reason=Said("不能隶属于自己", "would be above itself"))


def _chain_above(unit: str, standing: tuple[Decision, ...]) -> set[str]:
    above = [tuple(one.units.values()) for one in standing if isinstance(one, Parent | Branch)]
    chain, new = set(), {unit}
    while new:
        chain |= new
        new = {upper for lower, upper in above if lower in new} - chain
    return chain


def _check_news(graph: Graph, decision: Same | Former, standing: tuple[Decision, ...]) -> None:
    """Refuse a name that is this unit's own, and no other's, in its register, unless somebody said that it is not."""
    name = normalize(decision.name)
    called = read_units(graph).filter(is_called(name))
    barred = any(
        isinstance(one, Different) and (normalize(one.name), one.unit) == (name, decision.unit) for one in standing
    )
    if called["id"].unique().to_list() == [decision.unit] and not barred:
        reason = Said("已是这个单位的名称，不必再说", "is this unit's name already: nothing to decide")
        raise ArgumentError(argument="name", value=decision.name, reason=reason)


def _check_sheet(decision: SheetRegister) -> Checked:
    if decision.register == IGNORED:
        return Checked(decision)
    return Checked(replace(decision, register=find_register(decision.register).name))


def _check_word(decision: WordMeaning) -> Checked:
    """Refuse a word that stands for itself, and a field that the taxonomy does not have."""
    if normalize(decision.word) == normalize(decision.target):
        raise ArgumentError(
            argument="target", value=decision.target, reason=Said("两边是同一个词", "both are the same word")
        )
    fields = load_taxonomy().kinds["field"].unique(maintain_order=True).to_list()
    if decision.relation_to == UNDER and decision.target not in fields:
        reason = Said("可用：{known}", "known: {known}").fill(known="、".join(fields))
        raise ArgumentError(argument="target", value=decision.target, reason=reason)
    return Checked(decision)


def _check_header(decision: HeaderMeaning) -> Checked:
    register = find_register(decision.register)
    return Checked(replace(decision, register=register.name, field=_find_field(register, decision.field)))


def _find_field(register: Register, text: str) -> str:
    """Return the field that a person calls so: by its name, its title in either language, or a header that is usual for it."""
    columns = [c for c in register.columns if c.field and not c.rides]
    known = [*dict.fromkeys(c.field for c in columns), IGNORED]
    if text in known:
        return text
    asked = normalize(text)
    said = {c.field for c in columns if asked in map(normalize, c.headers)}
    said |= {p.name for p in (*register.row.properties, *register.inputs) if asked in map(normalize, (p.zh, p.en))} & {
        *known
    }
    if len(said) == 1:
        return said.pop()
    reason = Said("可用：{known}", "known: {known}").fill(known=", ".join(known))
    raise ArgumentError(argument="field", value=text, reason=reason)


def _check_lists(graph: Graph, decision: Replaces) -> Checked:
    """Return the decision by what the lists' files are, since the id of a load changes when its file is read in another way."""
    older = _find_list(graph, "older", decision.older) if decision.older else ""
    found = _find_list(graph, "list", decision.list)
    if found == older:
        raise ArgumentError(
            argument="older", value=decision.older, reason=Said("两份是同一份", "both are the same list")
        )
    return Checked(replace(decision, list=found, older=older))


def _find_list(graph: Graph, argument: str, text: str) -> str:
    loads = [load for load in graph.history.loads() if not load["withdrawn"]] if graph.history is not None else []
    found = {load["digest"][:LIST_KEY] for load in loads if text in (load["id"], load["digest"][:LIST_KEY])}
    if len(found) != 1:
        raise ArgumentError(
            argument=argument,
            value=text,
            reason=Said("没有这次载入；见 shilian loads", "no such load; see shilian loads"),
        )
    return found.pop()


def _check_weights(decision: ChosenWeights) -> Checked:
    """Refuse weights of a pairing that there is not, or that are not one for each of its signals, together 1."""
    spec = find_spec(decision.pairing)
    weights = parse_weights(decision.name, decision.version, decision.weights)
    weights.check_signals(kind.name for kind in spec.signals)
    if decision.acceptance:
        parse_rate(decision.acceptance)
    signals = write_profile(parse_profile(decision.signals)) if decision.signals else ""
    return Checked(replace(decision, signals=signals))


def _check_value(graph: Graph, decision: Value) -> Checked:
    found = find_entity(graph, decision.entity)
    clean_decided(graph.schema, graph.schema.entity(found.label), decision.field, decision.value)
    return Checked(replace(decision, entity=found.id), {"entity": found})


def _kinds(graph: Graph, labels: Iterable[str], between: str = "、") -> tuple[str, str]:
    """Return what kinds of things are called, in Chinese and in English."""
    kinds = [graph.schema.entity(label) for label in labels]
    return between.join(one.zh for one in kinds), (", " if between == "、" else between).join(one.en for one in kinds)
