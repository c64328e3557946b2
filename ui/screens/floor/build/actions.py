"""What is to be done, each under its digit."""

from collections.abc import Callable

from app.domain.floor import AlarmKind, Level, Verb
from sync.protocol.floor_messages import FloorAlarm, FloorState, FloorWindow
from ui.screens.floor.build.blocks import stranded_detail, stranded_title
from ui.screens.floor.build.cards import card_detail, card_title
from ui.screens.floor.view_model import ActionView
from ui.texts import text
from ui.widgets.views import Tone

_SAID: dict[str, str] = {Verb.ANSWER: "我过去", Verb.ANSWER_CARD: "处理", Verb.FENCE: "收回留号"}
MOST = 9
"""Alarms that have a digit."""
_TONES = {Level.RED: Tone.ERR, Level.YELLOW: Tone.WARN, Level.BLUE: Tone.PRI}
_ICONS = {
    AlarmKind.HELP: "ph.hand-waving",
    AlarmKind.WAIT: "ph.hourglass",
    AlarmKind.SERVING: "mdi6.alarm-light-outline",
    AlarmKind.PAUSE: "ph.megaphone",
    AlarmKind.DEVICE: "ph.printer",
    AlarmKind.CONTACT: "ph.hand-grabbing",
    AlarmKind.CARD: "mdi6.gavel",
    AlarmKind.STRANDED: "ph.cloud-slash",
}

_OWN: dict[str, tuple[Callable[[FloorAlarm], str], Callable[[FloorAlarm], str]]] = {
    AlarmKind.CARD: (card_title, card_detail),
    AlarmKind.STRANDED: (stranded_title, stranded_detail),
}
"""Alarms whose words are made beside their answers."""


def actions(floor: FloorState) -> tuple[ActionView, ...]:
    """Return the first nine alarms."""
    names = {each.code: each.name for each in floor.queues}
    windows = {each.window: each for each in floor.windows}
    return tuple(
        ActionView(
            number=number,
            icon=_ICONS[AlarmKind(each.kind)],
            tone=_TONES[Level(each.level)],
            title=_OWN[each.kind][0](each) if each.kind in _OWN else _title(each, names),
            detail=_OWN[each.kind][1](each)
            if each.kind in _OWN
            else _detail(each, windows.get(each.window or ""), names),
            button=button(each),
            primary=number == 1,
        )
        for number, each in enumerate(floor.alarms[:MOST], start=1)
    )


def button(alarm: FloorAlarm) -> str:
    """Return what the digit does, in few characters."""
    if (said := _SAID.get(alarm.remedy.verb)) is not None:
        return said
    match alarm.remedy.verb:
        case Verb.OPEN:
            return f"开 {alarm.remedy.window} 窗"
        case Verb.ASSIGN:
            return f"{alarm.remedy.window} 加办 {alarm.business}"
        case Verb.REMIND:
            return f"提醒 {alarm.remedy.window}"
        case _:
            return "去看看" if alarm.kind == AlarmKind.SERVING else "知道了"


def _title(alarm: FloorAlarm, names: dict[str, str]) -> str:
    match alarm.kind:
        case AlarmKind.HELP:
            return f"{alarm.window} 窗口请值班长"
        case AlarmKind.WAIT:
            return f"{names.get(alarm.business or '', alarm.business)}等候 {alarm.minutes} 分"
        case AlarmKind.SERVING:
            return f"{alarm.window} 窗口单件 {alarm.minutes} 分钟"
        case AlarmKind.CONTACT:
            return f"{alarm.ticket} 首问 {alarm.minutes} 分没人接办"
        case AlarmKind.PAUSE:
            return f"{alarm.window} 窗口暂停超 {alarm.minutes} 分"
        case _:
            return f"{alarm.window} 窗口{text(alarm.subject)}"


def _detail(alarm: FloorAlarm, window: FloorWindow | None, names: dict[str, str]) -> str:
    clerk = f"{window.clerk}，" if window is not None and window.clerk else ""
    match alarm.kind:
        case AlarmKind.HELP:
            return f"{clerk}{alarm.minutes} 分钟前" if alarm.minutes else f"{clerk}刚才"
        case AlarmKind.WAIT:
            return f"{alarm.count} 人在等，最前面是 {alarm.ticket}。{_advice(alarm, names)}"
        case AlarmKind.SERVING:
            return f"{alarm.ticket}，{clerk}可能遇到疑难件"
        case AlarmKind.CONTACT:
            return f"转 {alarm.window} 窗口；接办以前由 {alarm.subject} 号负责"
        case AlarmKind.PAUSE:
            reason = text(f"pause_{window.pause_reason}") if window is not None and window.pause_reason else ""
            return f"{clerk}{reason}"
        case _:
            return f"{alarm.minutes} 分钟前起"


def _advice(alarm: FloorAlarm, names: dict[str, str]) -> str:
    match alarm.remedy.verb:
        case Verb.OPEN:
            return f"建议 {alarm.remedy.window} 重新开窗"
        case Verb.ASSIGN:
            return f"建议 {alarm.remedy.window} 加办{names.get(alarm.business or '', '')}"
        case _:
            return "没有空着的窗口可以调"
