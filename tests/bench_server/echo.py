"""The measure of the machine: an endpoint that reads the body, writes one row and commits, served as the product is.

The same framework, server settings, thread pool, engine, number of processes and PostgreSQL; no product behind it.
"""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

import ground
from litestar import Litestar, Request, post
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, insert

from sync.server.http.application import THREADS
from sync.server.http.hints import Hints
from sync.server.http.uvicorn_server import serve
from sync.server.starting import listen
from sync.server.storage.engine import Storage, open_storage

WORKERS = 2
TABLE = Table("echo", MetaData(), Column("id", Integer, primary_key=True), Column("body", LargeBinary, nullable=False))
COMMITTED, PLAIN = "/committed", "/plain"
_ADD = insert(TABLE)


def echo_of(storage: Storage) -> Litestar:
    """Return the application: one route that commits, one that only answers."""

    @post(COMMITTED, sync_to_thread=True, status_code=200)
    def committed(body: bytes) -> dict[str, int]:
        storage.write(lambda connection: connection.execute(_ADD, {"body": body}))
        return {"bytes": len(body)}

    @post(PLAIN, status_code=200)
    async def plain(request: Request) -> dict[str, int]:  # type: ignore[type-arg] # nothing is asked of it
        return {"bytes": len(await request.body())}

    @asynccontextmanager
    async def threads(_app: Litestar) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        yield

    return Litestar([committed, plain], lifespan=[threads], logging_config=None, openapi_config=None)


def worker(url: str, listener: socket.socket, told: Connection) -> None:
    """Serve until a signal."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve(echo_of(open_storage(url, ground.CLOCK)), Hints(), listener, lambda: told.send(None))


def main(url: str) -> None:
    """Serve by two processes until the end of standard input."""
    storage = open_storage(url, ground.CLOCK)
    TABLE.create(storage.engine, checkfirst=True)
    storage.close()
    listener, context = listen("127.0.0.1", 0), get_context("spawn")
    ends = []
    for _ in range(WORKERS):
        hears, told = context.Pipe(duplex=False)
        process = context.Process(target=worker, args=(url, listener, told), daemon=True)
        process.start()
        ends.append((process, hears))
    for _, hears in ends:
        hears.recv()
    print(json.dumps({"listening": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)
    sys.stdin.read()
    for process, _ in ends:
        process.terminate()
    wait([process.sentinel for process, _ in ends], 10)


@contextmanager
def echoed(url: str) -> Iterator[int]:
    """Run it beside this process; yields its port."""
    process = subprocess.Popen(
        [sys.executable, __file__, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield ground.answering_port(process)
    finally:
        process.communicate()


if __name__ == "__main__":
    main(sys.argv[1])
