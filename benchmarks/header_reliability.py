"""How often a header's meaning is right, by its confidence: over columns of a register and over columns that are in none.

`python -m benchmarks.header_reliability` prints for each band how many columns were mapped and how many of them rightly. The wordings
are those of the tests: sheets as offices word them, and columns that come near to a field without being it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from graph.schema import SCHEMA
from loaders import map_headers
from tests.loaders.header_foreign import ANYWHERE, NEAR, OF_REGISTER
from tests.loaders.header_fresh import FRESH, UNTOUCHED
from tests.loaders.header_offices import DEVELOPED, HELD_OUT
from tests.loaders.header_services import SERVICES
from tests.loaders.header_variants import UNSEEN, VARIANTS

BANDS = (0.0, 0.8, 0.9, 0.95, 1.0)
Outcome = tuple[float, bool]  # confidence of a mapped column, and whether it is right


def known_columns() -> Iterator[Outcome]:
    """Yield what became of the mapped columns of the sheets whose meanings are known."""
    for register, title, text in (*VARIANTS, *UNSEEN, *DEVELOPED, *HELD_OUT, *SERVICES, *FRESH, *UNTOUCHED):
        wanted = dict(pair.rsplit("=", 1) for pair in text.split(" "))
        yield from _outcomes(list(wanted), register, title, wanted)


def foreign_columns() -> Iterator[Outcome]:
    """Yield what became of columns that belong to no field of the register they stand in; each that is mapped is wrong."""
    for words, anywhere in ((OF_REGISTER, ANYWHERE), (NEAR, "")):
        for register, text in words.items():
            own = [c.headers[0] for c in SCHEMA.register(register).columns if c.required and c.headers]
            for header in f"{anywhere} {text}".split():
                yield from _outcomes([*own, header], register, "", {header: ""})


def _outcomes(headers: list[str], register: str, title: str, wanted: Mapping[str, str]) -> Iterator[Outcome]:
    for row in map_headers(headers, register=register, title=title).iter_rows(named=True):
        if row["treatment"] == "mapped" and row["header"] in wanted:
            yield row["confidence"], row["field"] == wanted[row["header"]].lstrip("-")


def reliability(outcomes: Iterator[Outcome]) -> dict[float, tuple[int, int]]:
    """Return by the lower end of each band how many columns were mapped, and how many of them rightly."""
    found, right = Counter[float](), Counter[float]()
    for confidence, is_right in outcomes:
        band = max(b for b in BANDS if b <= round(confidence, 3))
        found[band] += 1
        right[band] += is_right
    return {band: (found[band], right[band]) for band in BANDS}


def main() -> None:
    """Print both tables."""
    for name, outcomes in (("in the register", known_columns()), ("in no register", foreign_columns())):
        print(name)
        for band, (mapped, right) in reliability(outcomes).items():
            print(f"  from {band:.2f}: {mapped:5} mapped, {right:5} right")


if __name__ == "__main__":
    main()
