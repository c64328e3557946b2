"""A serial device that is a pseudo terminal, whose other end is the simulated module."""

import os
import select
import socket
import threading
import tty
from contextlib import suppress
from pathlib import Path


class SerialCable:
    """``path`` is the device as long as it is plugged in; a connection that the module ends unplugs it."""

    def __init__(self, path: Path, address: tuple[str, int]) -> None:
        self.path = path
        self._address = address
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()
        self.plug()

    def plug(self) -> None:
        """Plug it in, once the device before it is gone."""
        if self._thread is not None:
            self._thread.join()
        line = socket.create_connection(self._address, timeout=5)
        master, slave = os.openpty()
        tty.setraw(slave)
        self.path.symlink_to(os.ttyname(slave))
        self._thread = threading.Thread(target=self._relay, args=(line, master, slave), name="serial-cable")
        self._thread.start()

    def close(self) -> None:
        self._ending.set()
        if self._thread is not None:
            self._thread.join()

    def _relay(self, line: socket.socket, master: int, slave: int) -> None:
        with line, suppress(OSError):
            while not self._ending.is_set():
                for ready in select.select([line, master], [], [], 0.05)[0]:
                    if ready is line:
                        data = line.recv(4096)
                        if not data:
                            raise ConnectionError
                        os.write(master, data)
                    else:
                        line.sendall(os.read(master, 4096))
        self.path.unlink()
        os.close(slave)
        os.close(master)
