"""A citizen sits down without a ticket: the window makes one of its own series (design.md decision 14)."""

from app.domain.channel import Channel
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import Admission, Visit, VisitState
from app.domain.walk_in import BUSINESS, walk_in_number, walk_in_series
from app.ports.clock import Clock, new_id
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require
from app.usecases.ticket_record import record


def walk_in(store: Store, clock: Clock, by: Clerk) -> Visit:
    """Begin to serve whoever sits here; works with and without the server.

    Raises:
        ActRefused: no right or open day, or somebody is at the window.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        return begin_walk_in(work, clock, by)


def begin_walk_in(work: Work, clock: Clock, by: Clerk, channel: Channel = Channel.IN_PERSON) -> Visit:
    """Begin the visit within an open transaction; ``channel`` is another where nobody sits down.

    Raises:
        ActRefused: no open day, or somebody is at the window.
    """
    today = work.business_date()
    if today is None:
        raise ActRefused(ActRefusal.DAY_NOT_OPEN)
    if work.open_visit() is not None:
        raise ActRefused(ActRefusal.VISIT_OPEN)
    now = clock.now_ms()
    visit = Visit(
        visit_id=new_id(clock),
        ticket_id=new_id(clock),
        number=walk_in_number(counter_of(work).counter, work.take_serial(walk_in_series(today))),
        business=BUSINESS,
        admission=Admission.WALKED_IN,
        state=VisitState.SERVING,
        called_ms=now,
        served_ms=now,
        channel=channel,
    )
    work.put_visit(visit)
    came = {} if channel is Channel.IN_PERSON else {"channel": channel.value}
    record(work, by, visit, "ticket.walked_in", business_date=today.isoformat(), served_ms=now, **came)
    return visit
