"""What the manager's keys ask of the server: an address, a body, and the sentence that says it was asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from app.domain.floor import AlarmKind, Verb
from sync.protocol.floor_messages import (
    AssignWindow,
    FloorAlarm,
    FloorState,
    FloorWindow,
    GivePriority,
    HallNotice,
    HandleAlarm,
    Nothing,
    RehomeTickets,
    TellWindow,
)
from sync.protocol.messages import Message
from ui.screens.floor.build.actions import button
from ui.screens.floor.build.strip import strip_of, will_be_open
from ui.screens.floor.state import Ask, Question
from ui.screens.floor.typed import assignment_of, businesses_after, message_of, window_at, window_of


@dataclass(frozen=True, slots=True)
class Wish:
    """``path`` is below the floor's address."""

    path: str
    body: Message
    said: str


def wish_of(floor: FloorState, ask: Ask) -> Wish | None:
    """Return what Enter asks for, or None while what is typed means nothing yet."""
    make = _WISHES.get(ask.question)
    return make(floor, ask.typed) if make is not None and strip_of(floor, ask).ready else None


def first_wish(floor: FloorState, ticket: str, digit: int) -> Wish | None:
    """Return the priority the digit gives the ticket."""
    if not 0 < digit <= len(floor.priorities):
        return None
    reason = floor.priorities[digit - 1]
    body = GivePriority(priority=reason.code)
    return Wish(f"tickets/{quote(ticket)}/priority", body, f"{ticket} 优先：{reason.name}")


def notice_wish(text: str) -> Wish:
    """Return the notice for the hall's displays; empty takes it away."""
    words = text.strip()
    return Wish("notice", HallNotice(text=words), "告示已发布" if words else "告示已撤下")


def alarm_wishes(floor: FloorState, number: int) -> tuple[Wish, ...]:
    """Return what an alarm's digit does; without any alarm of that number, nothing."""
    if not 0 < number <= len(floor.alarms):
        return ()
    alarm = floor.alarms[number - 1]
    window = alarm.remedy.window or ""
    match alarm.remedy.verb:
        case Verb.OPEN:
            return (Wish(f"windows/{quote(window)}/open", Nothing(), f"{window} 开窗"), _seen(alarm))
        case Verb.ASSIGN:
            codes = alarm.remedy.businesses
            return (_assign(window, codes, f"{window} 从下一位起办 {'、'.join(codes)} 类"), _seen(alarm))
        case Verb.REMIND:
            told = f"{alarm.ticket} 首问转来 {alarm.minutes} 分没人接办，请按 Ctrl+J 接办"
            if window != alarm.window:
                told = f"{alarm.ticket} 转 {alarm.window} {alarm.minutes} 分没人接办，请按 Ctrl+J 收回"
            return (Wish(f"windows/{quote(window)}/message", TellWindow(text=told), f"已提醒 {window}"), _seen(alarm))
        case Verb.ANSWER:
            return (Wish(f"helps/{quote(alarm.subject)}/answer", Nothing(), f"{window} 知道您过去"),)
        case _:
            return (_seen(alarm),)


def closing_wishes(floor: FloorState, window: str, *, rehome: bool) -> tuple[Wish, ...]:
    """Return what closes a window that people still wait for: first their new homes if so wanted, then the closing."""
    found = window_at(floor, window)
    if found is None or will_be_open(found):
        return ()
    if not rehome or not found.held:
        return (_toggle(found),)
    said = f"{window} 的 {'、'.join(found.held)} 送走，{window} 关窗"
    body = RehomeTickets(numbers=list(found.held))
    return (Wish(f"windows/{quote(window)}/rehome", body, said), replace(_toggle(found), said=said))


def _toggle(window: FloorWindow) -> Wish:
    verb, words = ("open", "开窗") if will_be_open(window) else ("close", "关窗")
    when = f"，办完 {window.ticket} 以后" if verb == "close" and window.ticket else ""
    return Wish(f"windows/{quote(window.window)}/{verb}", Nothing(), f"{window.window} {words}{when}")


def _assign(window: str, codes: list[str], said: str) -> Wish:
    return Wish(f"windows/{quote(window)}/businesses", AssignWindow(businesses=codes), said)


def _seen(alarm: FloorAlarm) -> Wish:
    place = alarm.window or f"{alarm.business} 类"
    what = {
        AlarmKind.WAIT: "等候",
        AlarmKind.SERVING: "单件超时",
        AlarmKind.PAUSE: "暂停超时",
        AlarmKind.DEVICE: "设备",
        AlarmKind.CONTACT: "首问未接",
    }
    words = f"{place} {what.get(AlarmKind(alarm.kind), '')}：{button(alarm)}"
    return Wish("alarms", HandleAlarm(key=alarm.key, words=words), words)


def _opening(floor: FloorState, typed: str) -> Wish | None:
    window = window_of(floor, typed)
    return None if window is None else _toggle(window)


def _assigning(floor: FloorState, typed: str) -> Wish | None:
    assigned = assignment_of(floor, typed)
    if assigned is None:
        return None
    name, after = assigned.window.window, businesses_after(assigned)
    return _assign(name, after, f"{name} 从下一位起办 {'、'.join(after)} 类")


def _telling(floor: FloorState, typed: str) -> Wish | None:
    message = message_of(floor, typed)
    if message is None:
        return None
    name = message.window.window
    return Wish(f"windows/{quote(name)}/message", TellWindow(text=message.text), f"已告诉 {name}：{message.text}")


_WISHES: dict[Question, Callable[[FloorState, str], Wish | None]] = {
    Question.OPEN: _opening,
    Question.ASSIGN: _assigning,
    Question.TELL: _telling,
}
