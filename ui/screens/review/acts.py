"""What the reviewer's keys do to the store: one function an act, off the GUI thread, each returning fresh facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QImage

from app.domain.case import Case
from app.domain.decision import DecisionImpossible
from app.domain.original import Original
from app.domain.paper.blocks import Document, document_from_json
from app.domain.paper.errors import PaperError
from app.domain.paper.masking import masked_document
from app.domain.transitions import IllegalTransition
from app.domain.upward import HigherResult, UpwardStage
from app.domain.work.refusal import WorkRefused
from app.ports.result_scan import ScanAbsent
from app.ports.store import NotRegistered
from app.ports.store_fault import StoreFault
from app.usecases import report_upward
from app.usecases.accept_received import accept_received
from app.usecases.acting import ActRefused
from app.usecases.complete_deferred import complete_deferred
from app.usecases.decide_case import Denial, decide, preview_decision
from app.usecases.make_result import hand_to_window
from app.usecases.open_day import open_day
from app.usecases.print_original import print_original
from app.usecases.result_scan import hash_of
from app.usecases.review_case import take_up
from app.usecases.seal_original import seal_original
from app.usecases.taking_in import CardNotReady
from ui.pictures import image_of
from ui.screens.review import answer_acts
from ui.screens.review.facts import Facts, read_facts
from ui.screens.review.parts import ReviewParts
from ui.screens.review.state import Ask

REFUSALS = (
    ActRefused,
    DecisionImpossible,
    CardNotReady,
    WorkRefused,
    StoreFault,
    IllegalTransition,
    NotRegistered,
    PaperError,
    ScanAbsent,
)


@dataclass(frozen=True, slots=True, repr=False)
class Done:
    """What came of an act: ``facts`` hold now, ``said`` tells of it; with a refusal's ``code`` nothing was done."""

    facts: Facts | None
    said: str = ""
    code: str = ""


Act = Callable[[ReviewParts], str]


def attempt(parts: ReviewParts, act: Act) -> Done:
    """Run an act of the day that is today; refusals become codes, everything else stays an incident."""
    said, code = "", ""
    try:
        open_day(parts.store, parts.clock, parts.clerk)
        said = act(parts)
    except REFUSALS as refusal:
        code = _code(refusal)
    else:
        parts.wake_sync()
    return Done(read_facts(parts.store, parts.clerk, parts.clock.now_ms()), said, code)


def look(_parts: ReviewParts) -> str:
    """Read what holds now."""
    return ""


def accept(parts: ReviewParts, case_id: str) -> str:
    """受理: papers that the window might only take in are accepted, their notice owed under seal."""
    case = accept_received(parts.store, parts.clock, parts.templates, case_id, by=parts.clerk)
    return f"{case.case_no} 已受理，通知书待打印盖章"


def review(parts: ReviewParts, case_id: str) -> str:
    """审查: the case is taken up."""
    case = take_up(parts.store, parts.clock, case_id, parts.clerk)
    return f"{case.case_no} 已开始审查"


def complete(parts: ReviewParts, case_id: str) -> str:
    """容缺补齐: what was deferred came."""
    case = complete_deferred(parts.store, parts.clock, case_id, by=parts.clerk)
    return f"{case.case_no} 容缺的材料已补齐"


def grant(parts: ReviewParts, case_id: str) -> str:
    """准予: the decision is made, its document owed under seal."""
    case = decide(parts.store, parts.clock, parts.templates, case_id, denial=None, by=parts.clerk)
    return f"{case.case_no} 已准予，决定书待打印盖章"


def deny(parts: ReviewParts, case_id: str, denial: Denial) -> str:
    """不予: the same, with its reasons."""
    case = decide(parts.store, parts.clock, parts.templates, case_id, denial=denial, by=parts.clerk)
    return f"{case.case_no} 已决定不予，决定书待打印盖章"


def print_it(parts: ReviewParts, original: Original) -> str:
    """打印决定书: the A4 thread takes it from here."""
    print_original(parts.store, original.original_id, parts.clerk)
    parts.wake_a4()
    return f"{original.doc_no} 已送打印，{original.copies} 份"


