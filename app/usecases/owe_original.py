"""The A4 original beside a slip: owed in the commit of its act, voided with its slip."""

from app.domain.case import Case
from app.domain.original import Original, OriginalEvent, OriginalState, has_original, voided
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


def void_originals(work: Work, case: Case, slip: str | None = None) -> None:
    """Take the originals of a case, or those of one slip, off the list; their content stays.

    Raises:
        ActRefused: one is on its way to the printer.
    """
    for each in work.originals_of(case.case_id):
        if slip not in (None, each.slip) or each.state is OriginalState.VOIDED:
            continue
        if not each.may(OriginalEvent.VOID):
            raise ActRefused(ActRefusal.PAPER_UNDER_WAY)
        work.put_original(voided(each))
