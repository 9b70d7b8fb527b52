"""Tables that stand side by side under one title: the same headers again, or groups of columns that name their rows each for itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from loaders.sheets import sheet_figures as figures
from loaders.vocabulary.wording import normalize_header


def find_blocks(labels: Sequence[str]) -> list[tuple[str, range]]:
    """Return the groups of columns of a header that are tables of their own, each with the header above it ('' for none).

    That is where all labels come again (单位 代表 | 单位 代表), or where all stand in groups that share their first labels
    (供应：编号 厂家 产品 | 求购：编号 厂家 要什么). Nothing is returned for a header that is one table.
    """
    told = [i for i, label in enumerate(labels) if label]
    if len(told) < 2 * figures.BLOCK_LEAST:
        return []
    return _repeated(labels, told) or _grouped(labels, told)


def _repeated(labels: Sequence[str], told: Sequence[int]) -> list[tuple[str, range]]:
    forms = [normalize_header(labels[i]) for i in told]
    width = next((i for i in range(figures.BLOCK_LEAST, len(forms)) if forms[i] == forms[0]), 0)
    if not width or len(forms) % width or forms != forms[:width] * (len(forms) // width):
        return []
    return [("", _span(told[i : i + width])) for i in range(0, len(told), width)]


def _grouped(labels: Sequence[str], told: Sequence[int]) -> list[tuple[str, range]]:
    if not all("/" in labels[i] for i in told):
        return []
    runs = [(group, list(run)) for group, run in groupby(told, key=lambda i: labels[i].split("/", 1)[0])]
    heads = [[normalize_header(labels[i].split("/", 1)[1]) for i in run] for _, run in runs]
    if len(runs) < 2 or len({group for group, _ in runs}) < len(runs):
        return []
    first = heads[0][: figures.BLOCK_LEAST]
    alike = all(len(own) > figures.BLOCK_LEAST and own[: figures.BLOCK_LEAST] == first for own in heads)
    return [(group, _span(run)) for group, run in runs] if alike else []


def _span(columns: Sequence[int]) -> range:
    return range(columns[0], columns[-1] + 1)
