"""A counter and a reviewer's desk that press whatever chance says, lawful or not."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from lawful import Watch

from app.domain.business_day import business_date
from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.clock_moves import ClockRefused, ExtensionAsked, SuspensionAsked
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.decision import DecisionImpossible, ToldHow
from app.domain.paper.errors import PaperError
from app.domain.person import Person
from app.domain.rights import Role
from app.domain.transitions import IllegalTransition
from app.domain.visit import HoldReason, Visit
from app.domain.work.card import WorkCard
from app.domain.work.ending import LeaveReason, choose_way, open_menu
from app.domain.work.ending import write as say
from app.domain.work.next_item import next_item
from app.domain.work.refusal import WorkRefused
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal, write
from app.ports.queue_authority import AuthorityRefused
from app.storage.slip_files import load_templates
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefused
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.complete_case import complete_case
from app.usecases.continue_visit import continue_visit
from app.usecases.correct_paper import correct_paper, drop_correction, reopen_case
from app.usecases.decide_case import Denial, decide
from app.usecases.end_visit import answer_question, leave, register_contact
from app.usecases.extend_case import extend
from app.usecases.finish_visit import finish_visit
from app.usecases.hand_out_result import hand_out_result
from app.usecases.hold_visit import hold_visit
from app.usecases.intake_case import intake_case
from app.usecases.issue_notice import issue_notice
from app.usecases.make_result import hand_to_window
from app.usecases.miss_ticket import miss_ticket
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.present_paper import present_paper
from app.usecases.print_original import print_original
from app.usecases.recall_ticket import recall_ticket
from app.usecases.refuse_case import refuse_case
from app.usecases.resume_case import resume
from app.usecases.review_case import take_up
from app.usecases.save_draft import restore_draft
from app.usecases.seal_original import seal_original
from app.usecases.suspend_case import announce, drop_announcement, suspend
from app.usecases.take_back import take_back
from app.usecases.taking_in import CardNotReady
from app.usecases.tell_result import tell_result
from app.usecases.undo_miss import undo_miss
from app.usecases.void_paper import void_paper
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_call import withdraw_call
from app.usecases.withdraw_case import withdraw_case

DAY_MS = 24 * 3_600_000
ACCEPTING, TAKING_IN = "A01", "D02"
"""A window that decides, and one that takes papers in for others."""
LICENCE, ON_THE_SPOT = "ITM-02", "ITM-01"
ITEMS = (LICENCE, ON_THE_SPOT)
BACK_OFFICE = frozenset(
    {CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED, CaseState.GRANTED, CaseState.DENIED}
)
NO = (
    ActRefused,
    CardNotReady,
    WorkRefused,
    IllegalTransition,
    ClockRefused,
    DecisionImpossible,
    AuthorityRefused,
    PaperError,
)
"""Every way the product has of saying that something may not be done."""
SERVED = (accept_case, accept_case, accept_case, notice_case, refuse_case, intake_case)
REASON = "只卖预包装食品，依法不用办许可"
HANDED_OUT = frozenset({CaseState.AWAITING_PICKUP, CaseState.DENIED})


class Chance(RuleBasedStateMachine):
    """Two clerks at one window, a reviewer and their leader; ``open_kit`` returns a counter with nothing in it."""

    open_kit: Callable[[], Any]
    new_ticket: Callable[[str], Any]
    new_queue: Callable[..., Any]
    citizen: Person

    def __init__(self) -> None:
        super().__init__()
        self.kit = type(self).open_kit()
        self.templates = load_templates()
        both = frozenset({Role.CLERK, Role.REVIEWER})
        self.clerks = [
            Clerk(number, "王某", "D-SJ", both, (ACCEPTING, TAKING_IN), ITEMS, 1 << 60)
            for number in ("0301", "0302", "0303")
        ]
        self.leader = Clerk(
            "0901", "赵某", "D-SJ", frozenset({Role.FLOOR_MANAGER}), (ACCEPTING, TAKING_IN), ITEMS, 1 << 60
        )
        self.numbers = itertools.count(1)
        self.watch = Watch(self.kit)
        open_day(self.kit.store, self.kit.clock, self.clerks[0])

    @initialize(window=st.sampled_from((ACCEPTING, ACCEPTING, ACCEPTING, TAKING_IN)))
    def at_a_window(self, window: str) -> None:
        self.watch.sit_at(window)

    @rule(hours=st.integers(1, 40))
    def time_goes_by(self, hours: int) -> None:
        self.kit.clock.advance(hours * 3_600_000)
        self.attempt(lambda: open_day(self.kit.store, self.kit.clock, self.clerks[0]))

    @rule(by=st.integers(0, 2))
    def call(self, by: int) -> None:
        queue = type(self).new_queue(type(self).new_ticket(f"A{next(self.numbers):03}"))
        self.attempt(lambda: call_next(self.kit.store, self.kit.clock, queue, self.clerks[by]))

    @rule(
        by=st.integers(0, 2),
        act=st.sampled_from((arrive, walk_in, recall_ticket, withdraw_call, miss_ticket, undo_miss)),
    )
    def at_the_queue(self, by: int, act: Callable[..., object]) -> None:
        self.attempt(lambda: act(self.kit.store, self.kit.clock, self.clerks[by]))

    @rule(by=st.integers(0, 2), act=st.sampled_from((arrive, walk_in)))
    def somebody_sits_down(self, by: int, act: Callable[..., object]) -> None:
        self.attempt(lambda: act(self.kit.store, self.kit.clock, self.clerks[by]))

    @rule(by=st.integers(0, 2))
    def hold(self, by: int) -> None:
        self.attempt(lambda: hold_visit(self.kit.store, self.kit.clock, HoldReason.PHOTO, self.clerks[by]))

    @rule(by=st.integers(0, 2))
    def come_back(self, by: int) -> None:
        self.attempt(lambda: take_back(self.kit.store, self.kit.clock, None, self.clerks[by]))

    @rule(
        by=st.integers(0, 2),
        item=st.sampled_from(ITEMS),
        short=st.sampled_from(((), (), (1,), (3,), (2, 3))),
        act=st.sampled_from((accept_case, complete_case, intake_case, notice_case, issue_notice)),
    )
    def decide_at_the_window(self, by: int, item: str, short: tuple[int, ...], act: Callable[..., object]) -> None:
        def press() -> None:
            card = self.card(item)
            for line in short:
                card = card.toggle_missing(line)
            act(self.kit.store, self.kit.clock, self.templates, card, self.clerks[by])

        self.attempt(press)

    @rule(by=st.integers(0, 2), act=st.sampled_from(SERVED), goes=st.booleans())
    def a_citizen_is_served(self, by: int, act: Callable[..., object], *, goes: bool) -> None:
        """The lawful way, so that the rest has something to stand on."""
        store, clock, clerk = self.kit.store, self.kit.clock, self.clerks[by]

        def press() -> None:
            card = self.card(LICENCE)
            if act is notice_case:
                card = card.toggle_missing(3)
            elif act is refuse_case:
                card = self.refusal(1, REASON)
            act(store, clock, self.templates, card, clerk)

        self.attempt(lambda: finish_visit(store, clock, clerk))
        self.attempt(lambda: walk_in(store, clock, clerk))
        self.attempt(press)
        self.every_paper_comes_out_and_is_sealed()
        if goes:
            self.attempt(lambda: finish_visit(store, clock, clerk))

    @rule(nth=st.integers(0, 2), steps=st.integers(1, 5), deny=st.booleans(), pause=st.booleans())
    def the_department_goes_on(self, nth: int, steps: int, *, deny: bool, pause: bool) -> None:
        """The next lawful steps of a case in the back office; the clock is stopped in the first of them."""
        for step in range(steps):
            self.next_step(nth, deny=deny, pause=pause and step == 1)

    def next_step(self, nth: int, *, deny: bool, pause: bool) -> None:
        """One lawful step of one case in the back office."""
        store, clock, by = self.kit.store, self.kit.clock, self.clerks[2]
        cases = [case for case in self.watch.cases() if case.state in BACK_OFFICE]
        if not cases:
            return
        case = cases[nth % len(cases)]
        tomorrow = business_date(clock.now_ms()) + timedelta(1)
        asked = SuspensionAsked("检验", tomorrow, tomorrow + timedelta(7))
        denial = Denial((1,), "经营场所与申请不符") if deny else None
        steps: dict[CaseState, Callable[[], object]] = {
            CaseState.ACCEPTED: lambda: take_up(store, clock, case.case_id, by),
            CaseState.REVIEWING: lambda: decide(store, clock, self.templates, case.case_id, denial=denial, by=by),
            CaseState.SUSPENDED: lambda: resume(store, clock, case.case_id, by),
            CaseState.GRANTED: lambda: hand_to_window(store, clock, case.case_id, by),
            CaseState.DENIED: lambda: hand_to_window(store, clock, case.case_id, by),
        }
        if pause and case.state is CaseState.REVIEWING:
            self.attempt(lambda: announce(store, clock, self.templates, case.case_id, asked, by=by))
            self.every_paper_comes_out_and_is_sealed()
            self.attempt(lambda: suspend(store, clock, case.case_id, by))
        else:
            self.attempt(steps[case.state])
            self.every_paper_comes_out_and_is_sealed()

    @rule(by=st.integers(0, 2), nth=st.integers(0, 2), withdraws=st.booleans())
    def the_applicant_comes_back(self, by: int, nth: int, *, withdraws: bool) -> None:
        """For the result, or to take the application back."""
        store, clock, clerk = self.kit.store, self.kit.clock, self.clerks[by]
        states = {CaseState.ACCEPTED, CaseState.REVIEWING} if withdraws else HANDED_OUT
        cases = [case for case in self.watch.cases() if case.state in states]
        if not cases:
            return
        card = say(self.ending(5 if withdraws else 4), "number", cases[nth % len(cases)].case_no)
        act = withdraw_case if withdraws else hand_out_result
        self.attempt(lambda: finish_visit(store, clock, clerk))
        self.attempt(lambda: walk_in(store, clock, clerk))
        self.attempt(lambda: act(store, clock, self.templates, card, clerk))

    @rule(by=st.integers(0, 2), later=st.booleans())
    def the_papers_come(self, by: int, *, later: bool) -> None:
        """Back with a notice, and what was missing is there; or it is still missing."""
        with self.kit.store.read() as view:
            noticed = view.noticed_cases()
        if not noticed:
            return
        self.attempt(lambda: present_paper(self.kit.store, self.kit.clock, noticed[0].case_no, self.clerks[by]))
        card, act = self.page(), notice_case if later else accept_case
        if card is not None and card.supplement is not None:
            page = card
            self.attempt(
                lambda: act(
                    self.kit.store,
                    self.kit.clock,
                    self.templates,
                    page if later else page.mark_rest_ok(),
                    self.clerks[by],
                )
            )

    @rule(by=st.integers(0, 2), ground=st.integers(1, 3), reason=st.sampled_from(("", REASON)))
    def refuse(self, by: int, ground: int, reason: str) -> None:
        def press() -> None:
            refuse_case(self.kit.store, self.kit.clock, self.templates, self.refusal(ground, reason), self.clerks[by])

        self.attempt(press)

    @rule(by=st.integers(0, 2), way=st.integers(1, 5))
    def end(self, by: int, way: int) -> None:
        """F12 and its digit, whoever sits there."""
        store, clock, clerk = self.kit.store, self.kit.clock, self.clerks[by]

        number = next((case.case_no for case in self.watch.cases()), "9901-0")
        ways: dict[int, Callable[[], object]] = {
            1: lambda: answer_question(store, clock, clerk),
            2: lambda: register_contact(
                store, clock, self.templates, say(self.ending(2), "topic", "建房怎么报批"), clerk
            ),
            3: lambda: leave(store, clock, LeaveReason.ANOTHER_DAY, clerk),
            4: lambda: hand_out_result(store, clock, self.templates, say(self.ending(4), "number", number), clerk),
            5: lambda: withdraw_case(store, clock, self.templates, say(self.ending(5), "number", number), clerk),
        }
        self.attempt(ways[way])

    @rule(by=st.integers(0, 2))
    def finish(self, by: int) -> None:
        self.attempt(lambda: finish_visit(self.kit.store, self.kit.clock, self.clerks[by]))

    @rule(by=st.integers(0, 2))
    def another_matter(self, by: int) -> None:
        card = self.card(LICENCE)
        page = next_item(card, card.candidates, card.catalogue_version)
        self.attempt(lambda: continue_visit(self.kit.store, self.kit.clock, page, self.clerks[by]))

    @rule(by=st.integers(0, 2), drop=st.booleans())
    def correct(self, by: int, *, drop: bool) -> None:
        store, clock, clerk = self.kit.store, self.kit.clock, self.clerks[by]
        self.attempt(lambda: reopen_case(store, CorrectionReason.TYPING, clerk))
        card = self.page()
        if drop:
            self.attempt(lambda: drop_correction(store, clerk))
        elif card is not None:
            self.attempt(lambda: correct_paper(store, clock, self.templates, card, clerk))

    @rule(by=st.integers(0, 2))
    def void(self, by: int) -> None:
        self.attempt(lambda: void_paper(self.kit.store, VoidReason.PRINTED_IN_ERROR, self.clerks[by]))

    @rule()
    def every_paper_comes_out_and_is_sealed(self) -> None:
        """Slips and A4 originals; the spoolers are tested elsewhere."""
        self.watch.print_everything()
        for original in self.watch.originals():
            self.attempt(partial(print_original, self.kit.store, original, self.clerks[0]))
        self.watch.print_originals()
        for original in self.watch.originals():
            self.attempt(partial(seal_original, self.kit.store, self.kit.clock, original, self.clerks[0]))

    @rule(
        by=st.integers(0, 2),
        nth=st.integers(0, 4),
        act=st.sampled_from((take_up, suspend, resume, drop_announcement, hand_to_window)),
    )
    def at_the_review(self, by: int, nth: int, act: Callable[..., object]) -> None:
        self.on_case(nth, lambda case: act(self.kit.store, self.kit.clock, case, self.clerks[by]))

    @rule(nth=st.integers(0, 4), procedure=st.sampled_from(("听证", "检验", "现场核查")), days=st.integers(-2, 20))
    def announce(self, nth: int, procedure: str, days: int) -> None:
        today = business_date(self.kit.clock.now_ms())
        asked = SuspensionAsked(procedure, today + timedelta(1), today + timedelta(1 + days))
        self.on_case(
            nth, lambda case: announce(self.kit.store, self.kit.clock, self.templates, case, asked, by=self.clerks[2])
        )

    @rule(nth=st.integers(0, 4), days=st.integers(0, 15), leader=st.booleans())
    def extend(self, nth: int, days: int, *, leader: bool) -> None:
        approver = self.leader if leader else self.clerks[2]
        asked = ExtensionAsked(days, "需要进一步核实经营场所情况")
        self.on_case(
            nth,
            lambda case: extend(
                self.kit.store, self.kit.clock, self.templates, case, asked, approver=approver, by=self.clerks[2]
            ),
        )

    @rule(
        nth=st.integers(0, 4),
        denial=st.sampled_from((None, None, Denial((1,), ""), Denial((1,), "经营场所与申请不符"))),
    )
    def decide(self, nth: int, denial: Denial | None) -> None:
        self.on_case(
            nth,
            lambda case: decide(self.kit.store, self.kit.clock, self.templates, case, denial=denial, by=self.clerks[2]),
        )

    @rule(nth=st.integers(0, 4), how=st.sampled_from(ToldHow))
    def tell(self, nth: int, how: ToldHow) -> None:
        self.on_case(
            nth,
            lambda case: tell_result(self.kit.store, self.kit.clock, self.templates, case, how=how, by=self.clerks[1]),
        )

    def attempt(self, press: Callable[[], object]) -> None:
        """Press, and hold every promise; a "no" must be the product's own, and then nothing at all has changed."""
        before = self.watch.everything()
        try:
            press()
        except NO as reason:
            refusal: Exception = reason
        else:
            self.watch.done += 1
            self.watch.look()
            return
        self.watch.refused[type(refusal).__name__] += 1
        assert self.watch.everything() == before, f"{refusal!r} left something behind"

    def on_case(self, nth: int, press: Callable[[str], object]) -> None:
        cases = self.watch.cases()
        if cases:
            self.attempt(lambda: press(cases[nth % len(cases)].case_id))

    def blank(self) -> WorkCard:
        with self.kit.store.read() as view:
            catalogue, visit = view.catalogue(), view.open_visit()
        candidates = catalogue.items_of_business("A")
        return WorkCard(None, visit.number if visit else "A012", "A", catalogue.version, candidates)

    def refusal(self, ground: int, reason: str) -> WorkCard:
        """Return the page with F11, its ground and its reason."""
        card = self.blank().choose_item(LICENCE).seat(self.citizen).answer(1).answer(2).accept_answers()
        return write(choose_ground(open_refusal(card), ground), RefusalField.REASON, reason)

    def ending(self, digit: int) -> WorkCard:
        """Return the page with F12 and this digit pressed."""
        return choose_way(open_menu(self.blank().seat(self.citizen)), digit)

    def card(self, item: str) -> WorkCard:
        """Return a page on which everything is settled."""
        card = self.blank().choose_item(item).seat(self.citizen).accept_answers().mark_rest_ok()
        assert card.form is not None
        for field in card.form.to_fill():
            card = card.fill(field.name, "5" if field.pattern else "某某经营")
        return replace(card.finish_form(), past=())

    def page(self) -> WorkCard | None:
        visit: Visit | None
        with self.kit.store.read() as view:
            visit = view.open_visit()
        return None if visit is None else restore_draft(self.kit.store, visit.visit_id)
