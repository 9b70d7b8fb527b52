"""Part of a graph as a picture: one HTML file that needs no network, or a frame in a notebook."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
from pyvis.network import Network

from graph.kinds import Schema
from graph.layout import place
from graph.palette import COLOURS, find_looks
from graph.schema import SCHEMA
from graph.still import draw_still, wrap

MOST_ENTITIES = 800  # beyond this a picture is a hairball: the entities with the most relations are drawn
MOST_WRITTEN_RELATIONS = 60  # with more, the types stand in the hover text only
LONGEST_LINE = 200  # characters to a line of the hover text
_FROM_ELSEWHERE = re.compile(
    r"<link[^>]*https?://[^>]*>|<script[^>]*src=[^>]*>\s*</script>|<center>\s*<h1>\s*</h1>\s*</center>|<!--.*?-->",
    re.DOTALL,
)
_FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei', sans-serif"
_STYLE = f"""<style>
body {{ margin: 0; font-family: {_FONT}; color: #222; }}
#mynetwork {{ border: 0 !important; float: none !important; }}
.card {{ border: 0; }}
header {{ padding: 10px 16px 6px; }}
header h1 {{ font-size: 18px; margin: 0 0 6px; font-weight: 600; }}
header ul {{ margin: 0; padding: 0; list-style: none; font-size: 13px; }}
header li {{ display: inline-block; margin-right: 16px; }}
header i {{ display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 5px; }}
div.vis-tooltip {{ white-space: pre-wrap !important; max-width: 360px; font-family: {_FONT} !important; }}
</style>"""


@dataclass(frozen=True)
class Picture:
    """A drawn graph: `.html` is the whole page, `.save(path)` writes it, a notebook shows it by itself; `.svg` is the same, still."""

    html: str
    height: int = 600
    svg: str = ""

    def save(self, path: str | Path) -> Path:
        """Write the page and return its path."""
        target = Path(path)
        target.write_text(self.html, encoding="utf-8")
        return target

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the live picture, and a still one for where no script runs: a stored notebook, a paper."""
        return {"text/html": self._repr_html_(), "image/svg+xml": self.svg, "text/plain": "<Picture>"}

    def _repr_html_(self) -> str:
        page = html.escape(self.html)
        return f'<iframe srcdoc="{page}" style="width:100%;height:{self.height}px;border:1px solid #ddd" sandbox="allow-scripts"></iframe>'


def draw(
    network: nx.MultiDiGraph, *, title: str = "", height: int = 600, width: str = "100%", schema: Schema = SCHEMA
) -> Picture:
    """Draw a network of entities (label, name, …) and relations (type, …), coloured by label with a legend; at most 800 entities."""
    shown = _most_connected(network)
    words, colours = _Words(schema), _colours(shown, schema)
    page = to_pyvis(shown, height="calc(100vh - 72px)", width=width, schema=schema)
    body = _FROM_ELSEWHERE.sub("", page.generate_html())
    header = _STYLE + _header(title, shown, len(network) - len(shown), (words, colours))
    body = body.replace("<body>", f"<body>{header}", 1).replace("<html>", '<!DOCTYPE html>\n<html lang="zh">', 1)
    still = draw_still(shown, schema)
    return Picture(body.replace("<head>", f"<head><title>{html.escape(title)}</title>", 1), height, still)


def to_pyvis(
    network: nx.MultiDiGraph, *, height: str = "600px", width: str = "100%", schema: Schema = SCHEMA
) -> Network:
    """Return a network as pyvis's own `Network`, to restyle and to show: places are worked out, physics is off."""
    shown = _most_connected(network)
    positions = place(shown, _are_written(shown))
    look = _Words(schema), _colours(shown, schema)
    page = Network(height=height, width=width, directed=True, cdn_resources="in_line")
    page.nodes = [_entity(id, facts, shown.degree(id), positions[id], look) for id, facts in shown.nodes(data=True)]
    page.node_ids = [entity["id"] for entity in page.nodes]
    page.node_map = {entity["id"]: entity for entity in page.nodes}
    page.edges = list(_relations(shown, look[0]))
    page.options = _options()
    return page


def _most_connected(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    if len(network) <= MOST_ENTITIES:
        return network
    ranked = sorted(network.degree, key=lambda pair: (-pair[1], str(pair[0])))
    return network.subgraph([id for id, _ in ranked[:MOST_ENTITIES]])


class _Words:
    """How kinds and properties are called in Chinese."""

    def __init__(self, schema: Schema) -> None:
        self.kinds = {e.label: e.zh for e in schema.entities} | {r.type: r.zh for r in schema.relations}
        self.properties = {(e.label, p.name): p.zh for e in schema.entities for p in e.properties}
        self.properties |= {(r.type, p.name): p.zh for r in schema.relations for p in r.properties}

    def kind(self, name: str) -> str:
        return self.kinds.get(name) or name

    def facts(self, kind: str, facts: Mapping[str, object]) -> list[str]:
        """Return the lines of an entity's or relation's hover text, one for each property that has a value."""
        told = {
            self.properties.get((kind, name)) or name: value
            for name, value in facts.items()
            if name not in {"label", "name", "type", "relation"}
        }
        return [f"{name}：{value}"[:LONGEST_LINE] for name, value in told.items() if value not in (None, "", [])]


def _colours(network: nx.MultiDiGraph, schema: Schema) -> dict[str, str]:
    """Give each label its colour, the same in every picture; labels that the schema does not have get those that are left."""
    labels = {facts["label"] for _, facts in network.nodes(data=True)}
    known = {label: look.colour for label, look in find_looks(schema).items()}
    others = {label: COLOURS[n % len(COLOURS)] for n, label in enumerate(sorted(labels - set(known)), start=len(known))}
    return {label: colour for label, colour in (known | others).items() if label in labels}


_Look = tuple[_Words, dict[str, str]]


def _entity(
    id: object, facts: Mapping[str, object], degree: int, position: tuple[float, float], look: _Look
) -> dict[str, object]:
    words, colours = look
    label, name = str(facts["label"]), str(facts["name"])
    return {
        "id": str(id), "label": wrap(name), "title": _hover([f"{words.kind(label)} {name}".strip(), *words.facts(label, facts)]),
        "shape": "dot", "size": 10 + min(20, 3 * degree**0.5), "color": colours[label], "x": position[0], "y": position[1],
    }  # fmt: skip


def _are_written(network: nx.MultiDiGraph) -> bool:
    """Return whether there are so few relations that their types stand on them."""
    return len(set(network.edges())) <= MOST_WRITTEN_RELATIONS


def _relations(network: nx.MultiDiGraph, words: _Words) -> Iterable[dict[str, str]]:
    """Yield one arrow for each pair of ends; several relations of a pair share it."""
    pairs: dict[tuple[object, object], list[Mapping[str, object]]] = {}
    for source, target, facts in network.edges(data=True):
        pairs.setdefault((source, target), []).append(facts)
    written = _are_written(network)
    for (source, target), relations in pairs.items():
        told: dict[str, list[str]] = {}
        for facts in relations:
            type = str(facts.get("type", ""))
            told.setdefault(words.kind(type), []).extend(words.facts(type, facts))
        lines = [line for kind, details in told.items() for line in (kind, *details)]
        arrow = {"from": str(source), "to": str(target), "title": _hover(lines), "arrows": "to"}
        yield arrow | ({"label": "、".join(told)} if written else {})


def _hover(lines: list[str]) -> str:
    # pyvis takes a text with this word in it for HTML and would show it as such.
    return "\n".join(lines).replace("href", "hr\u200bef")


def _header(title: str, network: nx.MultiDiGraph, left_out: int, look: _Look) -> str:
    words, colours = look
    counts = Counter(facts["label"] for _, facts in network.nodes(data=True))
    items = [
        f'<li><i style="background:{c}"></i>{html.escape(words.kind(label) or "?")} {counts[label]}</li>'
        for label, c in colours.items()
    ]
    if left_out:
        items.append(f"<li>另有 {left_out} 个未画出 · {left_out} more not drawn</li>")
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    return f"<header>{heading}<ul>{''.join(items)}</ul></header>"


def _options() -> dict[str, object]:
    return {
        "physics": {"enabled": False},
        "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": True, "keyboard": {"enabled": True, "bindToWindow": False}},
        "nodes": {"font": {"size": 14, "face": _FONT, "strokeWidth": 4, "strokeColor": "#ffffff"}, "borderWidth": 0},
        "edges": {
            "smooth": False, "color": {"color": "#9aa5b1", "highlight": "#222222", "hover": "#222222"}, "width": 1.2,
            "font": {"size": 11, "face": _FONT, "color": "#5b6673", "strokeWidth": 4, "strokeColor": "#ffffff", "align": "middle"},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        },
    }  # fmt: skip
