"""A threaded TCP listener that can be pulled and plugged again, because simulators and tests must lose connections."""

import logging
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress

log = logging.getLogger(__name__)


class TcpService:
    """Listens and gives every connection a thread of its own; ``serve`` returns when the connection is done.

    Port 0 asks the system for a free port on the first start; later starts take the same port again.
    """

    def __init__(self, host: str, port: int, serve: Callable[[socket.socket], None]) -> None:
        self._host = host
        self._port = port
        self._serve = serve
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._accepting: threading.Thread | None = None
        self._connections: dict[socket.socket, threading.Thread] = {}

    @property
    def address(self) -> tuple[str, int]:
        """Host and the real port, known after the first start."""
        return self._host, self._port

    def start(self) -> None:
        """Listen; does nothing when already listening.

        Raises:
            OSError: the address is taken or not ours.
        """
        with self._lock:
            if self._listener is not None:
                return
            listener = socket.create_server((self._host, self._port))
            self._listener = listener
            self._port = int(listener.getsockname()[1])
            self._accepting = threading.Thread(target=self._accept, args=(listener,), name="tcp-accept", daemon=True)
            self._accepting.start()

    def stop(self) -> None:
        """Stop listening, cut every connection and join the threads (but not the caller's own)."""
        with self._lock:
            listener, self._listener = self._listener, None
            accepting, self._accepting = self._accepting, None
        if listener is not None:
            with suppress(OSError):  # Windows refuses to shut a listener down; closing it is enough there
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        if accepting is not None:
            accepting.join()
        with self._lock:
            connections = dict(self._connections)
        for connection in connections:
            with suppress(OSError):  # the peer may have hung up first
                connection.shutdown(socket.SHUT_RDWR)
        for thread in connections.values():
            if thread is not threading.current_thread():
                thread.join()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._handle, args=(connection,), name="tcp-serve", daemon=True)
            with self._lock:
                # Started before anybody can find it here: `stop` joins what it finds.
                self._connections[connection] = thread
                thread.start()

    def _handle(self, connection: socket.socket) -> None:
        try:
            self._serve(connection)
        except OSError as error:
            log.debug("connection_lost error=%s", error)
        finally:
            with self._lock:
                del self._connections[connection]
            connection.close()


class TcpDevice(ABC):
    """A device at the far end of a line that runs over TCP; ``_serve`` speaks with one connection in its own thread."""

    def __init__(self, host: str, port: int) -> None:
        self._service = TcpService(host, port, self._serve)

    @abstractmethod
    def _serve(self, connection: socket.socket) -> None:
        """Speak until the connection is done."""

    @property
    def address(self) -> tuple[str, int]:
        """Host and real port, known after ``start``."""
        return self._service.address

    def start(self) -> None:
        """Plug in: listen; may be done again after ``stop``.

        Raises:
            OSError: the address is taken or not ours.
        """
        self._service.start()

    def stop(self) -> None:
        """Pull the plug: stop listening and end every connection."""
        self._service.stop()
