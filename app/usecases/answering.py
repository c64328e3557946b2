"""What the department's answers to received papers share: whose they are, and that they are in time."""

from app.domain.clerk import Clerk
from app.domain.inside_answer import looked_at, silence_accepted
from app.domain.rights import Act
from app.domain.work.card import WorkCard
from app.ports.clock import Clock
from app.ports.store import Reading
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import OnDesk, of_department, on_desk


def answering(view: Reading, clock: Clock, case_id: str, by: Clerk) -> OnDesk:
    """Return the case that this reviewer may answer today.

    Raises:
        ActRefused: no right, another department's, a case not whole, or one that silence has accepted meanwhile.
    """
    require(by, Act.REVIEW_CASE)
    desk = of_department(on_desk(view, clock, case_id, by), by)
    if silence_accepted(desk.case, desk.item, desk.at.calendar, desk.at.today):
        raise ActRefused(ActRefusal.SILENCE_ACCEPTED)
    return desk


def page_of(desk: OnDesk) -> WorkCard:
    """Return the page of the case.

    Raises:
        ActRefused: its item is not published any more.
    """
    card = looked_at(desk.case, desk.catalogue)
    if card is None:
        raise ActRefused(ActRefusal.NO_CATALOGUE)
    return card
