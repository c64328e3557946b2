"""Errors that nobody expects: the traceback goes to the log under a number, the number to the window."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from app.ports.clock import Clock
from ui.background import incident_number

log = logging.getLogger(__name__)


@contextmanager
def uncaught_told(clock: Clock, tell: Callable[[str, str], None]) -> Iterator[None]:
    """Meanwhile, ``tell(thread name, incident number)`` of every error that ends a thread or one step of the window.

    ``tell`` is called in the thread of the error. An error in ``tell`` itself is only logged.
    """
    telling = threading.local()

    def note(thread: str, error: BaseException | None) -> None:
        incident = incident_number(clock)
        log.error("uncaught thread=%s incident=%s", thread, incident, exc_info=error)
        if getattr(telling, "now", False):
            return
        telling.now = True
        try:
            tell(thread, incident)
        finally:
            telling.now = False

    def in_window(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        note(threading.current_thread().name, error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        note(args.thread.name if args.thread else "", args.exc_value)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = in_window, in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
