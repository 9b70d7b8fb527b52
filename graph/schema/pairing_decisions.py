"""What people decided about pairing: pairs that were agreed, words of services, and the weights by which pairs are scored."""

from graph.kinds import Entity, Property, Relation
from graph.schema.organizations import UNITS
from graph.types import Count, Text

ACCEPTED = Relation("ACCEPTED", zh="已采纳结对", en="accepted as a pair", source=UNITS, target=UNITS, computed=True)
DecidedWord = Entity(
    "DecidedWord", zh="服务用词", en="decided word of services", keys=("word:{number}",), computed=True,
    properties=(
        Property("number", Count(), zh="决定编号", en="number of the decision"),
        Property("word", Text(), zh="用词", en="word"),
        Property("relation", Text(), zh="关系（=、under、not）", en="how it is related: =, under, not"),
        Property("target", Text(), zh="对象", en="word, kind or field that it is related to"),
    ),
)  # fmt: skip
PairingWeights = Entity(
    "PairingWeights", zh="结对权重", en="weights of a pairing", keys=("wgt:{pairing}",), computed=True,
    properties=(
        Property("pairing", Text(), zh="结对种类", en="which pairing"),
        Property("name", Text(), zh="名称", en="name by which answers speak of them"),
        Property("version", Count(), zh="版本", en="version"),
        Property("weights", Text(), zh="权重", en="signal=weight, …; together 1"),
        Property("proof", Text(), zh="依据", en="how they were proven"),
    ),
)  # fmt: skip
