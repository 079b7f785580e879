"""The sandbox's server process, as `lookout sandbox start` launches it: `python -m sandbox --folder F ...`."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import socket
import sqlite3
import sys
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from sandbox.accounts import accounts_api
from sandbox.controls import ControlError, Controls
from sandbox.lifecycle import EXIT_TOLD, RUNBOOKS, STORE, Kept
from sandbox.pages.routes import page_routes
from sandbox.render.api import render_api
from sandbox.render.call import Account
from sandbox.render.contract import Contract
from sandbox.server import LOG, Activity, Connection, Identity, create_app
from sandbox.store import Store, StoreCorrupt

_GRACE_SECONDS = 3
_LONGEST_IDLE_CHECK_SECONDS = 5.0


def main() -> None:
    """Serve until told to stop, or until nobody has asked for anything for the given time."""
    arguments = _arguments()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr)
    os.umask(0o077)
    for descriptor in (arguments.socket, arguments.lock):
        # Whatever the server starts one day must not keep the port or the lock alive.
        os.set_inheritable(descriptor, False)
    try:
        store, controls = Store.open(arguments.folder / STORE), Controls()
    except (StoreCorrupt, ControlError, sqlite3.Error, OSError) as error:
        print(_reason(error, arguments.folder), file=sys.stderr, flush=True)
        sys.exit(EXIT_TOLD)
    os.ftruncate(arguments.lock, 0)
    os.pwrite(arguments.lock, json.dumps({"pid": os.getpid(), "instance": arguments.instance}).encode(), 0)
    asyncio.run(_serve(arguments, store, controls))


def application(store: Store, controls: Controls, identity: Identity, activity: Activity) -> ASGIApp:
    """Put the sandbox together from its parts; the store is closed when the application is shut down."""
    return create_app(
        store,
        controls,
        identity,
        render=render_api(Account(store, Contract.load(), controls)),
        accounts=accounts_api(store, controls, identity.base_url),
        pages=page_routes(store, RUNBOOKS),
        activity=activity,
        on_shutdown=store.close,
    )


async def _serve(arguments: argparse.Namespace, store: Store, controls: Controls) -> None:
    kept = Kept.read(arguments.folder)
    if kept is None:
        raise SystemExit(f"{arguments.folder} holds no server.json; start the sandbox with `lookout sandbox start`")
    activity = Activity()
    identity = Identity(kept.url, arguments.folder, arguments.instance, kept.token)
    config = uvicorn.Config(
        application(store, controls, identity, activity),
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    LOG.info("serving at %s, process %d", identity.base_url, os.getpid())
    watch = asyncio.create_task(_stop_when_idle(server, activity, arguments.idle_minutes * 60))
    with socket.socket(fileno=arguments.socket) as listening:
        await server.serve(sockets=[listening])
    watch.cancel()


async def _stop_when_idle(server: uvicorn.Server, activity: Activity, limit_seconds: float) -> None:
    while (left := limit_seconds - activity.idle_seconds()) > 0:
        await asyncio.sleep(min(left, _LONGEST_IDLE_CHECK_SECONDS))
    LOG.info("stopping: no request for %.0f s; `lookout sandbox start` starts it again", limit_seconds)
    server.should_exit = True


def _reason(error: Exception, folder: Path) -> str:
    if isinstance(error, StoreCorrupt):
        return str(error)
    if isinstance(error, ControlError):
        return f"{error}; correct or unset it, then run `lookout sandbox start` again"
    return (
        f"the store {folder / STORE} cannot be opened ({error}); make the folder writable, or name another in "
        "LOOKOUT_SANDBOX_FOLDER"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--instance", required=True)
    parser.add_argument("--idle-minutes", type=float, required=True)
    parser.add_argument("--socket", type=int, required=True, help="descriptor of the socket that listens")
    parser.add_argument("--lock", type=int, required=True, help="descriptor of the lock, held while the process lives")
    return parser.parse_args()


if __name__ == "__main__":
    main()