def seal(parts: ReviewParts, original: Original) -> str:
    """已盖章: the document may be handed over."""
    seal_original(parts.store, parts.clock, original.original_id, parts.clerk)
    parts.wake_a4()
    return f"{original.doc_no} 已盖章"


def hand_over(parts: ReviewParts, case_id: str) -> str:
    """移交出件: it waits at the hand-out window from now on."""
    case = hand_to_window(parts.store, parts.clock, case_id, parts.clerk)
    return f"{case.case_no} 已移交出件窗口"


def report(parts: ReviewParts, case_id: str, organ: str) -> str:
    """上报."""
    case = report_upward.report(parts.store, parts.clock, case_id, organ, by=parts.clerk)
    return f"{case.case_no} 已上报{organ.strip()}"


def contact(parts: ReviewParts, case_id: str, words: str, stage: UpwardStage | None) -> str:
    """记录联系, at the next stage where the higher authority said so."""
    case = report_upward.note_contact(parts.store, parts.clock, case_id, words, stage=stage, by=parts.clerk)
    return f"{case.case_no} 已记录联系，下次最迟 {_next_on(case)}"


def attach(parts: ReviewParts, case_id: str, words: str, *, granted: bool, scan: str) -> str:
    """回传: the higher authority's document came back; ``words`` are its number, date and organ, blanks between.

    ``scan`` is what was typed of its file, whose hash is recorded.
    """
    number, day, organ = document_named(words)
    result = HigherResult(number, day, organ, granted, hash_of(parts.scans, scan))
    case = report_upward.attach_result(parts.store, parts.clock, case_id, result, by=parts.clerk)
    return f"{case.case_no} 已附上级结果 {number}"


def picture(parts: ReviewParts, case_id: str, asked: Denial | Ask | None, original: Original | None) -> QImage:
    """Return the page as it prints, the names of its people masked: the frozen one, else the one that would be made.

    ``asked`` is what is said of a denial, or the question whose answer would be told.

    Raises:
        ActRefused, DecisionImpossible, CardNotReady, WorkRefused, PaperError: the paper lacks something.
    """
    with parts.store.read() as view:
        case = view.case(case_id)
        kept = view.original_paper(original.original_id) if original is not None else None
    if kept is not None:
        document = document_from_json(kept)
    elif isinstance(asked, Ask):
        document = answer_acts.preview(parts, asked)
    else:
        with parts.store.read() as view:
            document = preview_decision(view, parts.clock, parts.templates, case_id, denial=asked, by=parts.clerk)
    reprint = original.shown_reprint if original is not None else 0
    return image_of(parts.render_a4(_shown(document, case), reprint))


def pictured(parts: ReviewParts, case_id: str, asked: Denial | Ask | None, original: Original | None) -> QImage | str:
    """Return the page, or the code of why there is none."""
    try:
        return picture(parts, case_id, asked, original)
    except REFUSALS as refusal:
        return _code(refusal)


def _shown(document: Document, case: Case | None) -> Document:
    people = (case.applicant, case.agent, case.guardian) if case is not None else ()
    return masked_document(document, [str(each["name"]) for each in people if each])


def document_named(words: str) -> tuple[str, str, str]:
    """Return number, date and organ of a document, as they were typed with blanks between.

    Raises:
        ActRefused: the date is none.
    """
    number, day, organ = [*words.split(maxsplit=2), "", "", ""][:3]
    try:
        return number, date.fromisoformat(day).isoformat(), organ
    except ValueError as error:
        raise ActRefused(report_upward.INCOMPLETE) from error


def _next_on(case: Case) -> str:
    return str((case.upward or {}).get("next_contact_on") or "")


def _code(refusal: Exception) -> str:
    match refusal:
        case CardNotReady(reasons=reasons):
            return str(reasons[0].value)
        case ActRefused() | StoreFault() | DecisionImpossible() | WorkRefused():
            return str(refusal.reason.value)
        case NotRegistered():
            return "not_registered"
        case ScanAbsent(code=code):
            return code
        case PaperError():
            return "decision_paper_unreadable"
        case _:
            return "not_now"
