"""The centre while nobody sits here: one big key, the clerk's own cases, and what to say."""

from datetime import date

from app.domain.business_day import business_date
from app.domain.calendar import WorkCalendar
from app.domain.calling import called_before, calls, may_withdraw, suggests_miss, suggests_recall
from app.domain.case import Case, CaseState
from app.domain.case_clock import clock_of
from app.domain.deadline import Light, LightLimits, light, remaining_workdays
from app.domain.decision import decision_of
from app.domain.far_case import FarCase
from app.domain.masking import mask_name
from app.domain.visit import Visit
from ui.screens.counter import first_view
from ui.screens.counter.build import manager, wording
from ui.screens.counter.build.block import ISSUE, block_hero, calls_alone
from ui.screens.counter.build.own_cards import own_cards
from ui.screens.counter.build.rail import item_words
from ui.screens.counter.state import CounterState, Entry
from ui.screens.counter.view_model import CaseRowView, FootFact, HeroKind, HeroView, IdleView
from ui.texts import text
from ui.widgets.views import DueLevel, DueView, KeyHintView, Strong, Tag, Tone, Words

_LEVELS = {
    Light.GREEN: DueLevel.EASY,
    Light.BLUE: DueLevel.MIDDLE,
    Light.YELLOW: DueLevel.YELLOW,
    Light.RED: DueLevel.RED,
}
_CHOSEN = KeyHintView("Shift F2", "凭号票办理")


_NEXT = {
    CaseState.RECEIVED: "待部门答复",
    CaseState.SUPPLEMENT_NOTICED: "等群众补材料",
    CaseState.REFUSED: "待告知",
    CaseState.REVIEWING: "部门审查中",
    CaseState.SUSPENDED: "计时停着",
    CaseState.GRANTED: "待制证移交",
    CaseState.DENIED: "待送达",
    CaseState.AWAITING_PICKUP: "等群众来领",
}


def idle(state: CounterState) -> IdleView:
    """Return the centre of the idle and the calling screen."""
    rows = tuple(_row(state, each) for each in state.cases)
    levels = [row.due.level for row in rows if row.due]
    reds, yellows = levels.count(DueLevel.RED), levels.count(DueLevel.YELLOW)
    tags = (Tag(f"红牌 {reds}", Tone.ERR),) * bool(reds) + (Tag(f"黄牌 {yellows}", Tone.WARN),) * bool(yellows)
    return IdleView(
        hero=_hero(state),
        tags=tags,
        detail=first_view.CASES[0],
        cases=rows,
        empty=first_view.CASES[1],
        facts=_facts(state),
        say=first_view.GREETING,
    )


def due_view(
    case: Case | FarCase, today: date, calendar: WorkCalendar, lights: LightLimits
) -> tuple[DueView, str] | None:
    """Return the clock of a case and its words, coloured as the catalogue says; None where no limit runs."""
    last, begun = _running(case)
    if last is None:
        return None
    due, accepted = date.fromisoformat(last), date.fromisoformat(begun)
    pauses = [each.days for each in clock_of(case).suspensions] if isinstance(case, Case) else []
    level = _LEVELS[light(accepted, today, due, calendar, pauses, limits=lights)]
    left = remaining_workdays(today, due, calendar, pauses)
    whole = max(1, remaining_workdays(accepted, due, calendar, pauses))
    match level:
        case DueLevel.RED:
            words = f"红牌 超 {-left} 天" if left else "红牌 已超期"
        case DueLevel.YELLOW:
            words = "黄牌 今日到期" if today == due else f"黄牌 剩 {left} 天"
        case _:
            words = f"剩 {left} 天"
    share = 1.0 if level is DueLevel.RED else max(0.0, min(1.0, left / whole))
    return DueView(share, level, f"{words}，最迟{wording.day(due)}"), words


def _running(case: Case | FarCase) -> tuple[str | None, str]:
    """Return the last day of the limit that runs, and the day it began; after a decision that to hand it over."""
    decision = decision_of(case) if isinstance(case, Case) else None
    if decision is not None:
        return decision.deliver_by, decision.on
    return case.notice_due or case.promised_due, case.accepted_on


