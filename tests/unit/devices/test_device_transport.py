"""The byte stream on a real terminal device and on a real socket."""

import os
import socket
import sys
from collections.abc import Iterator

import pytest

from app.ports.device_fault import Advice, FaultReason
from devices.errors import DeviceError
from devices.transport import SerialPort

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")


@pytest.fixture
def terminal() -> Iterator[tuple[int, SerialPort]]:
    """The far end of a pseudo terminal and an open port on the near one."""
    far, near = os.openpty()
    port = SerialPort(os.ttyname(near))
    port.open()
    os.close(near)
    yield far, port
    port.close()


@posix_only
def test_bytes_go_both_ways_unchanged(terminal: tuple[int, SerialPort]) -> None:
    far, port = terminal
    port.write(b"\xaa\x0a\x0d\x11\x13")
    assert os.read(far, 10) == b"\xaa\x0a\x0d\x11\x13"
    os.write(far, b"\x96\x69\x00")
    assert port.read(3, 5) == b"\x96\x69\x00"
    os.close(far)


@posix_only
def test_a_read_ends_with_what_there_is_when_the_time_is_over(terminal: tuple[int, SerialPort]) -> None:
    far, port = terminal
    os.write(far, b"\x01")
    assert port.read(3, 0.05) == b"\x01"
    os.close(far)


@posix_only
def test_draining_drops_what_has_arrived(terminal: tuple[int, SerialPort]) -> None:
    far, port = terminal
    os.write(far, b"stale")
    port.drain()
    assert port.read(1, 0.05) == b""
    os.close(far)


@posix_only
def test_a_pulled_device_is_disconnected(terminal: tuple[int, SerialPort]) -> None:
    far, port = terminal
    os.close(far)
    with pytest.raises(DeviceError) as lost:
        port.read(1, 1)
    assert (lost.value.reason, lost.value.advice) == (FaultReason.DISCONNECTED, Advice.CHECK_CABLE)


def test_a_peer_that_hangs_up_is_disconnected_and_the_port_closes_cleanly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = SerialPort(f"socket://127.0.0.1:{listener.getsockname()[1]}")
        port.open()
        listener.accept()[0].close()
        with pytest.raises(DeviceError) as lost:
            port.read(1, 5)
        port.close()
    assert lost.value.reason is FaultReason.DISCONNECTED
    assert not port.is_open


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/dev/no-such-reader", FaultReason.PORT_ABSENT),
        ("socket://127.0.0.1:1", FaultReason.PORT_ABSENT),
        ("socket://127.0.0.1", FaultReason.PORT_ABSENT),
        ("pigeon://coop", FaultReason.BAD_PORT),
    ],
)
def test_a_port_that_cannot_be_opened_says_why(url: str, reason: FaultReason) -> None:
    with pytest.raises(DeviceError) as refused:
        SerialPort(url).open()
    assert refused.value.reason is reason


@posix_only
def test_a_closed_port_is_not_read_silently() -> None:
    with pytest.raises(DeviceError):
        SerialPort("/dev/no-such-reader").read(1, 0)
