"""盖章正本: owed in the commit of the act, on the list until the seal is confirmed, whatever happens between."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.case import CASE, CaseEvent, CaseState
from app.domain.clerk import Clerk
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.original import OriginalState, broken, delivered, failed, sent
from app.domain.paper.blocks import document_from_json
from app.domain.paper.errors import PaperError
from app.domain.work.ending import choose_way, open_menu, write
from app.storage.opening import open_file
from app.storage.originals import CounterOriginals
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.correct_paper import correct_paper, reopen_case
from app.usecases.finish_visit import finish_visit
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.print_original import print_original
from app.usecases.reprint_original import reprint_original
from app.usecases.seal_original import seal_original
from app.usecases.settle_print import settle_print
from app.usecases.void_paper import void_paper
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_case import withdraw_case


@pytest.fixture
def accepted(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> Any:
    return accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)


def owed(kit: Any) -> Any:
    with kit.store.read() as view:
        return view.originals_owed()


def refused(act: Callable[[], object]) -> ActRefusal:
    with pytest.raises(ActRefused) as caught:
        act()
    return caught.value.reason


def printed(kit: Any, clerk: Clerk) -> Any:
    """What waits was printed by the A4 printer."""
    (original,) = owed(kit)
    spool = CounterOriginals(kit.database)
    print_original(kit.store, original.original_id, clerk)
    waiting = spool.next_queued()
    assert spool.claim(waiting.original_id) is not None
    spool.settle(delivered(sent(waiting), "folder", kit.clock.now_ms(), kept=False))
    return owed(kit)[0]


def test_an_acceptance_owes_its_original_in_the_same_commit(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any, commits: Any
) -> None:
    card = ready_card("ITM-02")
    with commits(serving_kit.database) as seen:
        taken = accept_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    assert len(seen) == 1
    (original,) = owed(serving_kit)
    assert (original.case_id, original.slip, original.doc_no) == (taken.case.case_id, "SL-05", taken.case.doc_no)
    assert (original.state, original.copies, original.prints) == (OriginalState.OWED, 2, 0)
    with serving_kit.store.read() as view:
        assert view.original_paper(original.original_id) == taken.job.document


def test_an_act_that_fails_owes_nothing(serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any) -> None:
    spoilt = {**templates, "SL-05": templates["SL-07"]}
    with pytest.raises(PaperError):
        accept_case(serving_kit.store, serving_kit.clock, spoilt, ready_card("ITM-02"), clerk)
    assert owed(serving_kit) == []


def test_a_notice_owes_its_original_under_its_own_number(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    card = ready_card("ITM-02").toggle_missing(3)
    taken = notice_case(serving_kit.store, serving_kit.clock, templates, card, clerk)
    (original,) = owed(serving_kit)
    assert (original.slip, original.doc_no, original.title) == ("SL-06", taken.case.doc_no, "补正材料告知书")


def test_printing_and_sealing_are_recorded_and_told(serving_kit: Any, accepted: Any, clerk: Clerk) -> None:
    original = printed(serving_kit, clerk)
    assert (original.state, original.prints, original.place) == (OriginalState.PRINTED, 1, "folder")
    done = seal_original(serving_kit.store, serving_kit.clock, original.original_id, clerk)
    assert (done.state, done.sealed_by, done.sealed_ms) == (OriginalState.SEALED, "0301", serving_kit.clock.now_ms())
    assert owed(serving_kit) == []
    said = serving_kit.operations()[-2:]
    assert [each.kind for each in said] == ["document.printed", "document.sealed"]
    assert said[0].payload == {
        "case_id": accepted.case.case_id,
        "slip": "SL-05",
        "doc_no": accepted.case.doc_no,
        "copies": 2,
        "reprint": 0,
    }
    assert said[1].payload["sealed_ms"] == done.sealed_ms


def test_what_never_came_out_cannot_be_sealed_and_what_is_sealed_prints_no_more(
    serving_kit: Any, accepted: Any, clerk: Clerk
) -> None:
    kit, (original,) = serving_kit, owed(serving_kit)
    sealing = lambda: seal_original(kit.store, kit.clock, original.original_id, clerk)  # noqa: E731
    assert refused(sealing) is ActRefusal.NOT_TO_BE_SEALED
    printed(kit, clerk)
    sealing()
    assert refused(sealing) is ActRefusal.NOT_TO_BE_SEALED
    assert refused(lambda: print_original(kit.store, original.original_id, clerk)) is ActRefusal.ORIGINAL_SETTLED
    assert refused(lambda: print_original(kit.store, "nothing", clerk)) is ActRefusal.UNKNOWN_PAPER
    assert refused(lambda: seal_original(kit.store, kit.clock, "nothing", clerk)) is ActRefusal.UNKNOWN_PAPER


def test_a_second_printing_counts_as_reprint_and_a_failed_one_does_not(
    serving_kit: Any, accepted: Any, clerk: Clerk
) -> None:
    first = printed(serving_kit, clerk)
    again = print_original(serving_kit.store, first.original_id, clerk)
    assert (again.state, again.prints) == (OriginalState.QUEUED, 1)
    assert serving_kit.operations()[-1].payload["reprint"] == 1
    kept = failed(sent(again), "a4_refused")
    assert (kept.state, kept.prints, kept.fault) == (OriginalState.PRINTED, 1, "a4_refused")
    lost = broken(sent(again), "a4_unanswered", 1)
    assert (lost.state, lost.prints, lost.shown_reprint) == (OriginalState.UNKNOWN, 2, 1)


def test_the_list_outlives_the_program(
    file_kit: Any, clerk: Clerk, templates: Any, ready_card: Any, *, queue: Any, ticket: Any, tmp_path: Path
) -> None:
    open_day(file_kit.store, file_kit.clock, clerk)
    call_next(file_kit.store, file_kit.clock, queue(ticket("A012")), clerk)
    arrive(file_kit.store, file_kit.clock, clerk)
    accept_case(file_kit.store, file_kit.clock, templates, ready_card("ITM-02"), clerk)
    (before,) = owed(file_kit)
    print_original(file_kit.store, before.original_id, clerk)
    file_kit.database.close()
    database = open_file(tmp_path / "counter.db", bytes(32), file_kit.clock)
    try:
        with CounterStore(database, file_kit.clock, Ed25519Signer(bytes(32))).read() as view:
            (after,) = view.originals_owed()
            assert (after.original_id, after.state) == (before.original_id, OriginalState.QUEUED)
            assert document_from_json(view.original_paper(after.original_id)).title == "受理通知书"
    finally:
        database.close()


def test_a_corrected_paper_owes_a_new_original_and_voids_the_old(
    serving_kit: Any, accepted: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    kit = serving_kit
    first = printed(kit, clerk)
    reopen_case(kit.store, CorrectionReason.TYPING, clerk)
    card = ready_card("ITM-02")
    correct_paper(kit.store, kit.clock, templates, replace(card, corrects=CorrectionReason.TYPING.value), clerk)
    with kit.store.read() as view:
        assert view.original(first.original_id).state is OriginalState.VOIDED
        (second,) = view.originals_owed()
        marks = document_from_json(view.original_paper(second.original_id)).blocks[0]
    assert (second.doc_no, second.prints) == (first.doc_no, 0)
    assert "更正 1" in str(marks)


def test_a_voided_paper_takes_its_original_with_it_unless_that_is_under_way(
    serving_kit: Any, accepted: Any, clerk: Clerk
) -> None:
    kit, (original,) = serving_kit, owed(serving_kit)
    spool = CounterOriginals(kit.database)
    kit.spool.claim(accepted.job.job_id)
    settled = kit.spool.recover()
    settle_print(kit.store, kit.clock, settled[0].job_id, came_out=True, by=clerk)
    waiting = print_original(kit.store, original.original_id, clerk)
    assert spool.claim(original.original_id) is not None
    assert refused(lambda: void_paper(kit.store, VoidReason.TWICE, clerk)) is ActRefusal.PAPER_UNDER_WAY
    spool.settle(delivered(sent(waiting), "folder", 1, kept=False))
    void_paper(kit.store, VoidReason.TWICE, clerk)
    assert owed(kit) == []


def sealed_one(kit: Any, clerk: Clerk) -> Any:
    """What waits was printed and bears the seal."""
    return seal_original(kit.store, kit.clock, printed(kit, clerk).original_id, clerk)


def test_a_sealed_original_is_owed_once_more_beside_the_first(
    serving_kit: Any, accepted: Any, clerk: Clerk, commits: Any
) -> None:
    kit = serving_kit
    first = sealed_one(kit, clerk)
    with commits(kit.database) as seen:
        again = reprint_original(kit.store, kit.clock, first.original_id, clerk)
    assert len(seen) == 1
    assert (again.state, again.prints, again.shown_reprint, again.sealed_by) == (OriginalState.QUEUED, 1, 1, None)
    assert kit.operations()[-1].kind == "document.printed"
    assert kit.operations()[-1].payload["reprint"] == 1
    with kit.store.read() as view:
        assert [each.state for each in view.originals_of(first.case_id)] == [OriginalState.SEALED, OriginalState.QUEUED]
        assert view.original_paper(again.original_id) == view.original_paper(first.original_id) == accepted.job.document
    # Nothing came out: it is owed, and nothing says that it was printed.
    lost = failed(sent(again), "a4_refused")
    assert (lost.state, lost.prints, lost.shown_reprint) == (OriginalState.OWED, 1, 1)
    done = delivered(sent(again), "folder", kit.clock.now_ms(), kept=False)
    assert (done.state, done.prints, done.shown_reprint) == (OriginalState.PRINTED, 2, 1)


def test_only_a_sealed_original_is_printed_again_and_one_at_a_time(
    serving_kit: Any, accepted: Any, clerk: Clerk
) -> None:
    kit, (first,) = serving_kit, owed(serving_kit)
    again = lambda: reprint_original(kit.store, kit.clock, first.original_id, clerk)  # noqa: E731
    assert refused(again) is ActRefusal.ORIGINAL_NOT_SEALED
    sealed_one(kit, clerk)
    again()
    assert refused(again) is ActRefusal.ORIGINAL_OWED_ALREADY
    assert refused(lambda: reprint_original(kit.store, kit.clock, "nothing", clerk)) is ActRefusal.UNKNOWN_PAPER
    assert len(owed(kit)) == 1


def take_back(kit: Any, templates: Any, card: Any, clerk: Clerk, number: str) -> Any:
    """The citizen whose case it is takes it back at a visit of its own."""
    blank = replace(card, item=None, answers={}, marks={}, typed={})
    walk_in(kit.store, kit.clock, clerk)
    return withdraw_case(
        kit.store, kit.clock, templates, write(choose_way(open_menu(blank), 5), "number", number), clerk
    )


@pytest.mark.parametrize("stands", ["owed", "printed", "sealed", "again"])
def test_what_was_not_sealed_of_a_case_taken_back_is_owed_no_longer(
    serving_kit: Any, accepted: Any, clerk: Clerk, templates: Any, *, ready_card: Any, stands: str
) -> None:
    kit = serving_kit
    finish_visit(kit.store, kit.clock, clerk)
    if stands == "printed":
        printed(kit, clerk)
    if stands in ("sealed", "again"):
        first = sealed_one(kit, clerk)
    if stands == "again":
        reprint_original(kit.store, kit.clock, first.original_id, clerk)
    take_back(kit, templates, ready_card("ITM-02"), clerk, accepted.case.case_no)
    assert owed(kit) == []
    with kit.store.read() as view:
        kept = [each.state.value for each in view.originals_of(accepted.case.case_id)]
    assert kept == {"sealed": ["sealed"], "again": ["sealed", "voided"]}.get(stands, ["voided"])


def test_a_case_is_not_taken_back_while_its_original_is_in_the_printer(
    serving_kit: Any, accepted: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    kit, (original,) = serving_kit, owed(serving_kit)
    finish_visit(kit.store, kit.clock, clerk)
    print_original(kit.store, original.original_id, clerk)
    assert CounterOriginals(kit.database).claim(original.original_id) is not None
    card = ready_card("ITM-02")
    number = accepted.case.case_no
    assert refused(lambda: take_back(kit, templates, card, clerk, number)) is ActRefusal.PAPER_UNDER_WAY
    with kit.store.read() as view:
        assert view.case(accepted.case.case_id).state is CaseState.ACCEPTED


def test_a_refusal_is_owed_whatever_the_applicant_wants() -> None:
    assert not CASE.allows(CaseState.REFUSED, CaseEvent.WITHDRAW)
