"""Which enterprise a community should pair with."""

from __future__ import annotations

from queries.matching.signal import PairSpec
from queries.pairing.rules import RULES
from queries.pairing.signals import SIGNALS

ENTERPRISE_COMMUNITY = PairSpec(
    "enterprise-community", left="Community", right="Enterprise", signals=SIGNALS, rules=RULES, capacities=(1, 2),
    opposites=(("needs_met", "needs_met_other_way"),),
)  # fmt: skip
