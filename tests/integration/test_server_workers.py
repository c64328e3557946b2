"""Two processes on one PostgreSQL behind one port: nobody at the wire can tell, and no process matters."""

import http.client
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import psutil
from http_server import Server, hint

A_WHILE_S = 60
CROWD = 32
KEPT = 3 * 19_456 << 10
"""Bytes that may stay of a crowd's passwords, with all else a process learns on the way."""


def until(true: Callable[[], Any]) -> None:
    """Wait for a condition, looking often."""
    deadline = time.monotonic() + A_WHILE_S
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def processes(server: Server) -> list[psutil.Process]:
    """The processes that serve."""
    assert server.process is not None
    return [each for each in psutil.Process(server.process.pid).children() if serves(each)]


def serves(process: psutil.Process) -> bool:
    try:
        return "--multiprocessing-fork" in process.cmdline()
    except psutil.Error:
        return False


def serving(server: Server) -> set[int]:
    """Those that hold connections of clients."""
    port = urlsplit(server.url).port
    return {
        each.pid
        for each in processes(server)
        if any(line.laddr.port == port and line.status == psutil.CONN_ESTABLISHED for line in each.net_connections())
    }


@contextmanager
def streams_at_both(server: Server) -> Iterator[list[http.client.HTTPResponse]]:
    """Open streams until both processes have some; each has told the head by then."""
    opened: list[http.client.HTTPResponse] = []
    with ExitStack() as stack:

        def one_more() -> bool:
            connection = server.connect()
            stack.callback(connection.close)
            token = server.credentials["tokens"]["manager"]
            connection.request("GET", "/v1/halls/9901/stream", headers={"Authorization": f"Bearer {token}"})
            opened.append(connection.getresponse())
            hint(opened[-1])
            return len(serving(server)) == 2

        until(one_more)
        yield opened


def test_streams_of_every_process_hear_of_what_one_did(several: Server) -> None:
    with streams_at_both(several) as streams:
        assert several.issue("G").status == 201
        head = several.ask("GET", "/v1/sync/pull?hall=9901&cursor=0&limit=1", "A01").json["head"]
        for each in streams:
            until(lambda heard=each: hint(heard)["head"] >= head)


def test_a_crowd_of_windows_calls_the_line_in_its_order_and_nobody_twice(several: Server) -> None:
    """Every call is sent twice at once, and the kernel deals the requests out to both processes (ADR 0030)."""
    windows = [f"A0{n}" for n in range(1, 7)]
    issued = [several.issue("A").json["number"] for _ in range(5 * len(windows))]
    with ThreadPoolExecutor(2 * len(windows)) as pool:
        for n in range(5):
            asked = [pool.submit(several.call, window, key=f"crowd-{n}") for window in windows * 2]
            answers = [each.result(A_WHILE_S) for each in asked]
            assert {each.status for each in answers} == {200}
            numbers = [each.json["number"] for each in answers]
            assert numbers[: len(windows)] == numbers[len(windows) :], "a key that is sent again is no other call"
            assert sorted(numbers[: len(windows)]) == issued[n * len(windows) :][: len(windows)]


def test_who_signed_in_at_one_process_is_known_at_the_others(several: Server) -> None:
    session = several.sign_in("0903")
    path = "/v1/halls/9901/enrolment-codes"
    assert {several.ask("POST", path, session, {"window": "B03"}).status for _ in range(8)} == {201}


def test_the_memory_of_passwords_is_given_back(several: Server) -> None:
    """Argon2id takes 19 MiB for each; threads that kept as much for their next one would hold several times that."""
    with ThreadPoolExecutor(CROWD) as crowd:
        list(crowd.map(several.sign_in, ["0903"]))
        assert {each.status for each in crowd.map(lambda _: several.issue("G"), range(CROWD))} == {201}
        before = sum(each.memory_info().rss for each in processes(several))
        assert len(set(crowd.map(several.sign_in, ["0903"] * CROWD))) == CROWD
    assert sum(each.memory_info().rss for each in processes(several)) - before < KEPT


def test_a_process_that_dies_is_replaced_and_the_others_go_on(several: Server) -> None:
    before = {each.pid for each in processes(several)}
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)
    until(lambda: min(before) not in {each.pid for each in processes(several)})
    assert {several.issue("G").status for _ in range(4)} == {201}
    until(lambda: len(processes(several)) == 2)
    with streams_at_both(several):
        assert serving(several) == {each.pid for each in processes(several)}


def test_no_process_serves_on_when_the_first_is_killed_and_the_next_start_has_everything(several: Server) -> None:
    digest = several.ask("GET", "/v1/sync/digest?hall=9901", "A01").json
    left = processes(several)
    assert several.stop(signal.SIGKILL) == -signal.SIGKILL
    until(lambda: not any(each.is_running() for each in left))
    several.start("--workers", "2")
    assert several.ask("GET", "/v1/sync/digest?hall=9901", "A01").json == digest


def test_the_end_closes_every_stream(several: Server) -> None:
    gone = processes(several)
    with streams_at_both(several) as streams:
        assert several.stop() == 0
        assert {each.read() for each in streams} == {b""}
    assert not any(each.is_running() for each in gone)
