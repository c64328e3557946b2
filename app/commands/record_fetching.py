"""Starts the thread that brings whole cases to a computer, for who is signed in there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.catalogue.organisation import PICKUP_KIND
from app.domain.clerk import Clerk
from app.ports.clock import Clock
from app.ports.store import Counter, Store
from app.storage.contact_records import CounterContacts
from app.storage.engine import Database
from app.storage.review_view import CounterRecords
from sync.client.records import ContactFetcher, RecordFetcher, RecordWorker, connector

if TYPE_CHECKING:
    from app.domain.catalogue.catalogue import Catalogue


def start_records(
    database: Database,
    store: Store,
    clerk: Clerk,
    *,
    server_url: str,
    clock: Clock,
    session: Callable[[], str | None],
    changed: Callable[[], None],
) -> RecordWorker | None:
    """Start the thread; None before the counter is registered. ``changed`` is called from it when cases came."""
    with store.read() as view:
        counter, catalogue = view.counter(), view.catalogue()
    if counter is None:
        return None
    fetcher = RecordFetcher(CounterRecords(database), clerk, pickup=hands_out(counter, catalogue))
    contacts = ContactFetcher(CounterContacts(database), counter.window)
    worker = RecordWorker(connector(server_url, clock), counter.hall, fetcher, session, changed, contacts=contacts)
    worker.start()
    return worker


def hands_out(counter: Counter, catalogue: "Catalogue | None") -> bool:
    """Say whether this is the centre's hand-out window."""
    window = catalogue.windows.get(counter.window) if catalogue is not None else None
    return window is not None and window.kind == PICKUP_KIND
