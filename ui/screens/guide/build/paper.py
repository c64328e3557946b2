"""The right pane: the paper of the last number, how its print stands, and what to do when none comes."""

from printing.errors import PrinterReason
from ui.screens.guide.state import GuideViewState, NumberShown, Print
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView, SlipView
from ui.widgets.views import IconLine, Tag, Tone

KIND = "排队号票"
_TAGS = {
    Print.SHOWN: Tag("没有打印", Tone.OFF),
    Print.PRINTING: Tag("打印中", Tone.WARN),
    Print.PRINTED: Tag("已打印", Tone.OK),
    Print.UNKNOWN: Tag("请看出纸口", Tone.ERR),
}


def paper(state: GuideViewState) -> SlipView:
    """Return the pane; without a number only the printer's state."""
    shown = state.shown
    if shown is None:
        foot = IconLine("ph.info", "按左边的字母取号，号票从打印机出来")
        return SlipView(kind=KIND, title=KIND, tag=Tag("还没有取号"), status=_printer(state), foot=foot)
    return SlipView(
        kind=KIND,
        title=f"{shown.number} 号票",
        tag=_tag(state, shown),
        status=_printer(state),
        paper=shown.picture,
        paper_key=shown.picture_key,
        preview=shown.print is Print.SHOWN,
        fault=_fault(state, shown),
        foot=_foot(shown),
        reprint=shown.print is not Print.PRINTING,
    )


def printer_words(reason: PrinterReason) -> tuple[str, str]:
    """Return what is wrong with the printer and what to do about it."""
    return text(reason.value), text(f"{reason.value}_fix")


def _tag(state: GuideViewState, shown: NumberShown) -> Tag:
    waits = shown.print is Print.PRINTING and state.printer is not None
    tag = Tag("等打印", Tone.WARN) if waits else _TAGS[shown.print]
    return Tag(f"{tag.text}，补打 {shown.reprint}", tag.tone) if shown.reprint else tag


def _foot(shown: NumberShown) -> IconLine:
    if shown.print is Print.PRINTED:
        return IconLine("ph.printer", "请交给群众", Tone.OK)
    return IconLine("ph.info", "号已取好，有没有纸都算数")


def _fault(state: GuideViewState, shown: NumberShown) -> FaultView | None:
    if shown.print is Print.UNKNOWN:
        return FaultView(
            icon="ph.printer",
            title=f"{shown.number} 出来了吗？",
            detail="打印中途断了，请看出纸口",
            options=(
                FaultOption("出来了，是完整的", "交给群众", "确认", cap="Esc"),
                FaultOption("没有出来，或不完整", "再打一张，标明补打", "补打", cap="F9"),
            ),
        )
    if shown.print is not Print.PRINTING or state.printer is None:
        return None
    fault, fix = printer_words(state.printer)
    return FaultView(
        icon="ph.printer",
        title=fault,
        detail=f"{fix}；号没丢",
        options=(),
    )


def _printer(state: GuideViewState) -> IconLine:
    if state.printer is not None:
        return IconLine("ph.printer", text(state.printer.value), Tone.ERR)
    if not state.printer_known:
        return IconLine("ph.printer", "热敏 80 mm")
    if state.near_end:
        return IconLine("ph.printer", text("printer_near_end"), Tone.WARN)
    return IconLine("ph.printer", "热敏 80 mm · 就绪")
