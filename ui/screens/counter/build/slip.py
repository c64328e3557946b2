"""The right pane: the paper that would come out now, what F10 will do, and what to do when no paper comes."""

from app.domain.case import CaseState
from app.domain.catalogue.organisation import Authority
from app.domain.deferral import defers
from app.domain.work.card import WorkCard
from app.domain.work.outcome import Outcome
from app.domain.work.refusal import WorkRefusal
from app.ports.spool import JobState, PrintJob
from ui.screens.counter.build import manager, notice, take_over
from ui.screens.counter.build.top import devices
from ui.screens.counter.build.ways_out import doubt_words, printer_fault
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.slip_views import AfterView, FaultOption, FaultView, NoticeView, PrimaryView, SideView, SlipView
from ui.widgets.views import DeviceState, IconLine, Tag, Tone

KINDS = {Authority.ACCEPT: "受理通知书", Authority.COMPLETE: "办结单", Authority.INTAKE: "收件凭证"}
_READY = {Authority.ACCEPT: "可以受理了", Authority.COMPLETE: "可以办结了", Authority.INTAKE: "可以收件了"}
_ACTS = {Authority.ACCEPT: "受理并打印回执", Authority.COMPLETE: "办结并打印办结单", Authority.INTAKE: "收件并打印凭证"}


def side(state: CounterState) -> SideView:
    """Return the pane while nobody is here."""
    shown = devices(state)
    faults = sum(each.state is not DeviceState.OK for each in shown)
    return SideView(
        title="今日告示",
        notices=(*_notices(state), *manager.notices(state), *take_over.notices(state)),
        devices=shown,
        devices_status=Tag(f"{faults} 项要看", Tone.WARN) if faults else Tag("全部就绪", Tone.OK),
        fault=_asked(state) or unsure_fault(state),
    )


def _asked(state: CounterState) -> FaultView | None:
    return state.ask.view if state.ask else None


def slip(state: CounterState, outcome: Outcome | None) -> SlipView:
    """Return the pane while a citizen is here; ``outcome`` is None once the case is decided."""
    if state.issued is not None:
        return _issued(state)
    act = outcome.act if outcome else Authority.ACCEPT
    short = notice.is_short(state.card)
    kind = notice.KIND if short else KINDS[act]
    chosen = state.card is not None and state.card.item is not None
    return SlipView(
        kind=kind,
        title="单据预览",
        tag=Tag(f"将出：{kind}", Tone.ERR if short else Tone.OFF) if chosen else Tag("还没选事项", Tone.OFF),
        status=_printer(state),
        paper=state.paper.image if state.paper else None,
        paper_key=state.paper.key if state.paper else "",
        fault=_asked(state) or _who_is_who(state) or unsure_fault(state),
        after=(notice.after(state) if short else _after(act, state.card)) if chosen else None,
        foot=notice.foot(state, outcome) if short else _foot(state, outcome),
        primary=notice.primary(outcome)
        if short
        else PrimaryView(_ACTS[act], "act_accept", bool(outcome and outcome.act_possible)),
    )


def unsure_fault(state: CounterState) -> FaultView | None:
    """Return the question about a paper whose end nobody saw."""
    if state.unsure is None:
        return None
    return FaultView(
        icon="ph.printer",
        title="上一张单子出来了吗？",
        detail=doubt_words(state),
        options=(
            FaultOption("出来了，是完整的", "交给群众", "确认"),
            FaultOption("没有出来，或不完整", "再打一张，标明补打", "补打"),
        ),
    )


def _who_is_who(state: CounterState) -> FaultView | None:
    if state.card is None or not state.card.who_is_who:
        return None
    return FaultView(
        icon="ph.identification-card",
        title="刚才放上的是谁的身份证？",
        detail="委托办理要两个人的证件，各放一次",
        options=(
            FaultOption("申请人", "再请放代理人的", "是申请人"),
            FaultOption("代理人", "再请放申请人的", "是代理人"),
        ),
    )


