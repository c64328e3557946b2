"""The ways out for a paper whose printer stands still (design/README.md 13): mend, another printer, A4, by hand."""

from dataclasses import replace
from typing import Final

from app.ports.spool import JobState, PrintJob, PrintWay
from printing.errors import PrinterReason
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import DeviceState, Strong, Tone, Words

OTHER: Final = 2
A4: Final = 3
BY_HAND: Final = 4
_ICON: Final = "ph.printer"
_UNDER_WAY: Final = (JobState.QUEUED, JobState.SENDING)


def printer_fault(state: CounterState, job: PrintJob | None) -> FaultView | None:
    """Return what is the matter with a paper that has not come out, and what can be done; None while all goes well."""
    if job is None or job.state not in _UNDER_WAY:
        return None
    if job.way is not PrintWay.OWN:
        return _elsewhere(state, job)
    status = state.devices.get("printer")
    if status is None or status.state is not DeviceState.FAULT:
        return None
    sent = job.state is JobState.SENDING
    mend = FaultOption(text(f"{status.reason}_fix"), text(f"{status.reason}_how"), "等待", waiting=True)
    options = (mend, *_others(state, state.issued.case_no if state.issued else "", sent=sent))
    detail = "单据已送进打印机，修好接着打" if sent else "单据没丢，修好自动续打"
    return FaultView(_ICON, text(status.reason), detail, options)


def found_fault(state: CounterState, job: PrintJob | None, case_no: str) -> FaultView | None:
    """Return the same for the paper of a case that was found: there digits are the box's, so Ctrl goes with them."""
    fault = printer_fault(state, job)
    if fault is None or len(fault.options) < BY_HAND:
        return fault
    sent = job is not None and job.state is JobState.SENDING
    return replace(fault, options=with_ctrl((fault.options[0], *_others(state, case_no, sent=sent))))


def before_handing_over(state: CounterState) -> FaultView | None:
    """Return the ways of the sheet that F10 would queue; None while the printer is well.

    None is written by hand: the sheet has its number only once the clerk has left.
    """
    status = state.devices.get("printer")
    if status is None or status.state is not DeviceState.FAULT:
        return None
    mend = FaultOption("照样交班", "修好了自动打出来", "交班")
    title = f"{text(status.reason)}，交接单怎么出？"
    return FaultView(_ICON, title, "", with_ctrl((mend, *_others(state, "", sent=False)[:-1])))


def with_ctrl(options: tuple[FaultOption, ...]) -> tuple[FaultOption, ...]:
    """Return the options with Ctrl before their digit: the page beside them takes digits of its own."""
    return tuple(replace(each, cap=f"Ctrl {number}") for number, each in enumerate(options, start=1))


def stands_still(state: CounterState, job: PrintJob | None = None) -> bool:
    """Say whether the numbers of the pane are ways out that can be taken now; ``job`` is the visit's where None."""
    job = job or state.job
    open_now = job is not None and job.way is PrintWay.OWN and job.state is JobState.QUEUED
    return open_now and printer_fault(state, job) is not None


def returned_words(state: CounterState) -> str:
    """Return why the paper that waits came back from another way, until a way is chosen again."""
    job_id, codes = state.ways.returned
    if not codes or state.job is None or state.job.job_id != job_id or not stands_still(state):
        return ""
    return "".join(map(text, codes.split()))


def doubt_words(state: CounterState) -> str:
    """Return which printer a person has to look at for the paper in doubt."""
    way = state.unsure.way if state.unsure is not None else PrintWay.OWN
    if way is PrintWay.OTHER:
        return f"改到{state.ways.other or '另一台'}打的那张，请去看一眼"
    if way is PrintWay.A4:
        return "改用 A4 打的那张，请看一眼 A4 打印机"
    return "打印中途断了，请看一眼打印机"


def _others(state: CounterState, number: str, *, sent: bool) -> tuple[FaultOption, ...]:
    """Return the ways but for mending; what the printer has already in its buffer can only be mended.

    Another paper of it would be a second one as soon as there is a new roll. Without power the buffer is lost, so
    switching the printer off opens the ways: then a person says whether paper came out.
    """
    ways = state.ways
    shut = "先关打印机的电源" if sent else ""
    other = FaultOption(
        f"改到 {ways.other} 打印" if ways.other else "改到别的打印机",
        shut or ("请到那里取单，编号不变" if ways.other else "没有设别的打印机"),
        "改打",
        enabled=bool(ways.other) and not sent,
    )
    a4 = FaultOption(
        "改用 A4 打印",
        shut or ("同一张单据，编号不变" if ways.a4 else "没有接 A4 打印机"),
        "改打",
        enabled=ways.a4 and not sent,
    )
    by_hand = FaultOption("手写单", shut or f"照下面的单子写，编号 {number}".rstrip(), "写好了", enabled=not sent)
    return other, a4, by_hand


def _elsewhere(state: CounterState, job: PrintJob) -> FaultView:
    if job.way is PrintWay.A4:
        return FaultView(_ICON, "改用 A4 打印", "正在打印，请稍候", (), Tone.PRI)
    name = state.ways.other or "另一台打印机"
    if state.ways.other_fault:
        fix, how = text(f"{state.ways.other_fault}_fix"), text(f"{state.ways.other_fault}_how")
        mend = FaultOption(fix, how, "等待", waiting=True)
        return FaultView(_ICON, f"{name}：{text(state.ways.other_fault)}", "", (mend,))
    return FaultView(_ICON, f"改到 {name} 打印", "请到那里取单", (), Tone.PRI)


def waiting_words(state: CounterState) -> Words | None:
    """Return what to say to the citizen while the paper does not come; None while all goes well (drawing 05)."""
    job, status = state.job, state.devices.get("printer")
    if state.issued is None or job is None or printer_fault(state, job) is None:
        return None
    done = ("，您的", Strong(state.issued.item_name), "已经登记好了。”")
    if job.way is PrintWay.OTHER:
        return (f"“请稍候，单子在 {state.ways.other or '另一台打印机'} 打，我取来给您", *done)
    if job.way is PrintWay.A4:
        return ("“请稍候，单子马上打好", *done)
    empty = status is not None and status.reason == PrinterReason.PAPER_OUT.value
    return ("“请稍候，打印机正在换纸" if empty else "“请稍候，打印机出了点问题", *done)
