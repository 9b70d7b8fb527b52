"""Which enterprise a community should pair with; where it is asked for, also which office, school or association."""

from __future__ import annotations

from dataclasses import replace

from graph.schema.organizations import Community, Enterprise
from queries.matching.signal import PairSpec
from queries.pairing.rules import RULES
from queries.pairing.signals import FOLDER, find_signals
from queries.reading.facts import read_facts_with_institutions

WEIGHTS = FOLDER / "weights.toml"
ENTERPRISE_COMMUNITY = PairSpec(
    "enterprise-community", left=Community.label, right=Enterprise.label, signals=find_signals(WEIGHTS), rules=RULES,
    weights=WEIGHTS, capacities=(1, 2), opposites=(("needs_met", "needs_met_other_way"),),
)  # fmt: skip
WITH_INSTITUTIONS = replace(ENTERPRISE_COMMUNITY, read=read_facts_with_institutions)
