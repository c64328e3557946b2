"""Who is connected to a simulated device that speaks: what it says goes to all of them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Hearers:
    """The connections of a device; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()

    @contextmanager
    def joined(self, connection: socket.socket) -> Iterator[None]:
        """Let a connection hear until the block ends."""
        with self._lock:
            self._connections.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._connections.discard(connection)

    def say(self, data: bytes, device: str) -> None:
        """Send to all.

        Raises:
            ValueError: nobody is connected; ``device`` says to what.
        """
        with self._lock:
            if not self._connections:
                raise ValueError(f"nobody listens to the {device}")
            for connection in self._connections:
                with suppress(OSError):  # who hangs up just now hears nothing, as with a pulled cable
                    connection.sendall(data)

    def __len__(self) -> int:
        with self._lock:
            return len(self._connections)
