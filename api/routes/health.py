"""`/healthz`, `/readyz`, `/metrics`: is it alive, can it answer, how is it doing."""

from __future__ import annotations

from typing import TypedDict

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from api.answers import AnswerDesk
from graph.backends.protocol import Publishing


class Readiness(TypedDict, total=False):
    """Whether answers can be given, of which snapshot, and a publish that has not ended: towards which snapshot, and how far."""

    status: str
    snapshot: str
    digest: str
    next: str
    step: int
    steps: int


router = APIRouter(tags=["service"])


@router.get("/healthz")
async def show_health() -> dict[str, str]:
    """Tell that the server runs."""
    return {"status": "ok"}


@router.get("/readyz", response_model=None)
async def show_readiness(request: Request) -> Readiness:
    """Tell which snapshot is served, and of a graph server whether a publish is under way or broke off; 404 or 503 while there is none.

    Until a publish to a server has ended, answers may mix the snapshot with the next one; the next `shilian load` ends it.
    """
    desk: AnswerDesk = request.app.state.desk

    def look() -> Readiness:
        with desk.served.reading(None) as graph:
            facts = graph.look()
            told = Readiness(status="ready", snapshot=facts.snapshot, digest=facts.digest)
            return {**told, **describe_publishing(facts.publishing)}

    return await desk.pool.run(look)


def describe_publishing(publishing: Publishing | None) -> Readiness:
    """Return the JSON about a publish that has not ended: its snapshot, the steps done and the steps in all."""
    if publishing is None:
        return {}
    status = "publishing" if publishing.is_under_way else "unfinished"
    return {"status": status, "next": publishing.snapshot, "step": publishing.step, "steps": publishing.steps}


@router.get("/metrics", response_class=PlainTextResponse)
async def show_metrics(request: Request) -> Response:
    """Counters as Prometheus reads them."""
    desk: AnswerDesk = request.app.state.desk
    snapshot = desk.served.snapshot() or ""
    gauges = {
        "cached_answers": len(desk.cache), "cached_bytes": desk.cache.size, "reading": desk.pool.waiting,
        "snapshot": float(snapshot) if snapshot.isdigit() else 0,
    }  # fmt: skip
    return PlainTextResponse(desk.metrics.render(gauges), media_type="text/plain; version=0.0.4")