def _hero(state: CounterState) -> HeroView:
    if state.clerk is None:
        return first_view.HERO
    if state.visit is not None:
        return _called(state, state.visit)
    return _next(state)


def _next(state: CounterState) -> HeroView:
    if manager.closed(state) and state.entry is Entry.CLOSED:
        return manager.closed_hero()
    if calls_alone(state) and state.entry is Entry.CLOSED:
        return block_hero(state)
    if state.entry is Entry.OPEN or state.offline:
        return HeroView(
            kind=HeroKind.ENTRY,
            caption="离线办理" if state.offline else "凭号票办理",
            headline="请群众出示号票，输入票上的号码",
            detail="网络断开时叫不到下一位，见票照常办，恢复后自动补传"
            if state.offline
            else "在等的和刚过号的叫到本窗口；已经站在窗口前的，直接办；补件的输告知书上的办件编号",
            placeholder="例如 A012",
            error=text(state.entry_error) if state.entry_error else "",
            second=ISSUE if state.offline else None,
        )
    if not state.waiting:
        return HeroView(
            kind=HeroKind.EMPTY, caption="下一位", headline="没有人在等", detail="有人取号会显示在左边", second=_CHOSEN
        )
    first = state.waiting[0]
    return HeroView(
        kind=HeroKind.NEXT,
        caption="下一位",
        headline=item_words(state.catalogue, first.business),
        ticket=first.number,
        waited=("已等 ", Strong(str(wording.minutes(state.now_ms - first.issued_ms))), " 分"),
        button="呼叫下一位",
        action="act_callNext",
        second=_CHOSEN,
    )


def _called(state: CounterState, visit: Visit) -> HeroView:
    return HeroView(
        kind=HeroKind.CALLING,
        caption=f"正在请 {visit.number} 到 {state.window} 窗口"
        if not called_before(visit, state.idle_since_ms)
        else f"当前 {visit.number}，开窗前已叫号，按 F3 再叫一遍",
        headline=item_words(state.catalogue, visit.business),
        detail="群众到了：放上身份证，或按 Enter 开始",
        ticket=visit.number,
        waited=_waited(state, visit),
        second=_called_hint(state, visit),
    )


def _waited(state: CounterState, visit: Visit) -> Words:
    since = Strong(wording.span(state.now_ms - (visit.recalled_ms or visit.called_ms)))
    return ("已呼叫 ", since) if not visit.recalls else ("第 ", Strong(str(calls(visit))), " 遍 · ", since)


def _called_hint(state: CounterState, visit: Visit) -> KeyHintView | None:
    """Return the key that is most likely wanted next."""
    if suggests_miss(visit):
        return KeyHintView("F4", "没来，记过号")
    if suggests_recall(visit, state.now_ms) or called_before(visit, state.idle_since_ms):
        return KeyHintView("F3", "再叫一遍")
    return KeyHintView("Shift F3", "叫错了，撤回") if may_withdraw(visit, state.now_ms) else None


def _row(state: CounterState, case: Case) -> CaseRowView:
    clock = None
    if state.calendar is not None:
        clock = due_view(case, business_date(state.now_ms), state.calendar, state.lights)
    return CaseRowView(
        number=case.case_no,
        item=case.item_name,
        applicant=mask_name(str(case.applicant.get("name", ""))),
        state=text(f"case_{case.state.value}"),
        due_text=f"{clock[1]}{'（暂定）' if case.provisional else ''}" if clock else "—",
        due=clock[0] if clock else None,
        next_step=_NEXT.get(case.state, "待送审"),
    )


def _facts(state: CounterState) -> tuple[FootFact, ...]:
    if state.catalogue is None:
        return ()
    center = state.catalogue.center
    return (
        *own_cards(state),
        FootFact("延时服务", (f"{center.hours[-1][1]} 停止取号，已取号的都办完",)),
        FootFact("咨询电话", (center.hall_tel,)),
        FootFact("行政效能投诉", (center.efficacy_tel,)),
    )
