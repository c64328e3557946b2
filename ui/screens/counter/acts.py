"""What the clerk's keys do to the store: one function an act, run off the GUI thread, each returning fresh facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from app.domain.case import Case
from app.domain.catalogue.organisation import Authority
from app.domain.disk_room import room_of
from app.domain.paper.blocks import Document, document_from_json
from app.domain.paper.masking import masked_document
from app.domain.payment import PaymentImpossible
from app.domain.service import ServiceImpossible
from app.domain.transitions import IllegalTransition
from app.domain.visit import VisitState
from app.domain.work import ending, refusing
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefused
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.ports.spool import PrintJob
from app.ports.store import NotRegistered
from app.ports.store_fault import StoreFault
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefused
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.call_reserved import call_reserved
from app.usecases.complete_case import complete_case
from app.usecases.finish_visit import finish_visit
from app.usecases.intake_case import intake_case
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.preview_ending import preview_ending
from app.usecases.preview_slip import preview_slip
from app.usecases.refuse_case import preview_refusal
from app.usecases.reprint_slip import reprint_slip
from app.usecases.room import require_room
from app.usecases.save_draft import save_draft
from app.usecases.settle_print import settle_print
from app.usecases.taking_in import CardNotReady
from ui.screens.counter.facts import Facts, read_facts
from ui.screens.counter.parts import CounterParts

UNREACHABLE = "authority_unreachable"
REFUSALS = (
    AuthorityUnreachable,
    AuthorityRefused,
    ActRefused,
    WorkRefused,
    StoreFault,
    CardNotReady,
    NotRegistered,
    IllegalTransition,
    ServiceImpossible,
    PaymentImpossible,
)
DRAIN_S = 2.0
_VERBS = {Authority.INTAKE: intake_case, Authority.ACCEPT: accept_case, Authority.COMPLETE: complete_case}
Answer = TypeVar("Answer")
CLERK_ASKED = "clerk_asked"
"""The reason recorded when a clerk reprints a paper for a citizen."""


@dataclass(frozen=True, slots=True)
class Done:
    """The act is committed; ``facts`` are what holds now, ``message`` a code to show with the ``place`` it names."""

    facts: Facts
    message: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class NotDone:
    """A business "no": ``code`` says why; nothing was changed."""

    code: str


def attempt(work: Callable[[], Answer]) -> Answer | NotDone:
    """Run an act; refusals become values, everything else stays an incident."""
    try:
        return work()
    except REFUSALS as refusal:
        return NotDone(_code(refusal))


def _code(refusal: Exception) -> str:
    match refusal:
        case AuthorityRefused():
            code = refusal.code
        case ActRefused() | WorkRefused() | StoreFault() | ServiceImpossible() | PaymentImpossible():
            code = refusal.reason.value
        case CardNotReady():
            code = refusal.reasons[0].value
        case AuthorityUnreachable():
            code = UNREACHABLE
        case NotRegistered():
            code = "not_registered"
        case _:
            code = "not_now"
    return code


def look(parts: CounterParts) -> Done:
    """Read what holds now."""
    facts = read_facts(parts.store, parts.window, parts.clock.now_ms())
    return Done(replace(facts, room=room_of(parts.disk_used())))


BLOCK_CALLED = "block_called"
"""The network is gone, and a number reserved for this window was called."""


def call(parts: CounterParts) -> Done:
    """F2: finish a citizen who has their paper, then call the next; a window open over midnight opens the new day."""
    if finish_if_issued(parts) or _unsent(parts):
        # The authority calls nobody to a window that, for all it knows, still serves; and who was called before and
        # was put aside since must not be passed over.
        parts.drain_sync(DRAIN_S)
    open_day(parts.store, parts.clock, parts.clerk)
    try:
        visit = call_next(parts.store, parts.clock, parts.authority, parts.clerk)
    except AuthorityRefused as refusal:
        # The citizen before may have been finished all the same: the screen must not keep them.
        return Done(look(parts).facts, refusal.code)
    except AuthorityUnreachable:
        return call_of_block(parts)
    parts.wake_sync()
    return Done(look(parts).facts, "" if visit else "nobody_waits")


def call_of_block(parts: CounterParts) -> Done:
    """Call the next number reserved for this window, without the network.

    Raises:
        AuthorityUnreachable: none is left: the window goes on by presented ticket.
    """
    visit = call_reserved(parts.store, parts.clock, parts.clerk)
    if visit is None:
        raise AuthorityUnreachable
    parts.wake_sync()
    return Done(look(parts).facts, BLOCK_CALLED)


def finish(parts: CounterParts) -> Done:
    """F12: the citizen leaves with an outcome."""
    finish_visit(parts.store, parts.clock, parts.clerk)
    parts.wake_sync()
    return look(parts)


def present(parts: CounterParts, number: str) -> Done:
    """Serve the citizen who shows this number."""
    finish_if_issued(parts)
    open_day(parts.store, parts.clock, parts.clerk)
    present_ticket(parts.store, parts.clock, number, parts.clerk)
    parts.wake_sync()
    return look(parts)


def come(parts: CounterParts) -> Done:
    """The called citizen is here."""
    arrive(parts.store, parts.clock, parts.clerk)
    parts.wake_sync()
    return look(parts)


def keep(parts: CounterParts, visit_id: str, card: WorkCard) -> None:
    """Write the journal of the page."""
    save_draft(parts.store, visit_id, card)


def decide(parts: CounterParts, card: WorkCard, act: Authority) -> Done:
    """F10: take in, accept or complete in one commit; after midnight under the date of the new day, not the old one."""
    require_room(parts.disk_used(), card)
    open_day(parts.store, parts.clock, parts.clerk)
    _VERBS[act](parts.store, parts.clock, parts.templates, card, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return look(parts)


def again(parts: CounterParts, job_id: str) -> Done:
    """补打."""
    reprint_slip(parts.store, parts.clock, job_id, CLERK_ASKED, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return look(parts)


def settle(parts: CounterParts, job_id: str, *, came_out: bool) -> Done:
    """What the clerk saw of a paper in doubt."""
    settle_print(parts.store, parts.clock, job_id, came_out=came_out, by=parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return look(parts)


def preview(parts: CounterParts, card: WorkCard) -> Document | None:
    """Return the paper F9, F10, F11 or F12 would print now."""
    if ending.is_open(card):
        return preview_ending(parts.store, parts.clock, parts.templates, card, parts.clerk)
    if refusing.is_open(card):
        return preview_refusal(parts.store, parts.clock, parts.templates, card, parts.clerk)
    return preview_slip(parts.store, parts.clock, parts.templates, card, parts.clerk)


def shown(case: Case | None, card: WorkCard | None, job: PrintJob) -> Document:
    """Return the paper that was frozen with its act as the screen may show it: the names of its people masked."""
    people = [each["name"] for each in (case.applicant, case.agent, case.guardian) if each] if case else []
    seated = [each.name for each in (card.applicant, card.agent) if each] if card else []
    return masked_document(document_from_json(job.document), (*people, *seated))


def _unsent(parts: CounterParts) -> bool:
    with parts.store.read() as view:
        return view.outbox_length() > 0


def finish_if_issued(parts: CounterParts) -> bool:
    """End the visit of a citizen who has their paper; say whether there was one."""
    with parts.store.read() as view:
        visit = view.open_visit()
    if visit is None or visit.state is not VisitState.ISSUED:
        return False
    finish_visit(parts.store, parts.clock, parts.clerk)
    return True
