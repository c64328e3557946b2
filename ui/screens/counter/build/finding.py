"""The search as shown: hits in their groups, the marked case with its steps, commands under them; all masked."""

import re
from datetime import date

from app.domain.business_day import business_date
from app.domain.case import Case, CaseState
from app.domain.case_search import tokens
from app.domain.correction import correctable, voidable
from app.domain.far_case import FarCase
from app.domain.masking import mask_identity_number, mask_name, mask_phone
from app.ports.spool import JobState, PrintJob
from ui.screens.counter.build import wording
from ui.screens.counter.build.found_originals import original_steps, reprintable_original
from ui.screens.counter.build.idle import due_view
from ui.screens.counter.build.project import may_register
from ui.screens.counter.build.ways_out import found_fault
from ui.screens.counter.state import CounterState
from ui.screens.search.state import Group, SearchState, group_of
from ui.screens.search.view_model import ChipView, CommandView, DetailView, HitView, SearchView, StepView
from ui.texts import text
from ui.widgets.views import DueLevel, DueView, IconLine, Tag, Tone

_CHIPS = {
    Group.ALL: "全部",
    Group.RUNNING: "在办",
    Group.SUPPLEMENT: "等补件",
    Group.DONE: "已办结",
    Group.REFUSED: "不予受理",
    Group.CARDS: "红黄牌",
}
_TONES = {DueLevel.RED: Tone.ERR, DueLevel.YELLOW: Tone.WARN}
_ENDED = {
    CaseState.REFUSED: "不予受理",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.DELIVERED: "已办结",
    CaseState.ARCHIVED: "已归档",
    CaseState.VOIDED: "已作废",
}
_WAY = (CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.GRANTED, CaseState.AWAITING_PICKUP, CaseState.DELIVERED)
_WAY_NAMES = ("受理", "审查", "作出决定", "制证、待领取", "送达")
_STANDS = {CaseState.SUSPENDED: 1, CaseState.DENIED: 2, CaseState.ARCHIVED: 4}
_NOT_ON_THE_WAY = frozenset(
    {
        CaseState.REFUSED,
        CaseState.WITHDRAWN,
        CaseState.SUPPLEMENT_NOTICED,
        CaseState.RECEIVED,
        CaseState.VOIDED,
    }
)
_ASK = "至少两个词，或四位数字，才列出办件"


def shown_hits(state: CounterState, search: SearchState) -> tuple[Case, ...]:
    """Return the hits of the chosen group, in the order of the list."""
    return tuple(each for each in search.hits if in_group(state, each, search.group))


def commands_for(state: CounterState, search: SearchState) -> tuple[CommandView, ...]:
    """Return what else the box can do now."""
    found = bool(shown_hits(state, search))
    usual = (
        CommandView("ph.chat-text", "登记意见投诉", "tsyj"),
        CommandView("ph.printer", "补打单据", "bddj", enabled=found),
        CommandView("ph.note-pencil", "更正或作废", "gzzf", enabled=found),
        CommandView("ph.users", "办交接、找代理", "jjdl", enabled=state.visit is None),
    )
    contact = (CommandView("ph.phone", "接着办登记", "swdj"),) if search.contact is not None else ()
    project = (CommandView("ph.buildings", "项目登记", "xmdj"),) if may_register(state) and not found else ()
    if not contact and not project:
        return usual
    # More than there is room for: what can do nothing now makes way.
    return (*contact, *project, *sorted(usual, key=lambda each: not each.enabled))[: len(usual)]


def search_view(state: CounterState, search: SearchState) -> SearchView:
    """Return the page."""
    shown = shown_hits(state, search)
    marks = tokens(search.typed)
    return SearchView(
        typed=search.typed,
        chips=tuple(
            ChipView(name, sum(in_group(state, each, group) for each in search.hits), group is search.group)
            for group, name in _CHIPS.items()
        ),
        hits=tuple(_hit(state, each, marks) for each in shown),
        at=search.at,
        opened=search.opened,
        back=f"回到办件，{state.visit.number} 原样保留" if state.visit else "回到叫号",
        empty=_empty(search),
        commands=commands_for(state, search),
        detail=detail_view(state, search, shown[search.at]) if search.at < len(shown) else None,
        message=text(search.message) if search.message else "",
    )


def detail_view(state: CounterState, search: SearchState, case: Case) -> DetailView:
    """Return the marked case."""
    due, words, tone = due_of(state, case)
    slip = search.slip if search.slip is not None and search.slip.case_id == case.case_id else None
    fault = found_fault(state, search.last_job, case.case_no) if search.looked_at(case) else None
    given = (
        fault is None and any(each.state is JobState.PRINTED for each in search.looked.jobs) if search.looked else False
    )
    level = due.level if due else DueLevel.EASY
    tags = {DueLevel.RED: Tag("红牌", Tone.ERR), DueLevel.YELLOW: Tag("黄牌", Tone.WARN)}
    return DetailView(
        number=case.case_no,
        tag=tags.get(level),
        item=case.item_name,
        who=tuple(filter(None, _who(case))),
        promise=f"承诺{wording.day(date.fromisoformat(case.promised_due))}" if case.promised_due else "",
        left=words,
        due=due,
        due_tone=tone,
        steps=_steps(state, search, case),
        note=IconLine("mdi6.alarm-light-outline", "已超期。今天要给群众回一次话。", Tone.ERR)
        if level is DueLevel.RED
        else None,
        slip_name="看单据" if slip else "",
        slip=slip.image if slip else None,
        slip_key=slip.key if slip else "",
        showing=search.showing and slip is not None,
        reprint=given,
        original=fault is None and reprintable_original(search.looked) is not None,
        fault=fault,
        correct=correctable(case) or voidable(case),
        primary=("看单据", "Space") if search.opened else ("打开这件", "Enter"),
    )


