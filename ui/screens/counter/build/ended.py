"""The page once a paper is out that is no acceptance: refused, withdrawn, voided, or about no case at all."""

from dataclasses import dataclass, replace

from app.domain.case import Case, CaseState
from app.domain.first_contact import FIRST_CONTACT_SLIP
from app.domain.visit import Outcome, Visit
from app.domain.work.card import Section
from app.domain.work.outcome import current_section
from app.ports.spool import JobState
from ui.screens.counter.build import wording
from ui.screens.counter.build.slip import paper_given, unsure_fault
from ui.screens.counter.build.ways_out import printer_fault
from ui.screens.counter.state import CounterState
from ui.widgets.slip_views import AfterView, PrimaryView, SlipView
from ui.widgets.views import IconLine, Strong, Tag, Tone, Words
from ui.widgets.work_views import OutcomeView, ResultView, SectionState, SectionView


@dataclass(frozen=True, slots=True)
class Ended:
    """The words of one ending: outcome (flows.md section 0), paper, headline, meaning, what was done, what to say."""

    outcome: str
    paper: str
    title: str
    explanation: str
    done: tuple[IconLine, ...]
    say: Words
    tone: Tone = Tone.WARN


def ended(state: CounterState) -> Ended | None:
    """Return the words where the paper that is out is none of acceptance or completion."""
    if state.issued is not None:
        return _of_case(state.issued, state.visit)
    return _of_visit(state)


def ended_sections(state: CounterState, words: Ended, before: tuple[SectionView, ...]) -> tuple[SectionView, ...]:
    """Return the spine with the result in its last section."""
    case = state.issued
    at = state.visit.served_ms if state.visit is not None and state.visit.served_ms is not None else state.now_ms
    since = case.accepted_ms if case is not None and case.state is CaseState.REFUSED else at
    number = case.case_no if case is not None else state.visit.number if state.visit is not None else ""
    result = ResultView(f"{words.title}　{wording.clock(since)}", number, words.tone, explanation=words.explanation)
    last = SectionView(5, "出单", "出单", SectionState.CURRENT, body=OutcomeView(result=result))
    return (*(_closed(state, each) for each in before[:-1]), last)


def _closed(state: CounterState, view: SectionView) -> SectionView:
    """What was never looked at is not done: after a refusal the papers, without a case all behind the open section."""
    case, card = state.issued, state.card
    if case is not None and case.state is CaseState.REFUSED and view.number >= Section.MATERIALS:
        return replace(view, state=SectionState.TODO, summary=("不予受理，没有办到这一步",), note=None)
    if case is None and card is not None and view.number >= current_section(card):
        return replace(view, state=SectionState.TODO, note=None)
    return replace(view, note=None)


def ended_slip(state: CounterState, words: Ended, right: SlipView) -> SlipView:
    """Return the right pane: the paper that came out, and the way to the next citizen."""
    given, job = paper_given(state), state.job
    voided = job is not None and job.state is JobState.VOIDED
    printed = job is not None and job.state is JobState.PRINTED
    waits = state.waiting[0].number if state.waiting and not state.offline else ""
    tag = Tag("已出" if printed else "手写", Tone.OK) if given else Tag("打印中", Tone.WARN)
    return replace(
        right,
        kind=words.paper,
        title=words.paper,
        tag=Tag("已作废", Tone.ERR) if voided else tag,
        preview=voided,
        fault=right.fault or unsure_fault(state) or printer_fault(state, job),
        after=AfterView("已经做了", words.done),
        foot=_foot(given=given, voided=voided),
        reprint=printed,
        primary=PrimaryView(f"办毕，呼叫 {waits}" if waits else "办毕", "act_callNext", given),
    )


def _foot(*, given: bool, voided: bool) -> IconLine:
    if voided:
        return IconLine("ph.info", "请收回作废的单据，留档")
    if given:
        return IconLine("ph.printer", "单据已交给群众", Tone.OK)
    return IconLine("ph.info", "单据交到群众手里，才算办毕")


def _of_case(case: Case, visit: Visit | None) -> Ended | None:
    name = Strong(case.item_name)
    if case.state is CaseState.REFUSED:
        return Ended(
            "rejected",
            "不予受理通知书",
            "不予受理",
            "理由、依据和救济途径都在通知书上。",
            (
                IconLine("ph.shield-check", "已抄送值班经理，记入退件台账"),
                IconLine("ph.arrow-u-up-left", "材料退还群众"),
            ),
            ("“对不起，您的", name, "不能办理，请原谅。去哪里办、怎么办，通知书上都写清了。您慢走，再见。”"),
        )
    if case.state is CaseState.WITHDRAWN:
        return Ended(
            "withdrawn",
            "退件告知单",
            "已撤回",
            "撤回不影响以后再次申请。",
            (IconLine("ph.arrow-u-up-left", "材料退还群众"), IconLine("ph.shield-check", "记入退件台账")),
            ("“您的", name, "已经撤回，以后需要随时再来办。您慢走，再见。”"),
        )
    if case.state is CaseState.VOIDED or (visit is not None and visit.outcome is Outcome.VOIDED):
        return Ended(
            "voided",
            "已作废的单据",
            "已作废",
            "单据和办件都不再有效，留档备查。要重新办，按 Ctrl N。",
            (IconLine("ph.shield-check", "作废理由记入台账"),),
            ("“对不起，我工作中有失误，请您指正。这张单子作废，我马上为您重新办。”",),
            Tone.ERR,
        )
    return None


def _of_visit(state: CounterState) -> Ended | None:
    """A paper about no case: the receipt of a first contact. Others have a page of their own."""
    if state.job is None or state.job.slip != FIRST_CONTACT_SLIP:
        return None
    return Ended(
        "registered",
        "首问登记回执",
        "已登记",
        "首问责任在您，直到有人接办。",
        (IconLine("ph.shield-check", "已记入首问台账"), IconLine("ph.timer", "首问责任记在您名下")),
        ("“已经登记，这是回执，到时给您答复。您慢走，再见。”",),
        Tone.OK,
    )
