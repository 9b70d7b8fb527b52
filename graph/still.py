"""A network as a still picture (SVG): for stored notebooks, papers, and wherever no script runs."""

from __future__ import annotations

import math
from html import escape

import networkx as nx

from graph.kinds import Schema
from graph.layout import place
from graph.palette import COLOURS, Look, Shape, find_looks

LINE, LINES = 8, 3  # characters to a line of a label, and lines
MOST_STILL = 150  # entities; more of them cannot be read on paper
_R = 15.0
_EDGE = 70.0  # room around the outermost entities for their names
_SIDES = {"square": (4, math.pi / 4, 1.25), "diamond": (4, 0.0, 1.2), "hexagon": (6, 0.0, 1.08)}
_ALONG = (0.5, 0.6, 0.4, 0.68, 0.32)  # where on a relation its words may stand, the middle first
_Spot = tuple[float, float]
_FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif"


def draw_still(network: nx.MultiDiGraph, schema: Schema) -> str:
    """Return a network as SVG text; of very many entities those with the most relations."""
    ranked = sorted(network.degree, key=lambda pair: (-pair[1], str(pair[0])))
    shown = network.subgraph([id for id, _ in ranked[:MOST_STILL]])
    words = {relation.type: relation.zh for relation in schema.relations}
    tied: dict[tuple[object, object], list[str]] = {}
    for source, target, facts in shown.edges(data=True):
        told = tied.setdefault((source, target), [])
        word = words.get(str(facts.get("type")), str(facts.get("type", "")))
        told += [word] if word not in told else []
    is_written = len(tied) <= 60
    spots = place(shown, is_written)
    names = [(x, y + _R + 14) for x, y in spots.values()]
    lines = [_line(spots[a], spots[b], "、".join(told) if is_written else "", names) for (a, b), told in tied.items()]
    looks = find_looks(schema)
    dots = [
        _dot(spots[id], str(facts["name"]), looks.get(facts["label"], Look(COLOURS[-1], "", "circle")))
        for id, facts in shown.nodes(data=True)
    ]
    right, low = (max((spot[n] for spot in spots.values()), default=0.0) + 2 * _EDGE for n in (0, 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_EDGE:.0f} {-_EDGE:.0f} {right:.0f} {low:.0f}" width="{min(right, 960):.0f}"'
        f' font-family="{_FONT}" font-size="13" text-anchor="middle"><rect x="{-_EDGE:.0f}" y="{-_EDGE:.0f}" width="100%" height="100%"'
        f' fill="#fff"/>{"".join(lines)}{"".join(dots)}</svg>'
    )


def wrap(name: str) -> str:
    """Break a long name into a few short lines and cut the rest, which the hover text has in full."""
    lines = [name[i : i + LINE] for i in range(0, len(name), LINE)] or [""]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][:-1] + "…"]
    if len(lines) > 1 and len(lines[-1]) == 1:  # no line of one character
        lines[-2:] = [lines[-2][:-1], lines[-2][-1] + lines[-1]]
    return "\n".join(lines)


def _line(a: _Spot, b: _Spot, words: str, names: list[_Spot]) -> str:
    """Return a relation as a line; its words stand where no name lies, or nowhere."""
    drawn = f'<path d="M{a[0]:.0f},{a[1]:.0f} L{b[0]:.0f},{b[1]:.0f}" stroke="#9aa5b1" stroke-width="1.2"/>'
    for along in _ALONG if words else ():
        x, y = a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])
        if all(abs(x - left) > 52 + 6 * len(words) or abs(y - top) > 26 for left, top in names):
            return drawn + _text(x, y + 4, words, 'font-size="11" fill="#5b6673"')
    return drawn


def _dot(spot: _Spot, name: str, look: Look) -> str:
    x, y = spot
    lines = "".join(
        _text(x, y + _R + 14 + 15 * n, line, 'fill="#222"') for n, line in enumerate(wrap(name).split("\n"))
    )
    sign = f'<text x="{x:.0f}" y="{y + 5:.0f}" fill="{look.ink}">{escape(look.sign)}</text>'
    return f'<g fill="{look.colour}">{_outline(x, y, look.shape)}</g>{sign}{lines}'


def _outline(x: float, y: float, shape: Shape) -> str:
    if shape not in _SIDES:
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_R:.0f}"/>'
    number, turn, wide = _SIDES[shape]
    corners = [
        (x + wide * _R * math.cos(turn + n * math.tau / number), y + wide * _R * math.sin(turn + n * math.tau / number))
        for n in range(number)
    ]
    return f'<polygon points="{" ".join(f"{a:.0f},{b:.0f}" for a, b in corners)}"/>'


def _text(x: float, y: float, text: str, how: str) -> str:
    """Return a text with a light border, so that it can be read over a line."""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" {how} stroke="#fff" stroke-width="3" paint-order="stroke">{escape(text)}</text>'
    )
