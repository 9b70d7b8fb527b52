"""The pairings that the product knows: a module each, which says how its facts are read, by what it is scored, and what is ruled out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from graph.errors import ArgumentError
from graph.texts import Said
from queries.matching.signal import PairSpec
from queries.pairing.specs.cohort_need import COHORT_NEED
from queries.pairing.specs.enterprise_community import ENTERPRISE_COMMUNITY, WITH_INSTITUTIONS
from queries.pairing.specs.enterprise_enterprise import ENTERPRISE_ENTERPRISE
from queries.pairing.specs.need_offering import NEED_OFFERING
from queries.pairing.specs.post_unit import POST_UNIT
from queries.pairing.specs.property_enterprise import PROPERTY_ENTERPRISE
from queries.pairing.specs.resource_unit import RESOURCE_UNIT

Pairing = Literal[
    "enterprise-community", "resource-unit", "need-offering", "enterprise-enterprise", "post-unit",
    "property-enterprise", "cohort-need",
]  # fmt: skip
SPECS: Mapping[str, PairSpec] = {
    spec.name: spec
    for spec in (
        ENTERPRISE_COMMUNITY, RESOURCE_UNIT, NEED_OFFERING, ENTERPRISE_ENTERPRISE, POST_UNIT, PROPERTY_ENTERPRISE, COHORT_NEED,
    )
}  # fmt: skip

__all__ = ["ENTERPRISE_COMMUNITY", "RESOURCE_UNIT", "SPECS", "WITH_INSTITUTIONS", "Pairing", "find_spec"]


def find_spec(name: str) -> PairSpec:
    """Return the pairing of a name; ArgumentError names those that there are."""
    if name not in SPECS:
        known = ", ".join(get_args(Pairing))
        raise ArgumentError(
            argument="pairing", value=name, reason=Said(f"应是其中之一：{known}", f"must be one of {known}")
        )
    return SPECS[name]
