"""What the clerk feels while a long time offline is made up for: ten thousand operations go out behind the window."""

import time
from pathlib import Path

from archive import CASES
from books import Books
from figures import Figure
from hall import Hall
from hands import Display, until
from journal import Journal
from served import OPEN_S

WITHIN_S = 300.0


def measure(display: Display, data: Path) -> list[Figure]:
    """Open the hall in ``data``, whose counter has its cases still to send, and wait until the server has them all."""
    began = time.time()
    with Hall(display, data):
        journal, books = Journal(data / "counter", began), Books(data)
        ready = journal.first("counter.ready").at
        until(lambda: books.counter_outbox() == 0, WITHIN_S, "the outbox did not empty")
        took_s = time.time() - ready
        stalls = journal.stalls_ms(ready + OPEN_S)
        sent = len(books.server_operations())
    assert sent >= CASES, f"the server holds {sent} operations"
    how = f"{CASES:,} operations"
    return [
        Figure("stalls over 50 ms while they are sent", len(stalls), "", 2, how),
        Figure("longest stall while they are sent", max(stalls, default=0), "ms", 200, how),
        Figure("operations sent a second, window in use", CASES / took_s, "/s", None, f"{took_s:.0f} s"),
    ]
