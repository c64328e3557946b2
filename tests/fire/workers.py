"""Counters that work until they are killed: a process that has everything loaded, and a new one from it for each life.

Started as ``python workers.py FOLDER SERVER TOKEN [hasty]``; every line ``work`` on its input begins a life, whose
process is a fork, with the store file, the use cases, the sync thread and the HTTP client that the window has. A life
says a line for what it may be held to: an act only after its commit returned, an ``acked_seq`` only after the server's
answer. ``calm`` begins a life that only sends what is left, and ends when both ends have the same digests.

``hasty`` is a counter that is wrong on purpose: it says that an act is done before the commit.
"""

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.commands.system_clock import SystemClock
from app.domain.catalogue.catalogue import Catalogue
from app.domain.clerk import Clerk
from app.domain.person import Person, PersonSource
from app.domain.rights import Role
from app.domain.work.card import WorkCard
from app.storage.keys import KeyFile, load_keys
from app.storage.opening import open_file
from app.storage.parsed import Parsed
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.slip_files import load_templates
from app.storage.store import CounterStore
from app.usecases.accept_case import accept_case
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.walk_in import walk_in
from sync.client.exchange import exchange
from sync.client.http import HttpCentralServer
from sync.client.session import Session
from sync.client.worker import SyncWorker
from sync.protocol.interface import Unreachable

HALL = "9901"
ITEM = "ITM-02"
CLERK = Clerk("0301", "王某", "D-SJ", frozenset({Role.CLERK}), ("A01", "A02"), ("ITM-01", ITEM), 1 << 50)
CITIZEN = Person(
    name="陈某某",
    number="990101199003070015",
    card_type="resident",
    source=PersonSource.CARD,
    read_at_ms=1_795_395_600_000,
    address="示范县东街道1号",
    birth_date="1990-03-07",
    sex="男",
    ethnicity="汉",
    phone="15400000001",
)


named: dict[str, Any] = {}
"""What every line of this process bears, so that the observer knows whose it is."""


def say(**said: Any) -> None:
    """Tell the observer: one write of less than a pipe's atomic size, so that a kill leaves a line or none."""
    os.write(1, (json.dumps({**named, **said}) + "\n").encode())


@contextlib.contextmanager
def last_words() -> Iterator[None]:
    """Let a process that dies of an error say of which."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is
        traceback.print_exc()
        say(died=repr(error)[:1000])
        os._exit(1)


def fill_card(catalogue: Catalogue) -> WorkCard:
    """Return a work card on which everything is settled."""
    blank = WorkCard(None, "W", "A", catalogue.version, catalogue.items_of_business("A"))
    card = blank.choose_item(ITEM).seat(CITIZEN).accept_answers().mark_rest_ok()
    assert card.form is not None
    for field in card.form.to_fill():
        card = card.fill(field.name, "某某经营")
    return card.finish_form()


class Server(HttpCentralServer):
    """Tells what the server has taken, once its answer is here."""

    def push(self, message: Any) -> Any:
        answer = super().push(message)
        say(acked=answer.acked_seq)
        return answer


class HastyStore(CounterStore):
    """Says of an acceptance that it is done when it is not yet committed."""

    @contextlib.contextmanager
    def begin(self) -> Iterator[Any]:
        with super().begin() as work:
            yield work
            visit = work.open_visit()
            case = work.case(visit.case_id) if visit and visit.case_id else None
            if case is not None and visit is not None and visit.finished_ms is None:
                say(accepted=case.case_no)


class Counter:
    """One life of the counter process. ``parsed``: the documents an earlier life has parsed."""

    def __init__(self, folder: Path, url: str, token: str, parsed: Parsed, *, hasty: bool = False) -> None:
        self.clock = SystemClock()
        path = folder / "counter.db"
        keys = load_keys(KeyFile(folder / "counter.key"), self.clock, store_exists=path.exists())
        self.database = open_file(path, keys.database, self.clock)
        signer = Ed25519Signer(keys.device_seed)
        self.hasty = hasty
        self.store = (HastyStore if hasty else CounterStore)(self.database, self.clock, signer)
        self.store._parsed = parsed
        self.replica = CounterReplica(self.database, self.clock)
        self.server = Server(url, token, self.clock)
        self.session = Session(self.replica, self.clock, signer.public_key())
        self.templates = load_templates()

    def close(self) -> None:
        self.server.close()
        self.database.close()

    def sync(self) -> None:
        """Talk until there is nothing to say."""
        self.session.hint()
        while exchange(self.session, self.server, self.server.reconnect) is None:
            pass

    def card(self) -> WorkCard:
        """Return a work card on which everything is settled."""
        with self.store.read() as view:
            catalogue = view.catalogue()
        assert catalogue is not None
        return fill_card(catalogue)

    def serve(self, card: WorkCard) -> None:
        """One citizen; what an earlier life has begun is finished first."""
        with self.store.read() as view:
            open_ = view.business_date() is not None
            visit = view.open_visit()
        if not open_:
            open_day(self.store, self.clock, CLERK)
        if visit is None:
            visit = walk_in(self.store, self.clock, CLERK)
            say(walked_in=visit.number)
        if visit.outcome is None:
            taken = accept_case(self.store, self.clock, self.templates, card, CLERK)
            if not self.hasty:
                say(accepted=taken.case.case_no)
        finish_visit(self.store, self.clock, CLERK)
        say(finished=visit.number)

    def work(self, card: WorkCard) -> None:
        """Serve citizens for ever, with the sync thread beside."""
        worker = SyncWorker(self.session, self.server, self.server.reconnect, lambda _status: None, lambda: None)
        worker.start()
        while True:
            self.serve(card)
            worker.wake()

    def calm(self) -> None:
        """Send what is left; says ``equal`` when both ends have the same."""
        while not self.equal():
            self.session._backoff.succeeded()
            self.sync()
        say(equal=True)

    def equal(self) -> bool:
        """Say whether the outbox is empty and both ends have the same tables."""
        if self.replica.outbox()[1]:
            return False
        try:
            theirs = self.server.digest(HALL)
        except Unreachable:
            return False
        held = {name: (each.count, each.hash) for name, each in theirs.tables.items()}
        return self.replica.digest(theirs.since, theirs.kept_from) == (theirs.cursor, held)


def main(folder: Path, url: str, token: str, hasty: str = "") -> None:
    """Load everything once, then begin a life for every line on the input."""
    parsed = Parsed()
    first = Counter(folder, url, token, parsed)
    first.sync()
    card = first.card()
    with first.store.read() as view:
        view.calendar()
    first.close()
    say(ready=True)
    for line in sys.stdin:
        if (pid := os.fork()) == 0:
            with last_words():
                live(Counter(folder, url, token, parsed, hasty=bool(hasty)), line.strip(), card)
            os._exit(0)
        say(began=pid)
        _, status = os.waitpid(pid, 0)
        say(ended=os.waitstatus_to_exitcode(status))


def live(counter: Counter, how: str, card: WorkCard) -> None:
    """One life: ``work`` until killed, ``calm`` until equal."""
    if how == "calm":
        counter.calm()
    else:
        counter.work(card)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
