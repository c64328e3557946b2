"""Several processes that serve one database on one socket; this one starts them, brings back who dies, and ends all."""

import logging
import os
import signal
import socket
import threading
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from sync.server.http.uvicorn_server import GRACE_S
from sync.server.serving import Ready, Serving
from sync.server.starting import LOG_FORMAT, StartRefused, database_of

logger = logging.getLogger(__name__)

END_S = GRACE_S + 7
"""After so long a process that was asked to end is killed."""
AGAIN_S = 1.0
"""Between the end of a process and the start of the next in its place."""
FAILED = 3
"""Its exit status when it could not serve."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    told: Connection

    def answers(self) -> None:
        """Wait until it answers.

        Raises:
            StartRefused: it said why not, or ended.
        """
        try:
            refused = self.told.recv()
        except EOFError as error:
            raise StartRefused("worker_lost") from error
        if refused is not None:
            raise StartRefused(refused[0], **refused[1])


def serve_by_several(serving: Serving, listener: socket.socket, ready: Ready) -> str | None:
    """Serve with as many processes as set until a signal ends this one; ``ready`` is called once all answer.

    Raises:
        StartRefused: one of them could not start; then all are ended.
    """
    workers = [_start(serving, index, listener) for index in range(serving.settings.workers)]
    try:
        for worker in workers:
            worker.answers()
        failed = ready()
        while failed is None:
            _bring_back(serving, workers, listener)
        return failed
    finally:
        _end(workers)


def _start(serving: Serving, index: int, listener: socket.socket) -> _Worker:
    context = get_context("spawn")  # a fork would take threads' locks and the database's connections with it
    hears, told = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(serving, index, told, listener), name=f"worker-{index}")
    process.start()
    told.close()
    return _Worker(process, hears)


def _bring_back(serving: Serving, workers: list[_Worker], listener: socket.socket) -> None:
    """Wait until a process ends, and start another in its place."""
    connection.wait([worker.process.sentinel for worker in workers])
    threading.Event().wait(AGAIN_S)
    for index, worker in enumerate(workers):
        if not worker.process.is_alive():
            logger.warning("worker.ended index=%d status=%s", index, worker.process.exitcode)
            worker.told.close()
            workers[index] = _start(serving, index, listener)


def _end(workers: list[_Worker]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # they are ending
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join(END_S)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.told.close()


def _serve(serving: Serving, index: int, told: Connection, listener: socket.socket) -> None:
    """Be one of the processes: serve until a signal, or until whoever started it is gone."""
    _stand_alone()
    try:
        with listener, closing(database_of(serving.settings, serving.clock)) as storage:
            serving.run(storage, listener, lambda: told.send(None), lone=index == 0)
    except StartRefused as refused:
        told.send((refused.code, {name: str(value) for name, value in refused.values.items()}))
        raise SystemExit(FAILED) from refused


def _stand_alone() -> None:
    """Prepare this process: log, signals, and an end when the one that started it is gone."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    os.umask(0o077)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    threading.Thread(target=_follow, name="parent", daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)
