"""The simulated cable carries bytes until it is cut, to the byte."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest

from devices.simulation.link import Link
from devices.simulation.tcp import TcpService


def echo(connection: socket.socket) -> None:
    while data := connection.recv(100):
        connection.sendall(data)


@pytest.fixture
def link() -> Iterator[Link]:
    target = TcpService("127.0.0.1", 0, echo)
    target.start()
    link = Link("127.0.0.1", 0, target.address)
    link.start()
    yield link
    link.stop()
    target.stop()


def call(link: Link) -> socket.socket:
    return socket.create_connection(link.address, timeout=5)


def received(caller: socket.socket) -> bytes:
    """Return what comes until the line ends; cut with bytes under way it ends with a reset."""
    data = b""
    with suppress(ConnectionResetError):
        while piece := caller.recv(100):
            data += piece
    return data


def test_bytes_go_there_and_back(link: Link) -> None:
    with call(link) as caller:
        caller.sendall(b"hello")
        assert caller.recv(5, socket.MSG_WAITALL) == b"hello"
    assert link.handle({"do": "state"}) == {"cut": False, "passed_bytes": 5, "delay_ms": 0}


def test_a_cut_cable_hangs_up_and_refuses_until_it_is_healed(link: Link) -> None:
    with call(link) as caller:
        caller.sendall(b"x")
        caller.recv(1)
        assert link.handle({"do": "cut"})["cut"]
        assert received(caller) == b""
    with pytest.raises(ConnectionRefusedError):
        call(link)
    assert not link.handle({"do": "heal"})["cut"]
    with call(link) as caller:
        caller.sendall(b"y")
        assert caller.recv(1) == b"y"


def test_a_cable_is_cut_after_the_byte_it_was_told(link: Link) -> None:
    link.handle({"do": "cut", "after_bytes": 3})
    with call(link) as caller:
        caller.sendall(b"hello")
        assert received(caller) in {b"", b"h", b"he", b"hel"}  # the echo may be cut on its way back
    assert link.handle({"do": "state"})["passed_bytes"] == 3


def test_two_callers_at_the_last_byte_cut_it_once_and_it_can_be_healed(link: Link) -> None:
    for _ in range(30):
        with call(link) as one, call(link) as other:
            passed = link.handle({"do": "cut", "after_bytes": 0})["passed_bytes"]
            one.sendall(b"a")
            with suppress(ConnectionResetError, BrokenPipeError):
                other.sendall(b"b")
            assert received(one) == received(other) == b""
        healing = Thread(target=link.start, daemon=True)
        healing.start()
        healing.join(5)
        assert not healing.is_alive()
        assert link.handle({"do": "state"})["passed_bytes"] == passed


def test_a_delay_is_kept_within_bounds(link: Link) -> None:
    assert link.handle({"do": "delay", "ms": 1})["delay_ms"] == 1
    with call(link) as caller:
        caller.sendall(b"slow")
        assert caller.recv(4, socket.MSG_WAITALL) == b"slow"


@pytest.mark.parametrize(
    "wrong",
    [{}, {"do": "burn"}, {"do": "cut", "after_bytes": -1}, {"do": "cut", "after": 1}, {"do": "delay", "ms": 10**9}],
)
def test_what_a_cable_cannot_do_is_refused(link: Link, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="do must be"):
        link.handle(wrong)