def _issued(state: CounterState) -> SlipView:
    case, job = state.issued, state.job
    assert case is not None
    completed = case.state is CaseState.DELIVERED
    kind = KINDS[Authority.COMPLETE if completed else Authority.ACCEPT]
    printed = job is not None and job.state is JobState.PRINTED
    given = paper_given(state)
    next_ticket = state.waiting[0].number if state.waiting and not state.offline else ""
    return SlipView(
        kind=kind,
        title=kind,
        tag=Tag("已出" if printed else "手写", Tone.OK) if given else Tag("打印中", Tone.WARN),
        status=IconLine("ph.printer", "已打印", Tone.OK) if printed else _printer(state),
        paper=state.paper.image if state.paper else None,
        paper_key=state.paper.key if state.paper else "",
        preview=False,
        fault=_asked(state) or unsure_fault(state) or printer_fault(state, job),
        after=_done(state, completed=completed),
        foot=IconLine("ph.printer", _copies(job), Tone.OK)
        if given
        else IconLine("ph.info", "单据交到群众手里，才算办毕"),
        reprint=printed,
        primary=PrimaryView(f"办毕，呼叫 {next_ticket}" if next_ticket else "办毕", "act_callNext", given),
    )


def paper_given(state: CounterState) -> bool:
    """Say whether the citizen holds the paper: printed, or written by hand. Only then may they leave."""
    return state.job is not None and state.job.state in (JobState.PRINTED, JobState.HANDWRITTEN, JobState.VOIDED)


def _copies(job: PrintJob | None) -> str:
    if job and job.state is JobState.HANDWRITTEN:
        return "手写单已交给群众"
    return f"已打印 1 份，补打 {job.reprint}" if job and job.reprint else "已打印 1 份"


def _printer(state: CounterState) -> IconLine:
    status = state.devices.get("printer")
    if status is None or status.state is DeviceState.OK:
        well = text(status.reason) if status is not None and status.reason else "就绪"
        return IconLine("ph.printer", f"热敏 {state.ways.paper_mm} mm · {well}")
    return IconLine("ph.printer", text(status.reason), Tone.ERR)


def _after(act: Authority, card: WorkCard | None) -> AfterView:
    lines = {
        Authority.ACCEPT: (
            IconLine("ph.printer", "打印受理通知书 1 份"),
            IconLine("ph.timer", "时限从下一个工作日起算"),
            IconLine("ph.paper-plane-tilt", "办件送审核岗"),
        ),
        Authority.COMPLETE: (
            IconLine("ph.printer", "打印办结单 1 份"),
            IconLine("ph.check-circle", "当场办结，结果交给群众"),
        ),
        Authority.INTAKE: (
            IconLine("ph.printer", "打印收件凭证 1 份"),
            IconLine("ph.timer", "五个工作日内答复受理、补正或者不予受理"),
        ),
    }
    promised = act is Authority.ACCEPT and card is not None and defers(card)
    first = (IconLine("ph.printer", "打印容缺受理告知书 1 份，请申请人签承诺"),) if promised else ()
    return AfterView("按 F10 以后", (*first, *lines[act]))


def _done(state: CounterState, *, completed: bool) -> AfterView:
    sent = "已存本机，联网后自动上传" if state.offline or state.link.pending else "已送中心服务端"
    first = IconLine("ph.check-circle", "当场办结") if completed else IconLine("ph.timer", "时限从下一个工作日起算")
    done = (first, IconLine("ph.paper-plane-tilt", sent))
    more = (IconLine("ph.plus-circle", "还要办别的：Ctrl N · 更正或作废：Ctrl E"),) if paper_given(state) else ()
    return AfterView("已经做了", (*done, *more))


def _foot(state: CounterState, outcome: Outcome | None) -> IconLine | None:
    if state.card is not None and state.card.item is None:
        return IconLine("ph.info", text(WorkRefusal.NO_ITEM.value).rstrip("。"))
    if outcome is None or state.card is None:
        return None
    if outcome.act_possible:
        return IconLine("ph.check-circle", _READY[outcome.act], Tone.OK)
    first = outcome.act_refusals[0]
    still = sum(each.open for each in state.card.materials.states())
    if first is WorkRefusal.MATERIALS_OPEN:
        return IconLine("ph.info", f"还有 {still} 件没核对，核对完才能办")
    if first is WorkRefusal.FORM_INVALID and state.card.form is not None:
        return IconLine("ph.info", f"表单还有 {len(state.card.form.problems())} 处要填")
    return IconLine("ph.info", text(first.value).rstrip("。"))


def _notices(state: CounterState) -> tuple[NoticeView, ...]:
    if not state.offline or state.link.since_ms is None:
        return ()
    return (
        NoticeView(
            "网络断开，窗口照常办",
            "",
            (("请群众出示号票，输入票号即可办理。",), (f"{state.link.pending} 件待同步，恢复后自动补传，不用重录。",)),
            Tone.OFF,
        ),
    )
