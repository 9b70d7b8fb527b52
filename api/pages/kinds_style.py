"""`/kinds.css`: the colour of every kind's mark, from the one palette; a page itself may hold no colours (our policy forbids it)."""

from __future__ import annotations

from starlette.responses import Response

from api.pages.page_list import page
from api.pages.visit import Visit
from graph.palette import find_looks
from graph.schema import SCHEMA

CORNERS = {"circle": "50%", "square": ".2em", "diamond": ".55em .1em", "hexagon": ".4em"}
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green, blue in how light a colour is (WCAG 2)
_MIDDLE = 0.179  # above it black is the clearer writing


@page("/kinds.css")
async def show_kinds_style(_: Visit) -> Response:
    """The rules of all kinds."""
    rules = (
        f".kind-{label} {{ background: {look.colour}; color: {_writing_on(look.colour)}; border-radius: {CORNERS[look.shape]}; }}"
        for label, look in find_looks(SCHEMA).items()
    )
    return Response("\n".join(rules), media_type="text/css")


def _writing_on(colour: str) -> str:
    """Return the clearer of black and white on a colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return "#000" if sum(w * p for w, p in zip(_WEIGHTS, linear, strict=True)) > _MIDDLE else "#fff"
