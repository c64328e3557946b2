"""Serving by the scanned code of a ticket: the code says of which hall and day it is, a typed number cannot."""

from app.domain.business_day import business_date
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.scan import TicketCode
from app.domain.visit import Visit
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require
from app.usecases.present_ticket import present_ticket


def present_code(store: Store, clock: Clock, code: TicketCode, by: Clerk) -> Visit:
    """Begin to serve the citizen whose ticket was scanned; a code without hall and day is as good as its number.

    Raises:
        ActRefused: the ticket is of another hall or day, or what ``present_ticket`` refuses.
        NotRegistered: the server has not named this counter yet.
    """
    require(by, Act.SERVE_TICKET)
    with store.read() as view:
        hall = counter_of(view).hall
    if code.hall and code.hall != hall:
        raise ActRefused(ActRefusal.TICKET_OF_OTHER_HALL)
    if code.day is not None and code.day != business_date(clock.now_ms()):
        raise ActRefused(ActRefusal.TICKET_OF_OTHER_DAY)
    return present_ticket(store, clock, code.number, by)
