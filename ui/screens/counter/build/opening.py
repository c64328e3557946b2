"""The sign-in as shown: whose window, who comes, what was handed over, how the devices stand."""

from datetime import datetime, time

from app.domain.business_day import CHINA, business_date
from app.domain.deadline import DEFAULT_LIGHTS
from app.domain.handover import Entry
from app.domain.masking import mask_name
from ui.screens.counter.build import wording
from ui.screens.counter.build.idle import due_view
from ui.screens.counter.build.top import DEVICES, OPTIONAL, devices
from ui.screens.counter.state import CounterState
from ui.screens.sign_in.state import SignInState
from ui.screens.sign_in.view_model import HandedView, PostView, SignInView
from ui.texts import text
from ui.widgets.views import DeviceState, DeviceView, DueLevel, Tag, Tone

_TONES = {DueLevel.RED: Tone.ERR, DueLevel.YELLOW: Tone.WARN}
_MORNING, _NOON = 12, 18
_TOLD = frozenset({"handed_over"})
"""Codes that say what was done rather than what is wrong."""


def sign_in_view(state: CounterState, entering: SignInState) -> SignInView:
    """Return the page."""
    catalogue = entering.catalogue
    window = catalogue.windows.get(state.window) if catalogue else None
    now = wording.local_time(state.now_ms)
    morning = entering.morning
    shown = _checked(state)
    bad = sum(each.state is not DeviceState.OK for each in shown)
    return SignInView(
        hall=catalogue.center.name if catalogue else "",
        window=state.window,
        theme=window.theme if window else "",
        days=_days(entering, now),
        number=entering.number,
        known=morning.name,
        greeting=f"{morning.name}，{_greeting(now)}" if morning.name else "请登录开窗",
        detail=f"工号 {entering.number}" if morning.name else "输入工号和口令",
        posts=_posts(entering, window.theme if window else ""),
        handed=tuple(_handed(state, entering, each) for each in morning.entries),
        handed_title="上一班交给您的",
        handed_when=f"{_clerk(entering, morning.handed_by)} {_when(morning.handed_ms)}" if morning.entries else "",
        handed_empty="没有交给您的件" if entering.number else "输入工号后，这里列出交给您的件",
        devices=shown,
        devices_status=Tag(f"{len(shown) - bad} 项好，{bad} 项要看", Tone.WARN) if bad else Tag("全部就绪", Tone.OK),
        news=_news(state),
        error=text(entering.error, incident=state.incident) if entering.error else "",
        error_tone=Tone.OK if entering.error in _TOLD else Tone.ERR,
        busy=entering.checking,
        can_open=entering.sets_devices
        or not all(each.state is DeviceState.FAULT for each in shown if each.key not in OPTIONAL),
    )


def _checked(state: CounterState) -> tuple[DeviceView, ...]:
    """Return the devices: one that every window has and that has not answered yet is being asked."""
    known = {each.key: each for each in devices(state)}
    return tuple(
        known.get(key, DeviceView(key, name, DeviceState.WARN, "正在检查"))
        for key, name in DEVICES.items()
        if key in known or key not in OPTIONAL
    )


def _greeting(now: datetime) -> str:
    return "早上好" if now.hour < _MORNING else "下午好" if now.hour < _NOON else "晚上好"


def _days(entering: SignInState, now: datetime) -> tuple[tuple[str, str], ...]:
    rows = [("今天", f"{wording.day(now.date())}，{now:%H:%M}")]
    hours = entering.catalogue.center.hours if entering.catalogue else ()
    if hours:
        opens = datetime.combine(now.date(), time.fromisoformat(hours[0][0]), CHINA)
        left = int((opens - now).total_seconds() * 1000)
        rows.append(
            ("开门", f"{opens:%H:%M}，还有 {wording.minutes(left)} 分钟" if left > 0 else f"{opens:%H:%M} 已开门")
        )
        rows.append(("下班", hours[-1][1]))
    return tuple(rows)


def _posts(entering: SignInState, theme: str) -> tuple[PostView, ...]:
    why = "未授权"
    own = "" if entering.morning.posted else "（名单外）"
    return (
        PostView(f"本岗{own} {theme}".strip(), on=True),
        PostView("代岗", on=False, why_not=why),
        PostView("跟岗", on=False, why_not=why),
    )


def _clerk(entering: SignInState, number: str) -> str:
    person = entering.catalogue.staff.get(number) if entering.catalogue else None
    return person.name if person else f"{number}号"


def _when(utc_ms: int) -> str:
    return f"{wording.local_time(utc_ms):%m-%d %H:%M}"


def _handed(state: CounterState, entering: SignInState, entry: Entry) -> HandedView:
    case = next((each for each in entering.morning.cases if each.case_id == entry.entity_id), None)
    lights = entering.catalogue.cards.lights if entering.catalogue is not None else DEFAULT_LIGHTS
    clock = (
        due_view(case, business_date(state.now_ms), entering.calendar, lights) if case and entering.calendar else None
    )
    name = mask_name(str(case.applicant.get("name", ""))) if case else ""
    return HandedView(
        due_text=clock[1] if clock else "—",
        due=clock[0] if clock else None,
        due_tone=_TONES.get(clock[0].level, Tone.PLAIN) if clock else Tone.PLAIN,
        title=f"{entry.item} {name}".strip(),
        detail=entry.note or entry.number,
    )


def _news(state: CounterState) -> tuple[str, ...]:
    if state.offline:
        return ("网络断开。在本机登录过的工号，七天内可以离线登录。",)
    return ("断网也能登录：本机保存七天内登录过的工号。",)
