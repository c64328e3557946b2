"""A serial port without hardware: a pseudo terminal whose other end is a simulated device on TCP (POSIX alone)."""

import os
import select
import socket
import threading
import tty
from contextlib import suppress
from pathlib import Path
from typing import Final

CHUNK: Final = 4096
CONNECT_S: Final = 5.0


class SerialCable:
    """``path`` is a serial device as long as it is plugged in; a device that hangs up unplugs it as well.

    A program opens ``path`` as it opens ``/dev/ttyUSB0``; when the cable goes, it meets what a pulled adapter gives.
    """

    def __init__(self, path: Path, address: tuple[str, int]) -> None:
        self.path = path
        self._address = address
        self._bell, self._rope = socket.socketpair()
        self._bell.settimeout(0)
        self._thread: threading.Thread | None = None

    def plug(self) -> None:
        """Plug it in, once the one before it is gone.

        Raises:
            OSError: nobody answers at the address, or ``path`` is taken.
        """
        if self._thread is not None:
            self._thread.join()
        line = socket.create_connection(self._address, timeout=CONNECT_S)
        line.settimeout(None)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        master, slave = os.openpty()
        os.set_blocking(master, False)
        tty.setraw(slave)
        try:
            self.path.symlink_to(os.ttyname(slave))
        except OSError:
            _let_go(line, master, slave)
            raise
        self._thread = threading.Thread(target=self._relay, args=(line, master, slave), name="serial-cable")
        self._thread.start()

    def unplug(self) -> None:
        """Pull it out; the device behind it is left alone. Harmless when it is out."""
        if self._thread is not None:
            self._rope.send(b"!")
            self._thread.join()
            self._thread = None
            with suppress(BlockingIOError):  # it was heard, unless the device had hung up before
                self._bell.recv(CHUNK)

    def close(self) -> None:
        """Pull it out for good."""
        self.unplug()
        self._bell.close()
        self._rope.close()

    def _relay(self, line: socket.socket, master: int, slave: int) -> None:
        """Carry bytes both ways until an end is gone or the cable is pulled; what nobody takes is lost."""
        bell, device = self._bell.fileno(), line.fileno()
        try:
            with suppress(OSError):  # the device hung up
                while bell not in (ready := select.select([device, master, bell], [], [])[0]):
                    if device in ready:
                        data = line.recv(CHUNK)
                        if not data:
                            break
                        with suppress(BlockingIOError):
                            os.write(master, data)
                    if master in ready:
                        line.sendall(os.read(master, CHUNK))
        finally:
            self.path.unlink()
            _let_go(line, master, slave)


def _let_go(line: socket.socket, master: int, slave: int) -> None:
    line.close()
    os.close(slave)
    os.close(master)
