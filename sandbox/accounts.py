"""New Relic's and PagerDuty's accounts over HTTP, for the sandbox's stand-in plugins.

    POST   /{vendor}/{kind}           {"inputs", "secret_paths", "settings"}   201 {"id", "inputs", "outputs", ...}
    GET    /{vendor}/{kind}[?name=]                                            200 {"objects": [...]}
    GET    /{vendor}/{kind}/{id}                                               200, 404
    PUT    /{vendor}/{kind}/{id}      {"inputs", "secret_paths", "settings"}   200, 404
    DELETE /{vendor}/{kind}/{id}                                               204, 404
    POST   /{vendor}/_lookups/{function}  {arguments}                          200, 404
    POST   /pagerduty/_users              [{"id", "name", "email"}]            204
    POST   /newrelic/_slack_destination   {"id", "name"}                       204

A kind is a class of the vendor's Pulumi SDK, an id is the one that Pulumi has. What the vendor would refuse is 400 with
{"message"}. Secrets that a vendor never tells again are stored, and left out of every answer.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.controls import AnswerLost, Controls
from sandbox.newrelic import account as newrelic
from sandbox.newrelic.facts import facts_of as newrelic_facts
from sandbox.pagerduty import account as pagerduty
from sandbox.pagerduty.facts import facts_of as pagerduty_facts
from sandbox.plugins.check import suggestion
from sandbox.plugins.facts import Facts, holders
from sandbox.plugins.rules import Account, Draft, Refused, Vendor, check_deletion, check_draft, name_of
from sandbox.plugins.schema import load
from sandbox.store import Record, Store

VENDORS: Mapping[str, Vendor] = {vendor.name: vendor for vendor in (newrelic.VENDOR, pagerduty.VENDOR)}
_FACTS: Mapping[str, Callable[[str], Facts]] = {"newrelic": newrelic_facts, "pagerduty": pagerduty_facts}

Work = Callable[["_Call"], Response]


@dataclass(frozen=True)
class _Call:
    """One request to one vendor's account, its body read."""

    vendor: Vendor
    account: Account
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any

    @property
    def kind(self) -> str:
        return self.path["kind"]

    @property
    def object_id(self) -> str:
        return self.vendor.of(self.kind).found_as(self.path["id"])

    def record(self) -> Record:
        found = self.account.find(self.kind, self.object_id)
        if found is None:
            raise Refused(404, f"{self.vendor.title}'s account in the sandbox has no {self.kind} {self.object_id}")
        return found


def accounts_api(store: Store, controls: Controls, base_url: str) -> Starlette:
    """The application, to be mounted at /accounts behind the server's own authentication.

    `base_url` is the sandbox's address without a slash at its end; links in the objects start with it.
    """
    served = _Served(store, controls, base_url)
    return Starlette(
        routes=[
            Route("/pagerduty/_users", served.by(_seed_users, "pagerduty"), methods=["POST"]),
            Route("/newrelic/_slack_destination", served.by(_seed_slack_destination, "newrelic"), methods=["POST"]),
            Route("/{vendor}/_lookups/{function:path}", served.by(_look_up), methods=["POST"]),
            Route("/{vendor}/{kind}", served.by(_create), methods=["POST"]),
            Route("/{vendor}/{kind}", served.by(_list), methods=["GET"]),
            Route("/{vendor}/{kind}/{id:path}", served.by(_read), methods=["GET"]),
            Route("/{vendor}/{kind}/{id:path}", served.by(_update), methods=["PUT"]),
            Route("/{vendor}/{kind}/{id:path}", served.by(_delete), methods=["DELETE"]),
        ]
    )


