"""Questions to a graph.

from queries import connect
district = connect("workspace")            # or a neo4j:// address
district.partners("重二社区", k=5)          # a table in a notebook
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queries.answers.answer import Answer
    from queries.answers.asking import ask
    from queries.answers.catalogue import catalogue
    from queries.answers.python_door import District, connect
    from queries.reading.period import Period
    from queries.reading.scope import Scope

# Name → module: imported at first use, so that `import queries` costs nothing.
_EXPORTS = {
    "connect": "queries.answers.python_door", "District": "queries.answers.python_door", "ask": "queries.answers.asking",
    "catalogue": "queries.answers.catalogue", "Answer": "queries.answers.answer", "Scope": "queries.reading.scope",
    "Period": "queries.reading.period",
}  # fmt: skip

__all__ = ["Answer", "District", "Period", "Scope", "ask", "catalogue", "connect"]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
