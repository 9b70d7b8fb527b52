"""Words: how many needs and offers of any set of pairs are judged right, by the taxonomy and by four simpler ways.

python -m benchmarks.words PATH    # a pairs.csv or skills.csv, or a folder that has them; with verdicts fits, partly, no

found: fits that are called fits · false: pairs that do not fit called fits · called no: fits that are called no. The simpler ways know
no `no`. The thresholds of likeness are those at which each finds the most for what it calls falsely on a set of office wordings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from rapidfuzz import fuzz

from graph.names import normalize
from queries.pairing import judge_fits, judge_skills
from queries.words.taxonomy import load_taxonomy

Pairs = Sequence[tuple[str, str]]
Way = Callable[[Pairs], list[bool]]
BIGRAMS_ALIKE, FUZZ_ALIKE = 0.1, 40.0
COLUMNS = tuple(f"{who}_{text}" for who in ("need", "offer") for text in ("category", "title", "content"))


def by_exact_words(pairs: Pairs) -> list[bool]:
    """Call what has the same words a fit."""
    return [normalize(need) == normalize(offer) for need, offer in pairs]


def by_bigrams(pairs: Pairs) -> list[bool]:
    """Call what shares two characters that follow each other a fit, from a likeness of BIGRAMS_ALIKE (Dice)."""
    found = []
    for need, offer in pairs:
        one, other = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (need, offer))
        found.append(2 * len(one & other) / max(1, len(one) + len(other)) >= BIGRAMS_ALIKE)
    return found


def by_rapidfuzz(pairs: Pairs) -> list[bool]:
    """Call a fit what rapidfuzz finds alike in part."""
    return [fuzz.partial_ratio(need, offer) >= FUZZ_ALIKE for need, offer in pairs]


def by_longest_substring(pairs: Pairs) -> list[bool]:
    """Call a fit what has its longest word of the taxonomy in one kind with the other's."""
    known = load_taxonomy()
    kinds = dict(known.words.group_by("word").agg("kind").iter_rows())
    texts = pl.Series([text for pair in pairs for text in pair], dtype=pl.String)
    words = texts.str.extract_many(list(kinds), overlapping=True).to_list()
    longest = [set(kinds[max(found, key=len)]) if found else set() for found in words]
    return [bool(longest[2 * i] & longest[2 * i + 1]) for i in range(len(pairs))]


WAYS: dict[str, Way] = {
    "exact words": by_exact_words, "character bigrams": by_bigrams, "rapidfuzz": by_rapidfuzz,
    "longest substring": by_longest_substring,
}  # fmt: skip


def measure(said: Sequence[str], true: Sequence[str]) -> dict[str, float]:
    """Return the shares found, false and called no of verdicts against the true ones, and of all that are right."""
    fits = [one for one, verdict in zip(said, true, strict=True) if verdict == "fits"]
    others = [one for one, verdict in zip(said, true, strict=True) if verdict == "no"]
    return {
        "found": fits.count("fits") / max(1, len(fits)),
        "false": others.count("fits") / max(1, len(others)),
        "called no": fits.count("no") / max(1, len(fits)),
        "right": sum(one == verdict for one, verdict in zip(said, true, strict=True)) / max(1, len(true)),
    }


def measure_pairs(frame: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Return the figures of each way on a set of pairs."""
    true = frame["verdict"].to_list()
    sides = (pl.concat_str(*COLUMNS[start : start + 3], separator=" ", ignore_nulls=True) for start in (0, 3))
    pairs = frame.select(side.alias(name) for side, name in zip(sides, ("need", "offer"), strict=True)).rows()
    ways = {name: measure(["fits" if fits else "unknown" for fits in way(pairs)], true) for name, way in WAYS.items()}
    return {"taxonomy": measure(judge_fits(frame.select(COLUMNS))["verdict"].to_list(), true)} | ways


def measure_skills(frame: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Return the figures of the taxonomy on a set of skills and needs."""
    said = judge_skills(frame.select("member_skill", "need_title"))["verdict"].to_list()
    return {"taxonomy": measure(said, frame["verdict"].to_list())}


def main(paths: Sequence[str]) -> int:
    """Print the figures of every file."""
    files = [file for path in map(Path, paths) for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
    for file in files:
        frame = pl.read_csv(file, infer_schema=False)
        if "verdict" not in frame.columns:
            continue
        figures = measure_skills(frame) if "member_skill" in frame.columns else measure_pairs(frame)
        print(f"{file.name}: {frame.height} rows")
        for way, found in figures.items():
            print(f"  {way:18}", "  ".join(f"{name} {value:.2f}" for name, value in found.items()))
    return 0 if files else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
