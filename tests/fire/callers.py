"""Counters that call citizens while their lines break: one process that has everything loaded, and a fork a window.

Started as ``python callers.py FOLDER ANSWER_S WINDOW URL TOKEN CLERK ...``. No answer is awaited longer than ANSWER_S
seconds. Each window has its store file in FOLDER/WINDOW, and the use cases, the sync thread, the stream of hints and
the HTTP client that a window has. It calls whoever is next, and where no answer comes it serves who walks in. What it
says bears its window: an act only after its commit returned.

Words on the input are for all. Who said ``ready`` begins at ``begin``. ``quiet`` ends the work: each says ``resting``,
and ``equal`` when its outbox is empty and both ends have the same digests, by its own sync thread. ``finish`` has those
who still wait called and served, then each says ``equal`` again, and ends.
"""

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import workers
from workers import CLERK, HALL, Counter, say

from app.domain.visit import Visit, VisitState
from app.domain.work.card import WorkCard
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.storage.parsed import Parsed
from app.usecases.accept_case import accept_case
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.client.authority import HallAuthority
from sync.client.hints import HintListener
from sync.client.worker import SyncWorker

PACE_S = 0.15
"""Between two citizens, as fast as nobody serves."""
LOOK_S = 0.1
DRAIN_S = 2.0


class Caller(Counter):
    """One window."""

    def __init__(self, folder: Path, window: str, url: str, token: str, clerk: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, url, token, Parsed())
        self.clerk = replace(CLERK, number=clerk, windows=(window,))
        self.authority = HallAuthority(self.server, HALL)
        self.unanswered = False
        self.worker = SyncWorker(self.session, self.server, self.server.reconnect, lambda _: None, lambda: None)
        self.hints = HintListener(url, token, HALL, self.worker)

    def begin(self) -> WorkCard:
        """Start the threads and wait for the catalogue; returns the card of every citizen."""
        self.worker.start()
        self.hints.start()
        while True:
            with self.store.read() as view:
                if view.catalogue() is not None and view.counter() is not None:
                    break
            threading.Event().wait(LOOK_S)
        open_day(self.store, self.clock, self.clerk)
        return self.card()

    def citizen(self, card: WorkCard, *, walking: bool) -> bool:
        """Serve one; False when nobody came. ``walking``: where nobody waits, somebody walks in."""
        with self.store.read() as view:
            visit = view.open_visit()
        visit = visit or self._called() or (self._walked_in() if walking else None)
        if visit is None:
            return False
        if visit.state is VisitState.CALLED:
            arrive(self.store, self.clock, self.clerk)
        if visit.outcome is None:
            say(accepted=accept_case(self.store, self.clock, self.templates, card, self.clerk).case.case_no)
        finish_visit(self.store, self.clock, self.clerk)
        say(finished=visit.number)
        self.worker.wake()
        return True

    def serve_until(self, quiet: threading.Event, card: WorkCard) -> None:
        while not quiet.wait(PACE_S):
            self.citizen(card, walking=True)

    def settle(self) -> None:
        """Wait until both ends are equal, and say so."""
        while not self.equal():
            threading.Event().wait(LOOK_S)
        say(equal=True)

    def finish(self, card: WorkCard) -> None:
        """Serve all who wait; a call that nobody answered is asked for again."""
        while self.citizen(card, walking=False) or self.unanswered:
            threading.Event().wait(LOOK_S if self.unanswered else 0)

    def _called(self) -> Visit | None:
        self.worker.drain(DRAIN_S)
        self.unanswered = False
        try:
            visit = call_next(self.store, self.clock, self.authority, self.clerk)
        except (AuthorityUnreachable, AuthorityRefused) as why:
            self.unanswered = True
            say(unanswered=type(why).__name__, code=getattr(why, "code", ""))
            return None
        if visit is not None:
            say(called=visit.number)
        return visit

    def _walked_in(self) -> Visit:
        visit = walk_in(self.store, self.clock, self.clerk)
        say(walked_in=visit.number)
        return visit


def live(caller: Caller, told_by: int) -> None:
    """One window from its start to its end; words come from that file descriptor."""
    words = {word: threading.Event() for word in ("begin", "quiet", "finish")}

    def listen() -> None:
        with os.fdopen(told_by) as told:
            for word in told:
                words[word.strip()].set()
        os._exit(1)  # whoever had begun this is gone

    threading.Thread(target=listen, daemon=True).start()
    card = caller.begin()
    say(ready=True)
    words["begin"].wait()
    caller.serve_until(words["quiet"], card)
    say(resting=True)
    caller.settle()
    words["finish"].wait()
    caller.finish(card)
    caller.settle()


def main(folder: Path, answer_s: float, *told: str) -> None:
    """Fork a window for every four arguments, hand every word on, and end when all have ended."""
    workers.Server.answer_s = answer_s
    pipes: list[int] = []
    pids: dict[int, str] = {}
    for window, url, token, clerk in zip(told[::4], told[1::4], told[2::4], told[3::4], strict=True):
        reading, writing = os.pipe()
        if (pid := os.fork()) == 0:
            workers.named["window"] = window
            for each in (*pipes, writing):
                os.close(each)
            with workers.last_words():
                live(Caller(folder / window, window, url, token, clerk), reading)
            os._exit(0)
        os.close(reading)
        pipes.append(writing)
        pids[pid] = window
    for word in sys.stdin:
        for pipe in pipes:
            os.write(pipe, word.encode())
    for _ in pids:
        pid, status = os.wait()
        say(window=pids[pid], ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), *sys.argv[3:])
