"""Questions to a graph.

from queries import connect
district = connect("workspace")            # or a neo4j:// address
district.partners("重二社区", k=5)          # a table in a notebook
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queries.answer import Answer
    from queries.district import District, connect
    from queries.period import Period
    from queries.question import catalogue
    from queries.run import ask
    from queries.scope import Scope

# Name → module: imported at first use, so that `import queries` costs nothing.
_EXPORTS = {
    "connect": "queries.district", "District": "queries.district", "ask": "queries.run", "catalogue": "queries.question",
    "Answer": "queries.answer", "Scope": "queries.scope", "Period": "queries.period",
}  # fmt: skip

__all__ = ["Answer", "District", "Period", "Scope", "ask", "catalogue", "connect"]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
