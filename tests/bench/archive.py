"""A counter that has been in use for long: the store of a served morning with ten thousand cases in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.commands.system_clock import SystemClock
from app.domain.case import Case
from app.ports.clock import new_id
from app.storage.engine import Database
from app.storage.keys import KeyFile, load_keys
from app.storage.opening import open_file
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.call_next import end_missed

CASES = 10_000
BATCH = 500
CLOCK = SystemClock()


@contextmanager
def opened(counter_data: Path) -> Iterator[tuple[CounterStore, Database]]:
    """Open the store of a counter that is not running."""
    keys = load_keys(KeyFile(counter_data / "counter.key"), CLOCK, store_exists=True)
    database = open_file(counter_data / "counter.db", keys.database, CLOCK)
    try:
        yield CounterStore(database, CLOCK, Ed25519Signer(keys.device_seed)), database
    finally:
        database.close()


def fill(counter_data: Path) -> None:
    """Copy an accepted case until there are 10,000; nobody sits at the window afterwards."""
    with opened(counter_data) as (store, _):
        with store.begin() as work:
            if (visit := work.open_visit()) is not None and visit.case_id is None:
                end_missed(work, CLOCK)
            model = work.open_cases(1)[0]
        for first in range(0, CASES, BATCH):
            with store.begin() as work:
                for n in range(first, first + BATCH):
                    work.put_case(_copy(model, n))


def _copy(case: Case, n: int) -> Case:
    return replace(case, case_id=new_id(CLOCK), case_no=f"{case.case_no[:-5]}{90_000 + n}", doc_no=f"{case.doc_no}-{n}")
