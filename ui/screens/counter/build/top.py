"""The top bar: where, when, how the devices and the link stand, who."""

from datetime import datetime, time

from app.domain.business_day import CHINA
from app.domain.link import Link, LinkStatus
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.texts import text
from ui.widgets.views import DeviceState, DeviceView, SyncState, SyncView, TopBarView

DEVICES = {"reader": "身份证读卡器", "printer": "单据打印机"}
_SYNC = {
    Link.SYNCED: SyncState.SYNCED,
    Link.SYNCING: SyncState.SYNCING,
    Link.OFFLINE: SyncState.OFFLINE,
    Link.ATTENTION: SyncState.ATTENTION,
}


def top(state: CounterState) -> TopBarView:
    """Return the top bar."""
    now = wording.local_time(state.now_ms)
    closing, amber = _closing(state, now)
    theme = state.catalogue.windows[state.window].theme if state.catalogue else ""
    return TopBarView(
        window=f"{state.window} {theme}".strip(),
        clock=now.strftime("%H:%M"),
        date=wording.day(now.date()),
        closing=closing,
        closing_amber=amber,
        clerk_name=state.clerk.name if state.clerk else "",
        clerk_no=state.clerk.number if state.clerk else "",
        sync=sync(state.link),
        devices=devices(state),
    )


def sync(link: LinkStatus) -> SyncView:
    """Return the chip."""
    match link.link:
        case Link.SYNCED:
            words = "已同步"
        case Link.SYNCING:
            words = f"同步 {link.pending}"
        case Link.ATTENTION:
            words = f"有 {link.conflicts} 件要您看" if link.conflicts else "同步停着"
        case Link.OFFLINE:
            words = f"离线办理中 · {link.pending} 件待同步" if link.pending else "离线办理中"
    return SyncView(_SYNC[link.link], words, link.pending)


def devices(state: CounterState) -> tuple[DeviceView, ...]:
    """Return the devices this counter has, with what is the matter in words."""
    return tuple(
        DeviceView(key, name, status.state, _words(status))
        for key, name in DEVICES.items()
        if (status := state.devices.get(key)) is not None
    )


def _words(status: DeviceStatus) -> str:
    return "就绪" if status.state is DeviceState.OK else text(status.reason)


def _closing(state: CounterState, now: datetime) -> tuple[str, bool]:
    """Return what to say about closing time, and whether it has passed."""
    if state.catalogue is None or not state.catalogue.center.hours:
        return "", False
    opens = time.fromisoformat(state.catalogue.center.hours[0][0])
    closes = time.fromisoformat(state.catalogue.center.hours[-1][1])
    end = datetime.combine(now.date(), closes, CHINA)
    if now.time() < opens:
        return f"{opens:%H:%M} 开门", False
    left = int((end - now).total_seconds() * 1000)
    if left > 0:
        return f"距下班 {wording.hours_and_minutes(left)}", False
    if state.visit is not None:
        return f"延时服务中 {wording.minutes(-left)} 分钟", True
    return f"{closes:%H:%M} 已下班", False
