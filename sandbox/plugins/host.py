"""Runs a stand-in as a Pulumi plugin; the executables in bin/ call it.

The SDK's own plumbing (`pulumi.provider.experimental.server`) is kept, but for its errors, which a person cannot read.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import grpc  # type: ignore[import-untyped]  # grpcio publishes no types
import grpc.aio  # type: ignore[import-untyped]  # grpcio publishes no types
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import provider_pb2_grpc

from sandbox.newrelic.facts import facts_of as newrelic_facts
from sandbox.pagerduty.facts import facts_of as pagerduty_facts
from sandbox.plugins.client import StandInError
from sandbox.plugins.provider import FactsOf, StandIn
from sandbox.plugins.schema import load

_PARENT_CHECK_SECONDS = 1.0
_METHODS = ("CheckConfig", "DiffConfig", "Configure", "Check", "Diff", "Create", "Read", "Update", "Delete", "Invoke")
_FACTS: dict[str, FactsOf] = {"newrelic": newrelic_facts, "pagerduty": pagerduty_facts}

Call = Callable[[Any, Any], Awaitable[Any]]


class Servicer(ProviderServicer):
    """The SDK's servicer, with errors of one line."""

    def __init__(self, provider: StandIn, version: str, engine_address: str) -> None:
        super().__init__([], version, provider, engine_address)
        for method in _METHODS:
            setattr(self, method, _readable(getattr(self, method), provider.clean))


def stand_in(vendor: str) -> StandIn:
    """The plugin for "newrelic" or "pagerduty"."""
    return StandIn(load(vendor), _FACTS[vendor])


def main(vendor: str, arguments: list[str]) -> int:
    """Serve until the engine is gone; its address is the one argument that is not an option."""
    addresses = [argument for argument in arguments if not argument.startswith("-")]
    if not addresses:
        print(f"usage: pulumi-resource-{vendor} ENGINE_ADDRESS (the Pulumi engine starts it)", file=sys.stderr)
        return 2
    threading.Thread(target=_exit_with_parent, args=(os.getppid(),), daemon=True).start()
    asyncio.run(_serve(vendor, addresses[-1]))
    return 0


async def _serve(vendor: str, engine_address: str) -> None:
    """Serve; the port goes to stdout first, as the engine expects."""
    server = grpc.aio.server(options=_GRPC_CHANNEL_OPTIONS)
    servicer = Servicer(stand_in(vendor), load(vendor).version, engine_address)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)
    await server.wait_for_termination()


def _exit_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(0)


def _readable(call: Call, clean: Callable[[str], str]) -> Call:
    async def answer(request: Any, context: Any) -> Any:
        try:
            return await call(request, context)
        except StandInError as error:
            await context.abort(grpc.StatusCode.FAILED_PRECONDITION, clean(str(error)))
        except Exception as error:
            # A fault of the stand-in: its traceback could hold values, so only the place is told.
            text = f"fault in the sandbox's stand-in: {type(error).__name__}: {error} ({_place(error)})"
            await context.abort(grpc.StatusCode.UNKNOWN, clean(text))

    return answer


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
