"""The lowest role that may use an address. What stands in no rule may be read by everybody and changed by stewards only."""

from __future__ import annotations

from graph.access import ROLES, Role

READS = frozenset({"GET", "HEAD", "OPTIONS"})
ASKS = frozenset({"POST"})
# The first rule that fits counts: verbs, how the address begins, the role.
RULES: tuple[tuple[frozenset[str], str, Role], ...] = (
    (READS, "/api/v1/loads/jobs/", "viewer"),  # one's own jobs only (api/jobs.py)
    (READS, "/api/v1/loads", "analyst"),
    (READS, "/import", "analyst"),  # it lists the loads
    (READS, "/api/v1/diff", "analyst"),
    (READS, "/api/v1/decisions", "analyst"),
    (ASKS, "/api/v1/decisions", "officer"),  # which decisions, its class says (graph/decisions.py)
    (frozenset({"DELETE"}), "/api/v1/decisions", "officer"),
    (ASKS, "/api/v1/questions/", "viewer"),
    (ASKS, "/api/v1/graph", "viewer"),
    (ASKS | frozenset({"DELETE"}), "/api/v1/views", "analyst"),  # which ones, graph/saved_views.py says
    (ASKS, "/api/v1/papers", "viewer"),
    (ASKS, "/sign-", "viewer"),
    (READS, "/metrics", "analyst"),
    (READS, "/", "viewer"),
)


def find_least_role(method: str, path: str) -> Role:
    """Return the lowest role that may call an address."""
    for verbs, begins, role in RULES:
        if method in verbs and path.startswith(begins):
            return role
    return "steward"


def may_use(role: Role, method: str, path: str) -> bool:
    """Tell whether a role may call an address."""
    return ROLES.index(role) >= ROLES.index(find_least_role(method, path))
