"""Counters in the text form that Prometheus reads; labels are route templates and codes, never what people asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """Counters of requests by route and status, of how long they took, and of answers that came from the cache."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.buckets: Counter[float] = Counter()
        self.seconds = 0.0
        self.answers: Counter[str] = Counter()

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[route, method, status] += 1
        self.seconds += seconds
        self.buckets[next((b for b in BUCKETS if seconds <= b), float("inf"))] += 1

    def render(self, gauges: Mapping[str, float]) -> str:
        """Return everything as Prometheus text."""
        lines = [
            "# HELP shilian_requests_total Requests by route, method and status.",
            "# TYPE shilian_requests_total counter",
        ]
        lines += [
            f'shilian_requests_total{{route="{route}",method="{method}",status="{status}"}} {n}'
            for (route, method, status), n in sorted(self.requests.items())
        ]
        lines += ["# HELP shilian_request_seconds How long requests took.", "# TYPE shilian_request_seconds histogram"]
        total = 0
        for bound in (*BUCKETS, float("inf")):
            total += self.buckets[bound]
            lines.append(f'shilian_request_seconds_bucket{{le="{bound if bound != float("inf") else "+Inf"}"}} {total}')
        lines += [f"shilian_request_seconds_sum {self.seconds:.6f}", f"shilian_request_seconds_count {total}"]
        lines += [
            "# HELP shilian_answers_total Answers by where they came from.",
            "# TYPE shilian_answers_total counter",
        ]
        lines += [f'shilian_answers_total{{from="{source}"}} {n}' for source, n in sorted(self.answers.items())]
        for name, value in gauges.items():
            lines += [f"# TYPE shilian_{name} gauge", f"shilian_{name} {value:g}"]
        return "\n".join(lines) + "\n"