def _empty(search: SearchState) -> str:
    if not search.typed.strip():
        return _ASK
    if not tokens(search.typed):
        return _ASK
    if search.answered != search.typed:
        return ""
    if search.contact is not None:
        return f"首问登记 {search.contact.no}：{search.contact.topic}。按 Enter 接着办"
    return f"没找到“{search.typed.strip()}”。试试证件后四位"


def in_group(state: CounterState, case: Case | FarCase, group: Group) -> bool:
    """Say whether a case stands in the group."""
    match group:
        case Group.ALL:
            return True
        case Group.CARDS:
            due, _, _ = due_of(state, case)
            return due is not None and due.level in _TONES
        case _:
            return group_of(case) is group


def due_of(state: CounterState, case: Case | FarCase) -> tuple[DueView | None, str, Tone]:
    """Return how long a case still has, in a picture, in words and in how loud that is said."""
    if case.state in _ENDED:
        return None, _ENDED[case.state], Tone.OK if case.state is CaseState.DELIVERED else Tone.PLAIN
    if case.state is CaseState.SUPPLEMENT_NOTICED:
        return None, "等补件", Tone.PLAIN
    clock = due_view(case, business_date(state.now_ms), state.calendar, state.lights) if state.calendar else None
    if clock is None:
        return None, "—", Tone.PLAIN
    return clock[0], clock[1], _TONES.get(clock[0].level, Tone.PLAIN)


def _hit(state: CounterState, case: Case, marks: tuple[str, ...]) -> HitView:
    due, words, tone = due_of(state, case)
    name = mask_name(str(case.applicant.get("name", "")))
    tail = str(case.applicant.get("number", ""))[-4:]
    return HitView(
        number=case.case_no,
        item=case.item_name,
        who=f"{name} {tail}",
        due_text=words,
        due=due,
        due_tone=tone,
        state=text(f"case_{case.state.value}"),
        window=f"{case.window} {clerk_name(state, case.clerk)}".strip(),
        day=case.business_date[5:],
        marks=tuple(each for each in marks if re.fullmatch(r"[0-9]{2,}[x]?", each)),
    )


def clerk_name(state: CounterState, number: str) -> str:
    """Return the clerk's name, or the number of one who is not of the hall's staff now."""
    person = state.catalogue.staff.get(number) if state.catalogue else None
    return person.name if person else f"{number}号"


def _who(case: Case) -> tuple[str, ...]:
    person = case.applicant
    return (
        mask_name(str(person.get("name", ""))),
        mask_identity_number(str(person.get("number", ""))),
        mask_phone(str(person.get("phone") or "")),
    )


def _steps(state: CounterState, search: SearchState, case: Case) -> tuple[StepView, ...]:
    """Return the case's way: what the record says was done, where it stands, what still comes."""
    materials = sum(each.get("verdict") == "ok" for each in case.verdicts.values())
    taken = f"{case.window} 窗口 {clerk_name(state, case.clerk)}，{materials} 件材料齐"
    first = StepView("受理", taken, wording.moment(case.accepted_ms), Tone.OK, done=True)
    papers = (*_papers(search), *original_steps(search.looked))
    if case.state is CaseState.DELIVERED and case.doc_no is None:
        return (replace_title(first, "收件、当场办结"), *papers)
    if case.state in _NOT_ON_THE_WAY:
        return (replace_title(first, text(f"case_{case.state.value}")), *papers)
    at = _STANDS.get(case.state, _WAY.index(case.state) if case.state in _WAY else 0)
    steps = [first, *papers]
    for index, name in enumerate(_WAY_NAMES[1:], start=1):
        if index < at:
            steps.append(StepView(name, tone=Tone.OK, done=True))
        elif index == at:
            done = case.state in (CaseState.DELIVERED, CaseState.ARCHIVED)
            here = StepView(text(f"case_{case.state.value}"), tone=Tone.OK if done else Tone.PRI, done=done)
            steps.append(here)
        else:
            steps.append(StepView(name))
    return tuple(steps)


def replace_title(step: StepView, title: str) -> StepView:
    """Return the step under another name."""
    return StepView(title, step.detail, step.when, step.tone, step.done)


def _papers(search: SearchState) -> tuple[StepView, ...]:
    """Return the papers that were given: how often they were printed again is in the record too."""
    jobs = search.looked.jobs if search.looked else ()
    given = [each for each in jobs if each.state in (JobState.PRINTED, JobState.HANDWRITTEN, JobState.VOIDED)]
    return tuple(
        StepView(
            _paper_words(each),
            "手写单" if each.state is JobState.HANDWRITTEN else "",
            wording.moment(each.created_ms),
            Tone.OK,
            done=True,
        )
        for each in given
    )


def _paper_words(job: PrintJob) -> str:
    if job.state is JobState.VOIDED:
        return "单据已作废，留档"
    return f"单据已补打 {job.reprint}" if job.reprint else "单据已交给群众"
