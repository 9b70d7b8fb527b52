"""Directories of services in the Human Services Data Specification (HSDS): tables that speak of one another by id.

Organizations, services and locations are read as registers; to each row is joined what the other tables say of it by its id: whose it
is, its address, its hours. The names of tables and columns are the specification's, of its third edition and the older ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from graph.decisions import IGNORED
from graph.texts import NOTHING, Said
from loaders.formats.raw_sheet import RawSheet, column_letter, plain_name
from loaders.sheets.table_finder import Header, Table
from loaders.vocabulary.personal_headers import is_personal_header

# What a table is called (file or sheet), singular or plural, and a column that shows that it is one of these.
NAMES: Mapping[str, str] = {
    "organization": "name", "service": "organization_id", "location": "name", "address": "location_id", "physical_address": "location_id",
    "schedule": "opens_at", "regular_schedule": "opens_at", "phone": "number", "service_at_location": "service_id", "contact": "name",
}  # fmt: skip
# The register that a table is, and the field that each of its own columns, or of those joined to it, stands for.
MEANT: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "organization": ("enterprises", {"name": "name", "alternate_name": "short_name", "kind of unit": "ownership", "phone": "phone"}),
    "service": (
        "offers",
        {
            "organization": "unit", "name": "title", "description": "content", "fees": "terms", "fees_description": "terms",
            "schedule": "available",
        },
    ),
    "location": (
        "venues",
        {
            "organization": "owner", "name": "name", "address": "address", "latitude": "lat", "longitude": "lon", "datum": "datum",
            "schedule": "open_hours", "description": "remark",
        },
    ),
}  # fmt: skip
JOINED = Said(
    "公共服务目录（HSDS）的一部分，已并入机构、服务或地点",
    "a part of a directory of services (HSDS); it is read with what its ids name",
)
PERSONS = Said(
    "公共服务目录（HSDS）的联系人，属个人信息，未读取",
    "persons of a directory of services (HSDS); nothing of them is read",
)
ALONE = Said(
    "公共服务目录（HSDS）以编号指称机构，请与 organizations 一起载入",
    "a directory of services (HSDS) names organizations by their ids; load it together with its table “organizations”",
)
# By what a legal status says, the kind of unit; the first that is found decides.
STATUS = (
    ("non-?profit|not.for.profit|501|charit|ngo|cbo|faith|church|association|volunt|foundation", "社会组织"),
    ("gov|public|state|county|city|municip|federal|council|authority", "机关"),
    ("profit|private|llc|inc|ltd|corp|compan|commercial|business|sole", "民营"),
)
_ADDRESS = ("address_1", "address_2", "city", "region", "state_province")
_CLOCK = r"^\s*(\d{1,2}:\d{2})(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?\s*([AaPp]\.?[Mm]\.?)?"


@dataclass(frozen=True)
class DirectoryTable:
    """A table of a directory as a register: its rows with what was joined to them, and which field each header is; or why it is none."""

    table: Table | None
    register: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    reason: Said = NOTHING


def name_table(name: str) -> str:
    """Return which table of a directory a file or sheet is called after; '' where it is none."""
    plain = plain_name(name).rsplit(".", 1)[0].strip().lower().replace(" ", "_").replace("-", "_").removeprefix("hsds_")
    for ending, instead in (("", ""), ("es", ""), ("s", "")):
        if plain.endswith(ending) and plain[: len(plain) - len(ending)] + instead in NAMES:
            return plain[: len(plain) - len(ending)] + instead
    return "service_at_location" if plain == "services_at_location" else ""


@dataclass(frozen=True)
class ServiceDirectory:
    """The tables of a directory, each with its columns under their own names and `row`, as the spreadsheet shows it."""

    frames: Mapping[str, pl.DataFrame]

    @classmethod
    def of(cls, sheets: Iterable[RawSheet]) -> ServiceDirectory | None:
        """Return the directory that some sheets are; None where no two of them belong to one."""
        found = {name: frame for name, frame in map(_read, sheets) if name}
        return cls(found) if len(found) > 1 and found.keys() & MEANT.keys() else None

    def read(self, sheet: RawSheet) -> DirectoryTable | None:
        """Return a sheet as a table of the directory; None where it is none."""
        name, frame = _read(sheet)
        if not name:
            return None
        if name not in MEANT:
            return DirectoryTable(None, reason=PERSONS if name == "contact" else JOINED)
        if name != "organization" and "organization" not in self.frames:
            return DirectoryTable(None, reason=ALONE)
        register, meant = MEANT[name]
        joined = {"organization": self._join_status, "service": self._join_service, "location": self._join_location}[
            name
        ](frame)
        own = [column for column in joined.columns if column != "row"]
        headers = tuple(Header(column_letter(i), column) for i, column in enumerate(own))
        body = joined.select("row", *(pl.col(h.text).alias(h.letter) for h in headers))
        return DirectoryTable(_make_table(sheet, headers, body), register, {h: _meaning(h, meant) for h in own})

    def _join_status(self, frame: pl.DataFrame) -> pl.DataFrame:
        told = [pl.col(c).str.to_lowercase() for c in ("legal_status", "tax_status") if c in frame.columns]
        kinds = [
            pl.coalesce(*(pl.when(text.str.contains(pattern)).then(pl.lit(kind)) for pattern, kind in STATUS))
            for text in told
        ]
        joined = frame.with_columns(pl.coalesce(*kinds).alias("kind of unit")) if kinds else frame
        return _join(joined, "id", self._phones, "phone")

    def _join_service(self, frame: pl.DataFrame) -> pl.DataFrame:
        named = _join(frame, "organization_id", self._names, "organization")
        return _join(named, "id", self._hours("service_id"), "schedule")

    def _join_location(self, frame: pl.DataFrame) -> pl.DataFrame:
        named = (
            _join(frame, "organization_id", self._names, "organization")
            if "organization_id" in frame.columns
            else frame
        )
        placed = _join(named, "id", self._addresses, "address").with_columns(
            pl.lit("WGS-84").alias("datum")
        )  # as specified
        return _join(placed, "id", self._hours("location_id"), "schedule")

    @cached_property
    def _names(self) -> pl.DataFrame:
        return self.frames["organization"].select(key="id", value="name")

    @cached_property
    def _phones(self) -> pl.DataFrame | None:
        """The numbers of organizations themselves: those of persons (contacts), services and locations are left out."""
        phones = self.frames.get("phone")
        if phones is None or "organization_id" not in phones.columns:
            return None
        others = [
            c for c in ("contact_id", "service_id", "location_id", "service_at_location_id") if c in phones.columns
        ]
        own = phones.filter(pl.all_horizontal(pl.col(c).is_null() for c in others)) if others else phones
        return own.select(key="organization_id", value="number")

    @cached_property
    def _addresses(self) -> pl.DataFrame | None:
        places = self.frames.get("address", self.frames.get("physical_address"))
        if places is None:
            return None
        physical = (
            places.filter(pl.col("address_type").fill_null("physical") != "postal")
            if "address_type" in places.columns
            else places
        )
        parts = [pl.col(c) for c in _ADDRESS if c in places.columns]
        return (
            physical.select(key="location_id", value=pl.concat_str(parts, separator=", ", ignore_nulls=True))
            if parts
            else None
        )

    def _hours(self, owner: str) -> pl.DataFrame | None:
        """Return the opening hours of services or locations as people write them: mo,tu 9:00-17:00; sa 10:00-12:00."""
        found = self.frames.get("schedule", self.frames.get("regular_schedule"))
        if found is None or not {"opens_at", "closes_at"} <= {*found.columns}:
            return None
        places = self.frames.get("service_at_location")
        if owner == "service_id" and places is not None and "service_at_location_id" in found.columns:
            by_place = places.select(service_at_location_id="id", of_place="service_id")
            found = found.join(by_place, on="service_at_location_id", how="left", maintain_order="left")
            found = found.with_columns(
                pl.coalesce(*(c for c in (owner, "of_place") if c in found.columns)).alias(owner)
            )
        if owner not in found.columns:
            return None
        days = pl.coalesce(*(pl.col(c) for c in ("byday", "weekday") if c in found.columns), pl.lit("daily"))
        often = pl.col("freq").fill_null("WEEKLY") if "freq" in found.columns else pl.lit("WEEKLY")
        clocks = (pl.col(c).str.replace(f"{_CLOCK}.*$", "$1$2") for c in ("opens_at", "closes_at"))
        shown = pl.format("{} {}-{}", days, *clocks)
        told = (
            pl.when(often.str.to_uppercase().is_in(["WEEKLY", "DAILY"]))
            .then(shown)
            .otherwise(pl.format("{} ({})", shown, often))
        )
        spans = found.filter(pl.col(owner).is_not_null()).select(key=owner, value=told).drop_nulls()
        return spans.group_by("key", maintain_order=True).agg(pl.col("value").str.join("; "))


def _read(sheet: RawSheet) -> tuple[str, pl.DataFrame]:
    """Return which table of a directory a sheet is ('' for none), with its first row for the names of its columns."""
    name = next(filter(None, (name_table(sheet.name), name_table(sheet.file))), "")
    if not name or sheet.cells.height < 2:
        return "", sheet.cells
    heads = [(text or "").strip().lower() for text in sheet.cells.row(0)]
    if NAMES[name] not in heads or not {"id", f"{name}_id", "location_id", "organization_id", "service_id"} & {*heads}:
        return "", sheet.cells
    named = {letter: head for letter, head in zip(sheet.cells.columns, heads, strict=True) if head}
    once = {head: letter for letter, head in reversed(named.items())}
    frame = sheet.cells.slice(1).with_row_index("row", sheet.first_row + 1)
    return name, frame.select("row", *(pl.col(letter).alias(head) for head, letter in reversed(once.items())))


def _join(frame: pl.DataFrame, key: str, told: pl.DataFrame | None, name: str) -> pl.DataFrame:
    """Return the rows with what another table tells of them, the first where it tells several things."""
    if told is None or key not in frame.columns:
        return frame
    first = told.drop_nulls().unique("key", keep="first", maintain_order=True).rename({"value": name})
    return frame.join(first, left_on=key, right_on="key", how="left", maintain_order="left")


def _meaning(header: str, meant: Mapping[str, str]) -> str:
    """Return the field of a column; '' where it tells of persons and is dropped like any such column."""
    return meant.get(header) or ("" if is_personal_header(header) else IGNORED)


def _make_table(sheet: RawSheet, headers: Sequence[Header], body: pl.DataFrame) -> Table:
    return Table(sheet.file, sheet.name, "", "", None, tuple(headers), body, 0, ())
