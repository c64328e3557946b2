"""What refusal, the other endings, correction and voiding do to the store: one function an act, off the GUI thread."""

from app.domain.case import Case
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason
from app.usecases import end_visit
from app.usecases.correct_found import leave_found, reopen_found_case, void_found_case
from app.usecases.correct_paper import correct_paper, drop_correction, reopen_case
from app.usecases.hand_out_result import hand_out_result
from app.usecases.issue_notice import issue_notice
from app.usecases.open_day import open_day
from app.usecases.refuse_case import refuse_case
from app.usecases.room import require_room
from app.usecases.void_paper import void_paper
from app.usecases.withdraw_case import withdraw_case
from ui.screens.counter.acts import Done, look
from ui.screens.counter.parts import CounterParts

HANDED_OUT = "result_handed_out"
"""The sentence after a result was handed out."""
CONTACT_LOGGED = "contact_logged"
"""The sentence after a call or a letter was registered without a paper."""
FOUND_VOIDED = "case_voided_found"
"""The sentence after a case that was found by search was voided."""


def refuse(parts: CounterParts, card: WorkCard) -> Done:
    """F11 again: the refusal goes out; after midnight under the date of the new day."""
    require_room(parts.disk_used(), card)
    open_day(parts.store, parts.clock, parts.clerk)
    refuse_case(parts.store, parts.clock, parts.templates, card, parts.clerk)
    return _told(parts, printed=True)


def answered(parts: CounterParts) -> Done:
    """F12 1: the question was answered, no paper."""
    end_visit.answer_question(parts.store, parts.clock, parts.clerk)
    return _told(parts)


def answered_on_paper(parts: CounterParts, card: WorkCard) -> Done:
    """F12 1 1: the question was answered, and the answer goes along on paper (SL-03)."""
    open_day(parts.store, parts.clock, parts.clerk)
    issue_notice(parts.store, parts.clock, parts.templates, card, parts.clerk)
    return _told(parts, printed=True)


def left(parts: CounterParts, reason: LeaveReason) -> Done:
    """F12 3: the citizen leaves."""
    end_visit.leave(parts.store, parts.clock, reason, parts.clerk)
    return _told(parts)


def register(parts: CounterParts, card: WorkCard) -> Done:
    """F12 2: the contact is registered and its paper printed; without one its number is said."""
    open_day(parts.store, parts.clock, parts.clerk)
    registered = end_visit.register_contact(parts.store, parts.clock, parts.templates, card, parts.clerk)
    if registered.job is None:
        return Done(_told(parts).facts, CONTACT_LOGGED, registered.contact.no)
    return _told(parts, printed=True)


def hand_out(parts: CounterParts, card: WorkCard) -> Done:
    """F12 4: the result is handed to its person."""
    hand_out_result(parts.store, parts.clock, parts.templates, card, parts.clerk)
    return Done(_told(parts).facts, HANDED_OUT)


def withdraw(parts: CounterParts, card: WorkCard) -> Done:
    """F12 5: the application is taken back."""
    open_day(parts.store, parts.clock, parts.clerk)
    withdraw_case(parts.store, parts.clock, parts.templates, card, parts.clerk)
    return _told(parts, printed=True)


def reopen(parts: CounterParts, reason: CorrectionReason) -> Done:
    """Ctrl+E 1: the card of the issued case opens again."""
    reopen_case(parts.store, reason, parts.clerk)
    return look(parts)


def keep_paper(parts: CounterParts) -> Done:
    """F12 while correcting: the paper stays as it is; where the case was found by search nobody holds it here."""
    with parts.store.read() as view:
        visit = view.open_visit()
    if visit is not None and visit.outcome is None:
        leave_found(parts.store, parts.clock, parts.clerk)
    else:
        drop_correction(parts.store, parts.clerk)
    return _told(parts)


def reopen_found(parts: CounterParts, case_id: str, reason: CorrectionReason) -> Done:
    """F7, Ctrl+E 1: the card of a case that was found opens at this window."""
    open_day(parts.store, parts.clock, parts.clerk)
    reopen_found_case(parts.store, parts.clock, case_id, reason, parts.clerk)
    return _told(parts)


def void_found(parts: CounterParts, case: Case, reason: VoidReason) -> Done:
    """F7, Ctrl+E 2: paper and case no longer count."""
    void_found_case(parts.store, case.case_id, reason, parts.clerk)
    return Done(_told(parts).facts, FOUND_VOIDED, case.case_no)


def correct(parts: CounterParts, card: WorkCard) -> Done:
    """F10 while correcting: the paper is made anew."""
    open_day(parts.store, parts.clock, parts.clerk)
    correct_paper(parts.store, parts.clock, parts.templates, card, parts.clerk)
    return _told(parts, printed=True)


def void(parts: CounterParts, reason: VoidReason) -> Done:
    """Ctrl+E 2: paper and case no longer count."""
    void_paper(parts.store, reason, parts.clerk)
    return _told(parts)


def _told(parts: CounterParts, *, printed: bool = False) -> Done:
    if printed:
        parts.wake_printer()
    # An original may have left the list: the PDF that was kept of it goes.
    parts.wake_a4()
    parts.wake_sync()
    return look(parts)
