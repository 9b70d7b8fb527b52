"""What a settlement is by the end of its name: 北塘村 and 石桥村委会 are villages; of a community nothing need be said."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.types.value_type import Cleaned, ValueType

VILLAGE = "村"
_VILLAGE = r"(?:[^新]村|村委会|村民委员会|村委)(?:\([^)]*\))?$"


@dataclass(frozen=True)
class VillageName(ValueType):
    """The word for a village where a name ends like one's; otherwise null."""

    closed = True

    def _clean(self, raw: pl.Series) -> Cleaned:
        is_village = raw.str.contains(_VILLAGE).fill_null(value=False)
        return Cleaned({"": pl.select(pl.when(is_village).then(pl.lit(VILLAGE))).to_series()})
