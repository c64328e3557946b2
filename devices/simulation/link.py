"""A network cable with a pair of scissors: relays TCP, which can be cut, healed and slowed from outside."""

import logging
import socket
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Any

from devices.simulation.tcp import TcpService

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 2.0
CHUNK = 65536
MAX_COUNT = 1 << 31
MAX_DELAY_MS = 60_000

Address = tuple[str, int]


class Link:
    """Relays every connection to ``target``. A cut link hangs up and refuses until it is healed, by ``start``."""

    def __init__(self, host: str, port: int, target: Address) -> None:
        self._target = target
        self._service = TcpService(host, port, self._relay)
        self._lock = Lock()
        self._cutting = Lock()
        self._whole = False
        self._bytes_left: int | None = None
        self._passed = 0
        self._delay_ms = 0
        self._ended = Event()

    @property
    def address(self) -> Address:
        """Host and real port, known after ``start``."""
        return self._service.address

    def start(self) -> None:
        """Relay; does nothing when already relaying. A cut that is under way is waited for, then it is healed.

        Raises:
            OSError: the address is taken or not ours.
        """
        with self._cutting:
            self._whole = True
            self._service.start()

    def cut(self) -> None:
        """Hang up on both sides and refuse from now on."""
        with self._lock:
            self._bytes_left = None
            self._whole = False
        self._service.stop()

    def cut_after(self, count: int) -> None:
        """Let so many more bytes through towards the target, then cut."""
        with self._lock:
            self._bytes_left = count

    def stop(self) -> None:
        """End for good."""
        self._ended.set()
        self.cut()

    def handle(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out ``{"do": state | heal | cut [, "after_bytes": n] | delay, "ms": n}``.

        Raises:
            ValueError: what is asked is not one of these.
        """
        match request:
            case {"do": "state"}:
                pass
            case {"do": "heal"}:
                self.start()
            case {"do": "cut", "after_bytes": int(count)} if 0 <= count < MAX_COUNT:
                self.cut_after(count)
            case {"do": "cut", **rest} if not rest:
                self.cut()
            case {"do": "delay", "ms": int(delay_ms)} if 0 <= delay_ms <= MAX_DELAY_MS:
                self._delay_ms = delay_ms
            case _:
                raise ValueError('do must be state, heal, cut (with "after_bytes") or delay (with "ms")')
        return {"cut": not self._whole, "passed_bytes": self._passed, "delay_ms": self._delay_ms}

    def _relay(self, near: socket.socket) -> None:
        with socket.create_connection(self._target, timeout=CONNECT_TIMEOUT_S) as far:
            far.settimeout(None)
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = Thread(target=self._bring_back, args=(far, near), name="link-back", daemon=True)
            back.start()
            try:
                self._bring_forth(near, far)
            finally:
                _hang_up(far)
                back.join()

    def _bring_forth(self, near: socket.socket, far: socket.socket) -> None:
        while data := near.recv(CHUNK):
            self._ended.wait(self._delay_ms / 1000)
            allowed = self._allow(data)
            far.sendall(allowed)
            if self._begin_cut():
                log.info("link_cut passed=%d", self._passed)
                try:
                    _hang_up(far)
                    self.cut()
                finally:
                    self._cutting.release()
                return

    def _bring_back(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):  # either end may go at any time: that is what this cable is for
            while data := far.recv(CHUNK):
                self._ended.wait(self._delay_ms / 1000)
                near.sendall(data)
        _hang_up(near)

    def _allow(self, data: bytes) -> bytes:
        with self._lock:
            left = self._bytes_left if self._whole else 0
            allowed = data if left is None else data[:left]
            self._passed += len(allowed)
            if self._bytes_left is not None:
                self._bytes_left -= len(allowed)
        return allowed

    def _begin_cut(self) -> bool:
        """Tell whether this relay has carried the last byte, and begin the cut: no other relay carries one after it.

        The others do not wait for the cut, for the cut waits for them.
        """
        with self._lock:
            if self._bytes_left != 0:
                return False
            self._bytes_left = None
            self._whole = False
            self._cutting.acquire()
            return True


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):  # the other side may have gone first
        end.shutdown(socket.SHUT_RDWR)
