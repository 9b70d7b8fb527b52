"""What people decided about needs that are alike: that they are two."""

from graph.kinds import Relation
from graph.schema.resources import Need

TOLD_APART = Relation("TOLD_APART", zh="不是同一项", en="is another one", source=(Need,), target=(Need,), computed=True)
