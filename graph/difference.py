"""What changed between two states of a table: rows added, changed and removed."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.digest import content_columns


@dataclass(frozen=True)
class TableDifference:
    """Rows that are new, rows that differ (as they are now), and rows that are gone (as they were)."""

    added: pl.DataFrame
    changed: pl.DataFrame
    removed: pl.DataFrame
    restated: int = 0  # of the changed, those of which only the provenance differs

    @property
    def rows(self) -> int:
        """Return how many rows have to be written."""
        return self.added.height + self.changed.height + self.removed.height

    def counts(self) -> dict[str, int]:
        """Return how many rows were added, changed in content, and removed."""
        return {
            "added": self.added.height,
            "changed": self.changed.height - self.restated,
            "removed": self.removed.height,
        }


def find_difference(old: pl.DataFrame | None, new: pl.DataFrame, key: list[str]) -> TableDifference | None:
    """Return the rows added, changed and removed between two states of a table, compared by key.

    None where rows repeat: a difference then could not say how often each stands in the table.
    """
    if old is None:
        return TableDifference(new, new.clear(), new.clear())
    # An older release may have kept a table without a column of today: of what was in it then, nothing is known.
    lacking = [pl.lit(None, dtype).alias(name) for name, dtype in new.schema.items() if name not in old.columns]
    old = old.with_columns(lacking).select(new.columns)
    before, after = old.hash_rows(), new.hash_rows()
    fresh = new.filter(~after.is_in(before.implode()))
    stale = old.filter(~before.is_in(after.implode()))
    if old.height - stale.height != new.height - fresh.height:
        return None
    changed = fresh.join(stale.select(key), on=key, how="semi", nulls_equal=True)
    added = fresh.join(stale.select(key), on=key, how="anti", nulls_equal=True)
    removed = stale.join(fresh.select(key), on=key, how="anti", nulls_equal=True)
    content = content_columns(new)
    same = changed.select(content).hash_rows().is_in(stale.select(content).hash_rows().implode()).sum()
    return TableDifference(added, changed, removed, int(same))


def touched_pairs(difference: TableDifference) -> pl.DataFrame:
    """Return the (source, target) pairs that have a changed or removed relation, so that all their relations are rewritten."""
    ends = ["source", "target"]
    return pl.concat([difference.changed.select(ends), difference.removed.select(ends)]).unique()
