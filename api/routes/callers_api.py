"""`/api/v1/me`: who the caller is."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.bodies import CallerBody
from api.requests import caller_of, read_parameters
from graph.documents import Document

router = APIRouter(prefix="/api/v1/me", tags=["service"])


@router.get("", response_model=CallerBody)
async def show_caller(request: Request) -> Document:
    """The caller's name and role, and the area or unit to which the token is limited."""
    read_parameters(request, ())
    caller = caller_of(request)
    return {"name": caller.name, "role": caller.role, "limited_to": caller.shown}
