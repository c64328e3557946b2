"""A simulated device behind a serial port that is one: a pseudo terminal whose other end is the simulator's TCP port.

A driver cannot tell it from ``/dev/ttyUSB0``: it is opened by its path, has termios settings, and when the plug is
pulled it hangs up and its path is gone until the plug is back. Linux and macOS have such terminals.
"""

import os
import selectors
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

CHUNK: Final = 4096
TRY_AGAIN_S: Final = 0.02


class PtyLine:
    """Carries bytes between the terminal at ``path`` and the simulator at ``address()`` while that listens.

    ``path`` is a link of its own, the same after the plug was pulled and put back. One line is started once.
    """

    def __init__(self, address: Callable[[], tuple[str, int]]) -> None:
        self._address = address
        self._folder = Path(tempfile.mkdtemp(prefix="chuangkou-line-"))
        self.path = self._folder / "tty"
        self._there = threading.Event()
        self._stopping = threading.Event()
        self._bell, self._rope = os.pipe()
        self._thread = threading.Thread(target=self._run, name="pty-line", daemon=True)

    def start(self) -> None:
        """Plug the line in, and return when its path is there."""
        self._thread.start()
        self._there.wait()

    def stop(self) -> None:
        """Take the line away for good."""
        self._stopping.set()
        os.write(self._rope, b"!")
        self._thread.join()
        for end in (self._bell, self._rope):
            os.close(end)
        with suppress(OSError):
            self._folder.rmdir()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                connection = socket.create_connection(self._address())
            except OSError:
                self._stopping.wait(TRY_AGAIN_S)  # unplugged: nobody listens
                continue
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._plugged(connection)

    def _plugged(self, connection: socket.socket) -> None:
        """Be a terminal until the simulator hangs up. Its inner end stays open, as a port does that nobody uses."""
        import tty  # noqa: PLC0415 - Windows has no terminals, and this module is loaded there too

        outer, inner = os.openpty()
        try:
            tty.setraw(inner)
            self.path.symlink_to(os.ttyname(inner))
            self._there.set()
            self._carry(connection, outer)
        finally:
            self.path.unlink(missing_ok=True)
            os.close(inner)
            os.close(outer)

    def _carry(self, connection: socket.socket, outer: int) -> None:
        with selectors.DefaultSelector() as ready:
            for each in (connection.fileno(), outer, self._bell):
                ready.register(each, selectors.EVENT_READ)
            while not self._stopping.is_set():
                for key, _ in ready.select():
                    try:
                        if key.fd == outer:
                            connection.sendall(os.read(outer, CHUNK))
                        elif key.fd == connection.fileno():
                            data = connection.recv(CHUNK)
                            if not data:
                                return
                            _write_all(outer, data)
                    except OSError:
                        return


def _write_all(end: int, data: bytes) -> None:
    while data:
        data = data[os.write(end, data) :]