@dataclass(frozen=True)
class _Served:
    store: Store
    controls: Controls
    base_url: str

    def by(self, work: Work, vendor: str | None = None) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that does the work in one transaction, after the faults that wait for the request."""

        async def endpoint(request: Request) -> Response:
            fault = self.controls.take_request_fault(request.method, request.url.path)
            if fault is not None and fault.status is not None:
                return JSONResponse({"message": fault.message}, fault.status, dict(fault.headers))
            try:
                call = await self._call(request, vendor)
                answer = await run_in_threadpool(self._work, work, call)
            except Refused as refused:
                return JSONResponse({"message": str(refused)}, refused.status)
            if fault is not None and fault.lose_answer:
                raise AnswerLost(request.url.path)
            if fault is not None:
                await asyncio.sleep(fault.delay_seconds)
            return answer

        return endpoint

    def _work(self, work: Work, call: _Call) -> Response:
        with self.store.transaction():
            return work(call)

    async def _call(self, request: Request, named: str | None) -> _Call:
        name = named or request.path_params["vendor"]
        vendor = VENDORS.get(name)
        if vendor is None:
            raise Refused(404, f'the sandbox has no account "{name}"; it has {" and ".join(VENDORS)}')
        kind = request.path_params.get("kind")
        if kind is not None and kind not in load(name).resources:
            known = load(name).resources
            raise Refused(404, f'"{kind}" is no kind of object at {vendor.title}{suggestion(kind, known)}')
        account = Account(name, self.store, self.base_url)
        return _Call(vendor, account, request.path_params, request.query_params, await _body(request))


async def _body(request: Request) -> Any:
    if request.method not in ("POST", "PUT"):
        return None
    try:
        return await request.json()
    except ValueError:
        raise Refused(400, "the body is no JSON") from None


def _create(call: _Call) -> Response:
    draft = _draft(call, None)
    check_draft(call.vendor, draft)
    rules = call.vendor.of(call.kind)
    object_id = rules.identity(draft)
    if call.account.find(call.kind, object_id) is not None:
        raise Refused(400, f"{call.kind} {object_id} exists already; `pulumi import` it, or delete it first")
    return _answer(call, _stored(call, draft, object_id), 201)


def _list(call: _Call) -> Response:
    found = call.account.store.find(call.vendor.name, call.kind, name=call.query.get("name"))
    return JSONResponse({"objects": [_told(call, record) for record in found]})


def _read(call: _Call) -> Response:
    return _answer(call, call.record(), 200)


def _update(call: _Call) -> Response:
    old = call.record()
    draft = _draft(call, old)
    check_draft(call.vendor, draft)
    return _answer(call, _stored(call, draft, old.id), 200)


def _delete(call: _Call) -> Response:
    record = call.record()
    _remove(call, record)
    return Response(status_code=204)


def _remove(call: _Call, record: Record) -> None:
    going = check_deletion(call.vendor, call.account, record.kind, record.id)
    call.account.store.delete(call.vendor.name, record.kind, record.id)
    for other in going:
        _remove(call, other)


def _look_up(call: _Call) -> Response:
    token = call.path["function"]
    lookup = call.vendor.lookups.get(token)
    if lookup is None:
        raise Refused(
            404,
            f"the sandbox's {call.vendor.title} account does not answer the function {token}; "
            f"it answers {', '.join(sorted(one.rsplit(':', 1)[-1] for one in call.vendor.lookups))}",
        )
    return JSONResponse(lookup(call.account, call.body))


def _seed_users(call: _Call) -> Response:
    wrong = [user for user in call.body if not all(user.get(name) for name in ("id", "name", "email"))]
    if wrong:
        raise Refused(400, 'every user needs "id", "name" and "email"')
    for user in call.body:
        pagerduty.seed_user(call.account, user)
    return Response(status_code=204)


def _seed_slack_destination(call: _Call) -> Response:
    """Stand in for the consent that a person gives in New Relic's user interface."""
    if not all(call.body.get(name) for name in ("id", "name")):
        raise Refused(400, 'a Slack destination needs "id" and "name"')
    identity, name = str(call.body["id"]), str(call.body["name"])
    inputs = {"name": name, "type": "SLACK", "active": True, "properties": [{"key": "teamName", "value": name}]}
    draft = Draft(call.account, "NotificationDestination", inputs, {})
    _put(call, draft, identity, [])
    return Response(status_code=204)


def _draft(call: _Call, old: Record | None) -> Draft:
    if not isinstance(call.body, dict) or not isinstance(call.body.get("inputs"), dict):
        raise Refused(400, 'the body needs "inputs", an object')
    return Draft(call.account, call.kind, call.body["inputs"], call.body.get("settings") or {}, old)


def _stored(call: _Call, draft: Draft, object_id: str) -> Record:
    return _put(call, draft, object_id, call.body.get("secret_paths") or [])


def _put(call: _Call, draft: Draft, object_id: str, secret_paths: list[str]) -> Record:
    document = {
        "inputs": dict(draft.inputs),
        "outputs": call.vendor.of(draft.kind).outputs(draft, object_id),
        "secret_paths": secret_paths,
    }
    call.account.store.put(call.vendor.name, draft.kind, object_id, draft.name or object_id, document)
    found = call.account.find(draft.kind, object_id)
    assert found is not None, "the object was just stored"
    return found


def _answer(call: _Call, record: Record, status: int) -> Response:
    return JSONResponse(_told(call, record), status)


def _told(call: _Call, record: Record) -> dict[str, Any]:
    inputs = call.vendor.of(record.kind).as_read(copy.deepcopy(record.document["inputs"]))
    for path in _FACTS[call.vendor.name](record.kind).write_only:
        for holder, name in list(holders(inputs, path)):
            holder.pop(name, None)
    return {
        "id": record.id,
        "name": name_of(inputs) or record.name,
        "inputs": inputs,
        "outputs": record.document["outputs"],
        "secret_paths": record.document["secret_paths"],
    }
