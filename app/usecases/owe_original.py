"""The A4 original beside a slip: owed in the commit of its act, voided with its slip, let go with its case."""

from app.domain.case import Case
from app.domain.original import UNSEALED, Original, OriginalEvent, OriginalState, has_original, voided
from app.domain.paper.blocks import Document, document_to_json
from app.ports.clock import Clock, new_id
from app.ports.store import Work
from app.usecases.acting import ActRefusal, ActRefused


def owe_original(work: Work, clock: Clock, document: Document, case: Case | None) -> None:
    """Put the sealed original of a case's paper on the list 待出正本; a paper without a place for a seal has none."""
    if case is None or not has_original(document):
        return
    original = Original(
        original_id=new_id(clock),
        case_id=case.case_id,
        slip=document.slip,
        title=document.title,
        doc_no=case.doc_no or case.case_no,
        item_name=case.item_name,
        created_ms=clock.now_ms(),
    )
    work.owe_original(original, document_to_json(document))


def release_originals(work: Work, case: Case) -> None:
    """Take off the list what is not sealed yet of a case that its applicant takes back (SL-08).

    Acceptance and supplement notices tell the applicant what follows (Licensing Law art. 32); nothing follows any
    more, so nothing is owed. The one paper that the law owes whatever the applicant wants is the refusal: it carries
    the remedies, whose periods run from its delivery (arts. 32, 38). A refused case cannot be taken back, only voided.
    What is sealed stays as it is: it was given.

    Raises:
        ActRefused: one is on its way to the printer.
    """
    for each in work.originals_of(case.case_id):
        if each.state in UNSEALED:
            _void(work, each)


def void_originals(work: Work, case: Case, slip: str | None = None) -> None:
    """Take the originals of a case, or those of one slip, off the list; their content stays.

    Raises:
        ActRefused: one is on its way to the printer.
    """
    for each in work.originals_of(case.case_id):
        if slip in (None, each.slip) and each.state is not OriginalState.VOIDED:
            _void(work, each)


def _void(work: Work, original: Original) -> None:
    if not original.may(OriginalEvent.VOID):
        raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
    work.put_original(voided(original))
