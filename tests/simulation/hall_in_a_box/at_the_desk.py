"""What a clerk does for whoever sits here: hold, transfer, every way a visit can end, and what follows a paper."""

from collections.abc import Callable

from app.domain.correction import CorrectionReason, VoidReason
from app.domain.visit import HoldReason, Outcome, Visit
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason
from app.domain.work.ending import write as say
from app.domain.work.next_item import next_item
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.complete_case import complete_case
from app.usecases.continue_visit import continue_visit
from app.usecases.correct_paper import correct_paper, drop_correction, reopen_case
from app.usecases.end_visit import answer_question, leave, register_contact
from app.usecases.finish_visit import finish_visit
from app.usecases.hold_visit import hold_visit
from app.usecases.issue_notice import issue_notice
from app.usecases.miss_ticket import miss_ticket
from app.usecases.notice_case import notice_case
from app.usecases.refuse_case import refuse_case
from app.usecases.save_draft import save_draft
from app.usecases.void_paper import void_paper
from app.usecases.withdraw_case import withdraw_case
from hall_in_a_box.at_the_queue import QueueKeys
from hall_in_a_box.crowd import Citizen, Errand
from hall_in_a_box.ground import LICENCE, ON_THE_SPOT
from hall_in_a_box.post import Post

PAPERS: dict[str, Callable[..., object]] = {
    "informed": issue_notice,
    "noticed": notice_case,
    "refused": refuse_case,
    "registered": register_contact,
}
"""Endings that give a paper, by the card they are made from."""
MADE_ANEW = frozenset({Outcome.ACCEPTED, Outcome.COMPLETED})


class DeskKeys:
    """The pages with work: serving, and the paper is out."""

    def __init__(self, post: Post, queue: QueueKeys) -> None:
        self._post = post
        self._queue = queue

    def serve(self, visit: Visit) -> None:
        """One step of a visit that is served."""
        post, citizen = self._post, self._post.citizen
        if citizen is None:
            self._miss(visit)
        elif visit.case_id is not None:
            self._correct(visit)
        elif citizen.errand is Errand.SUPPLEMENT:
            self._end(visit, accept_case, post.page(visit).mark_rest_ok())
        elif citizen.errand is Errand.WITHDRAW:
            self._end(visit, withdraw_case, say(post.card("withdrawn", visit), "number", citizen.case_no))
        elif post.happens(post.habits.hold):
            self._hold(visit, citizen)
        elif post.happens(post.habits.transfer):
            self._queue.transfer(visit)
        else:
            self._decide(visit)
        post.recognise(post.open_visit())

    def _miss(self, visit: Visit) -> None:
        """Nobody is here after all. Whose papers lie here already is not passed over: they are fetched."""
        post = self._post
        try:
            miss_ticket(post.store, post.machine.clock, post.by)
        except ActRefused as refused:
            owner = post.owner(visit)
            if refused.reason is not ActRefusal.DATA_TAKEN or not owner.waits:
                raise
            owner.at = post.window
            post.note(f"{visit.number} is fetched")
        else:
            post.note(f"{visit.number} was not there")

    def after_paper(self, visit: Visit) -> None:
        """The paper is in the spool since the commit, whatever happened to the power since: hand it over, and go on."""
        post, habits, citizen = self._post, self._post.habits, self._post.citizen
        assert citizen is not None, "whoever has an outcome is still here"
        self._hand_over_paper(visit, citizen)
        if visit.outcome in MADE_ANEW and post.happens(habits.correct):
            reopen_case(post.store, CorrectionReason.TYPING, post.by)
            post.note(f"{visit.number} opened again")
        elif visit.outcome in MADE_ANEW and post.happens(habits.void):
            void_paper(post.store, VoidReason.PRINTED_IN_ERROR, post.by)
            post.note(f"{visit.number} has a void paper")
        elif citizen.errand is Errand.APPLY and post.happens(habits.second_item):
            card = post.card(LICENCE, visit)
            page = next_item(card, card.candidates, card.catalogue_version)
            continue_visit(post.store, post.machine.clock, page, post.by)
            post.note(f"{visit.number} has another matter")
        else:
            self._finish(visit, citizen)

    def _hand_over_paper(self, visit: Visit, citizen: Citizen) -> None:
        if visit.case_id is None:
            return
        with self._post.store.read() as view:
            case = view.case(visit.case_id)
        assert case is not None, "an issued visit has its case"
        if case.case_no not in citizen.receipts:
            citizen.receipts.append(case.case_no)

    def _finish(self, visit: Visit, citizen: Citizen) -> None:
        post = self._post
        finish_visit(post.store, post.machine.clock, post.by)
        post.note(f"{visit.number} finished: {visit.outcome}")
        noticed, accepted = visit.outcome is Outcome.NOTICED, visit.outcome is Outcome.ACCEPTED
        citizen.errand = Errand.APPLY
        if noticed:
            post.crowd.comes_again(citizen, post.window, Errand.SUPPLEMENT, citizen.receipts[-1])
        elif accepted and post.happens(post.habits.withdrawn):
            post.crowd.comes_again(citizen, post.window, Errand.WITHDRAW, citizen.receipts[-1])
        post.recognise(None)

    def _decide(self, visit: Visit) -> None:
        post, habits = self._post, self._post.habits
        clock, by = post.machine.clock, post.by
        if post.happens(habits.answered):
            answer_question(post.store, clock, by)
            post.note(f"{visit.number} answered")
        elif post.happens(habits.left):
            leave(post.store, clock, LeaveReason.ANOTHER_DAY, by)
            post.note(f"{visit.number} left")
        else:
            paper = next((each for each in PAPERS if post.happens(getattr(habits, each))), None)
            if paper is not None:
                self._end(visit, PAPERS[paper], post.card(paper, visit))
                return
            item = post.timeline.chance.choice((ON_THE_SPOT, LICENCE))
            act = complete_case if item == ON_THE_SPOT else accept_case
            self._end(visit, act, post.card(item, visit))

    def _end(self, visit: Visit, act: Callable[..., object], card: WorkCard) -> None:
        act(self._post.store, self._post.machine.clock, load_templates(), card, self._post.by)
        self._post.note(f"{visit.number} ends: {act.__name__}")

    def _hold(self, visit: Visit, citizen: Citizen) -> None:
        """Put the visit aside with its page, and let the citizen go."""
        post = self._post
        citizen.page = post.card("informed", visit)
        save_draft(post.store, visit.visit_id, citizen.page)
        hold_visit(post.store, post.machine.clock, HoldReason.PHOTO, post.by)
        post.note(f"{visit.number} held")

    def _correct(self, visit: Visit) -> None:
        post = self._post
        if post.happens(post.habits.drop_correction):
            drop_correction(post.store, post.by)
            post.note(f"{visit.number}: the paper stays")
        else:
            correct_paper(post.store, post.machine.clock, load_templates(), post.page(visit), post.by)
            post.note(f"{visit.number} has a corrected paper")
