"""Persons whom a list tells by name only, found again in other lists: matched where one alone can be meant, never counted twice.

A person of another list is meant where name and branch are the same, or name and employer or community with no other branch or
employer. Where several may be meant, or nothing but the name can be compared, the row waits and is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from graph.kinds import Register
from graph.names import map_unique, normalize
from graph.problems import WARNING, Problem
from graph.schema.members import BELONGS_TO_BRANCH, LIVES_IN, REPORTED_TO, WORKS_AT
from graph.workspace import LoadedSheet
from loaders.cleaning.clean import BY_NAME, NAME_KEY
from loaders.cleaning.mentions import MENTION
from loaders.cleaning.persons_shown import name_rows
from loaders.merging.linking import by_row
from loaders.merging.links import Resolver
from loaders.merging.list_names import read_list_name
from loaders.merging.statements import SHEET

_ASPECTS: Mapping[str, str] = {
    BELONGS_TO_BRANCH.type: "branch", WORKS_AT.type: "employer", LIVES_IN.type: "community", REPORTED_TO.type: "community",
}  # fmt: skip
_PLACES = ("branch", "employer", "community")
_KEYS = ("pseudonym", "list")
_ID = {"pseudonym": pl.String, "list": pl.Int32}


@dataclass(frozen=True)
class SamePeople:
    """For a sheet's pseudonym of somebody told by name only, that of the person who is meant; null where that cannot be told."""

    found: pl.DataFrame  # SHEET, pseudonym, meant

    def apply(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return records with the pseudonyms of those who are meant, and the records (SHEET, row) that wait."""
        if self.found.is_empty() or BY_NAME not in frame.columns:
            return frame, frame.clear()
        named = frame.join(
            self.found.with_columns(_known=True), on=[SHEET, "pseudonym"], how="left", maintain_order="left"
        )
        known = pl.col("_known").fill_null(False) & pl.col(BY_NAME).fill_null(False)
        unsure = named.filter(known & pl.col("meant").is_null())
        kept = named.filter(~(known & pl.col("meant").is_null()))
        told = pl.when(known).then("meant").otherwise("pseudonym").alias("pseudonym")
        return kept.with_columns(told).drop("meant", "_known"), unsure


def find_same_people(
    registers: Sequence[Register], frames: Mapping[int, pl.DataFrame], sheets: Sequence[LoadedSheet], resolver: Resolver
) -> SamePeople:
    """Return whom the lists of one kind of person mean by those of whom they tell no number; `frames` are their records by sheet."""
    nobody = SamePeople(pl.DataFrame(schema={SHEET: pl.Int32, "pseudonym": pl.String, "meant": pl.String}))
    rows = [_tell(frame, at) for at, frame in frames.items() if NAME_KEY in frame.columns]
    told = pl.concat(rows, how="vertical_relaxed") if rows else pl.DataFrame()
    if told.is_empty() or not told[BY_NAME].any():
        return nobody
    several = told.group_by(NAME_KEY).agg(pl.col(BY_NAME).any(), pl.col(SHEET).n_unique().alias("n"))
    names = several.filter(pl.col(BY_NAME) & (pl.col("n") > 1))[NAME_KEY]
    told = told.filter(pl.col(NAME_KEY).is_in(names.implode()))
    if told.is_empty():
        return nobody
    lists = _number_lists(told[SHEET].unique().sort().to_list(), sheets)
    told = told.with_columns(list=pl.col(SHEET).replace_strict(lists, return_dtype=pl.Int32))
    by_name = {r.name: r for r in registers}
    placed = []
    for (at,), own in told.partition_by(SHEET, as_dict=True, maintain_order=True).items():
        frame = frames[int(at)].join(own.select("row"), on="row", how="semi")
        placed.append(_place(by_name[sheets[int(at)].register], frame, int(at), resolver))
    told = told.join(pl.concat(placed), on=[SHEET, "row"], how="left")
    meant = _choose(_pair(_gather(told)))
    where = told.filter(BY_NAME).select(SHEET, *_KEYS).unique()
    return SamePeople(where.join(meant, on=list(_KEYS)).select(SHEET, "pseudonym", "meant"))


def report_unsure_people(sheets: Sequence[LoadedSheet], unsure: pl.DataFrame) -> list[Problem]:
    """Return a problem for each sheet with persons who may or may not be namesakes of others."""
    problems = []
    for (at,), rows in unsure.partition_by(SHEET, as_dict=True, maintain_order=True).items():
        numbers = rows["row"].sort().to_list()
        sheet = sheets[int(at)]
        details = (("count", len(numbers)), ("where", name_rows(numbers)))
        where = (sheet.file, sheet.sheet, numbers[0])
        problems.append(Problem("person.unsure", WARNING, *where, details=details, load=sheet.load_id))
    return problems


def _tell(frame: pl.DataFrame, at: int) -> pl.DataFrame:
    known = frame.filter(pl.col("pseudonym").is_not_null() & pl.col(NAME_KEY).is_not_null())
    return known.select(pl.lit(at, pl.Int32).alias(SHEET), "row", "pseudonym", NAME_KEY, BY_NAME)


def _number_lists(positions: Sequence[int], sheets: Sequence[LoadedSheet]) -> dict[int, int]:
    """Return for each sheet the first one of its list: versions of a list tell of the same people, by the same pseudonyms."""
    named = {i: read_list_name(sheets[i].file, sheets[i].sheet, sheets[i].origin) for i in positions}
    first: dict[int, int] = {}
    for i in positions:
        alike = (
            j
            for j in first
            if sheets[j].register == sheets[i].register
            and sheets[j].load_id != sheets[i].load_id
            and named[j].is_called(named[i])
            and named[j].is_from(named[i]) is not False
        )
        first[i] = first[found] if (found := next(alike, None)) is not None else i
    return first


def _place(register: Register, frame: pl.DataFrame, at: int, resolver: Resolver) -> pl.DataFrame:
    """Return by row the branch, employer and communities of persons: ids of what is known, names as written of what is not."""
    found: dict[str, list[pl.Series]] = {name: [] for name in _PLACES}
    for link in register.links:
        name, aspect = MENTION + link.field, _ASPECTS.get(link.relation.type)
        if aspect and name in frame.columns and frame.schema[name] == pl.String:
            told = by_row(frame[name], resolver.resolve(link, frame[name]))
            # A branch of an unknown unit has an id of its name: another spelling may be the same branch.
            known = told["host"].is_not_null() if aspect == "branch" else told["id"].is_not_null()
            written = "?" + map_unique(frame[name], normalize)
            found[aspect].append(told["id"].zip_with(known, written))
    columns = [
        pl.concat_list(series).list.drop_nulls().alias(name) if series else pl.lit([], pl.List(pl.String)).alias(name)
        for name, series in found.items()
    ]
    return frame.select(pl.lit(at, pl.Int32).alias(SHEET), "row", *columns)


def _gather(told: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each person: by number one in all lists, by name only one in each list."""
    own = told.with_columns(list=pl.when(BY_NAME).then("list").otherwise(pl.lit(-1, pl.Int32)), _in=pl.col("list"))
    people = own.group_by(NAME_KEY, *_KEYS).agg(
        pl.col(BY_NAME).all(), pl.col(SHEET).unique().alias("sheets"), pl.col("_in").unique().alias("lists"),
        *(pl.col(name).list.explode().drop_nulls().unique() for name in _PLACES),
    )  # fmt: skip
    namesakes = pl.len().over(NAME_KEY, "list")
    # Who tells most goes first: a number, a branch, more namesakes; then an order that no order of loading changes.
    return people.with_columns(namesakes=namesakes).with_columns(
        rank=pl.struct(
            ~pl.col(BY_NAME), pl.col("branch").list.len() > 0, "namesakes", -pl.col("list"), "pseudonym"
        ).rank("ordinal")
    )


def _pair(people: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each person told by name only and each of the same name in another list who tells more."""
    pairs = (
        people.filter(BY_NAME)
        .join(people, on=NAME_KEY, suffix="_other")
        .filter(
            (pl.col("rank_other") > pl.col("rank"))
            & (pl.col("sheets").list.set_intersection("sheets_other").list.len() == 0)
        )
    )
    same = {n: pl.col(n).list.set_intersection(f"{n}_other").list.len() > 0 for n in _PLACES}
    differ = [_differ(n) & ~same[n] for n in ("branch", "employer")]
    meant = same["branch"] | (pl.any_horizontal(*same.values()) & ~pl.any_horizontal(*differ))
    other = ~pl.any_horizontal(*same.values()) & pl.any_horizontal(*differ)
    return pairs.with_columns(is_meant=meant, is_open=~meant & ~other)


def _differ(name: str) -> pl.Expr:
    """Whether both persons have a known place of a kind; of names that stand for nothing known this cannot be said."""
    known = [
        pl.col(column).list.eval(pl.element().str.starts_with("?")).list.any() for column in (name, f"{name}_other")
    ]
    filled = [pl.col(column).list.len() > 0 for column in (name, f"{name}_other")]
    return pl.all_horizontal(*filled, *(~is_open.fill_null(False) for is_open in known))


def _choose(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return who is meant by each person of the pairs; null where several may be, or whoever is may be meant by another row too."""
    one = pairs.group_by(*_KEYS).agg(
        pl.col("pseudonym_other").filter("is_meant").unique().alias("meant"),
        pl.col("is_open").sum().alias("open"),
        pl.col("namesakes").first(),
    )
    many, own = pl.col("meant").list.len(), pl.col("meant").list.contains(pl.col("pseudonym"))
    # As many namesakes here as there, under the same pseudonyms: they are the same people.
    as_many = own & (many == pl.col("namesakes"))
    told = one.filter((many > 0) | (pl.col("open") > 0)).with_columns(
        meant=pl.when(as_many).then("pseudonym").when(many == 1).then(pl.col("meant").list.first())
    )
    shared = pl.col("meant").is_not_null() & (pl.len().over("list", "meant") > 1)
    told = told.with_columns(meant=pl.when(~shared).then("meant"))
    further = told.select(pl.col("pseudonym").alias("meant"), pl.col("meant").alias("last")).drop_nulls()
    further = further.sort("meant", "last").unique("meant", keep="first")
    chained = told.join(further, on="meant", how="left").with_columns(meant=pl.coalesce("last", "meant"))
    return chained.select(*_KEYS, "meant")
