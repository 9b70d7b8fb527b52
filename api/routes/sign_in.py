"""`/sign-in`: how a browser comes in with a token, and `/sign-out`."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.door_errors import ForeignOriginError, NotSignedInError
from api.requests import read_bytes, read_parameters
from api.security import Access, is_own_origin

router = APIRouter(include_in_schema=False)
LONGEST_FORM = 2000


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Open a session for a browser whose user wrote a valid token into the form."""
    read_parameters(request, ())
    access: Access = request.app.state.access
    if not is_own_origin(dict(request.scope["headers"])):
        raise ForeignOriginError
    form = parse_qs((await read_bytes(request))[:LONGEST_FORM].decode("utf-8", "replace"))
    cookie = access.sign_in(form.get("token", [""])[0])
    if cookie is None:
        raise NotSignedInError
    return _go_to_start(cookie)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the browser's session."""
    read_parameters(request, ())
    access: Access = request.app.state.access
    return _go_to_start(access.sign_out(dict(request.scope["headers"])))


def _go_to_start(cookie: str) -> Response:
    headers = {"Location": "/", "Set-Cookie": cookie, "Cache-Control": "no-store"}
    return Response(None, HTTPStatus.SEE_OTHER, headers)
