"""The HTTP application: `create_app(settings)` puts together its routes, access control and caches."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.own_packages import IN_THE_WAY, refuse

if IN_THE_WAY is not None:
    refuse(IN_THE_WAY)

from api.answers import AnswerDesk
from api.door_errors import BodyFormError, MethodRefusedError, UnknownAddressError
from api.gate import Gate
from api.jobs import Jobs
from api.metrics import Metrics
from api.pool import ReadPool
from api.problem import problem_for
from api.replies import Replies
from api.routes import (
    callers_api,
    canvas_files,
    decisions_api,
    description,
    diff_api,
    entities_api,
    graph_api,
    health,
    loads_api,
    pages,
    papers_api,
    pictures,
    questions,
    saved_views_api,
    schema_api,
    sign_in,
)
from api.routes.openapi import describe_api
from api.security import LOOPBACK, Access
from api.served import ServedGraph
from api.upload_jobs import take_up
from graph.access import TokenFile
from graph.documents import Document
from graph.errors import ArgumentError
from graph.settings import Settings
from graph.texts import Said

ROUTERS = (
    questions.router,
    loads_api.router,
    diff_api.router,
    callers_api.router,
    decisions_api.router,
    schema_api.router,
    papers_api.router,
    pictures.router,
    entities_api.router,
    graph_api.router,
    saved_views_api.router,
    canvas_files.router,
    health.router,
    description.router,
    sign_in.router,
)


def create_app(
    settings: Settings | None = None,
    *,
    token: str | None = None,
    hosts: Iterable[str] | None = LOOPBACK,
    secure: bool = False,
    apart: bool = False,
) -> FastAPI:
    """Return the app that serves a workspace; `token` is the server's own (a new one where none is given).

    `hosts` are the names that it answers to (None: any), `secure` says that browsers come over TLS, `apart` that loads have a process
    of their own.
    """
    settings = settings or Settings()
    app = FastAPI(
        title="Shilian 十联",
        version=_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
        openapi_url=None,
        generate_unique_id_function=lambda route: route.name,  # what a generated client calls its functions
    )
    served = ServedGraph(settings)
    desk = AnswerDesk(served, ReadPool(), Metrics())
    access = Access(token, hosts, TokenFile(settings.workspace), settings.user, secure)
    app.state.settings, app.state.desk, app.state.jobs, app.state.access = settings, desk, Jobs(apart=apart), access
    app.state.replies = Replies[Document]()
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(pages.make_router())
    app.openapi = lambda: describe_api(app)  # type: ignore[method-assign]
    app.mount(description.ASSETS, description.make_assets())
    app.mount("/web/graph", canvas_files.make_canvas_files())
    app.mount("/web", pages.make_files())
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _path_problem)
    app.add_middleware(Gate, access=app.state.access, desk=desk, lang=settings.lang)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    take_up(app.state.jobs, app.state.settings)
    yield
    app.state.jobs.close()
    app.state.desk.pool.close()
    app.state.desk.served.close()


async def _http_problem(request: Request, error: Exception) -> Response:
    """Return what the framework itself refuses (no such route, wrong verb, unreadable form) as a problem too."""
    status, detail = getattr(error, "status_code", 500), str(getattr(error, "detail", ""))
    known = {404: UnknownAddressError(), 405: MethodRefusedError(method=request.method)}
    answer = problem_for(request, known.get(status, BodyFormError(reason=detail)), status)
    if allowed := (getattr(error, "headers", None) or {}).get("Allow"):
        answer.headers["Allow"] = allowed
    return answer


async def _path_problem(request: Request, error: Exception) -> Response:
    """Return a part of an address that is not of its type (the number of a decision) as a problem, as every argument is refused."""
    wrong = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    name, value = str(wrong.get("loc", ("?",))[-1]), str(wrong.get("input", ""))[:40]
    return problem_for(
        request, ArgumentError(argument=name, value=value, reason=Said("应是整数", "must be a whole number"))
    )


def _version() -> str:
    try:
        return version("shilian")
    except PackageNotFoundError:
        return "0"
