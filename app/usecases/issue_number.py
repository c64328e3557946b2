"""发号: cut off from the hall, the window gives out numbers of its own series and calls them (sync.md section 2)."""

from collections.abc import Mapping

from app.domain.catalogue.catalogue import Catalogue
from app.domain.clerk import Clerk
from app.domain.number_slip import NUMBER_SLIP, NumberPaper, number_fields
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.domain.ticket import BORN, Ticket, TicketState
from app.domain.walk_in import BUSINESS, walk_in_number, walk_in_series
from app.ports.clock import Clock, new_id
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, counter_of, require
from app.usecases.case_record import queue_paper
from app.usecases.reserved import block_left
from app.usecases.taking_in import published

ANY_MATTER = "本窗口办理的事项"
"""What the paper says the number is for where the window calls no line: it is served when it is shown."""


def issue_number(store: Store, clock: Clock, templates: Mapping[str, Template], by: Clerk) -> Ticket:
    """Give a citizen who wants to wait a number ``W07-001`` and its paper (SL-01), and return the ticket.

    It waits for this window, behind those that already do: ``call_reserved`` calls it. Number, operation and paper are
    one transaction, so that no number is on two papers.

    Raises:
        ActRefused: no right, no open day, or no catalogue.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        today = work.business_date()
        if today is None:
            raise ActRefused(ActRefusal.DAY_NOT_OPEN)
        catalogue, counter = published(work), counter_of(work)
        ahead = len(block_left(work, counter.window))
        ticket = Ticket(
            ticket_id=new_id(clock),
            hall=counter.hall,
            number=walk_in_number(counter.counter, work.take_serial(walk_in_series(today))),
            business=_line(catalogue, counter.window),
            state=TicketState.RESERVED,
            rev=BORN,
            issued_ms=clock.now_ms(),
            window=counter.window,
            business_date=today.isoformat(),
        )
        work.put_own_number(ticket)
        work.append(
            OperationDraft(
                kind="ticket.issued",
                entity="ticket",
                entity_id=ticket.ticket_id,
                payload={
                    "number": ticket.number,
                    "window": counter.window,
                    "business": ticket.business,
                    "business_date": ticket.business_date,
                    "issued_ms": ticket.issued_ms,
                },
                actor=actor_at(work, by),
            )
        )
        fields = number_fields(ticket, _paper(catalogue, ticket, ahead))
        queue_paper(work, clock, fill(templates[NUMBER_SLIP], fields), None)
        return ticket


def _line(catalogue: Catalogue, window: str) -> str:
    """Return the first line this window calls, in published order."""
    return next((each.code for each in catalogue.businesses.values() if window in each.windows), BUSINESS)


def _paper(catalogue: Catalogue, ticket: Ticket, ahead: int) -> NumberPaper:
    window = catalogue.windows[ticket.window or ""]
    business = catalogue.businesses.get(ticket.business)
    return NumberPaper(
        hall=catalogue.center.name,
        business=business.name if business else ANY_MATTER,
        windows=(window.number,),
        zones=(window.zone,),
        hall_tel=catalogue.center.hall_tel,
        ahead=ahead,
        miss_place=f"{window.number}窗口",  # nobody else in the hall knows of the number while the window is cut off
    )
