"""Which unit is part of which: subsidiaries and branches, as somebody decided."""

from graph.kinds import Property, Relation
from graph.schema.organizations import Enterprise, Institution
from graph.types import Count

_DECISION = (Property("decision", Count(), zh="决定编号", en="number of the decision"),)
_ENDS = (Enterprise, Institution)

SUBSIDIARY_OF = Relation(
    "SUBSIDIARY_OF", zh="子公司", en="subsidiary of", source=_ENDS, target=_ENDS, properties=_DECISION, computed=True
)
BRANCH_OF = Relation(
    "BRANCH_OF", zh="分支机构", en="branch of", source=_ENDS, target=_ENDS, properties=_DECISION, computed=True
)
