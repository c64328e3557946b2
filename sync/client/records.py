"""Brings whole cases to who works on them: what the feed tells of in clear is asked for by the person's session."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from typing import Final

from app.domain.case import CaseState
from app.domain.catalogue.organisation import ALL_ITEMS
from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.ports.clock import Clock
from app.ports.contact_store import ContactKeeping
from app.ports.replica import UnreadableRow
from app.ports.review_store import RecordStore, Unread
from app.ports.store_fault import StoreFault
from sync.client.ending import ended
from sync.client.http import HttpCentralServer
from sync.protocol.case_messages import CaseRecords, WantCases
from sync.protocol.contact_messages import ContactRecords, WantContacts
from sync.protocol.interface import Refused, Unreachable

logger = logging.getLogger(__name__)

MOST_CASES: Final = 50
RETRY_S: Final = 30.0
"""How long after a failure the server is asked again, unless something new is heard before."""

FOR_WINDOWS = frozenset(
    {
        CaseState.REVIEWING,
        CaseState.SUSPENDED,
        CaseState.GRANTED,
        CaseState.DENIED,
        CaseState.AWAITING_PICKUP,
    }
)
FOR_REVIEW = FOR_WINDOWS | {CaseState.RECEIVED, CaseState.ACCEPTED}


class HttpRecords(HttpCentralServer):
    """The endpoint of whole cases, by the clerk's session."""

    def records(self, hall: str, case_ids: Collection[str]) -> CaseRecords:
        """Return the whole cases; raises ``Refused`` and ``Unreachable``."""
        return self._post(f"/v1/halls/{hall}/cases/records", WantCases(case_ids=list(case_ids)), CaseRecords)

    def contacts(self, hall: str, contact_ids: Collection[str]) -> ContactRecords:
        """Return the whole first contacts; raises ``Refused`` and ``Unreachable``."""
        wanted = WantContacts(contact_ids=list(contact_ids))
        return self._post(f"/v1/halls/{hall}/contacts/records", wanted, ContactRecords)


class ContactFetcher:
    """Says which registered contacts a window is to go on with and misses; not for several threads.

    What the server did not give is asked for again only by the next program start.
    """

    def __init__(self, store: ContactKeeping, window: str) -> None:
        self._store = store
        self._window = window
        self._asked: set[str] = set()

    def step(self, ask: Callable[[Collection[str]], ContactRecords]) -> int:
        """Ask for the next missing contacts; returns how many came, -1 when none is missing.

        Raises:
            Refused, Unreachable: what ``ask`` raises; the same contacts are asked for again.
            UnreadableRow: a record this version does not know.
        """
        self._store.forget_closed()
        unread = self._store.unread(self._window, MOST_CASES + len(self._asked))
        missing = [each for each in unread if each not in self._asked][:MOST_CASES]
        if not missing:
            return -1
        answer = ask(missing)
        self._asked.update(missing)
        return self._store.keep(answer.records)


class RecordFetcher:
    """Says which cases are missing for a clerk, asks for them and keeps them; not for several threads.

    ``pickup`` is set at a window that hands out what every department decided. What the server did not give is not
    asked for again until the feed tells of a newer revision.
    """

    def __init__(self, store: RecordStore, clerk: Clerk, *, pickup: bool) -> None:
        self._store = store
        self._reviews = Role.REVIEWER in clerk.roles
        self._items: Collection[str] = (ALL_ITEMS,) if pickup else clerk.items
        self._asked: set[Unread] = set()

    def step(self, ask: Callable[[Collection[str]], CaseRecords]) -> int:
        """Ask for the next missing cases; returns how many came, -1 when none is missing.

        Raises:
            Refused, Unreachable: what ``ask`` raises; the same cases are asked for again.
            UnreadableRow: a record this version does not know.
        """
        states = FOR_REVIEW if self._reviews else FOR_WINDOWS
        unread = self._store.unread(self._items, states, MOST_CASES + len(self._asked))
        missing = [each for each in unread if each not in self._asked][:MOST_CASES]
        if not missing:
            return -1
        answer = ask([each.case_id for each in missing])
        self._asked.update(missing)
        return self._store.keep(answer.records)


class RecordWorker:
    """One thread; ``changed`` is called from it when cases came. ``session`` is the clerk's bearer token, or None."""

    def __init__(
        self,
        connect: Callable[[str], HttpRecords],
        hall: str,
        fetcher: RecordFetcher,
        session: Callable[[], str | None],
        changed: Callable[[], None],
        *,
        contacts: ContactFetcher | None = None,
    ) -> None:
        self._connect = connect
        self._hall = hall
        self._fetcher = fetcher
        self._session = session
        self._changed = changed
        self._contacts = contacts
        self._awake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="case-records", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """The feed told of something: look for what is missing."""
        self._awake.set()

    def stop(self) -> None:
        """End after the request that is under way."""
        self._stopping.set()
        self._awake.set()
        ended(self._thread)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            done = self._fetch()
            if not self._stopping.is_set():
                self._awake.wait(None if done else RETRY_S)

    def _fetch(self) -> bool:
        """Ask until nothing is missing; False where that did not work now."""
        token = self._session()
        if token is None:
            return False
        server = self._connect(token)
        try:
            for step in self._steps(server):
                while not self._stopping.is_set() and (came := step()) >= 0:
                    if came and not self._stopping.is_set():
                        self._changed()
        except Unreachable:
            return False
        except Refused as refusal:
            logger.warning("records.refused code=%s", refusal.code)
            return False
        except (UnreadableRow, StoreFault) as error:
            logger.error("records.not_kept error=%s", type(error).__name__)  # noqa: TRY400 - its name says it all
            return False
        finally:
            server.close()
        return True

    def _steps(self, server: HttpRecords) -> Iterator[Callable[[], int]]:
        contacts = self._contacts
        yield lambda: self._fetcher.step(lambda ids: server.records(self._hall, ids))
        if contacts is not None:
            yield lambda: contacts.step(lambda ids: server.contacts(self._hall, ids))


def connector(base_url: str, clock: Clock) -> Callable[[str], HttpRecords]:
    """Return what opens a connection for a session."""
    return lambda token: HttpRecords(base_url, token, clock)
