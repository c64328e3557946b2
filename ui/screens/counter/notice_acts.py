"""What F9 and a notice that came back do to the store, run off the GUI thread."""

from app.domain.catalogue.organisation import Authority
from app.domain.paper.blocks import Document, document_from_json
from app.domain.person import Person
from app.domain.visit import Visit
from app.domain.work.card import WorkCard
from app.domain.work.outcome import NoticeKind, outcome
from app.ports.spool import PrintJob
from app.usecases.issue_notice import issue_notice
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.present_paper import notice_of, present_paper
from app.usecases.room import require_room
from ui.screens.counter.acts import Done, look
from ui.screens.counter.parts import CounterParts


def issue(parts: CounterParts, card: WorkCard) -> Done:
    """F9: SL-03 before any paper was handed over, SL-06 after verdicts; past midnight under the date of the new day."""
    require_room(parts.disk_used(), card)
    open_day(parts.store, parts.clock, parts.clerk)
    # Which of the two papers it is does not hang on the window's authority.
    told = outcome(card, Authority.INTAKE).notice
    verb = issue_notice if told is NoticeKind.CONSULTATION else notice_case
    verb(parts.store, parts.clock, parts.templates, card, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return look(parts)


def come_back(parts: CounterParts, number: str) -> Done:
    """Serve the citizen who shows a notice."""
    open_day(parts.store, parts.clock, parts.clerk)
    present_paper(parts.store, parts.clock, number, parts.clerk)
    parts.wake_sync()
    return look(parts)


def open_notice(parts: CounterParts, person: Person, visit: Visit) -> WorkCard | None:
    """Return the page of an open notice of this person, if there is one."""
    with parts.store.read() as view:
        catalogue = view.catalogue()
        return None if catalogue is None else notice_of(view, person, visit, catalogue)


def document_of(job: PrintJob) -> Document:
    """Return the frozen paper of a visit without a case; it names nobody."""
    return document_from_json(job.document)
