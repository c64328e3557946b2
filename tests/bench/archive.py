"""A counter that has been in use for long: the store of a served morning with ten thousand cases, not yet sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

from app.commands.system_clock import SystemClock
from app.domain.case import Case
from app.domain.operation import Actor, OperationDraft
from app.domain.serials import CaseNumber
from app.ports.clock import new_id
from app.ports.store import Work
from app.storage.engine import Database
from app.storage.keys import KeyFile, load_keys
from app.storage.opening import open_file
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.call_next import end_missed

CASES = 10_000
BATCH = 500
FIRST_DAY = date(2020, 1, 1)
A_DAY = 100
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
    """Accept 10,000 more cases like the last one, with an operation each; nobody sits at the window afterwards."""
    with opened(counter_data) as (store, _):
        with store.begin() as work:
            if (visit := work.open_visit()) is not None and visit.case_id is None:
                end_missed(work, CLOCK)
            model = work.open_cases(1)[0]
        for first in range(0, CASES, BATCH):
            with store.begin() as work:
                for n in range(first, first + BATCH):
                    _accept(work, _copy(model, n))


def _accept(work: Work, case: Case) -> None:
    work.put_case(case)
    payload = {each.name: getattr(case, each.name) for each in fields(Case)}
    actor = Actor(case.clerk, None, "clerk", case.department, case.window)
    work.append(OperationDraft("case.accepted", "case", case.case_id, payload, actor))


def _copy(case: Case, n: int) -> Case:
    number = CaseNumber.parse(case.case_no)
    other = CaseNumber(number.centre, number.counter, FIRST_DAY + timedelta(days=n // A_DAY), n % A_DAY + 1)
    return replace(case, case_id=new_id(CLOCK), case_no=str(other), doc_no=f"{case.doc_no}-{n}")
