"""`/healthz`, `/readyz`, `/metrics`: is it alive, can it answer, how is it doing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from api.answers import AnswerDesk

router = APIRouter(tags=["service"])


@router.get("/healthz")
async def show_health() -> dict[str, str]:
    """Tell that the server runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def show_readiness(request: Request) -> dict[str, Any]:
    """Tell which snapshot is served; 404 or 503 with the reason while there is none."""
    desk: AnswerDesk = request.app.state.desk

    def look() -> dict[str, Any]:
        with desk.served.reading() as graph:
            return {"status": "ready", "snapshot": graph.snapshot, "digest": graph.digest}

    return await desk.pool.run(look)


@router.get("/metrics")
async def show_metrics(request: Request) -> Response:
    """Counters as Prometheus reads them."""
    desk: AnswerDesk = request.app.state.desk
    snapshot = desk.served.snapshot() or ""
    gauges = {
        "cached_answers": len(desk.cache), "cached_bytes": desk.cache.size, "reading": desk.pool.waiting,
        "snapshot": float(snapshot) if snapshot.isdigit() else 0,
    }  # fmt: skip
    return PlainTextResponse(desk.metrics.render(gauges), media_type="text/plain; version=0.0.4")
