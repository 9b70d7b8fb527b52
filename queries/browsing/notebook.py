"""The canvas in a notebook: it asks Python what the page asks the server, and what is selected in it is there in Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl
from pydantic import TypeAdapter

from graph.errors import MissingPackageError, ShilianError
from graph.network import to_networkx
from graph.still import draw_still
from queries.browsing.alone import Scene, draw_alone
from queries.browsing.bundle import bundle_widget, style_canvas
from queries.browsing.canvas_words import describe_canvas
from queries.browsing.mesh import read_mesh
from queries.browsing.parts import draw_lines
from queries.browsing.views import canvas_views
from queries.reading.scope import Scope

try:
    import anywidget  # optional: only notebooks need it
    import traitlets
except ImportError as missing:
    raise MissingPackageError(package="anywidget") from missing

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.texts import Lang


class Explorer(anywidget.AnyWidget):
    """The explorer as a widget. `selected` and `shown` are ids; to set `selected` selects in the picture."""

    _esm = bundle_widget()
    _css = style_canvas()
    words = traitlets.Dict().tag(sync=True)
    part = traitlets.Dict().tag(sync=True)
    seed = traitlets.Dict().tag(sync=True)
    height = traitlets.Int(560).tag(sync=True)
    is_alone = traitlets.Bool(False).tag(sync=True)
    selected = traitlets.List(traitlets.Unicode()).tag(sync=True)
    shown = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, graph: Graph, scope: Scope, lang: Lang, **traits: Any) -> None:
        super().__init__(**traits)
        self._graph, self._scope, self._lang = graph, scope, lang
        self.on_msg(self._answer)

    def selection(self, lang: Lang | None = None) -> pl.DataFrame:
        """Return what is selected, or where nothing is, all that is shown, as a frame: id, label, kind, name, since, until."""
        mesh = read_mesh(self._graph)
        named = "en" if (lang or self._lang) == "en" else "zh"
        kinds = {kind.label: getattr(kind, named) for kind in self._graph.schema.entities}
        rows = mesh.dots[self._places()].select("id", "label", "name", "since", "until")
        kind = pl.col("label").replace_strict(kinds, return_dtype=pl.String).alias("kind")
        return rows.select("id", "label", kind, "name", "since", "until")

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return what is selected, or where nothing is, all that is shown, as a networkx graph with the relations among it."""
        mesh, places = read_mesh(self._graph), self._places()
        lines = [vars(line) for line in draw_lines(mesh, mesh.lines_among(places))]
        return to_networkx(mesh.dots[places].drop("short"), lines)

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write what is shown as one HTML file that any browser opens, without a server; it can be expanded, filtered and searched."""
        spots = {node["id"]: (node["x"], node["y"]) for node in self.part["nodes"]}
        view, given = self.seed["view"], self.seed["given"]
        scene = Scene(view, given, spots) if set(self.shown) == set(spots) else Scene("selection", {"ids": self.shown})
        page = draw_alone(self._graph, self._scope, lang or self._lang, scene)
        Path(path).write_text(page, encoding="utf-8")
        return Path(path)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the widget, and a still picture of it for where none runs: a stored notebook."""
        shown = super()._repr_mimebundle_(**kwargs)
        data = shown[0] if isinstance(shown, tuple) else shown
        if data is not None:
            told = [{"id": node["id"], "label": node["label"], "name": node["name"]} for node in self.part["nodes"]]
            data["image/svg+xml"] = draw_still(to_networkx(told, self.part["edges"]), self._graph.schema)
            data["text/plain"] = f"<Explorer {self.part['title']}>"
        return shown

    def _places(self) -> list[int]:
        place_of = read_mesh(self._graph).place_of
        return [place_of[id] for id in self.selected or self.shown if id in place_of]

    def _answer(self, _: object, asked: Mapping[str, Any], __: object) -> None:
        """Send what the canvas asked for, or why it cannot be had."""
        try:
            part = show_view(self._graph, self._scope, self._lang, asked["view"], asked["given"])
            self.send({"number": asked["number"], "part": part})
        except ShilianError as error:
            self.send({"number": asked["number"], "failed": error.message(self._lang)})


def show_view(graph: Graph, scope: Scope, lang: Lang, name: str, given: Mapping[str, Any]) -> Any:
    """Return a view as JSON has it, for arguments that are checked first."""
    view = canvas_views()[name]
    return TypeAdapter(view.returns).dump_python(view.show(graph, scope, lang, view.reader.read(given)), mode="json")


def make_explorer(
    graph: Graph, scope: Scope, view: str, given: Mapping[str, Any], height: int, lang: Lang = "zh"
) -> Explorer:
    """Return a widget that begins with a view."""
    part = show_view(graph, scope, lang, view, given)
    return Explorer(
        graph, scope, lang, words=describe_canvas(lang), part=part, seed={"view": view, "given": dict(given)}, height=height,
        shown=[node["id"] for node in part["nodes"]],
    )  # fmt: skip
