"""Puts the simulated printer on the network, as port 9100 of a real one: one connection at a time."""

import logging
import selectors
import socket
from contextlib import suppress
from threading import Event, RLock, Thread

from app.ports.clock import Clock
from printing.simulator.faults import ON_THE_LINE, FaultKind
from printing.simulator.mechanism import Mechanism

log = logging.getLogger(__name__)

CHUNK = 65536
SLOW_TICK_S = 0.01
ANSWER_TIMEOUT_S = 1.0


class PrinterDevice:
    """Serves a mechanism in a thread of its own. Hold ``lock`` while touching the mechanism, then call ``touched``.

    ``received_ms`` is when the last byte to be printed came (UTC); questions about the state do not count.
    """

    def __init__(self, host: str, port: int, mechanism: Mechanism, clock: Clock) -> None:
        self.mechanism = mechanism
        self.lock = RLock()
        self._host = host
        self._port = port
        self._clock = clock
        self.received_ms: int | None = None
        self._worked_ms = clock.monotonic_ms()
        self._selector = selectors.DefaultSelector()
        self._listener: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._bell, self._rope = socket.socketpair()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="printer-simulator", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Host and real port, known after ``start``."""
        return self._host, self._port

    def start(self) -> None:
        """Listen and serve.

        Raises:
            OSError: the address is taken or not ours.
        """
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._listen()
        self._thread.start()

    def stop(self) -> None:
        """Hang up and join the thread."""
        self._stopping.set()
        self.touched()
        self._thread.join()
        self._hang_up()
        self._close_listener()
        self._selector.close()
        self._bell.close()
        self._rope.close()

    def touched(self) -> None:
        """Tell that the mechanism was changed from outside."""
        self._rope.send(b"!")

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self.lock:
                slow = not self.mechanism.idle
            ready = [key.fileobj for key, _ in self._selector.select(SLOW_TICK_S if slow else None)]
            with self.lock:
                if self._bell in ready:
                    self._bell.recv(CHUNK)
                if self._connection in ready:
                    self._read()
                self._strike_line()
                self._work()
                self._attend()

    def _read(self) -> None:
        assert self._connection is not None
        try:
            data = self._connection.recv(CHUNK)
        except OSError:
            data = b""
        if not data:
            self._hang_up()
            return
        line_faults = [fault for fault in self.mechanism.armed if fault.kind in ON_THE_LINE]
        taken = data[: min([len(data), *(fault.bytes_left for fault in line_faults)])]
        for fault in line_faults:
            fault.count(len(taken))
        came_ms, queued = self._clock.now_ms(), self.mechanism.queued_bytes
        self._answer(self.mechanism.receive(taken))
        if self.mechanism.queued_bytes > queued:
            self.received_ms = came_ms

    def _strike_line(self) -> None:
        for fault in [fault for fault in self.mechanism.armed if fault.kind in ON_THE_LINE and fault.due]:
            log.info("simulated_fault kind=%s", fault.kind)
            self.mechanism.armed.remove(fault)
            self._hang_up()
            if fault.kind is not FaultKind.DROP:
                self.mechanism.lose_buffer()
            if fault.kind is FaultKind.DIE:
                self.mechanism.condition.switched_off = True

    def _work(self) -> None:
        now_ms = self._clock.monotonic_ms()
        answers = self.mechanism.work(now_ms - self._worked_ms)
        self._worked_ms = now_ms
        self._answer(answers)

    def _answer(self, answers: bytes) -> None:
        if not answers or self._connection is None:
            return
        try:
            self._connection.sendall(answers)
        except OSError:
            self._hang_up()

    def _attend(self) -> None:
        """Listen while switched on, and take the next caller when the line is free."""
        if self.mechanism.condition.switched_off:
            self._close_listener()
            return
        if self._listener is None:
            self._listen()
        if self._connection is None:
            self._accept()

    def _accept(self) -> None:
        assert self._listener is not None
        try:
            connection, _ = self._listener.accept()
        except BlockingIOError:
            self._watch_listener(watch=True)
            return
        connection.settimeout(ANSWER_TIMEOUT_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection = connection
        self._selector.register(connection, selectors.EVENT_READ)
        self._watch_listener(watch=False)
        self.mechanism.connected()

    def _watch_listener(self, *, watch: bool) -> None:
        assert self._listener is not None
        if self._listener in self._selector.get_map() and not watch:
            self._selector.unregister(self._listener)
        elif self._listener not in self._selector.get_map() and watch:
            self._selector.register(self._listener, selectors.EVENT_READ)

    def _listen(self) -> None:
        self._listener = socket.create_server((self._host, self._port))
        self._listener.settimeout(0)
        self._port = int(self._listener.getsockname()[1])
        self._watch_listener(watch=True)

    def _close_listener(self) -> None:
        if self._listener is not None:
            self._watch_listener(watch=False)
            self._listener.close()
            self._listener = None

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._selector.unregister(self._connection)
            with suppress(OSError):  # the caller may have gone first
                self._connection.shutdown(socket.SHUT_RDWR)
            self._connection.close()
            self._connection = None
