"""Puts the modules of the canvas and the drawing library into one, for places that take only one: a notebook's widget, a file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyvis

CANVAS = Path(__file__).parent / "canvas"
LIBRARY = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (?P<name>\w+))", re.MULTILINE)


@cache
def bundle_widget() -> str:
    """Return one module with the library and everything that the widget needs, whose default is what anywidget calls."""
    return f"{_bundle('widget')}\nexport default {{ render: (context) => widget_.renderWidget(vis, context) }};"


@cache
def bundle_alone() -> str:
    """Return one script with the library and the explorer, which draws what a file holds."""
    begin = "alone_.mountAlone(vis, document.getElementById('explorer'), JSON.parse(document.getElementById('kept').textContent));"
    return f"{_bundle('alone')}\n{begin}"


def _bundle(module: str) -> str:
    """Return the library and a module with all that it imports as one text."""
    library = LIBRARY.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]
    # The library gives its names to `exports` where it finds one, and to the page else.
    parts = [
        f"const vis = (() => {{ const exports = {{}}; const module = {{ exports }};\n{library}\nreturn exports; }})();"
    ]
    _add(module, parts, set())
    return "\n".join(parts)


def style_canvas(*more: str) -> str:
    """Return the style of the canvas, with those of some names beside it."""
    return "\n".join((CANVAS / f"{name}.css").read_text(encoding="utf-8") for name in ("canvas", *more))


def _add(name: str, parts: list[str], done: set[str]) -> None:
    """Add a module as a function that is called once, after those that it imports from."""
    if name in done:
        return
    done.add(name)
    text = (CANVAS / f"{name}.js").read_text(encoding="utf-8")
    for found in _IMPORT.finditer(text):
        _add(found["module"], parts, done)
    names = ", ".join(found["name"] for found in _EXPORT.finditer(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const {\g<names>} = \g<module>_;\n", text))
    parts.append(f"const {name}_ = (() => {{\n{body}\nreturn {{ {names} }};\n}})();")
