"""Render's REST API as the sandbox serves it: every request checked against the contract, then handled at once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.controls import AnswerLost, RequestFault
from sandbox.render import (
    deploys,
    disks,
    env_groups,
    key_value,
    logs,
    owners,
    postgres,
    projects,
    service_actions,
    service_entries,
    services,
    streams,
)
from sandbox.render.call import Account, Answer, Call, Handler
from sandbox.render.contract import Operation
from sandbox.render.ids import OWNER_ID
from sandbox.render.incoming import read_body, read_query, require_json
from sandbox.render.limits import RateLimits, limit_of
from sandbox.render.refusals import Refused

__all__ = ["HANDLERS", "OWNER_ID", "render_api"]

HANDLERS: Final[Mapping[str, Handler]] = {
    **owners.HANDLERS,
    **services.HANDLERS,
    **service_actions.HANDLERS,
    **service_entries.HANDLERS,
    **deploys.HANDLERS,
    **disks.HANDLERS,
    **postgres.HANDLERS,
    **key_value.HANDLERS,
    **env_groups.HANDLERS,
    **projects.HANDLERS,
    **logs.HANDLERS,
    **streams.HANDLERS,
}
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def render_api(account: Account) -> Starlette:
    """The application, to be mounted where Render has `/v1`; its routes are relative to the mount.

    Who asks is for the server to check. A request that meets the fault `lose_answer` ends with `AnswerLost`.
    """
    owners.seed_owner(account)
    door = _Door(account)
    return Starlette(routes=[Route("/{path:path}", door.answer, methods=_METHODS)])


class _Door:
    """Takes requests in: faults, limits, the contract, then the handler in one transaction."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._limits = RateLimits(account.clock)

    async def answer(self, request: Request) -> Response:
        content = await request.body()
        fault = self._account.controls.take_request_fault(request.method, request.url.path)
        if fault is not None and fault.status is not None:
            return _refusal(fault.status, fault.message, fault.headers)
        headers: dict[str, str] = {}
        try:
            answer = self._work(request, content, headers)
            response = _response(answer, headers)
        except Refused as refused:
            response = _refusal(refused.status, refused.message, headers)
        await _meet(fault)
        return response

    def _work(self, request: Request, content: bytes, headers: dict[str, str]) -> Answer:
        operation, parameters = self._operation(request, headers)
        multiplier = self._account.controls.settings.rate_limit_multiplier
        verdict = self._limits.take(limit_of(operation, parameters), multiplier)
        headers.update(verdict.headers)
        if not verdict.taken:
            raise Refused(429, verdict.message)
        require_json(request.headers, content)
        contract = self._account.contract
        call = Call(
            account=self._account,
            operation=operation,
            path=parameters,
            query=read_query(contract, operation, request.query_params.multi_items()),
            body=read_body(contract, operation, content),
            base_url=f"{request.url.scheme}://{request.url.netloc}",
        )
        with self._account.store.transaction():
            return HANDLERS[operation.key](call)

    def _operation(self, request: Request, headers: dict[str, str]) -> tuple[Operation, dict[str, str]]:
        path = _path_below_mount(request)
        match = self._account.contract.match(path)
        if match is None:
            asked = f"{request.method} {path}"
            raise Refused(404, f"no such path: {asked} is not part of the sandbox, which serves a part of Render's")
        if request.method not in match.operations:
            headers["Allow"] = ", ".join(sorted(match.operations))
            raise Refused(405, f"{path} takes no {request.method}; it takes {headers['Allow']}")
        parameters = {name: unquote(value) for name, value in match.parameters.items()}
        return match.operations[request.method], parameters


def _path_below_mount(request: Request) -> str:
    # The raw path, since an environment variable's key may hold an encoded slash.
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.decode("latin-1").removeprefix(request.scope.get("root_path", "")) or "/"


async def _meet(fault: RequestFault | None) -> None:
    if fault is None:
        return
    if fault.lose_answer:
        raise AnswerLost
    await asyncio.sleep(fault.delay_seconds)


def _response(answer: Answer, headers: Mapping[str, str]) -> Response:
    if answer.body is None:
        return Response(status_code=answer.status, headers=dict(headers))
    return JSONResponse(answer.body, status_code=answer.status, headers=dict(headers))


def _refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    body: dict[str, Any] = {"id": f"err-{secrets.token_hex(10)}", "message": message}
    return JSONResponse(body, status_code=status, headers=dict(headers))
