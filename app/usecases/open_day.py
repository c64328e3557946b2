"""Opening the window for the day: the business date of every number until the next opening; closes the day before."""

from app.domain.business_day import business_date, start_of_day_ms
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.scanned_copy import KEPT_MS
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require
from app.usecases.close_day import close_day


def open_day(store: Store, clock: Clock, by: Clerk) -> bool:
    """Open today; returns False where it is open already.

    Raises:
        ActRefused: no right, or a clock that went back behind an open day.
    """
    require(by, Act.OPEN_DAY)
    today = business_date(clock.now_ms())
    with store.begin() as work:
        counter, present = counter_of(work), work.business_date()
        if present == today:
            return False
        if present is not None and today < present:
            raise ActRefused(ActRefusal.DAY_BEFORE)
        if present is not None:
            close_day(work, by, present)
        work.open_day(today)
        work.put_call_key(new_id(clock))
        work.drop_copies_of_no_case(start_of_day_ms(today))
        work.release_copies(start_of_day_ms(today) - KEPT_MS)
        work.append(
            OperationDraft(
                kind="day.opened",
                entity="window",
                entity_id=counter.window,
                payload={"business_date": today.isoformat()},
                actor=by.at(counter.window),
            )
        )
        return True
