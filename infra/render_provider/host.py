"""Runs the provider as a Pulumi plugin: `python -m infra.render_provider.host ENGINE_ADDRESS`.

The SDK's own plumbing (`pulumi.provider.experimental.server`) is kept, except where it loses something: an error
shows as "Unexpected <class ...>", an object that exists but does not work cannot be reported at all, and nothing logs
to the engine.
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
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, provider_pb2_grpc, status_pb2

from infra.render_provider.errors import InitializationFailed, RenderProviderError
from infra.render_provider.provider import RenderProvider
from infra.render_provider.schema_document import VERSION

_PARENT_CHECK_SECONDS = 1.0
_METHODS = ("CheckConfig", "Configure", "Check", "Diff", "Create", "Read", "Update", "Delete")

Call = Callable[[Any, Any], Awaitable[Any]]


class Servicer(ProviderServicer):
    """The SDK's servicer, with errors that a person can read."""

    def __init__(self, provider: RenderProvider, engine_address: str) -> None:
        super().__init__([], VERSION, provider, engine_address)
        for method in _METHODS:
            setattr(self, method, _readable(getattr(self, method), provider.clean))


def _readable(call: Call, clean: Callable[[str], str]) -> Call:
    async def answer(request: Any, context: Any) -> Any:
        try:
            return await call(request, context)
        except InitializationFailed as failure:
            await context.abort_with_status(_initialization_failed(failure, clean(str(failure))))
        except RenderProviderError as error:
            await context.abort(grpc.StatusCode.FAILED_PRECONDITION, clean(str(error)))
        except Exception as error:
            # A fault of the provider: its traceback could hold values, so only the place is told.
            text = f"fault in the Render provider: {type(error).__name__}: {error} ({_place(error)})"
            await context.abort(grpc.StatusCode.UNKNOWN, clean(text))

    return answer


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"


def _initialization_failed(failure: InitializationFailed, text: str) -> grpc.Status:
    """The status by which the engine keeps the object in its state, marked as not working yet."""
    detail = provider_pb2.ErrorResourceInitFailed(
        id=failure.object_id, properties=PropertyValue.marshal_map(failure.outputs), reasons=[text]
    )
    told = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=text)
    told.details.add().Pack(detail)
    status = grpc.Status()
    status.code = grpc.StatusCode.UNKNOWN
    status.details = text
    status.trailing_metadata = (("grpc-status-details-bin", told.SerializeToString()),)
    return status


class EngineLog:
    """Shows messages in the person's terminal, beside the resource they are about."""

    def __init__(self, engine_address: str) -> None:
        self._engine = engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine_address))

    def __call__(self, urn: str, message: str) -> None:
        """Log one line; a message that cannot be delivered goes to stderr."""
        request = engine_pb2.LogRequest(severity=engine_pb2.INFO, urn=urn, message=message)
        try:
            self._engine.Log(request, timeout=5)
        except grpc.RpcError:
            print(message, file=sys.stderr)


def exit_with_parent(parent: int) -> None:
    """End this process once its engine is gone, even when that was killed; meant for a thread of its own."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(0)


async def serve(engine_address: str) -> None:
    """Serve until stopped; the port goes to stdout first, as the engine expects."""
    log = EngineLog(engine_address)
    provider = RenderProvider(log)
    server = grpc.aio.server(options=_GRPC_CHANNEL_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(provider, engine_address), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)
    await server.wait_for_termination()


def main(arguments: list[str]) -> int:
    """The plugin's entry: the engine's address is the one argument that is not an option."""
    addresses = [argument for argument in arguments if not argument.startswith("-")]
    if not addresses:
        print("usage: pulumi-resource-render ENGINE_ADDRESS (the Pulumi engine starts it)", file=sys.stderr)
        return 2
    threading.Thread(target=exit_with_parent, args=(os.getppid(),), daemon=True).start()
    asyncio.run(serve(addresses[-1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
