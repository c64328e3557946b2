"""A counter that goes on when its store says no: ``python filling.py FOLDER SERVER TOKEN``.

It serves citizens with the sync thread beside, and says a line for what it may be held to, as ``workers.py`` does; a
refusal of its store is said as ``fault``, and it waits. Words on its input: ``again`` tries again, ``calm`` ends the
work and says ``equal`` when the server has everything.
"""

import sys
import threading
from pathlib import Path
from queue import SimpleQueue

from workers import Counter, say

from app.domain.link import LinkStatus
from app.ports.store_fault import StoreFault
from app.storage.parsed import Parsed
from sync.client.worker import SyncWorker

PACE_S = 0.05
"""Between two citizens, so that the thread beside has its turn."""


def main(folder: Path, url: str, token: str) -> None:
    words: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(words,), daemon=True).start()
    counter = Counter(folder, url, token, Parsed())
    counter.sync()
    card = counter.card()
    worker = SyncWorker(counter.session, counter.server, counter.server.reconnect, _told, lambda: None)
    worker.start()
    while words.empty() or words.get() != "calm":
        try:
            counter.serve(card)
            worker.wake()
            threading.Event().wait(PACE_S)
        except StoreFault as fault:
            say(fault=fault.reason.value)
            if words.get() == "calm":
                break
    assert worker.stop()
    counter.calm()


def _listen(words: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        words.put(line.strip())


def _told(status: LinkStatus) -> None:
    say(trouble=status.trouble, pending=status.pending)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
