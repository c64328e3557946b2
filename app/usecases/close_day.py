"""日结: the day that is over is told to the server with the numbers it gave out, before the next one is opened."""

from datetime import date

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.ports.store import Work
from app.usecases.acting import counter_of


def close_day(work: Work, by: Clerk, day: date) -> None:
    """Tell the numbers of ``day`` within the open transaction; the server looks whether it has a case of each."""
    counter, given = counter_of(work), work.day_numbers(day)
    work.append(
        OperationDraft(
            kind="day.closed",
            entity="window",
            entity_id=counter.window,
            payload={
                "business_date": day.isoformat(),
                "first": given.first,
                "last": given.last,
                "count": given.count,
                "head": given.head,
            },
            actor=by.at(counter.window),
        )
    )
